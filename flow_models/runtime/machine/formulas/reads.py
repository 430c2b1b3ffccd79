"""What formulas read, so that what is computed from them can be kept until one of those things changes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..base.program import Json, Node, table_of


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
    """Return what formulas and templates read, taken together."""
    tables: set[str] = set()
    variables: set[str] = set()
    flags: set[str] = set()
    waiting: list[Any] = [tree for tree in trees if tree is not None]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            _note(part, tables, variables, flags)
            waiting.extend(part.values())
        elif isinstance(part, Iterable) and not isinstance(part, str):
            waiting.extend(part)
    return Reads(frozenset(tables), frozenset(variables), frozenset(flags))


def _note(node: Node, tables: set[str], variables: set[str], flags: set[str]) -> None:
    """Note what one node reads by itself."""
    kind = node.get("type")
    if isinstance(kind, str) and (table := table_of(kind)) is not None:
        tables.add(table)
    match node.get("op"):
        case "table":
            tables.add(node["table"] if "table" in node else node["name"])
            if node.get("before"):
                flags.add("before")
        case "changes":
            tables.add(node["table"])
            flags.add("before")
        case "variable":
            variables.add(node["name"])
        case "field":
            flags.add("fields")
        case "task":
            flags.add("task")
        case "answer":
            flags.add("answer")
        case "bound" if node["name"] == "record":
            flags.add("record")
        case "clock":
            flags.add(node["part"])
        case "call" if node["fn"] == "today":
            flags.add("date")
        case "call" if node["fn"] == "chance":
            flags.add("chance")
        case _:
            pass


def conjuncts(tree: Node | None) -> tuple[Node, ...]:
    """Return the conditions that must all hold for a condition to hold; none for None."""
    if tree is None:
        return ()
    if tree["op"] != "and":
        return (tree,)
    return tuple(part for arg in tree["args"] for part in conjuncts(arg))


def mentions(tree: object, bind: str) -> bool:
    """Say whether a tree uses the row bound by a name."""
    if isinstance(tree, Mapping):
        if tree.get("op") == "bound" and tree.get("name") == bind:
            return True
        return any(mentions(part, bind) for part in tree.values())
    if isinstance(tree, list | tuple):
        return any(mentions(part, bind) for part in tree)
    return False


def without(reads: Reads, table: str) -> Reads:
    """Return reads that leave out one table."""
    return Reads(reads.tables - {table}, reads.variables, reads.flags)


def blocks_in(tree: Any) -> Iterator[Json]:
    """Yield every block in a part of a program."""
    if isinstance(tree, Mapping):
        if "op" in tree:
            return
        if "kind" in tree:
            yield tree
        for part in tree.values():
            yield from blocks_in(part)
    elif isinstance(tree, list | tuple):
        for part in tree:
            yield from blocks_in(part)


def names_table(tree: Any, table: str) -> bool:
    """Say whether a tree goes through a table, or reads a column of another of its rows."""
    if isinstance(tree, Mapping):
        op = tree.get("op")
        if op in ("table", "changes") and table in (tree.get("name"), tree.get("table")):
            return True
        if op == "column" and tree["of"]["op"] != "bound" and tree["of"]["type"] == f"row:{table}":
            return True
        return any(names_table(part, table) for part in tree.values())
    if isinstance(tree, list | tuple):
        return any(names_table(part, table) for part in tree)
    return False


def names_record(tree: Any, table: str) -> bool:
    """Say whether a tree reads the page's record, where that is a row of a table."""
    if isinstance(tree, Mapping):
        if tree.get("op") == "bound" and tree["name"] == "record" and tree["type"] == f"row:{table}":
            return True
        return any(names_record(part, table) for part in tree.values())
    if isinstance(tree, list | tuple):
        return any(names_record(part, table) for part in tree)
    return False
