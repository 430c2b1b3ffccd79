"""The blocks of a page or section as a tree: adding, reordering by pointer, buttons and keys, duplicating, deleting.

Dragging is a gesture of our own: press, move, release; Escape gives up. A block lands where `landing` says.
"""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

import resources
from app.inspector.editors.operand import small_button
from app.inspector.menus import add_block_menu
from app.inspector.pictures import picture
from app.inspector.shared import Shared
from app.theme import colours_of
from app.words.elements import block_title, block_word, icon_idea
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, Columns, FoldOut, Form, Group, ListBlock, Menu, Navigation, Tabs
from flow_models.document.edits.blocks import insert_block, move_block, remove_blocks, slot_of, slots
from flow_models.document.edits.clip import duplicate_block
from flow_models.document.edits.parts import field_names
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError

BLOCK, SLOT = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
MOST_LINES = 14


class Landing(NamedTuple):
    """Where a dragged block would stand: the slot, the index there counted with the block, and the line to draw."""

    slot: Slot
    position: int
    line: QRect


class BlockTree(QWidget):
    """The tree with its buttons."""

    def __init__(self, shared: Shared, owner: Element, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._owner_element = owner
        self._shown: tuple[object, ...] | None = None
        self._is_following = False
        self.tree = _Tree(self)
        self.add = QPushButton(resources.text("inspector.add.block"))
        self.add.setProperty("role", "quiet")
        self.up = small_button("up", resources.text("inspector.action.block_up"), self)
        self.down = small_button("down", resources.text("inspector.action.block_down"), self)
        self.twin = small_button("duplicate", resources.text("inspector.action.block_duplicate"), self)
        self.delete = small_button("delete", resources.text("inspector.action.block_delete"), self)
        bar = QHBoxLayout()
        bar.setSpacing(2)
        bar.addWidget(self.add)
        bar.addStretch(1)
        for button in (self.up, self.down, self.twin, self.delete):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tree)
        layout.addLayout(bar)
        self.add.clicked.connect(self._open_menu)
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.twin.clicked.connect(self.duplicate)
        self.delete.clicked.connect(self.remove)
        self.tree.itemSelectionChanged.connect(self._chosen)
        self.tree.itemExpanded.connect(lambda _item: self._fit())
        self.tree.itemCollapsed.connect(lambda _item: self._fit())
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the letters are known."""
        super().showEvent(event)
        self._fit()

    def owner(self) -> Page | Section | None:
        """Return the page or section; `None` once it is gone."""
        flow, sought = self._shared.flow, self._owner_element
        return flow.pages_by_id.get(sought.id) if sought.kind == "page" else flow.sections_by_id.get(sought.id)

    def refresh(self) -> None:
        """Show the blocks as they are now, with the selected one marked."""
        owner = self.owner()
        if owner is None:
            return
        blocks = (owner.blocks,) if isinstance(owner, Page) else (owner.header, owner.footer)
        looks = blocks
        self._is_following = True
        if self._shown is None or any(new is not old for new, old in zip(looks, self._shown, strict=True)):
            folded = {str(item.data(0, BLOCK)) for item in self.tree.all_items() if not item.isExpanded()}
            self.tree.clear()
            self._fill(owner)
            for item in self.tree.all_items():
                item.setExpanded(item.data(0, BLOCK) is None or item.data(0, BLOCK) not in folded)
            self._shown = looks
            self._fit()
        current = self._shared.selection.current
        chosen = current.id if current is not None and current.kind == "block" else None
        match = next((item for item in self.tree.all_items() if chosen and item.data(0, BLOCK) == chosen), None)
        if match is None:
            self.tree.clearSelection()
        elif not match.isSelected():
            self.tree.setCurrentItem(match)
        self._is_following = False
        for button in (self.up, self.down, self.twin, self.delete):
            button.setEnabled(match is not None)

    def block_id(self) -> str | None:
        """Return the block that is marked."""
        items = self.tree.selectedItems()
        return None if not items or items[0].data(0, BLOCK) is None else str(items[0].data(0, BLOCK))

    def insert(self, kind: str) -> None:
        """Add a block: into the marked form, group or column, else behind the marked block, else at the end."""
        owner = self.owner()
        if owner is None:
            return
        flow = self._shared.flow
        slot, index = self._place()
        block = new_block(flow, kind, field_names(flow, owner))
        label = resources.text("inspector.step.add", title=block_word(kind))
        refused = self._shared.session.attempt(lambda now: insert_block(now, slot, index, block), label)
        # What may not stand at the marked place, such as a form in a form, may stand at the end.
        if not refused or self._shared.attempt(lambda now: insert_block(now, self._end(), None, block), label):
            self._shared.selection.reveal(Element("block", block.id))

    def shift(self, by: int) -> None:
        """Move the marked block up or down: within its slot, or at its end out of the form or group."""
        block_id = self.block_id()
        owner = self.owner()
        if block_id is None or owner is None:
            return
        slot, index = slot_of(self._shared.flow, block_id)
        length = next((len(blocks) for other, blocks in slots(owner) if other == slot), 0)
        if 0 <= index + by < length:
            self.put(block_id, slot, index + by)
        elif slot.kind == "block":
            outer, position = slot_of(self._shared.flow, slot.id)
            self.put(block_id, outer, position if by < 0 else position + 1)

    def put(self, block_id: str, slot: Slot, index: int) -> None:
        """Put a block at an index of a slot, counted without it."""
        title = self._title(block_id)
        self._shared.attempt(
            lambda flow: move_block(flow, block_id, slot, index), resources.text("inspector.step.move", title=title)
        )
        self._shared.selection.select(Element("block", block_id))

    def duplicate(self) -> None:
        """Put a copy of the marked block behind it."""
        block_id = self.block_id()
        if block_id is None:
            return
        before = set(self._shared.flow.owners_by_block)
        slot, index = slot_of(self._shared.flow, block_id)
        label = resources.text("inspector.step.duplicate", title=self._title(block_id))
        self._shared.attempt(lambda flow: duplicate_block(flow, block_id, slot, index + 1), label)
        made = next((new for new in self._shared.flow.owners_by_block if new not in before), None)
        if made is not None:
            self._shared.selection.select(Element("block", made))

    def remove(self) -> None:
        """Delete the marked block and mark its neighbour."""
        block_id = self.block_id()
        owner = self.owner()
        if block_id is None or owner is None:
            return
        slot, index = slot_of(self._shared.flow, block_id)
        beside = next((blocks for other, blocks in slots(owner) if other == slot), ())
        rest = [block.id for block in beside if block.id != block_id]
        label = resources.text("inspector.step.delete", title=self._title(block_id))
        neighbour = Element("block", rest[min(index, len(rest) - 1)]) if rest else self._owner_element
        self._shared.attempt(lambda flow: remove_blocks(flow, {block_id}), label)
        self._shared.selection.select(neighbour)
        self.tree.setFocus()

    def landing(self, block_id: str, position: QPoint) -> Landing | None:
        """Return where a dragged block would stand if it were let go at a position; `None` where it cannot."""
        item = self.tree.itemAt(position)
        if item is None:
            last = self.tree.topLevelItem(self.tree.topLevelItemCount() - 1)
            return None if last is None or self._is_inside(last, block_id) else self._beside(last, 1)
        if self._is_inside(item, block_id):
            return None
        rectangle = self.tree.visualItemRect(item)
        third = (position.y() - rectangle.top()) / max(1, rectangle.height())
        own_slot: Slot | None = item.data(0, SLOT)
        if own_slot is not None and (item.data(0, BLOCK) is None or 0.3 < third < 0.7):
            return Landing(own_slot, item.childCount(), rectangle)
        return self._beside(item, 0 if third < 0.5 else 1)

    def drop(self, block_id: str, landing: Landing) -> None:
        """Put a dragged block where it landed."""
        slot, index = slot_of(self._shared.flow, block_id)
        target = landing.position - 1 if slot == landing.slot and index < landing.position else landing.position
        if (slot, index) != (landing.slot, target):
            self.put(block_id, landing.slot, target)

    def _beside(self, item: QTreeWidgetItem, after: int) -> Landing | None:
        block_id = item.data(0, BLOCK)
        if block_id is None:
            return None
        try:
            slot, index = slot_of(self._shared.flow, str(block_id))
        except EditError:
            return None
        rectangle = self.tree.visualItemRect(item)
        edge = rectangle.bottom() if after else rectangle.top()
        return Landing(slot, index + after, QRect(rectangle.left(), edge, rectangle.width(), 0))

    def _is_inside(self, item: QTreeWidgetItem, block_id: str) -> bool:
        above: QTreeWidgetItem | None = item
        while above is not None:
            if above.data(0, BLOCK) == block_id:
                return True
            above = above.parent()
        return False

    def _place(self) -> tuple[Slot, int | None]:
        """Return where a new block goes."""
        items = self.tree.selectedItems()
        if items and items[0].data(0, SLOT) is not None:
            slot: Slot = items[0].data(0, SLOT)
            return slot, None
        block_id = self.block_id()
        if block_id is None:
            return self._end(), None
        slot, index = slot_of(self._shared.flow, block_id)
        return slot, index + 1

    def _end(self) -> Slot:
        sought = self._owner_element
        return Slot("page", sought.id) if sought.kind == "page" else Slot("section", sought.id, "header")

    def _title(self, block_id: str) -> str:
        owner = self._shared.flow.owners_by_block.get(block_id)
        return "" if owner is None else block_title(owner.blocks_by_id[block_id])

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of all kinds of blocks."""
        return add_block_menu(self, self.insert)

    def _chosen(self) -> None:
        block_id = self.block_id()
        if not self._is_following and block_id is not None:
            self._shared.selection.select(Element("block", block_id))

    def _fill(self, owner: Page | Section) -> None:
        if isinstance(owner, Page):
            for block in owner.blocks:
                self.tree.addTopLevelItem(self._item(block))
            return
        for name in ("header", "footer"):
            slot = Slot("section", owner.id, name)
            group = self._group(resources.text(f"inspector.slot.{name}"), slot)
            group.addChildren([self._item(block) for block in getattr(owner, name)])
            self.tree.addTopLevelItem(group)

    def _item(self, block: AnyBlock) -> QTreeWidgetItem:
        title, word = block_title(block), block_word(block.kind)
        item = QTreeWidgetItem([title])
        item.setIcon(0, picture(icon_idea(block), self.palette()))
        item.setData(0, BLOCK, block.id)
        item.setToolTip(0, f"{word}: {title}")
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{title}, {word}")
        match block:
            case Form() | Group() | FoldOut():
                item.setData(0, SLOT, Slot("block", block.id))
                item.addChildren([self._item(inner) for inner in block.blocks])
            case Columns() | Tabs():
                for slot, words, blocks in _places(block):
                    group = self._group(words, slot)
                    group.addChildren([self._item(inner) for inner in blocks])
                    item.addChild(group)
            case Menu():
                item.setData(0, SLOT, Slot("block", block.id, "items"))
                item.addChildren([self._item(inner) for inner in block.items])
            case Navigation():
                item.setData(0, SLOT, Slot("block", block.id, "links"))
                item.addChildren([self._item(link) for link in block.links])
            case ListBlock():
                links = [column.link for column in block.columns if column.link is not None]
                item.addChildren([self._item(link) for link in links])
                item.addChildren([self._item(control) for control in block.row_controls])
        return item

    def _group(self, title: str, slot: Slot) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setData(0, SLOT, slot)
        item.setForeground(0, QColor(colours_of(self.palette()).muted))
        return item

    def _fit(self) -> None:
        """Be as high as the blocks need, within bounds."""
        lines = sum(1 for item in self.tree.all_items() if self.tree.is_open(item))
        height = max(2, min(MOST_LINES, lines)) * (self.tree.sizeHintForRow(0) if lines else 26) + 6
        self.tree.setFixedHeight(max(58, height))


