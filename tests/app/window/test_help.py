"""The windows of the Help menu."""

from PySide6.QtWidgets import QDialog, QTreeWidget

from app.canvas import keys
from app.window.help import COMMON
from app.window.main_window import MainWindow
from tests.app.window.hands import press


def test_the_list_of_shortcuts_names_every_action(window: MainWindow) -> None:
    press(window, "Ctrl+/")
    dialog = window.findChild(QDialog, "shortcuts")
    assert dialog is not None
    tree = dialog.findChild(QTreeWidget)
    assert tree is not None
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    listed = sum(group.childCount() for group in groups if group is not None)
    assert listed == len(window.menus.actions()) + len(keys.HAND) + len(COMMON)
    dialog.reject()
