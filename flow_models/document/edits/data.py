"""Edits of tables, columns, rows and variables; renaming is in `renames`, because formulas follow it."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from flow_models.document.base import ColumnId, Literal_
from flow_models.document.behaviour import AddEffect, ChangeEffect, ClearEffect, Effect, SetEffect
from flow_models.document.blocks import AnyBlock, ChoiceField, ListBlock
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.edits.parts import inserted, map_owner_blocks, moved, swapped, with_owner, without
from flow_models.document.edits.tree import mapped_tree
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

_Value = TypeVar("_Value")


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
    get_table(flow, table_id)
    tables = tuple(_without_references(table, table_id) for table in without(flow.tables, {table_id}))
    pages = tuple(page.rebuilt(record=None) if page.record == table_id else page for page in flow.pages)
    flow = flow.rebuilt(tables=tables, pages=pages, variables=tuple(_freed(part, table_id) for part in flow.variables))
    for block_id, owner in flow.owners_by_block.items():
        block = owner.blocks_by_id[block_id]
        if isinstance(block, ListBlock | ChoiceField) and block.table == table_id:
            flow = _with_block(flow, block.rebuilt(table=None))
    return _without_effects(flow, table_id)


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
    table = get_table(flow, table_id)
    rows = tuple(row.rebuilt(values=_less(row.values, column_id)) for row in table.rows)
    generate = table.generate
    if generate is not None:
        generate = generate.rebuilt(columns=_less(generate.columns, column_id))
    table = table.rebuilt(columns=without(table.columns, {column_id}), rows=rows, generate=generate)
    flow = replace_table(flow, table)
    transitions = tuple(
        arrow.rebuilt(do=tuple(_without_value(effect, column_id) for effect in arrow.do)) if arrow.do else arrow
        for arrow in flow.transitions
    )
    tasks = tuple(_task_without_value(task, column_id) for task in flow.tasks)
    return flow.rebuilt(transitions=transitions, tasks=tasks)


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
    if variable_id not in flow.variables_by_id:
        raise UnknownElementError("variable", variable_id)
    return _without_effects(flow.rebuilt(variables=without(flow.variables, {variable_id})), variable_id)


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


def _freed(part: Variable, table_id: str) -> Variable:
    """Return a variable whose type no longer refers to a table."""
    return part.rebuilt(type=part.type.rebuilt(table=None)) if part.type.table == table_id else part


def _without_references(table: Table, table_id: str) -> Table:
    """Return a table whose columns no longer refer to another table."""
    if not any(column.type.table == table_id for column in table.columns):
        return table
    columns = tuple(
        column.rebuilt(type=column.type.rebuilt(table=None)) if column.type.table == table_id else column
        for column in table.columns
    )
    return table.rebuilt(columns=columns)


def _without_effects(flow: Flow, target_id: str) -> Flow:
    """Return the flow without effects, expected changes and parameter types that name a table or variable."""
    transitions = tuple(
        arrow.rebuilt(do=tuple(effect for effect in arrow.do if target_of(effect) != target_id)) if arrow.do else arrow
        for arrow in flow.transitions
    )
    return flow.rebuilt(transitions=transitions, tasks=tuple(_task_without(task, target_id) for task in flow.tasks))


def _task_without(task: Task, target_id: str) -> Task:
    """Return a task that no longer names a table or variable by id."""
    changes = tuple(change for change in task.success.changes if change.table != target_id)
    parameters = tuple(
        part.rebuilt(type=part.type.rebuilt(table=None)) if part.type.table == target_id else part
        for part in task.parameters
    )
    setup = tuple(effect for effect in task.setup if target_of(effect) != target_id)
    if (changes, parameters, setup) == (task.success.changes, task.parameters, task.setup):
        return task
    return task.rebuilt(success=task.success.rebuilt(changes=changes), parameters=parameters, setup=setup)


def _task_without_value(task: Task, column_id: str) -> Task:
    """Return a task that gives and expects no value of a column."""
    changes = tuple(change.rebuilt(values=_less(change.values, column_id)) for change in task.success.changes)
    setup = tuple(_without_value(effect, column_id) for effect in task.setup)
    if (changes, setup) == (task.success.changes, task.setup):
        return task
    return task.rebuilt(success=task.success.rebuilt(changes=changes), setup=setup)


def _without_value(effect: Effect, column_id: str) -> Effect:
    """Return an effect that gives no value to a column."""
    if isinstance(effect, AddEffect | ChangeEffect) and column_id in effect.values:
        return effect.rebuilt(values=_less(effect.values, column_id))
    return effect


def _less(values: Mapping[ColumnId, _Value], key: str) -> dict[ColumnId, _Value]:
    """Return a mapping without one key."""
    return {other: value for other, value in values.items() if other != key}


def _with_block(flow: Flow, block: AnyBlock) -> Flow:
    """Return the flow with one block replaced."""
    owner = flow.owners_by_block[block.id]
    return with_owner(flow, map_owner_blocks(owner, lambda tree: mapped_tree(tree, block.id, lambda _: (block,))))
