"""Frames of sections: a coloured area around their pages, with a title bar and what works "from any page here".

The section's own transitions are chips in the title bar rather than arrows from everywhere: a header of seven links
would otherwise cover the canvas. The canvas shows their arrows while the section or the chip is selected.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flow_models.document.base import SectionId
from flow_models.geometry.measure import shortened, text_width
from flow_models.geometry.shapes import Point, Rect, united

FRAME_PADDING = 26.0
TITLE_ROW = 26.0
CHIP_SIZE = 10.0
_CHIP_ROW = 22.0
_CHIP_HEIGHT = 17.0
_CHIP_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Chip:
    """One transition of a section in its title bar."""

    transition: str
    text: str
    rect: Rect

    @property
    def start(self) -> Point:
        """Where the arrow of the chip leaves."""
        return Point(self.rect.center.x, self.rect.bottom)


@dataclass(frozen=True, slots=True)
class Frame:
    """A section's frame.

    Attributes:
        section: The section's id.
        title: Its title, shortened to the frame.
        colour: Its colour.
        rect: All of it.
        bar: The part above the cards, by which it is dragged.
        chips: The section's transitions.
    """

    section: SectionId
    title: str
    colour: str
    rect: Rect
    bar: Rect
    chips: tuple[Chip, ...]

    @property
    def words(self) -> tuple[Rect, ...]:
        """Where the title and the chips stand, on which nothing else may."""
        title = Rect(self.bar.x + 12.0, self.bar.y + 5.0, text_width(self.title, 13, bold=True) + 4.0, 22.0)
        return (title, *(chip.rect.inflated(2.0) for chip in self.chips))


def frame_of(
    section: SectionId, title: str, colour: str, cards: Sequence[Rect], chips: Sequence[tuple[str, str]]
) -> Frame | None:
    """Return the frame around some cards; `None` without cards.

    Args:
        section: The section's id.
        title: Its title.
        colour: Its colour.
        cards: The rectangles of its pages' cards.
        chips: (transition id, words) of its transitions, in order.
    """
    if not cards:
        return None
    inner = united(cards)
    x, width = inner.x - FRAME_PADDING, inner.width + 2 * FRAME_PADDING
    placed, rows = _flow_chips(chips, width - 24.0)
    bar_height = TITLE_ROW + 10.0 + rows * _CHIP_ROW
    y = inner.y - FRAME_PADDING + 8.0 - bar_height
    moved = tuple(Chip(chip.transition, chip.text, chip.rect.moved(x + 12.0, y + TITLE_ROW + 6.0)) for chip in placed)
    return Frame(
        section=section,
        title=shortened(title, width - 28.0, 13, bold=True),
        colour=colour,
        rect=Rect(x, y, width, inner.bottom + FRAME_PADDING - y),
        bar=Rect(x, y, width, bar_height),
        chips=moved,
    )


def _flow_chips(chips: Sequence[tuple[str, str]], width: float) -> tuple[list[Chip], int]:
    """Return chips laid into rows from the origin, and the number of rows."""
    placed: list[Chip] = []
    x, row = 0.0, 0
    for transition, words in chips:
        text = shortened(words, min(width, 190.0) - 14.0, CHIP_SIZE)
        wide = text_width(text, CHIP_SIZE) + 14.0
        if x > 0 and x + wide > width:
            x, row = 0.0, row + 1
        placed.append(Chip(transition, text, Rect(x, row * _CHIP_ROW, wide, _CHIP_HEIGHT)))
        x += wide + _CHIP_GAP
    return placed, row + 1 if placed else 0
