"""Finding the other ways to say a text."""

from flow_models.compiler.thesaurus import Entry, entry, spoken


def told(text: str) -> Entry:
    found = entry(text)
    assert found is not None
    return spoken(found, text)


def test_a_text_is_found_whatever_its_capitals_and_spaces() -> None:
    assert told("send  MONEY").ways[0].casefold() == "make a payment"


def test_ways_take_the_capitals_of_the_text() -> None:
    ways = [told(text).ways[0] for text in ("Send money", "Send Money", "SEND MONEY", "send money")]

    assert ways == ["Make a payment", "Make A Payment", "MAKE A PAYMENT", "make a payment"]


def test_what_is_always_in_capitals_says_nothing_about_capitals() -> None:
    assert told("IBAN").ways[0] == "IBAN number"


def test_a_text_that_is_a_way_to_say_another_can_be_said_as_that() -> None:
    found = told("Make A Payment")

    assert found.ways[0] == "Send Money"
    assert "Make A Payment" not in found.ways
    assert found.held_out == ("Move Money",)


def test_an_unknown_text_has_no_entry() -> None:
    assert entry("Zebra crossing schedule") is None
