"""Drags from the palette as Qt tells a widget of them: the platform of tests has none of its own."""

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.blocks.dragging import Taking, data_of

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def come_over(area: QWidget, point: QPoint, kind: str) -> None:
    """Come over a widget with a kind of block."""
    data = data_of(kind)
    QCoreApplication.sendEvent(area, QDragEnterEvent(point, COPY, data, LEFT, NONE))
    QCoreApplication.sendEvent(area, QDragMoveEvent(point, COPY, data, LEFT, NONE))


def hover(area: QWidget, point: QPoint, kind: str) -> Taking:
    """Come over a widget with a kind of block and hold it over a point; return what takes it in there."""
    come_over(area, point, kind)
    return move(area, point, kind)


def move(area: QWidget, point: QPoint, kind: str) -> Taking:
    """Hold a kind of block over another point of the widget."""
    data = data_of(kind)
    QCoreApplication.sendEvent(area, QDragMoveEvent(point, COPY, data, LEFT, NONE))
    taking = area.findChild(Taking)
    assert taking is not None
    return taking


def drop(area: QWidget, point: QPoint, kind: str) -> None:
    """Let go of a kind of block that is held over a point of the widget."""
    data = data_of(kind)
    QCoreApplication.sendEvent(area, QDropEvent(QPointF(point), COPY, data, LEFT, NONE))


def give_up(area: QWidget) -> None:
    """Give the drag up, as Escape does."""
    QCoreApplication.sendEvent(area, QDragLeaveEvent())
