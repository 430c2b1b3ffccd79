"""The site's data as lines to show: what each value says, and which values the last step changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flow_models.document.edits.guesses import naming_texts
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine, State
from flow_models.runtime.machine.base.formats import formatter
from flow_models.runtime.machine.base.nodes import table_of
from flow_models.runtime.machine.base.schema import TableSchema
from flow_models.runtime.machine.base.tables import Row, Table
from flow_models.runtime.machine.base.values import Value, read_date, read_money, read_number, read_time, to_json

ROWS_SHOWN: Final = 200
"""Rows of a table that are shown; changed ones always are."""


@dataclass(frozen=True)
class Kind:
    """What a value can be: its type, and what can be chosen as (stored value, words)."""

    type: str
    places: int = 2
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """One value: as it is shown, as flows store it, and whether the last step changed it."""

    text: str
    stored: object
    is_changed: bool = False


@dataclass(frozen=True)
class RowLine:
    """One row of a table and what it is called; `is_new` if the last step added it."""

    key: str
    title: str
    cells: tuple[Cell, ...]
    is_new: bool = False


@dataclass(frozen=True)
class TableLines:
    """One table: columns as (name, title, kind), the rows, how many more there are, how many the last step removed."""

    name: str
    title: str
    columns: tuple[tuple[str, str, Kind], ...]
    rows: tuple[RowLine, ...]
    hidden: int = 0
    removed: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether the last step changed anything here."""
        return bool(self.removed) or any(row.is_new or any(cell.is_changed for cell in row.cells) for row in self.rows)


@dataclass(frozen=True)
class VariableLine:
    """One variable."""

    name: str
    title: str
    kind: Kind
    cell: Cell


@dataclass(frozen=True)
class Data:
    """All data of the site at one moment."""

    variables: tuple[VariableLine, ...] = ()
    tables: tuple[TableLines, ...] = ()


@dataclass
class Liner:
    """Makes lines of the states of one program; lines of unchanged tables are kept."""

    machine: Machine
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of variables by name, which programs do not carry."""
    _kept: dict[int, tuple[object, TableLines]] = field(default_factory=dict)

    def lines(self, state: State, before: State | None) -> Data:
        """Return the data of a state, compared with the state one step before."""
        schema = self.machine.schema
        variables = []
        for name, index in schema.variables.items():
            kind = schema.variable_types[index]
            value = state.variables[index]
            changed = before is not None and before.variables[index] != value
            cell = Cell(self._text(state, kind.kind, value), to_json(value), changed)
            shown = self._kind(state, kind.kind, kind.places, ())
            variables.append(VariableLine(name, self.titles.get(name, name), shown, cell))
        tables = [
            self._table(state, index, None if before is None else before.tables[index])
            for index in range(len(state.tables))
        ]
        return Data(tuple(variables), tuple(tables))

    def _table(self, state: State, index: int, before: Table | None) -> TableLines:
        """Return the lines of a table; kept while neither it nor anything that its rows point to has changed."""
        table = state.tables[index]
        schema = self.machine.schema.table_list[index]
        pointed = [self.machine.schema.tables[name].index for kind in schema.types if (name := table_of(kind.kind))]
        key = (
            table,
            before if before is not None and before is not table else None,
            *(state.tables[i] for i in pointed),
        )
        kept = self._kept.get(index)
        if kept is not None and isinstance(kept[0], tuple) and _are_same(kept[0], key):
            return kept[1]
        made = self._made(state, index, before)
        self._kept[index] = (key, made)
        return made

    def _columns(self, state: State, schema: TableSchema) -> tuple[tuple[str, str, Kind], ...]:
        """Return the columns of a table, as (name, title, kind)."""
        program = self.machine.program.tables[schema.name]
        return tuple(
            (
                column.name,
                column.title or column.name,
                self._kind(state, kind.kind, kind.places, column.choices),
            )
            for column, kind in zip(program.columns, schema.types, strict=True)
        )

    def _made(self, state: State, index: int, before: Table | None) -> TableLines:
        schema = self.machine.schema.table_list[index]
        program = self.machine.program.tables[schema.name]
        columns = self._columns(state, schema)
        rows = state.tables[index].rows
        old_rows: dict[str, Row] = {row[0]: row for row in (rows if before is None else before.rows)}
        shown = [row for place, row in enumerate(rows) if place < ROWS_SHOWN or old_rows.get(row[0]) != row]
        kinds = [kind for _, _, kind in columns]
        lines = tuple(self._row(state, schema.name, kinds, row, old_rows.get(row[0])) for row in shown)
        gone = len(old_rows.keys() - {row[0] for row in rows})
        title = program.title or schema.name
        return TableLines(schema.name, title, columns, lines, len(rows) - len(lines), gone)

    def _row(self, state: State, table: str, kinds: Sequence[Kind], row: Row, old: Row | None) -> RowLine:
        """Return the line of a row; without an old one the last step added it."""
        cells = tuple(
            Cell(self._text(state, kind.type, value), to_json(value), old is not None and old[at] != value)
            for at, (kind, value) in enumerate(zip(kinds, row[1:], strict=True), 1)
        )
        return RowLine(row[0], self._label(state, table, row), cells, old is None)

    def _kind(self, state: State, kind: str, places: int, choices: Sequence[str]) -> Kind:
        table = table_of(kind)
        if table is not None:
            rows = state.tables[self.machine.schema.table(table).index].rows[:ROWS_SHOWN]
            return Kind(kind, places, tuple((row[0], self._label(state, table, row)) for row in rows))
        return Kind(kind, places, tuple((choice, choice) for choice in choices))

    def _text(self, state: State, kind: str, value: Value) -> str:
        table = table_of(kind)
        if table is not None and value is not None:
            row = state.tables[self.machine.schema.table(table).index].get(str(value))
            return str(value) if row is None else self._label(state, table, row)
        return formatter(kind, self.machine.schema.currency, self.machine.schema.locale)(value)

    def _label(self, state: State, table: str, row: Row) -> str:
        """Return what a row is called: its name, else its first text, else the first value that says something."""
        types = self.machine.schema.table(table).types
        names = (column.name for column in self.machine.program.tables[table].columns)
        for place in naming_texts((name, kind.kind) for name, kind in zip(names, types, strict=True)):
            if value := row[1 + place]:
                return str(value)
        others = (
            self._text(state, kind.kind, value)
            for kind, value in zip(types, row[1:], strict=True)
            if value is not None and table_of(kind.kind) is None
        )
        return next((words for words in others if words), row[0])


def titles_of(flow: Flow) -> dict[str, str]:
    """Return the titles of a flow's variables by name."""
    return {variable.name: variable.title for variable in flow.variables if variable.title}


def read(text: str, kind: Kind, currency: str) -> object:
    """Return the stored value that a typed text means; an empty text is the empty value.

    Raises:
        ValueError: The text is no value of the kind.
    """
    if not text.strip():
        return None
    value: object = text
    match kind.type:
        case "integer":
            value = int(text.strip())
        case "money":
            value = read_money(text, currency)
        case "decimal":
            value = read_number(text, kind.places)
        case "date":
            value = read_date(text)
        case "time":
            value = read_time(text)
        case _:
            pass
    if value is None:
        raise ValueError(text)
    return value if isinstance(value, int) else str(value)


def _are_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Say whether two tuples hold the very same objects."""
    return len(one) == len(other) and all(first is second for first, second in zip(one, other, strict=True))
