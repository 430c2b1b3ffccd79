"""The forms of blocks that unfold, turn, offer or show: what they ask, and what their buttons do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.inspector.editors.plain import PickEditor, TextsEditor, ToggleEditor, WholeEditor
from app.inspector.form import FoldWidget
from app.inspector.panel import InspectorPanel
from flow_models.document.blocks import MODELS, AnyBlock, FoldOut, Image, ListBlock, Pagination, Steps, Tabs
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.parts import value_at, with_value
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, FileField, Slider, SuggestField
from flow_models.document.holding import fields_of
from tests.app.inspector.conftest import BANK, button, field, flow_of, pick, select

AT = Element("block", "b_new")


ALWAYS = {"slider": frozenset({"required"})}
"""Fields that make no difference to a kind: what always has a value need not be required."""


def shown(panel: InspectorPanel, *blocks: AnyBlock) -> None:
    """Put blocks on a page and show the form of the first."""
    flow = BANK
    for block in blocks:
        flow = insert_block(flow, Slot("page", "p_accounts"), None, block)
    panel.shared.session.edit(flow, "Add blocks")
    select(panel, "block", blocks[0].id)


def paths(panel: InspectorPanel) -> set[str]:
    """Return the fields of the form."""
    return {row.row.at.field for row in panel.rows() if row.row.at.id == AT.id}


@pytest.mark.parametrize(
    ("block", "asked"),
    [
        (SuggestField(id=AT.id, name="to", table="t_payees"), {"table", "where", "sort", "label", "limit"}),
        (ChoiceGrid(id=AT.id, name="seat", table="t_payees"), {"table", "where", "line", "label", "free_if"}),
        (Slider(id=AT.id, name="bags"), {"minimum", "maximum", "step", "initial"}),
        (FileField(id=AT.id, name="photo"), {"files", "required"}),
        (Image(id=AT.id), {"picture", "text"}),
        (FoldOut(id=AT.id), {"title", "is_open"}),
    ],
)
def test_a_form_asks_what_its_kind_of_block_needs(panel: InspectorPanel, block: AnyBlock, asked: set[str]) -> None:
    shown(panel, block)
    assert asked <= paths(panel)


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_form_asks_for_every_plain_field_of_its_kind(panel: InspectorPanel, kind: str) -> None:
    block = new_block(BANK, kind).rebuilt(id=AT.id)
    shown(panel, block)
    asked = paths(panel)
    if isinstance(block, ChoiceField):
        # Fixed choices and rows of a table are asked for in turn.
        panel.shared.session.edit(with_value(flow_of(panel), AT._replace(field="table"), "t_payees"), "Take rows")
        asked |= paths(panel)
    holding = {name for name, _ in fields_of(type(block)) if name not in ("table", "list")}
    assert set(type(block).model_fields) - {"kind", *holding} - ALWAYS.get(kind, frozenset()) <= asked


def test_a_formula_of_a_choice_grid_may_name_the_columns_of_its_table(panel: InspectorPanel) -> None:
    shown(panel, ChoiceGrid(id=AT.id, name="seat", table="t_payees"))
    place = panel.shared.place(AT._replace(field="free_if"))
    assert place is not None
    assert place.scope.row == BANK.tables_by_id["t_payees"].name


def test_a_slider_always_has_a_value_and_is_never_required(panel: InspectorPanel) -> None:
    shown(panel, Slider(id=AT.id, name="bags"))
    assert "required" not in paths(panel)
    editor = field(panel, AT, "maximum").editor
    assert isinstance(editor, WholeEditor)
    editor.box.setFocus()
    QTest.keyClick(editor.box, Qt.Key.Key_Up)
    assert value_at(flow_of(panel), AT._replace(field="maximum")) == 11


def test_a_pagination_is_told_which_list_of_its_page_it_turns(panel: InspectorPanel) -> None:
    shown(panel, Pagination(id=AT.id), ListBlock(id="b_list", title="Deals"))
    editor = field(panel, AT, "list").editor
    assert isinstance(editor, PickEditor)
    pick(editor.box, "Deals")
    assert value_at(flow_of(panel), AT._replace(field="list")) == "b_list"


def test_a_list_gets_what_turns_its_pages_in_one_step(panel: InspectorPanel) -> None:
    shown(panel, ListBlock(id=AT.id, title="Deals"))
    before = panel.shared.session.undo_stack.count()
    QTest.mouseClick(button(panel, ("turning", "list"), "+ Add pagination"), Qt.MouseButton.LeftButton)
    page = flow_of(panel).pages_by_id["p_accounts"]
    added = page.blocks[-1]
    assert isinstance(added, Pagination)
    assert (added.list, value_at(flow_of(panel), AT._replace(field="page_size"))) == (AT.id, 10)
    assert panel.shared.session.undo_stack.count() == before + 1
    fold = next(fold for fold in panel.findChildren(FoldWidget) if fold.node.key == ("turning", "list"))
    assert fold.node.actions == ()


def test_tabs_get_another_tab_with_a_title_of_its_own(panel: InspectorPanel) -> None:
    shown(panel, Tabs(id=AT.id))
    for _ in range(2):
        QTest.mouseClick(button(panel, ("tabs", AT.id), "+ Add tab"), Qt.MouseButton.LeftButton)
    tabs = value_at(flow_of(panel), AT)
    assert isinstance(tabs, Tabs)
    assert [tab.title for tab in tabs.tabs] == ["Tab 1", "Tab 2"]


def test_steps_are_written_one_a_line(panel: InspectorPanel) -> None:
    shown(panel, Steps(id=AT.id))
    editor = field(panel, AT, "titles").editor
    assert isinstance(editor, TextsEditor)
    editor.area.setFocus()
    QTest.keyClicks(editor.area, "Search")
    QTest.keyClick(editor.area, Qt.Key.Key_Return)
    QTest.keyClicks(editor.area, "Pay")
    assert value_at(flow_of(panel), AT._replace(field="titles")) == ("Search", "Pay")


def test_a_fold_out_may_be_open_from_the_start(panel: InspectorPanel) -> None:
    shown(panel, FoldOut(id=AT.id, title="More"))
    editor = field(panel, AT, "is_open").editor
    assert isinstance(editor, ToggleEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert value_at(flow_of(panel), AT._replace(field="is_open")) is True
