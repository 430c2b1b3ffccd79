"""A renamed thing keeps its meaning in every formula and text; names that would mislead are refused."""

from collections.abc import Callable

import pytest

from flow_models.document.edits import renames as edits
from flow_models.document.edits.blocks import move_block
from flow_models.document.edits.clip import duplicate_block
from flow_models.document.edits.parts import value_at
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.places import places
from flow_models.formulas import parse, parse_template
from tests.flow_models.builders import arrow, button, field, flow, form, page, section, shop, table, variable, words


def mistakes(flow_: Flow) -> list[object]:
    found: list[object] = []
    for place in places(flow_):
        parsed = parse_template(place.source, place.scope) if place.template else parse(place.source, place.scope)
        found += parsed.errors
    return found


RENAMES: list[Callable[[Flow], Flow]] = [
    lambda flow_: edits.rename_table(flow_, "items", "goods"),
    lambda flow_: edits.rename_column(flow_, "items", "items_label", "caption"),
    lambda flow_: edits.rename_variable(flow_, "count", "number_of_orders"),
    lambda flow_: edits.rename_parameter(flow_, "buy-item", "p_item", "thing"),
    lambda flow_: edits.rename_field(flow_, "f_note", "remark"),
]


@pytest.mark.parametrize("rename", RENAMES)
def test_every_formula_follows_a_renaming(rename: Callable[[Flow], Flow]) -> None:
    assert mistakes(shop()) == []
    changed = rename(shop())
    assert changed != shop()
    assert mistakes(changed) == []


def test_formulas_and_texts_hold_the_new_names() -> None:
    changed = shop()
    for rename in RENAMES:
        changed = rename(changed)
    assert value_at(changed, Element("block", "h_item", "text")) == "{record.caption}"
    assert value_at(changed, Element("block", "olist", "columns.0.text")) == "{item.caption}"
    assert value_at(changed, Element("block", "h_done", "text")) == "Thank you, order {number_of_orders} placed"
    assert value_at(changed, Element("transition", "item-buy-done", "do.0.values.orders_note")) == "field.remark"
    assert value_at(changed, Element("transition", "item-buy-done", "do.1.value")) == "number_of_orders + 1"
    assert value_at(changed, Element("task", "buy-item", "wordings.0")) == (
        "Order {task.thing.caption} with the note “{task.note}”."
    )


def test_a_field_of_the_same_name_elsewhere_keeps_its_name() -> None:
    start = flow(
        page("a", form("f", field("x"), button("send", submit=True)), words("w", "{field.x}")),
        page("b", field("x").rebuilt(id="other"), words("v", "{field.x}")),
        arrow("a", "b", use="send", when="field.x == 'x'"),
    )
    changed = edits.rename_field(start, "f_x", "y")
    assert value_at(changed, Element("block", "w", "text")) == "{field.y}"
    assert value_at(changed, Element("block", "v", "text")) == "{field.x}"
    assert changed.transitions[0].when == "field.y == 'x'"


def test_a_field_of_a_section_is_renamed_on_its_pages() -> None:
    start = flow(page("a", words("w", "{field.q}")), section("s", "a", header=(field("q"),)))
    changed = edits.rename_field(start, "f_q", "query")
    assert value_at(changed, Element("block", "w", "text")) == "{field.query}"


@pytest.mark.parametrize("name", ["Count", "2nd", "", "record", "not", "items", "count", "x" * 41])
def test_a_name_that_formulas_cannot_use_is_refused(name: str) -> None:
    with pytest.raises(EditError):
        edits.rename_table(shop(), "orders", name)


def test_a_name_that_captures_another_is_refused() -> None:
    start = flow(
        page("a", words("w", "{count(items, price == limit)}")),
        table("items", "price:money"),
        variable("limit", "money"),
    )
    with pytest.raises(EditError, match="mean something else"):
        edits.rename_column(start, "items", "items_price", "limit")
    assert edits.rename_column(start, "items", "items_price", "cost") != start


def test_a_task_has_a_slug_of_its_own() -> None:
    assert edits.rename_task(shop(), "buy-item", "order-item").tasks[0].name == "order-item"
    with pytest.raises(EditError):
        edits.rename_task(shop(), "buy-item", "Order item")


def test_a_copied_form_reads_its_own_fields() -> None:
    start = flow(
        page("a", form("f", field("x", required=True), button("send", submit=True, enabled_if="field.x != 'no'"))),
        arrow("a", use="send", when="field.x == 'x'"),
    )
    changed = duplicate_block(start, "f", Slot("page", "a"), 1)
    assert [block.name for block in changed.blocks_on("a") if block.kind == "text_field"] == ["x", "x_2"]
    assert [block.enabled_if for block in changed.blocks_on("a") if block.kind == "button"] == [
        "field.x != 'no'", "field.x_2 != 'no'",
    ]  # fmt: skip
    assert [found.when for found in changed.transitions] == ["field.x == 'x'", "field.x_2 == 'x'"]


def test_a_moved_form_reads_its_own_fields() -> None:
    start = flow(
        page("a", form("f", field("x"), button("send", submit=True))), page("b", field("x").rebuilt(id="other")),
        arrow("a", use="send", when="field.x == 'x'"),
    )  # fmt: skip
    changed = move_block(start, "f", Slot("page", "b"), None)
    assert (changed.transitions[0].source, changed.transitions[0].when) == ("b", "field.x_2 == 'x'")
