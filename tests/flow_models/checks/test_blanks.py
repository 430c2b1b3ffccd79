"""Pages about a row that is not there."""

import pytest

from flow_models.document.blocks import Details, DetailsItem
from flow_models.document.flow import Flow
from tests.flow_models.builders import (
    adds,
    arrow,
    clears,
    flow,
    heading,
    link,
    page,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.checks.asking import assert_case, problems_of


def panel(record: str, show_if: str = "") -> Details:
    """Return a panel about a row."""
    return Details(id="facts", record=record, show_if=show_if, items=(DetailsItem(title="Name", text="{row.name}"),))


def choosing(
    *shown: object, opens: str = "pick != empty", when: str = "", given: str = "first(toys)", setup: bool = False
) -> Flow:
    """A page on which a toy is chosen, one that shows it, and a link that leads there without a choice."""
    return flow(
        page("a", link("choose"), link("go"), open_by_url="true"),
        page("b", heading("h", "Yours"), *shown, link("back"), open_by_url=opens),  # type: ignore[arg-type]
        table("toys", "name:text", "sold:boolean", rows=(("Ball", False), ("Bear", True))),
        variable("pick", "row:toys"),
        variable("note", "text"),
        arrow("a", "b", use="choose", do=(sets("pick", given), sets("note", "'x'"))),
        arrow("a", "b" if when != "never" else "stay", use="go", when=when if when != "never" else "", notice="Go."),
        arrow("b", "a", use="back", do=(clears("pick"),)),
        *((task("t", answer="pick.name", start="b", setup=(sets("pick", "last(toys)"),)),) if setup else ()),
    )


TEXT = words("w", "You want {pick.name}.")
CASES = {
    "blank.address": (choosing(TEXT, opens="true", when="never"), choosing(TEXT, opens="note != empty", when="never")),
    "blank.way": (choosing(panel("pick")), choosing(panel("pick"), when="pick != empty")),
    "blank.row": (choosing(panel("first(toys, sold)")), choosing(panel("first(toys, sold)", "any(toys, sold)"))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        choosing(words("w", "{pick.name}", show_if="pick != empty")),
        choosing(words("w", "{pick.name}", show_if="note == 'x'")),
        choosing(words("w", '{pick.name if pick != empty else "Nothing yet"}')),
        choosing(words("w", "You said {note}."), opens="true"),
        choosing(panel("pick"), when="note != empty"),
        choosing(panel("pick"), opens="gone != empty"),
        choosing(panel("first(toys)")),
        choosing(panel("first(toys, sold)"), opens="any(toys, sold)"),
        choosing(panel("pick"), when="never", setup=True),
    ],
)
def test_what_is_asked_for_or_always_there_is_no_page_about_nothing(sound: Flow) -> None:
    assert [one for code in CASES for one in problems_of(code, sound)] == []


@pytest.mark.parametrize(("way", "found"), [("", []), ("look", ["facts"])])
def test_a_page_that_comes_after_a_new_row_has_one(way: str, found: list[str]) -> None:
    site = flow(
        page("a", link("order"), *((link(way),) if way else ())),
        page("b", panel("last(toys)"), link("back")),
        table("toys", "name:text"),
        arrow("a", "b", use="order", do=(adds("toys", name="'Ball'"),)),
        *((arrow("a", "b", use=way),) if way else ()),
        arrow("b", "a", use="back"),
    )
    assert [problem.elements[0].id for problem in problems_of("blank.row", site)] == found


def test_of_what_one_page_shows_of_nothing_one_thing_tells() -> None:
    two = choosing(panel("pick"), TEXT)
    assert [problem.code for code in CASES for problem in problems_of(code, two)] == ["blank.way"]


def test_a_text_that_an_address_asks_for_is_missed_on_a_way_that_does_not() -> None:
    assert problems_of("blank.way", choosing(words("w", "You said {note}."), opens="note != empty"))
