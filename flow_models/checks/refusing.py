"""Does a refusal compare as its message says: *at most*, *at least*, *not enough*, *already there*?

A message that appears in the cases in which it is not true stands at a comparison that was turned round, or that takes
in the case of equal values. Where the same trigger takes an amount from what is compared, it is known without words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from flow_models.checks.balances import cells_of
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.senses import says
from flow_models.checks.trees import key, nodes
from flow_models.document.behaviour import ClearEffect, SetEffect, Transition
from flow_models.document.elements import Element
from flow_models.document.places import places_of
from flow_models.formulas import Node, parse_template

_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""Each comparison, if its sides change places."""

_NEGATED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""Each comparison where it does not hold."""

_OPEN: Final = {"<=": "<", ">=": ">"}
"""Each comparison that holds of equal values, without them."""

_TURNED: Final = {**_FLIPPED, "==": "!=", "!=": "=="}
"""Each comparison turned round."""

_CHANGES: Final[Mapping[str, Mapping[str, str]]] = {"edge": _OPEN, "short": {"<": "<=", ">": ">="}}
"""What becomes of comparisons that only leave out, or take in, the case of equal values."""

_ORDERS: Final = frozenset({"<", "<=", ">", ">="})
"""Comparisons by which something is more or less."""

_TEST: Final = re.compile(r"<=|>=|==|!=|<|>")

_LIMIT: Final = re.compile(r"(?:at (?:most|least)|(?:no|not) (?:more|less) than|up to)\D{0,3}(\d+)(?![.,]?\d)")
"""A limit that a message says as a whole number."""


class Test(NamedTuple):
    """One comparison that must hold for a refusal."""

    left: Node
    test: str
    right: Node

    @property
    def flipped(self) -> "Test":
        """The same comparison with its sides the other way round."""
        return Test(self.right, _FLIPPED[self.test], self.left)

    @property
    def negated(self) -> "Test":
        """The contrary comparison."""
        return self._replace(test=_NEGATED[self.test])

    def is_same(self, other: "Test") -> bool:
        """Say whether another comparison holds in the same cases."""
        return any(key(list(self)) == key(list(one)) for one in (other, other.flipped))  # type: ignore[arg-type]


class Message(NamedTuple):
    """What a refusal says: its text without formulas, and these."""

    text: str
    trees: frozenset[str]

    @property
    def limit(self) -> int | None:
        """The whole number that it says as a limit."""
        found = _LIMIT.search(self.text)
        return int(found[1]) if found else None


def problems(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield that a transition which only says something does so in the wrong cases, or does something in those."""
    when = context.formula(arrow, "when")
    if when is None:
        return
    does_something = any(not isinstance(effect, SetEffect | ClearEffect) for effect in arrow.do)
    if does_something:
        yield from _of_doing(context, arrow, when)
    elif arrow.notice is not None:
        yield from _of_message(context, arrow, when)


def _of_doing(context: Context, arrow: Transition, when: Node) -> Iterator[Problem]:
    """Yield that something is taken only where there is less of it."""
    for test in _tests(when):
        if _is_turned(test.negated, _taken(context, arrow)):
            yield _problem(context, arrow, "accepts", test)
        elif test.test in ("<", ">") and _is_turned(test, _taken(context, arrow)):
            yield from _of_rest(context, arrow, test)


def _of_rest(context: Context, arrow: Transition, test: Test) -> Iterator[Problem]:
    """Yield that what holds just enough is left to a message that says it is not enough."""
    rivals = [one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on and one.notice is not None]
    if any("enough" in one.notice.text.casefold() for one in rivals if one.notice and not one.when.strip()):
        yield _problem(context, arrow, "short", test)


def _of_message(context: Context, arrow: Transition, when: Node) -> Iterator[Problem]:
    """Yield that a message appears in the wrong cases."""
    message = _message(context, arrow)
    rivals = [one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on and one is not arrow]
    tests = _own_tests(context, when, rivals)
    ordered = [one for one in tests if one.test in _ORDERS]
    turned = _first_turned(context, ordered, rivals)
    if message is None:
        return
    if turned is not None:
        yield _problem(context, arrow, "turned", turned)
    elif len(ordered) == 1 and not _are_mixed(tests):
        yield from _of_order(context, arrow, message, ordered[0])
    elif not ordered and _is_denied(when, message):
        yield _problem(context, arrow, "turned", tests[0] if when["op"] == "compare" else None)


def _own_tests(context: Context, when: Node, rivals: Sequence[Transition]) -> list[Test]:
    """Return the comparisons of a condition that do not only leave out the cases of other transitions."""
    excluded = [
        test.negated for one in rivals for test in _tests(context.formula(one, "when")) if test.test in _NEGATED
    ]
    own = (one for one in _tests(when) if one.test in _NEGATED)
    return [one for one in own if not any(one.is_same(other) for other in excluded)]


def _first_turned(context: Context, ordered: Sequence[Test], rivals: Sequence[Transition]) -> Test | None:
    """Return the comparison by which taking an amount is refused where there is enough; None if none does so."""
    taken = [pair for one in rivals for pair in _taken(context, one)]
    return next((test for test in ordered if _is_turned(test, taken)), None)


def _are_mixed(tests: Sequence[Test]) -> bool:
    """Say whether what is typed is asked for otherwise too, so that a message may be about something else."""
    return any(_is_typed(one.left) or _is_typed(one.right) for one in tests if one.test not in _ORDERS)


