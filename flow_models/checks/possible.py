"""Which conditions can ever hold, by the values that variables and columns can ever have.

A variable that is set to nothing but fixed values has these and no others; so has a column that rows, generators and
effects fill with fixed values or numbers between two only, and the number of rows of a table that stays as it is.
Everything else can be anything. A condition is tried with every combination of the values, of numbers with those
between which something changes; what it reads besides is unknown, and whoever does not know says that it can hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, Final

from flow_models.checks.domains import EMPTY, NUMBERS, Point, Values, joined, number, stored, tried
from flow_models.checks.guards import Cases
from flow_models.checks.trees import key
from flow_models.formulas import Node

Subject = tuple[str, str]
"""A variable as ("", name), a column as (table, name), the number of rows as (table, "")."""

Known = Mapping[Subject, Values | None]
"""The values of each subject, None where they can be anything."""

MOST_CASES: Final = 256
"""Combinations that are tried; with more it is said that a condition can hold."""

_UNKNOWN: Final = object()
"""A value of which nothing is known; it counts as true."""


def can_hold(conditions: Sequence[Node], known: Known) -> bool:
    """Say whether some conditions can hold together; yes where that is not known."""
    settled = [_settled(one, known) for one in conditions]
    return any(all(map(bool, (_value(one, case) for one in settled))) for case in _cases(settled, known) or [{}])


def decided(tree: Node) -> bool | None:
    """Return whether a condition always or never holds whatever the data are, None if that depends on them."""
    value = _value(tree, {})
    return None if value is _UNKNOWN else bool(value)


def is_telling(tree: Node) -> bool:
    """Say whether the values of variables and columns, or those that stand in it, can tell what a formula gives."""
    match tree["op"]:
        case "and" | "or":
            return any(map(is_telling, tree["args"]))
        case "not" | "neg":
            return is_telling(tree["arg"])
        case "compare" | "arith":
            return is_telling(tree["left"]) and is_telling(tree["right"])
        case "list":
            return any(map(is_telling, tree["items"]))
        case "value":
            return True
        case "aggregate":
            return is_telling(tree["where"]) if _is_search(tree) else subject_of(tree) is not None
    return subject_of(tree) is not None


def values_of(tree: Node | None, known: Known, when: Node | None = None) -> Values | None:
    """Return the values that a formula can have while a condition holds, None for anything; a missing one is empty."""
    if tree is None:
        return frozenset({EMPTY})
    match tree["op"]:
        case "value":
            return stored(tree["value"], tree["type"])
        case "if":
            return joined(values_of(tree["then"], known, when), values_of(tree["else"], known, when))
        case "arith" if tree["type"] == "integer":
            return _computed(tree, known, when)
        case _:
            subject = subject_of(tree)
            return None if subject is None else known.get(subject)


def _computed(tree: Node, known: Known, when: Node | None) -> Values | None:
    """Return what is computed of fixed values in each case in which a condition can hold."""
    found: Values | None = frozenset()
    conditions = [] if when is None else [_settled(when, known)]
    for case in _cases([tree, *conditions], known) or [{}]:
        if all(map(bool, (_value(one, case) for one in conditions))):
            value = _value(tree, case)
            found = joined(found, None if value is _UNKNOWN else stored(value, tree["type"]))
    return found


def subject_of(tree: Node) -> Subject | None:
    """Return the variable, column or number of rows that a formula is, None if it is something else."""
    match tree:
        case {"op": "aggregate", "fn": "count", "rows": {"op": "table", "name": name}} if not tree.get("where"):
            return (str(name), "")
        case {"op": "variable", "name": name}:
            return ("", str(name))
        case {"op": "column", "name": name, "of": {"type": str() as kind}} if kind.startswith("row:"):
            return (kind.removeprefix("row:"), str(name))
    return None


def _cases(trees: Sequence[Node], known: Known) -> list[dict[str, Any]]:
    """Return all combinations of the values that formulas read, none if they are too many."""
    domains = {place: tried(values, trees) for one in trees for place, values in _domains(one, known)}
    size = 1
    for values in domains.values():
        size *= len(values)
    return [] if size > MOST_CASES else [dict(zip(domains, case, strict=True)) for case in product(*domains.values())]


def _settled(tree: Any, known: Known) -> Any:
    """Return a formula in which it is put that no row is found where none can be as it is looked for."""
    if isinstance(tree, list):
        return [_settled(inner, known) for inner in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("op") == "aggregate" and _is_search(tree):
        if is_telling(tree["where"]) and not (_is_consistent(tree["where"]) and can_hold([tree["where"]], known)):
            return {"op": "value", "type": tree["type"], "value": False if tree["fn"] == "any" else 0}
        return tree
    return {name: _settled(inner, known) for name, inner in tree.items()}


def _is_search(tree: Node) -> bool:
    """Say whether a formula asks whether, or how many, rows are as a condition says."""
    return tree["fn"] in ("any", "count") and tree.get("where") is not None


def _is_consistent(where: Node) -> bool:
    """Say whether a condition can hold whatever the data are."""
    cases = Cases([where])
    return not cases.is_decided or any(held for (held,) in cases.rows())


def _domains(tree: Any, known: Known) -> Iterator[tuple[str, Values]]:
    """Yield each variable and column of which a formula reads one of few values; those of other rows are others."""
    if isinstance(tree, list):
        for inner in tree:
            yield from _domains(inner, known)
    elif isinstance(tree, dict):
        subject = subject_of(tree)
        values = None if subject is None else known.get(subject)
        if values is not None:
            yield key(tree), _of_row(values) if tree["op"] == "column" else values
        elif tree.get("op") != "aggregate":
            yield from _domains(list(tree.values()), known)


def _of_row(values: Values) -> Values:
    """Return what a column can be, which is empty for a row that is not there."""
    return values | {EMPTY} if isinstance(values, frozenset) else values._replace(may_be_empty=True)


def _value(tree: Node, case: Mapping[str, Any]) -> Any:
    """Return what a formula gives in a case, `_UNKNOWN` where that is not known."""
    match tree["op"]:
        case "value":
            return tree["value"]
        case "variable" | "column" | "aggregate":
            return case.get(key(tree), _UNKNOWN)
        case "not":
            inner = _value(tree["arg"], case)
            return inner if inner is _UNKNOWN else not inner
        case "and" | "or":
            return _combined([_value(one, case) for one in tree["args"]], decisive=tree["op"] == "or")
        case "compare":
            return _compared(tree, case)
        case "neg":
            return _counted("-", 0, _plain(_value(tree["arg"], case), tree["arg"]))
        case "arith" if "default" not in tree:
            left, right = (_plain(_value(tree[side], case), tree[side]) for side in ("left", "right"))
            return _counted(tree["sign"], left, right)
    return _UNKNOWN


def _counted(sign: str, left: Any, right: Any) -> Any:
    """Return what is computed of two numbers, unknown if one is, or is one of many."""
    if _UNKNOWN in (left, right) or isinstance(left, Point) or isinstance(right, Point) or sign not in "+-*":
        return _UNKNOWN
    if left is None or right is None:
        return None
    first, second = Decimal(left), Decimal(right)
    found = first + second if sign == "+" else first - second if sign == "-" else first * second
    return int(found) if found == int(found) else found


def _combined(values: list[Any], *, decisive: bool) -> Any:
    """Return what *or* (one that holds decides) or *and* (one that does not) makes of values."""
    if any(value is not _UNKNOWN and bool(value) is decisive for value in values):
        return decisive
    return _UNKNOWN if _UNKNOWN in values else not decisive


def _compared(tree: Node, case: Mapping[str, Any]) -> Any:
    """Return what a comparison gives."""
    left, test = _value(tree["left"], case), tree["test"]
    if test in ("in", "not in"):
        return _among(left, tree, case)
    right = _value(tree["right"], case)
    if _UNKNOWN in (left, right) or _is_vague(left, tree["right"]) or _is_vague(right, tree["left"]):
        return _UNKNOWN
    if test in ("==", "!="):
        return (_plain(left, tree["left"]) == _plain(right, tree["right"])) is (test == "==")
    return _ordered(_plain(left, tree["left"]), _plain(right, tree["right"]), test)


def _is_vague(value: Any, other: Node) -> bool:
    """Say whether one number stands for many and is compared with something else than a fixed one."""
    inner = other["arg"] if other["op"] == "neg" else other
    return isinstance(value, Point) and inner["op"] != "value"


def _among(left: Any, tree: Node, case: Mapping[str, Any]) -> Any:
    """Return whether a value is one of a list."""
    if left is _UNKNOWN or isinstance(left, Point) or tree["right"]["op"] != "list":
        return _UNKNOWN
    items = [_plain(_value(item, case), item) for item in tree["right"]["items"]]
    if _plain(left, tree["left"]) in items:
        return tree["test"] == "in"
    return _UNKNOWN if _UNKNOWN in items else tree["test"] != "in"


def _ordered(left: Any, right: Any, test: str) -> Any:
    """Return how two values stand in order, which none does that is empty; unknown if they are of two kinds."""
    if left is None or right is None:
        return False
    if isinstance(left, Decimal) != isinstance(right, Decimal) or isinstance(left, bool):
        return _UNKNOWN
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[test]


def _plain(value: Any, tree: Node) -> Any:
    """Return a value as it compares: numbers of all kinds by size."""
    if value is _UNKNOWN or isinstance(value, Point) or tree["type"] not in NUMBERS:
        return value
    found = number(value)
    return value if found is None else found
