"""The marks of a picture, each kind by a small function of its own; without words, bars stand for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.drawing.colours import Ink
from app.drawing.strokes import CENTER, box, faded, qrect, words
from flow_models.geometry.marks import Mark, MarkKind, hills, places_of
from flow_models.geometry.measure import text_width


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One mark being drawn."""

    painter: QPainter
    ink: Ink
    mark: Mark
    rect: QRectF
    with_words: bool

    def line(self, size: int, shade: QColor, *, bold: bool = False, rect: QRectF | None = None) -> None:
        """Write the mark's words, or draw a bar as long as they are."""
        room = self.rect if rect is None else rect
        if self.with_words:
            words(self.painter, room, self.mark.text, size, shade, bold=bold)
        elif self.mark.text:
            length = min(room.width(), text_width(self.mark.text, size))
            thick = 5.0 if bold else 3.6
            bar = QRectF(room.x(), room.center().y() - thick / 2, length, thick)
            box(self.painter, bar, 1.8, faded(shade, 0.6 if bold else 0.4))


def draw(painter: QPainter, mark: Mark, ink: Ink, *, with_words: bool) -> None:
    """Draw one mark of a card's picture."""
    _MARKS[mark.kind](_Drawing(painter, ink, mark, qrect(mark.rect), with_words))


def _bar(on: _Drawing) -> None:
    box(on.painter, on.rect, min(2.5, on.rect.height() / 2), on.ink.bar)


def _more(on: _Drawing) -> None:
    on.painter.setPen(Qt.PenStyle.NoPen)
    on.painter.setBrush(on.ink.arrow)
    for dx in (-7, 0, 7):
        on.painter.drawEllipse(QPointF(on.rect.center().x() + dx, on.rect.center().y()), 1.7, 1.7)


def _field(on: _Drawing) -> None:
    rect = on.rect
    box(on.painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, on.ink.field, on.ink.field_edge)
    on.line(9, on.ink.muted, rect=QRectF(rect.x() + 7, rect.y(), rect.width() - 14, min(rect.height(), 18)))
    if on.mark.tone == "drop_down":
        x, y = rect.right() - 14, rect.center().y() - 2
        on.painter.setPen(QPen(on.ink.muted, 1.2))
        on.painter.drawPolyline(QPolygonF([QPointF(x, y), QPointF(x + 3.5, y + 4), QPointF(x + 7, y)]))


def _button(on: _Drawing) -> None:
    ink, rect, tone = on.ink, on.rect, on.mark.tone
    fill: QColor | None
    fill, letters, edge = {
        "primary": (ink.accent, ink.on_accent, ink.accent),
        "danger": (ink.danger, QColor("#ffffff"), ink.danger),
        "quiet": (None, ink.text, None),
    }.get(tone, (ink.card, ink.text, ink.arrow))
    box(on.painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 4.5, fill, edge)
    if on.with_words:
        words(on.painter, rect, on.mark.text, 10, letters, bold=True, align=CENTER)
    elif tone not in ("primary", "danger"):
        length = min(rect.width() - 16, text_width(on.mark.text, 10))
        bar = QRectF(rect.center().x() - length / 2, rect.center().y() - 2, length, 4)
        box(on.painter, bar, 2, faded(ink.text, 0.4))


def _notice(on: _Drawing) -> None:
    box(on.painter, on.rect, 4, on.ink.notice(on.mark.tone))
    on.line(9, on.ink.text, rect=on.rect.adjusted(6, 0, -6, 0))


def _tick(on: _Drawing) -> None:
    box(on.painter, QRectF(on.rect.x() + 0.5, on.rect.y() + 1.5, 9, 9), 2, on.ink.field, on.ink.field_edge)
    on.line(9, on.ink.text, rect=on.rect.adjusted(15, 0, 0, 0))


def _slider(on: _Drawing) -> None:
    rect = on.rect
    box(on.painter, QRectF(rect.x(), rect.center().y() - 1.5, rect.width(), 3), 1.5, on.ink.bar)
    on.painter.setBrush(on.ink.accent)
    on.painter.drawEllipse(QPointF(rect.x() + rect.width() * 0.4, rect.center().y()), 4.5, 4.5)


def _places(on: _Drawing) -> None:
    for place in places_of(on.mark.rect):
        box(on.painter, qrect(place), 2, on.ink.field, on.ink.field_edge)


def _picture(on: _Drawing) -> None:
    box(on.painter, on.rect, 4, on.ink.bar)
    on.painter.setPen(QPen(on.ink.muted, 1.2))
    on.painter.drawPolyline(QPolygonF([QPointF(*point) for point in hills(on.mark.rect)]))


def _link(on: _Drawing) -> None:
    if on.mark.tone == "bar":
        box(on.painter, on.rect, 2.5, faded(on.ink.accent, 0.55))
    else:
        on.line(9 if on.mark.tone else 10, on.ink.accent)


def _heading(on: _Drawing) -> None:
    on.line(12 if on.mark.tone == "1" else 10, on.ink.text, bold=True)


def _caption(on: _Drawing) -> None:
    on.line(9, on.ink.text, bold=True)


def _text(on: _Drawing) -> None:
    on.line(9, on.ink.muted)


def _head(on: _Drawing) -> None:
    on.line(8, on.ink.muted)


_MARKS: Mapping[MarkKind, Callable[[_Drawing], None]] = MappingProxyType(
    {
        "bar": _bar,
        "button": _button,
        "caption": _caption,
        "field": _field,
        "head": _head,
        "heading": _heading,
        "link": _link,
        "more": _more,
        "notice": _notice,
        "picture": _picture,
        "places": _places,
        "rule": _bar,
        "slider": _slider,
        "text": _text,
        "tick": _tick,
    }
)
