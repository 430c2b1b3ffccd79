"""What a wheel does over fields inside something that scrolls: it turns a field only while that has the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Passing(QObject):
    """Lets the wheel by that would turn a field without the keyboard."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand wheel events on to what is behind the field."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def scrolls_by(field: QWidget) -> None:
    """Let the wheel scroll what is around a field, unless the field has the keyboard."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_Passing(field))
