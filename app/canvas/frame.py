"""The item of one section's frame."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

import resources
from app.canvas.looks import STYLES, PlayState
from app.drawing import strokes
from app.drawing.colours import Ink
from flow_models.geometry.frames import CHIP_SIZE, Chip, Frame
from flow_models.geometry.measure import shortened

_CHIPS_FROM = 0.4


class FrameItem(QGraphicsItem):
    """Paints a section's area, title and chips, from the area's upper left corner."""

    def __init__(self, frame: Frame, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.frame = frame
        self.is_chosen = False
        self.lit: frozenset[str] = frozenset()
        self.play: Mapping[str, PlayState] = {}
        self.setZValue(0)

    def show_frame(self, frame: Frame) -> None:
        """Take the frame's new size, words and colour."""
        self.prepareGeometryChange()
        self.frame = frame
        self.update()

    def look(self, *, chosen: bool, lit: frozenset[str]) -> None:
        """Show whether the frame is chosen and which of its chips are."""
        if (chosen, lit) != (self.is_chosen, self.lit):
            self.is_chosen, self.lit = chosen, lit
            self.update()

    def set_play(self, play: Mapping[str, PlayState]) -> None:
        """Show which chips are possible or blocked, by transition."""
        if play != self.play:
            self.play = play
            self.update()

    def chip_at(self, point: QPointF) -> Chip | None:
        """Return the chip under a point of the scene."""
        return next((chip for chip in self.frame.chips if strokes.qrect(chip.rect).contains(point)), None)

    def boundingRect(self) -> QRectF:
        """Return the area with its edge."""
        return strokes.qrect(self.frame.rect).adjusted(-4, -4, 4, 4)

    def shape(self) -> QPainterPath:
        """Return the title bar and a band along the edge; inside, one is on the canvas."""
        rect = strokes.qrect(self.frame.rect)
        path = QPainterPath()
        path.addRect(rect)
        inner = QPainterPath()
        bar = strokes.qrect(self.frame.bar)
        inner.addRect(rect.adjusted(6, bar.height(), -6, -6))
        return path.subtracted(inner)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the area, the title and the chips that can be read."""
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.ink.section(self.frame.colour)
        rect = strokes.qrect(self.frame.rect)
        painter.setBrush(strokes.faded(colour, 0.11 if self.ink.is_dark else 0.075))
        edge = strokes.faded(colour, 1.0 if self.is_chosen else 0.5)
        painter.setPen(QPen(edge, max(2.4 if self.is_chosen else 1.2, 0.8 / scale)))
        painter.drawRoundedRect(rect, 14, 14)
        size = 13 if scale >= 0.6 else int(min(46.0, 9.0 / scale))
        title = self.frame.title or resources.text("canvas.untitled")
        height = max(24.0, size * 1.5)
        line = QRectF(rect.x() + 14, rect.y() + (4 if size == 13 else 2), rect.width() - 28, height)
        strokes.words(painter, line, shortened(title, line.width(), size, bold=True), size, colour, bold=True)
        if scale >= _CHIPS_FROM:
            for chip in self.frame.chips:
                self._paint_chip(painter, chip, colour, scale)

    def _paint_chip(self, painter: QPainter, chip: Chip, colour: QColor, scale: float) -> None:
        rect = strokes.qrect(chip.rect)
        style = STYLES[self.play.get(chip.transition, "")]
        is_lit = chip.transition in self.lit
        edge = self.ink.playing if style.is_bright else self.ink.accent if is_lit else colour
        pen = QPen(edge, 2.0 if is_lit else style.chip_edge)
        if style.dashes:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self.ink.card)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        if scale >= 0.5:
            shade = strokes.faded(self.ink.text, style.chip_words)
            strokes.words(painter, rect, chip.text, int(CHIP_SIZE), shade, align=strokes.CENTER)
