"""What a person does with the window, by keys and buttons."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton

from app.window.main_window import MainWindow


def retitle(window: MainWindow, title: str) -> None:
    window.session.edit(window.session.flow.rebuilt(title=title), "Rename flow")


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(window, QKeySequence(keys))


def answer(window: MainWindow, button: str) -> None:
    """Click a button of the question that is open."""
    box = window.findChild(QMessageBox)
    assert box is not None
    found = next(one for one in box.findChildren(QPushButton) if one.text() == button)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def choose_file(window: MainWindow, path: Path) -> None:
    """Give a path to the file dialog that is open and press Enter.

    Put in at once: typed letters open the dialog's own list of completions, which wants a window manager.
    """
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(path))
    QTest.keyClick(line, Qt.Key.Key_Return)
