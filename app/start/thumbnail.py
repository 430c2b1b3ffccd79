"""A small live picture of a flow: its pages as cards where they lie, its transitions as lines between them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.theme import Colours
from flow_models.document.flow import Flow
from flow_models.geometry.cards import CARD_WIDTH

CARD_HEIGHT = 190.0
MARGIN = 12.0


def thumbnail(flow: Flow, size: QSize, colours: Colours, ratio: float = 1.0) -> QPixmap:
    """Return a picture of a flow that fits a size, for a screen with a number of pixels per unit."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(colours.colour("canvas"))
    places: dict[str, QRectF] = {page.id: QRectF(page.x, page.y, CARD_WIDTH, CARD_HEIGHT) for page in flow.pages}
    if not places:
        return pixmap
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _fit(painter, list(places.values()), size)
    painter.setPen(QPen(colours.colour("outline"), 6))
    for transition in flow.transitions:
        start, end = places.get(transition.source), places.get(transition.to)
        if start is not None and end is not None and start is not end:
            painter.drawLine(start.center(), end.center())
    for page in flow.pages:
        section = flow.section_of.get(page.id)
        colour = QColor(section.colour) if section else colours.colour("accent")
        _draw_card(painter, places[page.id], colour, colours)
    painter.end()
    return pixmap


def _fit(painter: QPainter, places: list[QRectF], size: QSize) -> None:
    """Scale and move so that all cards are seen, small flows no larger than a third of their size."""
    bounds = places[0]
    for place in places[1:]:
        bounds = bounds.united(place)
    scale = min((size.width() - 2 * MARGIN) / bounds.width(), (size.height() - 2 * MARGIN) / bounds.height(), 0.33)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-bounds.center())


def _draw_card(painter: QPainter, place: QRectF, colour: QColor, colours: Colours) -> None:
    painter.setPen(QPen(colours.colour("outline"), 4))
    painter.setBrush(colours.colour("base"))
    painter.drawRoundedRect(place, 14, 14)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(place.topLeft(), QPointF(place.right(), place.top() + 40)), 14, 14)
    painter.setBrush(colours.colour("border"))
    for line in range(3):
        painter.drawRoundedRect(QRectF(place.left() + 20, place.top() + 66 + line * 38, 180 - line * 40, 16), 8, 8)
