"""What a step leaves behind that is no part of a node of a graph: for whoever walks there and remembers the way."""

from typing import Final, NamedTuple

from ..pages.state import Start, State, Visited
from ..steps.turns import HISTORY_LIMIT

_PUT: Final = 10
"""Entries that one step may put into the history, and more."""


class Aftermath(NamedTuple):
    """What a step leaves behind that is no part of a node.

    Attributes:
        is_answered: Whether the site answered.
        is_page_entered: Whether the page was entered, and `is_dialog_entered` the dialog.
        visited: What was put into the history, None for nothing; it begins in place of the present entry, or where
            `is_behind` behind that.
        is_push: Whether the last of them is now the end of the history.
    """

    is_answered: bool
    is_page_entered: bool
    is_dialog_entered: bool
    visited: tuple[Visited, ...] | None
    is_behind: bool
    is_push: bool

    @classmethod
    def between(cls, before: State, after: State) -> "Aftermath":
        """Return what a step has left behind."""
        now, position = before.steps + 1, before.position
        visited, is_behind = None, False
        if after.history is not before.history:
            is_behind = after.history[position] is before.history[position]
            visited = after.history[position + is_behind : after.position + 1]
        is_dialog_entered = after.dialog is not None and after.dialog.entered == now
        is_push = after.position > position
        return cls(after.answered == now, after.base.entered == now, is_dialog_entered, visited, is_behind, is_push)


def forget_way(state: State, start: Start) -> None:
    """Put the history with which an instance begins in place of that of a new state, so that no two are kept."""
    state.history, state.position = start.state.history, start.state.position


def with_room(state: State) -> State:
    """Return a state whose history has room for what a step puts into it, so that nothing falls out."""
    if len(state.history) < HISTORY_LIMIT - _PUT:
        return state
    present = state.position
    return state.replaced(history=state.history[present : present + 1], position=0)
