"""Keys of the window with a letter hold in text fields too.

On Linux, Qt gives fields some keys of an old editor: Ctrl+E goes to the end of the line and Ctrl+K deletes up to there.
A field that takes them would keep *Export* and *Find anything* from whoever types, and lose what was typed.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.widgets.watching import KeyboardWatch

_KEPT = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)
"""What a field does itself; each says on its own whether the last two are the document's."""


class WindowLetters(KeyboardWatch):
    """Lets the window have its keys before a field does; those that it has no use for stay the field's."""

    def matters(self, widget: QWidget) -> bool:
        """Say whether a widget is a text field."""
        return isinstance(widget, QLineEdit | QPlainTextEdit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl with a letter to the window."""
        # Before a key becomes a shortcut, Qt asks the widget with the keyboard; whoever accepts keeps it.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_letter(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _is_letter(event: QKeyEvent) -> bool:
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_letter and is_ctrl and not any(event.matches(key) for key in _KEPT)
