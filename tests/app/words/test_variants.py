"""Variation in words: every value has words, and a variant is told in a line."""

import pytest

import resources
from app.words.variants import NUMBERED, axis_title, axis_words, caption, described, looks_of, value_words
from flow_models.compiler import compile_flow
from flow_models.compiler.variation import variation_of
from flow_models.document.flow import Flow
from flow_models.document.variation import AXES, Axis, Variation
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from tests.flow_models.builders import shop

VARIATION = variation_of(Flow(id="f"))
VALUES = [
    (aspect, value)
    for aspects in VARIATION["axes"].values()
    for aspect, listed in aspects.items()
    for value in (("varied",) if aspect in NUMBERED else (*listed["train"], *listed["held_out"]))
    if aspect != "look" and value != "plain"
]


@pytest.mark.parametrize("axis", AXES)
def test_every_axis_has_a_title_and_says_what_may_differ(axis: str) -> None:
    assert axis_title(axis)
    assert axis_words(axis).endswith(".")


@pytest.mark.parametrize(("aspect", "value"), VALUES)
def test_every_value_that_ships_has_words_of_its_own(aspect: str, value: str) -> None:
    assert value_words(aspect, value) == resources.text(f"variation.value.{aspect}.{value}")


def test_a_variant_is_told_in_a_line_with_what_strikes_most_first() -> None:
    variant = Variant(3, look="harbour", lists="cards", navigation="side", interruption="cookies", wording=4)
    looks = {"harbour": "Harbour"}
    assert described(variant, looks) == "Harbour, navigation at the side, cards, other words, a cookie banner"
    assert caption(variant, looks) == "Harbour, navigation at the side, cards"


def test_the_site_as_drawn_is_called_that() -> None:
    assert described(PLAIN) == caption(PLAIN) == "As drawn"


def test_what_only_tests_see_is_told_apart() -> None:
    words, new = Variant(wording=4), Variant(wording=4, new_words=True)
    assert described(words) != described(new)


def test_looks_are_called_by_their_titles() -> None:
    assert looks_of(compile_flow(shop()).program)["ledger"] == "Typed ledger"
    still = shop().rebuilt(variation=Variation(look=Axis(is_on=False)))
    assert looks_of(compile_flow(still).program) == {}
