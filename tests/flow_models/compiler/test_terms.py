"""Which words of a flow may be others, and as what."""

from flow_models.compiler.terms import terms_of, things_in
from flow_models.compiler.thesaurus import terms


def said(*told: str, data: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return the other words for each term of some texts, in their first form."""
    found = terms_of(told, data)
    return {term.forms[0]: [way[0] for way in (*term.ways, *term.held_out)] for term in found.said}


def test_a_word_in_any_form_is_a_term() -> None:
    assert said("Your Payees") == {"payee": ["recipient", "beneficiary", "receiver"]}


def test_a_term_that_stands_in_data_stays_as_drawn_and_still_takes_others_for_its_own() -> None:
    found = terms_of(["Add a payee"], ["Payee"])
    assert found.said == ()
    assert found.as_drawn("New recipient") == "New payee"


def test_a_term_is_never_said_as_what_the_flow_says_already() -> None:
    assert said("Add a payee", "Recipient of the letter") == {"payee": ["beneficiary", "receiver"]}
    assert "traveller" not in said("Passengers", "Travellers")["passenger"]


def test_texts_name_things_whatever_the_word() -> None:
    assert things_in("A recipient signs out") == {"payee"}
    assert things_in("Log off") == {"sign in"}


def test_every_way_has_every_form_and_fits_behind_the_same_article() -> None:
    for term in terms():
        for way in (*term.ways, *term.held_out):
            assert len(way) == len(term.forms)
            is_plural = term.forms[0].endswith("s")
            assert is_plural or (way[0][0] in "aeio") == (term.forms[0][0] in "aeio"), way


def test_no_form_means_two_terms_but_where_one_is_a_word_for_another() -> None:
    forms = [form for term in terms() for form in term.forms]
    assert len(set(forms)) == len(forms)
    assert all(term.ways for term in terms())
