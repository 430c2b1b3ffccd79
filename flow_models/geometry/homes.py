"""Where pages lie and to which section they belong: a frame holds its own pages only, and no card lies on another.

An edit that puts pages somewhere says where it wants them (`Placed`); `settled` then moves them as little as needed for
that to hold. Where a section is closed in on all sides, what lies right of it makes room. What lay wrongly before, as
in an old file, is left alone.
"""

import heapq
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flow_models.document.base import SectionId
from flow_models.document.edits.pages import get_page, move_pages
from flow_models.document.edits.sections import put_pages
from flow_models.document.flow import Flow
from flow_models.geometry.cards import CARD_WIDTH, face_inputs, face_of
from flow_models.geometry.frames import frame_of
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.placing import Places
from flow_models.geometry.shapes import GRID, Rect, united

GAP = 30.0
"""Between cards and frames that are put beside each other by themselves."""
_REACH = 260.0
"""How far from the rest of its section, in scene units, a page may be put down and still belong to it."""
_SHARE = 0.3
"""How much of a card must lie in a frame for the page to belong to the section."""
_TRIES = {True: 1500, False: 6000}
"""How many places are tried for pages of a section, which can make room, and for pages of none."""
_STEPS = tuple(40.0 * step for step in range(-50, 51))

Homes = Mapping[str, str | None]
"""The section of each page that is put somewhere, `None` for none."""


class Placed(NamedTuple):
    """Pages that are put somewhere: where their cards are wanted, and to which section each is to belong."""

    cards: Mapping[str, Rect]
    homes: Homes

    def moved(self, dx: float, dy: float) -> "Placed":
        """Return the same pages elsewhere."""
        return self._replace(cards={page: rect.moved(dx, dy) for page, rect in self.cards.items()})

    def of(self, home: str | None) -> "Placed":
        """Return only the pages of one section."""
        own = {page: rect for page, rect in self.cards.items() if self.homes[page] == home}
        return Placed(own, dict.fromkeys(own, home))


@dataclass(frozen=True, slots=True)
class Standing:
    """What stays where it is while some pages are put somewhere.

    Attributes:
        cards: The cards by page id, and an index of them.
        homes: The section of each of these pages.
        inner: The area of those of each section's pages that stand.
        frames: The frame around it.
        chips: The chips of each section, from which the height of its title bar follows.
    """

    cards: Mapping[str, Rect]
    index: Places
    homes: Homes
    inner: Mapping[str, Rect]
    frames: Mapping[str, Rect]
    chips: Mapping[str, Sequence[tuple[str, str]]]

    def frame_with(self, section: str, cards: Sequence[Rect]) -> Rect:
        """Return the frame that a section has with some cards more."""
        own = [self.inner[section]] if section in self.inner else []
        return _frame(section, [*own, *cards], self.chips)

    def conflicts(self, section: str, frame: Rect) -> set[str]:
        """Return the pages and sections that a frame of a section would lie on."""
        on = {other for other, rect in self.frames.items() if other != section and rect.touches(frame)}
        if all(not rect.touches(frame) for rect in self.index.near(frame)):
            return on
        return on | {page for page, rect in self.cards.items() if rect.touches(frame) and self.homes[page] != section}


def standing(flow: Flow, layout: Layout, held: Collection[str]) -> Standing:
    """Return what stays where it is while some pages are put somewhere.

    Args:
        flow: The flow, whose pages belong to their sections as before.
        layout: Its layout.
        held: The pages that are put somewhere.
    """
    cards = {page: card.rect for page, card in layout.cards.items() if page not in held}
    homes = {page: _home(flow, page) for page in cards}
    chips = {key: [(chip.transition, chip.text) for chip in frame.chips] for key, frame in layout.frames.items()}
    inner: dict[str, Rect] = {}
    for page, home in homes.items():
        if home is not None:
            inner[home] = united((inner[home], cards[page])) if home in inner else cards[page]
    frames = {key: _frame(key, [rect], chips) for key, rect in inner.items()}
    return Standing(cards, Places(cards.items()), homes, inner, frames, chips)


def card_of(flow: Flow, page_id: str) -> Rect:
    """Return the card of a page that no layout shows yet."""
    page = flow.pages_by_id[page_id]
    return Rect(page.x, page.y, CARD_WIDTH, face_of(face_inputs(flow, page, {}, frozenset())).height)


def homes_of(flow: Flow, pages: Collection[str]) -> Homes:
    """Return the section of each page as the flow has it."""
    return {page: _home(flow, page) for page in pages}


