"""Strokes that several items share: text that fits its estimate, and the marks of a card's picture."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF

from app.canvas.colours import Ink
from flow_models.geometry.measure import text_width
from flow_models.geometry.picture import Mark, hills, places_of
from flow_models.geometry.shapes import Rect

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
_SAMPLE = "Only if the amount is at most 1,250.00 Send money"


def qrect(rect: Rect) -> QRectF:
    """Return a rectangle as Qt's."""
    return QRectF(rect.x, rect.y, rect.width, rect.height)


@lru_cache(maxsize=64)
def font(size: int, bold: bool = False) -> QFont:
    """Return the application's font at a size in scene units, narrowed where it is wider than the estimate."""
    made = QFont(QGuiApplication.font())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    real = QFontMetricsF(made).horizontalAdvance(_SAMPLE)
    estimate = text_width(_SAMPLE, size, bold=bold)
    if real > estimate:
        made.setStretch(max(60, int(100 * estimate / real)))
    return made


def words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    size: int,
    ink: QColor,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line of text in a rectangle."""
    if text:
        painter.setFont(font(size, bold))
        painter.setPen(ink)
        painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, text)


def box(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None) -> None:
    """Draw a rectangle with round corners."""
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)


def mark(painter: QPainter, drawn: Mark, ink: Ink, *, with_words: bool) -> None:
    """Draw one mark of a card's picture; without words, bars stand for lines of text."""
    rect = qrect(drawn.rect)
    match drawn.kind:
        case "rule" | "bar":
            box(painter, rect, min(2.5, rect.height() / 2), ink.bar)
        case "more":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.arrow)
            for dx in (-7, 0, 7):
                painter.drawEllipse(QPointF(rect.center().x() + dx, rect.center().y()), 1.7, 1.7)
        case "field":
            _field(painter, rect, drawn, ink, with_words)
        case "button":
            _button(painter, rect, drawn, ink, with_words)
        case "notice":
            box(painter, rect, 4, ink.notice(drawn.tone))
            _line(painter, rect.adjusted(6, 0, -6, 0), drawn, 9, ink.text, with_words)
        case "tick":
            box(painter, QRectF(rect.x() + 0.5, rect.y() + 1.5, 9, 9), 2, ink.field, ink.field_edge)
            _line(painter, rect.adjusted(15, 0, 0, 0), drawn, 9, ink.text, with_words)
        case "slider" | "places" | "picture":
            _sign(painter, rect, drawn, ink)
        case "link":
            if drawn.tone == "bar":
                shade = QColor(ink.accent)
                shade.setAlphaF(0.55)
                box(painter, rect, 2.5, shade)
            else:
                _line(painter, rect, drawn, 9 if drawn.tone else 10, ink.accent, with_words)
        case "heading":
            _line(painter, rect, drawn, 12 if drawn.tone == "1" else 10, ink.text, with_words, bold=True)
        case "caption":
            _line(painter, rect, drawn, 9, ink.text, with_words, bold=True)
        case "text" | "head":
            _line(painter, rect, drawn, 9 if drawn.kind == "text" else 8, ink.muted, with_words)


def _sign(painter: QPainter, rect: QRectF, drawn: Mark, ink: Ink) -> None:
    """Draw the sign of a slider, of a plan of places, or of a picture."""
    match drawn.kind:
        case "slider":
            box(painter, QRectF(rect.x(), rect.center().y() - 1.5, rect.width(), 3), 1.5, ink.bar)
            painter.setBrush(ink.accent)
            painter.drawEllipse(QPointF(rect.x() + rect.width() * 0.4, rect.center().y()), 4.5, 4.5)
        case "places":
            for place in places_of(drawn.rect):
                box(painter, qrect(place), 2, ink.field, ink.field_edge)
        case _:
            box(painter, rect, 4, ink.bar)
            painter.setPen(QPen(ink.muted, 1.2))
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in hills(drawn.rect)]))


def badge(painter: QPainter, center: QPointF, radius: float, fill: QColor, ink: QColor, text: str) -> None:
    """Draw a filled circle with one or two letters."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawEllipse(center, radius, radius)
    square = QRectF(center.x() - radius * 2, center.y() - radius, radius * 4, radius * 2)
    words(painter, square, text, max(8, int(radius * 1.25)), ink, bold=True, align=CENTER)


def triangle(painter: QPainter, tip: QPointF, direction: QPointF, size: float, fill: QColor) -> None:
    """Draw an arrow head that ends at its tip; `direction` has length 1."""
    back = tip - direction * size
    across = QPointF(-direction.y(), direction.x()) * (size * 0.48)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([tip, back + across, back - across]))


def _line(
    painter: QPainter, rect: QRectF, drawn: Mark, size: int, ink: QColor, with_words: bool, *, bold: bool = False
) -> None:
    """Write a mark's words, or draw a bar as long as they are."""
    if with_words:
        words(painter, rect, drawn.text, size, ink, bold=bold)
    elif drawn.text:
        shade = QColor(ink)
        shade.setAlphaF(0.6 if bold else 0.4)
        length = min(rect.width(), text_width(drawn.text, size))
        thick = 5.0 if bold else 3.6
        box(painter, QRectF(rect.x(), rect.center().y() - thick / 2, length, thick), 1.8, shade)


def _field(painter: QPainter, rect: QRectF, drawn: Mark, ink: Ink, with_words: bool) -> None:
    box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, ink.field, ink.field_edge)
    line = QRectF(rect.x() + 7, rect.y(), rect.width() - 14, min(rect.height(), 18))
    _line(painter, line, drawn, 9, ink.muted, with_words)
    if drawn.tone == "drop_down":
        x, y = rect.right() - 14, rect.center().y() - 2
        painter.setPen(QPen(ink.muted, 1.2))
        painter.drawPolyline(QPolygonF([QPointF(x, y), QPointF(x + 3.5, y + 4), QPointF(x + 7, y)]))


def _button(painter: QPainter, rect: QRectF, drawn: Mark, ink: Ink, with_words: bool) -> None:
    fill: QColor | None
    fill, on, edge = {
        "primary": (ink.accent, ink.on_accent, ink.accent),
        "danger": (ink.danger, QColor("#ffffff"), ink.danger),
        "quiet": (None, ink.text, None),
    }.get(drawn.tone, (ink.card, ink.text, ink.arrow))
    box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 4.5, fill, edge)
    if with_words:
        words(painter, rect, drawn.text, 10, on, bold=True, align=CENTER)
    elif drawn.tone not in ("primary", "danger"):
        shade = QColor(ink.text)
        shade.setAlphaF(0.4)
        length = min(rect.width() - 16, text_width(drawn.text, 10))
        box(painter, QRectF(rect.center().x() - length / 2, rect.center().y() - 2, length, 4), 2, shade)
