"""How large the tables of a flow can get while somebody plays it: rows, how many of them look alike, lengths of texts.

Upper bounds from what a flow says: fixed rows, generated ones, and those that effects can add in as many steps as its
longest task has. Of rows that are drawn at random the bound is what chance hardly exceeds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from flow_models.document.behaviour import AddEffect, ChangeEffect, Effect
from flow_models.document.data import ChoiceGenerator, Column, PatternGenerator, PoolGenerator, RowGenerator, Table
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base import limits

VISIT: Final = 100
"""Steps that are looked ahead in a flow without tasks, which is only looked at."""

PLAIN: Final = 40
"""Characters of a number, date or time."""

POOLED: Final = 80
"""Characters of a value of a pool."""

CHANCE: Final = 3
SPREAD: Final = 10
"""Rows that point at the same row by chance: so many times as many as on average, and some."""


class Size(NamedTuple):
    """What one table holds at most.

    Attributes:
        rows: All rows.
        differing: Rows that are others than when the episode began.
        alike: For each column by name, how many rows hold the same value.
        lengths: For each column by name, the characters of its longest text; -1 where effects put texts.
    """

    rows: int
    differing: int
    alike: Mapping[str, int]
    lengths: Mapping[str, int]


class Figures:
    """The sizes of a flow's tables.

    Attributes:
        tables: By name.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._names: dict[str, Table] = {table.id: table for table in flow.tables}
        self.tables: dict[str, Size] = {table.name: self._size(table) for table in flow.tables}

    @property
    def steps(self) -> int:
        """How many steps an episode can have."""
        return max((task.max_steps for task in self._flow.tasks), default=VISIT)

    @cached_property
    def _effects(self) -> tuple[tuple[Effect, int], ...]:
        """Every effect of a transition, with how often it can happen: once a step; those of setups once."""
        steps = self.steps
        found = [(effect, steps) for arrow in self._flow.transitions for effect in arrow.do]
        found += [(effect, 1) for task in self._flow.tasks for effect in task.setup]
        return tuple(found)

    def _added(self, table: Table) -> int:
        """Return how many rows effects can add: the most of one transition at each step, and those of a setup."""
        one = max((_adding(arrow.do, table.id) for arrow in self._flow.transitions), default=0)
        setup = max((_adding(task.setup, table.id) for task in self._flow.tasks), default=0)
        return one * self.steps + setup

    def _size(self, table: Table) -> Size:
        """Return what a table holds at most."""
        drawn = 0 if table.generate is None else max(table.generate.minimum, table.generate.maximum)
        begun, added = len(table.rows) + drawn, self._added(table)
        rows = min(begun + added, max(limits.ROWS, begun))
        written = self._written(table.id)
        alike = {column.name: min(rows, self._alike(table, column, drawn) + added) for column in table.columns}
        lengths = {column.name: self._longest(table, column) for column in table.columns}
        for column in table.columns:
            if column.id in written:
                alike[column.name] = rows
                lengths[column.name] = -1 if column.type.kind == "text" else lengths[column.name]
        changes = any(isinstance(effect, ChangeEffect) and effect.table == table.id for effect, _ in self._effects)
        return Size(rows, min(rows, added + (begun if changes else 0)), alike, lengths)

    def _written(self, table_id: str) -> frozenset[str]:
        """Return the columns of a table to which effects give other values than rows begin with."""
        written: set[str] = set()
        for effect, _ in self._effects:
            if isinstance(effect, AddEffect | ChangeEffect) and effect.table == table_id:
                written |= set(effect.values)
        return frozenset(written)

    def _alike(self, table: Table, column: Column, drawn: int) -> int:
        """Return how many rows hold the same value of a column as an episode begins."""
        fixed = Counter(row.values.get(column.id) for row in table.rows)
        return max(fixed.values(), default=0) + self._drawn_alike(table, column, drawn)

    def _drawn_alike(self, table: Table, column: Column, drawn: int) -> int:
        """Return how many generated rows hold the same value of a column, by what chance hardly exceeds."""
        generator = None if table.generate is None else table.generate.columns.get(column.id)
        match generator:
            case PoolGenerator() | PatternGenerator() if generator.unique:
                return min(drawn, 1)
            case RowGenerator():
                other = self._names.get(column.type.table or "")
                among = 0 if other is None else len(other.rows) + (other.generate.maximum if other.generate else 0)
                return min(drawn, CHANCE * drawn // max(1, among) + SPREAD)
            case ChoiceGenerator() if generator.values:
                return min(drawn, CHANCE * drawn // len(generator.values) + SPREAD)
            case _:
                return drawn

    def _longest(self, table: Table, column: Column) -> int:
        """Return the characters of the longest text of a column as an episode begins."""
        if column.type.kind == "choice":
            return max(map(len, column.type.choices), default=0)
        if column.type.kind != "text":
            return PLAIN
        generator = None if table.generate is None else table.generate.columns.get(column.id)
        return max((*_fixed_lengths(table, column), _drawn_length(generator)))


def _fixed_lengths(table: Table, column: Column) -> Iterator[int]:
    """Yield the characters of the fixed texts of a column."""
    yield 0
    yield from (len(str(row.values.get(column.id) or "")) for row in table.rows)


def _drawn_length(generator: object) -> int:
    """Return the characters of the longest text that a generator makes."""
    match generator:
        case None:
            return 0
        case PoolGenerator():
            return POOLED
        case ChoiceGenerator():
            return max((len(str(value)) for value in generator.values), default=0)
        case PatternGenerator():
            return len(generator.pattern)
        case _:
            return limits.TEXT


def _adding(effects: tuple[Effect, ...], table_id: str) -> int:
    """Return how many of some effects add a row to a table."""
    return sum(isinstance(effect, AddEffect) and effect.table == table_id for effect in effects)
