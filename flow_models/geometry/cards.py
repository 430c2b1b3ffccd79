"""Cards: a page's title bar, its picture, and a port for each button and link.

A `Face` is what a card shows, independent of where it lies, so moving a page keeps its face.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flow_models.document.base import PageId
from flow_models.document.behaviour import ChangeTrigger, Page, UseTrigger
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from flow_models.geometry.marks import plain
from flow_models.geometry.measure import shortened
from flow_models.geometry.picture import Picture, picture_of
from flow_models.geometry.shapes import Point, Rect

CARD_WIDTH = 220.0
TITLE_HEIGHT = 32.0
PADDING = 12.0
PICTURE_LIMIT = 156.0
PICTURE_LEAST = 30.0


@dataclass(frozen=True, slots=True)
class Port:
    """Where arrows leave a card.

    Attributes:
        block: The button, link or field whose row it is; empty for the page itself (entered, opened, waited).
        y: Relative to the card's top.
        connected: Whether a transition starts here; else the port only offers to be dragged from.
        is_control: Whether it is a button's or link's, from which an arrow can be dragged.
    """

    block: str
    y: float
    connected: bool
    is_control: bool


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """What a card shows.

    Attributes:
        title: The page's title, shortened to the card.
        kind: A page, or a dialog over one.
        is_start: Whether a visit begins here.
        colour: The colour of the page's section; empty without one.
        has_way_out: Whether anything leads from here to another page or closes the dialog.
        picture: The marks of its blocks.
        ports: By rows, top to bottom; the page's own first.
        height: The card's.
    """

    title: str
    kind: Literal["page", "dialog"]
    is_start: bool
    colour: str
    has_way_out: bool
    picture: Picture
    ports: tuple[Port, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Card:
    """A page's card at its place."""

    page: PageId
    rect: Rect
    face: Face

    def port_of(self, block: str) -> Point:
        """Return where arrows from a block leave on the right side; the page's own port for unknown ones."""
        row = self.face.picture.rows.get(block, TITLE_HEIGHT / 2)
        return Point(self.rect.right, self.rect.y + row)


FaceInputs = tuple[str, str, tuple[AnyBlock, ...], bool, str, bool, frozenset[str]]
"""Everything a face is made from; equal inputs mean the same face."""


def face_inputs(flow: Flow, page: Page, used: Mapping[str, frozenset[str]], leaving: frozenset[str]) -> FaceInputs:
    """Return what the face of a page is made from.

    Args:
        flow: The flow.
        page: One of its pages.
        used: The blocks with transitions, by page id; an empty text stands for triggers without a block.
        leaving: The ids of pages with a way out.
    """
    section = flow.section_of.get(page.id)
    return (
        plain(page.title),
        page.kind,
        page.blocks,
        flow.site.start == page.id,
        section.colour if section else "",
        page.id in leaving,
        used.get(page.id, frozenset()),
    )


def face_of(inputs: FaceInputs) -> Face:
    """Return the face of a card."""
    title, kind, blocks, is_start, colour, has_way_out, used = inputs
    picture = picture_of(blocks, PADDING, TITLE_HEIGHT + 10, CARD_WIDTH - 2 * PADDING, PICTURE_LIMIT)
    own = Port("", TITLE_HEIGHT / 2, "" in used, is_control=False)
    rows = sorted(picture.rows.items(), key=lambda row: row[1])
    controls = picture.controls
    ports = (own, *(Port(block, y, block in used, block in controls) for block, y in rows if block in used | controls))
    room = CARD_WIDTH - 2 * PADDING - (16 if is_start else 0) - (16 if kind == "dialog" else 0)
    return Face(
        title=shortened(plain(title), room, 12, bold=True),
        kind="dialog" if kind == "dialog" else "page",
        is_start=is_start,
        colour=colour,
        has_way_out=has_way_out,
        picture=picture,
        ports=ports,
        height=round(TITLE_HEIGHT + 10 + max(PICTURE_LEAST, picture.height) + PADDING),
    )


def blocks_in_use(flow: Flow) -> dict[str, frozenset[str]]:
    """Return, by page or section id, the blocks whose use or change starts a transition ("" for other triggers)."""
    found: dict[str, set[str]] = {}
    for transition in flow.transitions:
        block = transition.on.block if isinstance(transition.on, UseTrigger | ChangeTrigger) else ""
        found.setdefault(transition.source, set()).add(block)
    return {source: frozenset(blocks) for source, blocks in found.items()}


def pages_with_way_out(flow: Flow) -> frozenset[str]:
    """Return the ids of the pages from which something leads elsewhere, by the page's transitions or its section's."""
    targets: dict[str, set[str]] = {}
    for transition in flow.transitions:
        if transition.to != "stay":
            targets.setdefault(transition.source, set()).add(transition.to)
    leaving: set[str] = set()
    for page in flow.pages:
        section = flow.section_of.get(page.id)
        ways = targets.get(page.id, set()) | (targets.get(section.id, set()) if section else set())
        if ways - {page.id}:
            leaving.add(page.id)
    return frozenset(leaving)
