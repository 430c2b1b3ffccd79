"""Does every stored value fit its type, and is every type complete?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.base import ColumnId, ValueType
from flow_models.document.data import ChoiceGenerator, Column, Row, Table, Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ChoiceSource, Parameter, Task
from flow_models.document.values import Fault, fault_of, fits
from flow_models.runtime.machine.base import limits

SHOWN = 40
"""Characters of a value that a sentence repeats."""


def table_problems(context: Context, table: Table) -> Iterator[Problem]:
    """Yield columns whose type is incomplete, cells that do not fit, and values for columns that are not there."""
    flow = context.flow
    columns = {column.id: column for column in table.columns}
    if not columns:
        yield problem("table.no_columns", "warning", Element("table", table.id, "columns"), table=_title(table))
    for column in table.columns:
        yield from type_problems(flow, column.type, Element("column", column.id, "type"), _title(column))
    for row in table.rows:
        for column_id, value in row.values.items():
            known = columns.get(column_id)
            fault = "kind" if known is None else fault_of(flow, known.type, value)
            if fault:
                yield _cell_problem(table, row, column_id, known, fault)
    yield from _row_problems(table)
    yield from _generator_problems(flow, table)


def _row_problems(table: Table) -> Iterator[Problem]:
    """Yield that a table begins with more rows than one can have."""
    drawn = 0 if table.generate is None else max(table.generate.minimum, table.generate.maximum)
    if len(table.rows) + drawn > limits.ROWS:
        rows, most = f"{len(table.rows) + drawn:,}", f"{limits.ROWS:,}"
        yield problem("table.many_rows", "error", Element("table", table.id), table=_title(table), rows=rows, most=most)


def _beyond(fault: Fault, name: str, value: object, *elements: Element, fix: Fix | None = None) -> Problem:
    """Return that a value is more than a site can hold or show."""
    text = str(value)
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    shown = "".join(one if one.isprintable() else "�" for one in shown)
    length, most, largest = (f"{count:,}" for count in (len(text), limits.TEXT, limits.INTEGER))
    facts = {"name": name, "value": shown, "length": length, "most": most, "largest": largest}
    return problem(f"value.{fault}", "error", *elements, fix=fix, **facts)


def _cell_problem(table: Table, row: Row, column_id: ColumnId, column: Column | None, fault: Fault) -> Problem:
    """Return what is wrong with a cell: its value does not fit its column, or it has none."""
    place, owner, title = Element("row", row.id, f"values.{column_id}"), Element("table", table.id), _title(table)
    kept = {key: other for key, other in row.values.items() if key != column_id}
    emptying = fix("empty_cell", partial(with_value, element=place._replace(field="values"), value=kept))
    if column is None:
        return problem("cell.no_column", "error", place, owner, fix=emptying, table=title)
    value, called = row.values[column_id], _title(column)
    if fault != "kind":
        return _beyond(fault, called, value, place, owner, fix=emptying)
    return problem("cell.value", "error", place, owner, fix=emptying, value=value, column=called, table=title)


def _title(part: Table | Column | Variable | Parameter) -> str:
    """Return what a part is called in sentences."""
    return part.title or part.name


def variable_problems(context: Context, variable: Variable) -> Iterator[Problem]:
    """Yield an incomplete type and an initial value that does not fit."""
    title, element = _title(variable), Element("variable", variable.id, "type")
    yield from type_problems(context.flow, variable.type, element, title)
    fault = fault_of(context.flow, variable.type, variable.initial)
    if fault:
        place = Element("variable", variable.id, "initial")
        emptying = fix("empty_value", partial(with_value, element=place, value=None))
        if fault != "kind":
            yield _beyond(fault, title, variable.initial, place, fix=emptying)
        else:
            yield problem("value.initial", "error", place, fix=emptying, value=variable.initial, name=title)


def parameter_problems(context: Context, task: Task) -> Iterator[Problem]:
    """Yield incomplete types of a task's parameters, and listed values that do not fit or are missing."""
    for parameter in task.parameters:
        title = _title(parameter)
        yield from type_problems(context.flow, parameter.type, Element("parameter", parameter.id, "type"), title)
        if not isinstance(parameter.source, ChoiceSource):
            continue
        place = Element("parameter", parameter.id, "source.values")
        if not parameter.source.values:
            yield problem("parameter.no_values", "error", place, Element("task", task.id), name=title)
        for value in parameter.source.values:
            fault = fault_of(context.flow, parameter.type, value)
            if fault == "kind":
                yield problem("parameter.value", "error", place, Element("task", task.id), value=value, name=title)
            elif fault:
                yield _beyond(fault, title, value, place, Element("task", task.id))


def type_problems(flow: Flow, kind: ValueType, element: Element, name: str) -> Iterator[Problem]:
    """Yield a choice without choices and a row of no table."""
    if kind.kind == "choice" and not kind.choices:
        yield problem("type.no_choices", "error", element, name=name)
    if kind.kind == "row" and kind.table not in flow.tables_by_id:
        yield problem("type.no_table", "error", element, name=name)


def _generator_problems(flow: Flow, table: Table) -> Iterator[Problem]:
    """Yield an impossible number of generated rows, and choices among values that do not fit."""
    generate = table.generate
    if generate is None:
        return
    title = _title(table)
    if generate.maximum < generate.minimum:
        place = Element("table", table.id, "generate.maximum")
        raising = fix("raise_maximum", partial(with_value, element=place, value=generate.minimum))
        yield problem("generate.range", "error", place, fix=raising, table=title)
    for column in table.columns:
        generator = generate.columns.get(column.id)
        if not isinstance(generator, ChoiceGenerator):
            continue
        place = Element("table", table.id, f"generate.columns.{column.id}")
        faults = [(fault_of(flow, column.type, value), value) for value in generator.values]
        beyond = [found for found in faults if found[0] not in ("", "kind")]
        yield from (_beyond(fault, _title(column), value, place) for fault, value in beyond)
        if not beyond and not _can_choose(flow, generator, column.type):
            yield problem("generate.choice", "error", place, column=_title(column), table=title)


def _can_choose(flow: Flow, generator: ChoiceGenerator, kind: ValueType) -> bool:
    """Say whether a generator has values of a type, and a weight for each or none."""
    values, weights = generator.values, generator.weights
    is_weighted = not weights or (len(weights) == len(values) and sum(weights) > 0)
    return bool(values) and is_weighted and all(fits(flow, kind, value) for value in values)
