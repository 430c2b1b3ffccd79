"""Edits of variation: who sees a value, and the flow's own ways to say things."""

import pytest

from flow_models.document.edits.variation import (
    Part,
    bring_back,
    part_of_value,
    place_values,
    reset_axis,
    switch_axis,
    synonyms_of,
    with_synonyms,
)
from flow_models.document.flow import Flow
from flow_models.document.variation import Synonyms

FLOW = Flow(id="f")
SHIPPED = ("dusk", "grove")


def test_an_axis_is_switched_and_keeps_what_was_said_about_its_values() -> None:
    flow = place_values(FLOW, "look", ["harbour"], "never", SHIPPED)
    look = switch_axis(flow, "look", False).variation.look
    assert (look.is_on, look.left_out) == (False, ("harbour",))


@pytest.mark.parametrize("value", ["harbour", "dusk"])
@pytest.mark.parametrize("part", ["training", "tests", "never"])
def test_a_value_is_seen_by_whom_it_was_given_to(value: str, part: Part) -> None:
    look = place_values(FLOW, "look", [value], part, SHIPPED).variation.look
    assert part_of_value(look, value, SHIPPED) == part
    assert part_of_value(look, "grove", SHIPPED) == "tests"


def test_an_axis_that_ends_with_the_shipped_rule_says_nothing_of_its_own() -> None:
    flow = place_values(FLOW, "look", ["harbour"], "tests", SHIPPED)
    assert flow.variation.look.held_out is not None
    back = place_values(flow, "look", ["harbour"], "training", SHIPPED)
    assert back == FLOW


def test_a_value_that_nobody_sees_comes_back_where_it_was() -> None:
    flow = place_values(FLOW, "look", ["dusk"], "never", SHIPPED)
    assert place_values(flow, "look", ["dusk"], "tests", SHIPPED) == FLOW


def test_values_that_nobody_sees_are_brought_back_to_whom_they_were() -> None:
    flow = place_values(FLOW, "look", ["harbour"], "tests", SHIPPED)
    hidden = place_values(flow, "look", ["harbour", "grove"], "never", SHIPPED)
    assert bring_back(hidden, "look", ["harbour", "grove"]) == flow


def test_the_shipped_rule_decides_again() -> None:
    flow = place_values(FLOW, "layout", ["navigation.side", "lists.cards"], "never", ())
    assert reset_axis(flow, "layout") == FLOW


def test_ways_to_say_a_text_are_replaced_in_place_and_vanish_when_they_say_nothing() -> None:
    flow = with_synonyms(FLOW, Synonyms(text="Send", ways=("Post",)))
    flow = with_synonyms(flow, Synonyms(text="Pay", held_out=("Settle",)))
    flow = with_synonyms(flow, Synonyms(text="Send", is_alone=True))
    assert [one.text for one in flow.variation.synonyms] == ["Send", "Pay"]
    assert synonyms_of(flow, "Send") == Synonyms(text="Send", is_alone=True)
    flow = with_synonyms(flow, Synonyms(text="Send"))
    assert [one.text for one in flow.variation.synonyms] == ["Pay"]


def test_there_is_no_such_axis() -> None:
    with pytest.raises(KeyError):
        switch_axis(FLOW, "synonyms", True)
