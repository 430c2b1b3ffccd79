"""Tidying up: proposed places for cards, in columns by how far a page is from the start, section by section.

A plain layered layout of our own: columns by distance, order in a column by the mean place of the neighbours, in a
few sweeps. Each section becomes a block below the one before, so that frames do not overlap. It takes milliseconds;
a library's layout of the whole graph (`graphlay`) takes seconds for dense flows and knows no sections.
"""

from collections import deque
from collections.abc import Collection, Iterable

from flow_models.document.flow import Flow
from flow_models.geometry.cards import CARD_WIDTH
from flow_models.geometry.layout import Layout, layout_of

COLUMN_GAP = 120.0
ROW_GAP = 44.0
SECTION_GAP = 150.0
_SWEEPS = 4


def tidied(flow: Flow, page_ids: Collection[str] | None = None) -> dict[str, tuple[float, float]]:
    """Return new places (x, y) by page id; the whole is put where it began, on the grid.

    Args:
        flow: The flow.
        page_ids: The pages to place, `None` for all; the others stay and keep no room free.
    """
    held = frozenset(flow.pages_by_id if page_ids is None else page_ids)
    pages: list[str] = [page.id for page in flow.pages if page.id in held]
    if not pages:
        return {}
    layout = layout_of(flow)
    left = min(layout.cards[page].rect.x for page in pages)
    top = min(layout.cards[page].rect.y for page in pages)
    places: dict[str, tuple[float, float]] = {}
    for members in _blocks(flow, pages):
        layers = _layers(flow, members)
        _order(flow, layers)
        top = _place(layers, layout, left, top, places) + SECTION_GAP
    return places


def _blocks(flow: Flow, pages: list[str]) -> list[list[str]]:
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
    return [groups[section] for section in order]


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


def _place(
    layers: list[list[str]], layout: Layout, left: float, top: float, places: dict[str, tuple[float, float]]
) -> float:
    """Place the columns from a corner on; return the y below them."""
    bottom = top
    for column, layer in enumerate(layers):
        y = top
        for page in layer:
            places[page] = (_grid(left + column * (CARD_WIDTH + COLUMN_GAP)), _grid(y))
            y += layout.cards[page].rect.height + ROW_GAP
        bottom = max(bottom, y - ROW_GAP)
    return bottom


def _grid(value: float) -> float:
    return round(value / 10.0) * 10.0
