"""Edits of blocks: adding, removing with their transitions, replacing, and moving them into any slot of any page."""

from collections.abc import Collection

from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, is_field
from flow_models.document.edits.ids import name_from
from flow_models.document.edits.parts import field_names, map_owner_blocks, owner_of_block, swapped, with_owner
from flow_models.document.edits.removal import freed, removed
from flow_models.document.edits.renames import rename_field
from flow_models.document.edits.tree import Blocks, Slot, in_slot, mapped_tree
from flow_models.document.elements import Element
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms, walk


def insert_block(flow: Flow, where: Slot, index: int | None, block: AnyBlock) -> Flow:
    """Return the flow with a block more, in a slot at an index (at the end if `None`).

    Fields inside it whose name is taken on the page get a free one.

    Raises:
        UnknownElementError: The flow has no such page, section or block.
        EditError: The block cannot stand in this slot, or one of its ids is taken.
    """
    owner = owner_of_slot(flow, where)
    for inner in walk((block,)):
        if inner.id in flow.owners_by_block:
            raise EditError("edit.id_taken", kind="block", id=inner.id)
    apart, _ = set_apart(flow, block, (), field_names(flow, owner))
    return _inserted(flow, where, index, apart)


def remove_blocks(flow: Flow, block_ids: Collection[str]) -> Flow:
    """Return the flow without some blocks, what is inside them, and the transitions that they trigger.

    What turned the pages of a list that is gone turns none. Ids that the flow does not have are passed over.
    """
    owned = ((block_id, flow.owners_by_block.get(block_id)) for block_id in block_ids)
    return removed(flow, [owner.blocks_by_id[block_id] for block_id, owner in owned if owner is not None])


def replace_block(flow: Flow, block: AnyBlock) -> Flow:
    """Return the flow with the block of this id replaced; what refers to inner blocks that it no longer has is freed.

    Raises:
        UnknownElementError: The flow has no block of this id.
    """
    old = owner_of_block(flow, block.id).blocks_by_id[block.id]
    kept = {inner.id for inner in walk((block,))}
    gone = {inner.id for inner in walk((old,))} - kept
    return freed(_changed(flow, block.id, (block,)), (("block", inner) for inner in gone))


def move_block(flow: Flow, block_id: str, where: Slot, index: int | None) -> Flow:
    """Return the flow with a block in another slot or at another index of its own, counted without it.

    On another page its transitions come along, and fields whose name is taken there get a free one.

    Raises:
        UnknownElementError: The flow has no such block, page or section.
        EditError: The block cannot stand there, or the place is inside itself.
    """
    old_owner = owner_of_block(flow, block_id)
    block = old_owner.blocks_by_id[block_id]
    inside = {inner.id for inner in walk((block,))}
    if where.kind == "block" and where.id in inside:
        raise EditError("edit.into_itself")
    new_owner_id = owner_of_slot(flow, where).id
    flow = _changed(flow, block_id, ())
    if new_owner_id != old_owner.id:
        arrows = tuple(
            arrow.rebuilt(source=new_owner_id)
            for arrow in flow.transitions
            if arrow.source == old_owner.id and block_of_trigger(arrow.on) in inside
        )
        block, arrows = set_apart(flow, block, arrows, field_names(flow, owner_of_slot(flow, where)))
        moved = {arrow.id: arrow for arrow in arrows}
        flow = flow.rebuilt(transitions=tuple(moved.get(arrow.id, arrow) for arrow in flow.transitions))
    return _inserted(flow, where, index, block)


def slot_of(flow: Flow, block_id: str) -> tuple[Slot, int]:
    """Return the slot in which a block stands and its index there; a list column's link has slot `columns.N.link`.

    Raises:
        UnknownElementError: The flow has no such block.
    """
    owner = owner_of_block(flow, block_id)
    for slot, blocks in slots(owner):
        for index, block in enumerate(blocks):
            if block.id == block_id:
                return slot, index
    raise UnknownElementError("block", block_id)


