"""A ruler laid on pages in Chromium: boxes, edges, rows, headings, and what opening a menu or a suggestion moves.

The ordinary tests measure a sample of pages in a few looks; the proof measures every page of every example in every
look, at the width of a phone, a tablet and a desk.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from flow_models.runtime.machine import Episode
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.machine.pages.viewing import broken_view
from flow_models.runtime.site import Rendered
from flow_models.runtime.site.web import Session
from tests.daily import without
from tests.parity.chromium import axtree
from tests.parity.test_chromium import Still
from tests.parity.test_looks import COVERED, DRESSED
from tests.parity.wearing import SHEET, opened, wear
from tests.pictures.ruler import WIDTHS, measured, ruled
from tests.pictures.sheets import EXAMPLES, PLAIN_LOOK, Example, example

SAMPLE_LOOKS = ["government", "boutique", "intranet"]
"""The widest type, a header of its own kind, and the densest look."""

SAMPLE = 12
"""Every which page the ordinary tests measure."""

PLANTED = {
    "text leaves its box": ".place { width: 0.5rem; min-width: 0; padding: 0; }",
    "lies on another": ".field { margin-top: -3rem; }",
    "header of more than two rows": ".top > * { flex: 0 0 100% !important; }",
    "target below 24 px": "main .button { min-height: 0 !important; height: 12px; }",
    "label moves with an error": ".field.wrong { padding-left: 1rem; }",
    "required field is not marked": "label::after, legend::after { content: none !important; }",
    "right edges differ": "main > form { max-width: 20rem; }",
    "scrolls sideways": "main { width: 200vw; max-width: none !important; }",
}
"""What each fault looks like, as a line of the style sheet that makes it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", without(EXAMPLES, ["skylark_air"]))
def test_a_sample_of_the_pages_is_in_order(browser: Browser, name: str) -> None:
    assert list(measured(browser, name, SAMPLE_LOOKS, SAMPLE)) == []


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_page_is_in_order_in_every_look_at_three_widths(browser: Browser, name: str) -> None:
    assert list(measured(browser, name)) == []


def shown_at(browser: Browser, at: Example, page: str, width: int = 1440) -> Page:
    """Return a page of an example in Chromium."""
    place = next(place for place in at.places if place["name"] == page)
    return opened(browser, at.session(place, Variant()), width)


@pytest.fixture
def talk(browser: Browser) -> Iterator[Page]:
    """Return a page with a plan of seats and messages about what was filled in."""
    page = shown_at(browser, example("block_zoo"), "p_talk errors", width=360)
    yield page
    page.close()


@pytest.mark.parametrize("kind", PLANTED)
def test_the_ruler_finds_what_is_amiss(talk: Page, kind: str) -> None:
    site = example("block_zoo").site
    talk.evaluate("sheet => document.adoptedStyleSheets = [new CSSStyleSheet()]", "")
    talk.evaluate("sheet => document.adoptedStyleSheets[0].replaceSync(sheet)", site.style() + SHEET + PLANTED[kind])
    assert kind in {found for found, _ in ruled(talk)}


@pytest.mark.proof
def test_opening_a_menu_moves_nothing_and_covers_nothing(browser: Browser) -> None:
    at = example("skylark_air")
    page = shown_at(browser, at, "p_home")
    places = (
        "[...document.querySelectorAll('main *, .top > *')].map(one => JSON.stringify(one.getBoundingClientRect()))"
    )
    wrong: list[tuple[str, int, str]] = []
    before: dict[tuple[str, int], list[str]] = {}
    for is_open in (False, True):
        if is_open:
            page.get_by_role("button", name="My account").click()
            page.locator(".menu.open").wait_for()
        for look in at.looks:
            for width in WIDTHS:
                wear(page, at.site.dressed(Variant(look=look.replace(PLAIN_LOOK, ""))), width)
                found = page.evaluate(f"scrollTo(0, 0), {places}")
                if is_open and [one for one in before[look, width] if one not in found]:
                    wrong.append((look, width, "moves"))
                before[look, width] = found
                wrong += [(look, width, one) for one in page.evaluate(COVERED)]
    assert wrong == []
    page.close()


@pytest.mark.proof
def test_two_open_menus_lie_on_nothing(browser: Browser) -> None:
    at = example("block_zoo")
    variant = Variant(navigation="menu")
    start = at.machine.draw(at.machine.tasks[0], 1, variant)
    episode = Episode(at.machine, start)
    page = opened(browser, Session(episode, at.site.dressed(variant)))
    for place in range(2):
        page.locator(".top .menu-button").nth(place).click()
        page.locator(".menu.open").nth(place).wait_for()
    covered = []
    for look in at.looks:
        for width in WIDTHS:
            wear(page, at.site.dressed(variant._replace(look=look.replace(PLAIN_LOOK, ""))), width)
            covered += [(look, width, one) for one in page.evaluate(COVERED)]
    assert covered == []
    page.close()


def test_the_entry_of_the_section_is_marked_while_booking(browser: Browser) -> None:
    at = example("skylark_air")
    marked = {}
    for name in ("p_home", "p_seats", "p_review", "p_payment", "p_trip", "p_contact"):
        page = shown_at(browser, at, name)
        marked[name] = page.locator(".top nav a[data-here]").all_inner_texts()
        page.close()
    booking = {name: ["Book a flight"] for name in ("p_home", "p_seats", "p_review", "p_payment")}
    assert marked == {**booking, "p_trip": ["My trips"], "p_contact": ["Help"]}


_AROUND = """
() => [getComputedStyle(document.body, "::after"), getComputedStyle(document.querySelector(".top"))]
  .map((style) => style.content !== "none" && parseFloat(style.height) > 30)
"""


@pytest.mark.parametrize("look", ["", "boutique", "swiss"])
def test_a_pause_stands_between_a_header_and_a_footer(browser: Browser, look: str) -> None:
    page = opened(browser, Session(Still(broken_view("/here")), DRESSED.dressed(Variant(look=look))), 768)
    assert page.locator("main.apart").count() == 1
    assert page.evaluate(_AROUND) == [True, True]
    page.close()


_HEADS = """
() => [...document.querySelectorAll("tbody tr:first-child td:not(:first-child, .controls)")]
  .map((cell) => getComputedStyle(cell, "::before").content)
"""


def test_a_stacked_table_keeps_its_headings_and_says_them_to_nobody_twice(browser: Browser) -> None:
    at = example("north_bank")
    place = next(place for place in at.places if place["name"] == "p_accounts")
    session = at.session(place, Variant())
    page = opened(browser, session, 360)
    assert page.evaluate(_HEADS) == ['"Kind" / ""', '"Number" / ""', '"Balance" / ""']
    assert axtree(page) == Rendered(session.visit.view, session.site).axtree
    page.close()
