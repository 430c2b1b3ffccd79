"""What follows from drawn data, computed anew when some of it is another: further columns, and what a task asks for.

Which of it follows from a column, and the formulas ready to run, are found out once: solutions are compared with
dozens of starts each.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start
from flow_models.runtime.machine.base import values
from flow_models.runtime.machine.base.behaviour import Parameter
from flow_models.runtime.machine.base.data import FormulaSource, RangeSource, RowSource
from flow_models.runtime.machine.base.nodes import (
    BoundRow,
    ColumnValue,
    Node,
    TaskValue,
    all_rows,
    nodes_in,
    table_of,
)
from flow_models.runtime.machine.base.tables import Base, Row, Table
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Closure, Context
from flow_models.runtime.machine.formulas.selections import selection

from .deciding import Column
from .items import Item, items_of
from .outline import Outline


class _Following(NamedTuple):
    """A column that follows from another one.

    Attributes:
        column: The column.
        compute: Computes it for the row that is bound.
        is_own: Whether it stays as it was in every row in which the other column did.
    """

    column: Column
    compute: Closure
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A parameter of a task.

    Attributes:
        parameter: What the program says of it.
        reads: The data that its source and the goal read for it.
        asks: The other parameters that they name.
        told: What the goal tells of its row.
        find: Returns a value with which the same could be asked: of the instance, its tellings, and the new data.
    """

    parameter: Parameter
    reads: frozenset[Item]
    asks: frozenset[str]
    told: tuple[Closure, ...]
    find: Callable[[Value, Sequence[Value], Context], Value]


class Asking:
    """Knows what follows from the columns of a program and what its tasks ask for."""

    def __init__(self, machine: Machine, outline: Outline) -> None:
        self._machine = machine
        self._outline = outline
        self._following: dict[Column, tuple[_Following, ...]] = {}
        self._asked: dict[str, tuple[_Asked, ...]] = {}

    def computed(self, tables: tuple[Table, ...], column: Column, keys: Set[str]) -> tuple[Table, ...]:
        """Return tables with the columns computed anew that follow from a column in which some rows have changed."""
        for one in self._from(column):
            tables = self._computed_column(tables, one, keys if one.is_own else None)
        return tables

    def parameters(self, start: Start, tables: tuple[Table, ...], column: Column) -> dict[str, Value] | None:
        """Return parameters with which the same could be asked of tables that differ in a column, None without any."""
        stale = {item for one in (column, *(one.column for one in self._from(column))) for item in _items(one)}
        found = dict(start.parameters)
        context = Context(self._machine.schema, tables, self._machine.schema.initial, task=found, seed=start.seed)
        others = set[str]()
        for one in self._of_task(start.task):
            name = one.parameter.name
            if one.reads.isdisjoint(stale) and one.asks.isdisjoint(others):
                continue
            old = start.parameters[name]
            found[name] = one.find(old, self._told(start, one), context)
            if found[name] is None and old is not None:
                return None
            others |= {name} if found[name] != old else set()
        return found

    def _told(self, start: Start, one: _Asked) -> list[Value]:
        """Return what the goal of an instance tells of a parameter's row."""
        schema = self._machine.schema
        before = Context(schema, start.drawn, schema.initial, task=start.parameters, seed=start.seed)
        return [tell(before) for tell in one.told]

    def _from(self, column: Column) -> tuple[_Following, ...]:
        """Return the columns that follow from a column, each behind those that it follows from."""
        found = self._following.get(column)
        if found is None:
            found = self._following[column] = tuple(self._followed(column))
        return found

    def _followed(self, column: Column) -> Iterator[_Following]:
        """Yield the columns that follow from a column."""
        stale, own = set(_items(column)), set(_items(column))
        for name, written in self._outline.program.tables.items():
            sources = {} if written.generate is None else written.generate.columns
            for one in written.columns:
                source = sources.get(one.name)
                if isinstance(source, FormulaSource) and not stale.isdisjoint(items_of(source.formula)):
                    made = Column(name, one.name)
                    is_own = name == column.table and _is_of_own_row(source.formula, stale, own)
                    stale |= _items(made)
                    own |= _items(made) if is_own else set()
                    yield _Following(made, self._machine.plan.formulas.value(source.formula), is_own)

    def _computed_column(self, tables: tuple[Table, ...], one: _Following, keys: Set[str] | None) -> tuple[Table, ...]:
        """Return tables with one column computed anew in some rows, None for all; fixed rows are as written."""
        plan, schema = self._machine.plan, self._machine.schema.table(one.column.table)
        place, (kind, places) = schema.columns[one.column.name], schema.type_of(one.column.name)
        context = Context(plan.schema, tables, plan.schema.initial)
        fixed = {row.key for row in self._outline.program.tables[one.column.table].rows}
        rows: list[Row] = []
        for row in tables[schema.index].rows:
            if row[0] not in fixed and (keys is None or row[0] in keys):
                context.bound["row"] = row
                value = values.seeded(one.compute(context), kind, places)
                rows.append((*row[:place], value, *row[place + 1 :]))
            else:
                rows.append(row)
        return with_rows(tables, schema.index, tuple(rows))

    def _of_task(self, task: str) -> tuple[_Asked, ...]:
        """Return the parameters of a task, in order."""
        found = self._asked.get(task)
        if found is None:
            found = self._asked[task] = tuple(map(self._ready, *self._written(task)))
        return found

    def _written(self, task: str) -> tuple[Sequence[Parameter], Sequence[list[Node]]]:
        """Return the parameters of a task, and what the goal says of the row of each."""
        rules = self._outline.program.tasks[task]
        said = tuple(nodes_in(rules.wordings))
        return rules.parameters, [[one for one in said if _is_of(one, asked.name)] for asked in rules.parameters]

    def _ready(self, parameter: Parameter, said: Sequence[Node]) -> _Asked:
        """Return a parameter that is ready to be found anew."""
        trees = (parameter.source, tuple(said))
        asks = {node.name for node in nodes_in(trees) if isinstance(node, TaskValue)} - {parameter.name}
        told = tuple(self._machine.plan.formulas.value(node) for node in said)
        return _Asked(parameter, items_of(trees), frozenset(asks), told, self._finding(parameter, told))

    def _finding(
        self, parameter: Parameter, told: Sequence[Closure]
    ) -> Callable[[Value, Sequence[Value], Context], Value]:
        """Return what finds a value of a parameter with which the same could be asked, None if there is none."""
        formulas = self._machine.plan.formulas
        match parameter.source:
            case FormulaSource(formula=formula):
                compute = formulas.value(formula)
                return lambda _old, _said, context: values.seeded(compute(context), parameter.type, parameter.places)
            case RowSource(where=where):
                rows = selection(formulas, all_rows(table_of(parameter.type) or ""), "row", where)
                return lambda old, said, context: _row_meant(parameter.name, rows(context), told, old, said, context)
            case RangeSource(minimum=least, maximum=most):
                bounds = formulas.value(least), formulas.value(most)
                return lambda old, _said, context: _within(old, *(bound(context) for bound in bounds))
            case _:
                return lambda old, _said, _context: old


