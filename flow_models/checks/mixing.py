"""Where in a formula an amount of money meets a plain number of some data: compared, added or stored as it is.

Whether the number is counted in another unit is asked by `unlike`. Whoever multiplies or divides turns one unit into
another and is left alone.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.checks.trees import nodes
from flow_models.formulas import Node

_COUNTED: Final = ("integer", "decimal")
_KEEPING: Final = ("sum", "min", "max")
"""Functions whose value has the unit of what they go over."""


class Mixed(NamedTuple):
    """A meeting of money and a number.

    Attributes:
        money: The name of what is money, empty for what the formula is stored in.
        table: The table of the column that is a number.
        column: The name of that column.
    """

    money: str
    table: str
    column: str


def mixed(tree: Node, expected: str | None) -> Iterator[Mixed]:
    """Yield where money meets a number in a formula, or is what a number is stored as."""
    if expected == "money" and (column := _counted(_bare(tree))) is not None:
        yield Mixed("", *column)
    for node in nodes(tree):
        if node["op"] == "compare" or (node["op"] == "arith" and node["sign"] in "+-"):
            one, other = _bare(node["left"]), _bare(node["right"])
            yield from (*_met(one, other), *_met(other, one))


def _met(money: Node | None, number: Node | None) -> Iterator[Mixed]:
    """Yield that one side is money and the other a number."""
    column = _counted(number)
    if column is not None and money is not None and money["type"] == "money":
        yield Mixed(str(money["name"]), *column)


def _bare(tree: Node) -> Node | None:
    """Return the column, variable, field or parameter that a formula is, also of some rows; None for all else."""
    if tree["op"] == "aggregate" and tree["fn"] in _KEEPING and tree.get("value"):
        tree = tree["value"]
    return tree if tree["op"] in ("column", "variable", "field", "task") else None


def _counted(tree: Node | None) -> tuple[str, str] | None:
    """Return the table and name of a column of numbers that are no money, None for all else."""
    if tree is None or tree["op"] != "column" or tree["type"] not in _COUNTED:
        return None
    return str(tree["of"]["type"]).removeprefix("row:"), str(tree["name"])
