"""A survey of a program: what its solutions and further walks touch, and how difficult its tasks are.

Some instances of each task are solved for it. What cheap policies earn is not measured here: an export does that.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program

from .coverage import Solved, coverage
from .difficulty import Difficulty, difficulty, ordered
from .draws import drawn
from .inspection import least_steps
from .solving import Solver
from .telling import as_read, name_of
from .touring import Tour, tour

INSTANCES: Final = 3
"""Instances of each task that are solved."""


class Survey(NamedTuple):
    """What a survey has found.

    Attributes:
        tour: Walks, with what they and the solutions touch.
        steps: Steps of the walks together.
        least: Steps that no walks are below which touch what these do, see `inspection`.
        difficulties: The tasks, the plainest first.
    """

    tour: Tour
    steps: int
    least: int
    difficulties: tuple[Difficulty, ...]


Progress = Callable[[int, int], None]
"""Called with (parts done, parts in all)."""


def survey(
    machine: Machine, tasks: Sequence[str], instances: int = INSTANCES, progress: Progress | None = None
) -> Survey:
    """Solve some instances of tasks, and walk through what their solutions leave out; that is the last part."""
    solver = Solver(machine)
    solved: dict[str, list[Solved]] = {}
    for task in tasks:
        solved[task] = list(_solved(machine, solver, task, instances))
        if progress is not None:
            progress(len(solved), len(tasks) + 1)
    longest = sorted(tasks, key=lambda task: -machine.rules(task).max_steps)
    found = [one for task in longest for one in solved[task]]
    walks = tour(machine, found, coverage(machine, found))
    those = coverage(machine, [(one.start(machine), one.events) for one in walks.walks])
    return Survey(
        walks,
        sum(len(one.events) for one in walks.walks),
        least_steps(machine.program, +those.touched),
        ordered(difficulty(machine, task, solved[task]) for task in tasks),
    )


def place_of(program: Program, element: str) -> str:
    """Return what people call a transition or block: the block that sets it off, and where that leads."""
    arrow = next((one for one in program.transitions if one.id == element), None)
    if arrow is None:
        return name_of(program, element)
    begins = name_of(program, arrow.on.block) if arrow.on.block else arrow.on.kind
    return f"{begins} → {title_of(program, arrow.to)}" if arrow.to in program.pages else begins


def title_of(program: Program, page: str) -> str:
    """Return what people call a page."""
    title = program.pages[page].title
    return as_read("".join(part if isinstance(part, str) else "…" for part in title))


def _solved(machine: Machine, solver: Solver, task: str, count: int) -> Iterator[Solved]:
    """Yield the first instances of a task that can be done, with their solutions."""
    for start in drawn(machine, task, range(count)):
        solution = solver.solve(start)
        if solution.status == "solved":
            yield start, solution.events
