"""Making the instances of a bundle: draw, leave out doubles, prove, share out among the splits, number.

Which instances come out depends on the program alone: seeds are tried in order, a seed decides the split, and no clock
ends a proof. How many processes share the work changes nothing but the time. No content is in two splits.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flow_models.processes.jobs import Data
from flow_models.processes.pool import Pool, worth_starting
from flow_models.runtime.envs.listing import Instance, by_task
from flow_models.runtime.machine import DrawError, Event, Machine, Start
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.values import to_json

from .honesty import SAMPLED
from .shelf import CHUNK, Shelf, TaskReport, plan_of, steps_of
from .solution import STEPS_TRIED, Budget
from .solving import Solver

COUNTS: Final = (200, 50, 50)
"""Instances for training, validation and test, unless told otherwise."""

_WORTH_SHARING: Final = 60
"""Instances from which on further processes pay for their start."""

Progress = Callable[[int, int, str], None]
"""Called with (parts done, parts in all, the task that is worked at)."""


@dataclass(frozen=True, slots=True)
class Instances:
    """The instances of a program.

    Attributes:
        listed: All of them, task by task, in the order of their numbers.
        plans: The solution of each instance by task and number, as events (kind, block, row, value); for an
            infeasible instance the report that it is.
        reports: How they came about, by task.
    """

    listed: tuple[Instance, ...]
    plans: Mapping[tuple[str, int], tuple[Event, ...]]
    reports: Mapping[str, TaskReport]


def build_instances(
    program: Program,
    counts: tuple[int, int, int] = COUNTS,
    *,
    task: str | None = None,
    tried: int = STEPS_TRIED,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Instances:
    """Make the instances of all tasks, or of one.

    Args:
        program: The compiled flow.
        counts: How many for training, validation and test.
        task: The only task wanted.
        tried: Steps that one proof may try.
        progress: Told as each task begins and after each piece of work.
        processes: How many processes share the work; by default as many as are worth starting.
    """
    names = [name for name in program.tasks if task in (None, name)]
    shelves = [Shelf(name, counts, may_fail=program.tasks[name].may_be_infeasible) for name in names]
    total = sum(counts) * len(names)
    if processes is None:
        processes = worth_starting(total, _WORTH_SHARING)
    with Pool(prover, {"program": program.json, "tried": tried}, processes) as pool:
        for place, shelf in enumerate(shelves):
            if progress is not None:
                progress(place * sum(counts), total, shelf.task)
            for outcome in pool.done(shelf.pieces()):
                shelf.take(outcome)
                if progress is not None:
                    progress(place * sum(counts) + shelf.found, total, shelf.task)
    return _gathered(shelves)


class UnprovenError(Exception):
    """An instance is not what was listed of it: it cannot be solved, or can be though it is listed as impossible."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(f"{instance.task} {instance.n}")
        self.instance = instance


def solve_listed(
    program: Program,
    listed: Sequence[Instance],
    *,
    tried: int = STEPS_TRIED,
    progress: Progress | None = None,
    processes: int | None = None,
) -> dict[tuple[str, int], tuple[Event, ...]]:
    """Return the solutions of instances that were proven before, by task and number, worked out afresh.

    Args:
        program: The compiled flow.
        listed: The instances.
        tried: Steps that one proof may try.
        progress: Told after each piece of work.
        processes: How many processes share the work; by default as many as are worth starting.

    Raises:
        UnprovenError: One is not what was listed of it.
    """
    if processes is None:
        processes = worth_starting(len(listed), _WORTH_SHARING)
    groups = [
        those[first : first + CHUNK] for those in by_task(listed).values() for first in range(0, len(those), CHUNK)
    ]
    jobs = [{"task": those[0].task, "seeds": [one.seed for one in those]} for those in groups]
    plans: dict[tuple[str, int], tuple[Event, ...]] = {}
    with Pool(prover, {"program": program.json, "tried": tried}, processes) as pool:
        for those, outcome in zip(groups, pool.done(jobs), strict=True):
            plans |= {
                (one.task, one.n): _proven(one, found) for one, found in zip(those, outcome["drawn"], strict=True)
            }
            if progress is not None:
                progress(len(plans), len(listed), those[0].task)
    return plans


def _proven(instance: Instance, found: Data) -> tuple[Event, ...]:
    """Return the solution of an instance.

    Raises:
        UnprovenError: What was found is not what was listed.
    """
    wanted = "infeasible" if instance.infeasible else "solved"
    if found.get("status") != wanted or steps_of(found) != instance.steps:
        raise UnprovenError(instance)
    return plan_of(found)


def _gathered(shelves: Sequence[Shelf]) -> Instances:
    """Return the instances of all tasks, once their shelves are full."""
    return Instances(
        listed=tuple(instance for shelf in shelves for instance in shelf.instances()),
        plans={(shelf.task, number): plan for shelf in shelves for number, plan in enumerate(shelf.plans())},
        reports={shelf.task: shelf.report() for shelf in shelves},
    )


def prover(shared: Data) -> Callable[[Data], Data]:
    """Return what draws and proves instances: the work of one process of the pool."""
    machine = Machine(read_program(shared["program"]))
    solver = Solver(machine)

    def work(job: Data) -> Data:
        drawn: list[Data] = []
        for seed in job["seeds"]:
            try:
                start = machine.draw(job["task"], seed)
            except DrawError:
                drawn.append({"seed": seed})
                continue
            solution = solver.solve(start, budget=Budget(shared["tried"]))
            drawn.append(
                {
                    "seed": seed,
                    "content": content_of(machine, start),
                    "status": solution.status,
                    "explored": solution.explored,
                    "twin": solution.twin,
                    "reason": solution.reason,
                    "stop": solution.stop,
                    "guessed": solver.guessed(start, solution, SAMPLED),
                    "events": [tuple(event) for event in solution.events],
                }
            )
        return {"drawn": drawn}

    return work


def content_of(machine: Machine, start: Start) -> str:
    """Return what tells an instance from others, as 32 hexadecimal digits: goal, parameters and starting rows."""
    rows = {
        table.name: [[to_json(value) for value in row] for row in start.state.tables[table.index].rows]
        for table in machine.schema.table_list
    }
    parts = [start.goal, {name: to_json(value) for name, value in start.parameters.items()}, rows]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
