"""What a part of a formula comes to in one state, whichever rows it may be computed for."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

from flow_models.runtime.machine import FormulaFaultError, Machine, Start
from flow_models.runtime.machine.base.nodes import Aggregate, BoundRow, Node, SortedRows, nodes_in, table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Closure, Context

from .demands import Demand
from .undoing import undone

_MOST: Final = 500
"""Rows, and values, that are looked at for one part; the first ones are kept."""


class Readings:
    """Computes parts of formulas in the states of one instance; their closures are kept."""

    def __init__(self, machine: Machine, start: Start) -> None:
        self._machine = machine
        self._start = start
        self._closures: dict[int, tuple[Node, Closure]] = {}

    def meeting(self, demand: Demand, rows: Sequence[Row], context: Context) -> list[Value]:
        """Return values with which a field may meet a demand.

        Args:
            demand: What is demanded.
            rows: The rows of the expected change that wants it, as the episode began.
            context: What the field's page sees.
        """
        bound = {"row": rows} if demand.change >= 0 else {}

        def read(node: Node) -> list[Value]:
            return self._values(node, context, {})

        found = self._values(demand.other, context, bound)
        for hop in reversed(demand.hops):
            found = [value for target in found for value in undone(hop.tree, hop.hole, target, read)][:_MOST]
        return list(dict.fromkeys(found))

    def _values(self, node: Node, context: Context, rows: Mapping[str, Sequence[Row]]) -> list[Value]:
        """Return the values of a formula, for all rows that may be bound in it."""
        names = {name: kind for name, kind in _free(node).items() if context.bound.get(name) is None or name in rows}
        choices = [[(name, row) for row in rows.get(name) or self._rows(kind, context)] for name, kind in names.items()]
        outer, task, work = context.bound, context.task, context.work
        context.task = self._start.parameters
        found: list[Value] = []
        for chosen in itertools.islice(itertools.product(*choices), _MOST):
            context.bound, context.work = {**outer, **dict(chosen)}, 0
            found.append(self._value(node, context))
        context.bound, context.task, context.work = outer, task, work
        return [value for value in dict.fromkeys(found) if value is not None]

    def _value(self, node: Node, context: Context) -> Value:
        """Return the value of a formula, empty if it has none."""
        known = self._closures.get(id(node))
        if known is None:
            known = self._closures[id(node)] = (node, self._machine.plan.formulas.value(node))
        try:
            value: Value = known[1](context)
        except FormulaFaultError:
            return None
        return value

    def _rows(self, kind: str, context: Context) -> Sequence[Row]:
        """Return the rows that may be bound by a name of a type."""
        table = table_of(kind)
        return () if table is None else context.tables[self._machine.schema.table(table).index].rows[:_MOST]


def _free(node: Node) -> dict[str, str]:
    """Return the names of rows that a formula reads from outside, with their types."""
    own = {part.bind for part in nodes_in(node) if isinstance(part, Aggregate | SortedRows)}
    return {part.name: part.type for part in nodes_in(node) if isinstance(part, BoundRow) and part.name not in own}
