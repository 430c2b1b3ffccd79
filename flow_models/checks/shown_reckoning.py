"""Does a page reckon with the same data as the answer of a question, in the same way, but with other numbers?

A share of a price is read from the page that shows it: "{price * percent / 100}". An answer that leaves the hundred out
expects what nobody reads there. Where the goal speaks of reckoning (*half*, *twice*) the numbers may be its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.facts import Name
from flow_models.checks.labels import owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import says_reckoning
from flow_models.document.behaviour import Page, Section
from flow_models.document.elements import Element
from flow_models.document.places import Place, places_of
from flow_models.document.tasks import Task
from flow_models.formulas import Node, parse_template


class Reckoned(NamedTuple):
    """How a formula reckons with columns.

    Attributes:
        shape: The columns and the signs between them.
        names: The columns.
        numbers: The fixed numbers, each with its sign.
    """

    shape: str
    names: frozenset[Name]
    numbers: tuple[str, ...]


def problems(context: Context) -> Iterator[Problem]:
    """Yield the answers of questions that pages reckon out with other numbers."""
    for task in context.flow.tasks:
        place = Element("task", task.id, "answer")
        tree = context.facts[place._replace(field="")].trees.get(place)
        own = None if tree is None else _reckoned(tree)
        if own is not None and len(own.names) > 1 and not any(map(says_reckoning, task.wordings)):
            yield from _otherwise(context, task, place, own)


def _otherwise(context: Context, task: Task, place: Element, own: Reckoned) -> Iterator[Problem]:
    """Yield that no page reckons like an answer, and one does with other numbers."""
    found = [(at, owner, numbers) for at, owner, numbers in _shown(context, own)]
    if found and all(numbers != own.numbers for _, _, numbers in found):
        [(at, owner, _), *_] = found
        label = task.title or task.name
        yield problem("task.answer_shown_otherwise", "warning", place, at, task=label, page=owner_label(owner))


def _shown(context: Context, own: Reckoned) -> Iterator[tuple[Element, Page | Section, tuple[str, ...]]]:
    """Yield where pages reckon with the same columns in the same way, and with which numbers."""
    for part, facts in context.facts.items():
        owner = context.owner(part.id) if part.kind in ("page", "section") else None
        if owner is not None and any(own.names <= names for names in facts.uses.values()):
            for place in places_of(context.scopes, owner):
                yield from ((place.element, owner, one.numbers) for one in _in_text(place) if one.shape == own.shape)


def _in_text(place: Place) -> Iterator[Reckoned]:
    """Yield how the formulas of a text reckon."""
    parts = parse_template(place.source, place.scope).parts if place.template else ()
    shown = (_reckoned(one) for one in parts or () if not isinstance(one, str))
    yield from (one for one in shown if one is not None)


def _reckoned(tree: Node) -> Reckoned | None:
    """Return how a formula reckons with columns, None if it does something else; of two cases the first is meant."""
    match tree["op"]:
        case "if":
            return _reckoned(tree["then"])
        case "column":
            table, name = str(tree["of"]["type"]).removeprefix("row:"), str(tree["name"])
            return Reckoned(f"{table}.{name}", frozenset({("column", name, table)}), ())
        case "arith":
            return _joined(tree["left"], str(tree["sign"]), tree["right"])
        case _:
            return None


def _joined(left: Node, sign: str, right: Node) -> Reckoned | None:
    """Return how two sides of a sign reckon."""
    if right["op"] == "value" or left["op"] == "value":
        fixed, inner = (right, _reckoned(left)) if right["op"] == "value" else (left, _reckoned(right))
        said = f"{sign}{fixed['value']}" if fixed is right else f"{fixed['value']}{sign}"
        return None if inner is None else inner._replace(numbers=(*inner.numbers, said))
    one, other = _reckoned(left), _reckoned(right)
    if one is None or other is None:
        return None
    return Reckoned(f"({one.shape}{sign}{other.shape})", one.names | other.names, (*one.numbers, *other.numbers))
