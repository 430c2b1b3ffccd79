"""Where a block goes: its place, the words for it, whether it may stand there, and the edit that puts it there.

What this leaves out: pointers and keys, and which block lies where on a screen.
"""

import re
from typing import NamedTuple

import resources
from app.document.changing import Change, tried
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.words.elements import block_title, block_word, page_of, title_of, title_of_part
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, Form
from flow_models.document.edits.blocks import insert_block, move_block, owner_of_slot, slot_of, slots
from flow_models.document.edits.parts import field_names, part_of
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Blocks, Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms, walk

OPEN = ("blocks", "items", "links")
"""Rooms into which blocks come by naming their holder; a list has several, so it has none."""


class Spot(NamedTuple):
    """Where a block is to stand: in which slot, and before which of the blocks that stand there now."""

    slot: Slot
    place: int


class New(NamedTuple):
    """A block that is still to be made."""

    kind: str


Carried = New | Element
"""What is on its way: a kind of block from the palette, or something that stands in the flow."""


def blocks_in(flow: Flow, slot: Slot) -> Blocks:
    """Return the blocks of a slot."""
    return next((blocks for other, blocks in slots(owner_of_slot(flow, slot)) if other == slot), ())


def is_place(slot: Slot) -> bool:
    """Say whether a sequence is one of several places beside each other in a holder, as columns and tabs have."""
    return re.fullmatch(r"columns\.\d+|tabs\.\d+\.blocks", slot.name) is not None


def spot_beside(flow: Flow, block_id: str, after: int) -> Spot:
    """Return the place before a block (0) or behind it (1); of a part of a list's row, beside the list."""
    slot, index = slot_of(flow, block_id)
    holder = held_by(flow, slot)
    room = None if holder is None else next(room for room in rooms(holder) if room.path == slot.name)
    if holder is not None and room is not None and room.is_single:
        return spot_beside(flow, holder.id, after)
    return Spot(slot, index + after)


def spot_inside(flow: Flow, block_id: str) -> Spot | None:
    """Return the place at the end of what a block holds; `None` if it is no holder, or has several places."""
    block = flow.owners_by_block[block_id].blocks_by_id[block_id]
    room = next((room for room in rooms(block) if room.path in OPEN), None)
    return None if room is None else Spot(Slot("block", block_id, room.path), len(room.blocks))


def end_of(flow: Flow, owner: Page | Section) -> Spot:
    """Return the place at the end of a page, or of a section's header."""
    slot = Slot("page", owner.id) if isinstance(owner, Page) else Slot("section", owner.id, "header")
    return Spot(slot, len(blocks_in(flow, slot)))


def spot_for(flow: Flow, element: Element | None) -> Spot | None:
    """Return where a new block goes while an element is selected; `None` if that says no place.

    Into a form, group or menu that is selected, behind another block, else to the end of the page.
    """
    if element is None or part_of(flow, element) is None:
        return None
    if element.kind == "block":
        return spot_inside(flow, element.id) or spot_beside(flow, element.id, 1)
    if element.kind == "section":
        return end_of(flow, flow.sections_by_id[element.id])
    page = page_of(flow, element)
    return None if page is None else end_of(flow, flow.pages_by_id[page])


def stepped(flow: Flow, block_id: str, by: int) -> Spot | None:
    """Return the place one step up (-1) or down (1): past a neighbour, or out of the holder; `None` at the end."""
    slot, index = slot_of(flow, block_id)
    if 0 <= index + by < len(blocks_in(flow, slot)):
        return Spot(slot, index - 1 if by < 0 else index + 2)
    return spot_beside(flow, slot.id, int(by > 0)) if slot.kind == "block" else None


def inward(flow: Flow, block_id: str) -> Spot | None:
    """Return the place inside the block above, at its end; `None` if that is no holder, or there is none."""
    slot, index = slot_of(flow, block_id)
    return spot_inside(flow, blocks_in(flow, slot)[index - 1].id) if index else None


def outward(flow: Flow, block_id: str) -> Spot | None:
    """Return the place behind what holds a block; `None` if only the page does."""
    slot, _ = slot_of(flow, block_id)
    return spot_beside(flow, slot.id, 1) if slot.kind == "block" else None


def held_by(flow: Flow, slot: Slot) -> AnyBlock | None:
    """Return the block inside which a slot is; `None` for one of a page or section."""
    return flow.owners_by_block[slot.id].blocks_by_id[slot.id] if slot.kind == "block" else None


