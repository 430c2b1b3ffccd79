"""A delta leads from one flow to another, and holds no more than what differs."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from flow_models.document.delta import apply, delta
from flow_models.document.edits.blocks import remove_blocks
from flow_models.document.edits.data import set_cell
from flow_models.document.edits.pages import add_page, remove_pages, rename_page
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.storage import dumps, loads
from tests.flow_models.builders import heading, page, shop

EDITS: dict[str, Callable[[Flow], Flow]] = {
    "a block": lambda flow: with_value(flow, Element("block", "buy", "title"), "Now"),
    "a cell": lambda flow: set_cell(flow, "items", "items_1", "items_label", "X"),
    "a new page": lambda flow: add_page(flow, page("new", heading("new_heading"))),
    "a removed page": lambda flow: remove_pages(flow, {"done"}),
    "a removed block": lambda flow: remove_blocks(flow, ["buy"]),
    "the order": lambda flow: flow.rebuilt(pages=tuple(reversed(flow.pages))),
    "the site": lambda flow: with_value(flow, Element("site", "", "name"), "X"),
    "the title": lambda flow: flow.rebuilt(title="Corner shop"),
    "no pages": lambda flow: flow.rebuilt(pages=(), transitions=(), sections=()),
}


def led(start: Flow, change: dict[str, Any]) -> Flow:
    document = json.loads(dumps(start))
    apply(document, json.loads(json.dumps(change)))
    return loads(json.dumps(document))


@pytest.mark.parametrize("edit", EDITS)
def test_it_leads_there_and_back(edit: str) -> None:
    before, after = shop(), EDITS[edit](shop())
    assert after != before
    assert led(before, delta(before, after)) == after
    assert led(after, delta(after, before)) == before


def test_a_flow_differs_from_itself_in_nothing() -> None:
    assert delta(shop(), shop()) == {}


def test_a_changed_block_costs_its_page_and_no_more() -> None:
    before = shop()
    change = delta(before, EDITS["a block"](before))
    assert set(change) == {"parts"}
    assert set(change["parts"]) == {"pages"}
    assert set(change["parts"]["pages"]["put"]) == {"item"}
    assert "order" not in change["parts"]["pages"]


def test_a_field_that_is_at_its_default_again_is_unset() -> None:
    titled = shop().rebuilt(title="Corner shop")
    assert delta(titled, titled.rebuilt(title="")) == {"unset": ["title"]}


def test_a_delta_of_another_flow_is_refused() -> None:
    before = shop()
    change = delta(before, before.rebuilt(pages=tuple(reversed(before.pages))))
    with pytest.raises(KeyError):
        led(Flow(id="other"), change)


def test_of_a_thousand_pages_only_the_changed_one_is_written() -> None:
    start = Flow(id="f", pages=tuple(page(f"p{number}") for number in range(1000)))
    change = delta(start, rename_page(start, "p500", "Other"))
    assert set(change["parts"]["pages"]["put"]) == {"p500"}
