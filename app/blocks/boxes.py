"""Where a block would land among blocks that are drawn as boxes, as on a card of the canvas or on the page itself.

What this leaves out: how the boxes are found, and what is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.blocks.placing import Spot, blocks_in, end_of, is_place, spot_beside, spot_inside
from flow_models.document.behaviour import Page, Section
from flow_models.document.edits.blocks import slots
from flow_models.document.edits.tree import Slot
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms
from flow_models.geometry.shapes import Point, Rect, united

_RIM = 5.0
"""How far inside the upper and lower edge of a holder one is still beside it."""


class Found(NamedTuple):
    """A place, and the line that shows it: flat, upright where blocks stand side by side, or around an empty holder."""

    spot: Spot
    line: Rect


def place_among(flow: Flow, owner: Page | Section, drawn: Mapping[str, Rect], point: Point, room: Rect) -> Found:
    """Return where a block lands that is let go at a point.

    Args:
        flow: The flow.
        owner: The page, or the section whose header or footer it is.
        drawn: The boxes of its blocks; what holds others needs none of its own.
        point: The point.
        room: Where blocks would be drawn if there were none.
    """
    boxes = _with_holders(owner, drawn)
    slot = _slot_at(flow, owner, boxes, point)
    stands = [block.id for block in blocks_in(flow, slot) if block.id in boxes]
    if slot.kind == "block" and not stands:
        return Found(Spot(slot, len(blocks_in(flow, slot))), boxes[slot.id])
    if not stands:
        return Found(Spot(slot, 0), Rect(room.x, room.y, room.width, 1.0))
    return _beside(flow, stands, boxes, point)


def _with_holders(owner: Page | Section, drawn: Mapping[str, Rect]) -> dict[str, Rect]:
    """Return the boxes with those of holders, which reach around all that they hold."""
    boxes = dict(drawn)
    # The innermost come last, so that from behind each holder finds what it holds.
    for block in reversed(owner.blocks_by_id.values()):
        inner = [boxes[held.id] for room in rooms(block) for held in room.blocks if held.id in boxes]
        own = [boxes[block.id]] if block.id in boxes else []
        if inner or own:
            boxes[block.id] = united([*own, *inner])
    return boxes


def _slot_at(flow: Flow, owner: Page | Section, boxes: Mapping[str, Rect], point: Point) -> Slot:
    """Return the innermost sequence of blocks around a point."""
    around = end_of(flow, owner).slot
    if isinstance(owner, Section):
        around = _nearest_slot([slot for slot, _ in slots(owner)[:2]], flow, boxes, point)
    while True:
        inside = [block.id for block in blocks_in(flow, around) if block.id in boxes and boxes[block.id].holds(point)]
        inner = _inner_slot(flow, inside[0], boxes, point) if inside else None
        if inner is None:
            return around
        around = inner


def _inner_slot(flow: Flow, block_id: str, boxes: Mapping[str, Rect], point: Point) -> Slot | None:
    """Return the sequence of a holder that is meant at a point; `None` at its rim, and for what is no holder."""
    box = boxes[block_id]
    if not box.y + _RIM < point.y < box.bottom - _RIM and box.height > 4 * _RIM:
        return None
    open_spot = spot_inside(flow, block_id)
    if open_spot is not None:
        return open_spot.slot
    places = [slot for slot, _ in slots(flow.owners_by_block[block_id]) if slot.id == block_id and is_place(slot)]
    return _nearest_slot(places, flow, boxes, point) if places else None


def _nearest_slot(found: Iterable[Slot], flow: Flow, boxes: Mapping[str, Rect], point: Point) -> Slot:
    """Return the sequence of which a block is drawn nearest to a point."""

    def distance(slot: Slot) -> float:
        stands = [boxes[block.id] for block in blocks_in(flow, slot) if block.id in boxes]
        return min((_distance(box, point) for box in stands), default=float("inf"))

    return min(found, key=distance)


def _beside(flow: Flow, stands: Sequence[str], boxes: Mapping[str, Rect], point: Point) -> Found:
    """Return the place before or behind the nearest of some blocks that stand in a sequence."""
    nearest = min(stands, key=lambda block_id: _distance(boxes[block_id], point))
    box = boxes[nearest]
    is_in_line = any(
        other != nearest and abs(boxes[other].center.y - box.center.y) < box.height / 2 for other in stands
    )
    if is_in_line:
        after = int(point.x > box.center.x)
        line = Rect(box.right + 1 if after else box.x - 2, box.y, 1.0, box.height)
    else:
        after = int(point.y > box.center.y)
        line = Rect(box.x, box.bottom + 2 if after else box.y - 3, box.width, 1.0)
    return Found(spot_beside(flow, nearest, after), line)


def _distance(box: Rect, point: Point) -> float:
    """Return how far a point is from a box; 0 inside."""
    dx = max(box.x - point.x, 0.0, point.x - box.right)
    dy = max(box.y - point.y, 0.0, point.y - box.bottom)
    return float((dx * dx + dy * dy) ** 0.5)
