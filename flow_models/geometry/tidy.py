"""Tidying up: proposed places for cards, in columns by how far a page is from the start, section by section.

A plain layered layout of our own: columns by distance, order in a column by the mean place of the neighbours, in a
few sweeps. The sections are packed beside and below each other, as near to the proportions of the window as can be.
Where only some pages are tidied, the others stay, and those find room that is free. It takes milliseconds; a library's
layout of the whole graph takes seconds for dense flows and knows no sections.
"""

import math
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flow_models.document.base import PageId
from flow_models.document.flow import Flow
from flow_models.geometry import packing
from flow_models.geometry.frames import frame_of
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.packing import Gaps, Spread
from flow_models.geometry.placing import Places
from flow_models.geometry.shapes import GRID, Rect, united

ASPECT = 1.6
_GAPS = Gaps(across=150.0, down=40.0, band=90.0)
_BETWEEN = (140.0, 80.0)
"""The room between the frames of two sections: labels stand in it."""
_BESIDE = 40.0
"""The room between pages that were tidied and others."""
_ON_A_CARD = 1e6
"""How many units of area of a frame one of a card is worth."""
_SWEEPS = 4
_SHAPES = 6


@dataclass(frozen=True, slots=True)
class _Group:
    """The pages of one section that are tidied, or those in none, which have no section.

    Attributes:
        section: The section's id; empty for none.
        pages: The pages, in the order of `spreads`.
        spreads: Ways to lay them out, the best first.
    """

    section: str
    pages: tuple[str, ...]
    spreads: tuple[Spread, ...]


def tidied(
    flow: Flow, page_ids: Collection[str] | None = None, *, aspect: float = ASPECT, layout: Layout | None = None
) -> dict[str, tuple[float, float]]:
    """Return new places (x, y) by page id, on the grid; the whole, or its first page, is put where it began.

    Args:
        flow: The flow.
        page_ids: The pages to place, `None` for all; the others stay, and none is put onto them.
        aspect: The width of the window for each unit of its height.
        layout: The layout of the flow, if there is one already.
    """
    held = frozenset(flow.pages_by_id if page_ids is None else page_ids)
    pages: list[str] = [page.id for page in flow.pages if page.id in held]
    if not pages:
        return {}
    found = _Tidying(flow, layout or layout_of(flow), frozenset(pages), aspect)
    return found.all_places() if len(pages) == len(flow.pages) else found.some_places()


