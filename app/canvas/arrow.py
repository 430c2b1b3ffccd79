"""The items of one transition: its line with head, and the label beside it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

import resources
from app.canvas.looks import STYLES, PlayState
from app.drawing import strokes
from app.drawing.colours import Ink
from flow_models.geometry.arrows import Arrow, Label
from flow_models.geometry.labels import LABEL_HEIGHT, LABEL_SIZE, LINE_HEIGHT, whole
from flow_models.geometry.shapes import Curve, Point

LABELS_FROM = 0.42
"""The zoom from which labels are drawn."""
_CURVES_FROM = 0.14


def path_of(curve: Curve) -> QPainterPath:
    """Return a chain of cubics as Qt's path."""
    path = QPainterPath(QPointF(curve[0].x, curve[0].y))
    for index in range(1, len(curve), 3):
        first, second, end = curve[index : index + 3]
        path.cubicTo(first.x, first.y, second.x, second.y, end.x, end.y)
    return path


def _around(arrow: Arrow) -> QRectF:
    """Return what a line takes up with the room of its head."""
    return strokes.qrect(arrow.bounds).adjusted(-8, -8, 8, 8)


def colour_of(ink: Ink, play: PlayState, *, lit: bool) -> QColor:
    """Return the colour of an arrow and its words."""
    style = STYLES[play]
    if style.is_bright:
        return ink.playing
    return ink.accent if lit else strokes.faded(ink.arrow, style.line)


