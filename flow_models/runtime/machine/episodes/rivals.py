"""Which other texts a question could have as answer: what stands in a sentence beside the right one makes it wrong.

They follow from where the answer comes from: the values of a column, the choices of a column or parameter, the branches
of a formula. Where a text is put together they do not, and the answers of other instances take their place.
"""

from collections.abc import Callable, Iterator
from typing import Final

from ..base.behaviour import Task
from ..base.data import ChoiceSource, PoolSource
from ..base.nodes import Aggregate, Call, Choice, ColumnValue, Constant, Node, TaskValue, table_of
from ..base.program import Program
from ..base.schema import Schema
from ..formulas.context import Context

OTHERS: Final = 24
"""Instances from which other answers are gathered where the formula does not tell them."""

_CHANGES: Final[dict[str, Callable[[str], str]]] = {
    "lower": str.lower,
    "upper": str.upper,
    "trim": str.strip,
}
_Change = Callable[[str], str]


class Rivals:
    """The texts that the answer of one task could be.

    Args:
        program: The whole program.
        schema: Where its columns stand.
        task: The task.
        answer: Its answer's formula.

    Attributes:
        is_whole: Whether they are all known; else the answers of other instances are to be asked as well.
    """

    def __init__(self, program: Program, schema: Schema, task: Task, answer: Node) -> None:
        self._program = program
        self._schema = schema
        self._parameters = {parameter.name: parameter for parameter in task.parameters}
        self._fixed: set[str] = set()
        self._columns: list[tuple[int, int, _Change]] = []
        self.is_whole = self._found(answer, str)

    def texts(self, context: Context) -> Iterator[str]:
        """Yield the texts that the answer could be with the data of a state, the right one among them."""
        yield from self._fixed
        for table, place, change in self._columns:
            for row in context.tables[table].rows:
                if isinstance(row[place], str):
                    yield change(str(row[place]))

    def _found(self, node: Node, change: _Change) -> bool:
        """Take note of what a formula's value can be; return whether that is all."""
        match node:
            case Constant():
                return self._noted((node.value,), change)
            case Choice():
                return self._all(change, node.then, node.other)
            case ColumnValue():
                return self._column(node, change)
            case Aggregate(value=Node() as value):
                return self._all(change, value, node.default)
            case TaskValue():
                return self._parameter(node.name, change)
            case Call() if node.fn in _CHANGES:
                inner = _CHANGES[node.fn]
                return self._found(node.args[0], lambda text: change(inner(text)))
            case _:
                return False

    def _all(self, change: _Change, *nodes: Node | None) -> bool:
        """Take note of what several formulas can be; return whether that is all."""
        found = [self._found(node, change) for node in nodes if node is not None]
        return all(found)

    def _noted(self, values: tuple[object, ...], change: _Change) -> bool:
        """Take note of fixed texts; return whether there are any."""
        self._fixed |= {change(value) for value in values if isinstance(value, str)}
        return bool(values)

    def _column(self, node: ColumnValue, change: _Change) -> bool:
        """Take note of a column: its values, and its choices."""
        name = table_of(node.of.type)
        if name is None:
            return False
        schema = self._schema.table(name)
        place = schema.columns[node.name]
        self._columns.append((schema.index, place, change))
        self._noted(self._program.tables[name].columns[place - 1].choices, change)
        return True

    def _parameter(self, name: str, change: _Change) -> bool:
        """Take note of what a parameter can be."""
        parameter = self._parameters.get(name)
        if parameter is None:
            return False
        source = parameter.source
        listed = source.values if isinstance(source, ChoiceSource | PoolSource) else ()
        return self._noted((*parameter.choices, *listed), change)


def unwrapped(answer: Node) -> Node:
    """Return the formula of the value that an answer shows as text: "text(balance)" is compared as a balance."""
    while isinstance(answer, Call) and answer.fn == "text":
        answer = answer.args[0]
    return answer
