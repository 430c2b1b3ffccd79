"""The small map in the corner: all cards and the part that is seen; a click or drag there goes there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

import resources
from app.canvas import strokes
from app.canvas.board import Board
from app.canvas.viewport import CORNER, DiagramView

SIZE = QSize(190, 124)
SHARE = 0.22
"""How much of a small canvas's width the map takes at most, unless it then falls below `LEAST` of its size."""
LEAST = 0.6
_EDGE = 8.0


class Minimap(QWidget):
    """Shows where on the canvas one is."""

    def __init__(self, board: Board, view: DiagramView) -> None:
        # A child of what scrolls, put back into its corner each time: over a sibling Qt would repaint everything.
        super().__init__(view.viewport())
        self._board = board
        self._view = view
        self._map: QPixmap | None = None
        self.setFixedSize(SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(resources.text("canvas.minimap"))
        self.setToolTip(resources.text("canvas.minimap"))
        board.layout_changed.connect(self.repaint_map)
        board.selection.changed.connect(self.repaint_map)
        view.moved.connect(self.place)

    def place(self) -> None:
        """Stand in the lower right corner, whatever part of the scene is seen."""
        room = self._view.viewport().rect()
        size = SIZE * max(LEAST, min(1.0, room.width() * SHARE / SIZE.width()))
        if size != self.size():
            self.setFixedSize(size)
            self._map = None
        self.move(room.right() - self.width() - CORNER, room.bottom() - self.height() - CORNER)
        self.update()

    def repaint_map(self) -> None:
        """Draw the map anew, as after the layout, the colours, the selection or the play changed."""
        self._map = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the map and the part of it that is seen."""
        if self._map is None:
            self._map = self._drawn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._map)
        if not self._board.shown.cards:
            return
        scale, origin = self._scale()
        painter.setClipRect(self.rect().adjusted(3, 3, -3, -3))
        seen = self._view.seen()
        painter.setPen(QPen(self._board.scene.ink.accent, 1.6))
        painter.drawRect(QRectF(seen.topLeft() * scale + origin, seen.size() * scale))

    def _drawn(self) -> QPixmap:
        """Return the picture of the frames and the cards."""
        ink, layout = self._board.scene.ink, self._board.shown
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(ink.card)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strokes.box(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 0, ink.card, ink.card_edge)
        scale, origin = self._scale()
        painter.translate(origin)
        painter.scale(scale, scale)
        for frame in layout.frames.values():
            shade = ink.section(frame.colour)
            shade.setAlphaF(0.22)
            painter.fillRect(strokes.qrect(frame.rect), shade)
        chosen = set(self._board.selection.ids("page"))
        for page, card in layout.cards.items():
            if page == self._board.scene.play.page:
                fill = ink.playing
            elif page in chosen:
                fill = ink.accent
            else:
                fill = ink.section(card.face.colour) if card.face.colour else ink.arrow
            painter.fillRect(strokes.qrect(card.rect), fill)
        painter.end()
        return picture

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, place: QPointF) -> None:
        scale, origin = self._scale()
        self._view.centerOn((place - origin) / scale)

    def _scale(self) -> tuple[float, QPointF]:
        """Return the zoom of the map and where the scene's origin lies on it."""
        bounds = strokes.qrect(self._board.shown.bounds)
        width, height = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        scale = min(width / max(bounds.width(), 1.0), height / max(bounds.height(), 1.0), 0.2)
        left = (self.width() - bounds.width() * scale) / 2 - bounds.x() * scale
        top = (self.height() - bounds.height() * scale) / 2 - bounds.y() * scale
        return scale, QPointF(left, top)
