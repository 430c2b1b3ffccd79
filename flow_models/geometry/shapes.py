"""Points, rectangles and chains of cubic curves, in scene units."""

import itertools
import math
from collections.abc import Iterable
from typing import NamedTuple

GRID = 10.0
"""What is dragged, or put somewhere by itself, comes to lie at multiples of this."""


class Point(NamedTuple):
    """A place on the canvas."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle by its top left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom side."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The point in the middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return this rectangle shifted."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def inflated(self, by: float) -> "Rect":
        """Return this rectangle grown by a margin on all sides."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def touches(self, other: "Rect") -> bool:
        """Say whether the two share some area."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, point: Point) -> bool:
        """Say whether a point lies inside."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def shared_area(self, other: "Rect") -> float:
        """Return how much area the two share."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return width * height if width > 0 and height > 0 else 0.0


Curve = tuple[Point, ...]
"""3n + 1 points: a start, then for each cubic two handles and an end. Empty for nothing to draw."""


def united(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle around others; an empty one at the origin for none."""
    found = tuple(rects)
    if not found:
        return Rect(0, 0, 0, 0)
    x = min(rect.x for rect in found)
    y = min(rect.y for rect in found)
    return Rect(x, y, max(rect.right for rect in found) - x, max(rect.bottom for rect in found) - y)


def curve_bounds(curve: Curve) -> Rect:
    """Return a rectangle around all points and handles of a curve (the curve itself may be smaller)."""
    xs = [point.x for point in curve]
    ys = [point.y for point in curve]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def point_at(curve: Curve, t: float) -> Point:
    """Return the point at `t` (0 to 1) of one cubic, the first four points of a curve."""
    a, b, c, d = curve[:4]
    s = 1 - t
    k0, k1, k2, k3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return Point(k0 * a.x + k1 * b.x + k2 * c.x + k3 * d.x, k0 * a.y + k1 * b.y + k2 * c.y + k3 * d.y)


def samples(curve: Curve, per_cubic: int = 8) -> list[Point]:
    """Return points along a curve, its ends included."""
    points = [curve[0]]
    for start in range(0, len(curve) - 1, 3):
        cubic = curve[start : start + 4]
        points.extend(point_at(cubic, step / per_cubic) for step in range(1, per_cubic + 1))
    return points


def along(points: list[Point], share: float) -> Point:
    """Return the point after a share (0 to 1) of the length of a chain of points."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    rest = sum(lengths) * share
    for length, a, b in zip(lengths, points, points[1:], strict=False):
        if rest <= length and length > 0:
            part = rest / length
            return Point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
        rest -= length
    return points[-1]


def rounded(corners: list[Point], radius: float = 22.0) -> Curve:
    """Return a chain of straight lines with its corners rounded, as cubics.

    Corners closer together than twice the radius get smaller rounds.
    """
    corners = _without_repeats(corners)
    curve = [corners[0]]
    for index in range(1, len(corners) - 1):
        before, corner, after = corners[index - 1], corners[index], corners[index + 1]
        reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        entry = _towards(corner, before, reach)
        leave = _towards(corner, after, reach)
        curve += _straight(curve[-1], entry)
        curve += (_towards(entry, corner, reach * 0.55), _towards(leave, corner, reach * 0.55), leave)
    curve += _straight(curve[-1], corners[-1])
    return tuple(curve)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """Return the rest of a cubic that is a straight line."""
    third = Point(start.x + (end.x - start.x) / 3, start.y + (end.y - start.y) / 3)
    second = Point(start.x + (end.x - start.x) * 2 / 3, start.y + (end.y - start.y) * 2 / 3)
    return third, second, end


def _towards(start: Point, end: Point, by: float) -> Point:
    """Return the point so far from one towards another."""
    length = math.dist(start, end)
    if length == 0:
        return start
    return Point(start.x + (end.x - start.x) * by / length, start.y + (end.y - start.y) * by / length)


def _without_repeats(corners: list[Point]) -> list[Point]:
    """Return the corners without points that lie on the one before or straight between their neighbours."""
    kept = [corners[0]]
    for point in corners[1:]:
        if math.dist(kept[-1], point) < 0.5:
            continue
        while len(kept) >= 2 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept if len(kept) > 1 else [corners[0], corners[-1]]


def _in_line(a: Point, b: Point, c: Point) -> bool:
    """Say whether three points of an upright chain lie on one line."""
    return (abs(a.x - b.x) < 0.5 and abs(b.x - c.x) < 0.5) or (abs(a.y - b.y) < 0.5 and abs(b.y - c.y) < 0.5)
