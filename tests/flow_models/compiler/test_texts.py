"""What of a flow is a name, what tells something, and what is data."""

from flow_models.compiler.texts import data_texts, fixed_texts, told_texts
from flow_models.document.field_blocks import ChoiceField
from tests.flow_models.builders import flow, heading, page, table, words

KIND = ChoiceField(id="kind", name="kind", title="Kind", choices=("Gold",), placeholder="Choose a kind")
FLOW = flow(
    page("home", heading("h", "Help"), words("w", 'You owe {"nothing" if 1 == 1 else text(2)} now.'), KIND),
    table("items", "note:text", rows=(("A lamp",),)),
)


def test_titles_and_headings_are_names() -> None:
    assert list(fixed_texts(FLOW)) == ["Home", "Help", "Kind"]


def test_the_pieces_around_values_and_placeholders_tell_something() -> None:
    assert {"Help", "You owe ", " now.", "Choose a kind"} <= set(told_texts(FLOW))
    assert "Gold" not in set(told_texts(FLOW))


def test_choices_rows_and_texts_inside_formulas_are_data_and_addresses_are_nothing() -> None:
    data = set(data_texts(FLOW))
    assert {"Gold", "A lamp", "nothing"} <= data
    assert not {"/home", "Help", " now."} & data
    assert "/home" not in set(told_texts(FLOW))
