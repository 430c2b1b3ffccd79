"""Fixed texts know how a variant says them: terms the same everywhere, ways of their own, values never."""

import copy
import json
import pickle

import pytest

from flow_models.runtime.machine.base.appearance import Term, Ways
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.base.words import Name, Phrase, Vocabulary, Word, capitalised, followed, packed, said

PAYEE = Term(("payee", "payees"), (("recipient", "recipients"), ("firm", "firms")), (("receiver", "receivers"),))
VOCABULARY = Vocabulary(
    {"Add payee": Ways(("Add payee", "New payee"), ()), "Help": Ways(("Help", "Support"), ("Aid",))}, (PAYEE,)
)
VARIANTS = [
    PLAIN._replace(wording=wording, new_words=is_new) for wording in range(1, 2**20, 9_973) for is_new in (False, True)
]


def noun(variant: Variant) -> str:
    return said(VOCABULARY.say("payee"), variant)


def test_a_term_is_said_alike_in_all_its_forms_and_texts() -> None:
    assert {noun(variant) for variant in VARIANTS} == {"payee", "recipient", "firm", "receiver"}
    for variant in VARIANTS:
        assert said(VOCABULARY.say("Your PAYEES, each payee's"), variant) == (
            f"Your {noun(variant).upper()}S, each {noun(variant)}'s"
        )
        assert said(VOCABULARY.say("Add payee"), variant).endswith(noun(variant))


def test_only_tests_see_held_out_words() -> None:
    assert {noun(variant) for variant in VARIANTS if not variant.new_words} == {"payee", "recipient", "firm"}
    assert {noun(variant) for variant in VARIANTS if variant.new_words} == {"receiver"}


def test_a_term_inside_another_word_is_none() -> None:
    assert type(VOCABULARY.say("payees-list copayee")) is Name


def test_values_in_a_text_stay_as_they_are() -> None:
    piece = VOCABULARY.say(" is your payee.", is_name=False, is_whole=False)
    phrase = Phrase(("Ann Payee", piece), " is your payee.")
    assert phrase == "Ann Payee is your payee."
    assert {said(phrase, variant) for variant in VARIANTS} >= {"Ann Payee is your recipient."}


def test_what_follows_a_text_is_said_in_no_other_way() -> None:
    longer = followed(VOCABULARY.say("Pay the payee."), " payee")
    assert {said(longer, variant) for variant in VARIANTS} >= {"Pay the recipient. payee"}


def test_a_piece_is_never_said_as_a_whole_text() -> None:
    assert type(VOCABULARY.say("Help")) is Word
    assert type(VOCABULARY.say("Help", is_whole=False)) is Name
    assert type(VOCABULARY.say("Help", is_name=False, is_whole=False)) is str


@pytest.mark.parametrize("text", ["plain", VOCABULARY.say("A payee"), Phrase(("Bo", VOCABULARY.say(" payee")), "")])
def test_a_text_comes_back_from_json_copies_and_pickles(text: str) -> None:
    unpacked = VOCABULARY.unpacked(json.loads(json.dumps(packed(text))))
    for again in (unpacked, copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert [said(again, variant) for variant in VARIANTS] == [said(text, variant) for variant in VARIANTS]


@pytest.mark.parametrize(
    ("way", "text", "wanted"),
    [
        ("log in", "Sign in", "Log in"),
        ("log in", "Sign In", "Log In"),
        ("log in", "SIGN IN", "LOG IN"),
        ("user ID", "User name", "User ID"),
        ("username", "User ID", "Username"),
    ],
)
def test_a_way_takes_the_capitals_of_its_place(way: str, text: str, wanted: str) -> None:
    assert capitalised(way, text) == wanted
