"""Edits of transitions: adding, removing, ordering and leading them elsewhere."""

from collections.abc import Collection

from flow_models.document.behaviour import Transition, Trigger
from flow_models.document.edits.parts import inserted, swapped, without
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow


def add_transition(flow: Flow, transition: Transition, index: int | None = None) -> Flow:
    """Return the flow with a transition more; it is tried after those before `index` (at the end if `None`).

    Raises:
        EditError: The id is taken.
    """
    if transition.id in flow.transitions_by_id:
        raise EditError("edit.id_taken", kind="transition", id=transition.id)
    return flow.rebuilt(transitions=inserted(flow.transitions, transition, index))


def replace_transition(flow: Flow, transition: Transition) -> Flow:
    """Return the flow with the transition of this id replaced.

    Raises:
        UnknownElementError: The flow has no transition of this id.
    """
    _transition(flow, transition.id)
    return flow.rebuilt(transitions=swapped(flow.transitions, transition))


def remove_transitions(flow: Flow, ids: Collection[str]) -> Flow:
    """Return the flow without some transitions; ids that it does not have are passed over."""
    return flow.rebuilt(transitions=without(flow.transitions, set(ids)))


def rivals(flow: Flow, transition_id: str) -> tuple[Transition, ...]:
    """Return the transitions tried on the same trigger of the same source, in their order, the given one included.

    Raises:
        UnknownElementError: The flow has no such transition.
    """
    asked = _transition(flow, transition_id)
    return tuple(other for other in flow.transitions if (other.source, other.on) == (asked.source, asked.on))


def move_transition(flow: Flow, transition_id: str, index: int) -> Flow:
    """Return the flow with a transition at another place among its rivals (see `rivals`), counted without it.

    Raises:
        UnknownElementError: The flow has no such transition.
    """
    asked = _transition(flow, transition_id)
    order = [other for other in rivals(flow, transition_id) if other.id != transition_id]
    order.insert(max(0, min(index, len(order))), asked)
    ordered = iter(order)
    ids = {other.id for other in order}
    return flow.rebuilt(transitions=tuple(next(ordered) if old.id in ids else old for old in flow.transitions))


def reconnect(
    flow: Flow, transition_id: str, *, source: str | None = None, on: Trigger | None = None, to: str | None = None
) -> Flow:
    """Return the flow with a transition that starts, is triggered or leads elsewhere; `None` keeps what is.

    Raises:
        UnknownElementError: The flow has no such transition, or no page or section of the new ids.
    """
    old = _transition(flow, transition_id)
    if source is not None and source not in flow.pages_by_id and source not in flow.sections_by_id:
        raise UnknownElementError("page", source)
    if to is not None and to not in flow.pages_by_id and to not in ("stay", "close"):
        raise UnknownElementError("page", to)
    new = old.rebuilt(source=old.source if source is None else source, on=on or old.on, to=old.to if to is None else to)
    return replace_transition(flow, new)


def _transition(flow: Flow, transition_id: str) -> Transition:
    found = flow.transitions_by_id.get(transition_id)
    if found is None:
        raise UnknownElementError("transition", transition_id)
    return found
