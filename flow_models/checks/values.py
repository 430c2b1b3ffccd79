"""Does every stored value fit its type, and is every type complete?"""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.base import Literal_, ValueType
from flow_models.document.data import ChoiceGenerator, Table, Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ChoiceSource, Task

NUMBER = re.compile(r"-?\d{1,15}(?:\.(\d{1,12}))?")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def table_problems(context: Context, table: Table) -> Iterator[Problem]:
    """Yield columns whose type is incomplete, cells that do not fit, and values for columns that are not there."""
    flow, title = context.flow, table.title or table.name
    columns = {str(column.id): column for column in table.columns}
    if not columns:
        yield problem("table.no_columns", "warning", Element("table", table.id, "columns"), table=title)
    for column in table.columns:
        yield from type_problems(flow, column.type, Element("column", column.id, "type"), column.title or column.name)
    for row in table.rows:
        for column_id, value in row.values.items():
            column_part = columns.get(column_id)
            place = Element("row", row.id, f"values.{column_id}")
            kept = {key: other for key, other in row.values.items() if key != column_id}
            emptying = fix("empty_cell", partial(with_value, element=place._replace(field="values"), value=kept))
            if column_part is None:
                yield problem("cell.no_column", "error", place, Element("table", table.id), fix=emptying, table=title)
            elif not fits(flow, column_part.type, value):
                yield problem(
                    "cell.value",
                    "error",
                    place,
                    Element("table", table.id),
                    fix=emptying,
                    value=value,
                    column=column_part.title or column_part.name,
                    table=title,
                )
    yield from _generator_problems(flow, table)


def variable_problems(context: Context, variable: Variable) -> Iterator[Problem]:
    """Yield an incomplete type and an initial value that does not fit."""
    title, element = variable.title or variable.name, Element("variable", variable.id, "type")
    yield from type_problems(context.flow, variable.type, element, title)
    if not fits(context.flow, variable.type, variable.initial):
        place = Element("variable", variable.id, "initial")
        emptying = fix("empty_value", partial(with_value, element=place, value=None))
        yield problem("value.initial", "error", place, fix=emptying, value=variable.initial, name=title)


def parameter_problems(context: Context, task: Task) -> Iterator[Problem]:
    """Yield incomplete types of a task's parameters, and listed values that do not fit or are missing."""
    for parameter in task.parameters:
        title = parameter.title or parameter.name
        yield from type_problems(context.flow, parameter.type, Element("parameter", parameter.id, "type"), title)
        if not isinstance(parameter.source, ChoiceSource):
            continue
        place = Element("parameter", parameter.id, "source.values")
        if not parameter.source.values:
            yield problem("parameter.no_values", "error", place, Element("task", task.id), name=title)
        for value in parameter.source.values:
            if not fits(context.flow, parameter.type, value):
                yield problem("parameter.value", "error", place, Element("task", task.id), value=value, name=title)


def type_problems(flow: Flow, kind: ValueType, element: Element, name: str) -> Iterator[Problem]:
    """Yield a choice without choices and a row of no table."""
    if kind.kind == "choice" and not kind.choices:
        yield problem("type.no_choices", "error", element, name=name)
    if kind.kind == "row" and kind.table not in flow.tables_by_id:
        yield problem("type.no_table", "error", element, name=name)


def fits(flow: Flow, kind: ValueType, value: Literal_) -> bool:
    """Say whether a stored value has a type; empty fits every type."""
    if value is None:
        return True
    match kind.kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "decimal" | "money":
            places = 2 if kind.kind == "money" else kind.places
            found = NUMBER.fullmatch(str(value)) if not isinstance(value, bool) else None
            return found is not None and len(found.group(1) or "") <= places
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "time":
            return isinstance(value, str) and TIME.fullmatch(value) is not None
        case "choice":
            return not kind.choices or value in kind.choices
        case "row":
            table = flow.tables_by_id.get(kind.table or "")
            return table is None or any(row.id == value for row in table.rows)
        case _:
            return isinstance(value, str)


def _is_date(text: str) -> bool:
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _generator_problems(flow: Flow, table: Table) -> Iterator[Problem]:
    """Yield an impossible number of generated rows, and choices among values that do not fit."""
    generate = table.generate
    if generate is None:
        return
    title = table.title or table.name
    if generate.maximum < generate.minimum:
        place = Element("table", table.id, "generate.maximum")
        raising = fix("raise_maximum", partial(with_value, element=place, value=generate.minimum))
        yield problem("generate.range", "error", place, fix=raising, table=title)
    for column in table.columns:
        generator = generate.columns.get(column.id)
        if not isinstance(generator, ChoiceGenerator):
            continue
        place = Element("table", table.id, f"generate.columns.{column.id}")
        is_weighted = not generator.weights or (
            len(generator.weights) == len(generator.values) and sum(generator.weights) > 0
        )
        if (
            not generator.values
            or not is_weighted
            or not all(fits(flow, column.type, value) for value in generator.values)
        ):
            yield problem("generate.choice", "error", place, column=column.title or column.name, table=title)
