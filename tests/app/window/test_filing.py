"""Opening and saving, and what is said when that fails."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

import resources
from app.desktop.folders import log_folder, state_folder
from app.outline.panel import OutlinePanel
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


def test_saving_over_a_changed_file_keeps_theirs_as_a_backup(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "desk.flow.json"
    window.session.save_as(file)
    retitle(window, "Mine")
    storage.save(Flow(id="theirs", title="Theirs"), file)
    press(window, "Ctrl+S")
    assert window.bars.messages()["changed"].buttons[0].hasFocus()
    QTest.mouseClick(window.bars.messages()["changed"].buttons[2], Qt.MouseButton.LeftButton)
    assert storage.load(file).title == "Mine"
    assert [storage.load(one).title for one in (state_folder() / "backups").rglob("*.flow.json")] == ["Theirs"]


def test_taking_over_what_another_program_wrote_can_be_taken_back(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "desk.flow.json"
    window.session.save_as(file)
    retitle(window, "Mine")
    storage.save(Flow(id="theirs", title="Theirs"), file)
    window.filing.reload()
    assert (window.session.flow.title, window.session.is_dirty) == ("Theirs", False)
    press(window, "Ctrl+Z")
    assert (window.session.flow.title, window.session.is_dirty) == ("Mine", True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7", "PDF"),
        ("notes.txt", b"Opening hours: nine to five", "a text"),
        ("song.mp3", b"ID3\x04\xff\xfe", "sound"),
        ("film.mp4", b"\0\0\0\x18ftypmp42\xff", "film"),
        ("thing.bin", b"\x01\0\xff\xff", "no text"),
        ("tool", b"\x7fELF\xff", "program"),
        ("desk.drawio", b"<mxfile></mxfile>", "draw.io"),
    ],
)
def test_another_kind_of_file_is_named_before_saving_is_asked(
    window: MainWindow, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    retitle(window, "Unsaved")
    (tmp_path / name).write_bytes(content)
    window.filing.open_path(tmp_path / name)
    words = window.bars.messages()["open"].text
    assert name in words
    assert said in words
    assert window.findChild(QMessageBox) is None


def test_file_dialogs_start_where_the_persons_files_are(window: MainWindow, tmp_path: Path) -> None:
    window.session.open(resources.path("examples", "three_pages.flow.json"))
    assert not window.filing.first_folder().is_relative_to(resources.path("examples").parent)
    (tmp_path / "mine").mkdir()
    window.session.save_as(tmp_path / "mine" / "desk.flow.json")
    window.filing.save()
    assert window.filing.first_folder() == tmp_path / "mine"
    window.session.new_from(Flow(id="new"))
    assert window.filing.first_folder() == tmp_path / "mine"


class Opener(QObject):
    """Stands for the system's file manager."""

    @Slot(QUrl)
    def take(self, _url: QUrl) -> None:
        """Take a folder to show."""


def test_the_log_folder_is_said_and_searches_end_with_their_file(window: MainWindow) -> None:
    opener = Opener()
    # The name is a text, whatever the stubs say.
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]
    help_menu = window.menus.by_name["help"]
    next(action for action in help_menu.actions() if action.objectName() == "open_log").trigger()
    QDesktopServices.unsetUrlHandler("file")
    assert str(log_folder()) in window.bars.messages()["log"].text
    outline = window.panels["outline"]
    assert isinstance(outline, OutlinePanel)
    outline.filter_line.setText("pay")
    window.session.new_from(Flow(id="new"))
    assert outline.filter_line.text() == ""


def test_a_broken_file_is_told_and_harms_nothing(window: MainWindow, tmp_path: Path) -> None:
    before = window.session.flow
    (tmp_path / "broken.flow.json").write_text("{")
    window.filing.open_path(tmp_path / "broken.flow.json")
    assert window.session.flow is before
    assert len(window.bars.messages()["open"].text) > 20
