"""Where on the viewport an area of the scene is seen whole, and not under what lies over the viewport."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF

_FREE = 8.0
"""Pixels between what is shown and what lies over the viewport."""


def fitted(
    area: QRectF, parts: Sequence[QRectF], room: QRectF, covered: Sequence[QRectF], limits: tuple[float, float, float]
) -> tuple[float, QPointF]:
    """Return at which zoom, and where its middle lies, an area is seen whole and as large as can be.

    It fills all of the room where what lies over it falls onto empty canvas, else what remains beside or above that.

    Args:
        area: The area of the scene.
        parts: What must not be covered, in the scene.
        room: The viewport.
        covered: What lies over it.
        limits: The margin around the area in scene units, the least zoom and the most.
    """
    margin, least, most = limits
    found: list[tuple[float, QPointF]] = []
    for free in _rooms(room, covered):
        wide, high = free.width() / (area.width() + 2 * margin), free.height() / (area.height() + 2 * margin)
        found.append((max(least, min(most, wide, high)), free.center()))
    # The largest first: of a large flow there are thousands of parts to look at for each.
    found.sort(key=lambda option: -option[0])
    return next((option for option in found if _is_free(area, parts, covered, option)), found[0])


def beside(here: QRectF, room: QRectF, covered: Sequence[QRectF]) -> QRectF | None:
    """Return the nearest place where something on the viewport is seen whole; `None` if there is none."""
    inside = QRectF(here)
    inside.moveLeft(min(max(here.left(), room.left()), room.right() - here.width()))
    inside.moveTop(min(max(here.top(), room.top()), room.bottom() - here.height()))
    places = [inside]
    for one in (each.adjusted(-_FREE, -_FREE, _FREE, _FREE) for each in covered):
        for x, y in ((one.right(), None), (one.left() - here.width(), None), (None, one.top() - here.height())):
            moved = QRectF(inside)
            moved.moveTo(inside.x() if x is None else x, inside.y() if y is None else y)
            places.append(moved)
    free = [place for place in places if room.contains(place) and not any(place.intersects(one) for one in covered)]
    return min(free, key=lambda place: (place.center() - here.center()).manhattanLength(), default=None)


def _is_free(area: QRectF, parts: Sequence[QRectF], covered: Sequence[QRectF], seen: tuple[float, QPointF]) -> bool:
    """Say whether nothing lies over a part of an area, nor nearer to it than what must stay free, seen at a zoom."""
    zoom, center = seen
    for one in covered:
        grown = one.adjusted(-_FREE, -_FREE, _FREE, _FREE)
        over = QRectF(area.center() + (grown.topLeft() - center) / zoom, grown.size() / zoom)
        if any(map(over.intersects, parts)):
            return False
    return True


def _rooms(room: QRectF, covered: Sequence[QRectF]) -> Iterator[QRectF]:
    """Yield the whole room, and what remains of it above and beside what lies over its lower edge."""
    yield room
    if not covered:
        return
    middle = room.center().x()
    left = max((one.right() + _FREE for one in covered if one.center().x() < middle), default=room.left())
    right = min((one.left() - _FREE for one in covered if one.center().x() >= middle), default=room.right())
    tops = sorted(one.top() - _FREE for one in covered)
    yield QRectF(room.topLeft(), QPointF(room.right(), tops[0]))
    yield QRectF(room.topLeft(), QPointF(right, room.bottom()))
    yield QRectF(room.topLeft(), QPointF(right, tops[-1]))
    yield QRectF(QPointF(left, room.top()), QPointF(right, room.bottom()))
