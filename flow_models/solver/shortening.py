"""The same walk in fewer steps: what leads to the very same end, and nothing that changed nothing of it.

The end is all that a walk can show: what the last page says, how the task stands, what went wrong and the site's data.
Fewer steps to another end might show something else, so they are no shorter walk.
"""

from collections.abc import Hashable, Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine

from .film import film
from .solution import Budget
from .solving import Solver
from .walk import Walk

_SECONDS: Final = 3.0
"""How long each of the two searches for a shorter walk may take."""


class Ending(NamedTuple):
    """How a walk ends, as far as anybody could see or judge it."""

    page: tuple[Hashable, ...]
    task: tuple[Hashable, ...]
    data: tuple[Hashable, ...]


def ending(machine: Machine, walk: Walk) -> Ending | None:
    """Return how a walk ends; None if it cannot be played to its end."""
    frames = film(machine, walk)
    if len(frames) <= len(walk.events):
        return None
    last, state = frames[-1], walk.start(machine).state
    for step in walk.played(machine):
        state = step.state
    page = (last.url, last.title, *((line.block, line.text) for line in last.lines))
    task = (last.success, last.failure, last.milestones, last.trouble, last.is_unchanged)
    return Ending(page, task, (state.variables, *(table.content() for table in state.tables)))


def shorter(machine: Machine, walk: Walk) -> Walk | None:
    """Return a walk with fewer steps to the same end; None if none was found."""
    end = ending(machine, walk)
    if end is None:
        return None
    best = walk
    for events in _searched(machine, walk):
        tried = walk._replace(events=events)
        if len(events) < len(best.events) and ending(machine, tried) == end:
            best = tried
    best = _cut(machine, best, end)
    return best if len(best.events) < len(walk.events) else None


def _searched(machine: Machine, walk: Walk) -> Iterator[tuple[Event, ...]]:
    """Yield what a search finds: the way to the page on which the walk ends, and the solution of the task."""
    solver, start = Solver(machine), walk.start(machine)
    last = film(machine, walk)[-1]
    way = solver.way_to(start, last.view.top.page, budget=Budget(seconds=_SECONDS))
    if way is not None:
        yield way
    if last.success and not machine.verdict(start, start.state).success:
        solution = solver.solve(start, budget=Budget(seconds=_SECONDS))
        if solution.status == "solved":
            yield solution.events


def _cut(machine: Machine, walk: Walk, end: Ending) -> Walk:
    """Return a walk without the steps that can be left out, many at once before one by one."""
    size = max(1, len(walk.events) // 2)
    while size:
        place = len(walk.events) - size
        while place >= 0:
            tried = walk._replace(events=walk.events[:place] + walk.events[place + size :])
            if ending(machine, tried) == end:
                walk = tried
            place -= size
        size //= 2
    return walk
