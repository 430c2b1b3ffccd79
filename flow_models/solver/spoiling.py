"""Which states can never lead to success any more, so that a search need not go on from them.

A row more in a table from which nothing takes rows stays for good, and so does the gap of a removed row: a row that
comes later has another key. Where nothing else may change, most wrong moves are such. Without this 4 of 16 impossible
mazes are not proven so: each wrong row makes all states behind it new ones.
"""

from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.schema import TableSchema
from flow_models.runtime.machine.base.tables import Table
from flow_models.runtime.machine.base.values import Value

from .outline import Outline
from .wishes import Wish, added_rows


class _Limit(NamedTuple):
    """How many rows may be added to a table, and for each expected kind of row the values that it keeps, by place."""

    rows: int
    lasting: tuple[tuple[tuple[int, Value], ...], ...]


class Spoiling:
    """Tells, in one instance of a task after which nothing else may have changed, what cannot be undone."""

    def __init__(self, machine: Machine, start: Start, wishes: list[Wish], outline: Outline) -> None:
        self._before = start.before
        self._limits: dict[int, _Limit] = {}
        self._kept: dict[int, frozenset[str]] = {}
        for schema in machine.schema.table_list:
            own = [wish for wish in wishes if wish.table == schema.index]
            if schema.durable and schema.name in outline.shrinking:
                self._kept[schema.index] = _rows_to_keep(start.before[schema.index], own)
            elif schema.durable:
                self._limits[schema.index] = _limit([wish for wish in own if wish.kind == "added"], schema, outline)

    def is_in(self, state: State) -> bool:
        """Say whether rows were added that nobody expects, or rows are gone that must stay."""
        return any(self._is_overfull(index, limit, state) for index, limit in self._limits.items()) or any(
            state.tables[index] is not self._before[index] and any(state.tables[index].get(key) is None for key in keys)
            for index, keys in self._kept.items()
        )

    def _is_overfull(self, index: int, limit: _Limit, state: State) -> bool:
        """Say whether a table to which rows are only ever added has rows that nobody expects."""
        now = state.tables[index]
        if now is self._before[index]:
            return False
        added = added_rows(self._before[index], now)
        return len(added) > limit.rows or any(
            not any(all(row[place] == value for place, value in wish) for wish in limit.lasting) for row in added
        )


def _rows_to_keep(before: Table, wishes: list[Wish]) -> frozenset[str]:
    """Return the keys of the rows of a table that must not be removed."""
    gone = {row[0] for wish in wishes if wish.kind == "removed" for row in wish.rows}
    return frozenset(row[0] for row in before.rows) - gone


def _limit(wishes: list[Wish], schema: TableSchema, outline: Outline) -> _Limit:
    """Return what may be added to a table; a value that some effect changes may still become right."""
    lasting = tuple(
        tuple(
            (schema.columns[name], value)
            for name, value in wish.values.items()
            if ("column", schema.name, name) not in outline.changed_columns
        )
        for wish in wishes
    )
    return _Limit(sum(wish.expected for wish in wishes), lasting)
