"""Between which numbers the value of a formula lies, from what is known of the names that it reads.

Dates are days since the year 1. What is not known lies within the limits of its type. Only numbers, amounts and dates
have a range; a condition narrows what it compares while it holds. Ranges are wide rather than exact: they are there to
find formulas that nothing keeps within the limits of values.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from flow_models.checks.trees import key
from flow_models.formulas import Node
from flow_models.runtime.machine.base.limits import ROWS, TEXT
from flow_models.runtime.machine.base.values import DIGITS

Range = tuple[float, float]
"""The least and the largest value."""

NUMBERS: Final[Range] = (-(10.0**DIGITS), 10.0**DIGITS)
"""Values that can be kept."""

DAYS: Final[Range] = (1.0, float(date.max.toordinal()))
"""The days of the calendar."""

STORED: Final[Range] = (-1e15, 1e15)
"""Values that can be written into a file."""

LEAST: Final = 1e-12
"""The smallest number but zero by which one can divide."""

Known = Mapping[str, Range]
"""What is known of some parts of formulas, by their key."""

_SURE: Final[dict[str, Range]] = {
    "year": (1, 9999), "month": (1, 12), "day": (1, 31), "weekday": (1, 7), "len": (0, TEXT),
}  # fmt: skip
_OPPOSITE: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def limits(kind: str) -> Range | None:
    """Return between which values those of a type lie, or None for one without order."""
    return DAYS if kind == "date" else NUMBERS if kind in ("integer", "decimal", "money") else None


def is_within(found: Range, kind: str) -> bool:
    """Say whether all values of a range can be values of a type."""
    least, most = limits(kind) or (-math.inf, math.inf)
    return least <= found[0] and found[1] <= most


def joined(left: Range, right: Range) -> Range:
    """Return the range of both."""
    return min(left[0], right[0]), max(left[1], right[1])


def key_of(tree: Node) -> str:
    """Return what a part of a formula is known by: the same for a column of any row."""
    if tree["op"] == "column":
        return f"column {tree['of']['type'].partition(':')[2]} {tree['name']}"
    return f"{tree['op']} {tree.get('name')}"


def range_of(tree: Node, known: Known, narrowed: Known) -> Range | None:
    """Return between which numbers a formula's value lies; None if it has no order.

    Args:
        tree: The formula.
        known: What is known of fields, variables, parameters and columns of any row.
        narrowed: What a condition says of some parts, by the whole of them.
    """
    usual = limits(tree["type"])
    if usual is None:
        return None
    found = _RANGES.get(tree["op"], _unknown)(tree, known, narrowed) or usual
    least, most = narrowed.get(key(tree), (-math.inf, math.inf)) if narrowed else found
    return max(found[0], least), min(found[1], most)


def narrowing(condition: Node | None, known: Known) -> dict[str, Range]:
    """Return what a condition that holds says of the values that it compares."""
    found: dict[str, Range] = {}
    for part in _conjuncts(condition):
        if part["op"] != "compare" or part["test"] not in _OPPOSITE:
            continue
        for side, other, test in (
            (part["left"], part["right"], part["test"]),
            (part["right"], part["left"], _OPPOSITE[part["test"]]),
        ):
            against = range_of(other, known, found)
            if against is not None:
                least, most = found.get(key(side), (-math.inf, math.inf))
                most = min(most, against[1]) if test in ("<", "<=", "==") else most
                found[key(side)] = (max(least, against[0]) if test in (">", ">=", "==") else least, most)
    return found


def leaving(tree: object, known: Known, narrowed: Known) -> Iterator[Node]:
    """Yield the parts of a formula that compute dates which may lie beyond the calendar."""
    if isinstance(tree, list):
        for part in tree:
            yield from leaving(part, known, narrowed)
    elif isinstance(tree, dict):
        if tree.get("op") == "arith" and tree["type"] == "date":
            found = _arithmetic(tree, known, narrowed)
            if found is not None and not is_within(found, "date"):
                yield tree
        for part in tree.values():
            yield from leaving(part, known, narrowed)


def keys_in(tree: object) -> Iterator[str]:
    """Yield what the parts of formulas are known by that stand for values of the flow."""
    if isinstance(tree, list):
        for part in tree:
            yield from keys_in(part)
    elif isinstance(tree, dict):
        if tree.get("op") in ("variable", "column"):
            yield key_of(tree)
        for part in tree.values():
            yield from keys_in(part)


def _conjuncts(tree: Node | None) -> Iterator[Node]:
    """Yield the conditions that must all hold."""
    if tree is not None and tree["op"] == "and":
        for part in tree["args"]:
            yield from _conjuncts(part)
    elif tree is not None:
        yield tree


def _unknown(_tree: Node, _known: Known, _narrowed: Known) -> Range | None:
    return None


def _value(tree: Node, _known: Known, _narrowed: Known) -> Range | None:
    """Return the range of a literal."""
    if tree["value"] is None:
        return None
    number = date.fromisoformat(tree["value"]).toordinal() if tree["type"] == "date" else float(tree["value"])
    return number, number


def _named(tree: Node, known: Known, _narrowed: Known) -> Range | None:
    """Return what is known of a name, as far as its type goes."""
    found, usual = known.get(key_of(tree)), limits(tree["type"])
    return None if found is None or usual is None else (max(found[0], usual[0]), min(found[1], usual[1]))


def _clock(tree: Node, known: Known, _narrowed: Known) -> Range | None:
    return known.get(f"clock {tree['part']}")


def _negative(tree: Node, known: Known, narrowed: Known) -> Range | None:
    found = range_of(tree["arg"], known, narrowed)
    return None if found is None else (-found[1], -found[0])


def _either(tree: Node, known: Known, narrowed: Known) -> Range | None:
    ranges = [range_of(tree[part], known, narrowed) for part in ("then", "else")]
    found = [one for one in ranges if one is not None]
    return None if not found else joined(found[0], found[-1])


def _call(tree: Node, known: Known, narrowed: Known) -> Range | None:
    name = tree["fn"]
    if name in _SURE:
        return _SURE[name]
    if name == "today":
        return known.get("clock date")
    if name == "days":
        left, right = (range_of(arg, known, narrowed) or DAYS for arg in tree["args"])
        return right[0] - left[1], right[1] - left[0]
    if name not in ("abs", "round", "month_start"):
        return None
    found = range_of(tree["args"][0], known, narrowed)
    if name == "abs" and found is not None:
        return max(0.0, found[0], -found[1]), max(abs(found[0]), abs(found[1]))
    return None if found is None else (found[0] - (30 if name == "month_start" and found[0] > 31 else 0), found[1])


def _aggregate(tree: Node, known: Known, narrowed: Known) -> Range | None:
    if tree["fn"] == "count":
        return 0, ROWS
    found = None if "value" not in tree else range_of(tree["value"], known, narrowed)
    if found is not None and tree["fn"] == "sum":
        found = (min(0.0, found[0] * _rows(known)), max(0.0, found[1] * _rows(known)))
    if found is not None and "default" in tree:
        found = joined(found, range_of(tree["default"], known, narrowed) or found)
    return found


def _rows(known: Known) -> float:
    """Return how many rows a table may come to have."""
    return known.get("rows", (0, ROWS))[1]


def _arithmetic(tree: Node, known: Known, narrowed: Known) -> Range | None:
    left, right = (range_of(tree[side], known, narrowed) for side in ("left", "right"))
    if left is None or right is None:
        return None
    found = _SIGNS[tree["sign"]](left, right)
    return joined(found, range_of(tree["default"], known, narrowed) or found) if "default" in tree else found


def _product(left: Range, right: Range) -> Range:
    ends = [a * b for a in left for b in right]
    return min(ends), max(ends)


def _quotient(left: Range, right: Range) -> Range:
    """Return the range of a quotient; beside zero it grows by as much as the smallest number allows."""
    least = min(abs(right[0]), abs(right[1])) if right[0] > 0 or right[1] < 0 else LEAST
    most = max(abs(left[0]), abs(left[1])) / max(least, LEAST)
    return (0.0 if left[0] >= 0 and right[0] >= 0 else -most), most


def _remainder(_left: Range, right: Range) -> Range:
    return min(0.0, right[0]), max(0.0, right[1])


_SIGNS: Final[Mapping[str, Callable[[Range, Range], Range]]] = {
    "+": lambda left, right: (left[0] + right[0], left[1] + right[1]),
    "-": lambda left, right: (left[0] - right[1], left[1] - right[0]),
    "*": _product,
    "/": _quotient,
    "//": lambda left, right: _quotient(left, (max(1.0, right[0]), right[1]) if right[1] > 0 else right),
    "%": _remainder,
}

_RANGES: Final[Mapping[str, Callable[[Node, Known, Known], Range | None]]] = {
    "value": _value,
    "field": _named,
    "variable": _named,
    "task": _named,
    "column": _named,
    "clock": _clock,
    "neg": _negative,
    "if": _either,
    "call": _call,
    "aggregate": _aggregate,
    "arith": _arithmetic,
}
"""What finds the range of each operation; of others only the limits of the type are known."""
