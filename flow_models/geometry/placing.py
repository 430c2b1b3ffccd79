"""Finding room: an index of rectangles, and the place of a label beside its arrow.

A label stands where one sees whose it is: on its line or right beside it, and nearer to it than to any other. Where
that cannot be, it stands where there is room, and a thin leader runs from it to its line.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from types import MappingProxyType

from flow_models.geometry.arrows import Label
from flow_models.geometry.labels import LABEL_HEIGHT, LABEL_WIDTH, SIDES, Form
from flow_models.geometry.lines import Lines, clamped, distance, runs_through
from flow_models.geometry.shapes import Point, Rect, along

_CELL = 256.0
_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86)
_GAPS = (2.5, 7.5)
"""How far from its line a label stands beside it; the second leaves the head of an arrow free."""
_NEAR = 8.0
"""How far from its line a label may stand without a leader."""
_NEARER = 4.0
"""How much farther off every other line is."""
_COVERED = 0.55
"""The share of an arrow that its label may lie on while there is room beside it; `_MOST` if there is none."""
_MOST = 0.85
_LEADER_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92)
_LENGTHS = (12.0, 20.0, 30.0, 42.0, 58.0, 78.0, 102.0, 130.0, 165.0, 205.0, 250.0, 300.0)
_WAYS = tuple((math.cos(n * math.pi / 4), math.sin(n * math.pi / 4)) for n in (6, 2, 7, 5, 1, 3, 0, 4))
_CROSSING, _HIDING, _AMONG, _SHORTER, _OVER = 25.0, 45.0, 40.0, 12.0, 400.0
"""Costs, in units of length: a leader crosses a line, a label hides one, a leader ends among others,
a form is shorter by one, and a leader runs over a card or a head, as the last way out."""
_WORTH = 20.0
"""How much less a leader must cost to be looked for further away."""


_EMPTY: Mapping[str, Rect] = MappingProxyType({})


class Places:
    """Rectangles by key, found by area through a coarse grid."""

    def __init__(self, rects: Iterable[tuple[str, Rect]] = ()) -> None:
        self._cells: dict[tuple[int, int], dict[str, Rect]] = {}
        for key, rect in rects:
            self.add(key, rect)

    def add(self, key: str, rect: Rect) -> None:
        """Put a rectangle in."""
        for cell in _cells(rect):
            self._cells.setdefault(cell, {})[key] = rect

    def near(self, area: Rect) -> tuple[Rect, ...]:
        """Return all rectangles that may touch an area, each once, in a stable order."""
        found: dict[str, Rect] = {}
        for cell in _cells(area):
            held = self._cells.get(cell)
            if held:
                found.update(held)
        return tuple(found.values())

    def shared_area(self, area: Rect) -> float:
        """Return how much of an area the rectangles cover, counted once for each."""
        return sum(area.shared_area(rect) for rect in self.near(area))

    def is_free(self, area: Rect) -> bool:
        """Say whether no rectangle touches an area."""
        left, top, width, height = area
        right, bottom = left + width, top + height
        for cell in _cells(area):
            for x, y, wide, high in self._cells.get(cell, _EMPTY).values():
                if left < x + wide and x < right and top < y + high and y < bottom:
                    return False
        return True

    def is_open(self, a: Point, b: Point) -> bool:
        """Say whether a straight line runs through no rectangle."""
        area = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        return not any(runs_through(a, b, rect) for rect in self.near(area))


@dataclass(frozen=True, slots=True)
class Ground:
    """What labels are placed on.

    Attributes:
        taken: Where no label may lie: cards, ports, heads of arrows, and the titles and chips of sections.
        labels: The labels that stand.
        lines: The lines of all arrows, and the leaders.
    """

    taken: Places
    labels: Places
    lines: Lines

    def is_free(self, rect: Rect) -> bool:
        """Say whether a label may lie at a place, lines apart."""
        return self.taken.is_free(rect) and self.labels.is_free(rect.inflated(1.5))

    def shows_owner(self, owner: str, line: Sequence[Point], rect: Rect) -> bool:
        """Say whether one sees without a leader whose label stands at a place: its line is near, and no other."""
        if next(self.lines.through(rect.inflated(_NEARER), but=owner), None) is not None:
            return False
        own = distance(line, rect, _NEAR)
        return own <= _NEAR and next(self.lines.through(rect.inflated(own + _NEARER), but=owner), None) is None

    def add(self, owner: str, label: Label) -> None:
        """Let a label stand."""
        self.labels.add(owner, label.rect)
        if label.leader is not None:
            self.lines.add(owner, label.leader)


def label_place(
    owner: str, line: Sequence[Point], forms: Sequence[Form], ground: Ground, home: Point | None = None
) -> Label | None:
    """Return the label of an arrow in the longest form for which there is room; `None` if there is none for any.

    Args:
        owner: The arrow's key in the ground.
        line: Its line.
        forms: The words, the longest first.
        ground: What is there already.
        home: Where the middle of the left side is tried first.
    """
    points = list(line)
    spots = [(along(points, share), _direction(points, share)) for share in _SHARES]
    length = sum(math.dist(a, b) for a, b in pairwise(points)) or 1.0
    for form in forms:
        for rect in _beside(spots, length, form.width, home):
            if ground.is_free(rect) and ground.shows_owner(owner, points, rect):
                return Label(form.text, rect)
    narrow = [form for form in forms if form.width <= LABEL_WIDTH + SIDES] or forms[-1:]
    return _led(owner, points, (narrow[0], narrow[-1]) if len(narrow) > 1 else narrow, ground)


def _beside(spots: Sequence[tuple[Point, Point]], length: float, width: float, home: Point | None) -> Iterator[Rect]:
    """Yield places on a line and right beside it, the likeliest first."""
    if home is not None:
        yield Rect(home.x, home.y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT)
    covers = [(abs(ahead.x) * width + abs(ahead.y) * LABEL_HEIGHT) / length for _, ahead in spots]
    for (spot, _), covered in zip(spots, covers, strict=True):
        if covered <= _COVERED:
            yield _around(spot, width)
    for gap, (spot, (dx, dy)) in product(_GAPS, spots):
        reach = abs(dy) * width / 2 + abs(dx) * LABEL_HEIGHT / 2 + gap
        side = 1.0 if dx > 0 or (dx == 0 and dy > 0) else -1.0
        for turn in (side, -side):
            yield _around(Point(spot.x + dy * reach * turn, spot.y - dx * reach * turn), width)
    for (spot, _), covered in zip(spots, covers, strict=True):
        if _COVERED < covered <= _MOST:
            yield _around(spot, width)


def _led(owner: str, points: list[Point], forms: Sequence[Form], ground: Ground) -> Label | None:
    """Return a label that stands free, with a leader as short and as clear as can be."""
    best, least = None, math.inf
    spots = [(spot, _among(owner, spot, ground)) for spot in (along(points, share) for share in _LEADER_SHARES)]
    clearest = min(among for _, among in spots)
    for length, (rank, form) in product(_LENGTHS, enumerate(forms)):
        if length + clearest + _WORTH >= least:
            break
        extra = length + rank * _SHORTER
        for spot, among in spots:
            if extra + among >= least:
                continue
            for rect in _ring(spot, length, form.width):
                cost = extra + among + _cost(owner, points, spot, rect, ground, least - extra - among)
                if cost < least:
                    best, least = Label(form.text, rect, (clamped(spot, rect), spot)), cost
    return best


def _ring(spot: Point, length: float, width: float) -> Iterator[Rect]:
    """Yield places around a spot, all about as far from it."""
    for dx, dy in _WAYS:
        reach_x, reach_y = width / 2 + length * abs(dx), LABEL_HEIGHT / 2 + length * abs(dy)
        yield _around(Point(spot.x + _signed(dx, reach_x), spot.y + _signed(dy, reach_y)), width)


def _signed(share: float, reach: float) -> float:
    """Return a reach into the direction of a share; nothing where the share is hardly any."""
    return math.copysign(reach, share) if abs(share) > 0.01 else 0.0


def _among(owner: str, spot: Point, ground: Ground) -> float:
    """Return what it costs that other lines run where a leader ends."""
    near = Rect(spot.x - _NEARER, spot.y - _NEARER, 2 * _NEARER, 2 * _NEARER)
    others = set(ground.lines.through(near, but=owner))
    on = 0.0 if ground.taken.is_free(Rect(spot.x - 1, spot.y - 1, 2, 2)) else _AMONG
    return on + (_AMONG if others else 0.0)


def _cost(owner: str, points: list[Point], spot: Point, rect: Rect, ground: Ground, limit: float) -> float:
    """Return what a led label at a place would hide and cross; infinite where it cannot be or past a limit."""
    start, around = clamped(spot, rect), rect.inflated(_NEARER)
    if not ground.is_free(rect) or any(runs_through(a, b, around) for a, b in pairwise(points)):
        return math.inf
    hidden = _HIDING * len(set(ground.lines.through(rect, but=owner)))
    if hidden >= limit or not ground.labels.is_open(start, spot):
        return math.inf
    over = 0.0 if ground.taken.is_open(start, short_of(start, spot)) else _OVER
    return hidden + over + _CROSSING * len(ground.lines.crossed(start, spot, but=owner))


def short_of(start: Point, end: Point) -> Point:
    """Return where a leader is asked for what it runs through: not at its end, which may lie beside a card."""
    return Point(start.x + (end.x - start.x) * 0.7, start.y + (end.y - start.y) * 0.7)


def _around(middle: Point, width: float) -> Rect:
    return Rect(middle.x - width / 2, middle.y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT)


def _direction(points: list[Point], share: float) -> Point:
    """Return the direction, of length 1, of a chain of points after a share of its length."""
    a, b = along(points, max(0.0, share - 0.03)), along(points, min(1.0, share + 0.03))
    length = math.dist(a, b) or 1.0
    return Point((b.x - a.x) / length, (b.y - a.y) / length)


def _cells(rect: Rect) -> list[tuple[int, int]]:
    """Return the cells of the grid that a rectangle touches."""
    x, y, width, height = rect
    columns = range(int(x // _CELL), int((x + width) // _CELL) + 1)
    rows = range(int(y // _CELL), int((y + height) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]
