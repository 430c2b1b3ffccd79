"""The last resort: nothing is lost, and the person is told."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.desktop.errors import TopHook, log, start_log
from app.document.session import DocumentSession
from flow_models.document import storage
from flow_models.document.flow import Flow


@pytest.fixture
def hook(qapp: object, tmp_path: Path) -> Iterator[TopHook]:
    session = DocumentSession(Flow(id="f", title="At risk"))
    made = TopHook(session, tmp_path, session)
    made.install()
    yield made
    made.remove()


def test_an_error_in_a_thread_is_told_in_the_window(hook: TopHook, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(hook.told) as told:
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    assert "Your work is safe" in told.args[0]
    assert [storage.load(file).title for file in (tmp_path / "recovered").iterdir()] == ["At risk"]


@pytest.mark.qt_no_exception_capture
def test_an_error_in_a_slot_reaches_the_hook(hook: TopHook, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hook.told):
        QTimer.singleShot(0, lambda: 1 // 0)


def test_no_room_for_a_copy_is_said(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    session = DocumentSession(Flow(id="f"))
    hook = TopHook(session, tmp_path / "file", session)
    told: list[str] = []
    hook.told.connect(told.append)
    hook(ValueError, ValueError("planted"), None)
    assert "Save your work now" in told[0]


def test_the_hook_gives_back_what_it_took(qapp: object, tmp_path: Path) -> None:
    before = sys.excepthook
    session = DocumentSession(Flow(id="f"))
    hook = TopHook(session, tmp_path, session)
    hook.install()
    hook.remove()
    assert sys.excepthook is before


def test_the_log_holds_the_traceback(hook: TopHook) -> None:
    file = start_log()
    handler = log.handlers[-1]
    hook(ValueError, ValueError("planted for the log"), None)
    log.removeHandler(handler)
    handler.close()
    assert "planted for the log" in file.read_text()