def where_words(flow: Flow, spot: Spot, moved: str = "") -> str:
    """Return in words where a place is: beside a neighbour, or inside what holds it.

    Args:
        flow: The flow.
        spot: The place.
        moved: The block that comes there, which is no neighbour of its own.
    """
    stands = blocks_in(flow, spot.slot)
    before = next((block for block in reversed(stands[: spot.place]) if block.id != moved), None)
    behind = next((block for block in stands[spot.place :] if block.id != moved), None)
    if before is not None:
        return resources.text("shell.placing.behind", what=block_title(before))
    if behind is not None:
        return resources.text("shell.placing.before", what=block_title(behind))
    holder = held_by(flow, spot.slot) or owner_of_slot(flow, spot.slot)
    return resources.text("shell.placing.into", what=title_of_part(flow, holder))


def refusal(flow: Flow, spot: Spot, carried: Carried) -> str:
    """Return in words why something may not stand at a place; empty if it may."""
    block = _made(flow, spot, carried)
    if block is None:
        return ""
    if any(isinstance(inner, Form) for inner in walk((block,))) and _is_in_form(flow, spot.slot):
        return resources.text("shell.placing.form_in_form")
    return tried(_change(spot, carried, block), flow).refused


def add(session: DocumentSession, selection: Selection, kind: str, spot: Spot) -> str:
    """Add a block of a kind at a place and select it; return why not in words, empty if it was added.

    What may not stand inside the holder that is named, such as a form in a form, goes behind that holder.
    """
    flow = session.flow
    holder = held_by(flow, spot.slot)
    while refusal(flow, spot, New(kind)) and holder is not None:
        spot = spot_beside(flow, holder.id, 1)
        holder = held_by(flow, spot.slot)
    return put(session, selection, New(kind), spot)


def add_selected(session: DocumentSession, selection: Selection, kind: str) -> str:
    """Add a block of a kind where the selection says; return why not in words, empty if it was added."""
    spot = spot_for(session.flow, selection.current)
    return resources.text("shell.palette.no_place") if spot is None else add(session, selection, kind, spot)


def put(session: DocumentSession, selection: Selection, carried: Carried, spot: Spot) -> str:
    """Put a block exactly at a place, as one step, and select it; return why not in words, empty if it was done."""
    flow = session.flow
    block = _made(flow, spot, carried)
    if block is None or _stands(flow, spot, carried):
        return ""
    moved = carried.id if isinstance(carried, Element) else ""
    what = title_of(flow, carried) if isinstance(carried, Element) else block_word(carried.kind)
    key = "shell.placing.move" if moved else "shell.placing.add"
    label = resources.text(key, what=what, where=where_words(flow, spot, moved))
    refused = refusal(flow, spot, carried) or session.attempt(_change(spot, carried, block), label)
    if refused:
        return refused
    if moved:
        selection.select(Element("block", block.id))
    else:
        # What a new block says is the first thing that one has to say about it.
        said = next((field for field in ("title", "text") if hasattr(block, field)), "")
        selection.reveal(Element("block", block.id, said))
    return ""


def _is_in_form(flow: Flow, slot: Slot) -> bool:
    """Say whether a slot is inside a form, at any depth: browsers know no form in a form."""
    holder = held_by(flow, slot)
    return isinstance(holder, Form) or (holder is not None and _is_in_form(flow, slot_of(flow, holder.id)[0]))


def _made(flow: Flow, spot: Spot, carried: Carried) -> AnyBlock | None:
    """Return the block that comes to a place; `None` if it is gone."""
    if isinstance(carried, New):
        owner = owner_of_slot(flow, spot.slot)
        return new_block(flow, carried.kind, field_names(flow, owner), owner=owner)
    owned = flow.owners_by_block.get(carried.id)
    return None if owned is None else owned.blocks_by_id[carried.id]


def _change(spot: Spot, carried: Carried, block: AnyBlock) -> Change:
    """Return the edit that puts a block at a place."""
    if isinstance(carried, New):
        return lambda flow: insert_block(flow, spot.slot, spot.place, block)
    return lambda flow: move_block(flow, block.id, spot.slot, _without(flow, spot, block.id))


def _without(flow: Flow, spot: Spot, block_id: str) -> int:
    """Return the index of a place, counted without the block that comes there."""
    slot, index = slot_of(flow, block_id)
    return spot.place - 1 if slot == spot.slot and index < spot.place else spot.place


def _stands(flow: Flow, spot: Spot, carried: Carried) -> bool:
    """Say whether a block stands at a place already."""
    return isinstance(carried, Element) and slot_of(flow, carried.id) == (spot.slot, _without(flow, spot, carried.id))
