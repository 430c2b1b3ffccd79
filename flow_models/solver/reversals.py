"""Solutions with one change undone on the way, and what a site still offers once a solution is done.

Whoever undoes a part of what was asked has not done it; whatever counts all the same is not looked at in the end. Who
judges them is not here.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.uses import is_enabled
from flow_models.runtime.machine.pages.view import Button, Field

from .mutations import OTHERS
from .outcomes import outcome_differences
from .walk import states_of

DEEP: Final = 3
"""Uses of controls with which a change is undone at most."""

TRIED: Final = 150
"""Uses that are tried to undo one change."""


class Undone(NamedTuple):
    """A solution in which a change is undone, as soon as it was made, before the rest is done.

    Attributes:
        place: The step that makes the change.
        undoing: What is done to undo it.
        rest: What is still to be done, from the page on which the solution goes on.
    """

    place: int
    undoing: tuple[Event, ...]
    rest: tuple[Event, ...]


def undone(machine: Machine, start: Start, events: tuple[Event, ...]) -> Iterator[Undone]:
    """Yield a solution with each change but the last undone, where the site offers a way."""
    states = states_of(machine, start, events)
    for place in range(len(events) - 1):
        before, after = states[place], states[place + 1]
        if outcome_differences(machine, start, before, after):
            undoing = _way_back(machine, start, before, after)
            if undoing:
                yield Undone(place, undoing, (Event("goto", value=after.base.path), *events[place + 1 :]))


def further(machine: Machine, start: Start, state: State) -> Iterator[tuple[Event, State]]:
    """Yield what the buttons of a page do that stand in no row of a list."""
    for one in machine.view(start, state).controls():
        if isinstance(one, Button) and not one.row and is_enabled(one):
            event = Event("use", one.id)
            step = machine.step(start, state, event)
            if not (step.error or step.fault):
                yield event, step.state


def _way_back(machine: Machine, start: Start, before: State, after: State) -> tuple[Event, ...]:
    """Return the fewest uses after which the data are as they were before a change; none if none are found."""
    waiting = deque[tuple[State, tuple[Event, ...]]]([(after, ())])
    seen, left = {machine.key(start, after)}, TRIED
    while waiting and left > 0:
        state, done = waiting.popleft()
        for event in _uses(machine, start, state):
            left -= 1
            step = machine.step(start, state, event)
            key = machine.key(start, step.state)
            if step.error or step.fault or key in seen:
                continue
            if not outcome_differences(machine, start, before, step.state):
                return (*done, event)
            seen.add(key)
            if len(done) + 1 < DEEP:
                waiting.append((step.state, (*done, event)))
    return ()


def _uses(machine: Machine, start: Start, state: State) -> Iterator[Event]:
    """Yield the uses of a page's buttons and links, in a list those of the last rows, and the way back."""
    by_block: dict[str, list[str]] = {}
    for one in machine.view(start, state).controls():
        if not isinstance(one, Field) and is_enabled(one):
            by_block.setdefault(one.id, []).append(one.row)
    for block, rows in by_block.items():
        yield from (Event("use", block, row) for row in rows[-OTHERS:])
    yield Event("back")
