"""Functions and aggregates: their arguments, types, and the rows that they bind.

An aggregate takes a table first (`accounts`, `before.accounts`, `added(payments)`, `sort_by(flights, price)`), then a
value where it computes one, then a condition: `sum(payments, amount, day == today())`. In value and condition the
row's columns are names; after `accounts as a` they are `a.balance`. `min`, `max`, `avg`, `first` and `last` take
`default=`; `divide(a, b, default)`, `quotient` and `remainder` are `/`, `//` and `%` with one.
"""

import ast
import re
from typing import Final, NamedTuple

from flow_models.formulas import kinds
from flow_models.formulas.kinds import UNKNOWN, Node
from flow_models.formulas.scope import RESERVED, Binding
from flow_models.formulas.typer import Typer

NESTED: Final = 3
"""Aggregates inside each other: work grows with the product of the tables' rows."""

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

AGGREGATES: Final = ("count", "sum", "avg", "min", "max", "first", "last", "any", "all")
WITH_VALUE: Final = frozenset({"sum", "avg", "min", "max"})
WITH_DEFAULT: Final = frozenset({"avg", "min", "max", "first", "last"})
DIVISIONS: Final = {"divide": "/", "quotient": "//", "remainder": "%"}
CHANGES: Final = ("added", "changed", "removed")
NAMES: Final = (*FUNCTIONS, *AGGREGATES, *DIVISIONS, *CHANGES, "sort_by", "round", "abs", "today", "chance")
"""Every function of the language."""

_OWN_BIND: Final = re.compile(r"row[0-9]*")


class Rows(NamedTuple):
    """The rows that an aggregate goes through."""

    node: Node
    table: str
    alias: str


def call(typer: Typer, node: ast.Call) -> Node:
    """Return the typed tree of a call."""
    if not isinstance(node.func, ast.Name):
        return typer.fail("not_allowed", node, part=typer.read.text(node))
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            return typer.fail("not_allowed", argument, part=typer.read.text(argument))
    name = node.func.id
    if name in AGGREGATES:
        return _aggregate(typer, node, name)
    if name in CHANGES or name == "sort_by":
        rows = _rows_node(typer, node)
        return UNKNOWN if rows is None else rows
    for keyword in node.keywords:
        return typer.fail("unknown_option", keyword, option=keyword.arg or "**", function=name)
    if name in FUNCTIONS:
        return _plain(typer, node, name)
    match name:
        case "divide" | "quotient" | "remainder":
            return _division(typer, node, name)
        case "round":
            return _rounded(typer, node)
        case "abs":
            return _absolute(typer, node)
        case "today":
            if node.args:
                return _wrong_count(typer, node, name, 0)
            return {"op": "clock", "type": "date", "part": "date"}
        case "chance":
            return _chance(typer, node)
        case _:
            return typer.fail_name("unknown_function", node.func, name, iter(NAMES))


def _wrong_count(typer: Typer, node: ast.Call, name: str, wanted: int) -> Node:
    return typer.fail("argument_count", node, function=name, wanted=str(wanted), given=str(len(node.args)))


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
        return _wrong_count(typer, node, name, len(wanted))
    args = [_argument(typer, name, part, want) for part, want in zip(node.args, wanted, strict=True)]
    return _called(name, kind, args)


def _division(typer: Typer, node: ast.Call, name: str) -> Node:
    """Return `divide(a, b, default)`: the default stands where b is zero."""
    if len(node.args) != 3:
        return _wrong_count(typer, node, name, 3)
    first, second, third = node.args
    tree = typer.arithmetic(DIVISIONS[name], node, first, second)
    default = typer.fitted(typer.typed(third), tree["type"], third)
    if "unknown" in (tree["type"], default["type"]):
        return UNKNOWN
    if kinds.is_literal(tree["right"]) and not kinds.is_zero(tree["right"]):
        return typer.fail("needless_default", third, part=typer.read.text(second))
    return _with_default(typer, tree, default, third)


def _with_default(typer: Typer, tree: Node, default: Node, at: ast.expr) -> Node:
    """Return a node with a default of its type."""
    kind = kinds.joined(tree["type"], default["type"])
    if kind is None or (kind != tree["type"] and not {kind, tree["type"]} <= kinds.NUMBERS):
        return typer.fail(
            "default_kind",
            at,
            wanted=kinds.words(tree["type"]),
            part=typer.read.text(at),
            kind=kinds.words(default["type"]),
        )
    return {**tree, "type": kind, "default": default}