class _Tidying:
    """Places pages; holds what its steps share."""

    def __init__(self, flow: Flow, layout: Layout, held: frozenset[str], aspect: float) -> None:
        self.flow = flow
        self.layout = layout
        self.groups = [_group(flow, layout, section, pages, aspect) for section, pages in _blocks(flow, held)]
        self.aspect = aspect
        self.taken = {page: card.rect for page, card in layout.cards.items() if page not in held}
        """Where the pages are that stay, and those that were placed."""
        self.frames = {section: frame.rect for section, frame in layout.frames.items()}

    def all_places(self) -> dict[str, tuple[float, float]]:
        """Return the places of all pages: the sections packed from where the upper left one began."""
        areas = [self._frame(group.section, group.spreads[0]) for group in self.groups]
        corner = united(card.rect for card in self.layout.cards.values())
        for group, area, place in zip(self.groups, areas, packing.packed(areas, _BETWEEN, self.aspect), strict=True):
            dx, dy = packing.on_grid(corner.x + place.x - area.x + areas[0].x, corner.y + place.y - area.y + areas[0].y)
            self._take(group.pages, [rect.moved(dx, dy) for rect in group.spreads[0]])
        return self._places()

    def some_places(self) -> dict[str, tuple[float, float]]:
        """Return the places of some pages, near where they were and where the others leave room."""
        for group in self.groups:
            self.frames.pop(group.section, None)
            self._settle(group)
            if group.section:
                own = [rect for page, rect in self.taken.items() if self._owner(page) == group.section]
                self.frames[group.section] = self._frame(group.section, own)
        return self._places()

    def _settle(self, group: _Group) -> None:
        """Place the pages of a group together, or if that makes frames overlap, each by itself."""
        corner = united(self.layout.cards[page].rect for page in group.pages)
        origin = packing.on_grid(corner.x, corner.y)
        best: tuple[float, Sequence[Rect]] | None = None
        for spread in group.spreads:
            cost, rects = self._nearest(group.section, [rect.moved(origin.x, origin.y) for rect in spread], _BESIDE)
            if best is None or cost < best[0]:
                best = cost, rects
            if cost <= 0:
                break
        if best is not None and best[0] <= 0:
            self._take(group.pages, best[1])
        else:
            self._settle_singly(group)

    def _settle_singly(self, group: _Group) -> None:
        """Place the pages of a group one by one; those that lie free stay."""
        left = {page: self.layout.cards[page].rect for page in group.pages}
        for page in group.pages:
            rect = left.pop(page)
            waiting = {other: there for other, there in left.items() if not there.touches(rect)}
            self.taken |= waiting
            _, rects = self._nearest(group.section, [rect], 0.0)
            for other in waiting:
                del self.taken[other]
            self._take((page,), rects)

    def _nearest(self, section: str, rects: Sequence[Rect], gap: float) -> tuple[float, Sequence[Rect]]:
        """Return the nearest place of some cards at which they, and their section's frame, lie on nothing else."""
        whole = united(rects)
        cards, frames = Places(self.taken.items()), Places(self.frames.items())
        own = [rect for page, rect in self.taken.items() if section and self._owner(page) == section]
        others = Places((page, rect) for page, rect in self.taken.items() if self._owner(page) != section)

        def cost(x: float, y: float) -> float:
            """Return how much of others the cards and the frame around them would cover; cards weigh most."""
            there = whole.moved(x - whole.x, y - whole.y)
            room = there.inflated(gap * 0.8)
            on_cards = _ON_A_CARD * cards.shared_area(room)
            if on_cards or not section:
                return on_cards + frames.shared_area(room)
            # A frame is as wide and high around the corners of its cards as around all of them.
            frame = self._frame(section, [*own, there])
            return frames.shared_area(frame) + others.shared_area(frame)

        around = [*self.taken.values(), *self.frames.values()]
        found, there = packing.nearest_free(whole, around, gap or GRID, cost)
        return found, [rect.moved(there.x - whole.x, there.y - whole.y) for rect in rects]

    def _frame(self, section: str, cards: Sequence[Rect]) -> Rect:
        """Return the frame that a section has around some cards; without a section what the cards take up."""
        old = self.layout.frames.get(section)
        if old is None:
            return united(cards)
        chips = [(chip.transition, chip.text) for chip in old.chips]
        frame = frame_of(old.section, old.title, old.colour, cards, chips)
        return frame.rect if frame is not None else united(cards)

    def _owner(self, page: str) -> str:
        section = self.flow.section_of.get(PageId(page))
        return section.id if section else ""

    def _take(self, pages: Sequence[str], rects: Sequence[Rect]) -> None:
        self.taken |= dict(zip(pages, rects, strict=True))

    def _places(self) -> dict[str, tuple[float, float]]:
        """Return where the pages that were placed are."""
        return {page: (self.taken[page].x, self.taken[page].y) for group in self.groups for page in group.pages}


def _group(flow: Flow, layout: Layout, section: str, members: list[str], aspect: float) -> _Group:
    """Return pages of a section with the ways to lay them out."""
    layers = _layers(flow, members)
    _order(flow, layers)
    sizes = [[_up_to_grid(layout.cards[page].rect) for page in layer] for layer in layers]
    spreads = packing.columns(sizes, _GAPS, aspect)[:_SHAPES]
    return _Group(section, tuple(page for layer in layers for page in layer), tuple(spreads))


