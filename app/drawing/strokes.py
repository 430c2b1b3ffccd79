"""Strokes that several items share: text that fits its estimate, boxes, badges, heads of arrows."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF

from flow_models.geometry.measure import text_width
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
    # Hinted letters have other widths at each zoom; the layout knows only one.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    real = QFontMetricsF(made).horizontalAdvance(_SAMPLE)
    estimate = text_width(_SAMPLE, size, bold=bold)
    if real > estimate:
        made.setStretch(max(60, int(100 * estimate / real)))
    return made


def forget_fonts() -> None:
    """Forget what was made of the application's font, as when it is another one."""
    font.cache_clear()
    fitted.cache_clear()


@lru_cache(maxsize=8192)
def fitted(text: str, width: float, size: int, bold: bool = False) -> QFont:
    """Return the font in which a text is no wider than its room, whatever letters the machine has for its script."""
    usual = font(size, bold)
    real = QFontMetricsF(usual).horizontalAdvance(text)
    if real <= width:
        return usual
    made = QFont(usual)
    made.setStretch(max(1, int((usual.stretch() or 100) * width / real)))
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
        painter.setFont(fitted(text, rect.width(), size, bold))
        painter.setPen(ink)
        # Left is left for Arabic too, as in the diagram: what is drawn are a page's parts, not a page.
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine, text)


def box(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None) -> None:
    """Draw a rectangle with round corners."""
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)


def faded(colour: QColor, share: float) -> QColor:
    """Return a colour of which only a share is seen; 1.0 is opaque."""
    made = QColor(colour)
    made.setAlphaF(share)
    return made


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
