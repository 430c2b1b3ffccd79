"""Expected changes as they concern one instance: the rows, and the values that are known before the first step."""

from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start
from flow_models.runtime.machine.base.behaviour import ExpectedChange
from flow_models.runtime.machine.base.nodes import all_rows
from flow_models.runtime.machine.base.schema import TableSchema
from flow_models.runtime.machine.base.tables import Row, Table, differences
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.limits import computed_or
from flow_models.runtime.machine.formulas.selections import selection

from .needs import is_fixed
from .outline import Outline


class Wish(NamedTuple):
    """An expected change in one instance: the rows it concerns, and the wanted values that are known beforehand."""

    kind: str
    table: int
    rows: tuple[Row, ...]
    values: dict[str, Value]
    expected: int


def wish_of(machine: Machine, start: Start, outline: Outline, change: ExpectedChange) -> Wish:
    """Return an expected change as it concerns one instance."""
    plan = machine.plan
    schema = plan.schema.table(change.table)
    context = plan.context(start, start.state)
    rows: tuple[Row, ...] = ()
    if change.kind != "added":
        find = selection(plan.formulas, all_rows(schema.name), "row", change.where)
        rows = tuple(computed_or(find, context, lambda _fault: ()))
    values: dict[str, Value] = {}
    for name, tree in change.values.items():
        if is_fixed(tree, outline):
            kind = schema.type_of(name)
            compute = plan.formulas.assigned(tree, kind)
            values[name] = computed_or(compute, context, lambda _fault: None)
    return Wish(change.kind, schema.index, rows, values, change.count)


def rows_left(
    wish: Wish, names: tuple[str, ...], before: Table, now: Table, schema: TableSchema, is_mended: bool
) -> int:
    """Return how many rows an expected change lacks at least, 0 if it seems to have come about.

    This must be quick, as it is asked in every state. The task's own rule decides in the end.

    Args:
        wish: The change.
        names: The columns that are meant, where rows are to be changed.
        before: The rows as the episode began.
        now: The rows as they are.
        schema: Where the columns stand.
        is_mended: Whether a row that was added may become an expected one by being changed.
    """
    match wish.kind:
        case "removed":
            return sum(1 for row in wish.rows if now.get(row[0]) is not None)
        case "added":
            added = added_rows(before, now)
            right = _count_right(added, wish.values, schema)
            return max(wish.expected - (len(added) if is_mended else right), 0 if right else 1)
        case _:
            wanted = [(schema.columns[name], wish.values[name]) for name in names]
            return _count_otherwise([now.get(row[0]) for row in wish.rows], wanted)


def _count_right(added: list[Row], values: dict[str, Value], schema: TableSchema) -> int:
    """Return how many rows that were added hold all wanted values."""
    places, wanted = schema.columns, values.items()
    return sum(1 for row in added if all(row[places[name]] == value for name, value in wanted))


def _count_otherwise(rows: list[Row | None], wanted: list[tuple[int, Value]]) -> int:
    """Return how many rows are gone or hold something else than a wanted value, by its column."""
    return sum(1 for row in rows if row is None or any(row[place] != value for place, value in wanted))


def added_rows(before: Table, now: Table) -> list[Row]:
    """Return the rows that were not there before."""
    return [new for old, new in differences(before, now) if old is None and new is not None]
