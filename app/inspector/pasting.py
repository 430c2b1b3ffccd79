"""Cells from a spreadsheet: from the text on the clipboard to the rows of a table."""

import csv
import io
from collections.abc import Sequence

import resources
from app.inspector.stored import UnfitError, parsed
from flow_models.document.base import ColumnId, Literal_
from flow_models.document.data import Column, Row
from flow_models.document.edits.data import replace_table
from flow_models.document.edits.ids import new_id
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base import limits

SHOWN = 40
"""Characters of a cell that are repeated where it did not fit."""


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of a text from a spreadsheet: tabs between cells, else commas; quotes as in CSV.

    Raises:
        UnfitError: A cell is far longer than any that a table can hold.
    """
    if not text.strip():
        return []
    delimiter = "\t" if "\t" in text or "," not in text else ","
    # Line ends of every system, also those of old spreadsheets.
    lines = io.StringIO(text.rstrip("\r\n"), newline=None)
    try:
        return [line for line in csv.reader(lines, delimiter=delimiter) if line]
    except csv.Error as error:
        raise UnfitError(resources.text("inspector.value.too_long", most=f"{limits.TEXT:,}")) from error


def pasted(flow: Flow, table_id: str, cells: list[list[str]], row: int, column: int, wrong: list[str]) -> Flow:
    """Return the flow with cells put into a table from a row and column on; texts that fit no column go to `wrong`."""
    table = flow.tables_by_id[table_id]
    rows = list(table.rows)
    for number, line in enumerate(cells, start=row):
        old = rows[number] if number < len(rows) else Row(id=new_id("row"))
        values = {**old.values, **_values(flow, table.columns[column:], line, wrong)}
        kept = {key: value for key, value in values.items() if value is not None}
        rows[number : number + 1] = [Row.model_validate({"id": old.id, "values": kept})]
    return replace_table(flow, table.rebuilt(rows=tuple(rows)))


def _values(flow: Flow, columns: Sequence[Column], line: list[str], wrong: list[str]) -> dict[ColumnId, Literal_]:
    """Return what the cells of a line hold, by column; `wrong` learns of those that fit none."""
    values: dict[ColumnId, Literal_] = {}
    for column, cell in zip(columns, line, strict=False):
        try:
            values[column.id] = parsed(flow, cell, column.type)
        except UnfitError as error:
            wrong.append(f"{_short(cell)}: {error}")
    beyond = resources.text("inspector.grid.beyond")
    wrong.extend(f"{_short(cell)}: {beyond}" for cell in line[len(columns) :] if cell.strip())
    return values


def _short(cell: str) -> str:
    return cell if len(cell) <= SHOWN else f"{cell[:SHOWN]}…"
