"""How a transition comes to be taken in some instance of a task, so that what it does can be looked at.

The shortest way to its page is gone, what stands there is filled in with whatever it accepts, and its control is used.
Else the solutions are asked, which take many. Nothing found means nothing: there may still be a way.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from flow_models.checks.graph import sources
from flow_models.checks.trial import Trial
from flow_models.document.behaviour import Transition, UseTrigger
from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.runtime.machine.pages.uses import events_of, giving, is_enabled, is_tickable
from flow_models.runtime.machine.pages.view import Button, Field, Link
from flow_models.solver.field_texts import samples
from flow_models.solver.solution import Budget
from flow_models.solver.walk import Walk, walk_in

INSTANCES: Final = 3
"""Instances in which a way is sought."""

TRIED: Final = 3_000
"""Steps that the search for the way to a page may try."""

FILLINGS: Final = 4
"""Times that a page is filled in, with other texts each time."""

ROWS: Final = 3
"""Rows whose button or link is tried."""


OTHERS: Final = 6
"""Other rows that are opened where the first one does not show what is sought."""


class Taken(NamedTuple):
    """A transition that was taken.

    Attributes:
        start: The instance.
        events: What was done up to it; the last event takes it.
        before: The state before the last event.
        after: The state after it.
    """

    start: Start
    events: tuple[Event, ...]
    before: State
    after: State

    def walk(self, look: str = "") -> Walk:
        """Return how to see it."""
        return walk_in(self.start, self.events, look)


def taken(trial: Trial, arrow: Transition, *, times: int = 1) -> Iterator[Taken]:
    """Yield how a transition is taken in some instances, in each at most so many times, with other texts filled in."""
    for start in trial.starts[:INSTANCES]:
        yield from islice(_ways(trial, start, arrow), times)


def _ways(trial: Trial, start: Start, arrow: Transition) -> Iterator[Taken]:
    """Yield how a transition is taken in an instance: by trying its page, or by a solution."""
    if isinstance(arrow.on, UseTrigger):
        for page in sources(trial.flow, arrow)[:ROWS]:
            events = trial.solver.way_to(start, page, budget=Budget(TRIED))
            for way in () if events is None else _ways_by_rows(trial.machine, start, events):
                yield from _used(trial.machine, start, way, arrow, arrow.on.block)
    for one, solution in trial.solutions:
        if one is start:
            yield from _along(trial.machine, start, solution.events, arrow)


def _ways_by_rows(machine: Machine, start: Start, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
    """Yield a way, and it with other rows opened at last: what a page offers may depend on which row it is about."""
    yield events
    if events and events[-1].row:
        *before, last = events
        controls = machine.view(start, played(machine, start, tuple(before))).controls()
        others = (one.row for one in controls if one.id == last.block and one.row != last.row)
        yield from ((*before, Event("use", last.block, row)) for row in islice(others, OTHERS))


def _along(machine: Machine, start: Start, events: tuple[Event, ...], arrow: Transition) -> Iterator[Taken]:
    """Yield where events take a transition."""
    state = start.state
    for number, event in enumerate(events, 1):
        step = machine.step(start, state, event)
        if step.transition == arrow.id and not step.fault:
            yield Taken(start, events[:number], state, step.state)
        state = step.state


def _used(machine: Machine, start: Start, events: tuple[Event, ...], arrow: Transition, block: str) -> Iterator[Taken]:
    """Yield what takes a transition on the page to which events lead, filled in one way or another."""
    state = played(machine, start, events)
    opening = _opening(machine, start, state, block)
    events, state = (*events, *opening), played(machine, start, opening, state)
    for number in range(FILLINGS):
        for row in _rows(machine, start, state, block):
            fills = tuple(fillings(machine, start, state, number))
            filled = played(machine, start, fills, state)
            step = machine.step(start, filled, Event("use", block, row))
            if step.transition == arrow.id and not step.fault:
                yield Taken(start, (*events, *fills, Event("use", block, row)), filled, step.state)


def _opening(machine: Machine, start: Start, state: State, block: str) -> tuple[Event, ...]:
    """Return what unfolds a menu, tab or fold-out behind which a control stands; nothing if it is to be seen."""
    controls = machine.view(start, state).controls()
    if any(control.id == block for control in controls):
        return ()
    for control in controls:
        event = Event("use", control.id, control.row)
        if isinstance(control, Button) and control.state in ("closed", ""):
            shown = machine.view(start, machine.step(start, state, event).state)
            if any(inner.id == block for inner in shown.controls()):
                return (event,)
    return ()


def _rows(machine: Machine, start: Start, state: State, block: str) -> list[str]:
    """Return the rows beside which a control stands, the empty text for one that stands beside none."""
    controls = (one for one in machine.view(start, state).controls() if one.id == block)
    return [one.row for one in controls if isinstance(one, Link) or (isinstance(one, Button) and is_enabled(one))][
        :ROWS
    ]


def played(machine: Machine, start: Start, events: tuple[Event, ...], state: State | None = None) -> State:
    """Return the state after events, from the start of an instance or from a state of it."""
    now = start.state if state is None else state
    for event in events:
        now = machine.step(start, now, event).state
    return now


def fillings(machine: Machine, start: Start, state: State, number: int) -> Iterator[Event]:
    """Yield what fills in the fields that a page shows, other texts for each number."""
    page = machine.plan.page(state.top.page)
    if page is None:
        return
    scene = machine.plan.scene(start, state, state.top)
    scene.texts = state.top.fields
    controls = (one for one in machine.view(start, state).controls() if isinstance(one, Field))
    for place, control in enumerate(controls, 1):
        if is_tickable(control):
            yield from _ticking(control)
        elif number or not control.text:
            field = page.fields[page.places[control.name]]
            texts = _offered(control) or _sampled(field, scene)
            # Fields that offer the same are given different texts: from one account to another one.
            yield from giving(field, texts[number * place % len(texts)]) if texts else ()


def _ticking(control: Field) -> Iterator[Event]:
    """Yield what ticks a field."""
    yield from (Event(kind, control.id) for kind in events_of(control) if kind == "check")


def _sampled(field: AnyField, scene: Context) -> list[str]:
    """Return texts that a field may take and that stand for all others."""
    return [text for text in samples(field, scene) if text != "?"]


def _offered(control: Field) -> list[str]:
    """Return what can be chosen in a field: places, options, or the labels that it suggests."""
    places = [place.key for _, line in control.grid for place in line if place.is_free]
    return places or [key for key, _ in control.options if key] or [label for _, label in control.offered]
