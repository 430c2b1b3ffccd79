"""The small picture of a page on its card: which simple marks stand where.

Only the page's own blocks are pictured: the header and footer of a section are on its frame. The picture of each kind
of block is in `block_pictures`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flow_models.document.blocks import AnyBlock
from flow_models.geometry.block_pictures import Place, Sheet
from flow_models.geometry.marks import Mark
from flow_models.geometry.shapes import Rect

_ROWS = ("button", "link", "field", "tick", "slider", "places")


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks of a card and the row of each button, link and field.

    Attributes:
        marks: In painting order.
        rows: The y of each button, link and field, by block id; those that found no room share the last row.
        controls: The ids of the buttons and links.
        height: How far the marks reach below `top`.
    """

    marks: tuple[Mark, ...]
    rows: dict[str, float]
    controls: frozenset[str]
    height: float


def picture_of(blocks: Iterable[AnyBlock], x: float, y: float, width: float, limit: float) -> Picture:
    """Return the picture of some blocks in a column that starts at (x, y) and is at most `limit` high.

    What is too high is drawn closer together first, and cut if that does not help.
    """
    place, bottom = Place(x, y, width), y + limit
    sheet = Sheet([])
    end = sheet.stack(blocks, place)
    if end > bottom:
        sheet = Sheet([], gap=4.0, field=16.0, lines=1)
        end = sheet.stack(blocks, place)
    rows = {mark.block: mark.rect.center.y for mark in sheet.marks if mark.kind in _ROWS}
    controls = frozenset(mark.block for mark in sheet.marks if mark.kind in ("button", "link"))
    if end <= bottom:
        return Picture(tuple(sheet.marks), rows, controls, end - y)
    kept = _cut(sheet.marks, place, bottom)
    shown = {mark.block for mark in kept}
    cut = {block: row if block in shown else bottom - 4.0 for block, row in rows.items()}
    return Picture(kept, cut, controls, limit)


def _cut(marks: Iterable[Mark], place: Place, bottom: float) -> tuple[Mark, ...]:
    """Return the marks that end above the bottom, with one that says that there is more."""
    more = Mark("more", Rect(place.x, bottom - 8.0, place.width, 8.0))
    return (*(mark for mark in marks if mark.rect.bottom <= bottom - 10.0), more)
