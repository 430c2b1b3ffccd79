"""The way of an arrow: from a port to a card's side, around the cards between.

An arrow that has a free view is one swung curve. One that would cross other cards runs through the gaps between
them, as upright lines with round corners. It leaves and arrives on the sides that face each other.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from flow_models.geometry.shapes import Curve, Point, Rect, curve_bounds, rounded, samples

Side = Literal["left", "right"]
Obstacles = Callable[[Rect], Sequence[Rect]]
"""Returns the rectangles of all cards that may touch a rectangle."""

_CLEAR = 7.0
_STUB = 26.0
_LANE = 8.0
_CANDIDATES = 12
_CROSSED = 1200.0


@dataclass(frozen=True, slots=True)
class Ends:
    """Where an arrow starts and ends."""

    start: Point
    leaves: Side
    end: Point
    arrives: Side


def sides(source: Rect, target: Rect) -> tuple[Side, Side]:
    """Return the side on which an arrow leaves its source and the one on which it arrives."""
    if target.x - source.right >= _STUB:
        return "right", "left"
    if source.x - target.right >= _STUB:
        return "left", "right"
    return ("right", "right") if target.y >= source.y else ("left", "left")


def side_x(rect: Rect, side: Side) -> float:
    """Return the x of a side."""
    return rect.right if side == "right" else rect.x


def route(ends: Ends, source: Rect, target: Rect, lane: int, obstacles: Obstacles) -> Curve:
    """Return the way of an arrow.

    Args:
        ends: Its ends.
        source: The card that it leaves.
        target: The card at which it arrives.
        lane: Counts the arrows of the source, so that those around obstacles keep apart.
        obstacles: Where the cards are; source and target are among them.
    """
    direct = _swing(ends)
    area = curve_bounds(direct)
    others = [rect.inflated(2) for rect in obstacles(area) if rect not in (source, target) and rect.touches(area)]
    if not others or not any(rect.holds(point) for point in samples(direct, 14) for rect in others):
        return direct
    near, ways = _ways(ends, source, target, lane, obstacles)
    best, best_cost = ways[0], math.inf
    for way in ways:
        cost = _cost(way, near, source, target, best_cost)
        if cost < best_cost:
            best, best_cost = way, cost
    return rounded(best)


def loop(start: Point, lane: int) -> Curve:
    """Return the small loop of a transition that stays: out of the port and back just below it."""
    reach = 30.0 + _LANE * (lane % 3)
    end = Point(start.x, start.y + 9.0)
    return (start, Point(start.x + reach, start.y - 9.0), Point(end.x + reach, end.y + 11.0), end)


def stub(start: Point, lane: int) -> Curve:
    """Return the short way of a transition that closes a dialog, or whose page is gone."""
    end = Point(start.x + _STUB, start.y + 2 * _LANE * lane)
    return (start, Point(start.x + 10.0, start.y), Point(end.x - 10.0, end.y), end)


def from_above(start: Point, target: Rect) -> Curve:
    """Return the way from a section's title bar to the top of a card."""
    end = Point(target.center.x, target.y)
    reach = max(24.0, abs(end.y - start.y) * 0.45)
    return (start, Point(start.x, start.y + reach), Point(end.x, end.y - reach), end)


def _sign(side: Side) -> int:
    return 1 if side == "right" else -1


def _swing(ends: Ends) -> Curve:
    """Return one curve between the ends."""
    start, end = ends.start, ends.end
    if ends.leaves != ends.arrives:
        reach = min(140.0, max(32.0, abs(end.x - start.x) * 0.5))
    else:
        reach = min(110.0, 36.0 + abs(end.y - start.y) * 0.16)
        outer = max(start.x, end.x) if ends.leaves == "right" else min(start.x, end.x)
        bend = outer + reach * _sign(ends.leaves)
        return (start, Point(bend, start.y), Point(bend, end.y), end)
    return (
        start,
        Point(start.x + reach * _sign(ends.leaves), start.y),
        Point(end.x + reach * _sign(ends.arrives), end.y),
        end,
    )


def _ways(
    ends: Ends, source: Rect, target: Rect, lane: int, obstacles: Obstacles
) -> tuple[Sequence[Rect], list[list[Point]]]:
    """Return the cards around and candidate ways: out, along a free line, and in; the likeliest first."""
    shift = _LANE * (lane % 4)
    out = ends.start.x + (_STUB + shift) * _sign(ends.leaves)
    into = ends.end.x + (_STUB + shift) * _sign(ends.arrives)
    area = Rect(
        min(out, into, source.x, target.x) - 40,
        min(source.y, target.y) - 120,
        abs(out - into) + source.width + target.width + 80,
        abs(source.y - target.y) + max(source.height, target.height) + 240,
    )
    near = obstacles(area)
    margin = 16.0 + shift
    if ends.leaves == ends.arrives:
        outer = [rect.right + margin if ends.leaves == "right" else rect.x - margin for rect in near]
        pick = max if ends.leaves == "right" else min
        return near, [
            [ends.start, Point(x, ends.start.y), Point(x, ends.end.y), ends.end]
            for x in sorted(
                {pick(out, into), *(x for x in outer if pick(x, out, into) == x)}, key=lambda x: abs(x - out)
            )[:_CANDIDATES]
        ]
    levels = {ends.start.y, ends.end.y}
    for rect in near:
        levels |= {rect.y - margin, rect.bottom + margin}
    nearest = sorted(levels, key=lambda y: (abs(y - ends.start.y) + abs(y - ends.end.y), y))[:_CANDIDATES]
    return near, [
        [ends.start, Point(out, ends.start.y), Point(out, y), Point(into, y), Point(into, ends.end.y), ends.end]
        for y in nearest
    ]


def _cost(way: list[Point], near: Sequence[Rect], source: Rect, target: Rect, limit: float) -> float:
    """Return how long a way is, with a high price for each card that it crosses and a low one for each corner.

    Counting ends once the cost reaches `limit`.
    """
    cost = sum(math.dist(a, b) + 12.0 for a, b in itertools.pairwise(way) if a != b)
    last = len(way) - 2
    for index, (a, b) in enumerate(itertools.pairwise(way)):
        own = (source if index == 0 else None, target if index == last else None)
        cost += _CROSSED * sum(rect not in own for rect in _crossed(a, b, near))
        if cost >= limit:
            break
    return cost


def _crossed(a: Point, b: Point, near: Sequence[Rect]) -> list[Rect]:
    """Return the cards to which a straight part of a way comes too near."""
    left, right = min(a.x, b.x) - _CLEAR, max(a.x, b.x) + _CLEAR
    top, bottom = min(a.y, b.y) - _CLEAR, max(a.y, b.y) + _CLEAR
    return [
        rect
        for rect in near
        if left < rect.x + rect.width and rect.x < right and top < rect.y + rect.height and rect.y < bottom
    ]
