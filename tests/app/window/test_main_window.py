"""The window as a person uses it: keys, pointer, files, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.folders import state_folder
from app.document.journal import Journal
from app.document.recovery import journal_folder, left_behind
from app.document.session import DocumentSession
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.window.hands import answer, choose_file, press, retitle


def test_the_title_shows_the_flow_and_whether_it_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.session.save_as(tmp_path / "desk.flow.json")
    clean = (window.windowTitle(), window.isWindowModified())
    retitle(window, "Front desk")
    assert "desk.flow.json" in clean[0]
    assert not clean[1]
    assert window.windowTitle().startswith("Front desk (desk.flow.json)[*]")
    assert window.isWindowModified()


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
    answer(window, "Don\u2019t save")
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
    assert journal._paper is not None
    journal._paper.close()
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
    assert window.pages.currentWidget() is window.docks.room
    assert window.session.path is None
    assert not window.session.is_dirty
    assert window.docks.by_name["outline"].isVisible()


def test_a_selected_page_that_an_edit_removes_leaves_its_neighbour_selected(window: MainWindow) -> None:
    page = window.session.flow.pages[0]
    window.selection.select(Element("page", page.id))
    window.session.edit(window.session.flow.rebuilt(pages=window.session.flow.pages[1:]), "Delete page")
    assert window.selection.elements == (Element("page", window.session.flow.pages[0].id),)


def test_an_uncaught_error_keeps_a_copy_and_says_so(window: MainWindow) -> None:
    retitle(window, "At risk")
    try:
        raise RuntimeError("planted")
    except RuntimeError as error:
        window.hook(RuntimeError, error, error.__traceback__)
    (copy,) = (state_folder() / "recovered").glob("*.flow.json")
    assert storage.load(copy).title == "At risk"
    assert "Your work is safe" in window.bars.messages()["crash"].text


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
    assert window.pages.currentWidget() is window.docks.room


def test_a_full_disk_is_told_once_and_work_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("a file")
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
