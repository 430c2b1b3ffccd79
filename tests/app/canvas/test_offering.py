"""Offering new pages: where an arrow was dropped, on empty canvas, and beside what is selected."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.canvas.view import CanvasPanel
from flow_models.document.behaviour import Page, Transition, UseTrigger
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand, popup


def newest(panel: CanvasPanel) -> Transition:
    return panel.board.flow.transitions[-1]


def choose(panel: CanvasPanel, kind: str) -> Page:
    """Choose a kind in the open menu and return the page that it made."""
    menu = popup()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.data() == kind).trigger()
    menu.close()
    return panel.board.flow.pages[-1]


def test_an_arrow_dropped_on_empty_canvas_offers_a_page_there(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag(hand.port("checkout", "order"), (760.0, 320.0))
    menu = popup()
    assert isinstance(menu, QMenu)
    offered = [action for action in menu.actions() if action.data()]
    assert offered[0].data() == "confirmation"
    offered[0].trigger()
    menu.close()
    made = panel.board.flow.pages[-1]
    assert (made.x, made.y, made.title) == (750, 300, "Done 2")
    assert (newest(panel).to, newest(panel).on) == (made.id, UseTrigger(block="order"))
    assert panel.board.session.undo_stack.count() == 1


def test_a_closed_offer_adds_nothing(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag(hand.port("checkout", "order"), (760.0, 320.0))
    QTest.keyClick(popup(), Qt.Key.Key_Escape)
    assert len(panel.board.flow.pages) == 3
    assert QApplication.activePopupWidget() is None


def test_the_plus_of_a_dead_end_offers_a_page(panel: CanvasPanel, hand: Hand) -> None:
    card = panel.scene.cards["done"]
    plus = card.pos() + card.plus()
    hand.click((plus.x(), plus.y()))
    menu = popup()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.data() == "page").trigger()
    menu.close()
    assert newest(panel).source == "done"
    assert panel.scene.cards["done"].card.face.has_way_out


def test_a_double_click_on_empty_canvas_offers_a_page_under_the_pointer(panel: CanvasPanel, hand: Hand) -> None:
    hand.double_click((760.0, 322.0))
    made = choose(panel, "list")
    assert (made.x, made.y) == (650, 300)
    assert panel.board.selection.elements == (Element("page", made.id),)
    assert panel.board.session.undo_stack.undoText() == "Add page"


def test_the_command_offers_a_page_beside_the_selected_one(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "home"))
    home = panel.board.layout.cards["home"].rect
    panel.actions_by_name["new_page"].trigger()
    made = choose(panel, "page")
    assert made.x > home.x
    assert not panel.board.layout.cards[made.id].rect.touches(home)
