"""The picture of each kind of block: one function each, found by the kind's name.

A function adds the marks of a block to a sheet and returns the y below them. A field that has no function of its own is
pictured as a box with its label.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

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
from flow_models.document.field_blocks import Checkbox, ChoiceField, ChoiceGrid, FieldBlock, LongText, Slider
from flow_models.geometry.marks import Mark, plain
from flow_models.geometry.measure import shortened, text_width, wrapped
from flow_models.geometry.shapes import Rect
from flow_models.runtime.machine.base.kinds import FIELDS

_INDENT = 10.0


class Place(NamedTuple):
    """Where a block is drawn: its top left corner and its width."""

    x: float
    y: float
    width: float

    def below(self, y: float) -> "Place":
        """Return the place further down."""
        return self._replace(y=y)

    def rect(self, height: float, width: float | None = None) -> Rect:
        """Return a rectangle at the place, as wide as it by default."""
        return Rect(self.x, self.y, self.width if width is None else width, height)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where marks are put, and how close together."""

    marks: list[Mark]
    gap: float = 6.0
    field: float = 18.0
    lines: int = 2

    def stack(self, blocks: Iterable[AnyBlock], place: Place) -> float:
        """Add the marks of blocks below each other; return the y below them, without the last gap."""
        y = place.y
        for block in blocks:
            below = _PICTURES[block.kind](block, place.below(y), self)
            y = below + self.gap if below > y else y
        return max(place.y, y - self.gap)

    def caption(self, title: str, block: str, place: Place) -> float:
        """Add a small title above what follows."""
        words = shortened(plain(title), place.width, 9, bold=True)
        self.marks.append(Mark("caption", place.rect(12), words, "", block))
        return place.y + 15

    def unfolded(self, parts: Iterable[tuple[str, tuple[AnyBlock, ...]]], block: str, place: Place) -> float:
        """Add what a block hides from a visitor: designers see all of it, under the words that open it."""
        y, is_empty = place.y, True
        for title, inner in parts:
            is_empty = False
            y = self.caption(f"\u25be {title}", block, place.below(y))
            y = self.stack(inner, Place(place.x + _INDENT, y, place.width - _INDENT)) + self.gap
        return y if is_empty else y - self.gap


def _heading(block: Heading, place: Place, sheet: Sheet) -> float:
    size = 12.0 if block.level == 1 else 10.0
    words = shortened(plain(block.text), place.width, size, bold=True)
    sheet.marks.append(Mark("heading", place.rect(size + 4), words, str(block.level), block.id))
    return place.y + size + 4


def _text(block: Text, place: Place, sheet: Sheet) -> float:
    """Add up to two lines of a paragraph."""
    y = place.y
    for line in wrapped(plain(block.text), place.width, 9, lines=sheet.lines):
        sheet.marks.append(Mark("text", place.below(y).rect(12), line, block.style, block.id))
        y += 12
    return y


def _image(block: Image, place: Place, sheet: Sheet) -> float:
    sheet.marks.append(Mark("picture", place.rect(30), block=block.id))
    return place.y + 30


def _notice(block: NoticeBlock, place: Place, sheet: Sheet) -> float:
    words = shortened(plain(block.text), place.width - 12, 9)
    sheet.marks.append(Mark("notice", place.rect(17), words, block.tone, block.id))
    return place.y + 17


def _divider(block: Divider, place: Place, sheet: Sheet) -> float:
    sheet.marks.append(Mark("rule", place.below(place.y + 1).rect(1), block=block.id))
    return place.y + 3


def _button(block: Button, place: Place, sheet: Sheet) -> float:
    words = shortened(plain(block.title), place.width - 20, 10, bold=True)
    wide = min(place.width, max(44.0, text_width(words, 10, bold=True) + 20))
    sheet.marks.append(Mark("button", place.rect(19, wide), words, block.style, block.id))
    return place.y + 19


