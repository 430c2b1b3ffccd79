"""Taking parts out of a flow, with everything that refers to them; where references are is what the models say.

A reference that may be missing is emptied, an entry for what is gone is left out, and a part that cannot be without it
(an effect on a table, a transition from a page) goes as well. Formulas that use a name stay: the checks point at them.
"""

from collections.abc import Iterable

from flow_models.document.base import Model
from flow_models.document.elements import ElementKind
from flow_models.document.flow import Flow
from flow_models.document.holding import Change, own_ids, with_ids


def removed(flow: Flow, parts: Iterable[Model]) -> Flow:
    """Return the flow without some parts, what is inside them, and every reference to these."""
    return freed(flow, (element for part in parts for element in own_ids(part)))


def freed(flow: Flow, elements: Iterable[tuple[ElementKind, str]]) -> Flow:
    """Return the flow without some elements, by kind and id, and without every reference to them."""
    gone = frozenset(elements)

    def becomes(kinds: frozenset[ElementKind], element_id: str) -> str | None:
        return None if any((kind, element_id) in gone for kind in kinds) else element_id

    left = with_ids(flow, Change(frozenset(element_id for _, element_id in gone), becomes))
    # A flow has no id of its own that could be gone.
    return flow if left is None else left
