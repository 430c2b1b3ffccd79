"""By what a task draws the least or the most of several rows: where its condition says that no other lies beyond it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import Parameter
from flow_models.runtime.machine.base.data import RowSource
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    Both,
    BoundRow,
    ColumnValue,
    Comparison,
    Constant,
    Node,
    Not,
    nodes_in,
)

_LESS: Final = frozenset({"<", "<="})
_MORE: Final = frozenset({">", ">="})


class Extreme(NamedTuple):
    """What a row is drawn by: the type of the value, and whether it is the most."""

    type: str
    is_most: bool


def extremes(parameters: tuple[Parameter, ...]) -> Iterator[Extreme]:
    """Yield by what the rows of parameters are the least or the most."""
    for parameter in parameters:
        source = parameter.source
        where = source.where if isinstance(source, RowSource) else None
        for node in nodes_in(where):
            match node:
                case Not(arg=Aggregate(fn="any") as others):
                    yield from _beyond(others, beats_it=True)
                case Comparison(test="==", left=Aggregate(fn="count") as others, right=Constant(value=0)):
                    yield from _beyond(others, beats_it=True)
                case Aggregate(fn="all"):
                    yield from _beyond(node, beats_it=False)


def _beyond(others: Aggregate, *, beats_it: bool) -> Iterator[Extreme]:
    """Yield the columns in which other rows are compared with the drawn one.

    Args:
        others: The other rows, with the condition.
        beats_it: Whether none of them may meet the condition; else all have to.
    """
    parts = others.where.args if isinstance(others.where, Both) else (others.where,)
    for part in parts:
        if isinstance(part, Comparison) and part.test in _LESS | _MORE:
            sides = [_column(part.left), _column(part.right)]
            if sides == [(others.bind, sides[1][1]), ("row", sides[0][1])]:
                yield Extreme(part.left.type, (part.test in _MORE) == beats_it)
            elif sides == [("row", sides[1][1]), (others.bind, sides[0][1])]:
                yield Extreme(part.left.type, (part.test in _LESS) == beats_it)


def _column(node: Node) -> tuple[str, str]:
    """Return the row of which a formula is a column and the column's name; nothing for another formula."""
    is_column = isinstance(node, ColumnValue) and isinstance(node.of, BoundRow)
    return (node.of.name, node.name) if is_column else ("", "")  # type: ignore[attr-defined]
