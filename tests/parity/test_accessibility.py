"""Looks for faults of accessibility with axe in real Chromium: every page of every example, as people meet it.

The ordinary tests see a sample in the plain look; the proof sees every page, narrow and wide, and in every look.
"""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext

from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site.web import Session
from tests.daily import without
from tests.flow_models.runtime.site.samples import SITE
from tests.parity.places import Place
from tests.parity.test_chromium import VIEWS, Still
from tests.parity.wearing import opened, wear
from tests.pictures.sheets import EXAMPLES, PLAIN_LOOK, Example, example

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
STYLE_RULES = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""Rules whose answer depends on the style sheet; the others see the same elements in every look."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SAMPLE = 6
"""Every which page the ordinary tests look at."""

_RUN = """
async ([kind, values]) => {
  const asked = {runOnly: {type: kind, values}, resultTypes: ["violations"]};
  return (await axe.run(document, asked)).violations.map((found) => {
    const places = found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    return `${found.id}: ${found.help}: ${places.join(" | ")}`;
  });
}
"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a context whose pages bring axe along: the site's own rules let no foreign script in."""
    made = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    made.add_init_script(AXE)
    yield made
    made.close()


def faults(context: BrowserContext, session: Session, width: int = 1280) -> list[str]:
    """Return what axe finds on the page that a session shows."""
    page = opened(context, session, width)
    found: list[str] = page.evaluate(_RUN, ["tag", RULES])
    page.close()
    return found


def faults_by_look(
    context: BrowserContext, shown: Example, place: Place, width: int
) -> dict[tuple[str, str], list[str]]:
    """Return what axe finds on a page by look and place of the navigation; the page is loaded once and dressed anew."""
    session = shown.session(place, Variant())
    page = opened(context, session, width)
    found = {}
    for look in shown.looks:
        for navigation in ("", "side"):
            wear(page, session.site.dressed(Variant(look=look.replace(PLAIN_LOOK, ""), navigation=navigation)), width)
            found[look, navigation] = page.evaluate(_RUN, ["rule", STYLE_RULES])
    page.close()
    return {look: listed for look, listed in found.items() if listed}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_page_with_every_kind_of_block_has_few_faults(context: BrowserContext, view: object) -> None:
    # The sample's own texts are odd on purpose: empty headings, headings out of order, a drop-down without options.
    found = faults(context, Session(Still(view), SITE))  # type: ignore[arg-type]
    ids = {fault.partition(":")[0] for fault in found}
    assert ids <= {"empty-heading", "heading-order", "empty-table-header", "page-has-heading-one"}


@pytest.mark.slow
@pytest.mark.parametrize("name", without(EXAMPLES, ["skylark_air", "north_bank"]))
def test_a_sample_of_the_pages_has_no_fault(context: BrowserContext, name: str) -> None:
    shown = example(name)
    found = {
        place["name"]: listed
        for place in shown.places[::SAMPLE]
        if (listed := faults(context, shown.session(place, Variant())))
    }
    assert found == {}


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_has_a_fault(context: BrowserContext, name: str) -> None:
    shown = example(name)
    found = {
        f"{place['name']} at {width}": listed
        for place in shown.places
        for width in (360, 1280)
        if (listed := faults(context, shown.session(place, Variant()), width))
    }
    assert found == {}


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_look_of_any_page_has_a_fault(context: BrowserContext, name: str) -> None:
    shown = example(name)
    found = {place["name"]: listed for place in shown.places if (listed := faults_by_look(context, shown, place, 1280))}
    assert found == {}
