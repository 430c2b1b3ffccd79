"""A visitor with a real browser: what they do arrives as events, on a socket and inside Playwright."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from flow_models.document.field_blocks import ChoiceField, DateField, Slider, SuggestField
from flow_models.document.flow import Flow
from flow_models.runtime.envs.chromium.routes import first_page_script, routed
from flow_models.runtime.machine import Event
from flow_models.runtime.site.server import SiteServer, first_address
from tests.flow_models.builders import (
    arrow,
    button,
    field,
    flow,
    form,
    heading,
    page,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.runtime.site.visitor import Visitor


@pytest.fixture
def page_of(browser: Browser) -> Iterator[Page]:
    window = browser.new_page()
    window.set_default_timeout(5000)
    yield window
    window.close()


def routed_visit(window: Page, flow: Flow | None = None) -> Visitor:
    visitor = Visitor(flow)
    window.route("**/*", routed(visitor.session))
    window.evaluate(first_page_script(visitor.session))
    window.wait_for_url("https://example.test/**")
    return visitor


def test_a_form_is_filled_in_and_sent_with_enter(page_of: Page) -> None:
    visitor = routed_visit(page_of)
    page_of.get_by_role("button", name="Choose").nth(1).click()
    expect(page_of).to_have_url("https://example.test/items/Chair")
    page_of.get_by_label("Note").fill("Fragile")
    page_of.get_by_label("Note").press("Enter")
    expect(page_of.get_by_role("heading")).to_have_text("Thank you, order 1 placed")
    assert visitor.events == [
        Event("use", "choose", "items_2"),
        Event("fill", "f_note", value="Fragile"),
        Event("use", "buy"),
    ]


def test_a_failed_form_keeps_what_was_typed_and_going_back_does_not(page_of: Page) -> None:
    parts = (field("first"), field("second", required=True), button("send", submit=True))
    visitor = routed_visit(page_of, flow(page("home", form("f", *parts)), arrow("home", use="send"), task("t")))
    page_of.get_by_label("First").fill("kept")
    page_of.get_by_role("button").click()
    expect(page_of.get_by_role("alert")).to_be_visible()
    expect(page_of.get_by_label("First")).to_have_value("kept")
    page_of.go_back()
    expect(page_of.get_by_label("First")).to_have_value("")
    assert visitor.events[-1] == Event("back")


def test_each_use_is_one_entry_of_the_history(page_of: Page) -> None:
    visitor = routed_visit(page_of)
    for _ in range(2):
        page_of.get_by_role("link", name="To_orders").click()
        page_of.get_by_role("link", name="Home_link").click()
        expect(page_of.get_by_role("heading")).to_have_text("Our items")
    assert page_of.evaluate("history.length") == len(visitor.episode.state.history) == 5


def test_a_listening_field_is_answered_at_once_and_others_are_sent_along(page_of: Page) -> None:
    choice = ChoiceField(id="c", name="size", title="Size", choices=("Small", "Large"))
    parts = (choice, field("note"), words("w", "Size is {size}"))
    site = flow(
        page("home", *parts),
        variable("size"),
        arrow("home", change="c", do=(sets("size", "field.size"),)),
        task("t"),
    )
    visitor = routed_visit(page_of, site)
    page_of.get_by_label("Note").fill("hello")
    page_of.get_by_label("Size").select_option("Large")
    expect(page_of.get_by_text("Size is Large")).to_be_visible()
    expect(page_of.get_by_label("Note")).to_have_value("hello")
    assert [event.kind for event in visitor.events] == ["fill", "select"]


def test_other_hosts_are_out_of_reach(page_of: Page) -> None:
    routed_visit(page_of)
    outcome = page_of.evaluate("fetch('https://elsewhere.test/').then(() => 'loaded', () => 'refused')")
    assert outcome == "refused"


def test_the_preview_hears_of_texts_while_they_are_typed(page_of: Page) -> None:
    visitor = Visitor(reports_drafts=True)
    with SiteServer() as server:
        page_of.goto(first_address(server.add(visitor.session)))
        page_of.get_by_role("button", name="Choose").first.click()
        with page_of.expect_response("**/_/draft"):
            page_of.get_by_label("Note").press_sequentially("Ring twice")
        assert visitor.events[-1] == Event("fill", "f_note", value="Ring twice")
        page_of.get_by_role("link", name="Back").click()
        expect(page_of.get_by_role("heading")).to_have_text("Our items")
        page_of.reload()
        assert visitor.events[-1] == Event("use", "back")
        page_of.goto("about:blank")


def test_suggestions_come_while_one_types_and_one_is_picked(page_of: Page) -> None:
    cities = table("cities", "label:text", rows=(("Lisbon",), ("Lille",), ("Oslo",)))
    city = SuggestField(id="c", name="city", title="City", table="cities")
    site = flow(page("home", form("f", city, button("go", submit=True))), cities, arrow("home", use="go"), task("t"))
    visitor = routed_visit(page_of, site)
    page_of.get_by_label("City").press_sequentially("li", delay=20)
    page_of.get_by_role("button", name="Lille").click()
    expect(page_of.get_by_label("City")).to_have_value("Lille")
    expect(page_of.get_by_role("list")).to_have_count(0)
    assert visitor.events == [Event("fill", "c", value="li"), Event("use", "c", "pick:cities_2")]


def test_what_is_put_into_a_field_at_once_is_answered_at_once(page_of: Page) -> None:
    day = DateField(id="d", name="day", title="Day")
    site = flow(page("home", day, heading("h")), page("late"), arrow("home", "late", change="d"), task("t"))
    visitor = routed_visit(page_of, site)
    page_of.get_by_label("Day").fill("2027-04-01")
    expect(page_of).to_have_url("https://example.test/late")
    assert visitor.events == [Event("fill", "d", value="2027-04-01")]


def test_a_slider_is_heard_when_it_is_let_go(page_of: Page) -> None:
    slider = Slider(id="s", name="tip", title="Tip", maximum=10)
    site = flow(
        page("home", slider, words("w", "Tip is {tip}")),
        variable("tip", "integer", 0),
        arrow("home", change="s", do=(sets("tip", "field.tip"),)),
        task("t"),
    )
    visitor = routed_visit(page_of, site)
    page_of.get_by_label("Tip").press("ArrowRight")
    expect(page_of.get_by_text("Tip is 1")).to_be_visible()
    page_of.get_by_label("Tip").click()
    expect(page_of.get_by_text("Tip is 5")).to_be_visible()
    assert visitor.events == [Event("fill", "s", value="1"), Event("fill", "s", value="5")]


def test_the_number_beside_a_slider_follows_the_thumb_and_nothing_moves(page_of: Page) -> None:
    slider = Slider(id="s", name="far", title="Far", minimum=-20, maximum=1_000)
    routed_visit(page_of, flow(page("home", slider), task("t")))
    thumb, number = page_of.get_by_label("Far"), page_of.locator("[aria-hidden]", has_text="-20")
    box = thumb.bounding_box()
    assert box is not None
    places = [box, number.bounding_box()]
    page_of.mouse.move(box["x"] + 5, box["y"] + 5)
    page_of.mouse.down()
    shown = page_of.locator(".reading")
    for part in (0.3, 0.6, 1):
        page_of.mouse.move(box["x"] + box["width"] * part, box["y"] + 5)
        expect(shown).to_have_text(thumb.input_value())
        assert [thumb.bounding_box(), shown.bounding_box()] == places
    expect(shown).to_have_text("1000")


def test_who_types_in_the_preview_goes_on_typing_after_suggestions(page_of: Page) -> None:
    cities = table("cities", "label:text", rows=(("Lisbon",), ("Lille",)))
    city = SuggestField(id="c", name="city", title="City", table="cities")
    visitor = Visitor(flow(page("home", city), cities, task("t")), reports_drafts=True)
    with SiteServer() as server:
        page_of.goto(first_address(server.add(visitor.session)))
        page_of.get_by_label("City").press_sequentially("li")
        expect(page_of.get_by_role("button", name="Lille")).to_be_visible()
        expect(page_of.get_by_label("City")).to_be_focused()
        page_of.keyboard.type("l")
        expect(page_of.get_by_role("button", name="Lisbon")).to_have_count(0)
        page_of.goto("about:blank")