def _link(block: Link, place: Place, sheet: Sheet) -> float:
    words = shortened(plain(block.title), place.width, 10)
    sheet.marks.append(Mark("link", place.rect(13), words, block=block.id))
    return place.y + 13


def _sign(words: str, block: str, place: Place, sheet: Sheet) -> float:
    """Add a block of which a few words are enough."""
    sheet.marks.append(Mark("text", place.rect(12), shortened(words, place.width, 9), "", block))
    return place.y + 12


def _steps(block: Steps, place: Place, sheet: Sheet) -> float:
    return _sign(" \u2013 ".join(block.titles), block.id, place, sheet)


def _pagination(block: Pagination, place: Place, sheet: Sheet) -> float:
    return _sign("\u2039 1 2 3 \u203a", block.id, place, sheet)


def _field(block: FieldBlock, place: Place, sheet: Sheet, tone: str = "") -> float:
    words = shortened(block.title, place.width - 24, 9)
    sheet.marks.append(Mark("field", place.rect(sheet.field), words, tone, block.id))
    return place.y + sheet.field


def _choice_field(block: ChoiceField, place: Place, sheet: Sheet) -> float:
    return _field(block, place, sheet, "drop_down")


def _long_text(block: LongText, place: Place, sheet: Sheet) -> float:
    words = shortened(block.title, place.width - 14, 9)
    sheet.marks.append(Mark("field", place.rect(28), words, "long", block.id))
    return place.y + 28


def _checkbox(block: Checkbox, place: Place, sheet: Sheet) -> float:
    words = shortened(block.title, place.width - 18, 9)
    sheet.marks.append(Mark("tick", place.rect(12), words, "", block.id))
    return place.y + 12


def _slider(block: Slider, place: Place, sheet: Sheet) -> float:
    y = sheet.caption(block.title, block.id, place)
    sheet.marks.append(Mark("slider", place.below(y).rect(10), "", "", block.id))
    return y + 10


def _choice_grid(block: ChoiceGrid, place: Place, sheet: Sheet) -> float:
    y = sheet.caption(block.title, block.id, place)
    sheet.marks.append(Mark("places", place.below(y).rect(22, min(place.width, 96.0)), "", "", block.id))
    return y + 22


def _details(block: Details, place: Place, sheet: Sheet) -> float:
    """Add up to four terms with bars for their values."""
    x, y, width = place
    for index, item in enumerate(block.items[:4]):
        words = shortened(item.title, width * 0.45, 9)
        sheet.marks.append(Mark("head", Rect(x, y, width * 0.45, 11), words, "", block.id))
        bar = Rect(x + width * 0.5, y + 3, width * (0.42 if index % 2 else 0.3), 5)
        sheet.marks.append(Mark("bar", bar, block=block.id))
        y += 13
    return y


def _list(block: ListBlock, place: Place, sheet: Sheet) -> float:
    """Add a list: its title, its column titles, and a row for each of its links and controls (two at least)."""
    y = sheet.caption(block.title, block.id, place) if block.title else place.y
    y = _list_head(block, place.below(y), sheet)
    links = tuple(column.link for column in block.columns if column.link is not None)
    controls = (*links, *block.row_controls)
    for index in range(max(2, len(controls))):
        control = controls[index] if index < len(controls) else None
        y = _list_row(block, _Row(index, control, index < len(links)), place.below(y), sheet)
    return y


def _list_head(block: ListBlock, place: Place, sheet: Sheet) -> float:
    """Add the titles of the first columns of a list that is shown as a table."""
    if block.style != "table" or not any(column.title for column in block.columns[:3]):
        return place.y
    wide = _column_width(block, place)
    for index, column in enumerate(block.columns[:3]):
        words = shortened(column.title, wide - 4, 8)
        sheet.marks.append(Mark("head", Rect(place.x + index * wide, place.y, wide - 4, 10), words, "", block.id))
    sheet.marks.append(Mark("rule", place.below(place.y + 11).rect(1), block=block.id))
    return place.y + 12


