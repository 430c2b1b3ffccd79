"""The canvas by keys: along the arrows and back, each key in the list of shortcuts, none while a form is typed into."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QTreeWidget

from app.canvas import keys
from app.canvas.view import CanvasPanel
from app.window.main_window import MainWindow
from flow_models.document.elements import Element
from tests.app.canvas.conftest import Hand

ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def chosen(panel: CanvasPanel) -> str:
    return " ".join(element.id for element in panel.board.selection.elements)


def test_a_key_follows_the_arrows_and_another_goes_back(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    found = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        hand.key(key, ALT)
        found.append(chosen(panel))
    assert found == ["checkout", "done", "done", "checkout", "home"]
    assert panel.board.session.undo_stack.count() == 0


def test_keys_step_over_the_arrows_of_a_page_and_follow_the_selected_one(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("checkout"))
    found = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right):
        hand.key(key, ALT)
        found.append(chosen(panel))
    assert found == ["t_order", "t_again", "t_nav", "t_order", "t_nav", "home"]
    hand.key(Qt.Key.Key_Left, ALT)
    assert chosen(panel) == "checkout"


def test_back_without_a_way_that_one_came_goes_to_a_page_that_leads_here(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("done"))
    hand.key(Qt.Key.Key_Left, ALT)
    assert chosen(panel) == "checkout"


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_where_no_arrow_leads_the_keys_do_nothing(panel: CanvasPanel, hand: Hand, key: Qt.Key) -> None:
    hand.key(key, ALT)
    assert chosen(panel) == ""
    panel.board.session.edit(panel.board.flow.rebuilt(transitions=()), "No arrows")
    hand.click(hand.card("done"))
    hand.key(key, ALT)
    assert chosen(panel) == "done"


def test_every_key_of_the_canvas_stands_in_the_list_of_shortcuts(window: MainWindow) -> None:
    window.menus.by_name["help"].actions()[0].trigger()
    tree = window.findChild(QTreeWidget)
    assert tree is not None
    shown: set[str] = set()
    model = tree.model()
    for group in (model.index(row, 0) for row in range(model.rowCount())):
        for row in range(model.rowCount(group)):
            shown.update(str(model.index(row, 1, group).data()).split(", "))
    for held in keys.HAND.values():
        assert {QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in held} <= shown
    for action in window.canvas.actions_by_name.values():
        for key in action.shortcuts():
            assert key.toString(QKeySequence.SequenceFormat.NativeText) in shown, action.text()
    assert not {name for name in keys.COMMANDS if name not in window.canvas.actions_by_name}


def test_no_key_is_given_twice(window: MainWindow) -> None:
    given = [key.toString() for action in window.canvas.actions_by_name.values() for key in action.shortcuts()]
    given += [QKeySequence(key).toString() for held in keys.HAND.values() for key in held]
    given += [
        key.toString() for action in window.menus.actions() for key in action.shortcuts() if action.parent() is window
    ]
    assert sorted(key for key in set(given) if given.count(key) > 1) == []


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_A, CONTROL),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, CONTROL),
        (Qt.Key.Key_G, CONTROL),
        (Qt.Key.Key_V, CONTROL),
        (Qt.Key.Key_Exclam, SHIFT),
    ],
)
def test_what_is_typed_into_a_form_never_reaches_the_canvas(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    page = Element("page", window.session.flow.pages[0].id)
    window.selection.reveal(page._replace(field="title"))
    before, zoom = places_of(window), window.canvas.view.zoom
    title = window.focusWidget()
    assert isinstance(title, QLineEdit | QPlainTextEdit | QTextEdit), title
    for place in (title, window.canvas.zoom_bar.percent):
        place.setFocus()
        QTest.keyClick(place, key, modifiers)
        assert places_of(window) == before
        assert window.selection.elements == (page,)
        assert window.canvas.view.zoom == zoom


def places_of(window: MainWindow) -> dict[str, tuple[float, float]]:
    return {page.id: (page.x, page.y) for page in window.session.flow.pages}


def test_a_selected_section_is_moved_by_keys_as_one_entry(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("section", "buying"))
    for _ in range(5):
        hand.key(Qt.Key.Key_Up)
    assert [page.y for page in panel.board.flow.pages] == [-50, -50, 0]
    assert panel.board.session.undo_stack.count() == 1
    assert panel.board.session.undo_stack.undoText() == "Move Buying"
