"""What stands in a part of a page as text: where values of the instance are looked for."""

from collections.abc import Iterator

from ...machine.pages.view import Details, Link, ListRow, ListView, NoticeBox, Shown, Text, walk


def texts_in(part: Shown) -> Iterator[str]:
    """Yield the texts of a part that can hold a value."""
    for inner in walk(part):
        match inner:
            case Text() | NoticeBox():
                yield inner.text
            case Details():
                yield from (value for _, value in inner.items)
            case ListView():
                yield from (_row_text(row) for row in inner.rows)
            case _:
                continue


def _row_text(row: ListRow) -> str:
    """Return what a row of a list says."""
    return "\n".join(cell if isinstance(cell, str) else cell.text for cell in row.cells)


def row_texts(part: Shown) -> dict[tuple[str, str], str]:
    """Return what stands in the row of each row control of a part, by block and row."""
    found: dict[tuple[str, str], str] = {}
    for inner in walk(part):
        if isinstance(inner, ListView):
            for row in inner.rows:
                text = _row_text(row)
                links = (cell for cell in row.cells if isinstance(cell, Link))
                found.update({(control.id, row.key): text for control in (*links, *row.controls)})
    return found
