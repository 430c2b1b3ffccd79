"""What is painted piece by piece is what one painting of everything would be: nothing dark stays behind."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from app.canvas.view import CanvasPanel
from flow_models.document import storage
from flow_models.document.elements import Element
from tests.app.canvas.conftest import canvas

_SEEN = 4
"""Steps of 255 by which colours may differ: an edge that is clipped is smoothed a little otherwise."""
ZOOMS = (0.2, 0.26, 0.33, 0.5, 0.7, 0.9, 1.0, 1.25)


@pytest.fixture
def bank(qtbot: QtBot) -> CanvasPanel:
    return canvas(qtbot, storage.load(resources.path("examples", "north_bank.flow.json")))


def on_screen(panel: CanvasPanel) -> QImage:
    """Return what stands on the screen after all that was waiting to be painted."""
    QApplication.processEvents()
    return panel.screen().grabWindow(panel.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def apart(one: QImage, other: QImage) -> int:
    """Return how far the most different points of two pictures are apart, of 255."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max((abs(a - b) for a, b in pairs if a != b), default=0)


def fresh(panel: CanvasPanel) -> QImage:
    """Return what stands on the screen after everything was painted anew."""
    panel.view.viewport().update()
    return on_screen(panel)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_dark_rectangles_stay_behind_after_selecting(bank: CanvasPanel, zoom: float) -> None:
    bank.view.set_zoom(zoom)
    on_screen(bank)
    pages = list(bank.board.layout.cards)
    for chosen in ((0,), (5,), (3, 12), (20,), (7, 20), ()):
        bank.board.selection.select(*(Element("page", pages[number]) for number in chosen))
        QApplication.processEvents()
    assert apart(on_screen(bank), fresh(bank)) <= _SEEN


def test_no_dark_rectangles_stay_behind_after_hovering_and_dragging(bank: CanvasPanel) -> None:
    bank.view.set_zoom(0.7)
    on_screen(bank)
    viewport = bank.view.viewport()
    for x in range(60, 1100, 90):
        QTest.mouseMove(viewport, QPoint(x, 120 + x // 3))
        QApplication.processEvents()
    bank.board.shift(dict.fromkeys(list(bank.board.layout.cards)[6:9], (37.0, 21.0)))
    QApplication.processEvents()
    bank.board.shift({})
    assert apart(on_screen(bank), fresh(bank)) <= _SEEN