def _places(block: Columns | Tabs) -> list[tuple[Slot, str, tuple[AnyBlock, ...]]]:
    """Return the places inside columns or tabs: each with its slot, its words, and the blocks there."""
    places = []
    if isinstance(block, Columns):
        for number, column in enumerate(block.columns):
            words = resources.text("inspector.card.column", number=number + 1)
            places.append((Slot("block", block.id, f"columns.{number}"), words, column))
    else:
        for number, tab in enumerate(block.tabs):
            words = tab.title or resources.text("inspector.card.tab", number=number + 1)
            places.append((Slot("block", block.id, f"tabs.{number}"), words, tab.blocks))
    return places


class _Tree(QTreeWidget):
    """The tree itself: keys and the drag gesture."""

    def __init__(self, holder: BlockTree) -> None:
        super().__init__(holder)
        self._holder = holder
        self._pressed: tuple[str, QPointF] | None = None
        self._landing: Landing | None = None
        self._is_dragging = False
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(resources.text("inspector.section.blocks"))
        self.setProperty("role", "framed")

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

    def is_open(self, item: QTreeWidgetItem) -> bool:
        """Say whether an item is not folded away."""
        above = item.parent()
        while above is not None:
            if not above.isExpanded():
                return False
            above = above.parent()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Alt and arrows, delete, duplicate; Escape gives a drag up."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Escape if self._is_dragging:
                self._stop()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self._holder.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._holder.remove()
            case Qt.Key.Key_D if ctrl:
                self._holder.duplicate()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if item is not None and is_left and item.data(0, BLOCK) is not None:
            self._pressed = (str(item.data(0, BLOCK)), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the block would land."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        block_id, start = self._pressed
        if (event.position() - start).manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
        if self._is_dragging:
            self._landing = self._holder.landing(block_id, event.position().toPoint())
            self.setCursor(Qt.CursorShape.ClosedHandCursor if self._landing else Qt.CursorShape.ForbiddenCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the block go."""
        pressed, landing, is_dragging = self._pressed, self._landing, self._is_dragging
        self._stop()
        if is_dragging and pressed is not None and landing is not None:
            self._holder.drop(pressed[0], landing)
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line or frame where a dragged block would land."""
        super().paintEvent(event)
        if self._landing is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(colours_of(self.palette()).accent), 2))
        line = self._landing.line
        if line.height() <= 1:
            painter.drawLine(line.topLeft(), line.topRight())
        else:
            painter.drawRoundedRect(line.adjusted(1, 1, -2, -2), 4, 4)
        painter.end()

    def _stop(self) -> None:
        self._pressed = None
        self._landing = None
        self._is_dragging = False
        self.unsetCursor()
        self.viewport().update()
