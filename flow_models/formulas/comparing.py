"""Comparisons: which types can be compared in which way, and membership in lists and tables."""

import ast
from itertools import pairwise
from typing import Final

from flow_models.formulas import kinds
from flow_models.formulas.kinds import UNKNOWN, Node
from flow_models.formulas.typer import Typer

_TESTS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def comparison(typer: Typer, node: ast.Compare) -> Node:
    """Return the typed tree of a comparison; a chain is its links joined by `and`."""
    tests = [_TESTS[type(op)] for op in node.ops]
    if not {"is", "is not"}.isdisjoint(tests):
        return typer.fail("use_equals", node, test="==" if "is" in tests else "!=")
    # What stands between two signs is in the tree twice: chains inside chains would double it at each level.
    if len(tests) > 1 and typer.is_in_chain:
        return typer.fail("chain_in_chain", node, part=typer.read.text(node))
    operands = [node.left, *node.comparators]
    trees = _typed(typer, operands, is_chain=len(tests) > 1)
    links = zip(tests, pairwise(trees), pairwise(operands), strict=True)
    parts = [_compared(typer, node, test, *sides, *sources) for test, sides, sources in links]
    if any(part["op"] == "unknown" for part in parts):
        return UNKNOWN
    return parts[0] if len(parts) == 1 else {"op": "and", "type": "boolean", "args": parts}


def _typed(typer: Typer, operands: list[ast.expr], *, is_chain: bool) -> list[Node]:
    """Return the trees of what is compared."""
    was_in_chain = typer.is_in_chain
    typer.is_in_chain = was_in_chain or is_chain
    trees = [typer.typed(operand) for operand in operands]
    typer.is_in_chain = was_in_chain
    return trees


def _compared(
    typer: Typer, whole: ast.expr, test: str, left: Node, right: Node, first: ast.expr, second: ast.expr
) -> Node:
    """Return the node of `first test second`, whose trees are `left` and `right`."""
    if "unknown" in (left["type"], right["type"]):
        return UNKNOWN
    if test in ("in", "not in"):
        return _membership(typer, test, left, right, first, second)
    left, right = typer.met(left, right, first, second)
    if "unknown" in (left["type"], right["type"]):
        return UNKNOWN
    fits = kinds.are_comparable(left, right)
    if fits and test not in ("==", "!=") and not {left["type"], right["type"]} <= kinds.ORDERED:
        bad = left if left["type"] not in kinds.ORDERED else right
        return typer.fail("no_order", whole, kind=kinds.words(bad["type"]), test=test)
    if not fits:
        return typer.fail(
            "comparison",
            whole,
            left=typer.read.text(first),
            left_kind=kinds.words(left["type"]),
            right=typer.read.text(second),
            right_kind=kinds.words(right["type"]),
        )
    return {"op": "compare", "type": "boolean", "test": test, "left": left, "right": right}


def _membership(typer: Typer, test: str, left: Node, right: Node, first: ast.expr, second: ast.expr) -> Node:
    """Return the node of `value in list` or `row in rows`."""
    tree: Node = {"op": "compare", "type": "boolean", "test": test, "left": left, "right": right}
    if right["type"] == f"rows:{kinds.table_of(left['type'])}":
        return tree
    if right["op"] != "list":
        return typer.fail("not_a_list", second, part=typer.read.text(second), kind=kinds.words(right["type"]))
    choices, items = typer.scope.allowed_values(left), right["items"]
    parts = second.elts if isinstance(second, ast.List | ast.Tuple) else []
    fitted = [typer.fitted(item, left["type"], part, choices) for item, part in zip(items, parts, strict=True)]
    for item, part in zip(fitted, parts, strict=True):
        if item["type"] == "unknown":
            return UNKNOWN
        if not kinds.are_comparable(left, item):
            return typer.fail(
                "comparison",
                part,
                left=typer.read.text(first),
                left_kind=kinds.words(left["type"]),
                right=typer.read.text(part),
                right_kind=kinds.words(item["type"]),
            )
    return {**tree, "right": {"op": "list", "type": f"list:{left['type']}", "items": fitted}}
