"""The window's own commands."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QMenu

import resources
from app.window.main_window import MainWindow
from tests.app.window.hands import press, retitle


def test_undo_and_redo_by_keys_name_the_step(window: MainWindow) -> None:
    retitle(window, "Other")
    assert window.session.undo_stack.undoText() == "Rename flow"
    press(window, "Ctrl+Z")
    assert window.session.flow.title != "Other"
    assert "Rename flow" in window.status.said.text() + window.status.said.toolTip()
    press(window, "Ctrl+Y")
    assert window.session.flow.title == "Other"


def test_the_look_changes_by_key_while_everything_is_open(window: MainWindow, qapp: QApplication) -> None:
    press(window, "Ctrl+Alt+3")
    dark = qapp.palette().window().color().lightness()
    press(window, "Ctrl+Alt+2")
    assert dark < 60 < qapp.palette().window().color().lightness()


def test_larger_text_by_key(window: MainWindow, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    press(window, "Ctrl+Alt+=")
    assert qapp.font().pointSizeF() == before + 1
    press(window, "Ctrl+Alt+-")
    assert qapp.font().pointSizeF() == before


def test_recent_files_are_listed_when_the_menu_opens_and_can_be_cleared(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "bank.flow.json"
    window.session.save_copy(file)
    window.filing.open_path(file)
    recent = next(menu for menu in window.findChildren(QMenu) if menu.title() == resources.text("shell.menu.recent"))
    recent.aboutToShow.emit()
    assert recent.actions()[0].text().startswith("bank.flow.json")
    recent.actions()[-1].trigger()
    recent.aboutToShow.emit()
    assert [action.isEnabled() for action in recent.actions()] == [False]


def test_a_document_without_a_file_cannot_be_read_again(window: MainWindow, tmp_path: Path) -> None:
    reload = next(action for action in window.menus.actions() if action.objectName() == "reload")
    untitled = reload.isEnabled()
    window.session.save_as(tmp_path / "bank.flow.json")
    assert (untitled, reload.isEnabled()) == (False, True)
