"""The small map in the corner: all cards and the part that is seen; a click or drag there goes there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

import resources
from app.canvas import strokes
from app.canvas.board import Board
from app.canvas.viewport import DiagramView

SIZE = QSize(190, 124)
_EDGE = 8.0


class Minimap(QWidget):
    """Shows where on the canvas one is."""

    def __init__(self, board: Board, view: DiagramView, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = board
        self._view = view
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(resources.text("canvas.minimap"))
        self.setToolTip(resources.text("canvas.minimap"))
        board.layout_changed.connect(self.update)
        view.moved.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frames, the cards and the part that is seen."""
        ink, layout = self._board.scene.ink, self._board.shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(ink.card)
        ground.setAlphaF(0.93)
        strokes.box(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, ground, ink.card_edge)
        if not layout.cards:
            return
        scale, origin = self._scale()
        painter.setClipRect(self.rect().adjusted(3, 3, -3, -3))
        painter.translate(origin)
        painter.scale(scale, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        for frame in layout.frames.values():
            shade = ink.section(frame.colour)
            shade.setAlphaF(0.22)
            painter.setBrush(shade)
            painter.drawRect(strokes.qrect(frame.rect))
        chosen = set(self._board.selection.ids("page"))
        for page, card in layout.cards.items():
            if page == self._board.scene.play.page:
                painter.setBrush(ink.playing)
            elif page in chosen:
                painter.setBrush(ink.accent)
            else:
                painter.setBrush(ink.section(card.face.colour) if card.face.colour else ink.arrow)
            painter.drawRect(strokes.qrect(card.rect))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink.accent, 1.6 / scale))
        painter.drawRect(self._view.seen())

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
