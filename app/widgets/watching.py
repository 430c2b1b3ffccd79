"""Watching the one widget that has the keyboard, in all windows."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget


class KeyboardWatch(QObject):
    """Filters the events of the widget that has the keyboard, if it is of a kind that matters."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def matters(self, widget: QWidget) -> bool:
        """Say whether the events of a widget are filtered."""
        raise NotImplementedError

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        # A widget may be gone again by the time at which Qt tells that it got the keyboard.
        is_watched = new is not None and shiboken6.isValid(new) and self.matters(new)
        self._watched = new if is_watched else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
