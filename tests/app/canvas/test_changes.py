"""The canvas's own edits."""

from app.canvas import changes
from flow_models.document.behaviour import UseTrigger
from flow_models.geometry.layout import layout_of
from tests.flow_models.geometry.samples import page, shop


def test_a_page_title_that_shows_a_value_names_no_button() -> None:
    flow = shop().rebuilt(pages=(*shop().pages[:2], page("done", 680, 0, title="Set {record.name}")))
    made = changes.connect(flow, "home", "", "done")
    assert getattr(made.flow.pages[0].blocks[-1], "title", "") == "Continue"


def test_a_connected_new_page_joins_the_section() -> None:
    flow = shop()
    new = page("new", 340, 250)
    made = changes.connect_to_new(flow, layout_of(flow), "checkout", "order", new)
    assert made.flow.sections[0].pages[-1] == new.id
    assert (made.flow.transitions[-1].to, made.flow.transitions[-1].on) == (new.id, UseTrigger(block="order"))
