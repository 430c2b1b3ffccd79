"""The formulas and texts of a flow, read once and asked for by element and field."""

from collections.abc import Iterable, Mapping
from typing import Any

from flow_models.compiler.problems import BrokenPartError, LeftOut
from flow_models.document.elements import Element
from flow_models.document.places import Place
from flow_models.formulas import parse, parse_template

Json = dict[str, Any]
"""A part of a program."""

Tree = Mapping[str, Any]


class FormulaTrees:
    """Finds the tree of a formula or the parts of a text by where it stands."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: dict[Element, Place] = {}
        for place in places:
            self._places.setdefault(place.element, place)

    def formula(self, element: Element, field: str) -> Tree | None:
        """Return a formula's tree, or None for no formula.

        Raises:
            BrokenPartError: The formula has a mistake.
        """
        place = self._places.get(element._replace(field=field))
        if place is None:
            return None
        parsed = parse(place.source, place.scope, place.expected, place.choices)
        if parsed.tree is None:
            raise _mistake(place.element, parsed.errors)
        return parsed.tree

    def text(self, element: Element, field: str) -> list[str | Tree]:
        """Return the parts of a text; none for an empty one.

        Raises:
            BrokenPartError: A formula in the text has a mistake.
        """
        place = self._places.get(element._replace(field=field))
        if place is None:
            return []
        parsed = parse_template(place.source, place.scope)
        if parsed.parts is None:
            raise _mistake(place.element, parsed.errors)
        return list(parsed.parts)


def _mistake(element: Element, errors: tuple[Any, ...]) -> BrokenPartError:
    """Return the error for the first mistake of a formula."""
    for error in errors:
        if error.severity != "warning":
            return BrokenPartError(LeftOut(element, error.message_id, tuple(error.args)))
    return BrokenPartError(LeftOut(element, "compiler.missing_formula"))
