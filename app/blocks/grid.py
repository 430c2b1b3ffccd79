"""The kinds of blocks as tiles in groups: a picture, an icon and a word each.

Keys come from the line above, which keeps the keyboard; a click or a drag begins here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.blocks import pictures
from app.theme import colours_of, icon
from app.words.elements import block_word
from app.words.palette import PALETTE

COLUMNS = 7
_KIND = int(Qt.ItemDataRole.UserRole)
_PICTURE = 34
_ICON = 14
_PADDING = 5

_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class TileGrid(QTableWidget):
    """Shows groups of kinds; one of the tiles is current."""

    chosen = Signal(str)
    """Carries the kind that was clicked."""
    dragged = Signal(str)
    """Carries the kind that is being dragged away."""
    moved = Signal(str)
    """Carries the kind that is current now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, COLUMNS, parent)
        self._pressed: tuple[str, QPoint] | None = None
        self.setItemDelegate(_Tiles(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.currentItemChanged.connect(lambda _now, _before: self.moved.emit(self.current()))

    def tile_size(self) -> QSize:
        """Return the size of a tile, in which two lines of words find room."""
        letters = self.fontMetrics()
        words = (word for group in PALETTE.values() for kind in group for word in block_word(kind).split())
        widest = max(letters.horizontalAdvance(word) for word in words)
        width = max(92, widest + _ICON + 2 * _PADDING + 8)
        return QSize(width, _PICTURE + 2 * letters.lineSpacing() + 3 * _PADDING)

    def show_groups(self, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show other groups; the first tile becomes the current one."""
        self.clear()
        self.clearSpans()
        self.setRowCount(0)
        for title, kinds in groups:
            self._add_heading(title)
            for start in range(0, len(kinds), COLUMNS):
                self._add_row(kinds[start : start + COLUMNS])
        size = self.tile_size()
        self.horizontalHeader().setDefaultSectionSize(size.width())
        self._go_to(next(iter(self._tiles()), None))

    def content_size(self) -> QSize:
        """Return how much room everything takes."""
        height = sum(self.rowHeight(row) for row in range(self.rowCount()))
        return QSize(self.tile_size().width() * COLUMNS, height)

    def current(self) -> str:
        """Return the kind of the current tile; empty if there is none."""
        return _kind_of(self.currentItem())

    def step(self, key: Qt.Key) -> None:
        """Go to the next tile in a direction: past headings, and to the end of a shorter line."""
        down, right = _STEPS[key]
        row, column = self.currentRow(), self.currentColumn()
        if right:
            tiles = self._tiles()
            here = tiles.index(self.currentItem()) if self.currentItem() in tiles else 0
            self._go_to(tiles[max(0, min(len(tiles) - 1, here + right))] if tiles else None)
            return
        while 0 <= (row := row + down) < self.rowCount():
            found = next((tile for place in range(column, -1, -1) if _kind_of(tile := self.item(row, place))), None)
            if found is not None:
                self._go_to(found)
                return

    def picture_of(self, kind: str) -> QPixmap:
        """Return the tile of a kind as it hangs at the pointer."""
        size, ratio = self.tile_size(), self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(colours_of(self.palette()).colour("base"))
        painter = QPainter(pixmap)
        painter.setFont(self.font())
        _paint_tile(painter, QRect(0, 0, size.width(), size.height()), kind, self)
        painter.setPen(colours_of(self.palette()).colour("accent"))
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        painter.end()
        return pixmap

    def tile_of(self, kind: str) -> QRect:
        """Return where the tile of a kind is seen; empty if it is not offered now."""
        found = next((tile for tile in self._tiles() if _kind_of(tile) == kind), None)
        return QRect() if found is None else self.visualItemRect(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current tile and its heading in view where there is other room."""
        super().resizeEvent(event)
        self._go_to(self.currentItem())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the tile under the pointer current."""
        super().mousePressEvent(event)
        kind = _kind_of(self.itemAt(event.position().toPoint()))
        if kind and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (kind, event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the tile away."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        kind, start = self._pressed
        far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
        if far and event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed = None
            self.dragged.emit(kind)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the tile."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and _kind_of(self.itemAt(event.position().toPoint())) == pressed[0]:
            self.chosen.emit(pressed[0])

    def _tiles(self) -> list[QTableWidgetItem]:
        """Return the tiles in the order in which one reads them."""
        items = (self.item(row, column) for row in range(self.rowCount()) for column in range(COLUMNS))
        return [item for item in items if item is not None and _kind_of(item)]

    def _go_to(self, item: QTableWidgetItem | None) -> None:
        if item is not None:
            self.setCurrentItem(item)
            # The heading of a first line comes into view with it.
            self.scrollTo(self.model().index(max(0, item.row() - 1), 0))
            self.scrollToItem(item)

    def _add_heading(self, title: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setRowHeight(row, self.fontMetrics().lineSpacing() + _PADDING)
        heading = QTableWidgetItem(title)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self.setItem(row, 0, heading)
        self.setSpan(row, 0, 1, COLUMNS)

    def _add_row(self, kinds: Sequence[str]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setRowHeight(row, self.tile_size().height())
        for column in range(COLUMNS):
            tile = QTableWidgetItem(block_word(kinds[column]) if column < len(kinds) else "")
            tile.setFlags(_TILE if column < len(kinds) else Qt.ItemFlag.NoItemFlags)
            tile.setData(_KIND, kinds[column] if column < len(kinds) else "")
            self.setItem(row, column, tile)


_TILE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Tiles(QStyledItemDelegate):
    """Paints tiles and headings."""

    def __init__(self, grid: TileGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        colours, kind = colours_of(self._grid.palette()), str(index.data(_KIND) or "")
        state, rect = option.state, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not kind:
            painter.setPen(colours.colour("muted"))
            painter.drawText(
                rect.adjusted(_PADDING, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), str(index.data() or "")
            )
        elif state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_current = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(colours.colour("accent" if is_current else "border"))
            painter.setBrush(colours.colour("raised" if is_current else "base"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        if kind:
            _paint_tile(painter, rect, kind, self._grid)
        painter.restore()


def _paint_tile(painter: QPainter, rect: QRect, kind: str, grid: QWidget) -> None:
    """Paint the picture of a kind above its icon and word."""
    palette, letters = grid.palette(), grid.fontMetrics()
    inner = rect.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
    pictures.paint(painter, QRectF(inner.x(), inner.y(), inner.width(), _PICTURE), kind, palette)
    below = inner.adjusted(0, _PICTURE + _PADDING, 0, 0)
    side = QRect(below.x(), below.y() + (letters.lineSpacing() - _ICON) // 2, _ICON, _ICON)
    icon(kind, palette, "muted").paint(painter, side)
    painter.setPen(colours_of(palette).colour("text"))
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
    painter.drawText(below.adjusted(_ICON + 4, 0, 2, 2), flags, block_word(kind))


def _kind_of(item: QTableWidgetItem | None) -> str:
    return "" if item is None else str(item.data(_KIND) or "")
