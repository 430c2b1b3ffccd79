"""Panning, zooming, the minimap, and what is seen at first."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.view import CanvasPanel
from app.drawing import strokes
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.canvas.conftest import Hand, canvas, popup
from tests.flow_models.geometry.samples import page

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def wheel(panel: CanvasPanel, at: QPoint, turn: int, modifiers: Qt.KeyboardModifier) -> None:
    viewport = panel.view.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(viewport.mapToGlobal(at)), QPoint(), QPoint(0, turn),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def corner(panel: CanvasPanel) -> QPoint:
    return panel.view.mapFromScene(QPointF(0, 0))


@pytest.mark.parametrize(("modifiers", "moved"), [(Qt.KeyboardModifier.NoModifier, (0, 72)), (SHIFT, (72, 0))])
def test_the_wheel_pans(panel: CanvasPanel, modifiers: Qt.KeyboardModifier, moved: tuple[int, int]) -> None:
    before = corner(panel)
    wheel(panel, QPoint(600, 300), 120, modifiers)
    assert (corner(panel) - before) == QPoint(*moved)


def test_the_wheel_with_control_zooms_around_the_pointer(panel: CanvasPanel) -> None:
    at = QPoint(700, 250)
    before = panel.view.mapToScene(at)
    wheel(panel, at, 240, CONTROL)
    after = panel.view.mapToScene(at)
    assert panel.view.zoom > 1.2
    assert abs(after.x() - before.x()) < 2
    assert abs(after.y() - before.y()) < 2


def test_zoom_ends_at_its_limits(panel: CanvasPanel) -> None:
    panel.view.set_zoom(100)
    assert panel.view.zoom == 3.0
    panel.view.set_zoom(0.0001)
    assert panel.view.zoom == pytest.approx(0.05)


def test_space_drag_pans_and_selects_nothing(panel: CanvasPanel, hand: Hand) -> None:
    before = corner(panel)
    start = hand.at(*hand.card("home"))
    QTest.keyPress(panel.view, Qt.Key.Key_Space)
    QTest.mousePress(hand.viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(hand.viewport, start + QPoint(30, 40))
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(30, 40))
    QTest.keyRelease(panel.view, Qt.Key.Key_Space)
    assert corner(panel) - before == QPoint(30, 40)
    assert panel.board.selection.elements == ()
    assert panel.board.session.undo_stack.count() == 0


def test_the_middle_button_pans(panel: CanvasPanel, hand: Hand) -> None:
    before = corner(panel)
    middle, none = Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(hand.viewport, middle, none, QPoint(300, 300))
    QTest.mouseMove(hand.viewport, QPoint(250, 310))
    QTest.mouseRelease(hand.viewport, middle, none, QPoint(250, 310))
    assert corner(panel) - before == QPoint(-50, 10)


def test_keys_zoom_and_show_all(panel: CanvasPanel, hand: Hand) -> None:
    hand.key(Qt.Key.Key_Minus, CONTROL)
    assert panel.view.zoom == pytest.approx(0.8)
    hand.key(Qt.Key.Key_0, CONTROL)
    assert panel.view.zoom == 1.0
    panel.view.set_zoom(3.0)
    panel.actions_by_name["fit"].trigger()
    bounds = panel.board.layout.bounds
    assert panel.view.seen().contains(QPointF(bounds.x, bounds.y))
    assert panel.view.seen().contains(QPointF(bounds.right, bounds.bottom))


def test_the_zoom_is_shown_in_its_corner(panel: CanvasPanel) -> None:
    panel.view.set_zoom(0.5)
    assert panel.zoom_bar.percent.text() == "50 %"


def test_zooming_to_the_selection_fills_the_view_with_it(panel: CanvasPanel) -> None:
    panel.board.selection.select(Element("page", "done"))
    panel.actions_by_name["zoom_selection"].trigger()
    card = panel.board.layout.cards["done"].rect
    assert panel.view.zoom == 1.5
    assert panel.view.seen().contains(QPointF(card.center.x, card.center.y))


def test_a_revealed_element_comes_into_view(panel: CanvasPanel) -> None:
    panel.view.centerOn(-1000, -1000)
    panel.board.selection.reveal(Element("block", "order", "title"))
    card = panel.board.layout.cards["checkout"].rect
    assert panel.view.seen().contains(QPointF(card.center.x, card.center.y))


@pytest.mark.parametrize("size", [(1200, 700), (700, 420), (420, 600), (520, 380)])
@pytest.mark.parametrize("across", [1, 3, 9])
def test_show_all_shows_nothing_under_floating_tools_and_minimap(
    qtbot: QtBot, size: tuple[int, int], across: int
) -> None:
    pages = tuple(page(f"p{i}", i % across * 340.0, i // across * 250.0) for i in range(18))
    panel = canvas(qtbot, Flow(id="many", pages=pages))
    panel.resize(*size)
    QApplication.processEvents()
    panel.actions_by_name["fit"].trigger()
    room = panel.view.viewport().rect()
    for card in panel.board.layout.cards.values():
        seen = panel.view.mapFromScene(strokes.qrect(card.rect)).boundingRect()
        assert room.contains(seen)
        assert not seen.intersects(panel.minimap.geometry())
        assert not seen.intersects(panel.zoom_bar.geometry())


@pytest.mark.parametrize(
    "element", [Element("page", "done"), Element("section", "buying"), Element("block", "to_home")]
)
@pytest.mark.parametrize("center", [(-900, -900), (1500, 300), (900, -150), (-250, 420)])
def test_what_is_selected_elsewhere_is_seen_whole(
    panel: CanvasPanel, element: Element, center: tuple[int, int]
) -> None:
    panel.view.centerOn(*center)
    panel.board.selection.select(element)
    area = panel.board.area_of(element)
    assert area is not None
    seen = panel.view.mapFromScene(area).boundingRect()
    assert panel.view.viewport().rect().contains(seen)
    assert not seen.intersects(panel.minimap.geometry())
    assert not seen.intersects(panel.zoom_bar.geometry())


def test_what_is_larger_than_the_view_is_shown_smaller_and_what_is_seen_already_does_not_move(
    panel: CanvasPanel,
) -> None:
    panel.view.set_zoom(3.0)
    panel.board.selection.select(Element("section", "buying"))
    assert panel.view.seen().contains(strokes.qrect(panel.board.layout.frames["buying"].rect))
    before, zoom = corner(panel), panel.view.zoom
    panel.board.selection.select(Element("page", "home"))
    panel.board.selection.select(Element("page", "checkout"))
    assert (corner(panel), panel.view.zoom) == (before, zoom)


def test_a_click_on_a_card_at_the_edge_does_not_move_it_under_the_pointer(panel: CanvasPanel, hand: Hand) -> None:
    panel.view.centerOn(1180, 200)
    before = corner(panel)
    hand.click(hand.card("done", 150))
    assert panel.board.selection.elements == (Element("page", "done"),)
    assert corner(panel) == before


def test_selecting_all_pages_moves_nothing(panel: CanvasPanel, hand: Hand) -> None:
    panel.view.set_zoom(2.0)
    before = corner(panel)
    hand.key(Qt.Key.Key_A, CONTROL)
    assert len(panel.board.selection.elements) == 3
    assert (corner(panel), panel.view.zoom) == (before, 2.0)


def test_what_was_found_elsewhere_is_shown_readably(panel: CanvasPanel) -> None:
    panel.view.set_zoom(0.05)
    panel.board.selection.reveal(Element("page", "done"))
    assert panel.view.zoom == pytest.approx(0.7)
    assert panel.view.seen().contains(strokes.qrect(panel.board.layout.cards["done"].rect))


def test_a_click_on_the_minimap_goes_there(panel: CanvasPanel) -> None:
    panel.view.centerOn(-900, -900)
    minimap = panel.minimap
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, minimap.rect().center())
    middle = panel.view.seen().center()
    assert abs(middle.x() - panel.board.layout.bounds.center.x) < 30


def test_the_minimap_stays_in_its_corner(panel: CanvasPanel) -> None:
    before = panel.minimap.pos()
    panel.view.scroll_by(200, 100)
    assert panel.minimap.pos() == before
    panel.resize(900, 500)
    assert panel.minimap.geometry().right() < panel.view.viewport().width()


def test_an_empty_canvas_says_what_to_do_and_a_filled_one_does_not(qtbot: QtBot) -> None:
    panel = canvas(qtbot, Flow(id="empty"))
    assert panel.hint.isVisible()
    assert not panel.minimap.isVisible()
    hand = Hand(panel)
    hand.double_click((100.0, 100.0))
    QTest.keyClicks(popup().focusWidget(), "First")
    QTest.keyClick(popup().focusWidget(), Qt.Key.Key_Return)
    assert not panel.hint.isVisible()
    assert panel.minimap.isVisible()
