"""Lists as tables or cards."""

from collections.abc import Sequence
from typing import Final

from ..machine.view import Link, ListRow, ListView
from .elements import Attributes, flat
from .order import reordered
from .pieces import in_turn, write_actions, write_control, write_link, write_paragraph, write_terms
from .writer import LISTS, Writer

ROW_CONTROLS_TITLE: Final = "Actions"

_ROWS: Final[Attributes] = (("class", "rows"),)
_END: Final[Attributes] = (("class", "end"),)
_COLUMN: Final[Attributes] = (("scope", "col"),)
_END_COLUMN: Final[Attributes] = (("scope", "col"), ("class", "end"))
_CONTROLS: Final[Attributes] = (("class", "controls"),)
_CARDS: Final[Attributes] = (("class", "cards"), ("role", "list"))


def write_list(w: Writer, part: ListView) -> None:
    """Write the rows of a list."""
    title = w.said(part.title)
    w.facets |= LISTS
    if part.rows and (w.site.variant.lists or part.style) == "table":
        _table(w, part, title)
        return
    w.open("div", _ROWS if part.rows else (("class", "rows none"),))
    if title:
        write_paragraph(w, title, "caption")
    if part.rows:
        w.open("ul", _CARDS, "list ''")
        for row in part.rows:
            _card(w, part, row)
        w.close()
    elif part.empty_text:
        write_paragraph(w, part.empty_text, "empty")
    w.close()


def _columns(w: Writer, part: ListView) -> tuple[int, ...]:
    """Return the columns in the order in which the variant has them: the first one says what a row is and stays."""
    return (0, *reordered(w, part.id, range(1, len(part.columns)))) if part.columns else ()


def _table(w: Writer, part: ListView, title: str) -> None:
    """Write rows as a table; amounts stand at the end of their columns."""
    has_controls = any(row.controls for row in part.rows)
    columns = _columns(w, part)
    w.open("div", _ROWS)
    w.open("table", (), f"table {title.strip()!r}")
    if title:
        w.leaf("caption", title, (), "caption ''")
    w.open("thead", (), "rowgroup ''")
    w.open("tr", (), "row ''")
    for column in columns:
        name, align = part.columns[column]
        head = w.said(name)
        w.named("th", head, _END_COLUMN if align == "end" else _COLUMN, f"columnheader {head.strip()!r}")
    if has_controls:
        w.named("th", ROW_CONTROLS_TITLE, _END_COLUMN, f"columnheader {ROW_CONTROLS_TITLE!r}")
    w.close()
    w.close()
    w.open("tbody", (), "rowgroup ''")
    aligns: list[Attributes] = [_END if part.columns[column][1] == "end" else () for column in columns]
    for row in part.rows:
        _table_row(w, row, columns, aligns, has_controls)
    w.close()
    w.close()
    w.close()


def _table_row(
    w: Writer, row: ListRow, columns: tuple[int, ...], aligns: Sequence[Attributes], has_controls: bool
) -> None:
    """Write one row of a table."""
    w.open("tr", (), "row ''")
    plain = _plain_cells(row)
    done = 0
    for place, column in enumerate(columns):
        cell = row.cells[column]
        if isinstance(cell, Link):
            _write_cells(w, plain, columns[done:place], aligns[done:place])
            _link_cell(w, cell, aligns[place])
            done = place + 1
    _write_cells(w, plain, columns[done:], aligns[done:])
    if has_controls:
        controls = in_turn(w, row.controls)
        name = " ".join([w.said(control.text) for control in controls])
        w.open("td", _CONTROLS, f"cell {name.strip()!r}", name)
        for control in controls:
            write_control(w, control)
        w.close()
    w.close()


def _plain_cells(row: ListRow) -> tuple[tuple[str, str], ...]:
    """Return text and line of each cell of a row, empty for a link; kept on the row, since data is never reworded."""
    kept = row.cache
    if not isinstance(kept, tuple):
        texts = ["" if isinstance(cell, Link) else flat(cell) for cell in row.cells]
        kept = row.cache = tuple([(text, f"cell {text.strip()!r}") for text in texts])
    return kept


def _write_cells(
    w: Writer, plain: tuple[tuple[str, str], ...], columns: Sequence[int], aligns: Sequence[Attributes]
) -> None:
    """Write neighbouring cells that are no links."""
    if columns:
        w.named_each("td", [plain[column] for column in columns], aligns)


def _link_cell(w: Writer, link: Link, attributes: Attributes) -> None:
    """Write a cell that a link fills."""
    name = w.said(link.text)
    w.open("td", attributes, f"cell {name.strip()!r}", name, (link.id, link.row, "", "frame"))
    write_link(w, link)
    w.close()


def _card(w: Writer, part: ListView, row: ListRow) -> None:
    """Write one row as a card: its first column as the title, the others as terms and values."""
    w.open("li", (("class", "card"),), "listitem ''")
    columns = _columns(w, part)
    for column in columns[:1]:
        first = row.cells[column]
        if isinstance(first, Link):
            aim = (first.id, first.row, "", "frame")
            w.open("p", (("class", "card-title"),), "paragraph ''", "", aim)
            write_link(w, first)
            w.close()
        else:
            write_paragraph(w, first, "card-title")
    if len(columns) > 1:
        write_terms(w, [(part.columns[column][0], row.cells[column]) for column in columns[1:]])
    if row.controls:
        write_actions(w, row.controls)
    w.close()
