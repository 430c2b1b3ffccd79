"""The blocks of a page or section as a tree with buttons: adding, reordering, duplicating, deleting."""

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

import resources
from app.inspector.blocklines import Stand, lines_of
from app.inspector.blockview import BlockView
from app.inspector.editors.operand import small_button
from app.inspector.menus import add_block_menu
from app.inspector.shared import Shared
from app.widgets.popups import open_under
from app.words.elements import block_title, block_word
from flow_models.document.behaviour import Page, Section
from flow_models.document.edits.blocks import insert_block, move_block, remove_blocks, slot_of, slots
from flow_models.document.edits.clip import duplicate_block
from flow_models.document.edits.parts import field_names
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Blocks, Slot
from flow_models.document.elements import Element


class BlockTree(QWidget):
    """The tree with its buttons."""

    def __init__(self, shared: Shared, owner: Element, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._owner_element = owner
        self._shown: tuple[Blocks, ...] = ()
        self._is_following = False
        self.tree = BlockView(self)
        self.add = QPushButton(resources.text("inspector.add.block"))
        self.add.setProperty("role", "quiet")
        self.up = small_button("up", resources.text("inspector.action.block_up"), self)
        self.down = small_button("down", resources.text("inspector.action.block_down"), self)
        self.twin = small_button("duplicate", resources.text("inspector.action.block_duplicate"), self)
        self.delete = small_button("delete", resources.text("inspector.action.block_delete"), self)
        self._lay_out()
        self._connect()
        self.refresh()

    def owner(self) -> Page | Section | None:
        """Return the page or section; `None` once it is gone."""
        flow, sought = self._shared.flow, self._owner_element
        return flow.pages_by_id.get(sought.id) if sought.kind == "page" else flow.sections_by_id.get(sought.id)

    def refresh(self) -> None:
        """Show the blocks as they are now, with the selected one marked."""
        owner = self.owner()
        if owner is None:
            return
        self._is_following = True
        blocks = (owner.blocks,) if isinstance(owner, Page) else (owner.header, owner.footer)
        # Edits keep what they do not touch, so the same tuples are the same tree.
        if [id(own) for own in blocks] != [id(own) for own in self._shown]:
            self.tree.show_lines(lines_of(owner))
            self._shown = blocks
        current = self._shared.selection.current
        is_marked = self.tree.mark(current.id if current is not None and current.kind == "block" else None)
        self._is_following = False
        for button in (self.up, self.down, self.twin, self.delete):
            button.setEnabled(is_marked)

    def block_id(self) -> str | None:
        """Return the block that is marked."""
        line = self.tree.marked()
        return None if line is None or line.block is None else line.block.id

    def insert(self, kind: str) -> None:
        """Add a block: into the marked form, group or column, else behind the marked block, else at the end."""
        owner = self.owner()
        if owner is None:
            return
        flow = self._shared.flow
        slot, index = self._place()
        block = new_block(flow, kind, field_names(flow, owner), owner=owner)
        label = resources.text("inspector.step.add", title=block_word(kind))
        refused = self._shared.session.attempt(lambda now: insert_block(now, slot, index, block), label)
        # What may not stand at the marked place, such as a form in a form, may stand at the end.
        if not refused or self._shared.attempt(lambda now: insert_block(now, self._end(), None, block), label):
            self._shared.selection.reveal(Element("block", block.id, "title" if hasattr(block, "title") else "text"))

    def shift(self, by: int) -> None:
        """Move the marked block up or down: within its slot, or at its end out of the form or group."""
        block_id = self.block_id()
        owner = self.owner()
        if block_id is None or owner is None:
            return
        slot, index = slot_of(self._shared.flow, block_id)
        length = next((len(blocks) for other, blocks in slots(owner) if other == slot), 0)
        if 0 <= index + by < length:
            self._put(block_id, slot, index + by)
        elif slot.kind == "block":
            outer, position = slot_of(self._shared.flow, slot.id)
            self._put(block_id, outer, position if by < 0 else position + 1)

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
        """Delete the marked block; the selection goes on to its neighbour."""
        block_id = self.block_id()
        if block_id is None:
            return
        self._shared.selection.select(Element("block", block_id))
        label = resources.text("inspector.step.delete", title=self._title(block_id))
        self._shared.attempt(lambda flow: remove_blocks(flow, {block_id}), label)

    def menu(self) -> QMenu:
        """Return the menu of all kinds of blocks."""
        return add_block_menu(self, self.insert)

    def _lay_out(self) -> None:
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

    def _connect(self) -> None:
        self.add.clicked.connect(self._open_menu)
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.twin.clicked.connect(self.duplicate)
        self.delete.clicked.connect(self.remove)
        self.tree.shift_wanted.connect(self.shift)
        self.tree.remove_wanted.connect(self.remove)
        self.tree.duplicate_wanted.connect(self.duplicate)
        self.tree.dropped.connect(self._drop)
        self.tree.itemSelectionChanged.connect(self._chosen)

    def _drop(self, block_id: str, stand: Stand) -> None:
        """Put a dragged block where it was let go; its own place goes before what stood behind it."""
        slot, index = slot_of(self._shared.flow, block_id)
        target = stand.place - 1 if slot == stand.slot and index < stand.place else stand.place
        if (slot, index) != (stand.slot, target):
            self._put(block_id, stand.slot, target)

    def _put(self, block_id: str, slot: Slot, index: int) -> None:
        """Put a block at an index of a slot, counted without it."""
        label = resources.text("inspector.step.move", title=self._title(block_id))
        self._shared.attempt(lambda flow: move_block(flow, block_id, slot, index), label)
        self._shared.selection.select(Element("block", block_id))

    def _place(self) -> tuple[Slot, int | None]:
        """Return where a new block goes."""
        line = self.tree.marked()
        if line is not None and line.slot is not None:
            return line.slot, None
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
        open_under(self.menu(), self.add)

    def _chosen(self) -> None:
        block_id = self.block_id()
        if not self._is_following and block_id is not None:
            self._shared.selection.select(Element("block", block_id))
