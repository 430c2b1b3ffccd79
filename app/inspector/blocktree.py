"""The blocks of a page or section as a tree with buttons: adding, reordering, duplicating, deleting."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

import resources
from app.blocks.dragging import Landing, Taking, landing_at
from app.blocks.palette import BlockPalette
from app.blocks.placing import (
    Carried,
    Spot,
    add,
    blocks_in,
    end_of,
    inward,
    outward,
    put,
    spot_for,
    stepped,
)
from app.inspector.blocklines import lines_of
from app.inspector.blockview import BlockView
from app.inspector.editors.operand import small_button
from app.inspector.shared import Shared
from app.words.elements import block_title
from flow_models.document.behaviour import Page, Section
from flow_models.document.edits.blocks import remove_blocks, slot_of
from flow_models.document.edits.clip import duplicate_block
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

if TYPE_CHECKING:
    from flow_models.document.edits.tree import Blocks


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
        if owner is not None:
            self._say(add(self._shared.session, self._shared.selection, kind, self._place(owner)))

    def shift(self, by: int) -> None:
        """Move the marked block up or down: within its slot, or at its end out of the form or group."""
        self._move(lambda flow, block_id: stepped(flow, block_id, by))

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
        self.add.clicked.connect(self._offer)
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.twin.clicked.connect(self.duplicate)
        self.delete.clicked.connect(self.remove)
        self.tree.shift_wanted.connect(self.shift)
        self.tree.remove_wanted.connect(self.remove)
        self.tree.duplicate_wanted.connect(self.duplicate)
        self.tree.into_wanted.connect(lambda: self._move(inward))
        self.tree.out_wanted.connect(lambda: self._move(outward))
        Taking(self.tree.viewport(), self._look, self._drop, self.tree.under)
        self.tree.itemSelectionChanged.connect(self._chosen)

    def _look(self, carried: Carried, point: QPoint) -> Landing | None:
        """Say where something would land that is held over the tree."""
        found, owner = self.tree.place_at(carried, point), self.owner()
        if found is None and owner is not None and not self.tree.topLevelItemCount():
            found = end_of(self._shared.flow, owner), QRect(4, 4, self.tree.viewport().width() - 8, 1)
        return None if found is None else landing_at(self._shared.flow, carried, *found)

    def _drop(self, carried: Carried, landing: Landing) -> None:
        if isinstance(landing.place, Spot):
            self._say(put(self._shared.session, self._shared.selection, carried, landing.place))

    def _move(self, where: Callable[[Flow, str], Spot | None]) -> None:
        """Move the marked block to where a key leads it, if that is anywhere."""
        block_id = self.block_id()
        spot = None if block_id is None else where(self._shared.flow, block_id)
        if block_id is not None and spot is not None:
            self._say(put(self._shared.session, self._shared.selection, Element("block", block_id), spot))

    def _say(self, refused: str) -> None:
        if refused:
            self._shared.said.emit(refused)

    def _place(self, owner: Page | Section) -> Spot:
        """Return where a new block goes."""
        line, flow, block_id = self.tree.marked(), self._shared.flow, self.block_id()
        if line is not None and line.slot is not None and line.block is None:
            return Spot(line.slot, len(blocks_in(flow, line.slot)))
        inside = None if block_id is None else spot_for(flow, Element("block", block_id))
        return inside or end_of(flow, owner)

    def _title(self, block_id: str) -> str:
        owner = self._shared.flow.owners_by_block.get(block_id)
        return "" if owner is None else block_title(owner.blocks_by_id[block_id])

    def _offer(self) -> None:
        BlockPalette(self, self.insert).open_under(self.add)

    def _chosen(self) -> None:
        block_id = self.block_id()
        if not self._is_following and block_id is not None:
            self._shared.selection.select(Element("block", block_id))
