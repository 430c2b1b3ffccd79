"""What a task's goal says of an instance, and what it would say of another row, value or order of the rows."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from flow_models.checks.trial import Trial
from flow_models.runtime.machine import FormulaFaultError, Start
from flow_models.runtime.machine.base.behaviour import ExpectedChange, Parameter
from flow_models.runtime.machine.base.data import FormulaSource, RangeSource, RowSource
from flow_models.runtime.machine.base.nodes import Node, TaskValue, Template, nodes_in, table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Closure, Context
from flow_models.solver.outline import Outline
from flow_models.solver.telling import as_read
from flow_models.solver.wishes import Wish, wish_of


class Hole(NamedTuple):
    """A value in a goal: what formula gives it, and the fixed texts around it."""

    node: Node
    before: str
    after: str


class Wordings:
    """The goal of one task, ready to be said with any values of its parameters."""

    def __init__(self, trial: Trial) -> None:
        self._machine = trial.machine
        self._formulas = trial.machine.plan.formulas
        self.rules = trial.machine.program.tasks[trial.task.name]
        self.parameters = {one.name: one for one in self.rules.parameters}
        self._texts = [self._formulas.exact_text(wording) for wording in self.rules.wordings]

    def said(self, start: Start) -> tuple[str, ...]:
        """Return all ways to ask for an instance, as they are read; one that cannot be said is empty."""
        return tuple(as_read(str(self.computed(text, start) or "")) for text in self._texts)

    def holes(self) -> Iterator[tuple[int, Hole]]:
        """Yield the values in each wording."""
        for number, wording in enumerate(self.rules.wordings):
            yield from ((number, hole) for hole in _holes(wording))

    def value(self, node: Node, start: Start) -> Any:
        """Return what a formula of the task gives in an instance as it begins; empty where it cannot be computed."""
        return self.computed(self._formulas.value(node), start)

    def shown(self, node: Node, start: Start) -> str:
        """Return a value as the goal says it."""
        return str(self.computed(self._formulas.shown(node), start) or "")

    def computed(self, compute: Closure, start: Start, row: Row | None = None) -> object:
        """Return what a closure gives in an instance as it begins; nothing where it leaves the range of values."""
        context = self._context(start)
        if row is not None:
            context.bound["row"] = row
        try:
            return compute(context)
        except FormulaFaultError:
            return None

    def with_value(self, start: Start, name: str, value: Value) -> Start:
        """Return an instance in which one parameter has another value, and what follows from it is computed anew."""
        other = start._replace(parameters={**start.parameters, name: value}, state=start.state.replaced())
        for parameter in self.rules.parameters:
            if isinstance(parameter.source, FormulaSource) and parameter.name != name:
                changed = self.value(parameter.source.formula, other)
                other = other._replace(parameters={**other.parameters, parameter.name: changed})
        return other

    def may_be_drawn(self, other: Start, name: str, *, is_given: bool = False) -> bool:
        """Say whether a task could draw an instance in which a parameter was given another value, all else alike.

        A parameter that decides the data or the page with which the episode begins is told by these.

        Args:
            other: The instance with the other value.
            name: The parameter.
            is_given: Whether it is known already that it can have the value.
        """
        setup = nodes_in(self.rules.setup, self.rules.start_record)
        if any(isinstance(node, TaskValue) and node.name == name for node in setup):
            return False
        asked = (one for one in self.rules.parameters if not (is_given and one.name == name))
        is_drawn = all(self._allows(other, parameter) for parameter in asked)
        return is_drawn and bool(self.computed(self._formulas.condition(self.rules.require), other))

    def given(self, parameter: Parameter, start: Start) -> Value:
        """Return the value that a parameter gets with the rows of an instance: its own if it can still be drawn."""
        own, source = start.parameters[parameter.name], parameter.source
        if isinstance(source, FormulaSource):
            computed: Value = self.value(source.formula, start)
            return computed
        if not isinstance(source, RowSource) or self._allows(start, parameter):
            return own
        schema = self._machine.schema.table(table_of(parameter.type) or "")
        allowed = self._formulas.condition(source.where)
        rows = start.state.tables[schema.index].rows
        return next((str(row[0]) for row in rows if self.computed(allowed, start, row)), own)

    def rows_like(self, start: Start, parameter: Parameter) -> Iterator[Start]:
        """Yield the instance with each other row of its table for a parameter, where some wording may read the same."""
        schema = self._machine.schema.table(table_of(parameter.type) or "")
        name, told = parameter.name, self._telling[parameter.name]
        own = [[self.computed(one, start) for one in those] for those in told]
        for row in start.state.tables[schema.index].rows:
            if row[0] == start.parameters[name]:
                continue
            other = start._replace(parameters={**start.parameters, name: row[0]})
            if any(self._reads_so(other, *those) for those in zip(told, own, strict=True)):
                yield self.with_value(start, name, row[0])

    def _reads_so(self, start: Start, closures: Sequence[Closure], texts: Sequence[object]) -> bool:
        """Say whether values of an instance read like some texts."""
        return all(self.computed(one, start) == text for one, text in zip(closures, texts, strict=True))

    @cached_property
    def _telling(self) -> dict[str, list[list[Closure]]]:
        """The values in each wording that are of a parameter itself, by its name."""
        found: dict[str, list[list[Closure]]] = {name: [[] for _ in self._texts] for name in self.parameters}
        for number, hole in self.holes():
            for name in {node.name for node in nodes_in(hole.node) if isinstance(node, TaskValue)}:
                found[name][number].append(self._formulas.shown(hole.node))
        return found

    def asks_otherwise(self, start: Start, other: Start) -> bool:
        """Say whether two instances surely want something else done, or another answer."""
        if self.rules.answer is not None:
            return self._machine.expected_answer(start, start.state) != self._machine.expected_answer(
                other, other.state
            )
        changes = self.rules.success.changes
        return [self._wish(start, one) for one in changes] != [self._wish(other, one) for one in changes]

    def _wish(self, start: Start, change: ExpectedChange) -> Wish:
        return wish_of(self._machine, start, self._outline, change)

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self._machine.program)

    def _allows(self, start: Start, parameter: Parameter) -> bool:
        """Say whether a task could draw the value that a parameter has."""
        value, source = start.parameters[parameter.name], parameter.source
        match source:
            case RowSource():
                schema = self._machine.schema.table(table_of(parameter.type) or "")
                row = start.state.tables[schema.index].get(str(value))
                return row is not None and bool(self.computed(self._formulas.condition(source.where), start, row))
            case RangeSource():
                bounds = (
                    self.computed(self._formulas.value_or_empty(one), start) for one in (source.minimum, source.maximum)
                )
                least, most = bounds
                return least is None or most is None or least <= value <= most  # type: ignore[operator]
            case _:
                return True

    def _context(self, start: Start) -> Context:
        return self._machine.plan.context(start, start.state)


def _holes(wording: Template) -> Iterator[Hole]:
    """Yield the values in a wording with the fixed texts around them."""
    for place, part in enumerate(wording):
        if not isinstance(part, str):
            before = wording[place - 1] if place else ""
            after = wording[place + 1] if place + 1 < len(wording) else ""
            yield Hole(part, before if isinstance(before, str) else "", after if isinstance(after, str) else "")
