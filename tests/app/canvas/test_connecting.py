"""Drawing arrows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget

from app.canvas.view import CanvasPanel
from flow_models.document.behaviour import Transition, UseTrigger
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand, popup


def newest(panel: CanvasPanel) -> Transition:
    return panel.board.flow.transitions[-1]


@pytest.mark.parametrize("part", ["port", "row"])
def test_a_drag_from_a_button_connects_it_to_another_card(panel: CanvasPanel, hand: Hand, part: str) -> None:
    x, y = hand.port("home", "go_home")
    start = (x, y) if part == "port" else (30.0, y)
    hand.hover(start)
    hand.drag(start, hand.card("done"))
    made = newest(panel)
    assert (made.source, made.on, made.to) == ("home", UseTrigger(block="go_home"), "done")
    assert panel.board.selection.elements == (Element("transition", made.id),)
    assert panel.board.session.undo_stack.undoText() == "Connect Home to Done"


def test_a_drag_from_the_handle_makes_a_button_named_after_the_target(panel: CanvasPanel, hand: Hand) -> None:
    hand.hover(hand.card("home"))
    card = panel.scene.cards["home"]
    handle = card.pos() + card.handle()
    hand.drag((handle.x(), handle.y()), hand.card("done"))
    button = panel.board.flow.pages[0].blocks[-1]
    assert getattr(button, "title", "") == "Done"
    assert newest(panel).on == UseTrigger(block=button.id)
    assert panel.board.session.undo_stack.count() == 1


def test_a_button_dropped_on_its_own_card_stays(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag(hand.port("home", "go_home"), hand.card("home"))
    assert newest(panel).to == "stay"


def test_the_card_under_the_pointer_is_lit_and_escape_forgets_the_arrow(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.port("home", "go_home")
    hand.press(start)
    hand.pull(start, hand.card("done"))
    assert [page for page, card in panel.scene.cards.items() if card.is_target] == ["done"]
    hand.key(Qt.Key.Key_Escape)
    hand.release(hand.card("done"))
    assert not any(card.is_target for card in panel.scene.cards.values())
    assert len(panel.board.flow.transitions) == 4


def test_the_head_of_an_arrow_is_led_to_another_page(panel: CanvasPanel, hand: Hand) -> None:
    end = panel.board.layout.arrows["t_order"].curve[-1]
    hand.drag((end.x - 8, end.y), hand.card("home"))
    assert panel.board.flow.transitions_by_id["t_order"].to == "home"
    assert panel.board.session.undo_stack.undoText() == "Lead Order → Done to Home"


def test_the_head_of_an_arrow_dropped_nowhere_stays(panel: CanvasPanel, hand: Hand) -> None:
    end = panel.board.layout.arrows["t_order"].curve[-1]
    hand.drag((end.x - 8, end.y), (760.0, 320.0))
    assert panel.board.session.undo_stack.count() == 0


def test_the_keyboard_connects_through_a_list_of_pages(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    search = popup().findChild(QLineEdit)
    pages = popup().findChild(QListWidget)
    assert isinstance(search, QLineEdit)
    assert isinstance(pages, QListWidget)
    QTest.keyClicks(search, "don")
    assert [pages.item(row).text() for row in range(pages.count()) if not pages.item(row).isHidden()] == ["Done"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert (newest(panel).source, newest(panel).to) == ("home", "done")
    assert panel.board.session.undo_stack.undoText() == "Connect Home to Done"
