"""Looking into formulas: every part of a tree, and which trees say the same."""

import json
from collections.abc import Iterator
from typing import Any

from flow_models.formulas import Node


def nodes(tree: Any) -> Iterator[Node]:
    """Yield a formula and every formula inside it."""
    if isinstance(tree, list | tuple):
        for inner in tree:
            yield from nodes(inner)
    elif isinstance(tree, dict):
        if "op" in tree:
            yield tree
        yield from nodes(list(tree.values()))


def parts(tree: Node | None) -> tuple[Node, ...]:
    """Return the conditions that must hold together for one to hold, none if there is none."""
    if tree is None:
        return ()
    return tuple(tree["args"]) if tree["op"] == "and" else (tree,)


def key(tree: Node | None) -> str:
    """Return a text that is equal for formulas which say the same of the same rows."""
    return json.dumps(tree, sort_keys=True)


def variable_of(tree: Any) -> str:
    """Return the variable that a formula is or of whose row it is a column, empty if it is something else."""
    while isinstance(tree, dict) and tree["op"] == "column" and "default" not in tree:
        tree = tree["of"]
    return str(tree["name"]) if isinstance(tree, dict) and tree["op"] == "variable" else ""
