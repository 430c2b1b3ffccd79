"""The tree of blocks rebuilt: one block replaced, removed or joined by others, at any depth.

A block stands in a *slot*: the blocks of a page, header or footer of a section, or a room inside another block, such as
one of several columns, or the links of a navigation.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from flow_models.document.blocks import AnyBlock
from flow_models.document.errors import EditError
from flow_models.document.paths import with_inside
from flow_models.document.rooms import Room, rooms, walk

Blocks = tuple[AnyBlock, ...]
Change = Callable[[AnyBlock], Blocks]

_REFUSALS: Mapping[frozenset[str], str] = MappingProxyType(
    {frozenset({"link"}): "edit.links_only", frozenset({"button", "link"}): "edit.controls_only"}
)
"""What is said where only some kinds of block can stand."""


class Slot(NamedTuple):
    """Where blocks stand: in which element, and in which of its sequences.

    `name` is `blocks` for a page; `header` or `footer` for a section; the path of the room for a block (see `Room`).
    """

    kind: Literal["page", "section", "block"]
    id: str
    name: str = "blocks"


def mapped_tree(blocks: Blocks, block_id: str, change: Change) -> Blocks:
    """Return blocks in which the one with this id, at any depth, became the blocks that `change` makes of it.

    Parts without it stay the same objects.

    Raises:
        EditError: The change puts a block where it cannot stand, such as a heading among links.
    """
    if not any(block.id == block_id for block in walk(blocks)):
        return blocks
    made: list[AnyBlock] = []
    for block in blocks:
        if block.id == block_id:
            made.extend(change(block))
        else:
            made.append(_mapped_inside(block, block_id, change))
    return tuple(made)


def in_slot(block: AnyBlock, name: str, change: Callable[[Blocks], Blocks]) -> AnyBlock:
    """Return a block with a change applied to one of its sequences of inner blocks.

    Raises:
        EditError: The block has no such place, or what the change makes cannot stand there.
    """
    room = next((room for room in rooms(block) if room.path == name and not room.is_single), None)
    if room is None:
        raise EditError("edit.no_slot", kind=block.kind, slot=name)
    return _with_room(block, room, change(room.blocks))


def _mapped_inside(block: AnyBlock, block_id: str, change: Change) -> AnyBlock:
    """Return a block whose inner blocks are mapped; the same object if the id is not inside."""
    for room in rooms(block):
        inner = mapped_tree(room.blocks, block_id, change)
        if inner is not room.blocks:
            return _with_room(block, room, inner)
    return block


def _with_room(block: AnyBlock, room: Room, blocks: Blocks) -> AnyBlock:
    """Return a block with other blocks in one of its rooms; a single room may be left empty."""
    if not room.kinds.issuperset(inner.kind for inner in blocks):
        raise EditError(_REFUSALS.get(room.kinds, "edit.no_slot"), kind=block.kind, slot=room.path)
    if room.is_single and len(blocks) > 1:
        raise EditError("edit.no_slot", kind=block.kind, slot=room.path)
    held = next(iter(blocks), None) if room.is_single else blocks
    return with_inside(block, room.path.split("."), held)
