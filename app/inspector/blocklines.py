"""The blocks of a page or section as lines below lines: what each says, where it stands, and what may stand in it."""

from collections.abc import Iterable
from typing import NamedTuple

import resources
from app.blocks.placing import OPEN, Spot, is_place
from app.words.elements import block_title
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, Tabs
from flow_models.document.edits.blocks import slots
from flow_models.document.edits.tree import Blocks, Slot


class Line(NamedTuple):
    """One line of the tree.

    Attributes:
        title: Its words.
        block: Its block; `None` where it only gathers what stands in one slot.
        stand: Where its block stands.
        slot: Where blocks go that are dropped onto it; `None` where none can.
        inner: The lines below it.
    """

    title: str
    block: AnyBlock | None = None
    stand: Spot | None = None
    slot: Slot | None = None
    inner: tuple["Line", ...] = ()


def lines_of(owner: Page | Section) -> tuple[Line, ...]:
    """Return the lines of a page's blocks, or of a section's header and footer."""
    return _Lines(owner).outermost()


class _Lines:
    """Makes the lines of one page or section."""

    def __init__(self, owner: Page | Section) -> None:
        self._owner = owner
        self._inside: dict[str, list[tuple[Slot, Blocks]]] = {}
        for slot, blocks in slots(owner):
            self._inside.setdefault(slot.id, []).append((slot, blocks))

    def outermost(self) -> tuple[Line, ...]:
        outer = self._inside[self._owner.id]
        if isinstance(self._owner, Page):
            return self._in_slot(*outer[0])
        return tuple(
            Line(resources.text(f"inspector.slot.{slot.name}"), slot=slot, inner=self._in_slot(slot, blocks))
            for slot, blocks in outer
        )

    def _in_slot(self, slot: Slot, blocks: Blocks) -> tuple[Line, ...]:
        return tuple(self._line(block, Spot(slot, index)) for index, block in enumerate(blocks))

    def _line(self, block: AnyBlock, stand: Spot) -> Line:
        inside = self._inside.get(block.id, [])
        if any(is_place(slot) for slot, _ in inside):
            gathered = (
                Line(_place_words(block, number), slot=slot, inner=self._in_slot(slot, blocks))
                for number, (slot, blocks) in enumerate(inside)
            )
            return Line(block_title(block), block, stand, None, tuple(gathered))
        own = next((slot for slot, _ in inside if slot.name in OPEN), None)
        return Line(block_title(block), block, stand, own, self._in_all(inside))

    def _in_all(self, inside: Iterable[tuple[Slot, Blocks]]) -> tuple[Line, ...]:
        """Return the lines of several slots without a line for each: a list's links, then what stands in its rows."""
        ordered = sorted(inside, key=lambda place: place[0].name == "row_controls")
        return tuple(line for slot, blocks in ordered for line in self._in_slot(slot, blocks))


def _place_words(block: AnyBlock, number: int) -> str:
    if isinstance(block, Tabs):
        return block.tabs[number].title or resources.text("inspector.card.tab", number=number + 1)
    return resources.text("inspector.card.column", number=number + 1)
