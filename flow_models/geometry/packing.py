"""Laying rectangles out in two dimensions without overlaps, as near as can be to the proportions of a window.

Sizes and places only: what the rectangles are, and which belong together, is decided in `tidy`.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from flow_models.geometry.shapes import GRID, Point, Rect, united

Spread = tuple[Rect, ...]
"""Rectangles at their places, in the order of the sizes that were asked for."""

_TRIES = 14
_NEAR = 16
_SEEN_WHOLE = 1200.0
"""What is no wider is seen whole at a size that can be read, so a better shape gains nothing."""
_BROKEN = 1.12
"""How much larger a picture may be before a column is broken or put below the first ones."""


class Gaps(NamedTuple):
    """The room between two columns, two rows, and two bands of columns."""

    across: float
    down: float
    band: float


def columns(layers: Sequence[Sequence[Rect]], gaps: Gaps, aspect: float) -> list[Spread]:
    """Return the ways to lay layers out as columns, from the origin on, the one that suits a window best first.

    Args:
        layers: For each layer the sizes of what is in it.
        gaps: The room between them.
        aspect: The width of the window for each unit of its height.
    """
    most = max(len(layer) for layer in layers)
    found: list[tuple[float, Spread]] = []
    for rows in _counts(most):
        parts = [part for layer in layers for part in _even(layer, rows)]
        for across in _counts(len(parts)):
            spread = _banded(parts, across, gaps)
            is_broken = rows < most or across < len(parts)
            found.append((max(_SEEN_WHOLE, _extent(spread, aspect)) * (_BROKEN if is_broken else 1.0), spread))
    found.sort(key=lambda way: way[0])
    return [spread for _, spread in found]


def packed(sizes: Sequence[Rect], gap: tuple[float, float], aspect: float) -> Spread:
    """Return rectangles packed close together from the origin on, the first ones towards the upper left.

    Args:
        sizes: Rectangles of which only the sizes count.
        gap: The least room between two, across and down.
        aspect: The width of the window for each unit of its height.
    """
    grown = [Rect(0, 0, size.width + gap[0], size.height + gap[1]) for size in sizes]
    least, most = max(size.width for size in grown), sum(size.width for size in grown)
    widths = [least * (most / least) ** (step / _TRIES) for step in range(_TRIES + 1)]
    best = min((_on_skyline(grown, width + 0.5) for width in widths), key=lambda spread: _extent(spread, aspect))
    return tuple(Rect(place.x, place.y, size.width, size.height) for place, size in zip(best, sizes, strict=True))


def nearest_free(
    rect: Rect, around: Collection[Rect], gap: float, cost: Callable[[float, float], float]
) -> tuple[float, Rect]:
    """Return the place nearest to where a rectangle is that costs nothing, or else least; with what it costs.

    Other places than its own are on the grid.

    Args:
        rect: The rectangle.
        around: What it may stand beside.
        gap: The least room between it and them.
        cost: Says what a place (x, y) costs.
    """
    best, best_cost = rect, math.inf
    for x, y in _beside(rect, around, gap):
        found = cost(x, y)
        if found < best_cost:
            best, best_cost = rect.moved(x - rect.x, y - rect.y), found
        if found <= 0:
            break
    return best_cost, best


def on_grid(x: float, y: float) -> Point:
    """Return the point of the grid that is nearest."""
    return Point(round(x / GRID) * GRID, round(y / GRID) * GRID)


def _beside(rect: Rect, around: Collection[Rect], gap: float) -> Iterator[Point]:
    """Yield places where a rectangle stands beside others, the nearest first, and last below all of them."""
    xs = {rect.x, *(other.right + gap for other in around), *(other.x - gap - rect.width for other in around)}
    ys = {rect.y, *(other.bottom + gap for other in around), *(other.y - gap - rect.height for other in around)}
    near_xs = sorted(xs, key=lambda x: (abs(x - rect.x), x))[:_NEAR]
    near_ys = sorted(ys, key=lambda y: (abs(y - rect.y), y))[:_NEAR]
    places = {on_grid(x, y) for x in near_xs for y in near_ys}
    yield Point(rect.x, rect.y)
    yield from sorted(places, key=lambda place: (math.dist(place, (rect.x, rect.y)), place))
    yield on_grid(rect.x, max(ys))
    yield on_grid(max(xs), rect.y)


def _counts(most: int) -> Iterable[int]:
    """Return numbers from one to the most, all of the small ones and fewer of the large ones."""
    steps = {max(1, round(most ** (step / 12))) for step in range(13)}
    return sorted(steps | set(range(1, min(most, 6) + 1)), reverse=True)


def _even(layer: Sequence[Rect], rows: int) -> Iterator[Sequence[Rect]]:
    """Yield the parts of a layer, each of at most so many and all about as long."""
    count = math.ceil(len(layer) / rows)
    for part in range(count):
        yield layer[len(layer) * part // count : len(layer) * (part + 1) // count]


def _banded(parts: Sequence[Sequence[Rect]], across: int, gaps: Gaps) -> Spread:
    """Return columns side by side, so many in a band, the bands below each other."""
    found: list[Rect] = []
    top = 0.0
    for start in range(0, len(parts), across):
        x = 0.0
        bottom = top
        for part in parts[start : start + across]:
            y = top
            for size in part:
                found.append(Rect(x, y, size.width, size.height))
                y += size.height + gaps.down
            bottom = max(bottom, y - gaps.down)
            x += max(size.width for size in part) + gaps.across
        top = bottom + gaps.band
    return tuple(found)


def _extent(spread: Spread, aspect: float) -> float:
    """Return how wide a window of a shape must be to show everything."""
    whole = united(spread)
    return max(whole.width, whole.height * aspect)


def _on_skyline(sizes: Sequence[Rect], width: float) -> Spread:
    """Return rectangles put one after the other where the skyline of those before is lowest."""
    skyline: list[tuple[float, float, float]] = [(0.0, width, 0.0)]
    found: list[Rect] = []
    for size in sizes:
        x, y = min(
            ((left, _level(skyline, left, size.width)) for left, _, _ in skyline if left + size.width <= width),
            key=lambda place: (place[1], place[0]),
        )
        found.append(Rect(x, y, size.width, size.height))
        skyline = _raised(skyline, x, x + size.width, y + size.height)
    return tuple(found)


def _level(skyline: Sequence[tuple[float, float, float]], left: float, width: float) -> float:
    """Return how far down the skyline reaches over a stretch."""
    return max(y for start, end, y in skyline if start < left + width and left < end)


def _raised(
    skyline: Sequence[tuple[float, float, float]], left: float, right: float, y: float
) -> list[tuple[float, float, float]]:
    """Return the skyline with a stretch at another level."""
    kept: list[tuple[float, float, float]] = [(left, right, y)]
    for start, end, level in skyline:
        if start < left:
            kept.append((start, min(end, left), level))
        if end > right:
            kept.append((max(start, right), end, level))
    return sorted(kept)
