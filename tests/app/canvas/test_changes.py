"""The canvas's own edits."""

from app.canvas import changes
from flow_models.document.behaviour import UseTrigger
from flow_models.geometry.shapes import Rect
from tests.flow_models.geometry.samples import page, shop


def test_a_page_title_with_braces_names_a_button_that_shows_them() -> None:
    flow = shop().rebuilt(pages=(*shop().pages[:2], page("done", 680, 0, title="Set {1}")))
    made = changes.connect(flow, "home", "", "done")
    assert getattr(made.flow.pages[0].blocks[-1], "title", "") == "Set {{1}}"


def test_a_connected_new_page_joins_the_section() -> None:
    made = changes.connect_to_new(shop(), "checkout", "order", "page", 10, 20)
    new = made.flow.pages[-1]
    assert made.flow.sections[0].pages[-1] == new.id
    assert (made.flow.transitions[-1].to, made.flow.transitions[-1].on) == (new.id, UseTrigger(block="order"))


def test_a_free_place_is_beside_or_else_below() -> None:
    here = Rect(0, 0, 220, 150)
    assert changes.free_place([here], here) == (340, 0)
    assert changes.free_place([here, Rect(340, 0, 220, 150)], here) == (340, 250)
