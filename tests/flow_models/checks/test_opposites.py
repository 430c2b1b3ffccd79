"""Buttons that do the opposite of what they say."""

import pytest

from flow_models.document.behaviour import AddEffect, RemoveEffect
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, field, flow, form, link, page, table
from tests.flow_models.checks.asking import assert_case, problems_of


def asking(yes: str, no: str, *, swapped: bool = False) -> Flow:
    """A dialog with two buttons, one of which adds an order."""
    one, other = ("no", "yes") if swapped else ("yes", "no")
    return flow(
        page("a", link("go")),
        page("b", button("yes", title=yes), button("no", title=no), kind="dialog"),
        table("orders", "note:text"),
        arrow("a", "b", use="go"),
        arrow("b", "a", use=one, do=(adds("orders", note="'x'"),)),
        arrow("b", "close", use=other),
    )


def leading(title: str, *, other: str = "Old orders", value: str = "'new'") -> Flow:
    """A page with a link to the second of two pages, and a button that changes the state of all orders."""
    return flow(
        page("a", link("go", title=title), button("mark", title="Mark as new")),
        page("b", link("home"), title="Orders"), page("c", link("back"), title=other),
        table("orders", "state:choice:new|read"),
        arrow("a", "c", use="go"), arrow("b", "a", use="home"), arrow("c", "a", use="back"),
        arrow("a", use="mark", do=(changes("orders", "", state=value),)),
    )  # fmt: skip


def with_effect(title: str, effect: AddEffect | RemoveEffect) -> Flow:
    """A page of an order with a button that does one thing."""
    return flow(
        page("a", link("go")),
        page("b", button("press", title=title), link("back"), record="orders"),
        table("orders", "note:text", rows=(("x",),)),
        arrow("a", "b", use="go", record="first(orders)"),
        arrow("b", "a", use="back"),
        arrow("b", "a", use="press", do=(effect,)),
    )


CLEARS = RemoveEffect(table="orders", where="row == record")


def logging(title: str) -> Flow:
    """A link that adds an order on its way to a page."""
    to_orders = arrow("a", "b", use="go", do=(adds("orders", note="'x'"),))
    return flow(page("a", link("go", title=title)), page("b", title="Orders"), table("orders", "note:text"), to_orders)


CASES = {
    "opposite.leading": (logging("Your orders"), logging("Order one")),
    "opposite.removes": (with_effect("Save the order", CLEARS), with_effect("Withdraw the order", CLEARS)),
    "opposite.adds": (
        with_effect("Delete the order", adds("orders", note="'x'")),
        with_effect("Copy the order", adds("orders", note="'x'")),
    ),
    "opposite.elsewhere": (leading("Back to your orders", other="Help"), leading("Orders")),
    "opposite.value": (leading("Help", value="'read'"), leading("Help")),
    "opposite.leaving": (asking("Order", "Cancel", swapped=True), asking("Order", "Cancel")),
    "opposite.doing": (asking("Order", "Cancel", swapped=True), asking("Cancel", "Order", swapped=True)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "title", ["Back", "Not now", "No, thanks", "Keep it", "Do not order", "CANCEL", "Back to the shop"]
)
def test_a_title_that_leaves_everything_as_it_is_is_known(title: str) -> None:
    assert problems_of("opposite.leaving", asking("Order", title, swapped=True))


@pytest.mark.parametrize("title", ["Cancelled orders", "Closed rooms", "Nobody", "Background"])
def test_a_title_that_only_begins_alike_is_not(title: str) -> None:
    assert problems_of("opposite.leaving", asking("Order", title, swapped=True)) == []


@pytest.mark.parametrize(
    "title", ["Cancel", "Keep all my orders for a week", "Leave a note", "Do not send me letters", "No"]
)
@pytest.mark.parametrize("kind", ["of a row", "alone"])
def test_a_title_that_can_be_meant_otherwise_is_no_mistake_where_nothing_beside_it_does_the_thing(
    title: str, kind: str
) -> None:
    record = {"record": "orders"} if kind == "of a row" else {}
    site = flow(
        page("a", link("go")),
        page("b", form("note", field("n"), button("save", title="Save note", submit=True)) if record else link("home"),
             button("no", title=title), link("back"), **record),
        table("orders", "note:text", rows=(("x",),)),
        arrow("a", "b", use="go", record="first(orders)" if record else ""),
        arrow("b", use="no", do=(changes("orders", "", note="'y'"),)),
        arrow("b", "a", use="back"),
    )  # fmt: skip
    assert problems_of("opposite.leaving", site) == []


def test_cancel_beside_the_button_that_sends_a_form_leaves_everything_as_it_is() -> None:
    site = flow(
        page("a", form("f", field("n"), button("save", title="Save", submit=True)), link("cancel", title="Cancel")),
        table("orders", "note:text"),
        arrow("a", use="save", do=(adds("orders", note="field.n"),)),
        arrow("a", use="cancel", do=(adds("orders", note="'x'"),)),
    )
    assert problems_of("opposite.leaving", site)


def test_a_button_that_saves_may_remove_what_is_empty_and_add_what_is_not() -> None:
    removing = RemoveEffect(table="orders", where="note == ''")
    both = (removing, adds("orders", note="'x'"))
    found = [
        bool(problems_of("opposite.removes", flow(page("a", button("go", title="Save")), table("orders", "note:text"),
                                                  arrow("a", use="go", do=do))))
        for do in (both, (removing,))
    ]  # fmt: skip
    assert found == [False, True]
