"""Lines of arrows as short straight parts: which of them come near a rectangle, and how near."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flow_models.geometry.shapes import Curve, Point, Rect, samples

_CELL = 64.0


class Part(NamedTuple):
    """A straight part of somebody's line."""

    owner: str
    a: Point
    b: Point


class Lines:
    """Lines by their owners, found by area through a coarse grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Part]] = {}

    def add(self, owner: str, line: Sequence[Point]) -> None:
        """Put a line in."""
        for a, b in pairwise(line):
            part = Part(owner, a, b)
            for cell in _cells(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)):
                self._cells.setdefault(cell, []).append(part)

    def through(self, rect: Rect, *, but: str) -> Iterator[str]:
        """Yield the owners of what runs through a rectangle, one owner left out; an owner may come repeatedly."""
        left, top, width, height = rect
        right, bottom = left + width, top + height
        for cell in _cells(left, top, right, bottom):
            for owner, a, b in self._cells.get(cell, ()):
                # Most are left out here, at a fraction of what asking costs.
                if owner == but or (a[0] < left and b[0] < left) or (a[1] < top and b[1] < top):
                    continue
                if a[0] > right < b[0] or a[1] > bottom < b[1]:
                    continue
                if runs_through(a, b, rect):
                    yield owner

    def crossed(self, a: Point, b: Point, *, but: str) -> set[str]:
        """Return the owners of the lines that a straight line crosses, one owner left out."""
        found: set[str] = set()
        for cell in _cells(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)):
            for owner, c, d in self._cells.get(cell, ()):
                if owner != but and _parts(a, b, c, d) and _parts(c, d, a, b):
                    found.add(owner)
        return found


def line_of(curve: Curve) -> tuple[Point, ...]:
    """Return points along a curve: many on a single swing, few on each of the shorter parts of a long way."""
    return tuple(samples(curve, 14 if len(curve) == 4 else 5))


def runs_through(a: Point, b: Point, rect: Rect) -> bool:
    """Say whether a straight line has a point inside a rectangle."""
    left, top, width, height = rect
    right, bottom = left + width, top + height
    (ax, ay), (bx, by) = a, b
    if (ax < left and bx < left) or (ax > right and bx > right) or (ay < top and by < top) or (ay > bottom < by):
        return False
    dx, dy = bx - ax, by - ay
    sides = [dx * (y - ay) - dy * (x - ax) for x in (left, right) for y in (top, bottom)]
    return min(sides) <= 0 <= max(sides)


def distance(line: Sequence[Point], rect: Rect, within: float) -> float:
    """Return how far a line stays from a rectangle: 0 if it runs through, infinite if it is farther than `within`."""
    around = rect.inflated(within)
    return min((_distance(a, b, rect) for a, b in pairwise(line) if runs_through(a, b, around)), default=math.inf)


def clamped(point: Point, rect: Rect) -> Point:
    """Return the point of a rectangle nearest to another point."""
    return Point(min(max(point.x, rect.x), rect.right), min(max(point.y, rect.y), rect.bottom))


def _distance(a: Point, b: Point, rect: Rect) -> float:
    if runs_through(a, b, rect):
        return 0.0
    corners = (Point(x, y) for x in (rect.x, rect.right) for y in (rect.y, rect.bottom))
    ends = min(math.dist(a, clamped(a, rect)), math.dist(b, clamped(b, rect)))
    return min(ends, *(math.dist(corner, _nearest(a, b, corner)) for corner in corners))


def _nearest(a: Point, b: Point, point: Point) -> Point:
    """Return the point of a straight line nearest to another point."""
    dx, dy = b.x - a.x, b.y - a.y
    square = dx * dx + dy * dy
    share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / square if square else 0.0
    share = min(max(share, 0.0), 1.0)
    return Point(a.x + share * dx, a.y + share * dy)


def _parts(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Say whether the straight line through a and b has c and d on different sides."""
    dx, dy = b.x - a.x, b.y - a.y
    return (dx * (c.y - a.y) - dy * (c.x - a.x)) * (dx * (d.y - a.y) - dy * (d.x - a.x)) <= 0


def _cells(left: float, top: float, right: float, bottom: float) -> list[tuple[int, int]]:
    columns = range(int(left // _CELL), int(right // _CELL) + 1)
    rows = range(int(top // _CELL), int(bottom // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]