def housed(placed: Placed, ground: Standing) -> Placed:
    """Return pages with the sections to which they belong where they are put down.

    In a frame they join its section. In the open they stay with the rest of their own, unless that is far away or the
    frame would have to reach over something else.
    """
    homes: dict[str, str | None] = {}
    for page, card in placed.cards.items():
        homes[page] = _frame_at(card, ground, placed.homes[page])
    open_ones = [page for page, home in homes.items() if home is None and placed.homes[page] is not None]
    for section in dict.fromkeys(placed.homes[page] for page in open_ones):
        own = [page for page in open_ones if placed.homes[page] == section]
        if section is not None and _stays(section, [placed.cards[page] for page in own], ground):
            homes.update(dict.fromkeys(own, section))
    return placed._replace(homes=homes)


def settled(flow: Flow, placed: Placed, ground: Standing) -> Flow:
    """Return a flow with pages put where they are wanted, or as near to that as there is room."""
    shift = _free_shift(placed, ground)
    if shift is not None:
        return put(flow, placed.moved(*shift))
    homes = list(dict.fromkeys(placed.homes.values()))
    if len(homes) == 1:
        return _with_room(flow, placed, ground)
    waiting = set(placed.cards)
    for home in homes:
        own = placed.of(home)
        flow = settled(flow, own, ground)
        waiting -= own.cards.keys()
        ground = standing(flow, layout_of(flow), waiting)
    return flow


def put(flow: Flow, placed: Placed) -> Flow:
    """Return a flow with pages exactly where they are wanted, in their sections."""
    flow = move_pages(flow, {page: (rect.x, rect.y) for page, rect in placed.cards.items()})
    return rehomed(flow, placed.homes)


def rehomed(flow: Flow, homes: Homes) -> Flow:
    """Return a flow with pages in other sections, where they lie."""
    for home in dict.fromkeys(homes.values()):
        joining = [page for page, wanted in homes.items() if wanted == home and _home(flow, page) != home]
        if joining:
            flow = put_pages(flow, joining, home)
    return flow


def brought(flow: Flow, page_id: str, home: str | None) -> Flow:
    """Return a flow with a page in another section, or in none, and lying there: beside the others, or out of frames.

    Raises:
        UnknownElementError: The flow has no such page or section.
    """
    after = put_pages(flow, [get_page(flow, page_id).id], home)
    layout = layout_of(flow)
    ground, card = standing(flow, layout, [page_id]), layout.cards[page_id].rect
    here = Placed({page_id: card}, {page_id: home})
    if home is not None and home in ground.inner and not _stays(home, [card], ground):
        inner = ground.inner[home]
        here = here.moved(_outward(inner.right + 2 * GAP - card.x), _outward(inner.y - card.y))
    return settled(after, here, ground)


def touched(placed: Placed, ground: Standing) -> list[str]:
    """Return the sections whose frames some pages reach."""
    return [key for key, frame in ground.frames.items() if any(frame.touches(card) for card in placed.cards.values())]


def is_free(placed: Placed, ground: Standing, gap: float = 0.0) -> bool:
    """Say whether pages can lie where they are: on no card, in no frame but their own, which lies on nothing else."""
    return _Test(placed, ground).is_free(0.0, 0.0, gap)


class _Test:
    """Says of shifts of the same pages whether there is room; knows what lay wrongly before."""

    def __init__(self, placed: Placed, ground: Standing) -> None:
        self._ground = ground
        self._cards = placed.cards
        self._open = [rect for page, rect in placed.cards.items() if placed.homes[page] is None]
        self._by_home: dict[str, list[Rect]] = {}
        for page, rect in placed.cards.items():
            home = placed.homes[page]
            if home is not None:
                self._by_home.setdefault(home, []).append(rect)
        self._known = {(home, gap): self._before(home, gap) for home in self._by_home for gap in (0.0, GRID)}

    def is_free(self, dx: float, dy: float, gap: float) -> bool:
        """Say whether there is room for all of them, so far from where they are wanted."""
        for rect in self._cards.values():
            area = rect.moved(dx, dy).inflated(gap)
            if any(area.touches(other) for other in self._ground.index.near(area)):
                return False
        for rect in self._open:
            area = rect.moved(dx, dy).inflated(gap)
            if any(area.touches(frame) for frame in self._ground.frames.values()):
                return False
        return self._frames_fit(dx, dy, gap)

    def _before(self, home: str, gap: float) -> set[str]:
        """Return what the frame of a section lay on, or closer to than a gap, before anything was put into it."""
        frame = self._ground.frames.get(home)
        return set() if frame is None else self._ground.conflicts(home, frame.inflated(gap))

    def _frames_fit(self, dx: float, dy: float, gap: float) -> bool:
        made: list[Rect] = []
        for home, rects in self._by_home.items():
            frame = self._ground.frame_with(home, [rect.moved(dx, dy) for rect in rects])
            for beside in (0.0, GRID) if gap else (0.0,):
                if self._ground.conflicts(home, frame.inflated(beside)) - self._known[home, beside]:
                    return False
            made.append(frame)
        loose = [rect.moved(dx, dy) for rect in self._open]
        pairs = itertools.combinations(made, 2)
        return not any(a.touches(b) for a, b in (*pairs, *itertools.product(made, loose)))


