"""Any element is found and replaced by kind and id, and its fields by path."""

import pytest

from flow_models.document.blocks import Button
from flow_models.document.edits.parts import part_of, replace, value_at, with_value
from flow_models.document.elements import Element, ElementKind
from flow_models.document.errors import EditError, UnknownElementError
from tests.flow_models.builders import heading, shop


@pytest.mark.parametrize(
    ("kind", "element_id"),
    [
        ("page", "home"),
        ("transition", "home-choose-item"),
        ("table", "items"),
        ("column", "items_price"),
        ("row", "items_2"),
        ("variable", "count"),
        ("task", "buy-item"),
        ("parameter", "p_note"),
        ("block", "buy"),
    ],
)
def test_every_kind_of_element_is_found_and_replaced(kind: ElementKind, element_id: str) -> None:
    flow = shop()
    element = Element(kind, element_id)
    part = part_of(flow, element)
    field = "wordings" if kind == "task" else "values" if kind == "row" else "note" if kind == "transition" else "title"
    value: object = {"wordings": ("Other",), "values": {"items_label": "Other"}}.get(field, "Other")
    changed = with_value(flow, element._replace(field=field), value)
    assert part is not None
    assert getattr(part_of(changed, element), field) == value
    assert replace(changed, element, part) == flow


def test_untouched_parts_stay_the_same_objects() -> None:
    flow = shop()
    changed = with_value(flow, Element("block", "buy", "title"), "Buy now")
    assert changed.pages_by_id["home"] is flow.pages_by_id["home"]
    assert changed.tables is flow.tables or changed.tables[0] is flow.tables[0]


def test_a_path_leads_into_effects_and_their_values() -> None:
    flow = shop()
    element = Element("transition", "item-buy-done", "do.0.values.orders_note")
    assert value_at(flow, element) == "field.note"
    assert value_at(with_value(flow, element, "'x'"), element) == "'x'"
    assert value_at(flow, Element("transition", "item-buy-done", "do.1.value")) == "count + 1"


def test_a_value_that_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(EditError, match="This does not fit"):
        with_value(shop(), Element("task", "buy-item", "max_steps"), 0)


def test_an_unknown_element_is_named() -> None:
    with pytest.raises(UnknownElementError, match="no page “nowhere”"):
        with_value(shop(), Element("page", "nowhere", "title"), "x")
    with pytest.raises(UnknownElementError):
        value_at(shop(), Element("transition", "item-buy-done", "do.7.value"))


def test_another_block_may_take_the_place_but_not_the_id() -> None:
    flow = shop()
    assert part_of(replace(flow, Element("block", "back"), Button(id="back")), Element("block", "back")) == Button(
        id="back"
    )
    with pytest.raises(EditError):
        replace(flow, Element("block", "back"), heading("other"))
