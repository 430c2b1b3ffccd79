"""The pages of a walk as cards: what was done, where one is then, and what of the page is new."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

import resources
from app.problems.filming import Film
from app.theme import colours_of
from flow_models.solver.film import Frame, Line, end_words

CARD_WIDTH: Final = 218
LEAST_HEIGHT: Final = 84
"""Pixels: what was done, where, and two lines of the page."""
GAP, MARGIN = 6, 8
MOST_LINES, WRAP_LOSS = 3, 0.5
"""Lines of one text, and the part of a line that wrapping may leave empty."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Said(NamedTuple):
    """One line of a card: its words, the colour that they have, and the sign before them."""

    words: str
    colour: str = "text"
    sign: str = ""


def lines_of(film: Film, number: int) -> Iterator[Said]:
    """Yield what a card says of a page: what to look at first, then what is new and what is gone."""
    frame, is_last = film.frames[number], number == len(film.frames) - 1
    looked = frame.looks(film.walk.look) if is_last else ()
    if frame.trouble:
        yield Said(frame.trouble, "error")
    if is_last:
        yield Said(end_words(frame), "accent")
    for words in frame.changes():
        yield Said(words, "hint")
    yield from _told(frame, looked)
    for words in frame.gone:
        yield Said(words, "muted", "-")
    if number and not _is_news(frame):
        yield Said(resources.text("walk.card.same"), "muted")


def _is_news(frame: Frame) -> bool:
    """Say whether anything happened on the way to a page."""
    return bool(frame.told() or frame.gone or frame.trouble or frame.data)


def _told(frame: Frame, looked: Sequence[Line]) -> Iterator[Said]:
    """Yield what a page says: what to look at first, then what is new."""
    for line in looked:
        yield Said(line.text, "warning", "▸")
    colour, sign = ("text", "") if frame.is_new_page else ("success", "+")
    yield from (Said(line.text, colour, sign) for line in frame.told() if line not in looked)


def title_of(frame: Frame, number: int) -> str:
    """Return what was done to get to a page."""
    return resources.text("walk.card.title", number=number, words=frame.words or resources.text("preview.step.begin"))


def spoken(film: Film, number: int) -> str:
    """Return a whole card in words, for screen readers and tips."""
    frame = film.frames[number]
    lines = [f"{said.sign} {said.words}".strip() for said in lines_of(film, number)]
    return "\n".join((title_of(frame, number), frame.title, *lines))


class CardsModel(QAbstractListModel):
    """One item for each page of a film."""

    def __init__(self) -> None:
        super().__init__()
        self.film: Film | None = None

    def show(self, film: Film | None) -> None:
        """Show another film."""
        self.beginResetModel()
        self.film = film
        self.endResetModel()

    @property
    def frames(self) -> Sequence[Frame]:
        """The pages."""
        return () if self.film is None else self.film.frames

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of pages."""
        return 0 if parent.isValid() else len(self.frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a card says."""
        if self.film is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(self.frames[index.row()], index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self.film, index.row())
        return None


class Cards(QListView):
    """The cards side by side, as high as there is room; the arrow keys go from one to the next."""

    def __init__(self, model: CardsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Painter(model, self))
        self.setMinimumHeight(LEAST_HEIGHT + self.horizontalScrollBar().sizeHint().height())
        self.setAccessibleName(resources.text("walk.strip.cards"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the cards as high as there is room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Painter(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, model: CardsModel, view: Cards) -> None:
        super().__init__(view)
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every card."""
        del option, index
        return QSize(CARD_WIDTH + GAP, self._view.viewport().height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card: its frame, what was done, the page's title, and its lines as far as they have room."""
        film = self._model.film
        if film is None:
            return
        frame, card = film.frames[index.row()], option.rect.adjusted(0, 0, -GAP, 0)
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        _paint_frame(painter, card, self._view.palette(), is_chosen=is_chosen)
        column = _Column(painter, card.adjusted(MARGIN, MARGIN - 2, -MARGIN, -MARGIN + 2), self._view)
        column.write(Said(title_of(frame, index.row())), is_bold=True)
        column.write(Said(frame.title, "muted"))
        for said in lines_of(film, index.row()):
            column.write(said)
        painter.restore()


def _paint_frame(painter: QPainter, card: QRect, palette: QPalette, *, is_chosen: bool) -> None:
    """Paint the ground and the edge of a card."""
    colours = colours_of(palette)
    width = 2 if is_chosen else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.colour("accent" if is_chosen else "border"), width))
    painter.setBrush(colours.colour("base"))
    painter.drawRoundedRect(QRectF(card).adjusted(width / 2, width / 2, -width / 2, -width / 2), 5, 5)


class _Column:
    """Writes texts below each other, each on a few lines at most, until there is no more room."""

    def __init__(self, painter: QPainter, room: QRect, view: QWidget) -> None:
        self._painter = painter
        self._room = room
        self._view = view

    def write(self, said: Said, *, is_bold: bool = False) -> None:
        """Write one text, shortened where it has no room."""
        font = QFont(self._view.font())
        font.setBold(is_bold)
        self._painter.setFont(font)
        metrics = self._painter.fontMetrics()
        lines = min(MOST_LINES, (self._room.height() + 1) // metrics.lineSpacing())
        if lines < 1:
            return
        words = f"{said.sign} {said.words}" if said.sign else said.words
        # A line that wraps loses up to a word at its end.
        room = self._room.width() if lines == 1 else round(self._room.width() * (lines - WRAP_LOSS))
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        how = Qt.AlignmentFlag.AlignTop | (Qt.TextFlag.TextWordWrap if lines > 1 else Qt.TextFlag.TextSingleLine)
        place = QRect(self._room.left(), self._room.top(), self._room.width(), lines * metrics.lineSpacing())
        self._painter.setPen(colours_of(self._view.palette()).colour(said.colour))
        used = self._painter.drawText(place, how, short)
        self._room.setTop(self._room.top() + used.height())
