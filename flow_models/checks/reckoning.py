"""Does success expect what comes of reckoning with what the goal tells, in a way that is said nowhere?

Whoever is asked to pay 40 does not pay 80, unless the goal says *twice* or the site itself reckons so.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from flow_models.checks.balances import NUMBERS
from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import says_reckoning
from flow_models.checks.trees import nodes
from flow_models.document.elements import Element
from flow_models.document.tasks import Task
from flow_models.formulas import Node

_LETTERS: Final = frozenset({"upper", "lower"})
"""Functions that make another text of one."""

_UNITS: Final = frozenset(map(Decimal, (7, 12, 24, 30, 52, 60, 100, 365, 1000)))
"""What everybody knows to multiply with: days of a week, minutes of an hour, cents."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield what success expects that comes of what the goal tells in a way which is said nowhere."""
    for task in context.flow.tasks:
        facts = context.facts.get(Element("task", task.id))
        if facts is None or any(map(says_reckoning, task.wordings)):
            continue
        for place, tree in facts.trees.items():
            way = _way(context, task, place, tree) if place.field.startswith("success") else None
            if way is not None:
                yield problem("task.reckoned_untold", "warning", place, task=task.title or task.name, value=way)


def _way(context: Context, task: Task, place: Element, tree: Node) -> str | None:
    """Return in which unsaid way a formula makes something else of what a task tells, None if in none.

    Only what has to be just so counts, not a comparison with more or less.
    """
    is_value = ".values." in place.field
    same = (node for node in nodes(tree) if node["op"] == "compare" and node["test"] == "==")
    for node in [tree] if is_value else [side for one in same for side in (one["left"], one["right"])]:
        number = _reckoned(node)
        if number is not None and not _is_said(number, task) and not _is_of_site(context, number):
            return number
        if is_value and node["op"] == "call" and node["fn"] in _LETTERS and node["args"][0]["op"] == "task":
            fn = str(node["fn"])
            return None if any(one["op"] == "call" and one["fn"] == fn for one in _of_site(context)) else f"{fn}()"
    return None


def _reckoned(node: Node) -> str | None:
    """Return the number with which what a task tells is reckoned, None if it is not."""
    if node["op"] == "arith" and node["type"] in NUMBERS:
        for told, number in ((node["left"], node["right"]), (node["right"], node["left"])):
            if told["op"] == "task" and number["op"] == "value" and not _is_unit(node, number):
                return str(number["value"])
    return None


def _is_unit(node: Node, number: Node) -> bool:
    """Say whether a number turns one unit into another, or changes nothing."""
    value = Decimal(str(number["value"]))
    return (node["sign"] not in "+-" and value in (*_UNITS, 1)) or value == 0


def _is_said(number: str, task: Task) -> bool:
    """Say whether every wording says a number."""
    plain = f"{Decimal(number).normalize():f}"
    return all(number in wording or plain in wording for wording in task.wordings if wording.strip())


def _is_of_site(context: Context, number: str) -> bool:
    """Say whether the site itself reckons with a number."""
    reckoned = (node for node in _of_site(context) if node["op"] == "arith")
    sides = (side for node in reckoned for side in (node["left"], node["right"]) if side["op"] == "value")
    return any(_equals(side["value"], number) for side in sides)


def _of_site(context: Context) -> Iterator[Node]:
    """Yield all formulas of the site, and what they consist of."""
    for element, facts in context.facts.items():
        if element.kind != "task":
            yield from nodes(list(facts.trees.values()))


def _equals(value: object, number: str) -> bool:
    """Say whether a value is a number."""
    try:
        return Decimal(str(value)) == Decimal(number)
    except ArithmeticError:
        return False
