"""Finding the other ways to say a text."""

from flow_models.compiler.thesaurus import entry


def test_a_text_is_found_whatever_its_capitals_and_spaces() -> None:
    found = entry("send  MONEY")

    assert found is not None
    assert found.ways[0].casefold() == "make a payment"


def test_ways_take_the_capitals_of_the_text() -> None:
    told = [one and one.ways[0] for one in map(entry, ("Send money", "Send Money", "SEND MONEY", "send money"))]

    assert told == ["Make a payment", "Make A Payment", "MAKE A PAYMENT", "make a payment"]


def test_what_is_always_in_capitals_says_nothing_about_capitals() -> None:
    found = entry("IBAN")

    assert found is not None
    assert found.ways[0] == "IBAN number"


def test_an_unknown_text_has_no_entry() -> None:
    assert entry("Zebra crossing schedule") is None