def slots(owner: Page | Section) -> list[tuple[Slot, Blocks]]:
    """Return every slot of a page or section with the blocks in it, outer ones first."""
    found: list[tuple[Slot, Blocks]] = []
    if isinstance(owner, Page):
        found.append((Slot("page", owner.id), owner.blocks))
    else:
        found += [
            (Slot("section", owner.id, "header"), owner.header),
            (Slot("section", owner.id, "footer"), owner.footer),
        ]
    for block in owner.blocks_by_id.values():
        found += [(Slot("block", block.id, room.path), room.blocks) for room in rooms(block)]
    return found


def owner_of_slot(flow: Flow, where: Slot) -> Page | Section:
    """Return the page or section that a slot is on.

    Raises:
        UnknownElementError: The flow has no such page, section or block.
    """
    if where.kind == "block":
        return owner_of_block(flow, where.id)
    owner = flow.pages_by_id.get(where.id) if where.kind == "page" else flow.sections_by_id.get(where.id)
    if owner is None:
        raise UnknownElementError(where.kind, where.id)
    return owner


def set_apart(
    flow: Flow, block: AnyBlock, arrows: tuple[Transition, ...], taken: frozenset[str]
) -> tuple[AnyBlock, tuple[Transition, ...]]:
    """Return a block whose fields, at any depth, have names that are not taken, and its transitions.

    Formulas inside the block and in the transitions follow the new names.
    """
    fields = [field for field in walk((block,)) if is_field(field)]
    names = [field.name for field in fields]
    if taken.isdisjoint(names) and len(set(names)) == len(names):
        return block, arrows
    page = Page(id="apart", blocks=(block,))
    moved = tuple(arrow.rebuilt(source=page.id) for arrow in arrows)
    alone = flow.rebuilt(pages=(page,), sections=(), transitions=moved, tasks=())
    used = set(taken)
    for field in fields:
        name = name_from(field.name, used | set(names)) if field.name in used else field.name
        alone = rename_field(alone, field.id, name)
        used.add(name)
    kept = tuple(new.rebuilt(source=old.source) for new, old in zip(alone.transitions, arrows, strict=True))
    return alone.pages[0].blocks[0], kept


def block_of_trigger(trigger: object) -> str | None:
    """Return the block that a trigger listens to, if it listens to one."""
    return trigger.block if isinstance(trigger, UseTrigger | ChangeTrigger) else None


def element_of(block: AnyBlock, field: str = "") -> Element:
    """Return the element that stands for a block."""
    return Element("block", block.id, field)


def _inserted(flow: Flow, where: Slot, index: int | None, block: AnyBlock) -> Flow:
    """Return the flow with a block put into a slot."""

    def put(blocks: Blocks) -> Blocks:
        position = len(blocks) if index is None else max(0, min(index, len(blocks)))
        return (*blocks[:position], block, *blocks[position:])

    if where.kind == "block":
        owner = owner_of_block(flow, where.id)

        def change(blocks: Blocks) -> Blocks:
            return mapped_tree(blocks, where.id, lambda holder: (in_slot(holder, where.name, put),))

        return with_owner(flow, map_owner_blocks(owner, change))
    owner = owner_of_slot(flow, where)
    if isinstance(owner, Page) and where.name == "blocks":
        return flow.rebuilt(pages=swapped(flow.pages, owner.rebuilt(blocks=put(owner.blocks))))
    if isinstance(owner, Section) and where.name in ("header", "footer"):
        changed = owner.rebuilt(**{where.name: put(getattr(owner, where.name))})
        return flow.rebuilt(sections=swapped(flow.sections, changed))
    raise EditError("edit.no_slot", kind=where.kind, slot=where.name)


def _changed(flow: Flow, block_id: str, blocks: Blocks) -> Flow:
    """Return the flow in which other blocks stand where one stood."""
    owner = owner_of_block(flow, block_id)
    return with_owner(flow, map_owner_blocks(owner, lambda tree: mapped_tree(tree, block_id, lambda _: blocks)))
