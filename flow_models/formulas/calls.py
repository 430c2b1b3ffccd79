"""Calls: the functions of the language, their arguments and types; what goes through rows is in `aggregates`.

`divide(a, b, default)`, `quotient` and `remainder` are `/`, `//` and `%` with a default.
"""

import ast
from collections.abc import Callable
from typing import Final

from flow_models.formulas import kinds
from flow_models.formulas.aggregates import AGGREGATES, CHANGES, aggregate, rows_node, with_default, wrong_count
from flow_models.formulas.kinds import UNKNOWN, Node
from flow_models.formulas.typer import Typer

FUNCTIONS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "len": (("text",), "integer"),
    "lower": (("text",), "text"),
    "upper": (("text",), "text"),
    "trim": (("text",), "text"),
    "contains": (("text", "text"), "boolean"),
    "starts_with": (("text", "text"), "boolean"),
    "ends_with": (("text", "text"), "boolean"),
    "year": (("date",), "integer"),
    "month": (("date",), "integer"),
    "day": (("date",), "integer"),
    "weekday": (("date",), "integer"),
    "month_start": (("date",), "date"),
    "days": (("date", "date"), "integer"),
    "text": (("scalar",), "text"),
    "number": (("text",), "decimal"),
}
"""Plain functions: types of arguments, type of the value. `weekday` is 1 for Monday; `days(a, b)` is b - a."""

DIVISIONS: Final = {"divide": "/", "quotient": "//", "remainder": "%"}
NAMES: Final = (*FUNCTIONS, *AGGREGATES, *DIVISIONS, *CHANGES, "sort_by", "round", "abs", "today", "chance")
"""Every function of the language."""


def call(typer: Typer, node: ast.Call) -> Node:
    """Return the typed tree of a call."""
    if not isinstance(node.func, ast.Name):
        return typer.fail("not_allowed", node, part=typer.read.text(node))
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            return typer.fail("not_allowed", argument, part=typer.read.text(argument))
    name = node.func.id
    if name in AGGREGATES:
        return aggregate(typer, node, name)
    if name in (*CHANGES, "sort_by"):
        return rows_node(typer, node) or UNKNOWN
    return _function(typer, node, node.func, name)


def _function(typer: Typer, node: ast.Call, called: ast.Name, name: str) -> Node:
    """Return the typed tree of a call of a function of values."""
    for keyword in node.keywords:
        return typer.fail("unknown_option", keyword, option=keyword.arg or "**", function=name)
    if name in FUNCTIONS:
        return _plain(typer, node, name)
    if name in _SPECIAL:
        return _SPECIAL[name](typer, node)
    return typer.fail_name("unknown_function", called, name, iter(NAMES))


def _argument(typer: Typer, name: str, part: ast.expr, wanted: str) -> Node:
    """Return one argument of a function in the type that the function wants."""
    tree = typer.fitted(typer.typed(part), wanted, part)
    if not kinds.is_assignable(wanted, tree["type"]):
        return typer.fail(
            "argument",
            part,
            function=name,
            wanted=kinds.words(wanted),
            part=typer.read.text(part),
            kind=kinds.words(tree["type"]),
        )
    return tree


def _amount(typer: Typer, name: str, part: ast.expr) -> Node:
    """Return an argument that must be a number or money."""
    tree = typer.typed(part)
    if tree["type"] not in (*kinds.AMOUNTS, "unknown"):
        return typer.fail(
            "argument",
            part,
            function=name,
            wanted=kinds.words("decimal"),
            part=typer.read.text(part),
            kind=kinds.words(tree["type"]),
        )
    return tree


def _called(name: str, kind: str, args: list[Node]) -> Node:
    if any(arg["type"] == "unknown" for arg in args):
        return UNKNOWN
    return {"op": "call", "type": kind, "fn": name, "args": args}


def _plain(typer: Typer, node: ast.Call, name: str) -> Node:
    wanted, kind = FUNCTIONS[name]
    if len(node.args) != len(wanted):
        return wrong_count(typer, node, name, len(wanted))
    args = [_argument(typer, name, part, want) for part, want in zip(node.args, wanted, strict=True)]
    return _called(name, kind, args)


def _division(typer: Typer, node: ast.Call) -> Node:
    """Return `divide(a, b, default)`: the default stands where b is zero."""
    name = str(getattr(node.func, "id", ""))
    if len(node.args) != 3:
        return wrong_count(typer, node, name, 3)
    first, second, third = node.args
    tree = typer.arithmetic(DIVISIONS[name], node, first, second)
    default = typer.fitted(typer.typed(third), tree["type"], third)
    if "unknown" in (tree["type"], default["type"]):
        return UNKNOWN
    if kinds.is_literal(tree["right"]) and not kinds.is_zero(tree["right"]):
        return typer.fail("needless_default", third, part=typer.read.text(second))
    return with_default(typer, tree, default, third)


def _rounded(typer: Typer, node: ast.Call) -> Node:
    """Return `round(x)` (a whole number) or `round(x, places)`; money stays money."""
    if len(node.args) not in (1, 2):
        return wrong_count(typer, node, "round", 2)
    value = _amount(typer, "round", node.args[0])
    if len(node.args) == 1:
        return _called("round", "money" if value["type"] == "money" else "integer", [value])
    places = typer.typed(node.args[1])
    if places["op"] != "value" or places["type"] != "integer" or not 0 <= places["value"] <= 12:
        return UNKNOWN if places is UNKNOWN else typer.fail("round_places", node.args[1])
    return _called("round", "money" if value["type"] == "money" else "decimal", [value, places])


def _absolute(typer: Typer, node: ast.Call) -> Node:
    if len(node.args) != 1:
        return wrong_count(typer, node, "abs", 1)
    value = _amount(typer, "abs", node.args[0])
    return _called("abs", value["type"], [value])


def _chance(typer: Typer, node: ast.Call) -> Node:
    """Return `chance(p)`: true in that part of the tries."""
    if len(node.args) != 1:
        return wrong_count(typer, node, "chance", 1)
    if "chance" not in typer.scope.allow:
        return typer.fail("chance_here", node)
    value = _amount(typer, "chance", node.args[0])
    if kinds.is_literal(value) and not 0 <= float(value["value"]) <= 1:
        return typer.fail("chance_range", node.args[0])
    return _called("chance", "boolean", [value])


def _today(typer: Typer, node: ast.Call) -> Node:
    if node.args:
        return wrong_count(typer, node, "today", 0)
    return {"op": "clock", "type": "date", "part": "date"}


_SPECIAL: Final[dict[str, Callable[[Typer, ast.Call], Node]]] = {
    **dict.fromkeys(DIVISIONS, _division),
    "round": _rounded,
    "abs": _absolute,
    "today": _today,
    "chance": _chance,
}
"""Functions whose arguments are typed in a way of their own."""
