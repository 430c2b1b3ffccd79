"""The data and fields that formulas read, as items: what the solver reasons with in place of formulas.

An item is a column or a variable as a whole, never one row's cell: which row is meant is mostly known in an instance
only, and whoever takes the whole column for it takes too much into account, never too little.
"""

from collections.abc import Iterator
from typing import Final

from flow_models.runtime.machine.base.blocks import RowList
from flow_models.runtime.machine.base.kinds import controls, slots
from flow_models.runtime.machine.base.nodes import (
    ChangedRows,
    ColumnValue,
    FieldValue,
    Node,
    TableRows,
    VariableValue,
    all_rows,
    nodes_in,
    table_of,
)
from flow_models.runtime.machine.base.traits import Block

Item = tuple[str, ...]
"""("variable", name), ("table", name) for which rows there are, ("column", table, name), or ("field", name)."""

_DECIDING: Final = frozenset({"condition", "value"})
"""What a formula of a block is wanted for where it decides what can be done: whether the block is there and enabled,
which rows it offers, with what a field begins and within which bounds. The others only say how something is called."""


def items_of(*trees: object) -> frozenset[Item]:
    """Return the data and fields that formulas, templates and whatever holds such read.

    Reading which rows have changed reads all columns of their table, ("columns", table); see `Outline.expanded`.
    """
    return frozenset(item for node in nodes_in(*trees) for item in _items_of(node))


def _items_of(node: Node) -> Iterator[Item]:
    """Yield what one node reads by itself."""
    match node:
        case VariableValue():
            yield ("variable", node.name)
        case FieldValue():
            yield ("field", node.name)
        case TableRows():
            yield ("table", node.name)
        case ChangedRows():
            yield ("table", node.table)
            yield ("columns", node.table)
        case ColumnValue():
            table = table_of(node.of.type)
            if table is not None:
                yield ("column", table, node.name)
        case _:
            pass


def data_of(*trees: object) -> frozenset[Item]:
    """Return the data that formulas read, without fields."""
    return frozenset(item for item in items_of(*trees) if item[0] != "field")


def fields_of(*trees: object) -> frozenset[str]:
    """Return the names of the fields that formulas read."""
    return frozenset(node.name for node in nodes_in(*trees) if isinstance(node, FieldValue))


def conduct_of(block: Block) -> list[object]:
    """Return the trees of a block that decide what can be done: shown, enabled, offered and listed.

    The rows of a list decide nothing where they have no links and buttons; only its first rows are there if it has a
    limit, so its order decides then.
    """
    table = getattr(block, "table", None)
    if isinstance(block, RowList) and (table is None or not controls(block)):
        return [block.show_if]
    trees: list[object] = [getattr(block, slot.name) for slot in slots(type(block)) if slot.asks.wants in _DECIDING]
    if table is not None:
        trees.append(all_rows(table))
    if isinstance(block, RowList) and block.limit:
        trees.append(block.sort)
    return trees
