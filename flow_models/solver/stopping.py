"""How far a search came that found no way: what is still wanted where it was nearest to the end.

Somebody who draws can do nothing with "a bound was reached"; with the page where it does not go on and the row that
does not come about they can.
"""

from flow_models.runtime.machine import State

from .goals import AnswerGoal, ChangeGoal, Goal
from .solution import Stop, Want


def stop_of(goal: Goal, state: State, seen: int) -> Stop:
    """Return what is open in a state."""
    wants: tuple[Want, ...] = ()
    if isinstance(goal, ChangeGoal):
        wants = tuple(Want(one.kind or "condition", *one[1:]) for one in goal.open_in(state, seen))
    if isinstance(goal, ChangeGoal | AnswerGoal):
        wants += tuple(Want("told", table) for table in goal.untold_tables(seen))
    return Stop(state.top.page, wants or (Want("rest"),))
