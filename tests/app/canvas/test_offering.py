"""Offering new pages: where an arrow was dropped, on empty canvas, and beside what is selected."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.picking import NewPage
from app.canvas.view import CanvasPanel
from flow_models.document.behaviour import Page, Transition, UseTrigger
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand, popup

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def newest(panel: CanvasPanel) -> Transition:
    return panel.board.flow.transitions[-1]


def offer() -> NewPage:
    found = popup()
    assert isinstance(found, NewPage)
    return found


def kind_chosen() -> str:
    return str(offer().list.currentItem().data(Qt.ItemDataRole.UserRole))


def take(panel: CanvasPanel, name: str = "") -> Page:
    """Type a name, press Enter, and return the page that this made."""
    QTest.keyClicks(offer().name, name)
    QTest.keyClick(offer().name, Qt.Key.Key_Return)
    return panel.board.flow.pages[-1]


def test_an_arrow_dropped_on_empty_canvas_offers_a_page_there(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag(hand.port("checkout", "order"), (760.0, 320.0))
    assert kind_chosen() == "confirmation"
    made = take(panel)
    assert (made.x, made.y, made.title) == (750, 300, "Done 2")
    assert (newest(panel).to, newest(panel).on) == (made.id, UseTrigger(block="order"))
    assert panel.board.session.undo_stack.count() == 1
    assert panel.board.session.undo_stack.undoText() == "Add Done 2 after Checkout"


@pytest.mark.parametrize("typed", ["", "Half a na"])
def test_a_closed_offer_adds_nothing(panel: CanvasPanel, hand: Hand, typed: str) -> None:
    hand.drag(hand.port("checkout", "order"), (760.0, 320.0))
    QTest.keyClicks(offer().name, typed)
    QTest.keyClick(offer().name, Qt.Key.Key_Escape)
    assert len(panel.board.flow.pages) == 3
    assert QApplication.activePopupWidget() is None


def test_the_plus_of_a_dead_end_offers_a_page(panel: CanvasPanel, hand: Hand) -> None:
    card = panel.scene.cards["done"]
    plus = card.pos() + card.plus()
    hand.click((plus.x(), plus.y()))
    take(panel)
    assert newest(panel).source == "done"
    assert panel.scene.cards["done"].card.face.has_way_out


def test_a_double_click_on_empty_canvas_offers_a_page_under_the_pointer(panel: CanvasPanel, hand: Hand) -> None:
    hand.double_click((760.0, 322.0))
    for _ in range(2):
        QTest.keyClick(offer().name, Qt.Key.Key_Down)
    assert kind_chosen() == "list"
    made = take(panel)
    assert (made.x, made.y) == (650, 300)
    assert panel.board.selection.elements == (Element("page", made.id),)
    assert panel.board.session.undo_stack.undoText() == "Add List"


def test_a_name_typed_right_after_new_page_is_its_name(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_P, CONTROL | SHIFT)
    made = take(panel, "Front of house")
    assert (made.title, made.path) == ("Front of house", "/front-of-house")
    assert panel.board.selection.elements == (Element("page", made.id),)
    assert panel.view.hasFocus()
    assert panel.board.session.undo_stack.undoText() == "Add Front of house"


def test_a_click_elsewhere_loses_no_name(panel: CanvasPanel, hand: Hand) -> None:
    hand.key(Qt.Key.Key_P, CONTROL | SHIFT)
    QTest.keyClicks(offer().name, "Archive")
    offer().close()
    assert panel.board.flow.pages[-1].title == "Archive"


@pytest.mark.parametrize(
    ("name", "kind", "blocks"),
    [
        ("Sign in", "sign_in", ["heading", "form", "text_field", "text_field", "button"]),
        ("Checkout", "checkout", ["heading", "form", "text_field", "text_field", "text_field", "button"]),
        ("Books", "list", ["heading", "list"]),
        ("Confirmation", "confirmation", ["heading", "notice", "button"]),
    ],
)
def test_a_new_page_gets_what_its_name_promises_as_one_step(
    panel: CanvasPanel, hand: Hand, name: str, kind: str, blocks: list[str]
) -> None:
    before = panel.board.flow
    hand.key(Qt.Key.Key_P, CONTROL | SHIFT)
    QTest.keyClicks(offer().name, name)
    assert kind_chosen() == kind
    made = take(panel)
    assert [block.kind for block in made.blocks_by_id.values()] == blocks
    panel.board.session.undo()
    assert panel.board.flow == before


def test_a_kind_that_was_chosen_stays_whatever_the_name_says(panel: CanvasPanel, hand: Hand) -> None:
    hand.key(Qt.Key.Key_P, CONTROL | SHIFT)
    QTest.keyClick(offer().name, Qt.Key.Key_Down)
    made = take(panel, "Books")
    assert [block.kind for block in made.blocks] == ["heading", "form"]


def test_a_page_that_nobody_filled_gets_what_its_new_name_promises_and_no_other(panel: CanvasPanel, hand: Hand) -> None:
    hand.key(Qt.Key.Key_P, CONTROL | SHIFT)
    made = take(panel)
    for name, blocks in (("Sign in", ["heading", "form"]), ("Books", ["heading", "form"])):
        hand.key(Qt.Key.Key_F2)
        edit = panel.view.focusWidget()
        QTest.keyClicks(edit, name)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        now = panel.board.flow.pages_by_id[made.id]
        assert (now.title, [block.kind for block in now.blocks]) == (name, blocks)
    panel.board.session.undo()
    panel.board.session.undo()
    assert panel.board.flow.pages_by_id[made.id] == made


def test_the_command_offers_a_page_beside_the_selected_one(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "home"))
    home = panel.board.layout.cards["home"].rect
    panel.actions_by_name["new_page"].trigger()
    made = take(panel)
    assert abs(made.x - home.x) + abs(made.y - home.y) < 700
    assert not panel.board.layout.cards[made.id].rect.touches(home)
