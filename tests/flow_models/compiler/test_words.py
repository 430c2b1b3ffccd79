"""Which texts of a flow can be said in which other ways."""

from collections import Counter

import pytest

import resources
from flow_models.compiler.texts import fixed_texts
from flow_models.compiler.thesaurus import plain
from flow_models.compiler.words import words_of
from flow_models.document.blocks import Button, Details, DetailsItem, Group, Steps, Tab, Tabs
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.document.variation import Axis, Synonyms, Variation
from tests.flow_models.builders import button, field, flow, form, heading, link, page, rows_of, words


def varied(made: Flow, **variation: object) -> Flow:
    return made.rebuilt(variation=Variation.model_validate(variation))


def shop(*titles: str) -> Flow:
    return flow(page("home", *(button(f"b{number}", title=title) for number, title in enumerate(titles))))


def test_a_known_button_can_be_said_in_other_ways_and_the_drawn_one_comes_first() -> None:
    ways = words_of(shop("Send money"))["Send money"]

    assert ways["ways"] == ["Send money", "Transfer money", "Make a payment"]
    assert ways["held_out"] == ["Move money"]


def test_labels_buttons_links_headings_and_titles_count() -> None:
    blocks = (
        heading("h", "One"),
        form("f", field("two", title="Two"), button("b", title="Three")),
        link("l", title="Four"),
        rows_of("r", "items", "{price}", title="Five"),
        Group.model_validate({"id": "g", "title": "Six"}),
        Details.model_validate({"id": "d", "items": (DetailsItem(title="Seven"),)}),
        Tabs.model_validate({"id": "t", "tabs": (Tab(title="Eight"),)}),
        Steps.model_validate({"id": "s", "titles": ("Nine",)}),
    )

    assert list(fixed_texts(flow(page("home", *blocks)))) == [
        *("Home", "One", "Two", "Three", "Four", "Five", "Column 1", "Six", "Seven", "Eight", "Nine"),
    ]


def test_paragraphs_and_texts_with_formulas_are_always_as_drawn() -> None:
    made = flow(page("home", words("w", "Send money"), heading("h", "Send {clock.today}"), title="{{Home}}"))

    assert list(fixed_texts(made)) == ["{Home}"]


def test_a_flow_that_does_not_vary_its_wording_says_everything_as_drawn() -> None:
    assert words_of(varied(shop("Send money"), wording=Axis(is_on=False))) == {}


def test_the_designers_own_ways_come_first() -> None:
    own = Synonyms(text="Send money", ways=("Give it away",), held_out=("Part with it",))

    ways = words_of(varied(shop("Send money"), synonyms=(own,)))["Send money"]

    assert {"Send money", "Give it away", "Make a payment"} <= set(ways["ways"])
    assert ways["held_out"][0] == "Part with it"


def test_a_text_may_be_said_in_the_designers_ways_alone() -> None:
    alone = (Synonyms(text="Send money", ways=("Give it away",), is_alone=True), Synonyms(text="Help", is_alone=True))

    found = words_of(varied(shop("Send money", "Help"), synonyms=alone))

    assert found["Send money"] == {"ways": ["Send money", "Give it away"], "held_out": []}
    assert "Help" not in found


def test_a_way_that_the_flow_says_elsewhere_is_dropped() -> None:
    own = Synonyms(text="Send money", ways=("Help PLEASE", "Give it away"))

    ways = words_of(varied(shop("Send money", "Help please"), synonyms=(own,)))["Send money"]["ways"]

    assert "Give it away" in ways
    assert "Help PLEASE" not in ways


def test_texts_that_the_flow_tells_apart_although_they_could_mean_the_same_stay_as_they_are() -> None:
    found = words_of(shop("Show", "Display", "Help"))

    assert {"Show", "Display"}.isdisjoint(found)
    assert "Help" in found


def test_a_way_belongs_to_the_first_text_that_claims_it_and_the_designer_claims_first() -> None:
    own = Synonyms(text="Anything", ways=("Make a payment",))

    found = words_of(varied(shop("Send money", "Anything"), synonyms=(own,)))

    assert found["Anything"]["ways"] == ["Anything", "Make a payment"]
    assert "Make a payment" not in found["Send money"]["ways"]


def test_a_text_in_other_capitals_is_the_same_text() -> None:
    found = words_of(shop("Send money", "Send Money"))

    assert "Make a payment" in found["Send money"]["ways"]
    assert "Make A Payment" in found["Send Money"]["ways"]


def test_interruptions_can_be_said_in_other_ways_but_never_as_the_page_says_something() -> None:
    found = words_of(shop("Allow all cookies"))

    assert found["Accept all cookies"] == {"ways": ["Accept all cookies"], "held_out": ["Yes to all cookies"]}


@pytest.mark.parametrize("name", sorted(path.name for path in resources.path("examples").glob("*.flow.json")))
def test_no_two_texts_of_an_example_can_ever_be_said_alike(name: str) -> None:
    made = load(resources.path("examples", name))
    found = words_of(made)
    said = {plain(text): {plain(text)} for text in fixed_texts(made)}
    for text, ways in found.items():
        said.setdefault(plain(text), set()).update(map(plain, (*ways["ways"], *ways["held_out"])))

    counts = Counter(way for ways in said.values() for way in ways)

    assert [way for way, count in counts.items() if count > 1] == []


def test_most_fixed_texts_of_north_bank_can_be_said_in_other_ways() -> None:
    made = load(resources.path("examples", "north_bank.flow.json"))
    texts = set(fixed_texts(made))

    assert len(texts & set(words_of(made))) / len(texts) > 0.8


def test_a_button_without_a_title_says_nothing() -> None:
    assert list(fixed_texts(flow(page("home", Button.model_validate({"id": "b"}), title=" ")))) == []


def test_no_variant_calls_two_things_by_what_reads_alike() -> None:
    """A way is refused where something else is called so, in capitals, with more spaces, or with other code points."""
    ways = ("Caf\u00e9 Nord", "CAFE\u0301  nord", "Bistro")
    made = varied(shop("Go", "Cafe\u0301 Nord"), synonyms=(Synonyms(text="Go", ways=ways),))
    assert words_of(made)["Go"]["ways"] == ["Go", "Bistro"]
