"""The tree in which blocks are shown, with its keys; it says where what is held over a line would land."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

import resources
from app.blocks.placing import Carried, Spot
from app.inspector.blocklines import Line
from app.inspector.pictures import picture
from app.theme import colours_of
from app.words.elements import block_word, icon_idea
from flow_models.document.elements import Element

LINE = int(Qt.ItemDataRole.UserRole) + 1
MOST_LINES = 14


class BlockView(QTreeWidget):
    """Shows lines, and asks for what is done to them by key and pointer."""

    shift_wanted = Signal(int)
    into_wanted = Signal()
    out_wanted = Signal()
    remove_wanted = Signal()
    duplicate_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(resources.text("inspector.section.blocks"))
        self.setProperty("role", "framed")
        self.itemExpanded.connect(lambda _item: self._fit())
        self.itemCollapsed.connect(lambda _item: self._fit())

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show other lines; blocks that were folded stay so."""
        folded = {block_of(item) for item in self.all_items() if not item.isExpanded()}
        self.clear()
        self.addTopLevelItems([self._item(line) for line in lines])
        for item in self.all_items():
            item.setExpanded(block_of(item) is None or block_of(item) not in folded)
        self._fit()

    def mark(self, block_id: str | None) -> bool:
        """Mark the line of a block, if it is shown; return whether it is."""
        match = next((item for item in self.all_items() if block_id is not None and block_of(item) == block_id), None)
        if match is None:
            self.clearSelection()
        elif not match.isSelected():
            self.setCurrentItem(match)
        return match is not None

    def marked(self) -> Line | None:
        """Return the line that is marked."""
        items = self.selectedItems()
        return line_of(items[0]) if items else None

    def all_items(self) -> list[QTreeWidgetItem]:
        """Return all items, outer ones first."""
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting += [item.child(number) for number in range(item.childCount())]
        return found

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the letters are known."""
        super().showEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Alt and arrows, delete, duplicate."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self.shift_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Right if alt:
                self.into_wanted.emit()
            case Qt.Key.Key_Left if alt:
                self.out_wanted.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_wanted.emit()
            case Qt.Key.Key_D if ctrl:
                self.duplicate_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def under(self, point: QPoint) -> Element | None:
        """Return the block whose line lies under a point."""
        item = self.itemAt(point)
        block_id = None if item is None else block_of(item)
        return None if block_id is None else Element("block", block_id)

    def place_at(self, carried: Carried, point: QPoint) -> tuple[Spot, QRect] | None:
        """Return where something would stand that is let go at a point, and its mark; `None` for inside itself."""
        own = carried.id if isinstance(carried, Element) else ""
        item = self.itemAt(point)
        if item is None:
            last = self.topLevelItem(self.topLevelItemCount() - 1)
            return None if last is None or _is_inside(last, own) else self._beside(last, 1)
        if _is_inside(item, own):
            return None
        rectangle, line = self.visualItemRect(item), line_of(item)
        third = (point.y() - rectangle.top()) / max(1, rectangle.height())
        if line.slot is not None and (line.block is None or 0.3 < third < 0.7):
            return Spot(line.slot, item.childCount()), rectangle
        return self._beside(item, 0 if third < 0.5 else 1)

    def _item(self, line: Line) -> QTreeWidgetItem:
        item = QTreeWidgetItem([line.title])
        item.setData(0, LINE, line)
        if line.block is None:
            item.setForeground(0, QColor(colours_of(self.palette()).muted))
        else:
            word = block_word(line.block.kind)
            item.setIcon(0, picture(icon_idea(line.block), self.palette()))
            item.setToolTip(0, f"{word}: {line.title}")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{line.title}, {word}")
        item.addChildren([self._item(inner) for inner in line.inner])
        return item

    def _beside(self, item: QTreeWidgetItem, after: int) -> tuple[Spot, QRect] | None:
        stand = line_of(item).stand
        if stand is None:
            return None
        rectangle = self.visualItemRect(item)
        edge = rectangle.bottom() if after else rectangle.top()
        return Spot(stand.slot, stand.place + after), QRect(rectangle.left(), edge, rectangle.width(), 1)

    def _fit(self) -> None:
        """Be as high as the blocks need, within bounds."""
        lines = sum(1 for item in self.all_items() if _is_open(item))
        height = max(2, min(MOST_LINES, lines)) * (self.sizeHintForRow(0) if lines else 26) + 6
        self.setFixedHeight(max(58, height))


def line_of(item: QTreeWidgetItem) -> Line:
    """Return the line that an item shows."""
    line = item.data(0, LINE)
    if not isinstance(line, Line):
        raise TypeError("an item of the tree shows a line")
    return line


def block_of(item: QTreeWidgetItem) -> str | None:
    """Return the id of an item's block; `None` for one that only gathers others."""
    block = line_of(item).block
    return None if block is None else block.id


def _is_open(item: QTreeWidgetItem) -> bool:
    """Say whether an item is not folded away."""
    above = item.parent()
    return above is None or (above.isExpanded() and _is_open(above))


def _is_inside(item: QTreeWidgetItem, block_id: str) -> bool:
    """Say whether an item is a block's or stands below it."""
    above = item.parent()
    return block_of(item) == block_id or (above is not None and _is_inside(above, block_id))
