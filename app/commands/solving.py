"""`gymwright solve`: shortest solutions for instances of each task, as a table or JSON."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from app.commands.console import Advance, print_json, print_line, print_table, progress_bars
from flow_models.checks.stopping import why_stopped
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.solving import Solver
from flow_models.solver.telling import name_of
from resources import text

if TYPE_CHECKING:
    from flow_models.solver.solution import Twin


class Solved(NamedTuple):
    """How the instances of one task came out; `steps` are the lengths of their solutions.

    `unclear` is the name of a block and a text that stands there more than once, so that nobody can choose by it what
    an instance needs; None if all can be told apart. `stopped` says why one was given up.
    """

    task: str
    statuses: Counter[str]
    steps: tuple[int, ...]
    explored: int
    seconds: float
    unclear: tuple[str, str] | None = None
    stopped: str = ""


def run(path: Path, *, instances: int, task: str | None, as_json: bool) -> int:
    """Print what became of the tasks; return 1 if an instance was neither solved nor proven impossible where allowed.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
    """
    program = compile_flow(load(path)).program
    with progress_bars(quiet=as_json) as advance:
        found = [solve_task(program, name, instances, advance) for name in task_names(program, task)]
    if as_json:
        print_json({"tasks": [_as_data(solved) for solved in found]})
    else:
        show(found)
    return int(not all(is_fine(program, solved) for solved in found))


def task_names(program: Program, wanted: str | None) -> list[str]:
    """Return the tasks meant: all, or the named one.

    Raises:
        click.UsageError: There is no such task.
    """
    names = list(program.tasks)
    if wanted is None and names:
        return names
    if wanted is None or wanted not in names:
        raise click.UsageError(text("cli.solve.unknown_task", task=wanted or "", tasks=", ".join(names)))
    return [wanted]


def solve_task(program: Program, task: str, count: int, advance: Advance) -> Solved:
    """Solve the first instances of a task, seeds from 0 on."""
    machine = Machine(program)
    solver = Solver(machine)
    statuses: Counter[str] = Counter()
    steps: list[int] = []
    explored = 0
    twins: list[Twin] = []
    stopped = ""
    began = time.perf_counter()
    for seed in range(count):
        solution = solver.solve(machine.draw(task, seed))
        statuses[solution.status] += 1
        explored += solution.explored
        if solution.status == "solved":
            steps.append(solution.steps)
        twins += [] if solution.twin is None else [solution.twin]
        stopped = stopped or why_stopped(program, solution)
        advance(task, seed + 1, count)
    unclear = (name_of(program, twins[0][0]), twins[0][1]) if twins else None
    return Solved(task, statuses, tuple(steps), explored, time.perf_counter() - began, unclear, stopped)


def is_fine(program: Program, solved: Solved) -> bool:
    """Say whether every instance was solved, or proven impossible in a task that has such instances."""
    may_fail = program.tasks[solved.task].may_be_infeasible
    unproven = solved.statuses["gave_up"] + solved.statuses["untold"]
    return not unproven and (may_fail or not solved.statuses["infeasible"])


def show(found: list[Solved]) -> None:
    """Print a table of tasks."""
    rows = [
        (
            solved.task,
            solved.statuses.total(),
            solved.statuses["solved"],
            solved.statuses["untold"],
            solved.statuses["infeasible"],
            solved.statuses["gave_up"],
            f"{min(solved.steps)} - {max(solved.steps)}" if solved.steps else "",
            solved.seconds,
        )
        for solved in found
    ]
    names = ("task", "instances", "solved", "untold", "infeasible", "gave_up", "shortest", "seconds")
    print_table([text(f"cli.column.{name}") for name in names], rows)
    for solved in found:
        if solved.unclear is not None:
            print_line(text("cli.solve.unclear", task=solved.task, block=solved.unclear[0], text=solved.unclear[1]))
        if solved.stopped:
            print_line(text("cli.solve.stopped", task=solved.task, why=solved.stopped))


def _as_data(solved: Solved) -> dict[str, object]:
    """Return one task's result as JSON tells it."""
    return {
        "task": solved.task,
        **{status: solved.statuses[status] for status in ("solved", "untold", "infeasible", "gave_up")},
        "shortest": min(solved.steps, default=None),
        "longest": max(solved.steps, default=None),
        "explored": solved.explored,
        "unclear": None if solved.unclear is None else dict(zip(("block", "text"), solved.unclear, strict=True)),
        "seconds": round(solved.seconds, 3),
    }
