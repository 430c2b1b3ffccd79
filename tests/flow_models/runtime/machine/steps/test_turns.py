"""Arrivals, dialogs, rows, addresses and history: where a step leads."""

import pytest

from flow_models.document.behaviour import RemoveEffect, Transition
from flow_models.document.flow import Flow, Site
from tests.flow_models.builders import (
    arrow,
    button,
    field,
    flow,
    heading,
    link,
    page,
    rows_of,
    sets,
    table,
    variable,
)
from tests.flow_models.runtime.machine.play import Play


def two_pages(*arrows: Transition) -> Flow:
    return flow(page("home", button("go"), link("out")), page("next", button("stay")), *arrows)


def test_on_arrival_open_comes_before_enter() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("next"),
            variable("log", initial="-"),
            arrow("home", "next", use="go"),
            arrow("next", on="enter", do=(sets("log", 'log + "e"'),)),
            arrow("next", on="open", do=(sets("log", 'log + "o"'),)),
        )
    )
    play.use("go")
    assert play.value("log") == "-e"
    play.do("goto", value="/next")
    assert play.value("log") == "-eoe"


def test_entering_leads_on_and_stops_after_eight() -> None:
    chain = [page(f"p{n}") for n in range(9)]
    arrows = [arrow(f"p{n}", f"p{n + 1}", on="enter") for n in range(8)]
    play = Play(flow(page("home", button("go")), *chain, *arrows, arrow("home", "p0", use="go")))
    play.use("go")
    assert play.page == "p8"


def test_a_cycle_of_entering_is_an_environment_error() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("a"),
            page("b"),
            arrow("home", "a", use="go"),
            arrow("a", "b", on="enter"),
            arrow("b", "a", on="enter"),
        )
    )
    assert play.use("go").end_reason == "environment_error"


def test_entered_does_not_run_on_stay_or_on_a_closed_dialog() -> None:
    play = Play(
        flow(
            page("home", button("stay"), button("ask")),
            page("sure", button("no"), kind="dialog"),
            variable("n", "integer", 0),
            arrow("home", on="enter", do=(sets("n", "n + 1"),)),
            arrow("home", use="stay"),
            arrow("home", "sure", use="ask"),
            arrow("sure", "close", use="no"),
        )
    )
    for block in ("stay", "ask", "no"):
        play.use(block)
    assert play.value("n") == 1
    assert play.view.dialog is None


def test_a_wait_fires_after_the_action_when_its_steps_have_passed() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("next"),
            page("expired"),
            arrow("home", "next", use="go"),
            arrow("next", "expired", wait=3),
        )
    )
    play.use("go")
    play.noop(2)
    assert play.page == "next"
    result = play.noop()
    assert (play.page, result.transition) == ("expired", "next-wait-expired")


def test_a_wait_begins_anew_with_each_arrival_but_not_with_stay() -> None:
    play = Play(
        flow(page("home", button("stay")), page("expired"), arrow("home", use="stay"), arrow("home", "expired", wait=2))
    )
    play.use("stay")
    play.use("stay")
    assert play.page == "expired"


def test_field_texts_are_reset_by_every_other_arrival() -> None:
    play = Play(
        flow(
            page("home", field("name", initial='"Bob"'), button("again")),
            arrow("home", "home", use="again"),
        )
    )
    play.fill("f_name", "Ada")
    play.use("again")
    assert play.field("name") == "Bob"


def dialog_flow() -> Flow:
    return flow(
        page("home", field("name"), button("ask")),
        page("sure", field("why"), button("no"), button("yes"), kind="dialog"),
        page("done"),
        arrow("home", "sure", use="ask"),
        arrow("sure", "close", use="no"),
        arrow("sure", "done", use="yes"),
    )


def test_an_open_dialog_makes_the_page_inert_and_keeps_its_texts() -> None:
    play = Play(dialog_flow())
    play.fill("f_name", "Ada")
    play.use("ask")
    assert play.fill("f_name", "Bob").error
    assert play.use("ask").error
    play.use("no")
    assert play.view.dialog is None
    assert play.machine.field_texts(play.episode.state) == {"name": "Ada"}


def test_a_dialog_leads_on_to_a_page() -> None:
    play = Play(dialog_flow())
    play.use("ask")
    assert play.episode.view.path == "/home"
    play.use("yes")
    assert (play.page, play.episode.state.dialog) == ("done", None)


