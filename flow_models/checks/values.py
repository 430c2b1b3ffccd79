"""Does every stored value fit its type, and is every type complete?"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.base import ColumnId, Literal_, ValueType
from flow_models.document.data import ChoiceGenerator, Column, Row, Table, Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ChoiceSource, Parameter, Task
from flow_models.runtime.machine.base.values import MONEY_PLACES

NUMBER = re.compile(r"-?\d{1,15}(?:\.(\d{1,12}))?")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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
            if known is None or not fits(flow, known.type, value):
                yield _cell_problem(table, row, column_id, known)
    yield from _generator_problems(flow, table)


def _cell_problem(table: Table, row: Row, column_id: ColumnId, column: Column | None) -> Problem:
    """Return what is wrong with a cell: its value does not fit its column, or it has none."""
    place, owner, title = Element("row", row.id, f"values.{column_id}"), Element("table", table.id), _title(table)
    kept = {key: other for key, other in row.values.items() if key != column_id}
    emptying = fix("empty_cell", partial(with_value, element=place._replace(field="values"), value=kept))
    if column is None:
        return problem("cell.no_column", "error", place, owner, fix=emptying, table=title)
    value, called = row.values[column_id], _title(column)
    return problem("cell.value", "error", place, owner, fix=emptying, value=value, column=called, table=title)


def _title(part: Table | Column | Variable | Parameter) -> str:
    """Return what a part is called in sentences."""
    return part.title or part.name


def variable_problems(context: Context, variable: Variable) -> Iterator[Problem]:
    """Yield an incomplete type and an initial value that does not fit."""
    title, element = _title(variable), Element("variable", variable.id, "type")
    yield from type_problems(context.flow, variable.type, element, title)
    if not fits(context.flow, variable.type, variable.initial):
        place = Element("variable", variable.id, "initial")
        emptying = fix("empty_value", partial(with_value, element=place, value=None))
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
        case "decimal":
            return _is_number(value, kind.places)
        case "money":
            return _is_number(value, MONEY_PLACES)
        case "choice":
            return not kind.choices or value in kind.choices
        case "row":
            table = flow.tables_by_id.get(kind.table or "")
            return table is None or any(row.id == value for row in table.rows)
        case plain:
            return _PLAIN[plain](value)


def _is_number(value: str | int | bool, places: int) -> bool:
    """Say whether a value is a number with at most so many digits after the point."""
    found = NUMBER.fullmatch(str(value)) if not isinstance(value, bool) else None
    return found is not None and len(found.group(1) or "") <= places


def _is_date(text: Literal_) -> bool:
    if not isinstance(text, str) or not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_PLAIN: Mapping[str, Callable[[Literal_], bool]] = MappingProxyType(
    {
        "text": lambda value: isinstance(value, str),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "boolean": lambda value: isinstance(value, bool),
        "date": _is_date,
        "time": lambda value: isinstance(value, str) and TIME.fullmatch(value) is not None,
    }
)
"""Whether a value has a plain type, by the type."""


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
        if isinstance(generator, ChoiceGenerator) and not _can_choose(flow, generator, column.type):
            place = Element("table", table.id, f"generate.columns.{column.id}")
            yield problem("generate.choice", "error", place, column=_title(column), table=title)


def _can_choose(flow: Flow, generator: ChoiceGenerator, kind: ValueType) -> bool:
    """Say whether a generator has values of a type, and a weight for each or none."""
    values, weights = generator.values, generator.weights
    is_weighted = not weights or (len(weights) == len(values) and sum(weights) > 0)
    return bool(values) and is_weighted and all(fits(flow, kind, value) for value in values)
