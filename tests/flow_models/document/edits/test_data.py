"""Tables, columns, rows and variables come and go with what names them by id."""

import pytest

from flow_models.document.edits import data as edits
from flow_models.document.errors import UnknownElementError
from tests.flow_models.builders import clears, shop, table, variable


def test_a_cell_is_set_and_emptied_in_column_order() -> None:
    changed = edits.set_cell(shop(), "items", "items_1", "items_label", "Sofa")
    assert changed.tables[0].rows[0].values == {"items_label": "Sofa", "items_price": "20.00"}
    emptied = edits.set_cell(changed, "items", "items_1", "items_label", None)
    assert list(emptied.tables[0].rows[0].values) == ["items_price"]
    again = edits.set_cell(emptied, "items", "items_1", "items_label", "Lamp")
    assert list(again.tables[0].rows[0].values) == ["items_label", "items_price"]


def test_removing_a_table_frees_everything_that_names_it() -> None:
    changed = edits.remove_table(shop(), "items")
    assert changed.pages_by_id["item"].record is None
    assert changed.pages_by_id["home"].blocks_by_id["list"].table is None  # type: ignore[union-attr]
    assert changed.tables[0].columns[0].type.table is None
    assert changed.tasks[0].parameters[0].type.table is None


def test_removing_a_table_removes_effects_and_expectations_on_it() -> None:
    changed = edits.remove_table(shop(), "orders")
    assert [effect.kind for effect in changed.transitions_by_id["item-buy-done"].do] == ["set"]
    assert changed.tasks[0].success.changes == ()


def test_removing_a_column_removes_its_cells_and_values() -> None:
    changed = edits.remove_column(shop(), "orders", "orders_note")
    assert list(changed.transitions_by_id["item-buy-done"].do[0].values) == ["orders_item"]  # type: ignore[union-attr]
    assert list(changed.tasks[0].success.changes[0].values) == ["orders_item"]
    without_price = edits.remove_column(shop(), "items", "items_price")
    assert without_price.tables[0].rows[0].values == {"items_label": "Lamp"}


def test_removing_a_variable_removes_its_effects() -> None:
    start = shop()
    buy = start.transitions_by_id["item-buy-done"]
    start = start.rebuilt(transitions=(buy.rebuilt(do=(*buy.do, clears("count"))),))
    changed = edits.remove_variable(start, "count")
    assert changed.variables == ()
    assert [effect.kind for effect in changed.transitions[0].do] == ["add"]


def test_rows_columns_and_tables_are_reordered() -> None:
    assert edits.move_row(shop(), "items", "items_3", 0).tables[0].rows[0].id == "items_3"
    assert edits.move_column(shop(), "items", "items_price", 0).tables[0].columns[0].id == "items_price"
    assert edits.move_table(shop(), "orders", 0).tables[0].id == "orders"
    assert edits.remove_rows(shop(), "items", {"items_1", "items_2"}).tables[0].rows[0].id == "items_3"


def test_tables_and_variables_are_added_and_replaced() -> None:
    changed = edits.add_variable(edits.add_table(shop(), table("notes"), 0), variable("name"))
    assert (changed.tables[0].id, changed.variables[-1].id) == ("notes", "name")
    with pytest.raises(UnknownElementError):
        edits.replace_table(shop(), table("notes"))
