"""A crash while editing: the process is killed, and the next start offers the work."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import resources
from app.main import made_window
from app.window.main_window import MainWindow
from flow_models.document import storage
from tests.journeys.doomed import mark


def edit_until_killed(file: Path) -> dict[int, str]:
    """Edit in another process, kill it without warning, and return what it said: marks by numbers of variables."""
    command = [sys.executable, "-m", "tests.journeys.doomed", str(file)]
    said: dict[int, str] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as doomed:
        assert doomed.stdout is not None
        for line in doomed.stdout:
            count, seen = line.split()
            said[int(count)] = seen
            if len(said) == 12:
                doomed.kill()
    assert len(said) >= 12
    return said


def button(window: MainWindow, words: str) -> QPushButton:
    return next(found for found in window.findChildren(QPushButton) if found.text() == words and found.isVisible())


def test_after_a_crash_at_most_one_edit_is_lost_and_the_file_is_untouched(
    qtbot: QtBot, qapp: QApplication, private_folders: Path, tmp_path: Path
) -> None:
    file = tmp_path / "desk.flow.json"
    shutil.copy(resources.path("examples", "three_pages.flow.json"), file)
    before = file.read_bytes()
    said = edit_until_killed(file)

    window = made_window(qapp, None)
    window.checking.stop()
    qtbot.addWidget(window, before_close_func=lambda shown: shown.session.undo_stack.setClean())
    window.show()
    qtbot.waitUntil(window.start.isVisible)
    QTest.mouseClick(button(window, "Restore into a copy"), Qt.MouseButton.LeftButton)

    restored = window.session.flow
    count = len(restored.variables)
    assert count >= max(said) - 1
    assert mark(restored) == said.get(count, mark(restored))
    assert window.session.path is None
    assert file.read_bytes() == before
    assert storage.loads(storage.dumps(restored)) == restored