class _Row(NamedTuple):
    """A row of a list as pictured: its number, what stands in it, and whether that is the link of a column."""

    number: int
    control: Button | Link | None
    is_link: bool


def _column_count(block: ListBlock) -> int:
    """Return how many columns of a list are pictured."""
    return len(block.columns[:3]) or 2


def _column_width(block: ListBlock, place: Place) -> float:
    """Return how wide a column of a list is pictured."""
    return place.width / _column_count(block)


def _list_row(block: ListBlock, row: _Row, place: Place, sheet: Sheet) -> float:
    """Add one row of a list; a column's link is its first value, a row control stands at its end."""
    count, wide = _column_count(block), _column_width(block, place)
    shares = (0.72, 0.5, 0.6)
    is_trailing = row.control is not None and not row.is_link
    for column in range(count - 1 if is_trailing else count):
        bar = Rect(place.x + column * wide, place.y + 4, wide * shares[(column + row.number) % 3], 5)
        if column == 0 and row.control is not None and row.is_link:
            sheet.marks.append(Mark("link", bar, "", "bar", row.control.id))
        else:
            sheet.marks.append(Mark("bar", bar, block=block.id))
    if row.control is not None and is_trailing:
        room = wide - 4 if count > 1 else place.width / 2
        words = shortened(plain(row.control.title), room, 9)
        width = min(room, text_width(words, 9) + 4)
        rect = Rect(place.x + place.width - width, place.y, width, 13)
        sheet.marks.append(Mark("link", rect, words, "end", row.control.id))
    return place.y + 14


def _navigation(block: Navigation, place: Place, sheet: Sheet) -> float:
    return sheet.stack(block.links, place)


def _menu(block: Menu, place: Place, sheet: Sheet) -> float:
    return sheet.unfolded(((block.title, block.items),), block.id, place)


def _form(block: Form, place: Place, sheet: Sheet) -> float:
    return sheet.stack(block.blocks, place)


def _group(block: Group, place: Place, sheet: Sheet) -> float:
    y = sheet.caption(block.title, block.id, place) if block.title else place.y
    return sheet.stack(block.blocks, place.below(y))


def _columns(block: Columns, place: Place, sheet: Sheet) -> float:
    """Add columns side by side."""
    count = max(1, len(block.columns))
    wide = (place.width - 8.0 * (count - 1)) / count
    below = [
        sheet.stack(inner, Place(place.x + index * (wide + 8.0), place.y, wide))
        for index, inner in enumerate(block.columns)
    ]
    return max(below, default=place.y)


def _fold_out(block: FoldOut, place: Place, sheet: Sheet) -> float:
    return sheet.unfolded(((block.title, block.blocks),), block.id, place)


def _tabs(block: Tabs, place: Place, sheet: Sheet) -> float:
    return sheet.unfolded(((tab.title, tab.blocks) for tab in block.tabs), block.id, place)


_Draw = Callable[[Any, Place, Sheet], float]
"""Adds the marks of a block of one kind; the registry gives each its own, so `Any` is honest."""

_PICTURES: Final[Mapping[str, _Draw]] = MappingProxyType(
    {
        **dict.fromkeys(FIELDS, _field),
        "heading": _heading,
        "text": _text,
        "image": _image,
        "notice": _notice,
        "divider": _divider,
        "long_text": _long_text,
        "slider": _slider,
        "choice_field": _choice_field,
        "choice_grid": _choice_grid,
        "checkbox": _checkbox,
        "button": _button,
        "link": _link,
        "list": _list,
        "details": _details,
        "navigation": _navigation,
        "menu": _menu,
        "pagination": _pagination,
        "steps": _steps,
        "form": _form,
        "group": _group,
        "columns": _columns,
        "fold_out": _fold_out,
        "tabs": _tabs,
    }
)
