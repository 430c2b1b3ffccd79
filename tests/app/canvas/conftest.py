"""A shown canvas over a small shop, and what a person's hand does on it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.canvas.view import CanvasPanel
from app.document.selection import Selection
from app.document.session import DocumentSession
from flow_models.document.flow import Flow
from tests.flow_models.geometry.samples import shop

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Moves a real pointer over the canvas, in scene coordinates."""

    def __init__(self, panel: CanvasPanel) -> None:
        self.panel = panel
        self.viewport = panel.view.viewport()

    def at(self, x: float, y: float) -> QPoint:
        return self.panel.view.mapFromScene(QPointF(x, y))

    def card(self, page: str, dx: float = 110.0, dy: float = 36.0) -> tuple[float, float]:
        """Return a place on a card, by default in its body and on no button."""
        rect = self.panel.board.layout.cards[page].rect
        return rect.x + dx, rect.y + dy

    def port(self, page: str, block: str) -> tuple[float, float]:
        point = self.panel.board.layout.cards[page].port_of(block)
        return point.x, point.y

    def hover(self, place: tuple[float, float]) -> None:
        QTest.mouseMove(self.viewport, self.at(*place))

    def click(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.viewport, LEFT, modifiers, self.at(*place))

    def double_click(self, place: tuple[float, float]) -> None:
        QTest.mouseDClick(self.viewport, LEFT, NONE, self.at(*place))

    def press(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.viewport, LEFT, modifiers, self.at(*place))

    def pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Move with the button held, in a few steps."""
        for share in (0.1, 0.5, 1.0):
            x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            QTest.mouseMove(self.viewport, self.at(x, y))

    def release(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.viewport, LEFT, modifiers, self.at(*place))

    def drag(self, start: tuple[float, float], end: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(start, modifiers)
        self.pull(start, end)
        self.release(end, modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.panel.view, key, modifiers)


def popup() -> QWidget:
    """Return the popup that is open."""
    found = QApplication.activePopupWidget()
    assert found is not None, "no popup is open"
    return found


def canvas(qtbot: QtBot, flow: Flow) -> CanvasPanel:
    """Return a shown canvas over a flow, at 100 % with the upper left card near the corner."""
    session = DocumentSession(flow)
    panel = CanvasPanel(session, Selection(session))
    qtbot.addWidget(panel)
    panel.resize(1200, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    qtbot.wait(1)
    panel.view.set_zoom(1.0)
    panel.view.centerOn(480.0, 200.0)
    panel.view.setFocus()
    return panel


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[CanvasPanel]:
    shown = canvas(qtbot, shop())
    yield shown
    left = QApplication.activePopupWidget()
    if left is not None:
        left.close()


@pytest.fixture
def hand(panel: CanvasPanel) -> Hand:
    return Hand(panel)