def _rounded(typer: Typer, node: ast.Call) -> Node:
    """Return `round(x)` (a whole number) or `round(x, places)`; money stays money."""
    if len(node.args) not in (1, 2):
        return _wrong_count(typer, node, "round", 2)
    value = _amount(typer, "round", node.args[0])
    if len(node.args) == 1:
        return _called("round", "money" if value["type"] == "money" else "integer", [value])
    places = typer.typed(node.args[1])
    if places["op"] != "value" or places["type"] != "integer" or not 0 <= places["value"] <= 12:
        return UNKNOWN if places is UNKNOWN else typer.fail("round_places", node.args[1])
    return _called("round", "money" if value["type"] == "money" else "decimal", [value, places])


def _absolute(typer: Typer, node: ast.Call) -> Node:
    if len(node.args) != 1:
        return _wrong_count(typer, node, "abs", 1)
    value = _amount(typer, "abs", node.args[0])
    return _called("abs", value["type"], [value])


def _chance(typer: Typer, node: ast.Call) -> Node:
    """Return `chance(p)`: true in that part of the tries."""
    if len(node.args) != 1:
        return _wrong_count(typer, node, "chance", 1)
    if "chance" not in typer.scope.allow:
        return typer.fail("chance_here", node)
    value = _amount(typer, "chance", node.args[0])
    if kinds.is_literal(value) and not 0 <= float(value["value"]) <= 1:
        return typer.fail("chance_range", node.args[0])
    return _called("chance", "boolean", [value])


