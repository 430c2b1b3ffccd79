"""Finding room: an index of rectangles, and the place of a label on its arrow."""

from collections.abc import Iterable, Sequence

from flow_models.geometry.shapes import Curve, Point, Rect, along, curve_bounds, samples

_CELL = 256.0
_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86)
_FINE = 0.0
"""Shared area in square units up to which a place is taken without looking further."""


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


def label_place(
    curve: Curve,
    size: tuple[float, float],
    cards: Places,
    labels: Places,
    avoid: Places,
    home: Rect | None = None,
) -> Rect:
    """Return where a label stands: on its arrow, where it covers least of cards, other labels and ends of arrows.

    Args:
        curve: The arrow's way.
        size: Width and height of the label.
        cards: The cards.
        labels: The labels placed before.
        avoid: Further small areas, such as arrow heads.
        home: The place to try first.
    """
    width, height = size
    points = samples(curve, 6)
    area = curve_bounds(curve).inflated(width + height)
    near = [(3.0, rect) for rect in cards.near(area)]
    near += [(5.0, rect.inflated(1.5)) for rect in labels.near(area)]
    near += [(1.5, rect) for rect in avoid.near(area)]
    if home is not None and _cost(home, near) <= _FINE:
        return home
    best, best_cost = Rect(points[0].x, points[0].y, width, height), float("inf")
    for rank, (share, dx, dy) in enumerate(_candidates(width, height)):
        center = along(points, share)
        rect = Rect(center.x - width / 2 + dx, center.y - height / 2 + dy, width, height)
        cost = _cost(rect, near)
        if cost <= _FINE:
            return rect
        if cost + rank < best_cost:
            best, best_cost = rect, cost + rank
    return best


def _candidates(width: float, height: float) -> list[tuple[float, float, float]]:
    """Return (share of the way, offset x, offset y), the likeliest first: on the line, then beside it."""
    on = [(share, 0.0, 0.0) for share in _SHARES]
    beside = [
        (share, dx, dy)
        for share in (0.5, 0.3, 0.7)
        for dx, dy in ((0.0, -height * 0.75), (0.0, height * 0.75), (width * 0.6, 0.0), (-width * 0.6, 0.0))
    ]
    far = [(share, 0.0, dy * height) for share in (0.5, 0.25, 0.75) for dy in (-1.6, 1.6, -2.6, 2.6)]
    return on + beside + far


def _cost(rect: Rect, near: Sequence[tuple[float, Rect]]) -> float:
    """Return how much of other things a label at a place would cover, each weighted."""
    left, top, width, height = rect
    right, bottom = left + width, top + height
    cost = 0.0
    for weight, (x, y, wide, high) in near:
        if left < x + wide and x < right and top < y + high and y < bottom:
            cost += weight * (min(right, x + wide) - max(left, x)) * (min(bottom, y + high) - max(top, y))
    return cost


def _cells(rect: Rect) -> list[tuple[int, int]]:
    """Return the cells of the grid that a rectangle touches."""
    x, y, width, height = rect
    columns = range(int(x // _CELL), int((x + width) // _CELL) + 1)
    rows = range(int(y // _CELL), int((y + height) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]


def arrival_area(end: Point) -> Rect:
    """Return the area of an arrow head, which labels should leave free."""
    return Rect(end.x - 12, end.y - 7, 24, 14)
