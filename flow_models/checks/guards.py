"""Which of several guards can hold together, and whether one of them always does, by trying every case that matters.

Comparisons with constants become a position among these constants, comparisons of two values a sign, everything else
that is yes or no a coin. It is exact for what designers write by hand ("amount > limit", "amount <= limit") and careful
where it knows nothing: unrelated conditions can hold in any combination. Empty values are not considered.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from flow_models.checks.trees import key
from flow_models.formulas import Node

Case = dict[str, float]
"""A value for each thing that the guards ask about."""

Test = Callable[[Case], bool]

CASE_LIMIT = 4096
"""Combinations tried; with more the answers are `None`."""

_SIGNS = {"<": -1, "==": 0, ">": 1}
_OPPOSITE = {"!=": "==", ">=": "<", "<=": ">", "not in": "in"}


class Cases:
    """All combinations of what some guards depend on; each guard is `None` if it always holds.

    Attributes:
        constants: With what each thing is compared, in order; in a case it is the place among these.
        is_decided: Whether there are few enough cases to be tried.
    """

    def __init__(self, guards: Sequence[Node | None], assumed: Sequence[Node] = ()) -> None:
        self.constants: dict[str, list[str]] = {}
        self._domains: dict[str, tuple[float, ...]] = {}
        self._chances: dict[int, str] = {}
        trees = [None if tree is None else _plain(tree) for tree in (*guards, *assumed)]
        for tree in trees:
            if tree is not None:
                self._collect(tree)
        for subject, constants in self.constants.items():
            constants.sort(key=_order)
            self._domains[subject] = tuple(position / 2 for position in range(-1, 2 * len(constants)))
        self._tests = [_always if tree is None else self._test(tree) for tree in trees]
        count = 1
        for domain in self._domains.values():
            count *= len(domain)
        self.is_decided = count <= CASE_LIMIT
        self._size = len(guards)

    def rows(self) -> Iterator[tuple[bool, ...]]:
        """Yield for each possible case which guards hold; nothing if there are too many cases."""
        return (row for _, row in self.each())

    def each(self) -> Iterator[tuple[Case, tuple[bool, ...]]]:
        """Yield each possible case with which guards hold in it; nothing if there are too many cases."""
        if not self.is_decided:
            return
        names = list(self._domains)
        for values in product(*self._domains.values()):
            case = dict(zip(names, values, strict=True))
            held = tuple(test(case) for test in self._tests)
            if all(held[self._size :]):
                yield case, held[: self._size]

    def _collect(self, tree: Node) -> None:
        """Note what a guard depends on."""
        match tree["op"]:
            case "and" | "or":
                for part in tree["args"]:
                    self._collect(part)
            case "not":
                self._collect(tree["arg"])
            case "compare":
                self._collect_comparison(tree)
            case "value":
                pass
            case _:
                self._domains[self._coin(tree)] = (0.0, 1.0)

    def _collect_comparison(self, tree: Node) -> None:
        subject, constants = _constants(tree)
        if constants:
            known = self.constants.setdefault(subject, [])
            known.extend(constant for constant in constants if constant not in known)
        elif subject:
            self._domains[subject] = (-1.0, 0.0, 1.0)
        else:
            self._domains[self._coin(tree)] = (0.0, 1.0)

    def _test(self, tree: Node) -> Test:
        """Return the test of a guard on a case."""
        match tree["op"]:
            case "and":
                parts = [self._test(part) for part in tree["args"]]
                return lambda case: all(part(case) for part in parts)
            case "or":
                parts = [self._test(part) for part in tree["args"]]
                return lambda case: any(part(case) for part in parts)
            case "not":
                inner = self._test(tree["arg"])
                return lambda case: not inner(case)
            case "value":
                holds = bool(tree["value"])
                return lambda _: holds
            case "compare":
                return self._comparison(tree)
            case _:
                return self._tossed(tree)

    def _comparison(self, tree: Node) -> Test:
        test = str(tree["test"])
        if test in _OPPOSITE:
            inner = self._comparison({**tree, "test": _OPPOSITE[test]})
            return lambda case: not inner(case)
        subject, constants = _constants(tree)
        if constants:
            positions = [float(self.constants[subject].index(constant)) for constant in constants]
            if test in ("==", "in"):
                return lambda case: case[subject] in positions
            bound = positions[0]
            if (test == "<") == _is_constant(tree["right"]):
                return lambda case: case[subject] < bound
            return lambda case: case[subject] > bound
        if subject and test in _SIGNS:
            sign = float(_SIGNS[test] if key(tree["left"]) <= key(tree["right"]) else -_SIGNS[test])
            return lambda case: case[subject] == sign
        return self._tossed(tree)

    def _tossed(self, tree: Node) -> Test:
        name = self._coin(tree)
        return lambda case: case[name] == 1.0

    def _coin(self, tree: Node) -> str:
        """Return the name of a condition of which nothing is known; each chance is one of its own."""
        if "chance" not in (name := key(tree)):
            return name
        if id(tree) not in self._chances:
            self._chances[id(tree)] = f"chance {len(self._chances)}"
        return self._chances[id(tree)]


def _plain(tree: Node) -> Node:
    """Return a guard in which what is yes or no is not compared with *true* or *false*."""
    match tree:
        case {"op": "and" | "or", "args": args}:
            return {**tree, "args": [_plain(one) for one in args]}
        case {"op": "not", "arg": arg}:
            return {**tree, "arg": _plain(arg)}
        case {
            "op": "compare",
            "test": "==" | "!=" as test,
            "left": left,
            "right": {"op": "value", "value": bool(value)},
        }:
            inner = _plain(left)
            return inner if (test == "==") is value else {"op": "not", "type": "boolean", "arg": inner}
    return tree


def _always(_: Case) -> bool:
    return True


def _constants(tree: Node) -> tuple[str, list[str]]:
    """Return what a comparison is about and the constants it is compared with.

    Without constants the subject is the pair of both sides, or empty if it is no comparison of two values.
    """
    left, right, test = tree["left"], tree["right"], tree["test"]
    if test in ("in", "not in"):
        if right["op"] == "list" and all(_is_constant(item) for item in right["items"]):
            return key(left), [key(item) for item in right["items"]]
        return "", []
    if _is_constant(right):
        return key(left), [key(right)]
    if _is_constant(left):
        return key(right), [key(left)]
    return " ".join(sorted((key(left), key(right)))), []


def _is_constant(tree: Node) -> bool:
    inner: Node = tree["arg"] if tree["op"] == "neg" else tree
    return bool(inner["op"] == "value")


def _order(key: str) -> tuple[int, float, str]:
    """Return where a constant stands among others: numbers by size, everything else by its text."""
    tree = json.loads(key)
    sign = 1
    if tree["op"] == "neg":
        tree, sign = tree["arg"], -1
    try:
        return (0, sign * float(tree["value"]), "")
    except (TypeError, ValueError):
        return (1, 0.0, str(tree["value"]))
