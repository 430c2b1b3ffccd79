"""States made by hand, for the person who draws: a page reached without a way to it, data changed from outside.

No episode of an agent has such states.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base.values import assigned, from_json
from ..pages.plan import Plan
from ..pages.state import Start, State
from .turns import Turn

if TYPE_CHECKING:
    from ..base.tables import Row

Rows = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Stored values by table, row key and column."""


def placed(plan: Plan, start: Start, state: State, page_id: str, record: str | None) -> State:
    """Return the state in which a page is shown with a record, by default the table's first row.

    Nothing that would happen by itself there has happened. A dialog stands over the present page. A page whose table
    has no rows shows "not found".
    """
    turn = Turn(plan, start, state)
    page = plan.page(page_id)
    if page is None:
        turn.not_found("/")
        return turn.finished(state)
    if page.table_index >= 0 and record is None:
        rows = turn.tables[page.table_index].rows
        record = rows[0][0] if rows else None
    turn.place(page, record)
    turn.remember(replace=True)
    turn.settle()
    return turn.finished(state)


def edited(plan: Plan, state: State, variables: Mapping[str, object], rows: Rows) -> State:
    """Return the state with other values in variables and rows; values are as flows store them.

    Raises:
        FormulaFaultError: A value is not one of its type.
        KeyError: There is no such variable, table, row or column.
    """
    schema = plan.schema
    new_variables = list(state.variables)
    for name, value in variables.items():
        index = schema.variables[name]
        kind = schema.variable_types[index]
        new_variables[index] = assigned(from_json(value, kind.kind), kind.kind, kind.places)
    tables = list(state.tables)
    for table_name, lines in rows.items():
        table_schema = schema.tables[table_name]
        table = tables[table_schema.index]
        changes: dict[str, Row | None] = {}
        for key, values in lines.items():
            old = table.get(key)
            if old is None:
                raise KeyError(key)
            row: list[Any] = list(old)
            for column, value in values.items():
                kind = table_schema.type_of(column)
                row[table_schema.columns[column]] = assigned(from_json(value, kind.kind), kind.kind, kind.places)
            changes[key] = tuple(row)
        tables[table_schema.index] = table.with_changes(changes).shared()
    return state.replaced(variables=tuple(new_variables), tables=tuple(tables), answered=state.steps)
