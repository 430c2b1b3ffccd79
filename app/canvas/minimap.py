"""The small map in the corner: all cards and the part that is seen; a click or drag there goes there."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

import resources
from app.canvas.board import Board
from app.canvas.viewport import CORNER, DiagramView
from app.drawing import strokes
from flow_models.geometry.shapes import Rect

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
        self._map: tuple[object, QPixmap] | None = None
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
        self.move(room.right() - self.width() - CORNER, room.bottom() - self.height() - CORNER)
        self.update()

    def repaint_map(self) -> None:
        """Show the map anew, as after the layout, the colours, the selection or the play changed."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the map, what is selected or played, and the part that is seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture())
        if not self._board.shown.cards:
            return
        scale, origin = self._scale()
        self._paint_marked(painter, scale, origin)
        painter.setClipRect(self.rect().adjusted(3, 3, -3, -3))
        seen = self._view.seen()
        painter.setPen(QPen(self._board.scene.ink.accent, 1.6))
        painter.drawRect(QRectF(seen.topLeft() * scale + origin, seen.size() * scale))

    def _paint_marked(self, painter: QPainter, scale: float, origin: QPointF) -> None:
        """Paint the cards that are selected, and the one where the play is."""
        ink, cards, play = self._board.scene.ink, self._board.shown.cards, self._board.scene.play.page
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        for page in self._board.selection.ids("page"):
            if page in cards:
                painter.fillRect(strokes.qrect(cards[page].rect), ink.accent)
        if play is not None and play in cards:
            painter.fillRect(strokes.qrect(cards[play].rect), ink.playing)
        painter.restore()

    def _picture(self) -> QPixmap:
        """Return the picture of the frames and the cards, drawn anew where one of them looks otherwise."""
        layout = self._board.shown
        frames = tuple((frame.rect, frame.colour) for frame in layout.frames.values())
        cards = tuple((card.rect, card.face.colour) for card in layout.cards.values())
        looks = (self._board.scene.ink, self.size().toTuple(), self.devicePixelRatioF(), frames, cards)
        if self._map is None or self._map[0] != looks:
            self._map = (looks, self._drawn(frames, cards))
        return self._map[1]

    def _drawn(self, frames: Iterable[tuple[Rect, str]], cards: Iterable[tuple[Rect, str]]) -> QPixmap:
        """Return the picture of frames and cards."""
        ink = self._board.scene.ink
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
        for rect, colour in frames:
            painter.fillRect(strokes.qrect(rect), strokes.faded(ink.section(colour), 0.22))
        by_colour: dict[str, list[QRectF]] = {}
        for rect, colour in cards:
            by_colour.setdefault(colour, []).append(strokes.qrect(rect))
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in by_colour.items():
            painter.setBrush(ink.section(colour) if colour else ink.arrow)
            painter.drawRects(rects)
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