def _free_shift(placed: Placed, ground: Standing) -> tuple[float, float] | None:
    """Return the shortest way from where pages are wanted to where there is room; `None` if none is near."""
    test = _Test(placed, ground)
    if test.is_free(0.0, 0.0, 0.0):
        return 0.0, 0.0
    tries = _TRIES[any(placed.homes.values())]
    near = itertools.islice(_shifts(placed, ground), tries)
    return next(((dx, dy) for dx, dy in near if test.is_free(dx, dy, GAP)), None)


def _shifts(placed: Placed, ground: Standing) -> Iterator[tuple[float, float]]:
    """Yield ways to go, the shortest first: to the sides of what lies around, and in steps."""
    around = united(placed.cards.values())
    area = around.inflated(1600.0)
    others = [rect for rect in (*ground.index.near(area), *ground.frames.values()) if rect.touches(area)]
    left, right = [rect.right + GAP - around.x for rect in others], [rect.x - GAP - around.right for rect in others]
    below, above = [rect.bottom + GAP - around.y for rect in others], [rect.y - GAP - around.bottom for rect in others]
    xs = sorted({0.0, *map(_outward, (*left, *right)), *_STEPS}, key=lambda x: (abs(x), -x))
    ys = sorted({0.0, *map(_outward, (*below, *above)), *_STEPS}, key=lambda y: (abs(y), -y))
    waiting = [(0.0, 0, 0)]
    seen = {(0, 0)}
    while waiting:
        _, column, row = heapq.heappop(waiting)
        yield xs[column], ys[row]
        for place in ((column + 1, row), (column, row + 1)):
            if place not in seen and place[0] < len(xs) and place[1] < len(ys):
                seen.add(place)
                heapq.heappush(waiting, (xs[place[0]] ** 2 + ys[place[1]] ** 2, *place))


def _with_room(flow: Flow, placed: Placed, ground: Standing) -> Flow:
    """Return a flow with pages of one section right of the rest of it, from which everything beyond moves away."""
    home = next(iter(placed.homes.values()))
    around = united(placed.cards.values())
    whole = united((*ground.cards.values(), *ground.frames.values()))
    frame = whole if home is None else ground.frames.get(home, whole)
    inner = frame if home is None else ground.inner.get(home, frame)
    placed = placed.moved(_outward(frame.right + GAP - around.x), _outward(inner.y - around.y))
    now = united(placed.cards.values())
    right, down = _outward(now.width + 4 * GAP), _outward(max(0.0, now.bottom + GAP - inner.bottom))
    away = {}
    for page, rect in ground.cards.items():
        key = ground.homes[page]
        corner = rect if key is None else ground.frames[key]
        dx, dy = right * (corner.x >= frame.right), down * (corner.y >= frame.bottom)
        if key != home or key is None:
            away[page] = (rect.x + dx, rect.y + dy)
    return put(move_pages(flow, away), placed)


def _frame_at(card: Rect, ground: Standing, own: str | None) -> str | None:
    """Return the section in whose frame a card lies with a good part of it; of several the one that holds most."""
    shares = {key: card.shared_area(frame) for key, frame in ground.frames.items()}
    over = [key for key, share in shares.items() if share >= _SHARE * card.width * card.height]
    return max(over, key=lambda key: (shares[key], key == own), default=None)


def _stays(section: str, cards: Sequence[Rect], ground: Standing) -> bool:
    """Say whether pages put down in the open still belong to the section that they came from."""
    rest = ground.frames.get(section)
    if rest is None:
        return True
    if not united(cards).touches(rest.inflated(_REACH)):
        return False
    known = ground.conflicts(section, rest)
    return not ground.conflicts(section, ground.frame_with(section, cards)) - known


def _frame(section: str, cards: Sequence[Rect], chips: Mapping[str, Sequence[tuple[str, str]]]) -> Rect:
    frame = frame_of(SectionId(section), "", "", cards, chips.get(section, ()))
    assert frame is not None  # noqa: S101 - there is always a card
    return frame.rect


def _home(flow: Flow, page: str) -> str | None:
    section = flow.section_of.get(flow.pages_by_id[page].id) if page in flow.pages_by_id else None
    return section.id if section else None


def _outward(value: float) -> float:
    """Return the next line of the grid away from zero, so that what was clear stays clear."""
    steps = -(-abs(value) // GRID)
    return steps * GRID if value >= 0 else -steps * GRID
