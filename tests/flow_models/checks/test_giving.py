"""What has been given and can be given again."""

import pytest

from flow_models.document.behaviour import ChangeEffect
from flow_models.document.field_blocks import ChoiceGrid
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, flow, form, link, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of


def library(asked: str = "", *, way: str = "", shown: str = "") -> Flow:
    """Books that are lent in a dialog of their page."""
    lending = (adds("loans", book="record"), changes("books", "row == record", state="'lent'"))
    return flow(
        page("a", rows_of("list", "books", "{title}", where=shown, row_controls=(link("open"),))),
        page("b", button("ask"), link("back"), record="books"),
        page("c", button("lend"), button("no", title="No"), kind="dialog", record="books"),
        table("books", "title:text", "state:choice:here|lent", rows=(("Oaks", "here"), ("Elms", "lent"))),
        table("loans", "book:row:books"),
        arrow("a", "b", use="open", record="row"),
        arrow("b", "a", use="back"),
        arrow("b", "c", use="ask", record="record", when=way),
        arrow("c", "b", use="lend", do=lending, when=asked, record="record"),
        arrow("c", "close", use="no"),
    )


def hall(free: str) -> Flow:
    """Seats of which one is kept in a form."""
    seats = ChoiceGrid(id="seat", name="seat", title="Seat", table="seats", line="line", label="{code}", free_if=free)
    return flow(
        page("a", form("f", seats, button("keep", submit=True))),
        table("seats", "code:text", "line:text", "taken:boolean", rows=(("A1", "A", False), ("A2", "A", True))),
        table("guests", "seat:row:seats"),
        arrow("a", use="keep", do=(adds("guests", seat="field.seat"),)),
    )


def lending(*more: ChangeEffect) -> Flow:
    """Books that are lent on one page, and on another one too."""
    lent = adds("loans", book="first(books)")
    return library("record.state == 'here'").rebuilt(
        transitions=(
            *library("record.state == 'here'").transitions,
            arrow("a", use="again", do=(lent, *more), when="any(books, state == 'here')"),
        ),
        pages=(
            page("a", rows_of("list", "books", "{title}", row_controls=(link("open"),)), button("again")),
            *library().pages[1:],
        ),
    )


CASES = {
    "giving.unmarked": (lending(), lending(changes("books", "row == first(books)", state="'lent'"))),
    "giving.again": (library(), library("record.state == 'here'")),
    "giving.free": (hall("not taken"), hall("not taken and not any(guests as g, g.seat == row)")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        library("not any(loans, book == record)"),
        library(way="record.state == 'here'"),
        library(shown="state == 'here'"),
    ],
    ids=["what was written down is asked for", "the way to the dialog is barred", "only what is here is listed"],
)
def test_it_may_be_asked_for_on_the_way(sound: Flow) -> None:
    assert problems_of("giving.again", sound) == []
