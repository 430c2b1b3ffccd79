"""Every kind of block in every state, compared with Chromium line by line: the accessibility text and the numbers."""

import difflib
from collections.abc import Iterator

import pytest

from flow_models.runtime.envs.chromium.launch import Chromium
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.results import Result
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.machine.pages.state import State, Surface
from flow_models.runtime.machine.pages.view import View
from flow_models.runtime.site import Rendered, Site, Target
from flow_models.runtime.site.web import Session
from tests.flow_models.runtime.site.samples import SITE, everything, in_the_way, with_dialog


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


@pytest.fixture
def window(chromium: Chromium) -> Iterator[Window]:
    made = Window(chromium)
    yield made
    made.page.context.close()


def bid(number: int | None) -> str:
    """Return the selector of the element with a number."""
    return f'[bid="{number}"]'


def differing(window: Window, view: View, site: Site = SITE) -> str:
    """Return the lines in which Chromium and our text differ, as a diff."""
    window.refresh()
    theirs, ours = window.reading().text.split("\n"), Rendered(view, site).axtree.split("\n")
    return "\n".join(difflib.unified_diff(theirs, ours, "Chromium", "ours", n=1, lineterm=""))


VIEWS = {
    "page": everything(),
    "dialog": with_dialog(),
    "banner": everything(interruption=in_the_way(is_modal=False)),
    "banner behind a dialog": with_dialog(interruption=in_the_way(is_modal=False)),
    "interruption": everything(interruption=in_the_way(is_modal=True)),
    "interruption over a dialog": with_dialog(interruption=in_the_way(is_modal=True)),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_page_at_rest_is_what_chromium_says(window: Window, view: View) -> None:
    window.open(Session(Still(view), SITE))
    assert window.page.url == SITE.url(view.path)
    assert differing(window, view) == ""


@pytest.mark.parametrize(
    "variant",
    [
        Variant(order=3, buttons="reversed", lists="cards", navigation="end", align="wide", columns="two"),
        Variant(order=8, lists="table", navigation="side", labels="beside", align="end", columns="one"),
    ],
    ids=["cards", "tables"],
)
def test_a_variant_is_what_chromium_says(window: Window, variant: Variant) -> None:
    view, site = everything(), SITE.dressed(variant)
    window.open(Session(Still(view), site))
    assert differing(window, view, site) == ""


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
        Target("b_tip", kind="slider"),
        Target("b_city", kind="text"),
        Target("b_city", row="pick:c1", kind="button"),
        Target("b_file", row="browse", kind="button"),
        Target("b_seat", option="s1a", kind="radio"),
        Target("b_fold", row="fold", kind="button"),
        Target("b_tabs", row="2", kind="button"),
        Target("b_menu", row="menu", kind="button"),
        Target("b_pages", row="1", kind="button"),
    ],
    ids=lambda target: str(target.kind) + target.row,
)
def test_the_focus_is_where_chromium_says(window: Window, target: Target) -> None:
    view = everything(focus=(target.block, target.row, target.option))
    window.open(Session(Still(view), SITE))
    window.page.locator(bid(Rendered(view, SITE).number_of(target))).focus()
    assert differing(window, view) == ""


def test_a_clicked_drop_down_is_open(window: Window) -> None:
    view = everything(focus=("b_to", "", "open"))
    window.open(Session(Still(view), SITE))
    window.page.locator(bid(Rendered(view, SITE).number_of(Target("b_to", kind="select")))).click()
    assert differing(window, view) == ""
