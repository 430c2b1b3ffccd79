"""Formulas in the words that the person gave things."""

import resources
from app.words.formulas import titles_at
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.places import place_at
from flow_models.formulas import parse
from flow_models.formulas.sentences import to_sentence

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))


def said(transition: str) -> str:
    place = place_at(BANK, Element("transition", transition, "when"))
    assert place is not None
    sentence = to_sentence(parse(place.source, place.scope, "boolean").tree)
    assert sentence is not None
    return titles_at(BANK, Element("transition", transition)).sentence(sentence)


def test_fields_columns_and_comparisons_are_said_by_their_titles() -> None:
    arrow = next(part for part in BANK.transitions if part.when == "field.amount > field.source.balance")
    assert said(arrow.id) == "Amount is more than From account \u203a Balance"


def test_every_condition_of_the_bank_can_be_said() -> None:
    for arrow in BANK.transitions:
        if arrow.when:
            assert "{" not in said(arrow.id), arrow.when
