"""What takes blocks in by dragging: drags that come from the palette, and those that begin in the widget itself.

Those from the palette leave its window, so they are Qt's own drags, with a format of ours. What is dragged inside one
widget is a gesture of our own: press, move, release. Both show the same mark and are let go the same way; Escape gives
up.
"""

from collections.abc import Callable
from typing import NamedTuple, cast

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.blocks.mark import LandingMark
from app.blocks.placing import Carried, New, Spot, refusal, where_words
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

FORMAT = "application/x-gymwright-block"
"""The format in which the palette gives the kind of block that is dragged."""

_EDGE, _CREEP = 24, 12
"""Pixels: how wide the edge is at which what is long scrolls, and how far with each move."""


class Landing(NamedTuple):
    """Where something that is dragged would land.

    Attributes:
        place: What whoever takes it in needs to put it there.
        mark: The line, or the frame, that shows it; inside the widget.
        words: Where that is; if it cannot land there, why not.
        is_refused: Whether it cannot.
    """

    place: object
    mark: QRect
    words: str
    is_refused: bool = False


Look = Callable[[Carried, QPoint], Landing | None]
"""Says where something would land that is held over a point."""


def landing_at(flow: Flow, carried: Carried, spot: Spot, mark: QRect) -> Landing:
    """Return the landing at a place among blocks, in words, or with the reason why it is none."""
    moved = carried.id if isinstance(carried, Element) else ""
    reason = refusal(flow, spot, carried)
    words = where_words(flow, spot, moved)
    return Landing(spot, mark, reason or words[:1].upper() + words[1:], bool(reason))


def data_of(kind: str) -> QMimeData:
    """Return a kind of block as data of a drag."""
    data = QMimeData()
    data.setData(FORMAT, kind.encode())
    return data


def carried_in(data: QMimeData) -> New | None:
    """Return the kind of block that a drag brings; `None` if it brings something else."""
    return New(bytes(data.data(FORMAT).data()).decode()) if data.hasFormat(FORMAT) else None


class Taking(QObject):
    """Lets a widget take blocks in."""

    def __init__(
        self,
        area: QWidget,
        look: Look,
        drop: Callable[[Carried, Landing], object],
        grab: Callable[[QPoint], Carried | None] | None = None,
    ) -> None:
        """Begin to take blocks in.

        Args:
            area: The widget over which they are held; of a list or canvas its viewport.
            look: Says where something would land.
            drop: Puts it there.
            grab: Says what lies under a point that can be dragged; `None` if nothing in the widget can.
        """
        super().__init__(area)
        self._area = area
        self._look = look
        self._drop = drop
        self._grab = grab
        self._held: tuple[Carried, QPointF] | None = None
        self._is_dragging = False
        self._is_over = False
        self.landing: Landing | None = None
        self.mark = LandingMark(area)
        area.setAcceptDrops(True)
        area.installEventFilter(self)
        around = area.parentWidget()
        if grab is not None and around is not None:
            # What scrolls has the keyboard, not its viewport.
            around.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch drags, and the pointer and Escape where something can be dragged."""
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove | QEvent.Type.Drop:
                return watched is self._area and self._dragged(cast(QDropEvent, event))
            case QEvent.Type.DragLeave:
                return watched is self._area and self._left()
            case QEvent.Type.ShortcutOverride | QEvent.Type.KeyPress if self._is_dragging:
                return self._key(cast(QKeyEvent, event))
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseMove | QEvent.Type.MouseButtonRelease:
                return watched is self._area and self._pointed(cast(QMouseEvent, event))
            case _:
                pass
        return False

    def stop(self) -> None:
        """Give up what is dragged."""
        if self._is_dragging:
            self._area.unsetCursor()
        self._held, self._is_dragging, self.landing = None, False, None
        self.mark.hide()

    def _dragged(self, event: QDropEvent) -> bool:
        """Follow a drag from the palette."""
        carried = carried_in(event.mimeData())
        if carried is None:
            return False
        self._is_over = event.type() != QEvent.Type.Drop
        self._show(carried, event.position().toPoint())
        # Refused ones are accepted too, or Qt would tell of no more moves and the reason could not be read.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._let_go(carried)
        return True

    def _left(self) -> bool:
        """Forget a drag from the palette that went elsewhere or was given up; tell whether there was one."""
        was_over, self._is_over = self._is_over, False
        if was_over:
            self.stop()
        return was_over

    def _pointed(self, event: QMouseEvent) -> bool:
        """Follow the pointer; tell whether it drags."""
        if self._grab is None:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            carried = self._grab(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else None
            self._held = None if carried is None else (carried, event.position())
            return False
        if self._held is None:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            was_dragging = self._is_dragging
            self._let_go(self._held[0])
            return was_dragging
        return self._drag_on(event, *self._held)

    def _drag_on(self, event: QMouseEvent, carried: Carried, start: QPointF) -> bool:
        """Show where what is held would land."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.stop()
            return False
        if (event.position() - start).manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
        if self._is_dragging:
            self._show(carried, event.position().toPoint())
            can_land = self.landing is not None and not self.landing.is_refused
            self._area.setCursor(Qt.CursorShape.ClosedHandCursor if can_land else Qt.CursorShape.ForbiddenCursor)
        return True

    def _key(self, event: QKeyEvent) -> bool:
        """Give up with Escape, which does nothing else meanwhile."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self.stop()
        event.accept()
        return True

    def _show(self, carried: Carried, point: QPoint) -> None:
        self._creep(point)
        self.landing = self._look(carried, point)
        if self.landing is None:
            self.mark.hide()
        else:
            _, mark, words, is_refused = self.landing
            self.mark.show_at(mark, point, words, is_refused=is_refused)

    def _creep(self, point: QPoint) -> None:
        """Scroll what is long while something is held at its edge."""
        around = self._area.parentWidget()
        if isinstance(around, QAbstractScrollArea) and around.viewport() is self._area:
            by = _CREEP * ((point.y() > self._area.height() - _EDGE) - (point.y() < _EDGE))
            bar = around.verticalScrollBar()
            bar.setValue(bar.value() + by)

    def _let_go(self, carried: Carried) -> None:
        landing, is_new = self.landing, isinstance(carried, New)
        is_dragging = self._is_dragging or is_new
        self.stop()
        if is_dragging and landing is not None and not landing.is_refused:
            self._drop(carried, landing)
