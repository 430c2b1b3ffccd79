"""What looks for faults finds each kind of them, and nothing in a window that is right."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QToolBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.labels import Elided
from tests.app.window.fitting import faults


@pytest.fixture
def sheet(qtbot: QtBot) -> QWidget:
    """A window with a label and a button, shown once the test has changed it."""
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.addWidget(QLabel("A label", widget))
    layout.addWidget(QPushButton("A button", widget))
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    return widget


def _cut_label(sheet: QWidget) -> None:
    QLabel("Far too many words for so small a place", sheet).setGeometry(QRect(0, 0, 40, 20))


def _shortened(sheet: QWidget) -> None:
    label = Elided("Far too many words for so small a place", sheet)
    label.setGeometry(QRect(0, 0, 40, 20))
    sheet.show()
    label.show()
    label.setToolTip("")


def _cut_button(sheet: QWidget) -> None:
    QPushButton("Restore into a copy", sheet).setGeometry(QRect(0, 0, 30, 28))


def _covered(sheet: QWidget) -> None:
    button = sheet.findChild(QPushButton)
    assert button is not None
    sheet.show()
    QWidget(sheet).setGeometry(button.geometry())


def _outside(sheet: QWidget) -> None:
    QLabel("Away", sheet).setGeometry(QRect(390, 0, 80, 20))


def _off_the_screen(sheet: QWidget) -> None:
    sheet.resize(5000, 300)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (_cut_label, "is cut"),
        (_shortened, "is shortened and has no tip"),
        (_cut_button, "is cut"),
        (_covered, "is covered"),
        (_outside, "is outside its window"),
        (_off_the_screen, "is outside the screen"),
    ],
)
def test_it_finds_what_is_wrong(sheet: QWidget, plant: Callable[[QWidget], None], said: str, qtbot: QtBot) -> None:
    plant(sheet)
    for child in sheet.findChildren(QWidget):
        child.show()
    with qtbot.waitExposed(sheet):
        sheet.show()
    assert any(said in fault for fault in faults(sheet)), faults(sheet)


def test_it_finds_nothing_where_nothing_is_wrong(sheet: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitExposed(sheet):
        sheet.show()
    assert faults(sheet) == []


def test_it_finds_what_a_tool_bar_hides(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = QToolBar()
    for number in range(20):
        bar.addAction(QAction(f"Command {number}", bar))
    window.addToolBar(bar)
    window.resize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    assert any(fault.startswith("behind »") for fault in faults(window))
