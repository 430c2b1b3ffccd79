"""Return presses what has the keyboard, as Space does: a button, a switch, a list that pops up.

Qt leaves that to the desktop, and most desktops say no.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget

_RETURN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ReturnPresses(QObject):
    """Watches only the widget that has the keyboard, in all windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        # A widget may be gone again by the time at which Qt tells that it got the keyboard.
        is_pressed = new is not None and shiboken6.isValid(new) and _is_pressed(new)
        self._watched = new if is_pressed else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

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
