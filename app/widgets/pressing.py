"""Return presses what has the keyboard, as Space does: a button, a switch, a list that pops up.

Qt leaves that to the desktop, and most desktops say no.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget

from app.widgets.watching import KeyboardWatch

_RETURN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ReturnPresses(KeyboardWatch):
    """Hands Return on where it presses."""

    def matters(self, widget: QWidget) -> bool:
        """Say whether Return presses a widget."""
        return _is_pressed(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand Return on as Space."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() not in _RETURN or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        space = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", event.isAutoRepeat())
        QApplication.sendEvent(watched, space)
        return True


def _is_pressed(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return True
    # In a cell of a table Return takes what was chosen.
    around = widget.parentWidget()
    is_in_cell = around is not None and isinstance(around.parentWidget(), QAbstractItemView)
    return isinstance(widget, QComboBox) and not widget.isEditable() and not is_in_cell
