"""What a step comes to that is more work than a step may be: the same page, one step later, which says so in words.

It is refused as a whole, whatever of it was too much: its condition, its effects, or what followed by itself.
"""

from ..pages.plan import Plan
from ..pages.state import Start, State
from .turns import Turn


def overworked(plan: Plan, start: Start, state: State) -> State:
    """Return the state after a step that was too much."""
    turn = Turn(plan, start, state)
    turn.steps += 1
    turn.answer()
    turn.notices = (("error", plan.schema.said("too_much")),)
    turn.remember(replace=False)
    return turn.finished(state)