ITEMS = table("items", "code:text", rows=(("one",), ("two",)))


def items_flow(*parts: Transition, **item: object) -> Flow:
    return flow(
        page("home", rows_of("list", "items", "{code}", row_controls=(button("open"),)), link("about")),
        page(
            "item", heading("h", "{record.code}"), button("remove"), record="items", path="/items/{record.code}", **item
        ),
        page("about"),
        ITEMS,
        arrow("home", "item", use="open"),
        arrow("home", "about", use="about"),
        *parts,
    )


def test_a_row_control_hands_its_row_to_the_target() -> None:
    play = Play(items_flow())
    play.use("open", "items_2")
    assert (play.texts(), play.view.path) == (["two"], "/items/two")


def test_a_row_control_needs_its_row() -> None:
    play = Play(items_flow())
    assert play.use("open").error
    assert play.use("open", "items_9").error


def test_an_address_opens_a_page_that_can_always_be_reached() -> None:
    play = Play(items_flow())
    play.do("goto", value="https://example.test/items/two")
    assert play.texts() == ["two"]
    play.do("goto", value="/about")
    assert play.page == "about"


@pytest.mark.parametrize("address", ["/items/three", "/nowhere", "/items/"])
def test_a_missing_record_and_an_unknown_address_show_not_found(address: str) -> None:
    play = Play(items_flow())
    play.do("goto", value=address)
    assert (play.page, play.view.title, play.view.path) == ("", "Page not found", address)
    play.use("home")
    assert play.page == "home"


def test_an_address_outside_of_the_site_is_refused() -> None:
    play = Play(items_flow())
    assert play.do("goto", value="https://elsewhere.test/").error
    assert play.do("goto", value="home").error
    assert play.page == "home"


def test_an_address_opens_only_while_its_condition_holds() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("inside", open_by_url="signed_in"),
            variable("signed_in", "boolean", False),
            arrow("home", use="go", do=(sets("signed_in", "true"),)),
        )
    )
    play.do("goto", value="/inside")
    assert play.view.title == "Page not found"
    play.do("back")
    play.use("go")
    play.do("goto", value="/inside")
    assert play.page == "inside"


def test_a_page_behind_a_guard_does_not_open_by_default() -> None:
    play = Play(flow(page("home", button("go")), page("next"), arrow("home", "next", use="go", when="1 > 0")))
    play.do("goto", value="/next")
    assert play.page == ""


def test_the_designers_not_found_page_keeps_the_address_that_was_asked_for() -> None:
    lost = page("lost", heading("h", "Lost"), path="/lost")
    play = Play(flow(page("home"), lost, site=Site(start="home", not_found="lost")))
    play.do("goto", value="/x")
    assert (play.page, play.view.path) == ("lost", "/x")


def test_back_without_history_does_nothing() -> None:
    play = Play(two_pages())
    before = play.view
    assert play.do("back").error == ""
    assert play.view is before


def test_back_and_forward_ask_for_addresses_again() -> None:
    play = Play(items_flow())
    play.use("about")
    play.do("back")
    assert play.page == "home"
    play.do("forward")
    assert play.page == "about"
    play.do("forward")
    assert play.page == "about"


def test_back_to_a_page_that_may_not_be_opened_shows_not_found() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("next", link("on"), open_by_url="1 > 2"),
            page("last"),
            arrow("home", "next", use="go"),
            arrow("next", "last", use="on"),
        )
    )
    play.use("go")
    play.use("on")
    play.do("back")
    assert (play.page, play.view.path) == ("", "/next")


def test_each_submit_adds_one_entry_to_the_history() -> None:
    play = Play(two_pages(arrow("home", use="go")))
    play.use("go")
    play.use("go")
    assert [entry.path for entry in play.episode.state.history] == ["/home"] * 3


def test_a_page_whose_record_was_removed_shows_not_found() -> None:
    play = Play(items_flow(arrow("item", use="remove", do=(RemoveEffect(table="items", where="row == record"),))))
    play.use("open", "items_1")
    play.use("remove")
    assert play.view.title == "Page not found"
    assert [row["code"] for row in play.rows("items")] == ["two"]


def test_a_transition_names_the_row_that_its_target_shows() -> None:
    play = Play(
        items_flow(arrow("about", "item", on="enter", record='first(items, code == "two")')),
    )
    play.use("about")
    assert play.texts() == ["two"]
