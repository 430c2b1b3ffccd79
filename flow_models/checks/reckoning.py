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

_UNITS: Final = frozenset(map(Decimal, (7, 12, 24, 30, 52, 60, 100, 365, 1000)))
"""What everybody knows to multiply with: days of a week, minutes of an hour, cents."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield what success expects that is reckoned in a way which is said nowhere."""
    for task in context.flow.tasks:
        facts = context.facts.get(Element("task", task.id))
        if facts is None or any(map(says_reckoning, task.wordings)):
            continue
        for place, tree in facts.trees.items():
            number = _reckoned(tree) if place.field.startswith("success") else None
            if number is not None and not _is_said(number, task) and not _is_of_site(context, number):
                yield problem("task.reckoned_untold", "warning", place, task=task.title or task.name, value=number)


def _reckoned(tree: Node) -> str | None:
    """Return a number with which what a task tells is reckoned, None if there is none."""
    for node in nodes(tree):
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
    parts = (facts for element, facts in context.facts.items() if element.kind != "task")
    trees = (tree for facts in parts for tree in facts.trees.values())
    reckoned = (node for tree in trees for node in nodes(tree) if node["op"] == "arith")
    sides = (side for node in reckoned for side in (node["left"], node["right"]) if side["op"] == "value")
    return any(str(side["value"]) not in ("", "None") and _equals(side["value"], number) for side in sides)


def _equals(value: object, number: str) -> bool:
    """Say whether a value is a number."""
    try:
        return Decimal(str(value)) == Decimal(number)
    except ArithmeticError:
        return False
