"""Effects: how a transition or a task's setup changes variables and tables.

An effect replaces `tables` and `variables` of the context, so that the next one sees what it did. All or none is the
caller's: it throws the context away when a formula fails.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ..base.behaviour import AddRow, ChangeRows, Clear, Effect, RemoveRows, SetVariable
from ..base.errors import ProgramError
from ..base.nodes import Node, all_rows
from ..base.schema import TableSchema
from ..base.tables import Row, Table
from ..formulas import selections
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.work import EFFECT, changing, weight

Apply = Callable[[Context], None]
"""Applies one effect to a context."""


def effect(formulas: Formulas, program: Effect) -> Apply:
    """Return what applies one effect to a context."""
    match program:
        case SetVariable():
            return _set(formulas, program)
        case AddRow():
            return _add(formulas, program)
        case ChangeRows():
            return _change(formulas, program)
        case RemoveRows():
            return _remove(formulas, program)
        case Clear():
            return _clear(formulas, program)
        case _:
            raise ProgramError(f"unknown effect {program.kind!r}")


def apply(effects: list[Apply], context: Context, tables_of: Mapping[str, int]) -> None:
    """Apply effects in order; bound rows follow their tables, and stay as they were once they are removed.

    `tables_of` says for `record`, `used` and `row` in which table they are.
    """
    for one in effects:
        context.charge(EFFECT)
        tables = context.tables
        one(context)
        if context.tables is tables:
            continue
        for name, index in tables_of.items():
            row = context.bound.get(name)
            if row is not None:
                context.bound[name] = context.tables[index].get(row[0]) or row


def _set(formulas: Formulas, program: SetVariable) -> Apply:
    """Give a variable a value."""
    index = formulas.schema.variables[program.variable]
    kind = formulas.schema.variable_types[index]
    value = formulas.assigned(program.value, kind)

    def run(context: Context) -> None:
        new = value(context)
        variables = context.variables
        if variables[index] is not new:  # Not `!=`: equal amounts can have other digits.
            context.variables = (*variables[:index], new, *variables[index + 1 :])

    return run


def _add(formulas: Formulas, program: AddRow) -> Apply:
    """Add a row at the end of a table."""
    schema = formulas.schema.table(program.table)
    assigned = _columns(formulas, schema, program.values)

    def run(context: Context) -> None:
        row: list[Any] = [None] * schema.width
        for place, compute in assigned:
            row[place] = compute(context)
        _put(context, schema.index, context.tables[schema.index].with_row(tuple(row)))

    return run


def _change(formulas: Formulas, program: ChangeRows) -> Apply:
    """Change the rows for which a condition holds; the values are computed over the rows as they were."""
    schema = formulas.schema.table(program.table)
    found = selections.selection(formulas, all_rows(schema.name), "row", program.where)
    find = selections.counted(found, schema.width + weight(*program.values.values()))
    assigned = _columns(formulas, schema, program.values)

    def run(context: Context) -> None:
        outer = context.bound.get("row")
        changes: dict[str, Row | None] = {}
        for row in find(context):
            context.bound["row"] = row
            new = list(row)
            for place, compute in assigned:
                new[place] = compute(context)
            changes[row[0]] = tuple(new)
        context.bound["row"] = outer
        if changes:
            _put(context, schema.index, context.tables[schema.index].with_changes(changes))

    return run


def _remove(formulas: Formulas, program: RemoveRows) -> Apply:
    """Remove the rows for which a condition holds."""
    schema = formulas.schema.table(program.table)
    find = selections.selection(formulas, all_rows(schema.name), "row", program.where)

    def run(context: Context) -> None:
        gone: dict[str, Row | None] = {row[0]: None for row in find(context)}
        if gone:
            _put(context, schema.index, context.tables[schema.index].with_changes(gone))

    return run


def _clear(formulas: Formulas, program: Clear) -> Apply:
    """Empty a table, or give a variable its initial value."""
    schema = formulas.schema
    target = program.target
    if target in schema.variables:
        index = schema.variables[target]
        initial = schema.initial[index]

        def reset(context: Context) -> None:
            variables = context.variables
            if variables[index] is not initial:
                context.variables = (*variables[:index], initial, *variables[index + 1 :])

        return reset
    place = schema.table(target).index

    def empty(context: Context) -> None:
        table = context.tables[place]
        if len(table):
            _put(context, place, table.with_changes({row[0]: None for row in table.rows}))

    return empty


def _columns(formulas: Formulas, schema: TableSchema, assigned: Mapping[str, Node | None]) -> list[tuple[int, Closure]]:
    """Return (place, closure) of each assigned column; the closures round as the column's type asks."""
    columns = []
    for name, node in assigned.items():
        columns.append((schema.columns[name], formulas.assigned(node, schema.type_of(name))))
    return columns


def _put(context: Context, index: int, table: Table) -> None:
    """Replace one table of a context, and count what telling it from the others takes."""
    context.charge(changing(table))
    context.tables = (*context.tables[:index], table, *context.tables[index + 1 :])
