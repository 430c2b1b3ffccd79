"""The contact sheet: the selected page in twelve variants at a glance, some of them as only tests see them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview import host
from app.preview.showing import Showing
from app.preview.wording import page_words
from app.theme import colours_of, icon
from app.words.variants import caption, described
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import draw

if TYPE_CHECKING:
    from app.preview.shooting import Shooter

COUNT = 12
HELD_OUT = 3
"""So many of them are as tests see them."""

LEAST_WIDTH, GOOD_WIDTH = 110, 160
"""Pixels across that a picture has at least, and at least where a whole one has room; they grow to fill lines."""
SHAPE = 0.7
"""How high a picture is for its width."""
GAP = 10
LINE_GAP = 4
CAPTION_LINES = 2
SCROLL_BAR = 14
SEEDS = 200
"""So many variants are drawn for a round, of which those are shown that differ most."""

SMOOTH = Qt.TransformationMode.SmoothTransformation
DELAY_MS = 500
"""How long nothing must change before pictures are taken anew."""


class SheetPanel(QWidget):
    """Shows the page of the preview in many variants; each leads to the preview in that variant."""

    showing_wanted = Signal()
    """Asks for the page that the preview shows."""
    variant_chosen = Signal(object)
    """Carries the `Variant` that somebody wants to look at."""

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del selection
        self._round = 0
        self._showing: Showing | None = None
        self._shooter: Shooter | None = None
        self._is_stale = True
        self._is_shut = False
        self.cards = [VariantCard(self) for _ in range(COUNT)]
        self.title = QLabel()
        self.title.setProperty("role", "muted")
        self.more = QPushButton(icon("shuffle", self.palette()), resources.text("variation.sheet.more"))
        self.more.setToolTip(resources.text("variation.sheet.more_tip"))
        self.more.clicked.connect(self._show_others)
        self.hint = QLabel(resources.text("variation.sheet.empty"), alignment=Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        session.flow_changed.connect(lambda *_: self.note_change())

    def note_change(self) -> None:
        """Take note that the page may look otherwise now; pictures come once nothing has changed for a moment."""
        self._is_stale = True
        if self._is_seen():
            self._timer.start()

    def show_page(self, showing: Showing) -> None:
        """Take pictures of a page in twelve variants."""
        if not self._is_seen():
            return
        self._is_stale = False
        self._showing = showing
        variants = self._variants(showing)
        self.title.setText(resources.text("variation.sheet.title", page=page_words(showing.flow, showing.page)))
        is_varied = any(variant != PLAIN for variant in variants)
        self.hint.setText(resources.text("variation.sheet.nothing"))
        self._stack.setCurrentIndex(1 if is_varied else 0)
        self.more.setEnabled(is_varied)
        if not is_varied:
            return
        for number, (card, variant) in enumerate(zip(self.cards, variants, strict=True)):
            card.show_variant(variant, showing, is_held_out=number >= COUNT - HELD_OUT)
        self._made_shooter().shoot(showing, variants)

    def shut_down(self) -> None:
        """End the browser that takes the pictures."""
        self._is_shut = True
        self._timer.stop()
        if self._shooter is not None:
            self._shooter.shut_down()
            self._shooter = None

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 6)
        head.addWidget(self.title, 1)
        head.addWidget(self.more)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(GAP, 0, GAP, GAP)
        self._grid.setSpacing(GAP)
        self._columns = 0
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(resources.text("shell.panel.sheet"))
        scroll.setWidget(inside)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.hint)
        self._stack.addWidget(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        for card in self.cards:
            card.clicked.connect(lambda _=False, card=card: self.variant_chosen.emit(card.variant))
        self._arrange()

    def _arrange(self) -> None:
        """Fill the lines with cards that are no higher than what is seen, however low the panel is."""
        room = max(LEAST_WIDTH, self.width() - GAP - SCROLL_BAR)
        height = self.height() - self._head.sizeHint().height() - GAP
        most = max(LEAST_WIDTH, self.cards[0].width_for(height))
        least = min(most, GOOD_WIDTH)
        columns = min(COUNT, max(1, room // (least + GAP)))
        for card in self.cards:
            card.set_width(min(most, room // columns - GAP))
        if columns != self._columns:
            self._columns = columns
            for number, card in enumerate(self.cards):
                self._grid.addWidget(card, number // columns, number % columns)

    def _variants(self, showing: Showing) -> list[Variant]:
        """Return the variants of this round: those of training, then some with everything that is held out.

        What comes in the way of a visit would only hide the page, so none of that is on the sheet.
        """
        first = self._round * SEEDS
        axes = frozenset(axis for axis, aspects in showing.program.variation.axes.items() if aspects)
        shown = unlike(showing.program, frozenset(), first, COUNT - HELD_OUT)
        return shown + unlike(showing.program, axes, first, HELD_OUT)

    def _show_others(self) -> None:
        self._round += 1
        if self._showing is not None:
            self.show_page(self._showing)

    def _ask(self) -> None:
        if self._is_seen():
            self.showing_wanted.emit()

    def _is_seen(self) -> bool:
        """Say whether somebody sees the sheet; Qt counts a panel behind another one's tab as visible too."""
        return self.isVisible() and not self.visibleRegion().isEmpty() and not self._is_shut

    def _made_shooter(self) -> "Shooter":
        if self._shooter is None:
            from app.preview.shooting import Shooter

            self._shooter = Shooter(host.server(), self)
            self._shooter.taken.connect(lambda number, picture: self.cards[number].show_picture(picture))
        return self._shooter

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cards to the new width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Take the pictures that nobody saw so far: what is painted is seen."""
        super().paintEvent(event)
        if self._is_stale and not self._timer.isActive():
            self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "more"):
            self.more.setIcon(icon("shuffle", self.palette()))


class VariantCard(QAbstractButton):
    """One variant: its picture, what strikes the eye in it, and whether only tests see it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.variant = PLAIN
        self.is_held_out = False
        self._scaled = QPixmap()
        self.picture = QPixmap()
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def width_for(self, height: int) -> int:
        """Return how wide the card may be to be no higher than this."""
        return int((height - self._below) / SHAPE)

    @property
    def _below(self) -> int:
        """How high what stands below the picture is."""
        return LINE_GAP + CAPTION_LINES * self.fontMetrics().lineSpacing()

    def set_width(self, width: int) -> None:
        """Be so wide, as high as the picture and its caption need."""
        below = self._below
        if width != self.width() or not self.height():
            self.setFixedSize(width, round(width * SHAPE) + below)
            self._scale()

    def show_variant(self, variant: Variant, showing: Showing, *, is_held_out: bool) -> None:
        """Say which variant this is; its picture comes later."""
        if variant != self.variant:
            self.picture = QPixmap()
            self._scale()
        self.variant, self.is_held_out = variant, is_held_out
        self._caption = caption(variant, showing.looks)
        words = described(variant, showing.looks)
        note = resources.text("variation.sheet.held_out") if is_held_out else ""
        self.setToolTip(f"{words}\n{note}" if note else words)
        self.setAccessibleName(f"{words}. {note}" if note else words)
        self.update()

    def show_picture(self, picture: QPixmap) -> None:
        """Show how the page looks in the variant."""
        self.picture = picture
        self._scale()

    def _scale(self) -> None:
        """Fit the picture to the card."""
        ratio = self.devicePixelRatioF()
        wide = round(self.width() * ratio)
        self._scaled = self.picture.scaledToWidth(wide, SMOOTH) if self.has_picture else QPixmap()
        self._scaled.setDevicePixelRatio(ratio)
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether the picture has come."""
        return not self.picture.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the whole card is painted
        """Paint the picture in a frame, and the caption below it."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRect(0, 0, self.width(), round(self.width() * SHAPE))
        painter.fillRect(frame, colours.colour("raised"))
        if self.has_picture:
            painter.drawPixmap(0, 0, self._scaled)
        else:
            painter.setPen(colours.colour("muted"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, resources.text("variation.sheet.waiting"))
        is_marked = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(colours.colour("accent" if is_marked else "border"), 2 if is_marked else 1))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        if self.is_held_out:
            self._paint_mark(painter, frame)
        painter.setPen(colours.colour("text"))
        line = QRect(0, frame.height() + LINE_GAP, self.width(), self.fontMetrics().lineSpacing())
        for words in wrapped(self._caption, self.fontMetrics(), self.width()):
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            line.translate(0, line.height())
        painter.end()

    def _paint_mark(self, painter: QPainter, frame: QRect) -> None:
        """Say on the picture that only tests see it."""
        colours = colours_of(self.palette())
        words = resources.text("variation.sheet.mark")
        wide = self.fontMetrics().horizontalAdvance(words) + 14
        mark = QRect(frame.right() - wide - 5, frame.bottom() - self.fontMetrics().height() - 10, wide, 0)
        mark.setHeight(self.fontMetrics().height() + 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent"))
        painter.drawRoundedRect(mark, 4, 4)
        painter.setPen(colours.colour("on_accent"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, words)


def unlike(program: Program, held_out: frozenset[str], first: int, count: int) -> list[Variant]:
    """Return variants with as many different looks as there are, without what comes in the way of a visit."""
    drawn = (draw(program, seed, held_out=held_out) for seed in range(first, first + SEEDS))
    variants = list(dict.fromkeys(variant._replace(seed=0, interruption="", conduct="") for variant in drawn))
    fresh = list({variant.look: variant for variant in reversed(variants)}.values())[::-1]
    return [*fresh, *(variant for variant in variants if variant not in fresh), *[PLAIN] * count][:count]


def wrapped(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return words as the lines of a caption, broken behind commas where possible; the last line is shortened."""
    lines = [""]
    for part in words.split(", "):
        longer = f"{lines[-1]}, {part}" if lines[-1] else part
        if not lines[-1] or len(lines) == CAPTION_LINES or metrics.horizontalAdvance(f"{longer},") <= width:
            lines[-1] = longer
        else:
            lines[-1] += ","
            lines.append(part)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
