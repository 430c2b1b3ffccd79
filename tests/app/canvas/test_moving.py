"""Moving pages with the pointer and the keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.canvas.view import CanvasPanel
from flow_models.document.edits.pages import add_page
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand
from tests.flow_models.geometry.samples import page


def place(panel: CanvasPanel, page_id: str) -> tuple[float, float]:
    found = panel.board.flow.pages_by_id[page_id]
    return found.x, found.y


def test_a_dragged_card_moves_on_the_grid_as_one_edit(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("done")
    hand.drag(start, (start[0] + 63, start[1] + 218))
    assert place(panel, "done") == (740, 220)
    assert panel.board.session.undo_stack.count() == 1
    panel.board.session.undo()
    assert place(panel, "done") == (680, 0)


def test_a_card_snaps_to_the_edges_of_others(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("done")
    hand.drag(start, (start[0] - 336, start[1] + 203))
    assert place(panel, "done") == (340, 200)


def test_alt_moves_freely(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("done")
    hand.drag(start, (start[0] + 63, start[1] + 117), Qt.KeyboardModifier.AltModifier)
    assert place(panel, "done") == (743, 117)


def test_escape_puts_a_dragged_card_back(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("done")
    hand.press(start)
    hand.pull(start, (start[0] + 200, start[1] + 200))
    assert panel.scene.cards["done"].pos().x() == 880
    hand.key(Qt.Key.Key_Escape)
    assert panel.scene.cards["done"].pos().x() == 680
    hand.release((start[0] + 200, start[1] + 200))
    assert panel.board.session.undo_stack.count() == 0


def test_arrows_follow_while_a_card_is_dragged(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("done")
    before = panel.scene.arrows["t_order"].arrow.curve[-1]
    hand.press(start)
    hand.pull(start, (start[0] + 100, start[1] + 150))
    after = panel.scene.arrows["t_order"].arrow.curve[-1]
    assert after.x - before.x == 100
    hand.release((start[0] + 100, start[1] + 150))


def test_all_selected_cards_move_together(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("page", "checkout"), Element("page", "done"))
    start = hand.card("done")
    hand.drag(start, (start[0] + 40, start[1] + 300))
    assert (place(panel, "checkout"), place(panel, "done")) == ((380, 300), (720, 300))
    assert place(panel, "home") == (0, 0)


def test_a_section_is_dragged_by_its_title(panel: CanvasPanel, hand: Hand) -> None:
    bar = panel.board.layout.frames["buying"].bar
    start = (bar.right - 60, bar.y + 12)
    hand.drag(start, (start[0], start[1] + 250))
    assert (place(panel, "home")[1], place(panel, "checkout")[1]) == (250, 250)


def test_arrow_keys_nudge_and_shift_nudges_further(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("page", "done"))
    hand.key(Qt.Key.Key_Right)
    assert place(panel, "done") == (690, 0)
    hand.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert place(panel, "done") == (690, 50)
    assert panel.board.session.undo_stack.undoText() == "Move Done"


def test_moves_by_key_in_a_row_are_one_entry_of_the_history(panel: CanvasPanel, hand: Hand) -> None:
    stack = panel.board.session.undo_stack
    hand.click(hand.card("done"))
    for _ in range(37):
        hand.key(Qt.Key.Key_Down)
    assert (place(panel, "done"), stack.count(), stack.undoText()) == ((680, 370), 1, "Move Done")
    panel.board.session.undo()
    assert place(panel, "done") == (680, 0)
    panel.board.session.redo()
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_Delete)
    hand.click(hand.card("done"))
    hand.key(Qt.Key.Key_Down)
    assert [stack.text(step) for step in range(stack.count())] == ["Move Done", "Delete Home", "Move Done"]


def test_a_drag_at_the_edge_of_the_view_pans_on(panel: CanvasPanel, hand: Hand, qtbot: QtBot) -> None:
    start = hand.card("done")
    edge = panel.view.mapToScene(panel.view.viewport().width() - 3, 300)
    hand.press(start)
    hand.pull(start, (edge.x(), edge.y()))
    qtbot.waitUntil(lambda: panel.scene.cards["done"].pos().x() > edge.x())
    hand.key(Qt.Key.Key_Escape)
    hand.release(start)
    assert panel.board.session.undo_stack.count() == 0


def test_an_undo_in_the_middle_of_a_drag_ends_it(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.session.edit(add_page(panel.board.flow, page("more", 0, 300)), "Add page")
    added = panel.board.flow.pages[-1].id
    start = hand.card(added)
    hand.press(start)
    hand.pull(start, (start[0] + 90, start[1] + 40))
    panel.board.session.undo()
    hand.release((start[0] + 90, start[1] + 40))
    assert set(panel.scene.cards) == {"home", "checkout", "done"}
    assert panel.board.session.undo_stack.count() == 1
