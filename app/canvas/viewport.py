"""The view onto the scene: panning, zooming, and handing the pointer to gestures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGestureEvent, QGraphicsView, QPinchGesture, QWidget

import resources
from app.canvas.fitting import beside, fitted
from app.canvas.gestures import Gesture, Pan
from app.canvas.pointer import Pointer
from app.canvas.scene import DiagramScene

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_ZOOM, MOST_ZOOM = 0.05, 3.0
CORNER = 12
"""Pixels between the edge of the view and what lies over it."""
_EDGE, _CREEP = 24, 18
"""Pixels: how wide the edge is at which a drag pans, and how far at most in one frame."""
_WHEEL_STEP = 1.0015
_FIT_MARGIN = 40.0
_BRING = 16.0
"""Pixels that are free around what is brought into view."""
_HAND = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    }
)
_WHOLE = 0.4
"""The share of the bounds above which exposed parts are painted in one go."""


class DiagramView(QGraphicsView):
    """Shows the scene and turns events into panning, zooming and gestures."""

    zoomed = Signal(float)
    """Carries the zoom after it changed; 1.0 is one pixel for one scene unit."""
    moved = Signal()
    """Another part of the scene is seen, or the view has another size."""

    def __init__(self, scene: DiagramScene, pointer: Pointer, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._pointer = pointer
        self._gesture: Gesture | None = None
        self._pressed: tuple[QPoint, Qt.KeyboardModifier] | None = None
        self._holds_space = False
        self.is_in_hand = False
        """Whether a press, move or release of the pointer on the canvas is being answered."""
        self._over: tuple[QWidget, ...] = ()
        self._dragged_at = (QPoint(), Qt.KeyboardModifier.NoModifier)
        self._part = QRect()
        """The exposed rectangle that is painted by itself."""
        self._creep = QTimer(self, interval=16)
        self._creep.timeout.connect(self._creep_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        # Our items set every pen, brush and hint that they paint with, so nobody needs the painter put back.
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # `set_zoom` says what stays under the pointer; Qt would move the scene once more.
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The background fills everything, so Qt may move the picture when one pans and paint only what comes in.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(resources.text("canvas.accessible_name"))

    @property
    def zoom(self) -> float:
        """The zoom; 1.0 is one pixel for one scene unit."""
        return self.transform().m11()

    @property
    def gesture(self) -> Gesture | None:
        """The gesture that is going on."""
        return self._gesture

    def seen(self) -> QRectF:
        """Return the part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the scene point under a place of the viewport (the middle by default) where it is."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        if abs(zoom - self.zoom) < 1e-6:
            return
        place = at if at is not None else QPointF(self.viewport().rect().center())
        held = self.mapToScene(place.toPoint())
        self.setTransform(self.transform().fromScale(zoom, zoom))
        now = self.mapFromScene(held)
        self.scroll_by(round(now.x() - place.x()), round(now.y() - place.y()))
        self.zoomed.emit(zoom)
        self.moved.emit()

    def lay_over(self, *widgets: QWidget) -> None:
        """Say which widgets lie over the view: what is brought into view comes to lie beside them."""
        self._over = widgets

    def show_area(self, area: QRectF, most_zoom: float = 1.0, parts: Sequence[QRectF] = ()) -> None:
        """Zoom and pan so that an area of the scene is seen whole, beside what lies over the view.

        Args:
            area: The area.
            most_zoom: How near at most.
            parts: What is in the area, by which one sees where it is empty; nothing stands for the area itself.
        """
        if area.isEmpty() or self.viewport().width() < 10:
            return
        room = QRectF(self.viewport().rect())
        zoom, center = fitted(area, parts or [area], room, self._covered(), (_FIT_MARGIN, LEAST_ZOOM, most_zoom))
        self.setTransform(self.transform().fromScale(zoom, zoom))
        self._put(area.center(), center)
        self.zoomed.emit(zoom)
        self.moved.emit()

    def bring(self, area: QRectF, least_zoom: float = 0.0) -> None:
        """Pan as little as needed for all of an area to be seen, zooming out only where it has no room.

        Args:
            area: The area of the scene.
            least_zoom: If it is seen smaller than so, it is shown at that zoom.
        """
        if area.isEmpty() or self.viewport().width() < 10:
            return
        room = QRectF(self.viewport().rect()).adjusted(_BRING, _BRING, -_BRING, -_BRING)
        zoom = max(self.zoom, least_zoom)
        if area.width() * zoom > room.width() or area.height() * zoom > room.height():
            self.show_area(area, most_zoom=zoom)
            return
        if zoom > self.zoom:
            self.set_zoom(zoom)
        here = QRectF(self.mapFromScene(area).boundingRect())
        there = beside(here, room, self._covered())
        if there is None:
            self.show_area(area, most_zoom=zoom)
        elif there != here:
            self.scroll_by(round(here.x() - there.x()), round(here.y() - there.y()))

    def _put(self, point: QPointF, place: QPointF) -> None:
        """Pan so that a point of the scene is seen at a place of the viewport."""
        self.centerOn(point)
        now = self.mapFromScene(point)
        self.scroll_by(round(now.x() - place.x()), round(now.y() - place.y()))

    def _covered(self) -> list[QRectF]:
        return [QRectF(widget.geometry()) for widget in self._over if not widget.isHidden()]

    def scroll_by(self, dx: int, dy: int) -> None:
        """Show what lies so many pixels further right and down."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + dx)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + dy)

    def cancel_gesture(self) -> bool:
        """Cancel the gesture that is going on; return whether there was one."""
        gesture, self._gesture = self._gesture, None
        self._pressed = None
        self._creep.stop()
        if gesture is None:
            return False
        gesture.cancel()
        self._show_cursor()
        return True

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell that another part is seen."""
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each exposed rectangle by itself: Qt would paint all that lies in the bounds of strips and corners."""
        bounds = event.rect()
        parts = list(cast("Iterable[QRect]", event.region()))
        exposed = sum(part.width() * part.height() for part in parts)
        if len(parts) == 1 or exposed > _WHOLE * bounds.width() * bounds.height():
            parts = [bounds]
        for part in parts:
            # On a scaled screen a side may lie within a pixel, which is exposed too.
            self._part = part.adjusted(-1, -1, 1, 1)
            super().paintEvent(QPaintEvent(self._part))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Keep the painter to the rectangle that is painted by itself, then paint the ground.

        Qt keeps it to all that is exposed: what reaches from one rectangle into another would be painted there twice,
        and what is translucent, as the frames of sections, would be darker there.
        """
        seen = painter.worldTransform()
        painter.resetTransform()
        painter.setClipRect(self._part)
        painter.setWorldTransform(seen)
        super().drawBackground(painter, rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that another part is seen."""
        super().resizeEvent(event)
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pan; with Ctrl zoom around the pointer, with Shift pan sideways."""
        event.accept()
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * _WHEEL_STEP ** turned.y(), event.position())
            return
        pixels = event.pixelDelta()
        step = pixels if not pixels.isNull() else turned * 0.6
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and step.x() == 0:
            step = QPoint(step.y(), 0)
        self.scroll_by(-round(step.x()), -round(step.y()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers, on a touch pad or a screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1.0 + event.value()), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.set_zoom(self.zoom * pinch.scaleFactor(), pinch.centerPoint())
                return True
        if event.type() == QEvent.Type.Leave:
            self._pointer.leave()
        self.is_in_hand = event.type() in _HAND
        taken = super().viewportEvent(event)
        self.is_in_hand = False
        return taken

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold what lies under the pointer; it is dragged once the pointer has moved a little."""
        event.accept()
        if self._gesture is not None:
            self.cancel_gesture()
            return
        place = event.position().toPoint()
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self._holds_space):
            self._gesture = Pan(self, place)
            self._show_cursor()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (place, event.modifiers())
            self._pointer.press(self.mapToScene(place), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer with the gesture, or show what lies under it."""
        event.accept()
        place = event.position().toPoint()
        at = self.mapToScene(place)
        if isinstance(self._gesture, Pan):
            self._gesture.follow_view(place)
        elif self._gesture is not None:
            self._gesture.follow(at, event.modifiers())
            self._watch_edges(place, event.modifiers())
        elif self._pressed is not None:
            start, modifiers = self._pressed
            if (place - start).manhattanLength() >= QApplication.startDragDistance() // 2:
                self._gesture = self._pointer.drag(self.mapToScene(start), modifiers, self.zoom)
                self._pressed = None
                self._show_cursor()
                self._gesture.follow(at, event.modifiers())
        else:
            self._pointer.hover(at)
            self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Commit the gesture, or click if the pointer did not move."""
        event.accept()
        at = self.mapToScene(event.position().toPoint())
        self._creep.stop()
        gesture, self._gesture = self._gesture, None
        pressed, self._pressed = self._pressed, None
        if gesture is not None:
            gesture.commit(at, event.modifiers())
            self._show_cursor()
        elif pressed is not None:
            self._pointer.click(event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a title, open what is drawn, add a page on empty canvas."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton and not self._holds_space:
            self._pressed = None
            self._pointer.double_click(self.mapToScene(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the element under the pointer, or with the selected one from the keyboard."""
        event.accept()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._pointer.menu(None, self.viewport().mapToGlobal(self.viewport().rect().center()))
        else:
            self._pointer.menu(self.mapToScene(event.pos()), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels, Space holds the canvas, the rest goes to the pointer's keys."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._holds_space = True
            self._show_cursor()
            return
        if event.key() == Qt.Key.Key_Escape and self.cancel_gesture():
            return
        if not self._pointer.key(event):
            # Past QGraphicsView, which would hand the key to the scene, where no item has the keyboard.
            super(QGraphicsView, self).keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the canvas."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._holds_space = False
            self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the canvas, whose key release will be somebody else's."""
        self._holds_space = False
        super().focusOutEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go to the next card; after the last one leave the canvas."""
        return self._pointer.step(1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def _watch_edges(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Let the canvas creep on while something is dragged at the edge of the view."""
        room = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self._dragged_at = (place, modifiers)
        if room.contains(place):
            self._creep.stop()
        elif not self._creep.isActive():
            self._creep.start()

    def _creep_on(self) -> None:
        """Show a little more of what lies beyond the edge, and let the gesture follow."""
        place, modifiers = self._dragged_at
        room = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        dx = min(0, place.x() - room.left()) + max(0, place.x() - room.right())
        dy = min(0, place.y() - room.top()) + max(0, place.y() - room.bottom())
        self.scroll_by(max(-_CREEP, min(_CREEP, dx)), max(-_CREEP, min(_CREEP, dy)))
        if self._gesture is not None:
            self._gesture.follow(self.mapToScene(place), modifiers)

    def _show_cursor(self) -> None:
        """Show by the pointer's shape what a press would do."""
        if self._gesture is not None:
            shape = self._gesture.cursor
        elif self._holds_space:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = self._pointer.cursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(QCursor(shape))
