"""What formulas read, so that what is computed from them can be kept until one of those things changes."""

from typing import Final, NamedTuple

from ..base.nodes import (
    AnswerText,
    Both,
    BoundRow,
    Call,
    ChangedRows,
    ClockPart,
    ColumnValue,
    FieldValue,
    Node,
    TableRows,
    TaskValue,
    VariableValue,
    nodes_in,
    table_of,
)


class Reads(NamedTuple):
    """Names and kinds of data that formulas depend on."""

    tables: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    """Any of `fields record unfolded navigation task before answer chance date time step`."""

    def __or__(self, other: object) -> "Reads":
        """Return what either of two reads."""
        if not isinstance(other, Reads):
            return NotImplemented
        return Reads(self.tables | other.tables, self.variables | other.variables, self.flags | other.flags)


NOTHING = Reads()
UNFOLDED = Reads(flags=frozenset({"unfolded"}))
"""What is shown depends on what a visitor has unfolded; no formula does."""

POSTED = Reads(flags=frozenset({"fields"}))
"""What is shown depends on the texts that the site knows, which a browser may be ahead of."""

NAVIGATION = Reads(flags=frozenset({"navigation"}))
"""What is shown depends on whether the variant has navigations behind a button."""


def reads_of(*trees: object) -> Reads:
    """Return what formulas, templates and whatever holds such read, taken together."""
    tables: set[str] = set()
    variables: set[str] = set()
    flags: set[str] = set()
    for node in nodes_in(*trees):
        table = table_of(node.type)
        if table is not None:
            tables.add(table)
        _note(node, tables, variables, flags)
    return Reads(frozenset(tables), frozenset(variables), frozenset(flags))


def _note(node: Node, tables: set[str], variables: set[str], flags: set[str]) -> None:
    """Note what one node reads by itself."""
    match node:
        case TableRows():
            tables.add(node.name)
            flags.update(("before",) if node.before else ())
        case ChangedRows():
            tables.add(node.table)
            flags.add("before")
        case VariableValue():
            variables.add(node.name)
        case FieldValue() | TaskValue() | AnswerText():
            flags.add(_FLAGS[type(node)])
        case BoundRow(name="record"):
            flags.add("record")
        case ClockPart():
            flags.add(node.part)
        case Call(fn="today"):
            flags.add("date")
        case Call(fn="chance"):
            flags.add("chance")
        case _:
            pass


_FLAGS: Final[dict[type[Node], str]] = {FieldValue: "fields", TaskValue: "task", AnswerText: "answer"}


def conjuncts(tree: Node | None) -> tuple[Node, ...]:
    """Return the conditions that must all hold for a condition to hold; none for None."""
    if tree is None:
        return ()
    if not isinstance(tree, Both):
        return (tree,)
    return tuple(part for arg in tree.args for part in conjuncts(arg))


def mentions(tree: object, bind: str) -> bool:
    """Say whether a tree uses the row bound by a name."""
    return any(isinstance(node, BoundRow) and node.name == bind for node in nodes_in(tree))


def without(reads: Reads, table: str) -> Reads:
    """Return reads that leave out one table."""
    return Reads(reads.tables - {table}, reads.variables, reads.flags)


def names_table(tree: object, table: str) -> bool:
    """Say whether a tree goes through a table, or reads a column of another of its rows."""
    return any(_names_table(node, table) for node in nodes_in(tree))


def _names_table(node: Node, table: str) -> bool:
    """Say whether one node does so by itself."""
    match node:
        case TableRows():
            return node.name == table
        case ChangedRows():
            return node.table == table
        case ColumnValue(of=of):
            return not isinstance(of, BoundRow) and of.type == f"row:{table}"
        case _:
            return False


def names_record(tree: object, table: str) -> bool:
    """Say whether a tree reads the page's record, where that is a row of a table."""
    return any(
        isinstance(node, BoundRow) and node.name == "record" and node.type == f"row:{table}" for node in nodes_in(tree)
    )
