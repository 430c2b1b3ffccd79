"""What stands in a part of a page as text: where values of the instance are looked for."""

from typing import NamedTuple

from ...machine.pages.view import Button, Details, Field, Heading, Link, ListRow, ListView, NoticeBox, Shown, Text


class Reading(NamedTuple):
    """What a part says.

    Attributes:
        texts: Its texts that can hold a value, in document order.
        beside: What stands in the row of each row control, by block and row.
    """

    texts: list[str]
    beside: dict[tuple[str, str], str]


def reading(part: Shown) -> Reading:
    """Return what a part says, and all that stands in it."""
    found = Reading([], {})
    _read(part, found)
    return found


def _read(part: Shown, found: Reading) -> None:
    """Add what a part says."""
    match part:
        case Button() | Field() | Heading() | Link():
            pass  # most parts are one of these, and nothing that stands in them says anything
        case Text() | NoticeBox():
            found.texts.append(part.text)
        case Details():
            found.texts.extend([value for _, value in part.items])
        case ListView():
            for row in part.rows:
                _read_row(row, found)
        case _:
            for inner in part.inside():
                _read(inner, found)


def _read_row(row: ListRow, found: Reading) -> None:
    """Add what a row of a list says."""
    text = "\n".join([cell if isinstance(cell, str) else cell.text for cell in row.cells])
    found.texts.append(text)
    for control in (*row.cells, *row.controls):
        if not isinstance(control, str):
            found.beside[control.id, row.key] = text
