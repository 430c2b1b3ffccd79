"""Renaming in place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.renaming import TitleEdit
from app.canvas.view import CanvasPanel
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand


def edit_of(panel: CanvasPanel) -> TitleEdit:
    found = [edit for edit in panel.view.viewport().findChildren(TitleEdit) if edit.isVisible()]
    assert len(found) == 1
    return found[0]


def test_f2_and_enter_rename_a_page(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(edit_of(panel), "Front page")
    QTest.keyClick(edit_of(panel), Qt.Key.Key_Return)
    assert panel.board.flow.pages[0].title == "Front page"
    assert panel.scene.cards["home"].card.face.title == "Front page"
    assert panel.board.session.undo_stack.undoText() == "Rename Home to Front page"
    assert panel.view.hasFocus()


@pytest.mark.parametrize("page", ["home", "checkout", "done"])
@pytest.mark.parametrize("title", ["", "Last page"])
def test_enter_in_a_name_keeps_the_page_selected(panel: CanvasPanel, hand: Hand, title: str, page: str) -> None:
    hand.click(hand.card(page))
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(edit_of(panel), title)
    QTest.keyClick(edit_of(panel), Qt.Key.Key_Return)
    assert panel.board.selection.elements == (Element("page", page),)
    assert panel.view.hasFocus()


def test_a_double_click_on_the_title_renames_and_escape_does_not(panel: CanvasPanel, hand: Hand) -> None:
    hand.double_click(hand.card("home", 60, 16))
    QTest.keyClicks(edit_of(panel), "Other")
    QTest.keyClick(edit_of(panel), Qt.Key.Key_Escape)
    assert panel.board.session.undo_stack.count() == 0


def test_a_click_elsewhere_keeps_what_was_typed(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("page", "home"))
    panel.actions_by_name["rename"].trigger()
    QTest.keyClicks(edit_of(panel), "Shop window")
    panel.view.setFocus()
    assert panel.board.flow.pages[0].title == "Shop window"


def test_an_unchanged_title_is_no_edit(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_F2)
    QTest.keyClick(edit_of(panel), Qt.Key.Key_Return)
    assert panel.board.session.undo_stack.count() == 0


def test_a_section_is_renamed_on_its_frame(panel: CanvasPanel, hand: Hand) -> None:
    bar = panel.board.layout.frames["buying"].bar
    hand.double_click((bar.right - 40, bar.y + 10))
    QTest.keyClicks(edit_of(panel), "Ordering")
    QTest.keyClick(edit_of(panel), Qt.Key.Key_Return)
    assert panel.board.flow.sections[0].title == "Ordering"


def test_keys_that_are_shortcuts_elsewhere_are_typed_into_the_title(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_F2)
    edit = edit_of(panel)
    QTest.keyClick(edit, Qt.Key.Key_End)
    QTest.keyClicks(edit, "!")
    QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert [page.title for page in panel.board.flow.pages] == ["ome!", "Checkout", "Done"]