def with_rows(tables: tuple[Table, ...], place: int, rows: tuple[Row, ...]) -> tuple[Table, ...]:
    """Return tables with other rows in one of them."""
    return (*tables[:place], Table(tables[place].name, Base(rows)), *tables[place + 1 :])


def _row_meant(
    name: str, rows: Sequence[Row], told: Sequence[Closure], old: Value, said: Sequence[Value], context: Context
) -> Value:
    """Return the first of some rows, the old one before all, of which the goal would say the same as it does."""
    asked = dict(context.task)
    now = Context(context.schema, context.tables, context.variables, task=asked, seed=context.seed)
    keys: list[str] = [row[0] for row in rows]
    for key in sorted(keys, key=lambda key: key != old):
        asked[name], now.work = key, 0
        if all(tell(now) == one for tell, one in zip(told, said, strict=True)):
            return key
    return None


def _within(value: Value, least: Value, most: Value) -> Value:
    """Return a value if it lies within bounds, else None."""
    return value if None not in (least, most, value) and least <= value <= most else None  # type: ignore[operator]


def _items(column: Column) -> Set[Item]:
    """Return the items of which a formula that depends on a column reads one."""
    return {("column", *column), ("columns", column.table)}


def _is_of_own_row(formula: Node, stale: Set[Item], own: Set[Item]) -> bool:
    """Say whether what a formula reads of some data stands in its own row, and follows from nothing else there."""
    read = items_of(formula)
    if any(item[0] == "table" for item in read) or not read & stale <= own:
        return False
    columns = (node for node in nodes_in(formula) if isinstance(node, ColumnValue))
    return all(isinstance(one.of, BoundRow) or items_of(one).isdisjoint(stale) for one in columns)


def _is_of(node: Node, parameter: str) -> bool:
    """Say whether a formula is a column of a parameter's row, or of what that leads to."""
    while isinstance(node, ColumnValue):
        node = node.of
        if isinstance(node, TaskValue):
            return node.name == parameter
    return False
