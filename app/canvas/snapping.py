"""Snapping while cards are dragged: to the edges and middles of other cards first, else to the grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flow_models.geometry.shapes import GRID, Rect


@dataclass(frozen=True, slots=True)
class Guide:
    """A line along which cards are aligned: `x` or `y`, its place, and from where to where it reaches."""

    axis: str
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Snapped:
    """How far something moves after snapping, and the guides that held it."""

    dx: float
    dy: float
    guides: tuple[Guide, ...]


def snapped(moving: Rect, others: Sequence[Rect], dx: float, dy: float, reach: float) -> Snapped:
    """Return a shift with snapping.

    Args:
        moving: Where the card under the pointer was when the drag began.
        others: The cards that stand still and are near.
        dx: How far the pointer moved to the right.
        dy: How far it moved downwards.
        reach: How close, in scene units, a guide must be to hold.
    """
    moved = moving.moved(dx, dy)
    x = _nearest(_xs(moved), ((line, other) for other in others for line in _xs(other)), reach)
    y = _nearest(_ys(moved), ((line, other) for other in others for line in _ys(other)), reach)
    to_x = dx + x[0] if x else to_grid(moving.x + dx) - moving.x
    to_y = dy + y[0] if y else to_grid(moving.y + dy) - moving.y
    final = moving.moved(to_x, to_y)
    guides = []
    if x:
        guides.append(Guide("x", x[1], min(final.y, x[2].y) - 12, max(final.bottom, x[2].bottom) + 12))
    if y:
        guides.append(Guide("y", y[1], min(final.x, y[2].x) - 12, max(final.right, y[2].right) + 12))
    return Snapped(to_x, to_y, tuple(guides))


def to_grid(value: float) -> float:
    """Return the nearest line of the grid."""
    return round(value / GRID) * GRID


def _xs(rect: Rect) -> tuple[float, float, float]:
    return rect.x, rect.x + rect.width / 2, rect.right


def _ys(rect: Rect) -> tuple[float, float]:
    return rect.y, rect.bottom


def _nearest(
    own: Iterable[float], lines: Iterable[tuple[float, Rect]], reach: float
) -> tuple[float, float, Rect] | None:
    """Return (shift, line, card) of the line closest to one of the own lines, within reach."""
    mine = tuple(own)
    found = [(line - edge, line, other) for line, other in lines for edge in mine if abs(line - edge) <= reach]
    return min(found, key=lambda candidate: abs(candidate[0]), default=None)
