"""Interruptions and conduct: what comes between a visitor and the task, and goes again without having changed anything.

An interruption appears with a page, stays until one of its buttons is used, and leaves data, drafts and page as they
are. Conduct holds one event back behind a page or dialog of its own (`pause`): the event is played when the visitor
says so, and forgotten when the visitor goes back. The events in between are steps like any other; in the
browser each answer is one more entry of the history, as any answer to a form is.
"""

from collections.abc import Callable

from ..base.errors import FormulaFaultError
from ..base.events import Event
from ..pages.interruptions import GOES_ON, INTERRUPTION, PAUSE, SLOW, SURE, Side, comes_by_steps
from ..pages.plan import Plan
from ..pages.state import Start, State, Step
from ..pages.uses import refusal
from ..pages.viewing import Views
from .turns import Turn

Play = Callable[[Start, State, Event], Step]

_TRAVELS = frozenset({"goto", "back", "forward"})


class Asides:
    """Plays the steps of episodes in which something is to come between, around those of the site itself."""

    def __init__(self, plan: Plan, views: Views, play: Play) -> None:
        """Remember what plays an event as if nothing came between."""
        self._plan = plan
        self._views = views
        self._play = play

    def step(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does."""
        side = state.side
        if side.held is not None:
            return self._paused(start, state, event, side.held)
        if self._uses(start, state, event, INTERRUPTION):
            return self._answer(start, state, side._replace(interruption="", is_shown=False))
        step = self._play(start, state, event)
        if step.fault:
            return step
        if event.kind == "use" and side.conduct and step.transition is not None:
            if self._is_held(state, step.state):
                return self._answer(start, state, side._replace(held=event))
            if side.uses:
                side = side._replace(uses=side.uses - 1)
        _put_beside(step.state, side, state)
        return step

    def _uses(self, start: Start, state: State, event: Event, block: str) -> bool:
        """Say whether an event is the use of a button of something that stands beside the task."""
        if event.kind != "use" or event.block != block:
            return False
        return refusal(self._views.view(start, state), event) is None

    def _is_held(self, before: State, after: State) -> bool:
        """Say whether conduct comes at a use that would lead to a state."""
        if before.side.conduct != SURE:
            return before.side.uses <= 1
        if after.tables is before.tables:
            return False
        tables = self._plan.schema.table_list
        return any(table.durable and after.tables[table.index] is not before.tables[table.index] for table in tables)

    def _paused(self, start: Start, state: State, event: Event, held: Event) -> Step:
        """Return what an event does while another is held back."""
        over = state.side._replace(conduct="", held=None).settled()
        if self._uses(start, state, event, PAUSE):
            return self._resumed(start, state, over, held) if event.row in GOES_ON else self._answer(start, state, over)
        if event.kind == "noop" and state.side.conduct == SLOW:
            return self._resumed(start, state, over, held)
        if event.kind in _TRAVELS:
            step = self._play(start, state.replaced(side=over), event)
            if _is_answer(step.state):
                _put_beside(step.state, over, state)
                return step
        step = self._play(start, state, event)
        if _is_answer(step.state):
            _put_beside(step.state, over, state)
        return step

    def _resumed(self, start: Start, state: State, side: Side, held: Event) -> Step:
        """Return what the event does that was held back."""
        step = self._play(start, state.replaced(side=side), held)
        _put_beside(step.state, side, state)
        return step

    def _answer(self, start: Start, state: State, side: Side) -> Step:
        """Return the answer of the site with everything as it was but what stands beside it."""
        turn = Turn(self._plan, start, state)
        turn.steps += 1
        turn.is_answered = True
        turn.focus = None
        try:
            turn.remember(replace=False)
            turn.wait()
            turn.settle()
            new = turn.finished(state)
            new.side = side.settled()
            self._views.view(start, new)
        except FormulaFaultError as fault:
            return Step(state.replaced(steps=turn.steps, focus=None, broken=True), None, "", str(fault))
        return Step(new, turn.taken)


def _is_answer(state: State) -> bool:
    """Say whether the step that led to a state was answered by the site."""
    return state.answered == state.steps


def _put_beside(new: State, side: Side, before: State) -> None:
    """Put beside a state that was just made what stands there, an interruption that is due among it."""
    if side.interruption and not side.is_shown and _is_arrival(before, new):
        waits = side.waits if comes_by_steps(side) else side.waits - 1
        side = side._replace(waits=waits, is_shown=new.steps >= waits if comes_by_steps(side) else waits <= 0)
    if side is not new.side:
        if side.is_shown != new.side.is_shown or side.held is not new.side.held:
            new.known_view = None
        new.side = side.settled()
        new.known_keys = None


def _is_arrival(before: State, new: State) -> bool:
    """Say whether a step led to another page."""
    if not _is_answer(new) or new.dialog is not None or new.broken:
        return False
    return new.base[:3] != before.base[:3]
