"""Is every table, column and variable both given values and read somewhere?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.data_graph import column_node, table_node, variable_node
from flow_models.checks.mending import empties_arrow, empties_change, is_kept
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.data import remove_column, remove_table, remove_variable
from flow_models.document.elements import Element


def problems(context: Context) -> Iterator[Problem]:
    """Yield unused tables, and columns and variables that nothing reads or nothing gives a value."""
    graph = context.data
    for table in context.flow.tables:
        node = table_node(table.name)
        if graph.in_degree(node) == 0 and graph.out_degree(node) == 0:
            title = table.title or table.name
            removing = fix("remove_table", partial(remove_table, table_id=table.id), table=title)
            yield problem(
                "table.unused",
                "warning",
                Element("table", table.id),
                fix=None if _refers(table) else removing,
                table=title,
            )
            continue
        for column in table.columns:
            yield from _column_problems(context, table, column)
    for variable in context.flow.variables:
        yield from _variable_problems(context, variable)


def _refers(table: Table) -> bool:
    """Say whether rows of a table name rows of another one, which may be unused without it."""
    return any(column.type.table not in (None, table.id) for column in table.columns)


def _variable_problems(context: Context, variable: Variable) -> Iterator[Problem]:
    graph, node = context.data, variable_node(variable.name)
    title = variable.title or variable.name
    element = Element("variable", variable.id)
    if graph.out_degree(node) == 0:
        removing = fix("remove_variable", partial(remove_variable, variable_id=variable.id), variable=title)
        mending = None if empties_arrow(context.flow, variable) or is_kept(context, variable) else removing
        yield problem("variable.never_read", "warning", element, fix=mending, variable=title)
    elif graph.in_degree(node) == 0 and variable.initial is None:
        yield problem("variable.never_written", "warning", element, variable=title)


def _column_problems(context: Context, table: Table, column: Column) -> Iterator[Problem]:
    graph, node = context.data, column_node(table.name, column.name)
    places = (Element("column", column.id), Element("table", table.id))
    called, title = column.title or column.name, table.title or table.name
    if graph.out_degree(node) == 0:
        edit = partial(remove_column, table_id=table.id, column_id=column.id)
        removing = fix("remove_column", edit, column=called)
        mending = None if empties_change(context.flow, table, column) or is_kept(context, column) else removing
        yield problem("column.never_read", "hint", *places, fix=mending, column=called, table=title)
    elif graph.in_degree(node) == 0:
        yield problem("column.never_written", "warning", *places, column=called, table=title)
