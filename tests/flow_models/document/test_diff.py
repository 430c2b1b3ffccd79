"""A diff names what was added, changed and removed, and is quick where parts are shared."""

import time

from flow_models.document.diff import diff
from flow_models.document.edits.blocks import remove_blocks
from flow_models.document.edits.data import set_cell
from flow_models.document.edits.pages import add_page, remove_pages, rename_page
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flow_models.builders import heading, page, shop


def test_a_flow_differs_from_itself_in_nothing() -> None:
    assert not diff(shop(), shop())


def test_a_changed_block_is_named_with_its_page() -> None:
    found = diff(shop(), with_value(shop(), Element("block", "buy", "title"), "Now"))
    assert found.changed == {Element("block", "buy"), Element("block", "order"), Element("page", "item")}
    assert not found.added | found.removed


def test_a_new_page_does_not_change_the_flow_itself() -> None:
    found = diff(shop(), add_page(shop(), page("new", heading("new_heading"))))
    assert found.changed == set()
    assert found.added == {Element("page", "new"), Element("block", "new_heading")}


def test_a_removed_page_is_named_with_its_blocks_and_arrows() -> None:
    found = diff(shop(), remove_pages(shop(), {"done"}))
    assert Element("page", "done") in found.removed
    assert Element("block", "h_done") in found.removed
    assert Element("transition", "item-buy-done") in found.removed


def test_cells_sites_and_orders_are_noticed() -> None:
    start = shop()
    assert diff(start, set_cell(start, "items", "items_1", "items_label", "X")).changed == {
        Element("table", "items"), Element("row", "items_1"),
    }  # fmt: skip
    assert diff(start, with_value(start, Element("site", "", "name"), "X")).changed == {Element("site", "")}
    turned = start.rebuilt(pages=tuple(reversed(start.pages)))
    assert diff(start, turned).changed == {Element("flow", "flow")}
    assert Element("transition", "item-buy-done") in diff(start, remove_blocks(start, ["buy"])).removed


def test_an_edit_in_a_thousand_pages_is_found_in_a_few_milliseconds() -> None:
    start = Flow(id="f", pages=tuple(page(f"p{number}") for number in range(1000)))
    changed = rename_page(start, "p500", "Other")
    began = time.perf_counter()
    assert diff(start, changed).changed == {Element("page", "p500")}
    assert time.perf_counter() - began < 0.05
