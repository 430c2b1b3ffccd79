"""Edits of tables, columns, rows and variables; renaming is in `renames`, because formulas follow it."""

from collections.abc import Collection

from flow_models.document.base import Literal_
from flow_models.document.behaviour import ClearEffect, Effect, SetEffect
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.edits.parts import inserted, moved, swapped, without
from flow_models.document.edits.removal import removed
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow


def add_table(flow: Flow, table: Table, index: int | None = None) -> Flow:
    """Return the flow with a table more.

    Raises:
        EditError: The id is taken.
    """
    if table.id in flow.tables_by_id or table.id in flow.variables_by_id:
        raise EditError("edit.id_taken", kind="table", id=table.id)
    return flow.rebuilt(tables=inserted(flow.tables, table, index))


def remove_table(flow: Flow, table_id: str) -> Flow:
    """Return the flow without a table and what names it by id.

    Pages and blocks no longer show it, effects and expected changes on it go, and types that refer to its rows lose
    their table. Formulas that use its name stay: the checks point at them.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    return removed(flow, (get_table(flow, table_id),))


def replace_table(flow: Flow, table: Table) -> Flow:
    """Return the flow with the table of this id replaced.

    Raises:
        UnknownElementError: The flow has no table of this id.
    """
    get_table(flow, table.id)
    return flow.rebuilt(tables=swapped(flow.tables, table))


def move_table(flow: Flow, table_id: str, index: int) -> Flow:
    """Return the flow with a table at another place in their order.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    return flow.rebuilt(tables=moved(flow.tables, table_id, index, "table"))


def add_column(flow: Flow, table_id: str, column: Column, index: int | None = None) -> Flow:
    """Return the flow with a column more in a table.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    table = get_table(flow, table_id)
    return replace_table(flow, table.rebuilt(columns=inserted(table.columns, column, index)))


def remove_column(flow: Flow, table_id: str, column_id: str) -> Flow:
    """Return the flow without a column, its cells, its generator and the values that effects give it.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    columns = get_table(flow, table_id).columns
    return removed(flow, [column for column in columns if column.id == column_id])


def move_column(flow: Flow, table_id: str, column_id: str, index: int) -> Flow:
    """Return the flow with a column at another place in its table.

    Raises:
        UnknownElementError: The flow has no such table or column.
    """
    table = get_table(flow, table_id)
    return replace_table(flow, table.rebuilt(columns=moved(table.columns, column_id, index, "column")))


def add_row(flow: Flow, table_id: str, row: Row, index: int | None = None) -> Flow:
    """Return the flow with a starting row more.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    table = get_table(flow, table_id)
    return replace_table(flow, table.rebuilt(rows=inserted(table.rows, row, index)))


def remove_rows(flow: Flow, table_id: str, row_ids: Collection[str]) -> Flow:
    """Return the flow without some starting rows.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    table = get_table(flow, table_id)
    return replace_table(flow, table.rebuilt(rows=without(table.rows, set(row_ids))))


def move_row(flow: Flow, table_id: str, row_id: str, index: int) -> Flow:
    """Return the flow with a starting row at another place in its table.

    Raises:
        UnknownElementError: The flow has no such table or row.
    """
    table = get_table(flow, table_id)
    return replace_table(flow, table.rebuilt(rows=moved(table.rows, row_id, index, "row")))


def set_cell(flow: Flow, table_id: str, row_id: str, column_id: str, value: Literal_) -> Flow:
    """Return the flow with one cell of a starting row set; `None` empties it.

    Raises:
        UnknownElementError: The flow has no such table, row or column.
    """
    table = get_table(flow, table_id)
    row = next((row for row in table.rows if row.id == row_id), None)
    if row is None:
        raise UnknownElementError("row", row_id)
    order: list[str] = [column.id for column in table.columns]
    if column_id not in order:
        raise UnknownElementError("column", column_id)
    values: dict[str, Literal_] = {key: old for key, old in row.values.items() if key != column_id}
    values[column_id] = value
    kept = {key: values[key] for key in order if values.get(key) is not None}
    return replace_table(flow, table.rebuilt(rows=swapped(table.rows, row.rebuilt(values=kept))))


def add_variable(flow: Flow, variable: Variable, index: int | None = None) -> Flow:
    """Return the flow with a variable more.

    Raises:
        EditError: The id is taken.
    """
    if variable.id in flow.variables_by_id or variable.id in flow.tables_by_id:
        raise EditError("edit.id_taken", kind="variable", id=variable.id)
    return flow.rebuilt(variables=inserted(flow.variables, variable, index))


def remove_variable(flow: Flow, variable_id: str) -> Flow:
    """Return the flow without a variable and the effects that set or clear it.

    Raises:
        UnknownElementError: The flow has no such variable.
    """
    variable = flow.variables_by_id.get(variable_id)
    if variable is None:
        raise UnknownElementError("variable", variable_id)
    return removed(flow, (variable,))


def move_variable(flow: Flow, variable_id: str, index: int) -> Flow:
    """Return the flow with a variable at another place in their order.

    Raises:
        UnknownElementError: The flow has no such variable.
    """
    return flow.rebuilt(variables=moved(flow.variables, variable_id, index, "variable"))


def get_table(flow: Flow, table_id: str) -> Table:
    """Return a table by id.

    Raises:
        UnknownElementError: The flow has no such table.
    """
    table = flow.tables_by_id.get(table_id)
    if table is None:
        raise UnknownElementError("table", table_id)
    return table


def target_of(effect: Effect) -> str:
    """Return the id of the table or variable that an effect changes."""
    match effect:
        case SetEffect():
            return effect.variable
        case ClearEffect():
            return effect.target
        case _:
            return effect.table
