"""Ways to say the texts of a flow: those of the thesaurus, the designer's own, and those that are taken."""

from app.variation.words import Way, alone, texts_of, ways_of, with_way, without_way
from flow_models.compiler.words import words_of
from flow_models.document.behaviour import Page
from flow_models.document.blocks import Button, Heading
from flow_models.document.flow import Flow

BLOCKS = (Heading(id="h", text="Frobnicate"), Button(id="b", title="Continue"), Button(id="c", title="Go {clock.date}"))
FLOW = Flow(id="f", pages=(Page(id="p", title="Desk", blocks=BLOCKS),))


def found(flow: Flow, text: str, words: str) -> Way:
    return next(way for way in ways_of(flow, text) if way.words == words)


def test_every_fixed_text_is_listed_with_its_number_of_ways() -> None:
    counts = dict(texts_of(FLOW))
    assert list(counts) == ["Desk", "Frobnicate", "Continue"]
    assert (counts["Frobnicate"], counts["Continue"] > 3) == (1, True)


def test_a_way_of_the_designers_own_is_used() -> None:
    flow = with_way(FLOW, "Frobnicate", "  Twiddle   it ", is_held_out=False)
    assert found(flow, "Frobnicate", "Twiddle it") == Way("Twiddle it", "own")
    assert words_of(flow)["Frobnicate"]["ways"] == ["Frobnicate", "Twiddle it"]
    assert without_way(flow, "Frobnicate", "Twiddle it") == FLOW


def test_a_way_moves_between_training_and_tests() -> None:
    flow = with_way(FLOW, "Continue", "Proceed", is_held_out=True)
    assert found(flow, "Continue", "Proceed") == Way("Proceed", "own", is_held_out=True)
    assert "Proceed" in words_of(flow)["Continue"]["held_out"]
    assert "Proceed" not in words_of(flow)["Continue"]["ways"]
    assert len([way for way in ways_of(flow, "Continue") if way.words == "Proceed"]) == 1


def test_the_designers_own_ways_can_stand_alone() -> None:
    flow = alone(with_way(FLOW, "Continue", "Onwards", is_held_out=False), "Continue", True)
    assert words_of(flow)["Continue"]["ways"] == ["Continue", "Onwards"]
    assert found(flow, "Continue", "Proceed").source == "suggested"


def test_a_way_that_another_text_says_is_taken() -> None:
    flow = with_way(FLOW, "Frobnicate", "Continue", is_held_out=False)
    assert found(flow, "Frobnicate", "Continue").is_taken


def test_nothing_and_the_text_itself_are_no_other_way() -> None:
    assert with_way(FLOW, "Continue", "  ", is_held_out=False) == FLOW
    assert with_way(FLOW, "Continue", "continue", is_held_out=False) == FLOW
