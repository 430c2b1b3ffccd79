"""One step of the undo history: a flow before and after an edit.

Commands never have child commands (PySide6 crashes on them): an edit of several parts is one function.
"""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from flow_models.document.flow import Flow

_MERGEABLE = 1
"""Qt only offers to merge commands with the same id; which of them belong together is told by their key."""


class FlowCommand(QUndoCommand):
    """Puts one flow in place of another; a gesture's steps merge into the first by their key."""

    def __init__(
        self, before: Flow, after: Flow, label: str, merge_key: str | None, put: Callable[[Flow], None]
    ) -> None:
        super().__init__(label)
        self.before = before
        self.after = after
        self.merge_key = merge_key
        self._put = put

    def redo(self) -> None:
        """Put the flow after the edit in place."""
        self._put(self.after)

    def undo(self) -> None:
        """Put the flow before the edit back."""
        self._put(self.before)

    def id(self) -> int:
        """Return whether Qt may ask to merge this command (-1 means never)."""
        return -1 if self.merge_key is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the result of the next step of the same gesture; a gesture that changed nothing vanishes."""
        if not isinstance(other, FlowCommand) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setText(other.text())
        self.setObsolete(self.after == self.before)
        return True