def _rows(typer: Typer, node: ast.Call) -> Rows | None:
    """Return the rows named by the first argument of a call, with the alias behind it."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if not node.args:
        typer.fail("table_first", node, function=name, part="")
        return None
    first = node.args[0]
    rows = _rows_node(typer, first)
    if rows is None:
        return None
    alias = ""
    if len(node.args) > 1 and isinstance(node.args[1], ast.Name):
        start, _ = typer.read.span(node.args[1])
        alias = node.args[1].id if start in typer.read.aliases else ""
    taken = {binding.bind for binding in typer.bindings} | RESERVED
    if alias and (alias in taken or _OWN_BIND.fullmatch(alias)):
        typer.fail("alias_taken", node.args[1], name=alias)
        return None
    return Rows(rows, str(rows["type"]).removeprefix("rows:"), alias)


def _rows_node(typer: Typer, node: ast.expr) -> Node | None:
    """Return the node of an expression that must name rows; `None` with a mistake noted."""
    match node:
        case ast.Name(id=name) if name in typer.scope.tables:
            typer.refer("table", name, node)
            return {"op": "table", "type": f"rows:{name}", "name": name, "before": False}
        case ast.Call(func=ast.Name(id=name)) if name in CHANGES:
            return _changes(typer, node, name)
        case ast.Call(func=ast.Name(id="sort_by")):
            return _sorted(typer, node)
        case ast.Name():
            typer.fail_name("unknown_table", node, node.id, iter(typer.scope.tables))
            return None
        case _:
            tree = typer.typed(node)
            if str(tree["type"]).startswith("rows:"):
                return tree
            if tree["type"] != "unknown":
                typer.fail("not_a_table", node, part=typer.read.text(node))
            return None


def _changes(typer: Typer, node: ast.Call, name: str) -> Node | None:
    """Return `added(t)`, `changed(t)` or `removed(t)`."""
    if "before" not in typer.scope.allow:
        typer.fail("before_here", node, name=name)
        return None
    if len(node.args) != 1 or node.keywords:
        _wrong_count(typer, node, name, 1)
        return None
    rows = _rows_node(typer, node.args[0])
    if rows is None:
        return None
    if rows["op"] != "table" or rows["before"]:
        typer.fail("not_a_table", node.args[0], part=typer.read.text(node.args[0]))
        return None
    if not typer.scope.tables[rows["name"]].durable:
        typer.fail("not_durable", node.args[0], table=rows["name"])
        return None
    return {"op": "changes", "type": rows["type"], "change": name, "table": rows["name"]}


def _sorted(typer: Typer, node: ast.Call) -> Node | None:
    """Return `sort_by(rows, key, descending=true)`."""
    rows = _rows(typer, node)
    if rows is None:
        return None
    rest = node.args[2 if rows.alias else 1 :]
    if len(rest) != 1:
        _wrong_count(typer, node, "sort_by", 2)
        return None
    is_descending = False
    for keyword in node.keywords:
        value = keyword.value
        named = value.id if isinstance(value, ast.Name) else value.value if isinstance(value, ast.Constant) else None
        if keyword.arg != "descending" or named not in ("true", "false", True, False):
            typer.fail("unknown_option", keyword, option=keyword.arg or "**", function="sort_by")
            return None
        is_descending = named in ("true", True)
    bind, tree = _in_row(typer, rows, rest[0])
    if tree["type"] == "unknown":
        return None
    if not kinds.is_scalar(tree["type"]):
        typer.fail("sort_key", rest[0], part=typer.read.text(rest[0]), kind=kinds.words(tree["type"]))
        return None
    return {
        "op": "sorted",
        "type": rows.node["type"],
        "rows": rows.node,
        "bind": bind,
        "key": tree,
        "descending": is_descending,
    }


def _bind(typer: Typer, rows: Rows) -> str:
    """Return the name under which a row is bound: its alias, or `row1`, `row2` by nesting."""
    return rows.alias or f"row{len(typer.bindings) + 1}"


def _in_row(typer: Typer, rows: Rows, part: ast.expr, *, is_condition: bool = False) -> tuple[str, Node]:
    """Type a part for each of the rows."""
    bind = _bind(typer, rows)
    with typer.bound(Binding(bind, rows.table, bool(rows.alias), kinds.are_before(rows.node))):
        return bind, typer.condition(part) if is_condition else typer.typed(part)


def _aggregate(typer: Typer, node: ast.Call, name: str) -> Node:
    if len(typer.bindings) >= NESTED:
        return typer.fail("too_nested", node, limit=str(NESTED))
    rows = _rows(typer, node)
    if rows is None:
        return UNKNOWN
    parts = _parts(typer, node, name, node.args[2 if rows.alias else 1 :])
    if parts is None:
        return UNKNOWN
    tree: Node = {"op": "aggregate", "type": "", "fn": name, "rows": rows.node, "bind": _bind(typer, rows)}
    if "value" in parts:
        tree["value"] = _in_row(typer, rows, parts["value"])[1]
    if "where" in parts:
        tree["where"] = _in_row(typer, rows, parts["where"], is_condition=True)[1]
    kind = _aggregate_kind(typer, name, rows, tree.get("value"), parts)
    if "unknown" in (kind, tree.get("where", {}).get("type")):
        return UNKNOWN
    tree["type"] = kind
    if "default" in parts:
        default = typer.fitted(typer.typed(parts["default"]), kind, parts["default"])
        return UNKNOWN if default["type"] == "unknown" else _with_default(typer, tree, default, parts["default"])
    if name in WITH_VALUE and name != "sum":
        typer.fail("no_default", node, warning=True, function=name)
    return tree


def _parts(typer: Typer, node: ast.Call, name: str, rest: list[ast.expr]) -> dict[str, ast.expr] | None:
    """Return value, condition and default of an aggregate by name."""
    order = ("value", "where") if name in WITH_VALUE else ("where",)
    if len(rest) > len(order):
        typer.fail("too_many_arguments", rest[len(order)], function=name)
        return None
    parts = dict(zip(order, rest, strict=False))
    allowed = {"where", *order} | ({"default"} if name in WITH_DEFAULT else set())
    if name in ("first", "last"):
        allowed.add("value")
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg not in allowed or keyword.arg in parts:
            typer.fail("unknown_option", keyword, option=keyword.arg or "**", function=name)
            return None
        parts[keyword.arg] = keyword.value
    if name in WITH_VALUE and "value" not in parts:
        typer.fail("no_value", node, function=name)
        return None
    if name == "all" and "where" not in parts:
        typer.fail("no_condition", node)
        return None
    return parts


def _aggregate_kind(typer: Typer, name: str, rows: Rows, value: Node | None, parts: dict[str, ast.expr]) -> str:
    """Return the type of an aggregate, `unknown` with a mistake noted if its value does not suit it."""
    match name:
        case "count":
            return "integer"
        case "any" | "all":
            return "boolean"
        case "first" | "last" if value is None:
            return f"row:{rows.table}"
        case _:
            pass
    kind = str(value["type"]) if value is not None else "unknown"
    fitting = {"sum": kinds.AMOUNTS, "avg": kinds.AMOUNTS, "min": kinds.ORDERED, "max": kinds.ORDERED}.get(name)
    if kind == "unknown" or (fitting is None and not kind.startswith(("rows:", "list:"))):
        return kind
    if fitting is None or kind not in fitting:
        part = parts["value"]
        typer.fail("aggregate_value", part, function=name, part=typer.read.text(part), kind=kinds.words(kind))
        return "unknown"
    return "decimal" if name == "avg" and kind == "integer" else kind
