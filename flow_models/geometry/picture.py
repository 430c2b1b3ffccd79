"""The small picture of a page on its card: which simple marks stand where.

Marks are relative to the card's top left corner. Painters (canvas and SVG) know each kind of mark; nothing here
chooses colours. Only the page's own blocks are pictured: the header and footer of a section are on its frame.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Columns,
    Details,
    Divider,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Link,
    ListBlock,
    Menu,
    Navigation,
    NoticeBlock,
    Pagination,
    Steps,
    Tabs,
    Text,
)
from flow_models.document.field_blocks import Checkbox, ChoiceField, ChoiceGrid, LongText, Slider
from flow_models.geometry.measure import shortened, text_width, wrapped
from flow_models.geometry.shapes import Rect

MarkKind = Literal[
    "heading",
    "text",
    "notice",
    "rule",
    "caption",
    "field",
    "tick",
    "slider",
    "places",
    "picture",
    "button",
    "link",
    "head",
    "bar",
    "more",
]

PLACES = (2, 8)
"""Lines of a plan of places, and places in each, as pictured."""

_ROWS = ("button", "link", "field", "tick", "slider", "places")
_INDENT = 10.0
_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke of the picture.

    Attributes:
        kind: How it is drawn; a `bar` stands for a value that only a visit knows.
        rect: Where, relative to the card.
        text: Its words, already shortened to the rectangle.
        tone: A button's style, a notice's tone, `drop_down` for a field with a list.
        block: The id of the block that it pictures; empty for parts that only decorate.
    """

    kind: MarkKind
    rect: Rect
    text: str = ""
    tone: str = ""
    block: str = ""


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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where marks are put, and how close together."""

    marks: list[Mark]
    gap: float = 6.0
    field: float = 18.0
    lines: int = 2


def picture_of(blocks: Iterable[AnyBlock], x: float, y: float, width: float, limit: float) -> Picture:
    """Return the picture of some blocks in a column that starts at (x, y) and is at most `limit` high.

    What is too high is drawn closer together first, and cut if that does not help.
    """
    marks, end = _sketched(_Sheet([]), blocks, x, y, width)
    if end > y + limit:
        marks, end = _sketched(_Sheet([], gap=4.0, field=16.0, lines=1), blocks, x, y, width)
    bottom = y + limit
    rows = {mark.block: mark.rect.center.y for mark in marks if mark.kind in _ROWS}
    controls = frozenset(mark.block for mark in marks if mark.kind in ("button", "link"))
    if end <= bottom:
        return Picture(tuple(marks), rows, controls, end - y)
    last = bottom - 10.0
    kept = [mark for mark in marks if mark.rect.bottom <= last]
    kept.append(Mark("more", Rect(x, bottom - 8.0, width, 8.0)))
    shown = {mark.block for mark in kept}
    cut = {block: row if block in shown else bottom - 4.0 for block, row in rows.items()}
    return Picture(tuple(kept), cut, controls, limit)


def places_of(rect: Rect) -> Iterator[Rect]:
    """Yield the places of a pictured plan."""
    lines, count = PLACES
    wide, high = (rect.width + 3.0) / count, (rect.height + 3.0) / lines
    for line in range(lines):
        for number in range(count):
            yield Rect(rect.x + number * wide, rect.y + line * high, wide - 3.0, high - 3.0)


def hills(rect: Rect) -> tuple[tuple[float, float], ...]:
    """Return the points of a line of hills, which stands for any picture."""
    shares = ((0.08, 0.85), (0.3, 0.35), (0.45, 0.65), (0.65, 0.2), (0.92, 0.85))
    return tuple((rect.x + x * rect.width, rect.y + y * rect.height) for x, y in shares)


def plain(template: str) -> str:
    """Return a template as words: `{row.name}` becomes name in small angle quotes, a longer formula a dot row."""
    held = template.replace("{{", "\0").replace("}}", "\1")
    return _HOLE.sub(_hole, held).replace("\0", "{").replace("\1", "}")


def _hole(match: re.Match[str]) -> str:
    last = match.group(1).strip().rpartition(".")[2]
    words = last.replace("_", " ") if last.isidentifier() else "…"
    return f"\u2039{words}\u203a"


def _sketched(sheet: _Sheet, blocks: Iterable[AnyBlock], x: float, y: float, width: float) -> tuple[list[Mark], float]:
    """Return the marks of blocks on a sheet and the y below them."""
    return sheet.marks, _stack(blocks, x, y, width, sheet)


def _stack(blocks: Iterable[AnyBlock], x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add the marks of blocks below each other; return the y below them, without the last gap."""
    start = y
    for block in blocks:
        below = _draw(block, x, y, width, sheet)
        y = below + sheet.gap if below > y else y
    return max(start, y - sheet.gap)