def _up_to_grid(rect: Rect) -> Rect:
    """Return a rectangle with a height on the grid, so that what stands below it is on the grid too."""
    return Rect(0, 0, rect.width, math.ceil(rect.height / GRID) * GRID)


def _blocks(flow: Flow, pages: Collection[str]) -> list[tuple[str, list[str]]]:
    """Return the pages of each section, the section of the start first, and last those in none."""
    groups: dict[str, list[str]] = {}
    for page in flow.pages:
        if page.id in pages:
            section = flow.section_of.get(page.id)
            groups.setdefault(section.id if section else "", []).append(page.id)
    start = flow.site.start
    order: list[str] = [section.id for section in flow.sections if section.id in groups]
    order.sort(key=lambda section: start not in groups[section])
    if "" in groups:
        order.insert(0 if start in groups[""] else len(order), "")
    return [(section, groups[section]) for section in order]


def _layers(flow: Flow, members: list[str]) -> list[list[str]]:
    """Return pages in columns by how many steps they are from where the section is entered."""
    onward = _connected(flow, members)
    depth: dict[str, int] = {}
    _spread(_roots(flow, members, onward) or members[:1], onward, depth)
    for page in members:
        if page not in depth:
            _spread([page], onward, depth)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for page in members:
        layers[depth[page]].append(page)
    return [layer for layer in layers if layer]


def _roots(flow: Flow, members: list[str], onward: dict[str, list[str]]) -> list[str]:
    """Return the pages to which nothing leads from another page beside it: the start, those entered, and the rest."""
    inside = set(members)
    targets = {to for ways in onward.values() for to in ways}
    # An arrow from a page to itself enters it too: it is none of those that lead from one page to another.
    entered = {arrow.to for arrow in flow.transitions if arrow.source not in inside or arrow.to == arrow.source}
    free = [page for page in members if page not in targets or page == flow.site.start]
    return sorted(free, key=lambda page: (page != flow.site.start, page not in entered))


def _spread(roots: Iterable[str], onward: dict[str, list[str]], depth: dict[str, int]) -> None:
    """Give every page that can be reached its distance from the roots, unless it has one."""
    queue = deque((root, 0) for root in roots)
    while queue:
        page, far = queue.popleft()
        if page in depth:
            continue
        depth[page] = far
        queue.extend((to, far + 1) for to in onward[page])


def _order(flow: Flow, layers: list[list[str]]) -> None:
    """Order the pages of each column by the mean place of the pages that they are connected with."""
    near = _connected(flow, [page for layer in layers for page in layer], both_ways=True)
    for sweep in range(_SWEEPS):
        place = {page: float(row) for layer in layers for row, page in enumerate(layer)}
        for layer in layers[1:] if sweep % 2 == 0 else reversed(layers[:-1]):
            _sort(layer, near, place)


def _sort(layer: list[str], near: dict[str, list[str]], place: dict[str, float]) -> None:
    """Order a column by the mean place of what each page is connected with, and note the new places."""
    means = {page: _mean([place[other] for other in near[page]], place[page]) for page in layer}
    layer.sort(key=lambda page: means[page])
    place.update({page: float(row) for row, page in enumerate(layer)})


def _connected(flow: Flow, pages: list[str], *, both_ways: bool = False) -> dict[str, list[str]]:
    """Return for each of some pages the others of them to which an arrow leads, as often as one does.

    With `both_ways`, those from which one comes too.
    """
    found: dict[str, list[str]] = {page: [] for page in pages}
    for arrow in flow.transitions:
        if arrow.source in found and arrow.to in found and arrow.source != arrow.to:
            found[arrow.source].append(arrow.to)
            if both_ways:
                found[arrow.to].append(arrow.source)
    return found


def _mean(values: list[float], fallback: float) -> float:
    return sum(values) / len(values) if values else fallback
