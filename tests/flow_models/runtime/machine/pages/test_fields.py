"""What forms say about wrong texts, and what fields offer."""

import pytest

from flow_models.document.blocks import AnyBlock
from flow_models.document.field_blocks import (
    Checkbox,
    ChoiceField,
    ChoiceGrid,
    DateField,
    FileField,
    LongText,
    NumberField,
    Slider,
    SuggestField,
    TextField,
    TimeField,
)
from flow_models.runtime.machine.pages.typed_fields import fits
from flow_models.runtime.machine.pages.view import Field, Place
from tests.flow_models.builders import button, flow, form, page, table
from tests.flow_models.runtime.machine.play import Play

ITEMS = table("items", "label:text", "stock:integer", rows=(("Lamp", 2), ("Chair", 0), ("Desk", 5)))


def complaint(block: AnyBlock, text: str) -> str:
    """Type a text, send the form, and return the message beside the field."""
    play = Play(flow(page("home", form("f", block, button("send", submit=True))), ITEMS))
    play.episode.type({"x": text})
    play.use("send")
    return play.view.errors.get("x", "")


@pytest.mark.parametrize(
    ("block", "good", "bad"),
    [
        (TextField(id="b", name="x", required=True), "a", "  "),
        (TextField(id="b", name="x", min_length=3), "abc", "ab"),
        (TextField(id="b", name="x", max_length=3), "abc", "abcd"),
        (TextField(id="b", name="x", pattern="@@-##"), "AB-12", "AB-1x"),
        (TextField(id="b", name="x", purpose="email"), "ada@example.test", "ada@example"),
        (LongText(id="b", name="x", max_length=5), "a\nb", "abcdef"),
        (NumberField(id="b", name="x"), "1,200", "1.5"),
        (NumberField(id="b", name="x", places=2), "1.25", "1.255"),
        (NumberField(id="b", name="x", minimum="1", maximum="10"), "10", "11"),
        (DateField(id="b", name="x"), "2028-02-29", "2027-02-29"),
        (DateField(id="b", name="x", minimum="today()"), "2027-03-15", "2027-03-14"),
        (Checkbox(id="b", name="x", required=True), "true", ""),
        (ChoiceField(id="b", name="x", choices=("a", "b"), style="radio", required=True), "a", ""),
        (ChoiceField(id="b", name="x", choices=("a", "b")), "b", "c"),
        (ChoiceField(id="b", name="x", table="items", where="stock > 0"), "items_1", "items_2"),
        (TimeField(id="b", name="x"), "9:05", "24:00"),
        (TimeField(id="b", name="x", minimum='"08:00"', maximum='"18:00"'), "18:00", "18:01"),
        (SuggestField(id="b", name="x", table="items"), " lamp ", "Lam"),
        (SuggestField(id="b", name="x", table="items", where="stock > 0"), "Desk", "Chair"),
        (SuggestField(id="b", name="x", table="items", required=True), "Desk", ""),
        (FileField(id="b", name="x", files=("a.pdf",), required=True), "a.pdf", ""),
        (FileField(id="b", name="x", files=("a.pdf",)), "", "b.pdf"),
        (ChoiceGrid(id="b", name="x", table="items", required=True), "items_1", ""),
        (ChoiceGrid(id="b", name="x", table="items", free_if="stock > 0"), "items_1", "items_2"),
    ],
)
def test_a_form_accepts_the_right_text_and_refuses_the_wrong_one(block: AnyBlock, good: str, bad: str) -> None:
    assert complaint(block, good) == ""
    assert complaint(block, bad)


def test_a_slider_is_never_wrong() -> None:
    assert complaint(Slider(id="b", name="x", minimum=5, required=True), "no number") == ""


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (TimeField(id="b", name="x", initial='"09:30"'), "09:30"),
        (Slider(id="b", name="x", minimum=3), "3"),
        (Slider(id="b", name="x", maximum=10, step=4, initial="7"), "8"),
        (SuggestField(id="b", name="x", table="items", initial="first(items, stock == 5, default=empty)"), "Desk"),
        (FileField(id="b", name="x", files=("a.pdf",), initial='"a.pdf"'), "a.pdf"),
        (FileField(id="b", name="x", files=("a.pdf",), initial='"b.pdf"'), ""),
        (
            ChoiceGrid(id="b", name="x", table="items", initial="first(items, stock == 5, default=empty)"),
            "items_3",
        ),
        (
            ChoiceGrid(
                id="b", name="x", table="items", free_if="stock < 5", initial="first(items, stock == 5, default=empty)"
            ),
            "",
        ),
    ],
)
def test_fields_hold_on_arrival_what_is_wanted_if_they_can(block: AnyBlock, text: str) -> None:
    play = Play(flow(page("home", block), ITEMS))
    assert play.machine.field_texts(play.episode.state) == {"x": text}


def test_two_fields_may_each_leave_out_the_row_of_the_other() -> None:
    one = SuggestField(id="one", name="one", title="One", table="items", where="row != field.two")
    two = SuggestField(id="two", name="two", title="Two", table="items", where="row != field.one")
    play = Play(flow(page("home", one, two), ITEMS))
    play.fill("one", "Lamp")
    play.fill("two", "a")
    control = play.view.control("two")
    assert isinstance(control, Field)
    assert [button.text for button in control.buttons] == ["Chair"]


def test_the_places_of_a_plan_stand_in_the_order_of_their_first_rows() -> None:
    block = ChoiceGrid(
        id="b", name="x", table="items", line='"odd" if stock == 5 else "even"', label="{stock}", free_if="stock > 0"
    )
    control = Play(flow(page("home", block), ITEMS)).view.control("b")
    assert isinstance(control, Field)
    assert control.grid == (
        ("even", (Place("items_1", "2", is_free=True), Place("items_2", "0", is_free=False))),
        ("odd", (Place("items_3", "5", is_free=True),)),
    )
    assert control.options == (("items_1", "2"), ("items_3", "5"))


def test_an_empty_field_that_is_not_required_is_fine() -> None:
    assert complaint(NumberField(id="b", name="x", minimum="1"), "") == ""


def options(block: ChoiceField) -> tuple[tuple[str, str], ...]:
    control = Play(flow(page("home", block), ITEMS)).view.control("b")
    assert control is not None
    return control.options  # type: ignore[union-attr]


def test_a_choice_over_rows_offers_those_that_its_condition_allows_in_order() -> None:
    block = ChoiceField(id="b", name="x", table="items", where="stock > 0", sort="label", label="{label} ({stock})")
    assert options(block) == (("items_3", "Desk (5)"), ("items_1", "Lamp (2)"))


def test_an_option_without_label_shows_the_first_text_column() -> None:
    block = ChoiceField(id="b", name="x", table="items", placeholder="Choose")
    assert options(block)[:2] == (("", "Choose"), ("items_1", "Lamp"))


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("AB-12", "@@-##", True),
        ("ab-12", "@@-##", True),
        ("A1", "**", True),
        ("A-", "**", False),
        ("1", "##", False),
        ("٣", "#", False),
    ],
)
def test_a_mask_says_which_characters_stand_where(text: str, pattern: str, expected: bool) -> None:
    assert fits(text, pattern) is expected