def _draw(block: AnyBlock, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add the marks of one block; return the y below it."""
    match block:
        case Heading():
            size = 12.0 if block.level == 1 else 10.0
            words = shortened(plain(block.text), width, size, bold=True)
            sheet.marks.append(Mark("heading", Rect(x, y, width, size + 4), words, str(block.level), block.id))
            return y + size + 4
        case Text():
            return _text(block, x, y, width, sheet)
        case NoticeBlock():
            words = shortened(plain(block.text), width - 12, 9)
            sheet.marks.append(Mark("notice", Rect(x, y, width, 17), words, block.tone, block.id))
            return y + 17
        case Divider():
            sheet.marks.append(Mark("rule", Rect(x, y + 1, width, 1), block=block.id))
            return y + 3
        case Button():
            words = shortened(plain(block.title), width - 20, 10, bold=True)
            wide = min(width, max(44.0, text_width(words, 10, bold=True) + 20))
            sheet.marks.append(Mark("button", Rect(x, y, wide, 19), words, block.style, block.id))
            return y + 19
        case Link():
            sheet.marks.append(
                Mark("link", Rect(x, y, width, 13), shortened(plain(block.title), width, 10), block=block.id)
            )
            return y + 13
        case ListBlock():
            return _list(block, x, y, width, sheet)
        case Details():
            return _details(block, x, y, width, sheet)
        case Navigation():
            return _stack(block.links, x, y, width, sheet)
        case Form() | Group():
            if isinstance(block, Group) and block.title:
                y = _caption(block.title, block.id, x, y, width, sheet)
            return _stack(block.blocks, x, y, width, sheet)
        case Columns():
            return _columns(block, x, y, width, sheet)
        case FoldOut() | Tabs() | Menu():
            return _unfolded(block, x, y, width, sheet)
        case Image() | Steps() | Pagination():
            return _sign(block, x, y, width, sheet)
        case _:
            return _field(block, x, y, width, sheet)


def _sign(block: Image | Steps | Pagination, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add a block of which a sign is enough: a picture, steps, page numbers."""
    if isinstance(block, Image):
        sheet.marks.append(Mark("picture", Rect(x, y, width, 30), block=block.id))
        return y + 30
    words = "\u2039 1 2 3 \u203a" if isinstance(block, Pagination) else " \u2013 ".join(block.titles)
    sheet.marks.append(Mark("text", Rect(x, y, width, 12), shortened(words, width, 9), "", block.id))
    return y + 12


def _field(block: AnyBlock, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add a field."""
    title = str(getattr(block, "title", ""))
    match block:
        case Slider():
            y = _caption(title, block.id, x, y, width, sheet)
            sheet.marks.append(Mark("slider", Rect(x, y, width, 10), "", "", block.id))
            return y + 10
        case ChoiceGrid():
            y = _caption(title, block.id, x, y, width, sheet)
            sheet.marks.append(Mark("places", Rect(x, y, min(width, 96.0), 22), "", "", block.id))
            return y + 22
        case Checkbox():
            sheet.marks.append(Mark("tick", Rect(x, y, width, 12), shortened(block.title, width - 18, 9), "", block.id))
            return y + 12
        case LongText():
            sheet.marks.append(
                Mark("field", Rect(x, y, width, 28), shortened(block.title, width - 14, 9), "long", block.id)
            )
            return y + 28
        case _:
            tone = "drop_down" if isinstance(block, ChoiceField) else ""
            sheet.marks.append(
                Mark("field", Rect(x, y, width, sheet.field), shortened(title, width - 24, 9), tone, block.id)
            )
            return y + sheet.field


def _unfolded(block: FoldOut | Tabs | Menu, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add what a block hides from a visitor: designers see all of it, under the words that open it."""
    parts: list[tuple[str, tuple[AnyBlock, ...]]]
    match block:
        case FoldOut():
            parts = [(block.title, block.blocks)]
        case Menu():
            parts = [(block.title, block.items)]
        case Tabs():
            parts = [(tab.title, tab.blocks) for tab in block.tabs]
    for title, inner in parts:
        y = _caption(f"\u25be {title}", block.id, x, y, width, sheet)
        y = _stack(inner, x + _INDENT, y, width - _INDENT, sheet) + sheet.gap
    return y - sheet.gap if parts else y


def _text(block: Text, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add up to two lines of a paragraph."""
    for line in wrapped(plain(block.text), width, 9, lines=sheet.lines):
        sheet.marks.append(Mark("text", Rect(x, y, width, 12), line, block.style, block.id))
        y += 12
    return y


def _caption(title: str, block: str, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add a small title above what follows."""
    sheet.marks.append(Mark("caption", Rect(x, y, width, 12), shortened(plain(title), width, 9, bold=True), "", block))
    return y + 15


def _list(block: ListBlock, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add a list: its title, its column titles, and a row for each of its links and controls (two at least)."""
    if block.title:
        y = _caption(block.title, block.id, x, y, width, sheet)
    columns = block.columns[:3] or (None, None)
    wide = width / len(columns)
    if block.style == "table" and any(column and column.title for column in columns):
        for index, column in enumerate(columns):
            words = shortened(column.title if column else "", wide - 4, 8)
            sheet.marks.append(Mark("head", Rect(x + index * wide, y, wide - 4, 10), words, "", block.id))
        y += 12
        sheet.marks.append(Mark("rule", Rect(x, y - 1, width, 1), block=block.id))
    links = [column.link for column in block.columns if column.link is not None]
    controls: list[AnyBlock] = [*links, *block.row_controls]
    for index in range(max(2, len(controls))):
        control = controls[index] if index < len(controls) else None
        y = _list_row(block, control, links, (x, y, width), (len(columns), wide, index), sheet)
    return y


def _list_row(
    block: ListBlock,
    control: AnyBlock | None,
    links: list[Link],
    place: tuple[float, float, float],
    grid: tuple[int, float, int],
    sheet: _Sheet,
) -> float:
    """Add one row of a list; a column's link is its first value, a row control stands at its end."""
    x, y, width = place
    count, wide, index = grid
    shares = (0.72, 0.5, 0.6)
    trailing = control is not None and control not in links
    for column in range(count - 1 if trailing else count):
        bar = Rect(x + column * wide, y + 4, wide * shares[(column + index) % 3], 5)
        if column == 0 and control is not None and not trailing:
            sheet.marks.append(Mark("link", bar, "", "bar", control.id))
        else:
            sheet.marks.append(Mark("bar", bar, block=block.id))
    if trailing and isinstance(control, Button | Link):
        room = wide - 4 if count > 1 else width / 2
        words = shortened(plain(control.title), room, 9)
        rect = Rect(x + width - min(room, text_width(words, 9) + 4), y, min(room, text_width(words, 9) + 4), 13)
        sheet.marks.append(Mark("link", rect, words, "end", control.id))
    return y + 14


def _details(block: Details, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add up to four terms with bars for their values."""
    for index, item in enumerate(block.items[:4]):
        sheet.marks.append(
            Mark("head", Rect(x, y, width * 0.45, 11), shortened(item.title, width * 0.45, 9), "", block.id)
        )
        sheet.marks.append(
            Mark("bar", Rect(x + width * 0.5, y + 3, width * (0.42 if index % 2 else 0.3), 5), block=block.id)
        )
        y += 13
    return y


def _columns(block: Columns, x: float, y: float, width: float, sheet: _Sheet) -> float:
    """Add columns side by side."""
    count = max(1, len(block.columns))
    wide = (width - 8.0 * (count - 1)) / count
    below = [_stack(inner, x + index * (wide + 8.0), y, wide, sheet) for index, inner in enumerate(block.columns)]
    return max(below, default=y)
