"""What the tests of the window share: no screen is needed, and nothing is written to the person's own folders."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from app.desktop.settings import Settings
from app.preview import host
from app.theme import Theme
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.flow import Flow

# What the app does before its QApplication: the embedded browser shares its graphics, and stays on this computer.
QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
host.begin()


@pytest.fixture(autouse=True)
def private_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep journals, recent files and settings of each test in a folder of its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("GYMWRIGHT_HOME", str(folder))
    return folder


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Callable[[Flow], MainWindow]:
    """Return a function that opens a whole, active window with a flow; it closes at the end without a question."""

    def opened(flow: Flow) -> MainWindow:
        theme = Theme(qapp, Settings(tmp_path))
        shown = MainWindow(flow, theme, tries_tasks=False)
        theme.setParent(shown)
        qtbot.addWidget(shown, before_close_func=_let_go)
        shown.show()
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        return shown

    return opened


@pytest.fixture
def window(open_window: Callable[[Flow], MainWindow]) -> MainWindow:
    """A window with the three-page example."""
    return open_window(storage.load(resources.path("examples", "three_pages.flow.json")))


def _let_go(window: object) -> None:
    """Close without the question about unsaved work."""
    assert isinstance(window, MainWindow)
    window.session.undo_stack.setClean()
