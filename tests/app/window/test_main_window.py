"""The window as a person uses it: keys, pointer, files, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from app.desktop.folders import state_folder
from app.desktop.settings import Settings
from app.document.journal import Journal, journal_folder, left_behind
from app.document.session import DocumentSession
from app.theme import Theme
from app.window.help import actions_in
from app.window.main_window import MainWindow
from app.window.menus import KEYS
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


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


def all_actions(window: MainWindow) -> list[QAction]:
    return [action for menu in window.menus.values() for action in actions_in(menu)]


def test_undo_and_redo_by_keys_name_the_step(window: MainWindow) -> None:
    retitle(window, "Other")
    assert window.session.undo_stack.undoText() == "Rename flow"
    press(window, "Ctrl+Z")
    assert window.session.flow.title != "Other"
    assert "Rename flow" in window.statusBar().currentMessage()
    press(window, "Ctrl+Y")
    assert window.session.flow.title == "Other"


def test_the_title_shows_the_flow_and_whether_it_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.session.save_as(tmp_path / "desk.flow.json")
    clean = (window.windowTitle(), window.isWindowModified())
    retitle(window, "Front desk")
    assert "desk.flow.json" in clean[0]
    assert not clean[1]
    assert window.windowTitle().startswith("Front desk (desk.flow.json)[*]")
    assert window.isWindowModified()


def test_no_two_actions_share_a_key_and_every_action_has_words(window: MainWindow) -> None:
    keys = [keys.toString() for action in all_actions(window) for keys in action.shortcuts()]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
    assert [action for action in all_actions(window) if not action.text()] == []


def test_every_key_of_the_catalogue_belongs_to_an_action(window: MainWindow) -> None:
    names = {action.objectName() for action in all_actions(window)} | {"clear_recent"}
    assert sorted(set(KEYS) - names) == []


def test_every_action_of_the_tools_is_in_a_menu(window: MainWindow) -> None:
    tools = [action for action in window.tools.actions() if not action.isSeparator()]
    assert [action.text() for action in tools if action not in all_actions(window)] == []


def test_the_keyboard_reaches_every_panel(window: MainWindow, qtbot: QtBot) -> None:
    reached: set[str] = set()
    window.canvas.setFocus()
    for _ in range(2 + len(window.docks.by_name)):
        press(window, "F6")
        focus = window.focusWidget()
        reached |= {
            name for name, dock in window.docks.by_name.items() if focus is not None and dock.isAncestorOf(focus)
        }
    shown = {name for name, dock in window.docks.by_name.items() if not dock.visibleRegion().isEmpty()}
    assert shown
    assert shown <= reached


def test_save_asks_for_a_file_once_and_then_writes_there(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    retitle(window, "Desk")
    press(window, "Ctrl+S")
    choose_file(window, tmp_path / "desk")
    qtbot.waitUntil(lambda: (tmp_path / "desk.flow.json").exists())
    retitle(window, "Desk two")
    press(window, "Ctrl+S")
    assert storage.load(tmp_path / "desk.flow.json").title == "Desk two"
    assert window.recent.paths() == (tmp_path / "desk.flow.json",)
    assert len(list((state_folder() / "backups").rglob("*.flow.json"))) == 1


def test_a_file_changed_underneath_is_told_without_blocking(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "desk.flow.json"
    window.session.save_as(file)
    retitle(window, "Mine")
    storage.save(Flow(id="theirs", title="Theirs"), file)
    press(window, "Ctrl+S")
    bar = window.bars.messages()["changed"]
    assert "desk.flow.json" in bar.text
    assert storage.load(file).title == "Theirs"
    QTest.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    assert window.session.flow.title == "Theirs"
    assert "changed" not in window.bars.messages()


def test_a_change_underneath_is_noticed_without_saving(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.session.save_as(tmp_path / "desk.flow.json")
    storage.save(Flow(id="theirs", title="Theirs"), tmp_path / "desk.flow.json")
    qtbot.waitUntil(lambda: "changed" in window.bars.messages())


def test_a_broken_file_is_told_and_harms_nothing(window: MainWindow, tmp_path: Path) -> None:
    before = window.session.flow
    (tmp_path / "broken.flow.json").write_text("{")
    window.filing.open_path(tmp_path / "broken.flow.json")
    assert window.session.flow is before
    assert len(window.bars.messages()["open"].text) > 20


def test_closing_with_unsaved_work_asks_and_cancel_stays(window: MainWindow) -> None:
    retitle(window, "Unsaved")
    window.close()
    assert window.isVisible()
    answer(window, "Cancel")
    assert window.isVisible()
    assert window.journal.file.exists()


def test_closing_without_saving_closes_and_leaves_nothing_to_restore(window: MainWindow) -> None:
    retitle(window, "Unsaved")
    window.close()
    answer(window, "Don't save")
    assert not window.isVisible()
    assert left_behind(journal_folder(state_folder())) == ()


def test_saving_on_close_asks_where_and_then_closes(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    retitle(window, "Unsaved")
    window.close()
    answer(window, "Save")
    choose_file(window, tmp_path / "kept.flow.json")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert storage.load(tmp_path / "kept.flow.json").title == "Unsaved"


def test_after_a_crash_the_start_offers_to_restore_into_a_copy(window: MainWindow, qtbot: QtBot) -> None:
    other = DocumentSession(Flow(id="lost"))
    journal = Journal(other, journal_folder(state_folder()))
    other.edit(Flow(id="lost", title="Nearly lost"), "Rename flow")
    journal._lock.unlock()
    assert journal._stream is not None
    journal._stream.close()
    assert window.offer_recovery()
    restore = next(one for one in window.start.findChildren(QPushButton) if one.text() == "Restore into a copy")
    QTest.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert window.session.flow.title == "Nearly lost"
    assert window.session.is_dirty
    assert window.session.path is None
    assert left_behind(journal_folder(state_folder())) == ()


def test_a_template_starts_an_untitled_flow(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+N")
    assert window.pages.currentWidget() is window.start
    cards = window.start.cards()
    QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is window.canvas
    assert window.session.path is None
    assert not window.session.is_dirty
    assert window.docks.by_name["outline"].isVisible()


def test_the_list_of_shortcuts_names_every_action(window: MainWindow) -> None:
    press(window, "Ctrl+/")
    dialog = window.findChild(QDialog, "shortcuts")
    assert dialog is not None
    tree = dialog.findChild(QTreeWidget)
    assert tree is not None
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    listed = sum(group.childCount() for group in groups if group is not None)
    assert listed == len(all_actions(window))
    dialog.reject()


def test_the_look_changes_by_key_while_everything_is_open(window: MainWindow, qapp: QApplication) -> None:
    press(window, "Ctrl+Alt+3")
    dark = qapp.palette().window().color().lightness()
    press(window, "Ctrl+Alt+2")
    assert dark < 60 < qapp.palette().window().color().lightness()


def test_selected_elements_that_an_edit_removes_are_dropped(window: MainWindow) -> None:
    page = window.session.flow.pages[0]
    window.selection.select(Element("page", page.id))
    window.session.edit(window.session.flow.rebuilt(pages=window.session.flow.pages[1:]), "Delete page")
    assert window.selection.elements == ()


def test_an_uncaught_error_keeps_a_copy_and_says_so(window: MainWindow) -> None:
    retitle(window, "At risk")
    try:
        raise RuntimeError("planted")
    except RuntimeError as error:
        window.hook(RuntimeError, error, error.__traceback__)
    (copy,) = (state_folder() / "recovered").glob("*.flow.json")
    assert storage.load(copy).title == "At risk"
    assert "Your work is safe" in window.bars.messages()["crash"].text


def test_places_of_the_panels_are_kept(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    window.docks.by_name["outline"].hide()
    window.close()
    theme = Theme(qapp, Settings(state_folder()))
    again = MainWindow(window.session.flow, theme, tries_tasks=False)
    theme.setParent(again)
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    assert not again.docks.by_name["outline"].isVisible()
    press(again, "Alt+0")
    assert again.docks.by_name["outline"].isVisible()


def test_the_keyboard_starts_a_flow_from_a_card(window: MainWindow) -> None:
    press(window, "Ctrl+N")
    card = window.start.cards()[0]
    for _ in range(20):
        focus = window.focusWidget()
        if focus is card or focus is None:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert window.focusWidget() is card
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.canvas


def test_a_full_disk_is_told_once_and_work_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(window.journal, "file", tmp_path / "no folder" / "x.jsonl")
    told: list[str] = []
    window.journal.failed.connect(told.append)
    retitle(window, "One")
    retitle(window, "Two")
    assert window.session.flow.title == "Two"
    assert len(told) == 1
    assert "not safe from a crash" in window.bars.messages()["journal"].text


def test_with_a_file_to_open_a_crash_is_only_mentioned(window: MainWindow) -> None:
    other = DocumentSession(Flow(id="lost"))
    journal = Journal(other, journal_folder(state_folder()))
    other.edit(Flow(id="lost", title="Nearly lost"), "Rename flow")
    journal._lock.unlock()
    window.mention_recovery()
    QTest.mouseClick(window.bars.messages()["recovered"].buttons[0], Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is window.start
    journal.remove()


def test_larger_text_by_key(window: MainWindow, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    press(window, "Ctrl+Alt+=")
    assert qapp.font().pointSizeF() == before + 1
    press(window, "Ctrl+Alt+-")
    assert qapp.font().pointSizeF() == before
