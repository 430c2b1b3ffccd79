"""Which values something can have: a few fixed ones, a number between two, or anything.

What can be anything is None. More values than are told apart are a span where all are numbers.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, Final, NamedTuple

from flow_models.checks.trees import nodes
from flow_models.formulas import Node

Fixed = frozenset[str]
"""Fixed values, each as the JSON of its text; `EMPTY` is among them where there may be none."""

EMPTY: Final = "null"

MOST_VALUES: Final = 8
"""Fixed values of one subject that are told apart."""

NUMBERS: Final = frozenset({"integer", "decimal", "money"})


class Span(NamedTuple):
    """Any number from the least to the most, or perhaps none."""

    least: Decimal
    most: Decimal
    may_be_empty: bool = False


Values = Fixed | Span


class Point(Decimal):
    """One number of a span; between it and the next one that is tried no condition changes."""


def joined(one: Values | None, other: Values | None) -> Values | None:
    """Return the values that are among some or others."""
    if one is None or other is None:
        return None
    if isinstance(one, frozenset) and isinstance(other, frozenset) and len(one | other) <= MOST_VALUES:
        return one | other
    ends = [*_ends(one), *_ends(other)]
    if None in ends:
        return None
    known = [end for end in ends if end is not None]
    return Span(min(known), max(known), _may_be_empty(one) or _may_be_empty(other))


def stored(value: object, kind: str) -> Fixed:
    """Return what a stored value of a type is among fixed ones; numbers are told apart by size only."""
    found = number(value) if kind in NUMBERS else None
    return frozenset({json.dumps(value) if found is None else format(found.normalize(), "f")})


def number(value: object) -> Decimal | None:
    """Return the number that a value is, as stored or as a text of a formula; None if it is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def tried(values: Values, conditions: Iterable[Node]) -> list[Any]:
    """Return the values with which conditions are tried: those that are fixed, or some of each part of a span."""
    if isinstance(values, frozenset):
        return [_read(value) for value in values]
    ends = {values.least, values.most}
    inside = {one for tree in conditions for one in _constants(tree) if values.least < one < values.most}
    places = sorted(ends | inside)
    between = [(left + right) / 2 for left, right in pairwise(places)]
    return [*map(Point, (*places, *between)), *([None] if values.may_be_empty else [])]


def _constants(tree: Node) -> Iterator[Decimal]:
    """Yield the numbers that stand in a formula, with either sign."""
    for node in nodes(tree):
        found = number(node["value"]) if node["op"] == "value" and node["type"] in NUMBERS else None
        if found is not None:
            yield from (found, -found)


def _ends(values: Values) -> tuple[Decimal | None, ...]:
    """Return the numbers between which values lie, None for one that is no number."""
    if isinstance(values, Span):
        return values.least, values.most
    read = [_read(value) for value in values - {EMPTY}]
    return tuple(value if isinstance(value, Decimal) else None for value in read)


def _may_be_empty(values: Values) -> bool:
    return values.may_be_empty if isinstance(values, Span) else EMPTY in values


def _read(value: str) -> Any:
    """Return a fixed value; numbers with all their digits."""
    return json.loads(value, parse_float=Decimal, parse_int=Decimal)
