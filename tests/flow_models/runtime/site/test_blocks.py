"""Blocks and fields as lines of accessibility text; tests/parity compares the same pages with Chromium."""

import pytest

from flow_models.runtime.machine.pages.view import Details, Field, Heading, Link, ListRow, ListView, Shown, View
from flow_models.runtime.site import Rendered
from tests.flow_models.runtime.site.outline import outline
from tests.flow_models.runtime.site.samples import SITE, button, everything, view, with_dialog
from tests.parity.chromium import numbered_tags


def lines_of(*parts: Shown, focus: tuple[str, str, str] | None = None) -> list[str]:
    """Return the lines below `main`, without numbers and indents."""
    lines = Rendered(view(*parts, focus=focus), SITE).axtree.split("\n")
    start = next(index for index, line in enumerate(lines) if "main ''" in line)
    return [line.strip().partition("] ")[2] or line.strip() for line in lines[start + 1 :]]


def test_a_heading_says_its_text_once() -> None:
    assert lines_of(Heading("b", "Send  money", 1)) == ["heading 'Send money'"]


def test_a_link_has_the_full_address_as_a_browser_writes_it() -> None:
    assert lines_of(Link("b", "", "More", "/payees/r ü")) == [
        "link 'More', url='https://northbank.test/payees/r%20%C3%BC'"
    ]


def test_a_disabled_button_says_so() -> None:
    assert lines_of(button("b", "Pay", enabled=False)) == ["button 'Pay', disabled=True"]


def test_a_focused_button_says_so_and_others_do_not() -> None:
    assert lines_of(button("b", "Pay"), button("c", "No"), focus=("b", "", "")) == [
        "button 'Pay', focused",
        "button 'No'",
    ]


def test_a_text_field_shows_its_text_and_what_describes_it() -> None:
    field = Field("b", "money_field", "amount", "Amount", "In dollars", True, "abc", error="Enter an amount")
    lines = lines_of(field)
    assert lines[4].startswith("textbox 'Amount' value='abc', required, describedby='e")
    assert lines[5:] == ["StaticText 'abc'", "paragraph ''", "StaticText 'Enter an amount'"]


def test_a_password_is_dots() -> None:
    field = Field("b", "text_field", "secret", "Password", "", False, "pass", purpose="password")
    assert lines_of(field)[2:] == ["textbox 'Password' value='••••'", "StaticText '••••'"]


@pytest.mark.parametrize(("most", "style"), [("100", "reading"), ("1000000", "reading long")])
def test_a_slider_shows_its_number_to_the_eye_and_says_it_once(most: str, style: str) -> None:
    field = Field("b", "slider", "tip", "Tip", "", False, "40", minimum="-20", maximum=most, error="Too little")
    numbers = [item for item in outline(Rendered(view(field), SITE)) if item.tag == "span" and item.text == ["40"]]
    assert [number.attributes for number in numbers] == [{"class": style, "aria-hidden": "true"}]
    bounds = f"orientation='horizontal', valuemin=-20, valuemax={most}, valuetext='40', describedby='e"
    assert lines_of(field)[2].startswith(f"slider 'Tip' value=40, {bounds}")
    assert lines_of(field)[3:] == ["paragraph ''", "StaticText 'Too little'"]


def test_a_drop_down_lists_its_options_and_says_when_it_is_open() -> None:
    field = Field("b", "choice_field", "to", "To", "", False, "y", options=(("x", "X"), ("y", "Y")), style="drop_down")
    assert lines_of(field, focus=("b", "", "open"))[2:] == [
        "combobox 'To' value='Y', focused, hasPopup='menu', expanded=True",
        "MenuListPopup ''",
        "option 'X', selected=False",
        "option 'Y', selected=True",
    ]


def test_only_the_focused_radio_button_is_focused() -> None:
    field = Field("b", "choice_field", "to", "To", "", False, "y", options=(("x", "X"), ("y", "Y")), style="radio")
    radios = [line for line in lines_of(field, focus=("b", "", "x")) if line.startswith("radio")]
    assert radios == ["radio 'X', focused, checked='false'", "radio 'Y', checked='true'"]


def test_a_table_names_cells_by_what_they_hold() -> None:
    rows = (ListRow("r", ("Ana", Link("l", "r", "Open", "/o")), (button("e", "Edit", "r"), button("d", "Drop", "r"))),)
    lines = lines_of(ListView("b", "Payees", "table", (("Name", "start"), ("", "end")), rows, ""))
    assert lines[0] == "table 'Payees'"
    assert "cell 'Ana'" in lines
    assert "cell 'Open'" in lines
    assert "cell 'Edit Drop'" in lines
    assert "columnheader 'Actions'" in lines


def test_an_empty_list_says_what_stands_for_no_rows() -> None:
    lines = lines_of(ListView("b", "Payees", "table", (("Name", "start"),), (), "Nobody yet"))
    assert lines == ["paragraph ''", "StaticText 'Payees'", "paragraph ''", "StaticText 'Nobody yet'"]


def test_details_are_terms_with_values() -> None:
    assert lines_of(Details("b", (("IBAN", "GB33"),))) == [
        "DescriptionList ''",
        "term 'IBAN'",
        "definition ''",
        "StaticText 'GB33'",
    ]


def test_every_tag_is_one_that_browsergym_numbers() -> None:
    assert {item.tag for item in outline(Rendered(everything(), SITE))} <= numbered_tags()


@pytest.mark.parametrize("shown", [everything(), everything(focus=("b_edit", "r2", "")), with_dialog()])
def test_numbers_are_those_of_the_elements_of_the_html(shown: View) -> None:
    rendered = Rendered(shown, SITE)
    items = outline(rendered)
    assert rendered.count == len(items)
    tags = {"button": "button", "link": "a", "select": "select", "area": "textarea", "option": "option"}
    for number, target in rendered.targets.items():
        assert items[number].tag == tags.get(target.kind, "label" if target.kind == "label" else "input")


def test_what_a_lone_link_fills_is_the_element_around_it() -> None:
    rendered = Rendered(everything(), SITE)
    items = outline(rendered)
    frames = [number for number in range(rendered.count) if _kind(rendered, number) == "frame"]
    assert {items[number].tag for number in frames} == {"td", "li", "p"}
    assert all([items[inner].tag for inner in items[number].inner] == ["a"] for number in frames)


def _kind(rendered: Rendered, number: int) -> str:
    spot = rendered.at(number)
    return "" if spot is None or spot.target is None else spot.target.kind
