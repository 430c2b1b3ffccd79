"""A way of each kind through one instance: from its solution on the site as drawn to what is demonstrated."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

import resources
from exporters.demonstrating.kinds import LOOKED, SHORTEST, Case
from exporters.demonstrating.mistakes import corrected, left
from exporters.demonstrating.trail import Dice, Trail, Way
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION, PAUSE
from flow_models.runtime.machine.pages.unfolding import NEXT
from flow_models.solver.telling import cell_texts
from flow_models.solver.variants import BlockedError

Plan = Sequence[Event]
Maker = Callable[[Trail, Plan, Dice], Way | None]

_TRIES: Final = 4
_INPUTS: Final = frozenset({"fill", "select", "check", "uncheck"})


def way_of(case: Case, begun: Trail, plan: Plan, dice: Dice) -> tuple[str, Way | None]:
    """Return the kind of way that was found, and the way: the kind that is wanted, else one like it, else the shortest.

    Args:
        case: What is to be shown.
        begun: Stands at the start.
        plan: A solution of the site as drawn; of an impossible instance that of another one, which shows where to look.
        dice: Makes the choices.
    """
    if case.kind == LOOKED:
        return LOOKED, _tried(looked, begun, plan, dice)
    for kind in (case.kind, *_ELSE.get(case.kind, ())):
        found = _tried(_MAKERS[kind], begun, plan, dice)
        if found is not None:
            return kind, found
    return SHORTEST, _tried(_shortest, begun, plan, dice)


def looked(begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return a way that looks where something would be done, then says that it cannot be.

    It goes along the pages on which a task like it is done, looking for what the goal names, up to the first input.
    """
    del dice
    trail = begun.copy()
    with suppress(BlockedError):
        for event in plan:
            if event.kind != "use":
                break
            if not event.row:
                _look(trail, event)
            elif not trail.is_turning(event) and not _open_named(trail, event):
                break
    return trail.follow([Event("infeasible", value=resources.text("export.demonstrate.reason"))]).way


def _look(trail: Trail, event: Event) -> None:
    """Do an event that only looks.

    Raises:
        BlockedError: It cannot be done, or would change data.
    """
    if trail.copy().follow([event]).has_changed(trail.state):
        raise BlockedError("it changes data")
    trail.follow([event])


def _open_named(trail: Trail, event: Event) -> bool:
    """Open the row that the goal names, on whatever page of the list it is; say whether it was found.

    Raises:
        BlockedError: It cannot be opened.
    """
    wanted = _named_in_goal(trail, event)
    while wanted is None and (onward := _next_page(trail.view)) is not None:
        trail.follow([onward])
        wanted = _named_in_goal(trail, event)
    if wanted is not None:
        _look(trail, wanted)
    return wanted is not None


def _next_page(view: shown.View) -> Event | None:
    """Return what turns to the next page of a list, None on the last one."""
    parts = (inner for part in view.top.parts for inner in shown.walk(part))
    turning = next((part for part in parts if isinstance(part, shown.Pagination)), None)
    if turning is None or turning.page == turning.pages:
        return None
    return Event("use", turning.id, NEXT)


def _shortest(begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return the solution, as the variant lets it be done."""
    del dice
    return begun.copy().follow(plan).way


def _other(begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return a way as short as the solution that is another one."""
    shortest = begun.copy().follow(plan)
    for _ in range(_TRIES):
        with suppress(BlockedError):
            found = begun.copy()
            for event in _reordered(plan, dice):
                found.follow([_also(found.view, event, dice)])
            if found.events != shortest.events and len(found.events) == len(shortest.events):
                return found.way
    return None


def _dismissed(begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return a way on which what pops up is dismissed, whether it stands in the way or not."""
    trail = begun.copy()
    for event in plan:
        popped = trail.view.interruption
        if popped is not None:
            button = next(dice.some(popped.buttons, 1))
            trail.follow([Event("use", popped.id, button.row)])
        trail.follow([event])
    return trail.way if any(event.block == INTERRUPTION for event in trail.events) else None


def _retried(begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return a way on which the site fails once, and the request is repeated."""
    del dice
    trail = begun.copy().follow(plan)
    return trail.way if any(event.block == PAUSE for event in trail.events) else None


_MAKERS: Final[Mapping[str, Maker]] = {
    SHORTEST: _shortest,
    "other": _other,
    "corrected": corrected,
    "left": left,
    "dismissed": _dismissed,
    "retried": _retried,
}

_ELSE: Final[Mapping[str, tuple[str, ...]]] = {"corrected": ("left",), "left": ("corrected",)}
"""Which kind is shown instead where one has no place: a task without inputs has none that could be wrong."""


def _tried(maker: Maker, begun: Trail, plan: Plan, dice: Dice) -> Way | None:
    """Return what a maker finds, None if it is blocked."""
    with suppress(BlockedError):
        return maker(begun, plan, dice)
    return None


def _reordered(plan: Plan, dice: Dice) -> list[Event]:
    """Return a plan with the inputs of each form in another order."""
    found: list[Event] = []
    inputs: list[Event] = []
    for event in plan:
        if event.kind in _INPUTS:
            inputs.append(event)
            continue
        found += [*dice.some(inputs, len(inputs)), event]
        inputs = []
    return [*found, *dice.some(inputs, len(inputs))]


def _also(view: shown.View, event: Event, dice: Dice) -> Event:
    """Return an event, or the use of another link to the same page."""
    control = view.control(event.block, event.row) if event.kind == "use" else None
    if not isinstance(control, shown.Link) or not control.href:
        return event
    links = [one for one in view.controls() if isinstance(one, shown.Link) and one.href == control.href]
    one = next(dice.some(links, 1), control)
    return Event("use", one.id, one.row)


def _named_in_goal(trail: Trail, event: Event) -> Event | None:
    """Return an event of a row for the row that the goal names, None if there is none."""
    parts = (inner for part in trail.view.top.parts for inner in shown.walk(part))
    lists = [part for part in parts if isinstance(part, shown.ListView)]
    rows = [row for part in lists for row in part.rows if trail.view.control(event.block, row.key) is not None]
    named = {row.key: sum(text in trail.goal for text in cell_texts(row) if len(text) > 1) for row in rows}
    best = max(named, key=named.__getitem__, default="")
    return event._replace(row=best) if named.get(best) else None
