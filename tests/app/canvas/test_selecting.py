"""Selecting with the pointer and the keyboard, and what it lights up."""

from PySide6.QtCore import Qt

from app.canvas.view import CanvasPanel
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_click_selects_a_card_an_arrow_a_chip_a_section_or_nothing(panel: CanvasPanel, hand: Hand) -> None:
    layout = panel.board.layout
    label = layout.arrows["t_order"].label
    chip = layout.chip_of("t_nav")
    assert label is not None
    assert chip is not None
    bar = layout.frames["buying"].bar
    for place, expected in (
        (hand.card("home"), (Element("page", "home"),)),
        ((label.rect.center.x, label.rect.center.y), (Element("transition", "t_order"),)),
        ((chip.rect.center.x, chip.rect.center.y), (Element("transition", "t_nav"),)),
        ((bar.right - 40, bar.y + 10), (Element("section", "buying"),)),
        ((760.0, 320.0), ()),
    ):
        hand.click(place)
        assert panel.board.selection.elements == expected


def test_a_thin_line_is_hit_beside_itself(panel: CanvasPanel, hand: Hand) -> None:
    curve = panel.board.layout.arrows["t_go"].curve
    hand.click((curve[0].x + 12, curve[0].y + 3))
    assert panel.board.selection.ids("transition") == ("t_go",)


def test_shift_click_adds_and_takes_away(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.click(hand.card("done"), SHIFT)
    assert panel.board.selection.ids("page") == ("home", "done")
    hand.click(hand.card("home"), SHIFT)
    assert panel.board.selection.ids("page") == ("done",)


def test_a_band_selects_what_it_touches(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag((950.0, 330.0), (500.0, 60.0))
    assert panel.board.selection.ids("page") == ("checkout", "done")


def test_escape_ends_a_band_and_selects_what_was_selected(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.press((950.0, 330.0), SHIFT)
    hand.pull((950.0, 330.0), (500.0, 60.0))
    hand.key(Qt.Key.Key_Escape)
    assert panel.board.selection.ids("page") == ("home",)


def test_a_single_selected_page_lights_its_arrows(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "done"))
    assert [key for key, item in panel.scene.arrows.items() if item.is_lit] == ["t_order"]


def test_a_sections_arrows_are_seen_only_while_it_is_selected(panel: CanvasPanel) -> None:
    assert not panel.scene.arrows["t_nav"].isVisible()
    panel.board.selection.select(Element("section", "buying"))
    assert panel.scene.arrows["t_nav"].isVisible()


def test_control_arrows_walk_from_card_to_card(panel: CanvasPanel, hand: Hand) -> None:
    hand.key(Qt.Key.Key_Right)
    assert panel.board.selection.ids("page") == ("home",)
    hand.key(Qt.Key.Key_Right, CONTROL)
    assert panel.board.selection.ids("page") == ("checkout",)
    hand.key(Qt.Key.Key_Left, CONTROL)
    assert panel.board.selection.ids("page") == ("home",)
    assert panel.board.session.undo_stack.count() == 0


def test_tab_visits_every_card_and_then_leaves_the_canvas(panel: CanvasPanel, hand: Hand) -> None:
    seen: list[str] = []
    for _ in range(3):
        hand.key(Qt.Key.Key_Tab)
        seen += panel.board.selection.ids("page")
    assert seen == ["home", "checkout", "done"]
    hand.key(Qt.Key.Key_Tab)
    assert not panel.view.hasFocus()


def test_enter_and_double_click_ask_to_show_the_element(panel: CanvasPanel, hand: Hand) -> None:
    shown: list[Element] = []
    panel.board.selection.revealed.connect(shown.append)
    panel.board.selection.select(Element("page", "home"))
    hand.key(Qt.Key.Key_Return)
    row = hand.port("checkout", "order")
    hand.double_click((360.0, row[1]))
    assert shown == [Element("page", "home"), Element("block", "order")]


def test_the_selected_card_is_told_to_screen_readers(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "home"))
    assert panel.view.accessibleDescription() == "Page “Home”. A visit starts here"
    assert "Nothing leads on from here" in panel.scene.cards["done"].accessible_name


def test_what_is_deleted_elsewhere_is_no_longer_selected(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "done"), Element("page", "home"))
    flow = panel.board.flow
    panel.board.session.edit(flow.rebuilt(pages=flow.pages[:2], transitions=flow.transitions[:1]), "Delete")
    assert panel.board.selection.elements == (Element("page", "home"),)
