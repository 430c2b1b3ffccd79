"""What the formulas of one part of a flow say: their mistakes, and which names they read.

A part is a table, section, page, transition or task. Facts are made per part, so that they can be kept while other
parts are edited.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from flow_models.checks.mixing import Mixed, mixed
from flow_models.checks.signs import sign_in_formula, sign_in_text
from flow_models.checks.trees import variable_of
from flow_models.document.elements import Element
from flow_models.document.places import Place
from flow_models.formulas import Error, Node, parse, parse_template

Name = tuple[str, str, str | None]
"""A name of the flow: its space (`column`, `table`, `variable`, `field`, `task`), the name, and a column's table."""


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Mistake(NamedTuple):
    """One mistake of a formula and where it stands."""

    place: Element
    error: Error
    is_template: bool


class Facts(NamedTuple):
    """What the formulas of one part say.

    Attributes:
        mistakes: In the order of the places.
        reads: Every name used.
        trees: The tree of each formula that could be read, by its field in the innermost element; not of templates.
        uses: The names that each formula and template uses, by the same key.
        signs: Where a formula or template says a currency beside an amount, and how.
        days: The formulas in which a day may stand, by the same key as `trees`.
        shown: The variables that each template shows, or of whose row it shows a column, by the same key.
        mixed: Where money meets a plain number in a formula, by the same key.
    """

    mistakes: tuple[Mistake, ...]
    reads: frozenset[Name]
    trees: dict[Element, Node]
    uses: dict[Element, frozenset[Name]]
    signs: tuple[tuple[Element, str], ...]
    days: tuple[Element, ...]
    shown: dict[Element, frozenset[str]]
    mixed: tuple[tuple[Element, Mixed], ...]


def facts_of(places: Iterable[Place]) -> Facts:
    """Return the facts of one part from its places."""
    mistakes: list[Mistake] = []
    reads: set[Name] = set()
    trees: dict[Element, Node] = {}
    uses: dict[Element, frozenset[Name]] = {}
    signs: list[tuple[Element, str]] = []
    days: list[Element] = []
    shown: dict[Element, frozenset[str]] = {}
    meetings: list[tuple[Element, Mixed]] = []
    for place in places:
        element = place.element
        if place.template:
            template = parse_template(place.source, place.scope)
            errors, references = template.errors, template.references
            sign = sign_in_text(template.parts or ())
            shown[element] = frozenset(map(variable_of, template.parts or ())) - {""}
        else:
            parsed = parse(place.source, place.scope, place.expected, place.choices)
            errors, references = parsed.errors, parsed.references
            sign = "" if parsed.tree is None else sign_in_formula(parsed.tree)
            if parsed.tree is not None:
                trees[element] = parsed.tree
                days += [element] * bool(_DAY.search(place.source))
                meetings += _met(place, parsed.tree)
        if sign:
            signs.append((element, sign))
        mistakes.extend(Mistake(element, error, place.template) for error in errors)
        if references:
            uses[element] = frozenset((use.space, use.name, use.table) for use in references)
            reads |= uses[element]
    return Facts(tuple(mistakes), frozenset(reads), trees, uses, tuple(signs), tuple(days), shown, tuple(meetings))


def _met(place: Place, tree: Node) -> list[tuple[Element, Mixed]]:
    """Return where money meets a plain number in a formula."""
    return [(place.element, one) for one in mixed(tree, place.expected)]
