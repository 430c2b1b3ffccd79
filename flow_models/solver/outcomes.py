"""How two ends of one instance differ in the data that lasts: what a row holds, or which rows were touched."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.schema import TableSchema
from flow_models.runtime.machine.base.tables import Row, differences
from flow_models.runtime.machine.base.values import Value


class Difference(NamedTuple):
    """One thing in which an end differs from another.

    Attributes:
        table: The table's name.
        column: The column's name; empty where other rows were touched.
        value: What it holds in the one end, or the row that was touched there; None for none.
        other: The same of the other end.
    """

    table: str
    column: str
    value: Value | Row
    other: Value | Row


class _Touched(NamedTuple):
    """What an episode did to a table: rows added, rows changed by their key, rows removed."""

    added: list[Row]
    changed: dict[str, Row]
    removed: dict[str, Row]


def outcome_differences(machine: Machine, start: Start, one: State, two: State) -> tuple[Difference, ...]:
    """Return how two ends of an instance differ; consequences of other data aside."""
    found: list[Difference] = []
    for schema in machine.schema.table_list:
        if schema.durable and one.tables[schema.index] != two.tables[schema.index]:
            found += _of_table(schema, _touched(start, one, schema), _touched(start, two, schema))
    return tuple(found)


def _touched(start: Start, state: State, schema: TableSchema) -> _Touched:
    """Return what was done to a table."""
    found = _Touched([], {}, {})
    for old, new in differences(start.before[schema.index], state.tables[schema.index]):
        if old is None and new is not None:
            found.added.append(new)
        elif old is not None and new is None:
            found.removed[old[0]] = old
        elif old is not None and new is not None and any(_columns(schema, old, new)):
            found.changed[old[0]] = new
    return found


def _of_table(schema: TableSchema, one: _Touched, two: _Touched) -> Iterator[Difference]:
    """Yield the differences in one table."""
    for left, right in zip(one.added, two.added, strict=False):
        yield from _columns(schema, left, right)
    shared = min(len(one.added), len(two.added))
    yield from _rows(schema, one.added[shared:], two.added[shared:])
    for key in one.changed.keys() & two.changed.keys():
        yield from _columns(schema, one.changed[key], two.changed[key])
    yield from _only(schema, one.changed, two.changed)
    yield from _only(schema, one.removed, two.removed)


def _columns(schema: TableSchema, left: Row, right: Row) -> Iterator[Difference]:
    """Yield in which columns two rows differ."""
    for place, name in enumerate(schema.names, 1):
        if left[place] != right[place] and place not in schema.derived:
            yield Difference(schema.name, name, left[place], right[place])


def _only(schema: TableSchema, one: dict[str, Row], two: dict[str, Row]) -> Iterator[Difference]:
    """Yield the rows that were touched on one side only."""
    left = [row for key, row in one.items() if key not in two]
    yield from _rows(schema, left, [row for key, row in two.items() if key not in one])


def _rows(schema: TableSchema, left: Sequence[Row], right: Sequence[Row]) -> Iterator[Difference]:
    """Yield rows in place of others."""
    for one, two in zip_longest(left, right):
        yield Difference(schema.name, "", one, two)