def _of_order(context: Context, arrow: Transition, message: Message, test: Test) -> Iterator[Problem]:
    """Yield that a message says *at most* where it is less, or the like."""
    about = _about(message, test)
    is_over, is_under = says("refusing", "over", message.text), says("refusing", "under", message.text)
    if about is None or is_over == is_under:
        return
    if (about.test[0] == ">") != is_over:
        yield _problem(context, arrow, "turned", test)
    elif not _is_given(about.left):
        return
    elif about.right["op"] == "value":
        if message.limit is not None and not _is_limit(message.limit, about):
            yield _problem(context, arrow, "number", None)
    elif about.test in _OPEN and _takes_in(message, about):
        yield _problem(context, arrow, "edge", test)


def _takes_in(message: Message, about: Test) -> bool:
    """Say whether a message is not true of equal values: as much as there is, is enough."""
    is_said = key(about.right) in message.trees and says("refusing", "inclusive", message.text)
    return is_said or "enough" in message.text


def _about(message: Message, test: Test) -> Test | None:
    """Return a comparison with what is asked about on the left: what is typed, or what the message does not name."""
    for one in (test, test.flipped):
        if _is_typed(one.left) and not _is_typed(one.right):
            return one
    for one in (test, test.flipped):
        if key(one.right) in message.trees and key(one.left) not in message.trees and not _is_typed(one.right):
            return one
    return None


def _is_typed(tree: Node) -> bool:
    """Say whether a formula reads what has been typed or is remembered of it."""
    return any(node["op"] in ("field", "variable") and not node["type"].startswith("row") for node in nodes(tree))


def _is_given(tree: Node) -> bool:
    """Say whether a formula is reckoned of fields alone: what is counted may be one more afterwards."""
    return all(node["op"] in ("field", "value", "arith", "call") for node in nodes(tree))


def _is_limit(limit: int, about: Test) -> bool:
    """Say whether a limit that a message says is the one of a comparison with a number."""
    bound = about.right["value"]
    if not isinstance(bound, int) or isinstance(bound, bool) or about.left["type"] != "integer":
        return True
    inner = {">": bound, ">=": bound - 1, "<": bound, "<=": bound + 1}[about.test]
    return limit == inner


def _taken(context: Context, arrow: Transition) -> list[tuple[str, str]]:
    """Return which columns a transition takes which amounts from."""
    cells = cells_of(context, arrow) if arrow.do else ()
    return [(cell.column.name, key(cell.taken)) for cell in cells if cell.taken and cell.is_number]


def _is_turned(test: Test, taken: Sequence[tuple[str, str]]) -> bool:
    """Say whether what is refused is to take an amount from what holds more."""
    for one in (test, test.flipped):
        is_column = one.left["op"] == "column" and one.test[0] == ">"
        if is_column and (one.left["name"], key(one.right)) in taken:
            return True
    return False


def _is_denied(when: Node, message: Message) -> bool:
    """Say whether a message says that something is there, or not the same, and its condition the contrary."""
    if says("refusing", "already", message.text):
        return _is_missing(when) and not says("refusing", "missing", message.text)
    if not says("refusing", "otherwise", message.text):
        return False
    is_equal = when["op"] == "compare" and when["test"] == "=="
    return is_equal and all(side["op"] in ("field", "column") for side in (when["left"], when["right"]))


def _is_missing(when: Node) -> bool:
    """Say whether a condition asks that no row of a kind is there."""
    match when:
        case {"op": "not", "arg": {"op": "aggregate", "fn": "any"}}:
            return True
        case {"op": "compare", "test": "==", "left": {"op": "aggregate", "fn": "count"}, "right": {"value": 0}}:
            return True
        case {"op": "compare", "test": "==", "left": {"op": "aggregate", "fn": "first"}, "right": {"value": None}}:
            return True
    return False


def _tests(tree: Node | None, *, is_so: bool = True) -> Iterator[Test]:
    """Yield the comparisons of a condition, as they have to be for it to hold."""
    match tree:
        case {"op": "compare", "left": left, "test": test, "right": right} if test in _NEGATED:
            found = Test(left, test, right)
            yield found if is_so else found.negated
        case {"op": "and" | "or", "args": args}:
            for inner in args:
                yield from _tests(inner, is_so=is_so)
        case {"op": "not", "arg": inner}:
            yield from _tests(inner, is_so=not is_so)
        case {"op": "aggregate", "fn": "any", "where": where} if is_so:
            yield from _tests(where)


def _message(context: Context, arrow: Transition) -> Message | None:
    """Return what a transition says, None if it cannot be read."""
    place = next((one for one in places_of(context.scopes, arrow) if one.element.field == "notice.text"), None)
    parts = parse_template(place.source, place.scope).parts if place is not None else None
    if parts is None:
        return None
    text = " … ".join(part for part in parts if isinstance(part, str))
    return Message(
        " ".join(text.casefold().split()), frozenset(key(part) for part in parts if not isinstance(part, str))
    )


def _problem(context: Context, arrow: Transition, code: str, test: Test | None) -> Problem:
    """Return what is wrong with a refusal; what can be mended is the one comparison that it has."""
    text = "" if arrow.notice is None else " ".join(arrow.notice.text.split())
    return problem(
        f"refusing.{code}",
        "warning",
        Element("transition", arrow.id, "when"),
        fix=None if test is None else _turning(arrow, _CHANGES.get(code, _TURNED)),
        arrow=arrow_label(context.flow, arrow),
        message=text if len(text) <= 80 else text[:79] + "…",  # as many as fit into a sentence
    )


def _turning(arrow: Transition, changes: Mapping[str, str]) -> Fix | None:
    """Return the edit that changes the only comparison of a condition."""
    found = _TEST.findall(arrow.when)
    test = changes.get(found[0]) if len(found) == 1 else None
    if test is None:
        return None
    edit = SetValue(Element("transition", arrow.id, "when"), _TEST.sub(test, arrow.when))
    return fix("turn_test", edit, test=test)
