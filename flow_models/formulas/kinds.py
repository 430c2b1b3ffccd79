"""Types of formulas as strings, the shape of trees, and the rules by which types meet.

A type is `text integer decimal money boolean date time choice row:TABLE rows:TABLE list:TYPE none`; `unknown` marks a
part with an error and is never found in a finished tree. Rules for single functions are in `calls`.

Whole numbers, numbers and money meet by value: a number beside money is so much money, so that a slider of whole
numbers can be a limit for prices. Values are exact, so nothing is rounded when they meet.
"""

import re
from decimal import Decimal
from typing import Any, Final

Node = dict[str, Any]
"""A tree as plain JSON: `op`, `type`, and what the operation needs. Trees are shared by caches: never change one."""

UNKNOWN: Final[Node] = {"op": "unknown", "type": "unknown"}

NUMBERS: Final = frozenset({"integer", "decimal"})
AMOUNTS: Final = frozenset({"integer", "decimal", "money"})
ORDERED: Final = frozenset({"integer", "decimal", "money", "date", "time"})
TEXTS: Final = frozenset({"text", "choice"})

DATE: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

_WORDS = {
    "integer": "a whole number",
    "decimal": "a number",
    "boolean": "yes or no",
    "date": "a date",
    "time": "a time",
    "choice": "a choice",
    "none": "empty",
}


def words(kind: str) -> str:
    """Say a type as it stands in a sentence: `money`, `a date`, `a row of accounts`."""
    head, _, rest = kind.partition(":")
    match head:
        case "row":
            return f"a row of {rest}"
        case "rows":
            return f"all rows of {rest}"
        case "list":
            return "a list"
        case _:
            return _WORDS.get(kind, kind)


def table_of(kind: str) -> str | None:
    """Return the table of a `row:` type, else `None`."""
    return kind[4:] if kind.startswith("row:") else None


def is_scalar(kind: str) -> bool:
    """Say whether values of a type can be shown as text or sorted: neither rows nor lists."""
    return ":" not in kind


def is_literal(node: Node) -> bool:
    """Say whether a node is a literal other than `empty`."""
    return bool(node["op"] == "value" and node["type"] != "none")


def is_zero(node: Node) -> bool:
    """Say whether a node is the literal zero."""
    return node["op"] == "value" and node["type"] in AMOUNTS and Decimal(str(node["value"])) == 0


def joined(left: str, right: str) -> str | None:
    """Return the type that holds values of both types, or `None` if none does."""
    if left == right or right == "none":
        return left
    if left == "none":
        return right
    if {left, right} <= AMOUNTS:
        return "decimal" if {left, right} <= NUMBERS else "money"
    if {left, right} == TEXTS:
        return "text"
    return None


def is_assignable(expected: str, actual: str) -> bool:
    """Say whether a value of one type may stand where another is expected; numbers are rounded to fit money."""
    if expected in (actual, "unknown") or actual in ("none", "unknown"):
        return True
    match expected:
        case "scalar":
            return is_scalar(actual)
        case "text":
            return actual == "choice"
        case "decimal":
            return actual == "integer"
        case "money":
            return actual in NUMBERS
        case _:
            return False


def are_comparable(left: Node, right: Node) -> bool:
    """Say whether two values can be asked for equality."""
    kinds = {left["type"], right["type"]}
    if len(kinds) == 1 or "none" in kinds or kinds <= AMOUNTS or kinds <= TEXTS:
        return not any(kind.startswith(("rows:", "list:")) for kind in kinds)
    return False


def are_before(rows: Node) -> bool:
    """Say whether rows have the values of the start of the episode."""
    match rows["op"]:
        case "sorted":
            return are_before(rows["rows"])
        case "table":
            return bool(rows["before"])
        case _:
            return bool(rows["op"] == "changes" and rows["change"] == "removed")


def arithmetic(sign: str, left: Node, right: Node) -> str | None:
    """Return the type of an arithmetic operation, or `None` if the types do not go together."""
    kinds = (left["type"], right["type"])
    if sign in ("//", "%"):
        return "integer" if kinds == ("integer", "integer") else None
    if set(kinds) <= NUMBERS:
        return "integer" if sign != "/" and kinds == ("integer", "integer") else "decimal"
    if "money" in kinds and set(kinds) <= AMOUNTS:
        return _with_money(sign, *kinds)
    if sign == "+" and set(kinds) <= TEXTS:
        return "text"
    return _WITH_DATES.get((sign, *kinds))


_WITH_DATES: Final = {
    ("-", "date", "date"): "integer",
    ("+", "date", "integer"): "date",
    ("-", "date", "integer"): "date",
    ("+", "integer", "date"): "date",
}
"""The types of sums and differences with dates, by sign and types."""


def _with_money(sign: str, left: str, right: str) -> str | None:
    """Return the type of an operation of money with money or a number."""
    match sign:
        case "+" | "-":
            return "money"
        case "*":
            return None if left == right else "money"
        case _:
            if left == right:
                return "decimal"
            return "money" if left == "money" else None
