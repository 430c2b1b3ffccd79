"""The schema of a program: where the values that formulas and steps look up by name stand in a state."""

import datetime as dt
from typing import Final, NamedTuple

from .data import Table
from .errors import ProgramError
from .program import Program
from .values import Value, assigned, from_json

MOMENTS_KEPT: Final = 4096
"""Steps of which the date and time are kept, all forgotten when there are more; a visit without a task may go on."""


class ColumnType(NamedTuple):
    """The type of a column, variable or parameter; `places` matters for decimals only."""

    kind: str
    places: int


class TableSchema:
    """Where a table and its columns stand.

    Attributes:
        index: The table's position in `State.tables`.
        columns: The place of each column in a row, from 1 on (0 is the key).
        types: The type of each column, in the same order.
        derived: Places of columns that are consequences of other data.
    """

    def __init__(self, name: str, index: int, table: Table) -> None:
        self.name = name
        self.index = index
        self.durable = table.durable
        self.names: tuple[str, ...] = tuple(column.name for column in table.columns)
        self.columns = {column: place for place, column in enumerate(self.names, 1)}
        self.types = tuple(ColumnType(column.type, column.places) for column in table.columns)
        self.derived = frozenset(place for place, column in enumerate(table.columns, 1) if column.derived)
        self.width = len(self.names) + 1

    def type_of(self, column: str) -> ColumnType:
        """Return the type of a column."""
        return self.types[self.columns[column] - 1]


class Schema:
    """Names of a program and where their values stand in a state."""

    def __init__(self, program: Program) -> None:
        self.tables = {
            name: TableSchema(name, index, table) for index, (name, table) in enumerate(program.tables.items())
        }
        self.table_list = tuple(self.tables.values())
        self.variables = {name: index for index, name in enumerate(program.variables)}
        self.variable_types = tuple(ColumnType(one.type, one.places) for one in program.variables.values())
        self.initial: tuple[Value, ...] = tuple(
            assigned(from_json(one.initial, one.type), one.type, one.places) for one in program.variables.values()
        )
        site = program.site
        self.currency = site.currency
        self.locale = site.locale
        self.sentences = site.sentences
        self._began = dt.datetime.fromisoformat(program.clock.start)
        self._tick = dt.timedelta(seconds=program.clock.tick_s)
        # By step, so that a step asks the calendar once: it takes 2 us, twenty times as long as to look it up.
        self._moments: dict[int, tuple[str, str]] = {}

    def said(self, sentence: str, **values: object) -> str:
        """Return one of the site's sentences, with values in place of their names in braces."""
        text = self.sentences[sentence]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def table(self, name: str) -> TableSchema:
        """Return a table by name.

        Raises:
            ProgramError: The program has no such table.
        """
        try:
            return self.tables[name]
        except KeyError:
            raise ProgramError(f"the program has no table {name!r}") from None

    def moment(self, step: int) -> tuple[str, str]:
        """Return the site's date and time after so many steps; at the end of the calendar the clock stands still."""
        found = self._moments.get(step)
        if found is None:
            try:
                now = self._began + step * self._tick
            except OverflowError:
                now = dt.datetime.max
            found = (now.date().isoformat(), now.strftime("%H:%M"))
            if len(self._moments) >= MOMENTS_KEPT:
                self._moments.clear()
            self._moments[step] = found
        return found
