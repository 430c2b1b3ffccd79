"""What the goal of an instance tells: which of its parameters a value in the data is, or which of its words."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.nodes import ColumnValue, Node, TaskValue, nodes_in, table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.limits import computed_or
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.solver.outcomes import Difference

_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_TEXTS: Final = frozenset({"text", "choice"})


class Told(NamedTuple):
    """What of a goal a value is.

    Attributes:
        parameter: The parameter's name, empty for a fixed word of the goal.
        source: The formula that gives the value: `task.amount`, `task.card.name`; empty for a fixed word.
        is_whole: Whether the formula gives what differs, and not only a column of the row that differs.
    """

    parameter: str
    source: str
    is_whole: bool = True


class Goal:
    """Tells in any instance of a task what the goal says of a difference in the data."""

    def __init__(self, machine: Machine, task: str) -> None:
        self._machine = machine
        wordings = machine.program.tasks[task].wordings
        nodes = [node for node in nodes_in(wordings) if isinstance(node, ColumnValue | TaskValue)]
        self._nodes = {source: node for node in nodes if (source := _source(node))}

    def meant(self, start: Start) -> frozenset[str]:
        """Return the values that a goal tells, and the keys of rows of which it tells something, as raw texts."""
        return frozenset(raw_text(value) for _, _, value in self._told(start)) - {""}

    def says(self, start: Start, found: Difference, ends: tuple[State, State]) -> Told | None:
        """Return what of an instance's goal a value is that differs; None if the goal does not tell it."""
        if not found.column:
            return self._says_row(start, found.table, found.value, found.other)
        kind = self._machine.schema.table(found.table).type_of(found.column).kind
        table = table_of(kind)
        if table is None:
            return None if isinstance(found.value, tuple) else self._says_value(start, kind, found.value)
        pairs = zip(ends, (found.value, found.other), strict=True)
        return self._says_row(start, table, *(self._row(end, table, key) for end, key in pairs))

    def instead(self, start: Start, found: Difference) -> tuple[Told, Difference] | None:
        """Return what a goal tells of a column by its name, or of the rows of a table, where that is not what is there.

        With it comes the difference between what is told and what is there.
        """
        kind = f"row:{found.table}"
        if found.column:
            kind = self._machine.schema.table(found.table).type_of(found.column).kind
        for source, of, value in self._told(start):
            told = Told(source.split(".")[1], source)
            is_called = found.column in (told.parameter, source.rpartition(".")[2]) or of.startswith("row:")
            if of == kind and is_called and value is not None:
                meant: Value | Row = value if found.column else self._row(start.state, found.table, value)
                is_there = found.value[0] == value if isinstance(found.value, tuple) else found.value == value
                return None if is_there else (told, found._replace(value=meant, other=found.value))
        return None

    def _row(self, end: State, table: str, key: object) -> Row | None:
        """Return a row as it is in an end, by its key."""
        return end.tables[self._machine.schema.table(table).index].get(key) if isinstance(key, str) else None

    def _says_row(self, start: Start, table: str, row: object, other: object) -> Told | None:
        """Return how a goal tells a row: by a parameter, or by a text that another row does not have."""
        if not isinstance(row, tuple):
            return None
        known = self._says_value(start, f"row:{table}", row[0])
        if known is not None:
            return known
        schema = self._machine.schema.table(table)
        for place, kind in enumerate(schema.types, 1):
            if kind.kind == "text" and isinstance(other, tuple) and row[place] != other[place]:
                said = self._says_value(start, kind.kind, row[place])
                if said is not None:
                    return said._replace(is_whole=False)
        return None

    def _says_value(self, start: Start, kind: str, value: Value) -> Told | None:
        """Return what of a goal a value of a type is."""
        if value is None or kind == "boolean":
            return None
        for source, of, told in self._told(start):
            if told == value and (of == kind or {of, kind} <= _NUMBERS or {of, kind} <= _TEXTS):
                return Told(source.split(".")[1], source)
        is_said = kind == "choice" and re.search(rf"\b{re.escape(str(value))}\b", start.goal, re.IGNORECASE)
        return Told("", "") if is_said else None

    def _told(self, start: Start) -> Iterator[tuple[str, str, Value]]:
        """Yield what a goal is made of: the formula, its type and its value."""
        context = self._machine.plan.context(start, start.state)
        for source, node in self._nodes.items():
            compute = self._machine.plan.formulas.value(node)
            yield source, node.type, computed_or(compute, context, lambda _fault: None)


def _source(node: Node) -> str:
    """Return a parameter or a column of one as it is written, empty for other formulas."""
    match node:
        case TaskValue():
            return f"task.{node.name}"
        case ColumnValue(before=False) if inner := _source(node.of):
            return f"{inner}.{node.name}"
        case _:
            return ""


def mentions(tree: object, parameter: str, column: str) -> bool:
    """Say whether a formula reads both a parameter (any value, if it is empty) and a column of a name."""
    columns = (node.name for node in nodes_in(tree) if isinstance(node, ColumnValue))
    return column in columns and (not parameter or reads(tree, parameter))


def reads(tree: object, parameter: str) -> bool:
    """Say whether a formula reads a parameter."""
    return any(isinstance(node, TaskValue) and node.name == parameter for node in nodes_in(tree))
