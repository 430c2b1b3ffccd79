"""New parts are ready to use: unique, named, and accepted by the file format."""

import pytest

from flow_models.document.blocks import MODELS
from flow_models.document.edits import starts
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.tree import Slot
from flow_models.document.storage import dumps, loads
from flow_models.runtime.machine.base.kinds import FIELDS
from tests.flow_models.builders import shop

KINDS = sorted(MODELS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_every_kind_can_be_put_on_a_page(kind: str) -> None:
    block = starts.new_block(shop(), kind)
    changed = insert_block(shop(), Slot("page", "home"), None, block)
    assert block.kind == kind
    assert loads(dumps(changed)) == changed


def test_fields_get_free_names() -> None:
    assert {kind for kind in KINDS if hasattr(starts.new_block(shop(), kind), "name")} == FIELDS
    assert getattr(starts.new_block(shop(), "money_field", frozenset({"amount"})), "name", "") == "amount_2"


def test_the_starter_has_a_start_page_at_the_root() -> None:
    flow = starts.starter("My site")
    assert flow.site.start == flow.pages[0].id
    assert (flow.pages[0].path, flow.title, flow.site.name) == ("/", "My site", "My site")
    assert loads(dumps(flow)) == flow


def test_new_parts_have_names_of_their_own() -> None:
    flow = shop()
    assert starts.new_page(flow, "Home").title == "Home 2"
    assert starts.new_page(flow, "Home").path == "/home-2"
    assert starts.new_page(flow, kind="dialog").path == ""
    assert starts.new_table(flow, "Items").name == "items_2"
    assert starts.new_variable(flow, "Count").name == "count_2"
    assert starts.new_column(flow.tables[0], "Price").name == "price_2"
    assert starts.new_task(flow, "Buy item").name == "buy-item-2"
    assert starts.new_parameter(flow.tasks[0], "Note").name == "note_2"
    assert starts.new_section(flow).colour in starts.COLOURS
