"""An example of a case in which guards hold together, in words: “field.amount equal to record.balance”."""

import json
from collections.abc import Iterator, Sequence

import resources
from flow_models.checks.guards import Cases
from flow_models.checks.trees import key
from flow_models.formulas import Node, to_source
from flow_models.formulas.kinds import ORDERED


def example(guards: Sequence[Node], assumed: Sequence[Node]) -> str:
    """Return the first case in which all guards hold, as a sentence; empty if there is none that is sure.

    Things that share a value, such as two sums with the same amount, may not be so together.
    """
    cases = Cases(guards, assumed)
    case = next((case for case, row in cases.each() if all(row)), None)
    if case is None or not _are_apart([_trees(subject) for subject in case]):
        return ""
    parts = [_said(subject, place, cases.constants.get(subject)) for subject, place in case.items()]
    return resources.text("checks.case.example", case=resources.text("checks.case.and").join(parts))


def _are_apart(subjects: Sequence[list[Node]]) -> bool:
    """Say whether no two things read the same value."""
    read = [{key(node) for tree in trees for node in _values(tree)} for trees in subjects]
    return sum(map(len, read)) == len(set().union(*read))


def _values(tree: Node) -> Iterator[Node]:
    """Yield the variables, fields and columns that a formula reads."""
    below = [] if tree["op"] == "column" else list(_parts(tree))
    if not below and tree["op"] != "value":
        yield tree
    for node in below:
        yield from _values(node)


def _parts(tree: Node) -> Iterator[Node]:
    """Yield the formulas of which one is made."""
    for part in tree.values():
        if isinstance(part, list | dict):
            yield from (node for node in (part if isinstance(part, list) else [part]) if "op" in node)


def _trees(subject: str) -> list[Node]:
    """Return what a thing that guards ask about is: one formula, or the two that are compared."""
    return [json.loads(one) for one in subject.replace("} {", "}\n{").split("\n")]


def _said(subject: str, place: float, constants: Sequence[str] | None) -> str:
    """Return in words what one thing that guards ask about is in a case."""
    if constants is not None:
        return _placed(_source(subject), place, [_source(one) for one in constants], is_number=_is_number(constants[0]))
    trees = _trees(subject)
    if len(trees) == 2:
        return _compared(to_source(trees[0]), to_source(trees[1]), place)
    return resources.text("checks.case.holds" if place else "checks.case.holds_not", condition=_source(subject))


def _placed(subject: str, place: float, constants: Sequence[str], *, is_number: bool) -> str:
    """Return in words where a value lies among the constants with which guards compare it."""
    index = int(place) if place >= 0 else -1
    if place == index:
        return _compared(subject, constants[index], 0)
    if not is_number:
        return resources.text("checks.case.other", left=subject, right=", ".join(constants))
    if 0 <= index < len(constants) - 1:
        return resources.text("checks.case.between", left=subject, low=constants[index], high=constants[index + 1])
    return _compared(subject, constants[max(index, 0)], place)


def _compared(left: str, right: str, sign: float) -> str:
    """Return in words that one value equals another one, is less or more."""
    name = "equal" if sign == 0 else "more" if sign > 0 else "less"
    return resources.text(f"checks.case.{name}", left=left, right=right)


def _source(subject: str) -> str:
    return to_source(json.loads(subject))


def _is_number(constant: str) -> bool:
    tree = json.loads(constant)
    return (tree["arg"] if tree["op"] == "neg" else tree)["type"] in ORDERED
