"""Aggregates: the rows that they go through, what they compute of each, and the rows that functions give.

An aggregate takes a table first (`accounts`, `before.accounts`, `added(payments)`, `sort_by(flights, price)`), then a
value where it computes one, then a condition: `sum(payments, amount, day == today())`. In value and condition the
row's columns are names; after `accounts as a` they are `a.balance`. `min`, `max`, `avg`, `first` and `last` take
`default=`.
"""

import ast
import re
from typing import Final, NamedTuple

from flow_models.formulas import kinds
from flow_models.formulas.better import with_empty
from flow_models.formulas.kinds import UNKNOWN, Node
from flow_models.formulas.scope import RESERVED, Binding
from flow_models.formulas.typer import Typer

NESTED: Final = 3
"""Aggregates inside each other: work grows with the product of the tables' rows."""

AGGREGATES: Final = ("count", "sum", "avg", "min", "max", "first", "last", "any", "all")
WITH_VALUE: Final = frozenset({"sum", "avg", "min", "max"})
WITH_DEFAULT: Final = frozenset({"avg", "min", "max", "first", "last"})
CHANGES: Final = ("added", "changed", "removed")

_FIXED: Final = {"count": "integer", "any": "boolean", "all": "boolean"}
"""The types of aggregates whatever they go through."""

_FITTING: Final = {"sum": kinds.AMOUNTS, "avg": kinds.AMOUNTS, "min": kinds.ORDERED, "max": kinds.ORDERED}
"""The types of value of which aggregates can be made; `first` and `last` give back any single value."""

_OWN_BIND: Final = re.compile(r"row[0-9]*")


class Rows(NamedTuple):
    """The rows that an aggregate goes through."""

    node: Node
    table: str
    alias: str


def _rows(typer: Typer, node: ast.Call) -> Rows | None:
    """Return the rows named by the first argument of a call, with the alias behind it."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if not node.args:
        typer.fail("table_first", node, function=name, part="")
        return None
    rows = rows_node(typer, node.args[0])
    if rows is None:
        return None
    alias = _alias(typer, node)
    taken = {binding.bind for binding in typer.bindings} | RESERVED
    if alias and (alias in taken or _OWN_BIND.fullmatch(alias)):
        typer.fail("alias_taken", node.args[1], name=alias)
        return None
    return Rows(rows, str(rows["type"]).removeprefix("rows:"), alias)


def _alias(typer: Typer, node: ast.Call) -> str:
    """Return the name that stands behind the table of a call, after `as`; empty if none does."""
    if len(node.args) < 2 or not isinstance(node.args[1], ast.Name):
        return ""
    start, _ = typer.read.span(node.args[1])
    return node.args[1].id if start in typer.read.aliases else ""


def rows_node(typer: Typer, node: ast.expr) -> Node | None:
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
        wrong_count(typer, node, name, 1)
        return None
    rows = rows_node(typer, node.args[0])
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
        wrong_count(typer, node, "sort_by", 2)
        return None
    is_descending = _is_descending(typer, node)
    if is_descending is None:
        return None
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


def _is_descending(typer: Typer, node: ast.Call) -> bool | None:
    """Return whether `descending=true` stands in a call; `None` with a mistake noted if something else does."""
    is_descending = False
    for keyword in node.keywords:
        value = keyword.value
        named = value.id if isinstance(value, ast.Name) else value.value if isinstance(value, ast.Constant) else None
        if keyword.arg != "descending" or named not in ("true", "false", True, False):
            typer.fail("unknown_option", keyword, option=keyword.arg or "**", function="sort_by")
            return None
        is_descending = named in ("true", True)
    return is_descending


def _bind(typer: Typer, rows: Rows) -> str:
    """Return the name under which a row is bound: its alias, or `row1`, `row2` by nesting."""
    return rows.alias or f"row{len(typer.bindings) + 1}"


def _in_row(typer: Typer, rows: Rows, part: ast.expr, *, is_condition: bool = False) -> tuple[str, Node]:
    """Type a part for each of the rows."""
    bind = _bind(typer, rows)
    with typer.bound(Binding(bind, rows.table, bool(rows.alias), kinds.are_before(rows.node))):
        return bind, typer.condition(part) if is_condition else typer.typed(part)


def aggregate(typer: Typer, node: ast.Call, name: str) -> Node:
    """Return the typed tree of an aggregate."""
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
        return _defaulted(typer, tree, parts["default"])
    if name in WITH_VALUE & WITH_DEFAULT:
        typer.doubt("no_default", node, node, with_empty(typer.read.text(node)), function=name)
    return tree


def _defaulted(typer: Typer, tree: Node, part: ast.expr) -> Node:
    """Return an aggregate with what stands where there are no rows."""
    default = typer.fitted(typer.typed(part), tree["type"], part)
    return UNKNOWN if default["type"] == "unknown" else with_default(typer, tree, default, part)


def _parts(typer: Typer, node: ast.Call, name: str, rest: list[ast.expr]) -> dict[str, ast.expr] | None:
    """Return value, condition and default of an aggregate by name."""
    order = ("value", "where") if name in WITH_VALUE else ("where",)
    if len(rest) > len(order):
        typer.fail("too_many_arguments", rest[len(order)], function=name)
        return None
    parts = dict(zip(order, rest, strict=False))
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg not in _options(name) or keyword.arg in parts:
            typer.fail("unknown_option", keyword, option=keyword.arg or "**", function=name)
            return None
        parts[keyword.arg] = keyword.value
    return parts if _is_complete(typer, node, name, parts) else None


def _options(name: str) -> set[str]:
    """Return what can be given to an aggregate by name."""
    takes_value = name in WITH_VALUE or name in ("first", "last")
    return {"where"} | ({"value"} if takes_value else set()) | ({"default"} if name in WITH_DEFAULT else set())


def _is_complete(typer: Typer, node: ast.Call, name: str, parts: dict[str, ast.expr]) -> bool:
    """Say whether an aggregate has the parts that it needs, noting a mistake if not."""
    if name in WITH_VALUE and "value" not in parts:
        typer.fail("no_value", node, function=name)
        return False
    if name == "all" and "where" not in parts:
        typer.fail("no_condition", node)
        return False
    return True


def _aggregate_kind(typer: Typer, name: str, rows: Rows, value: Node | None, parts: dict[str, ast.expr]) -> str:
    """Return the type of an aggregate, `unknown` with a mistake noted if its value does not suit it."""
    if name in _FIXED:
        return _FIXED[name]
    if value is None:
        return "unknown" if name in WITH_VALUE else f"row:{rows.table}"
    kind = str(value["type"])
    if kind != "unknown" and not _suits(kind, name):
        part = parts["value"]
        typer.fail("aggregate_value", part, function=name, part=typer.read.text(part), kind=kinds.words(kind))
        return "unknown"
    return "decimal" if name == "avg" and kind == "integer" else kind


def _suits(kind: str, name: str) -> bool:
    """Say whether an aggregate can be made of values of a type."""
    return kind in _FITTING[name] if name in _FITTING else not kind.startswith(("rows:", "list:"))


def wrong_count(typer: Typer, node: ast.Call, name: str, wanted: int) -> Node:
    """Note that a function has another number of arguments."""
    return typer.fail("argument_count", node, function=name, wanted=str(wanted), given=str(len(node.args)))


def with_default(typer: Typer, tree: Node, default: Node, at: ast.expr) -> Node:
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
