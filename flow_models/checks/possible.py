"""Which conditions can ever hold, by the values that variables and columns can ever have.

A variable that is set to nothing but fixed values has these and no others; so has a column that rows, generators and
effects fill with fixed values only. Everything else can be anything. A condition is tried with every combination of
the fixed values; what it reads besides is unknown, and whoever does not know says that it can hold.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import Any, Final

from flow_models.checks.trees import key
from flow_models.formulas import Node

Subject = tuple[str, str]
"""A variable as ("", name), a column as (table, name)."""

Values = frozenset[str]
"""Fixed values, each as the JSON of its text; `EMPTY` is among them where there may be none."""

Known = Mapping[Subject, Values | None]
"""The values of each subject, None where they can be anything."""

EMPTY: Final = "null"

MOST_VALUES: Final = 8
"""Fixed values of one subject that are told apart."""

MOST_CASES: Final = 256
"""Combinations that are tried; with more it is said that a condition can hold."""

_UNKNOWN: Final = object()
"""A value of which nothing is known; it counts as true."""

_NUMBERS: Final = frozenset({"integer", "decimal", "money"})


def can_hold(conditions: Sequence[Node], known: Known) -> bool:
    """Say whether some conditions can hold together; yes where that is not known."""
    domains = {key: values for one in conditions for key, values in _domains(one, known)}
    size = 1
    for values in domains.values():
        size *= len(values)
    if size > MOST_CASES:
        return True
    cases = (dict(zip(domains, case, strict=True)) for case in product(*domains.values()))
    return any(all(map(bool, (_value(one, case) for one in conditions))) for case in cases)


def decided(tree: Node) -> bool | None:
    """Return whether a condition always or never holds whatever the data are, None if that depends on them."""
    value = _value(tree, {})
    return None if value is _UNKNOWN else bool(value)


def is_telling(tree: Node) -> bool:
    """Say whether the values of variables and columns, or those that stand in it, can tell what a formula gives."""
    match tree["op"]:
        case "and" | "or":
            return any(map(is_telling, tree["args"]))
        case "not":
            return is_telling(tree["arg"])
        case "compare":
            return is_telling(tree["left"]) and is_telling(tree["right"])
        case "list":
            return any(map(is_telling, tree["items"]))
        case "value":
            return True
    return subject_of(tree) is not None


def values_of(tree: Node | None, known: Known) -> Values | None:
    """Return the fixed values that a formula can have, None if it can be anything; a missing formula is empty."""
    if tree is None:
        return frozenset({EMPTY})
    match tree["op"]:
        case "value":
            return frozenset({_text(tree["value"])})
        case "if":
            return joined(values_of(tree["then"], known), values_of(tree["else"], known))
        case _:
            subject = subject_of(tree)
            return None if subject is None else known.get(subject)


def joined(one: Values | None, other: Values | None) -> Values | None:
    """Return the values that are among some or others."""
    if one is None or other is None or len(one | other) > MOST_VALUES:
        return None
    return one | other


def stored(value: object) -> Values:
    """Return what a stored value is among fixed ones."""
    return frozenset({_text(value)})


def subject_of(tree: Node) -> Subject | None:
    """Return the variable or column that a formula is, None if it is something else."""
    match tree:
        case {"op": "variable", "name": name}:
            return ("", str(name))
        case {"op": "column", "name": name, "of": {"type": str() as kind}} if kind.startswith("row:"):
            return (kind.removeprefix("row:"), str(name))
    return None


def _domains(tree: Any, known: Known) -> Iterator[tuple[str, Values]]:
    """Yield each variable and column of which a formula reads one of few values; those of other rows are others."""
    if isinstance(tree, list):
        for inner in tree:
            yield from _domains(inner, known)
    elif isinstance(tree, dict):
        subject = subject_of(tree)
        values = None if subject is None else known.get(subject)
        if values is not None:
            # A column of a row that is not there is empty.
            yield key(tree), values | ({EMPTY} if tree["op"] == "column" else set())
        elif tree.get("op") != "aggregate":
            yield from _domains(list(tree.values()), known)


def _value(tree: Node, case: Mapping[str, str]) -> Any:
    """Return what a formula gives in a case, `_UNKNOWN` where that is not known."""
    match tree["op"]:
        case "value":
            return tree["value"]
        case "variable" | "column":
            found = case.get(key(tree))
            return _UNKNOWN if found is None else json.loads(found)
        case "not":
            inner = _value(tree["arg"], case)
            return inner if inner is _UNKNOWN else not inner
        case "and" | "or":
            return _combined([_value(one, case) for one in tree["args"]], decisive=tree["op"] == "or")
        case "compare":
            return _compared(tree, case)
    return _UNKNOWN


def _combined(values: list[Any], *, decisive: bool) -> Any:
    """Return what *or* (one that holds decides) or *and* (one that does not) makes of values."""
    if any(value is not _UNKNOWN and bool(value) is decisive for value in values):
        return decisive
    return _UNKNOWN if _UNKNOWN in values else not decisive


def _compared(tree: Node, case: Mapping[str, str]) -> Any:
    """Return what a comparison gives."""
    left, test = _value(tree["left"], case), tree["test"]
    if test in ("in", "not in"):
        return _among(left, tree, case)
    right = _value(tree["right"], case)
    if _UNKNOWN in (left, right):
        return _UNKNOWN
    if test in ("==", "!="):
        return (_plain(left, tree["left"]) == _plain(right, tree["right"])) is (test == "==")
    return _ordered(_plain(left, tree["left"]), _plain(right, tree["right"]), test)


def _among(left: Any, tree: Node, case: Mapping[str, str]) -> Any:
    """Return whether a value is one of a list."""
    if left is _UNKNOWN or tree["right"]["op"] != "list":
        return _UNKNOWN
    items = [_value(item, case) for item in tree["right"]["items"]]
    if left in items:
        return tree["test"] == "in"
    return _UNKNOWN if _UNKNOWN in items else tree["test"] != "in"


def _ordered(left: Any, right: Any, test: str) -> Any:
    """Return how two values stand in order, unknown where they are empty or of two kinds."""
    if type(left) is not type(right) or left is None or isinstance(left, bool):
        return _UNKNOWN
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[test]


def _plain(value: Any, tree: Node) -> Any:
    """Return a value as it compares: numbers of all kinds by size."""
    if value is None or isinstance(value, bool) or tree["type"] not in _NUMBERS:
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value


def _text(value: object) -> str:
    return json.dumps(value)
