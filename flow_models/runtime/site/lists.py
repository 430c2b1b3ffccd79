"""Lists as tables or cards."""

from collections.abc import Sequence
from typing import Final

from ..machine.base.words import Phrase, Word
from ..machine.pages.view import Link, ListRow, ListView
from .elements import Attributes
from .order import reordered
from .pieces import filled, in_turn, write_actions, write_control, write_filled, write_paragraph, write_terms
from .writer import LISTS, Cell, Writer

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
    if not part.columns:
        return ()
    return (0, *reordered(w, range(1, len(part.columns)), [title for title, _ in part.columns[1:]]))


def _table(w: Writer, part: ListView, title: str) -> None:
    """Write rows as a table; amounts stand at the end of their columns, and cells know their heading for the eye."""
    has_controls = any(row.controls for row in part.rows)
    columns = _columns(w, part)
    w.open("div", _ROWS)
    w.open("table", (), f"table {title.strip()!r}")
    if title:
        w.leaf("caption", title, (), "caption ''")
    w.open("thead", (), "rowgroup ''")
    w.open("tr", (), "row ''")
    kinds: list[Attributes] = []
    for column in columns:
        name, align = part.columns[column]
        head = w.said(name)
        kinds.append((("data-head", head), *(_END if align == "end" else ())))
        w.named("th", head, _END_COLUMN if align == "end" else _COLUMN, f"columnheader {head.strip()!r}")
    if has_controls:
        w.named("th", ROW_CONTROLS_TITLE, _END_COLUMN, f"columnheader {ROW_CONTROLS_TITLE!r}")
    w.close()
    w.close()
    w.open("tbody", (), "rowgroup ''")
    for row in part.rows:
        _table_row(w, row, columns, kinds, has_controls)
    w.close()
    w.close()
    w.close()


def _table_row(
    w: Writer, row: ListRow, columns: tuple[int, ...], kinds: Sequence[Attributes], has_controls: bool
) -> None:
    """Write one row of a table."""
    w.open("tr", (), "row ''")
    cells = _cells(w, row)
    w.filled("td", [cells[column] for column in columns], kinds)
    if has_controls:
        controls = in_turn(w, row.controls)
        name = " ".join([w.said(control.text) for control in controls])
        w.open("td", _CONTROLS, f"cell {name.strip()!r}", name)
        for control in controls:
            write_control(w, control)
        w.close()
    w.close()


def _cells(w: Writer, row: ListRow) -> tuple[Cell, ...]:
    """Return what the cells of a row say; kept on the row if it is always the same, which data is.

    One value, gone with the row. A list of which one row has changed is written anew in two thirds of the time.
    """
    kept = row.cache
    if isinstance(kept, tuple) and w.focus is None:
        return kept
    cells = tuple([_cell(w, cell) for cell in row.cells])
    if w.focus is None and not any(isinstance(_text_of(cell), Word | Phrase) for cell in row.cells):
        row.cache = cells
    return cells


def _text_of(cell: str | Link) -> str:
    """Return what a cell or the link in it says, as drawn."""
    return cell.text if isinstance(cell, Link) else cell


def _cell(w: Writer, cell: str | Link) -> Cell:
    """Return what one cell says."""
    if not isinstance(cell, Link):
        text = w.said(cell)
        return (text, f"cell {text.strip()!r}")
    name = w.said(cell.text)
    return filled(w, cell, name, f"cell {name.strip()!r}")


def _card(w: Writer, part: ListView, row: ListRow) -> None:
    """Write one row as a card: its first column as the title, the others as terms and values."""
    w.open("li", (("class", "card"),), "listitem ''")
    columns = _columns(w, part)
    for column in columns[:1]:
        first = row.cells[column]
        if isinstance(first, Link):
            write_filled(w, "p", first, "paragraph ''", (("class", "card-title"),))
        else:
            write_paragraph(w, first, "card-title")
    if len(columns) > 1:
        write_terms(
            w, [(part.columns[column][0], row.cells[column], part.columns[column][1]) for column in columns[1:]]
        )
    if row.controls:
        write_actions(w, row.controls)
    w.close()