class ArrowItem(QGraphicsItem):
    """Paints an arrow's line; a section's only while it is lit: its chip says what is played."""

    def __init__(self, arrow: Arrow, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.arrow = arrow
        self.play: PlayState = ""
        self.is_lit = False
        self._path: QPainterPath | None = None
        self._bounds = _around(arrow)
        self.setZValue(1)
        self.setToolTip(arrow.words.sentence())
        self._set_visible()

    def show_arrow(self, arrow: Arrow) -> None:
        """Take the arrow's new way."""
        self.prepareGeometryChange()
        before, self.arrow = self.arrow, arrow
        self._path, self._bounds = None, _around(arrow)
        if arrow.words != before.words:
            self.setToolTip(arrow.words.sentence())
        if arrow.kind != before.kind:
            self._set_visible()
        self.update()

    def look(self, *, lit: bool) -> None:
        """Light the arrow, as when it or its page is chosen or under the pointer."""
        if lit != self.is_lit:
            self.is_lit = lit
            self._set_visible()
            self.update()

    def set_play(self, play: PlayState) -> None:
        """Show what is played."""
        if play != self.play:
            self.play = play
            self.update()

    def boundingRect(self) -> QRectF:
        """Return the line with the room of its head."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """Return a band around the line that is easy to hit."""
        stroker = QPainterPathStroker()
        stroker.setWidth(10)
        return stroker.createStroke(self._way())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the line, thinner lines no thinner than a pixel."""
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if scale < _CURVES_FROM:
            self._paint_far(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= 0.18)
        style = STYLES[self.play]
        strong = self.is_lit or style.is_bright
        pen = QPen(colour_of(self.ink, self.play, lit=self.is_lit), max(2.4 if strong else 1.6, 0.9 / scale))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if style.dashes:
            pen.setDashPattern(style.dashes)
        elif self.arrow.kind == "section":
            pen.setDashPattern([1, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._way())
        if scale >= 0.18 and self.arrow.kind != "section":
            painter.setBrush(pen.color())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(self.arrow.curve[0].x, self.arrow.curve[0].y), 4.2, 4.2)
        if scale >= 0.18:
            self._paint_end(painter, pen.color(), 10.0 if strong else 8.5)

    def _way(self) -> QPainterPath:
        """Return the line, made when it is first needed: of all arrows that move few are seen from near."""
        if self._path is None:
            self._path = path_of(self.arrow.curve)
        return self._path

    def _paint_far(self, painter: QPainter) -> None:
        """Paint a straight hair line: nobody sees a curve from so far, and there are thousands."""
        pen = QPen(colour_of(self.ink, self.play, lit=self.is_lit), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        start, end = self.arrow.curve[0], self.arrow.curve[-1]
        painter.drawLine(QPointF(start.x, start.y), QPointF(end.x, end.y))

    def _paint_end(self, painter: QPainter, ink: QColor, size: float) -> None:
        end, handle = self.arrow.curve[-1], self.arrow.curve[-2]
        tip = QPointF(end.x, end.y)
        if self.arrow.kind in ("close", "broken"):
            shade = self.ink.error if self.arrow.kind == "broken" else ink
            painter.setPen(QPen(shade, 1.8))
            painter.setBrush(self.ink.paper if self.arrow.kind == "broken" else shade)
            painter.drawEllipse(tip, 4.0, 4.0)
            return
        direction = QPointF(end.x - handle.x, end.y - handle.y)
        length = (direction.x() ** 2 + direction.y() ** 2) ** 0.5 or 1.0
        strokes.triangle(painter, tip, direction / length, size, ink)

    def _set_visible(self) -> None:
        self.setVisible(self.arrow.kind != "section" or self.is_lit)


class LabelItem(QGraphicsItem):
    """Paints the words beside an arrow in one line, all of them while it is chosen; while playing why it is blocked."""

    def __init__(self, arrow: Arrow, label: Label, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.transition = arrow.transition
        self.label = label
        self._spoken = arrow.words
        self.play: PlayState = ""
        self.reason = ""
        self.is_lit = False
        self.is_whole = False
        self._set_height()
        self._set_tip()

    def show_label(self, arrow: Arrow, label: Label) -> None:
        """Take the label's new place and words."""
        self.prepareGeometryChange()
        self.label = label
        if arrow.words != self._spoken:
            self._spoken = arrow.words
            self._set_tip()
        self.update()

    def look(self, *, lit: bool, whole: bool) -> None:
        """Light the words together with their arrow, and say all of them while it is chosen or under the pointer."""
        if (lit, whole) != (self.is_lit, self.is_whole):
            if whole != self.is_whole:
                self.prepareGeometryChange()
            self.is_lit, self.is_whole = lit, whole
            self._set_height()
            self.update()

    def set_play(self, play: PlayState, reason: str) -> None:
        """Show what is played, and why it is not possible."""
        if (play, reason) != (self.play, self.reason):
            self.prepareGeometryChange()
            self.play, self.reason = play, reason
            self._set_tip()
            self._set_height()
            self.update()

    def boundingRect(self) -> QRectF:
        """Return the label, with the room that all words or a reason need, and its leader."""
        area = self._rect().adjusted(-1, -1, 1, 1)
        if self.label.leader is None:
            return area
        return area.united(QRectF(self._anchor(), self._anchor()).adjusted(-3, -3, 3, 3))

    def shape(self) -> QPainterPath:
        """Return where the label is pointed at: the leader is too thin for that."""
        path = QPainterPath()
        path.addRect(self._rect(at_rest=True))
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the words where they can be read."""
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if scale < LABELS_FROM:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.label.leader is not None:
            self._paint_leader(painter, self.label.leader[0], scale)
        rect, style = self._rect(), STYLES[self.play]
        ground = self.ink.notice("warning") if self.reason else self.ink.card
        strokes.box(painter, rect, 6, strokes.faded(ground, style.ground), self._edge())
        lines, strong, _ = self._lines()
        for index, line in enumerate(lines):
            row = QRectF(rect.x() + 2, rect.y() + 2.5 + index * LINE_HEIGHT, rect.width() - 4, LINE_HEIGHT)
            strokes.words(
                painter, row, line, int(LABEL_SIZE), self._shade(is_strong=index < strong), align=strokes.CENTER
            )

    def area(self) -> QRectF:
        """Return where the label is in the scene and can be pointed at, a reason included."""
        return self._rect(at_rest=True).translated(self.pos())

    def _paint_leader(self, painter: QPainter, start: Point, scale: float) -> None:
        """Paint the line to the arrow; thinner than a pixel Qt smooths it otherwise where only a part is painted."""
        shade = colour_of(self.ink, self.play, lit=self.is_lit)
        painter.setPen(QPen(shade, max(1.0, 1.2 / scale)))
        painter.drawLine(QPointF(start.x, start.y), self._anchor())
        painter.setBrush(shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(self._anchor(), 2.0, 2.0)

    def _anchor(self) -> QPointF:
        """Return where the leader ends, which stays there though a label with a reason may be moved."""
        assert self.label.leader is not None  # noqa: S101 - asked only where there is one
        end = self.label.leader[1]
        return QPointF(end.x, end.y) - self.pos()

    def _set_height(self) -> None:
        """Lie above others the more there is to say."""
        self.setZValue(3.3 if self.is_whole else 3.2 if self.is_lit else 3.1 if self.reason else 3)

    def _set_tip(self) -> None:
        reason = resources.text("canvas.play.blocked", reason=self.reason) if self.reason else ""
        self.setToolTip(f"{self._spoken.sentence()}\n{reason}".strip())

    def _shade(self, *, is_strong: bool) -> QColor:
        """Return the colour of a line of words: the trigger's, or the guard's and the reason's."""
        if self.reason and not is_strong:
            return self.ink.warning
        return strokes.faded(self.ink.text if is_strong else self.ink.muted, STYLES[self.play].words)

    def _edge(self) -> QColor | None:
        """Return the colour of the outline, if there is one."""
        if self.reason:
            return self.ink.warning
        if self.is_lit or STYLES[self.play].is_bright:
            return colour_of(self.ink, self.play, lit=self.is_lit)
        return None

    def _lines(self, *, at_rest: bool = False) -> tuple[tuple[str, ...], int, float]:
        """Return the words, how many lines are the trigger's, and the width; a reason stands in the guard's place."""
        if self.reason:
            return whole(self._spoken.trigger, resources.text("canvas.play.blocked", reason=self.reason))
        if self.is_whole and not at_rest:
            return whole(self._spoken.trigger, self._spoken.guard)
        return (self.label.text,), 1, self.label.rect.width

    def _rect(self, *, at_rest: bool = False) -> QRectF:
        """Return where the words stand; more than one line grows downwards from where the one stands."""
        rect = self.label.rect
        lines, _, width = self._lines(at_rest=at_rest)
        height = LABEL_HEIGHT + (len(lines) - 1) * LINE_HEIGHT
        return QRectF(rect.center.x - width / 2, rect.y, width, height)
