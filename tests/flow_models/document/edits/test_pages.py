"""Pages come and go with everything that hangs on them."""

import pytest

from flow_models.document.edits import pages as edits
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, link, page, section, shop, task


def test_the_first_page_becomes_the_start() -> None:
    changed = edits.add_page(Flow(id="f"), page("home"))
    assert changed.site.start == "home"
    assert edits.add_page(changed, page("other")).site.start == "home"


def test_a_new_page_joins_the_section_named() -> None:
    changed = edits.add_page(flow(page("a"), section("s", "a")), page("b"), "s")
    assert changed.sections[0].pages == ("a", "b")
    with pytest.raises(UnknownElementError):
        edits.add_page(shop(), page("b"), "nowhere")
    with pytest.raises(EditError):
        edits.add_page(shop(), page("home"))


def test_removing_a_page_removes_what_hangs_on_it() -> None:
    start = flow(
        page("a", link("go")), page("b"), section("s", "a", "b"), arrow("a", "b", use="go"), arrow("s", "a", on="open"),
        task("t", start="b", start_record="x"),
    )  # fmt: skip
    changed = edits.remove_pages(start, {"b"})
    assert [found.id for found in changed.transitions] == ["s-open-a"]
    assert changed.sections[0].pages == ("a",)
    assert (changed.tasks[0].start, changed.tasks[0].start_record) == (None, "")
    assert edits.remove_pages(start, {"a"}).site.start is None


def test_a_title_is_trimmed_and_positions_are_set() -> None:
    assert edits.rename_page(shop(), "home", "  Start ").pages[0].title == "Start"
    moved = edits.move_pages(shop(), {"home": (10.0, 20.0)})
    assert (moved.pages[0].x, moved.pages[0].y) == (10.0, 20.0)
    assert edits.set_start(shop(), "item").site.start == "item"
    with pytest.raises(UnknownElementError):
        edits.set_start(shop(), "nowhere")


def test_a_page_moves_in_the_order_of_all_pages() -> None:
    three = flow(page("a"), page("b"), page("c"))
    assert [one.id for one in edits.move_page(three, "a", 2).pages] == ["b", "c", "a"]
