"""Transitions are added, ordered among their rivals, led elsewhere and split by a page."""

import pytest

from flow_models.document.behaviour import UseTrigger
from flow_models.document.edits import transitions as edits
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, link, page


def rivalry() -> Flow:
    return flow(
        page("a", link("go"), link("other")), page("b"),
        arrow("a", "b", use="go", when="1 == 1", name="first"),
        arrow("a", "b", use="other", name="between"),
        arrow("a", "b", use="go", name="second"),
    )  # fmt: skip


def test_moving_a_transition_changes_only_the_order_of_its_rivals() -> None:
    changed = edits.move_transition(rivalry(), "second", 0)
    assert [found.id for found in changed.transitions] == ["second", "between", "first"]
    assert [found.id for found in edits.rivals(changed, "first")] == ["second", "first"]


def test_a_transition_is_led_elsewhere() -> None:
    changed = edits.reconnect(rivalry(), "first", source="b", on=UseTrigger(block="other"), to="stay")
    found = changed.transitions_by_id["first"]
    assert (found.source, found.on, found.to, found.when) == ("b", UseTrigger(block="other"), "stay", "1 == 1")
    with pytest.raises(UnknownElementError):
        edits.reconnect(rivalry(), "first", to="nowhere")


def test_adding_takes_a_place_and_needs_a_free_id() -> None:
    changed = edits.add_transition(rivalry(), arrow("b", on="enter", name="new"), 1)
    assert [found.id for found in changed.transitions] == ["first", "new", "between", "second"]
    with pytest.raises(EditError):
        edits.add_transition(rivalry(), arrow("b", on="enter", name="first"))
    assert len(edits.remove_transitions(rivalry(), {"first", "unknown"}).transitions) == 2
