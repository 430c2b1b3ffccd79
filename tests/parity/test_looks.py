"""No look, layout or width changes what Chromium tells an agent; no page scrolls sideways or weighs much."""

import json
import re

import pytest
from playwright.sync_api import Browser

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.machine import Episode, Machine
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.document import SCRIPT_PATH
from flow_models.runtime.site.web import Request, Session
from tests.daily import without
from tests.flow_models.runtime.site.samples import PROGRAM, SITE, everything
from tests.parity.chromium import axtree
from tests.parity.test_chromium import Still
from tests.parity.wearing import SHEET, opened, wear
from tests.pictures.sheets import EXAMPLES, example

LOOKS = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(resources.path("looks", "sites").glob("*.json"))
}
DRESSED = Site.of(PROGRAM)
LAYOUTS = [
    Variant(),
    Variant(navigation="side", align="end", columns="one"),
    Variant(navigation="side", align="wide", columns="two", labels="beside"),
]
PAGE_BYTES = 60_000
WIDTHS = (360, 768, 1600)


@pytest.mark.parametrize(("place", "name"), list(enumerate(["", *LOOKS])))
def test_what_an_agent_reads_is_the_same_in_every_look(browser: Browser, place: int, name: str) -> None:
    # Each is loaded anew: Chromium forgets the texts beside radios when a page that it has read changes its layout.
    view = everything()
    expected = Rendered(view, SITE).axtree
    layout, width = LAYOUTS[place % 3], WIDTHS[place // 3 % 3]
    page = opened(browser, Session(Still(everything()), DRESSED.dressed(layout._replace(look=name))), width)
    assert axtree(page) == expected
    page.close()


@pytest.mark.proof
def test_no_page_scrolls_sideways(browser: Browser) -> None:
    page = opened(browser, Session(Still(everything()), SITE))
    wide = []
    for name in ["", *LOOKS]:
        for width, layout in [*zip(WIDTHS, LAYOUTS, strict=True), (360, LAYOUTS[2]), (1280, LAYOUTS[2])]:
            wear(page, DRESSED.dressed(layout._replace(look=name)), width)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append((name, width, layout))
    assert wide == []
    page.close()


COVERED = """
() => [...document.querySelectorAll("button, a, input:not([type=radio], [type=checkbox]), select, textarea")]
  .filter((control) => !control.disabled)
  .filter((control) => {
    control.scrollIntoView({block: "center"});
    const box = control.getBoundingClientRect();
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !control.contains(met);
  })
  .map((control) => control.outerHTML.slice(0, 120))
"""


@pytest.mark.proof
def test_nothing_lies_over_a_control_in_any_look_with_two_menus_in_the_header(browser: Browser) -> None:
    flow = storage.load(resources.path("examples", "block_zoo.flow.json"))
    machine = Machine(compile_flow(flow).program)
    site = Site.of(machine.program)
    variant = Variant(navigation="menu")
    start = machine.draw(machine.tasks[0], 1, variant)
    page = opened(browser, Session(Episode(machine, start), site.dressed(variant)))
    covered = []
    for name in ["", *LOOKS]:
        for width in WIDTHS:
            wear(page, site.dressed(variant._replace(look=name)), width)
            covered += [(name, width, control) for control in page.evaluate(COVERED)]
    assert covered == []
    page.close()


def test_the_style_sheet_makes_no_text_but_for_the_eye() -> None:
    made = re.findall(r"[ ;{]content: ([^;]*);", SHEET)
    assert [text for text in made if text not in ('""', "none") and not text.endswith(' / ""')] == []
    assert "text-transform:" not in SHEET
    assert "url(http" not in SHEET


@pytest.mark.slow
@pytest.mark.parametrize("name", without(EXAMPLES, ["skylark_air"]))
def test_every_page_weighs_less_than_60_kb_all_told(name: str) -> None:
    shown = example(name)
    weights = {}
    for place in shown.places:
        session = shown.session(place, Variant(look="intranet"))
        files = [session.respond(Request("GET", path)).body for path in (session.site.style_path, SCRIPT_PATH)]
        weights[place["name"]] = len(session.page()) + sum(map(len, files))
    assert {page: weight for page, weight in weights.items() if weight > PAGE_BYTES} == {}
