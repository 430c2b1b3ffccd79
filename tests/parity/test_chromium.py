"""Every kind of block in every state, compared with Chromium line by line: the accessibility text and the numbers."""

import difflib

import pytest
from playwright.sync_api import Browser, Page

from flow_models.runtime.machine.events import Event
from flow_models.runtime.machine.results import Result
from flow_models.runtime.machine.state import State, Surface
from flow_models.runtime.machine.view import View
from flow_models.runtime.site import Rendered, Target
from flow_models.runtime.site.routed import first_page_script, routed
from flow_models.runtime.site.web import Session
from tests.flow_models.runtime.site.samples import SITE, everything, with_dialog
from tests.parity.chromium import axtree


class Still:
    """A visit that stays on one page, whatever is done there."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.state = State(Surface("p", None, view.path), (), ())
        self.end_reason = ""
        self.events: list[Event] = []

    def step(self, event: Event) -> Result:
        self.events.append(event)
        return Result(0.0, False, False, "", "", None, (0.0, 0.0, 0.0))


def opened(browser: Browser, visit: Still) -> Page:
    """Return a page on which a visit is shown."""
    page = browser.new_page()
    session = Session(visit, SITE)
    page.route("**/*", routed(session))
    page.evaluate(first_page_script(session))
    page.wait_for_url(SITE.url(visit.view.path))
    return page


def differing(page: Page, view: View) -> str:
    """Return the lines in which Chromium and our text differ, as a diff."""
    lines = difflib.unified_diff(
        axtree(page).split("\n"), Rendered.of(view, SITE).axtree.split("\n"), "Chromium", "ours", n=1, lineterm=""
    )
    return "\n".join(lines)


@pytest.mark.parametrize("view", [everything(), with_dialog()], ids=["page", "dialog"])
def test_a_page_at_rest_is_what_chromium_says(browser: Browser, view: View) -> None:
    page = opened(browser, Still(view))
    assert page.url == SITE.url(view.path)
    assert differing(page, view) == ""
    page.close()


@pytest.mark.parametrize(
    "target",
    [
        Target("b_user", kind="text"),
        Target("b_find", kind="text"),
        Target("b_note", kind="area"),
        Target("b_to", kind="select"),
        Target("b_speed", option="slow", kind="radio"),
        Target("b_keep", kind="checkbox"),
        Target("b_one", kind="button"),
        Target("b_home", kind="link"),
        Target("b_edit", row="r2", kind="button"),
    ],
    ids=lambda target: str(target.kind) + target.row,
)
def test_the_focus_is_where_chromium_says(browser: Browser, target: Target) -> None:
    view = everything(focus=(target.block, target.row, target.option))
    page = opened(browser, Still(view))
    axtree(page)
    page.get_by_test_id(str(Rendered.of(view, SITE).number_of(target))).focus()
    assert differing(page, view) == ""
    page.close()


def test_a_clicked_drop_down_is_open(browser: Browser) -> None:
    view = everything(focus=("b_to", "", "open"))
    page = opened(browser, Still(view))
    axtree(page)
    page.get_by_test_id(str(Rendered.of(view, SITE).number_of(Target("b_to", kind="select")))).click()
    assert differing(page, view) == ""
    page.close()
