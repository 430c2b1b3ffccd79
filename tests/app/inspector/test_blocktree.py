"""The tree of blocks: added, dragged, moved, duplicated and deleted with pointer and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from app.blocks.palette import BlockPalette
from app.inspector.blocktree import BlockTree
from app.inspector.editors.plain import PickEditor
from app.inspector.panel import InspectorPanel
from app.words.palette import PALETTE
from flow_models.document.blocks import MODELS, AnyBlock, FoldOut, Menu, Tab, Tabs
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.parts import value_at, with_value
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from tests.app.inspector.conftest import BANK, field, flow_of, pick, select


def test_blocks_are_added_moved_duplicated_and_deleted_with_the_keyboard(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    tree.insert("text")
    tree = panel.tree()
    assert tree is not None
    made = flow_of(panel).pages_by_id["p_accounts"].blocks[-1]
    assert (made.kind, tree.block_id()) == ("text", made.id)
    tree.tree.setFocus()
    QTest.keyClick(tree.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert flow_of(panel).pages_by_id["p_accounts"].blocks[-2].id == made.id
    QTest.keyClick(tree.tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [block.kind for block in flow_of(panel).pages_by_id["p_accounts"].blocks].count("text") == 3
    current = panel.tree()
    assert current is not None
    QTest.keyClick(current.tree, Qt.Key.Key_Delete)
    assert [block.kind for block in flow_of(panel).pages_by_id["p_accounts"].blocks].count("text") == 2


def drag(tree: BlockTree, start: QPoint, end: QPoint, *, give_up: bool = False) -> None:
    """Drag inside the tree with the pointer."""
    port = tree.tree.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in (QPoint(0, 12), end - start):
        QTest.mouseMove(port, start + step)
    if give_up:
        QTest.keyClick(tree.tree, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize("give_up", [False, True])
def test_a_block_is_dragged_above_another_and_escape_gives_up(panel: InspectorPanel, give_up: bool) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    before = [block.id for block in flow_of(panel).pages_by_id["p_accounts"].blocks]
    last, first = tree.tree.topLevelItem(len(before) - 1), tree.tree.topLevelItem(0)
    assert last is not None
    assert first is not None
    end = tree.tree.visualItemRect(first).topLeft() + QPoint(30, 1)
    drag(tree, tree.tree.visualItemRect(last).center(), end, give_up=give_up)
    after = [block.id for block in flow_of(panel).pages_by_id["p_accounts"].blocks]
    assert after == (before if give_up else [before[-1], *before[:-1]])


def test_clicking_a_block_shows_its_form(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    item = tree.tree.topLevelItem(0)
    assert item is not None
    QTest.mouseClick(tree.tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.tree.visualItemRect(item).center())
    block = BANK.pages_by_id["p_accounts"].blocks[0]
    assert panel.shared.selection.current == Element("block", block.id)
    assert panel.row(Element("block", block.id, "text"))


def test_a_list_without_columns_gets_those_of_its_table(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    tree.insert("list")
    made = panel.shared.selection.current
    assert made is not None
    bare = with_value(flow_of(panel), made._replace(field="columns"), ())
    panel.shared.session.edit(bare, "Take columns away")
    editor = field(panel, made, "table").editor
    assert isinstance(editor, PickEditor)
    pick(editor.box, "Payees")
    titles = [column.title for column in BANK.tables_by_id["t_payees"].columns]
    assert [column.title for column in value_at(flow_of(panel), made).columns] == titles  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [kind for group in PALETTE.values() for kind in group])
def test_every_kind_of_block_is_added_from_the_palette_and_shown(panel: InspectorPanel, kind: str) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    QTest.mouseClick(tree.add, Qt.MouseButton.LeftButton)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, BlockPalette)
    place = palette.grid.tile_of(kind)
    palette.grid.scrollTo(palette.grid.indexAt(place.center()))
    QTest.mouseClick(palette.grid.viewport(), Qt.MouseButton.LeftButton, pos=palette.grid.tile_of(kind).center())
    assert flow_of(panel).pages_by_id["p_accounts"].blocks[-1].kind == kind
    assert panel.shared.selection.current == Element("block", flow_of(panel).pages_by_id["p_accounts"].blocks[-1].id)
    assert panel.rows()


def test_the_palette_offers_every_kind_of_block() -> None:
    offered = [kind for group in PALETTE.values() for kind in group]
    assert sorted(offered) == sorted(MODELS)


def line(tree: BlockTree, words: str) -> QTreeWidgetItem:
    """Return the line of the tree with these words."""
    return next(item for item in tree.tree.all_items() if item.text(0) == words)


@pytest.mark.parametrize(
    ("holder", "words", "place"),
    [
        (FoldOut(id="b_new", title="More"), "More", "blocks"),
        (Tabs(id="b_new", tabs=(Tab(title="First"), Tab(title="Second"))), "Second", "tabs.1.blocks"),
    ],
)
def test_a_block_is_dragged_into_a_fold_out_and_behind_a_tab(
    panel: InspectorPanel, holder: AnyBlock, words: str, place: str
) -> None:
    panel.shared.session.edit(insert_block(BANK, Slot("page", "p_accounts"), 0, holder), "Add holder")
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    moved = flow_of(panel).pages_by_id["p_accounts"].blocks[-1]
    last = tree.tree.topLevelItem(tree.tree.topLevelItemCount() - 1)
    assert last is not None
    boxes = [tree.tree.visualItemRect(item).center() for item in (last, line(tree, words))]
    drag(tree, boxes[0], boxes[1])
    assert value_at(flow_of(panel), Element("block", "b_new", place)) == (moved,)


def test_a_menu_takes_links_and_refuses_other_blocks(panel: InspectorPanel) -> None:
    panel.shared.session.edit(insert_block(BANK, Slot("page", "p_accounts"), 0, Menu(id="b_new", title="More")), "Add")
    select(panel, "block", "b_new")
    tree = panel.tree()
    assert tree is not None
    tree.insert("link")
    assert len(value_at(flow_of(panel), Element("block", "b_new", "items"))) == 1  # type: ignore[arg-type]
    select(panel, "block", "b_new")
    tree.insert("heading")
    assert len(value_at(flow_of(panel), Element("block", "b_new", "items"))) == 1  # type: ignore[arg-type]
