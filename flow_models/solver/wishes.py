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


def seems_met(wish: Wish, column: str, before: Table, now: Table, schema: TableSchema) -> bool:
    """Say whether an expected change seems to have come about; in doubt it has.

    This must be quick, as it is asked in every state. The task's own rule decides in the end.

    Args:
        wish: The change.
        column: The column that is meant, where rows are to be changed.
        before: The rows as the episode began.
        now: The rows as they are.
        schema: Where the columns stand.
    """
    match wish.kind:
        case "removed":
            return all(now.get(row[0]) is None for row in wish.rows)
        case "added":
            places, values = schema.columns, wish.values.items()
            return any(all(row[places[name]] == value for name, value in values) for row in added_rows(before, now))
        case _:
            place, value = schema.columns[column], wish.values[column]
            rows = [now.get(row[0]) for row in wish.rows]
            return all(row is not None and row[place] == value for row in rows)


def added_rows(before: Table, now: Table) -> list[Row]:
    """Return the rows that were not there before."""
    return [new for old, new in differences(before, now) if old is None and new is not None]
