"""Commands: delete, duplicate, copy and paste, group, start, tidy, and when they are offered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.canvas.page_kinds import PAGE_KINDS
from app.canvas.picking import NewPage
from app.canvas.view import CanvasPanel
from app.drawing.strokes import qrect
from flow_models.document.edits import pages
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand, popup

CONTROL = Qt.KeyboardModifier.ControlModifier


def titles(panel: CanvasPanel) -> list[str]:
    return [page.title for page in panel.board.flow.pages]


def test_delete_removes_pages_with_their_arrows_in_one_step(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("checkout"))
    hand.key(Qt.Key.Key_Delete)
    assert titles(panel) == ["Home", "Done"]
    assert [arrow.id for arrow in panel.board.flow.transitions] == ["t_nav"]
    assert set(panel.scene.cards) == {"home", "done"}
    assert set(panel.scene.arrows) == {"t_nav"}
    assert panel.board.session.undo_stack.undoText() == "Delete Checkout"
    panel.board.session.undo()
    assert set(panel.scene.arrows) == {"t_go", "t_order", "t_again", "t_nav"}


def test_delete_removes_an_arrow_and_a_section_keeps_its_pages(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("transition", "t_go"), Element("section", "buying"))
    hand.key(Qt.Key.Key_Delete)
    assert [arrow.id for arrow in panel.board.flow.transitions] == ["t_order", "t_again"]
    assert (panel.scene.frames, len(panel.scene.cards)) == ({}, 3)


def test_duplicates_are_selected_and_lie_beside(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_D, CONTROL)
    copy = panel.board.flow.pages[-1]
    assert copy.title == "Home 2"
    assert panel.board.selection.elements == (Element("page", copy.id),)
    assert (copy.x, copy.y) != (0, 0)


def test_pages_are_copied_and_pasted_with_the_arrows_between_them(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("page", "home"), Element("page", "checkout"))
    hand.key(Qt.Key.Key_C, CONTROL)
    hand.key(Qt.Key.Key_V, CONTROL)
    pasted = panel.board.flow.pages[-2:]
    between = [arrow for arrow in panel.board.flow.transitions if arrow.source == pasted[0].id]
    assert [arrow.to for arrow in between] == [pasted[1].id]


def test_foreign_text_on_the_clipboard_pastes_nothing(panel: CanvasPanel, hand: Hand) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("just words")
    hand.key(Qt.Key.Key_V, CONTROL)
    assert panel.board.session.undo_stack.count() == 0


def test_cut_copies_and_deletes(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("done"))
    hand.key(Qt.Key.Key_X, CONTROL)
    assert titles(panel) == ["Home", "Checkout"]
    hand.key(Qt.Key.Key_V, CONTROL)
    assert titles(panel) == ["Home", "Checkout", "Done"]


def test_selected_pages_become_a_section_with_a_frame(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("done"))
    hand.key(Qt.Key.Key_G, CONTROL)
    made = panel.board.flow.sections[-1]
    assert made.pages == ("done",)
    assert made.id in panel.scene.frames


def test_another_page_becomes_the_start(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "home"))
    assert not panel.actions_by_name["start"].isEnabled()
    panel.board.selection.select(Element("page", "done"))
    panel.actions_by_name["start"].trigger()
    assert panel.board.flow.site.start == "done"
    assert panel.scene.cards["done"].card.face.is_start


def test_tidying_up_is_one_step_that_can_be_undone(panel: CanvasPanel) -> None:
    before = [(page.x, page.y) for page in panel.board.flow.pages]
    panel.board.selection.clear()
    panel.actions_by_name["tidy"].trigger()
    assert [(page.x, page.y) for page in panel.board.flow.pages] != before
    panel.board.session.undo()
    assert [(page.x, page.y) for page in panel.board.flow.pages] == before


def test_after_tidying_up_everything_is_in_view(panel: CanvasPanel) -> None:
    panel.view.centerOn(-2000, -2000)
    panel.board.selection.clear()
    panel.actions_by_name["tidy"].trigger()
    assert panel.view.seen().contains(qrect(panel.board.layout.bounds))


def test_tidying_up_a_selection_lays_it_on_nothing_and_shows_it_whole(panel: CanvasPanel) -> None:
    board = panel.board
    board.session.edit(pages.move_pages(board.flow, {"home": (690.0, 10.0), "checkout": (700.0, 20.0)}), "Pile")
    panel.view.centerOn(-2000, -2000)
    board.selection.select(Element("section", "buying"))
    panel.actions_by_name["tidy"].trigger()
    rects = [card.rect for card in board.layout.cards.values()]
    assert not any(one.touches(other) for one in rects for other in rects if one is not other)
    assert (board.flow.pages_by_id["done"].x, board.flow.pages_by_id["done"].y) == (680.0, 0.0)
    assert all(panel.view.seen().contains(qrect(board.layout.cards[page].rect)) for page in ("home", "checkout"))


def test_commands_that_need_a_selection_are_off_without_one(panel: CanvasPanel) -> None:
    off = {name for name, action in panel.actions_by_name.items() if not action.isEnabled()}
    assert off == {
        "rename", "connect", "test", "start", "delete", "duplicate", "copy", "cut", "group", "zoom_selection",
        "follow", "back", "next_arrow", "previous_arrow",
    }  # fmt: skip


def test_test_from_here_names_the_page(panel: CanvasPanel, qtbot: QtBot) -> None:
    panel.board.selection.select(Element("page", "checkout"))
    with qtbot.waitSignal(panel.test_requested) as asked:
        panel.actions_by_name["test"].trigger()
    assert asked.args == ["checkout"]


def test_the_context_menu_holds_only_what_is_elsewhere_too(panel: CanvasPanel, hand: Hand) -> None:
    place = hand.at(*hand.card("done"))
    # Pressed and let go: a button that stays down is down for every test that comes after.
    QTest.mouseClick(hand.viewport, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place)
    menu = panel.commands.menu()
    known = set(panel.actions_by_name.values())
    assert all(action in known or action.isSeparator() for action in menu.actions())
    menu.deleteLater()


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_each_kind_of_new_page_comes_ready_to_use(panel: CanvasPanel, kind: str) -> None:
    panel.actions_by_name["new_page"].trigger()
    offer = popup()
    assert isinstance(offer, NewPage)
    offer.pick(kind)
    QTest.keyClick(offer.name, Qt.Key.Key_Return)
    made = panel.board.flow.pages[-1]
    assert made.title
    assert panel.board.selection.elements == (Element("page", made.id),)
    assert not any(
        panel.board.layout.cards[made.id].rect.touches(card.rect)
        for page, card in panel.board.layout.cards.items()
        if page != made.id
    )
