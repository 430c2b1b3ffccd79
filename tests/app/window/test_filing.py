"""Opening and saving, and what is said when that fails."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desktop.folders import state_folder
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.flow import Flow
from tests.app.window.hands import choose_file, press, retitle


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
