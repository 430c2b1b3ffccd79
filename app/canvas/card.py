"""The item of one page's card."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

import resources
from app.canvas.looks import Badge
from app.drawing import marks, strokes
from app.drawing.colours import Ink
from flow_models.geometry.cards import CARD_WIDTH, TITLE_HEIGHT, Card, Port
from flow_models.geometry.measure import wrapped

WORDS_FROM = 0.55
"""The zoom from which the words of the picture are drawn; below, bars stand for them."""
PICTURE_FROM = 0.26
"""The zoom from which there is a picture; below, the title fills the card."""
TITLE_FROM = 0.16
SHARE_FROM = 0.13
"""The zoom from which a card has room for how much of its page was touched."""

RADIUS = 9.0
_MARGIN = 34.0


def _strip() -> QPainterPath:
    """Return the coloured top of a card."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, CARD_WIDTH, 40), RADIUS, RADIUS)
    top = QPainterPath()
    top.addRect(QRectF(-1, -1, CARD_WIDTH + 2, 5.0))
    return path.intersected(top)


_STRIP = _strip()


class CardItem(QGraphicsObject):
    """Paints a card: title bar, picture, ports, marks of start and dialog, problems, and what is played."""

    def __init__(self, card: Card, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.card = card
        self.badge: Badge | None = None
        self.share = ""
        self.is_active = False
        self.is_chosen = False
        self.is_hovered = False
        self.is_target = False
        self.hovered_port = ""
        self.setZValue(2)
        self.setPos(card.rect.x, card.rect.y)
        self._name()

    def show_card(self, card: Card) -> None:
        """Take the card's new place and face."""
        if card.face is not self.card.face:
            # Asked first: the scene finds an item, and what it covered, by the bounds that it had.
            self.prepareGeometryChange()
            self.update()
        face, self.card = self.card.face, card
        self.setPos(card.rect.x, card.rect.y)
        if card.face is not face:
            self._name()

    def look(
        self,
        *,
        chosen: bool | None = None,
        hovered: bool | None = None,
        target: bool | None = None,
        port: str | None = None,
    ) -> None:
        """Change how the card looks; `None` leaves a thing as it is."""
        before = (self.is_chosen, self.is_hovered, self.is_target, self.hovered_port)
        self.is_chosen = self.is_chosen if chosen is None else chosen
        self.is_hovered = self.is_hovered if hovered is None else hovered
        self.is_target = self.is_target if target is None else target
        self.hovered_port = self.hovered_port if port is None else port
        if before != (self.is_chosen, self.is_hovered, self.is_target, self.hovered_port):
            self.setZValue(2.5 if self.is_chosen or self.is_hovered else 2)
            self.update()

    def set_badge(self, badge: Badge | None) -> None:
        """Show the page's problems."""
        if badge != self.badge:
            self.badge = badge
            self._name()
            self.update()

    def set_share(self, share: str) -> None:
        """Show how much of the page walks have touched, in words; empty for nothing."""
        if share != self.share:
            self.share = share
            self._name()
            self.update()

    def set_active(self, is_active: bool) -> None:
        """Show whether this is the page where the play is."""
        if is_active != self.is_active:
            self.is_active = is_active
            self.update()

    def body(self) -> QRectF:
        """Return the card without what stands out from it, in its own coordinates."""
        return QRectF(0, 0, CARD_WIDTH, self.card.face.height)

    def plus(self) -> QPointF:
        """Return the middle of the "+" of a page without a way out."""
        return QPointF(CARD_WIDTH + 15.0, self.card.face.height / 2 + 8)

    def handle(self) -> QPointF:
        """Return the middle of the handle for connecting: beside the card, where no arrow leaves."""
        rows = [port.y for port in self.card.face.ports if port.connected]
        places = (TITLE_HEIGHT / 2, self.card.face.height - 14.0, TITLE_HEIGHT + 16.0)
        free = max(places, key=lambda y: min((min(abs(y - row), 22.0) for row in rows), default=22.0))
        return QPointF(CARD_WIDTH + 13.0, free)

    def port_at(self, point: QPointF) -> Port | None:
        """Return the port of a button or link that is drawn near a point in the card's coordinates."""
        if not CARD_WIDTH - 9 <= point.x() <= CARD_WIDTH + 9:
            return None
        rows = [port for port in self.card.face.ports if port.is_control and abs(port.y - point.y()) <= 7]
        return min(rows, key=lambda port: abs(port.y - point.y()), default=None)

    def row_at(self, point: QPointF) -> str:
        """Return the block of the button or link under a point in the card's coordinates; empty for none."""
        for mark in self.card.face.picture.marks:
            if mark.kind in ("button", "link") and strokes.qrect(mark.rect).adjusted(-3, -1, 3, 1).contains(point):
                return mark.block
        return ""

    def boundingRect(self) -> QRectF:
        """Return the card with its halo, handles and flag."""
        return self.body().adjusted(-_MARGIN / 2, -_MARGIN, _MARGIN, _MARGIN / 2)

    def shape(self) -> QPainterPath:
        """Return the card and the strip on its right where handles are."""
        path = QPainterPath()
        path.addRect(self.body().adjusted(0, 0, 26, 0))
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint as much as can be seen at this zoom."""
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if scale < PICTURE_FROM:
            self._paint_far(painter, scale)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter)
        self._paint_title(painter)
        for mark in self.card.face.picture.marks:
            marks.draw(painter, mark, self.ink, with_words=scale >= WORDS_FROM)
        self._paint_ports(painter)
        self._paint_badge(painter)
        self._paint_share(painter)

    def _halo(self) -> QColor | None:
        """Return the colour of the line around the card, if there is one."""
        if self.is_active:
            return self.ink.playing
        if not self.is_chosen and not self.is_target:
            return None
        return strokes.faded(self.ink.halo, 1.0 if self.is_chosen else 0.55)

    def _paint_body(self, painter: QPainter) -> None:
        ink, body, face = self.ink, self.body(), self.card.face
        halo = self._halo()
        if halo is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(halo, 2.6))
            painter.drawRoundedRect(body.adjusted(-3, -3, 3, 3), RADIUS + 3, RADIUS + 3)
        if face.kind == "dialog":
            strokes.box(painter, body.translated(5, 5), RADIUS, ink.field, ink.card_edge)
        strokes.box(painter, body, RADIUS, ink.card, ink.card_edge)
        strip = ink.section(face.colour) if face.colour else ink.card_edge
        painter.fillPath(_STRIP, strip)
        if self.is_active:
            self._paint_flag(painter)

    def _paint_flag(self, painter: QPainter) -> None:
        text = resources.text("canvas.play.here")
        flag = QRectF(0, -25, 74, 18)
        strokes.box(painter, flag, 9, self.ink.playing)
        strokes.words(painter, flag, text, 10, self.ink.card, bold=True, align=strokes.CENTER)

    def _paint_far(self, painter: QPainter, scale: float) -> None:
        """Paint a plain card with its title as large as fits."""
        ink, face = self.ink, self.card.face
        # From so far there are hundreds of cards on the screen, and nobody sees whether an edge is smooth.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        halo = self._halo()
        if halo is not None:
            reach = 2.4 / scale
            painter.fillRect(self.body().adjusted(-reach, -reach, reach, reach), halo)
        painter.fillRect(self.body(), ink.card)
        strip = ink.section(face.colour) if face.colour else ink.card_edge
        painter.fillRect(QRectF(0, 0, CARD_WIDTH, max(12.0, 1.5 / scale)), strip)
        if self.badge is not None:
            painter.fillRect(QRectF(CARD_WIDTH - 50, 0, 50, 50), ink.severity(self.badge.severity))
        if scale < TITLE_FROM:
            self._paint_share_alone(painter, scale)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = int(min(38.0, 8.6 / scale))
        body = self.body().adjusted(10, 16, -10, -6 - (size if self.share else 0))
        count = max(1, int(body.height() // (size * 1.2)))
        lines = wrapped(self.card.face.title, body.width(), size, lines=count)
        top = body.center().y() - len(lines) * size * 0.6
        for index, line in enumerate(lines):
            row = QRectF(body.x() - 6, top + index * size * 1.2, body.width() + 12, size * 1.2)
            strokes.words(painter, row, line, size, self.ink.text, bold=True, align=strokes.CENTER)
        low = QRectF(body.x() - 6, body.bottom() - 4, body.width() + 12, size * 1.2)
        strokes.words(painter, low, self.share, int(size * 0.8), self.ink.muted, align=strokes.CENTER)

    def _paint_share_alone(self, painter: QPainter, scale: float) -> None:
        """Paint how much of the page was touched where its title cannot be read, as long as the share can."""
        if self.share and scale >= SHARE_FROM:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            strokes.words(painter, self.body(), self.share, int(9 / scale), self.ink.text, align=strokes.CENTER)

    def _paint_title(self, painter: QPainter) -> None:
        ink, face = self.ink, self.card.face
        left, right = 12.0, CARD_WIDTH - 12.0
        if face.is_start:
            strokes.triangle(painter, QPointF(left + 9, 18), QPointF(1, 0), 10, ink.accent)
            left += 16
        if face.kind == "dialog":
            painter.setPen(QPen(ink.muted, 1.2))
            painter.setBrush(ink.card)
            painter.drawRect(QRectF(right - 11, 12, 8, 7))
            painter.drawRect(QRectF(right - 8, 15, 8, 7))
            right -= 16
        title = face.title or resources.text("canvas.untitled")
        shade = ink.text if face.title else ink.muted
        strokes.words(painter, QRectF(left, 5, right - left, TITLE_HEIGHT - 5), title, 12, shade, bold=True)
        painter.setPen(QPen(ink.bar, 1))
        painter.drawLine(QPointF(0.5, TITLE_HEIGHT), QPointF(CARD_WIDTH - 0.5, TITLE_HEIGHT))

    def _paint_ports(self, painter: QPainter) -> None:
        ink = self.ink
        shows = self.is_hovered or self.is_chosen
        for port in self.card.face.ports:
            center = QPointF(CARD_WIDTH, port.y)
            if not port.is_control:
                continue
            if port.block == self.hovered_port:
                self._dot(painter, center, 6.0, ink.accent, ink.card)
            elif shows:
                self._dot(painter, center, 4.0, ink.card, ink.accent)
        if shows and not self.is_active:
            self._handle(painter, self.handle(), hot=self.hovered_port == "*")
        if not self.card.face.has_way_out:
            self._plus(painter, hot=self.hovered_port == "+")

    def _dot(self, painter: QPainter, center: QPointF, radius: float, fill: QColor, edge: QColor) -> None:
        painter.setPen(QPen(edge, 1.4))
        painter.setBrush(fill)
        painter.drawEllipse(center, radius, radius)

    def _handle(self, painter: QPainter, center: QPointF, *, hot: bool) -> None:
        """Paint the round handle from which an arrow is dragged."""
        ink = self.ink
        self._dot(painter, center, 9.0, ink.accent if hot else ink.card, ink.accent)
        line = ink.on_accent if hot else ink.accent
        painter.setPen(QPen(line, 1.6))
        painter.drawLine(center + QPointF(-4, 0), center + QPointF(2, 0))
        strokes.triangle(painter, center + QPointF(5, 0), QPointF(1, 0), 5, line)

    def _plus(self, painter: QPainter, *, hot: bool) -> None:
        """Paint the soft "+" of a page without a way out."""
        ink, center = self.ink, self.plus()
        pen = QPen(ink.accent if hot else ink.arrow, 1.4, Qt.PenStyle.SolidLine if hot else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ink.card)
        painter.drawEllipse(center, 9, 9)
        painter.setPen(QPen(ink.accent if hot else ink.muted, 1.6))
        painter.drawLine(center - QPointF(4, 0), center + QPointF(4, 0))
        painter.drawLine(center - QPointF(0, 4), center + QPointF(0, 4))

    def _paint_badge(self, painter: QPainter) -> None:
        """Paint the number of problems on the upper right corner; an error has a corner, a warning a round."""
        if self.badge is None:
            return
        center = QPointF(CARD_WIDTH - 4, 1)
        count = str(self.badge.count) if self.badge.count < 100 else "99"
        on = self.ink.card
        if self.badge.severity == "error":
            square = QRectF(center.x() - 9, center.y() - 9, 18, 18)
            strokes.box(painter, square, 4, self.ink.error, self.ink.card)
            strokes.words(painter, square, count, 11, on, bold=True, align=strokes.CENTER)
        else:
            strokes.badge(painter, center, 9, self.ink.severity(self.badge.severity), on, count)

    def _paint_share(self, painter: QPainter) -> None:
        """Paint how much of the page was touched on its lower left corner, where no arrow leaves."""
        if self.share:
            chip = QRectF(8, self.card.face.height - 9, 44, 17)
            strokes.box(painter, chip, 8, self.ink.card, self.ink.card_edge)
            strokes.words(painter, chip, self.share, 10, self.ink.text, bold=True, align=strokes.CENTER)

    def _name(self) -> None:
        """Say to assistive technology and tooltips what the card is."""
        face = self.card.face
        kind = resources.text("canvas.card.dialog" if face.kind == "dialog" else "canvas.card.page", title=face.title)
        parts = [kind]
        if face.is_start:
            parts.append(resources.text("canvas.card.start"))
        if not face.has_way_out:
            parts.append(resources.text("canvas.card.no_way_out"))
        if self.badge is not None:
            parts.extend(self.badge.sentences)
        if self.share:
            parts.append(resources.text("canvas.card.share", share=self.share))
        self.accessible_name = ". ".join(parts)
        self.setObjectName(self.accessible_name)
        self.setToolTip("\n".join(parts[1:]))
