"""Interruptions and conduct: what comes between a visitor and the task, and goes again without having changed anything.

An interruption appears with a page, stays until one of its buttons is used, and leaves data, drafts and page as they
are. Conduct holds one event back behind a page or dialog of its own (`pause`): the event is played when the visitor
says so, and forgotten when the visitor goes back. The events in between are steps like any other; in the
browser each answer is one more entry of the history, as any answer to a form is.
"""

from collections.abc import Callable

from ..base.errors import FormulaFaultError, TooMuchError
from ..base.events import Event
from ..pages.interruptions import GOES_ON, INTERRUPTION, PAUSE, SLOW, SURE, Interference, comes_by_steps
from ..pages.plan import Plan
from ..pages.state import Start, State, Step
from ..pages.uses import refusal
from ..pages.viewing import Views
from .overwork import overworked
from .refusing import reason_of, told
from .turns import Turn

Play = Callable[[Start, State, Event], Step]

_TRAVELS = frozenset({"goto", "back", "forward"})


class InterruptedSteps:
    """Plays the steps of episodes in which something is to come between, around those of the site itself."""

    def __init__(self, plan: Plan, views: Views, play: Play) -> None:
        """Remember what plays an event as if nothing came between."""
        self._plan = plan
        self._views = views
        self._play = play

    def step(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does."""
        interference = state.interference
        if interference.held is not None:
            return self._paused(start, state, event, interference.held)
        if self._uses(start, state, event, INTERRUPTION):
            return self._answer(start, state, interference._replace(interruption="", is_shown=False))
        step = self._play(start, state, event)
        if step.fault:
            return step
        if event.kind == "use" and interference.conduct and step.transition is not None:
            if self._is_held(state, step.state):
                return self._answer(start, state, interference._replace(held=event))
            if interference.uses:
                interference = interference._replace(uses=interference.uses - 1)
        _put_beside(step.state, interference, state)
        return step

    def _uses(self, start: Start, state: State, event: Event, block: str) -> bool:
        """Say whether an event is the use of a button of something that stands beside the task."""
        if event.kind != "use" or event.block != block:
            return False
        return refusal(self._views.view(start, state), event) is None

    def _is_held(self, before: State, after: State) -> bool:
        """Say whether conduct comes at a use that would lead to a state."""
        if before.interference.conduct != SURE:
            return before.interference.uses <= 1
        if after.tables is before.tables:
            return False
        tables = self._plan.schema.table_list
        return any(table.durable and after.tables[table.index] is not before.tables[table.index] for table in tables)

    def _paused(self, start: Start, state: State, event: Event, held: Event) -> Step:
        """Return what an event does while another is held back."""
        over = state.interference._replace(conduct="", held=None).settled()
        if self._uses(start, state, event, PAUSE):
            return self._resumed(start, state, over, held) if event.row in GOES_ON else self._answer(start, state, over)
        if event.kind == "noop" and state.interference.conduct == SLOW:
            return self._resumed(start, state, over, held)
        if event.kind in _TRAVELS:
            step = self._play(start, state.replaced(interference=over), event)
            if _is_answer(step.state):
                _put_beside(step.state, over, state)
                return step
        step = self._play(start, state, event)
        if _is_answer(step.state):
            _put_beside(step.state, over, state)
        return step

    def _resumed(self, start: Start, state: State, interference: Interference, held: Event) -> Step:
        """Return what the event does that was held back."""
        step = self._play(start, state.replaced(interference=interference), held)
        _put_beside(step.state, interference, state)
        return step

    def _answer(self, start: Start, state: State, interference: Interference) -> Step:
        """Return the answer of the site with everything as it was but what stands beside it."""
        turn = Turn(self._plan, start, state)
        turn.steps += 1
        turn.is_answered = True
        turn.focus = None
        try:
            turn.remember(replace=False)
            turn.wait()
            turn.settle()
            new = told(turn.refused, start, turn.finished(state), self._views)
            new.interference = interference.settled()
            self._views.view(start, new)
        except TooMuchError as fault:
            new = overworked(self._plan, start, state)
            new.interference = interference.settled()
            return Step(new, refused=str(fault))
        except FormulaFaultError as fault:
            return Step(state.replaced(steps=turn.steps, focus=None, broken=True), None, "", str(fault))
        return Step(new, turn.taken, refused=reason_of(turn.refused))


def _is_answer(state: State) -> bool:
    """Say whether the step that led to a state was answered by the site."""
    return state.answered == state.steps


def _put_beside(new: State, interference: Interference, before: State) -> None:
    """Put beside a state that was just made what stands there, an interruption that is due among it."""
    if interference.interruption and not interference.is_shown and _is_arrival(before, new):
        by_steps = comes_by_steps(interference)
        waits = interference.waits if by_steps else interference.waits - 1
        is_due = new.steps >= waits if by_steps else waits <= 0
        interference = interference._replace(waits=waits, is_shown=is_due)
    old = new.interference
    if interference is not old:
        if interference.is_shown != old.is_shown or interference.held is not old.held:
            new.known_view = None
        new.interference = interference.settled()
        new.known_keys = None


def _is_arrival(before: State, new: State) -> bool:
    """Say whether a step led to another page."""
    if not _is_answer(new) or new.dialog is not None or new.broken:
        return False
    return new.base[:3] != before.base[:3]
