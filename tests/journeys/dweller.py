"""A window on a screen of a given size, in a process of its own, that does what it is told and looks around after it.

`python -m tests.journeys.dweller ACT...` prints one line of JSON after each act: what was done, the window's size, and
every fault that `fitting` finds. The screen is Qt's offscreen one, of the size that `screen_of` writes into a file, or
a real one where `QT_QPA_PLATFORM` says so.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from app.main import made_window
from app.preview import host
from app.preview.panel import PreviewPanel
from app.window.main_window import MainWindow
from tests.app.window.fitting import all_faults

PATIENCE_S = 40.0


def screen_of(width: int, height: int, scale: float, folder: Path) -> dict[str, str]:
    """Return the variables that give a process an offscreen screen of so many logical pixels."""
    file = folder / f"screen_{width}_{height}_{scale}.json"
    screen = {"name": "s", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": scale}
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}


def press(window: MainWindow, keys: str) -> None:
    # The first web view makes Qt create the window anew, which offscreen leaves it inactive.
    window.activateWindow()
    until(window.isActiveWindow)
    QTest.keySequence(window, QKeySequence(keys))


def until(holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end_s:
            raise TimeoutError("the window did not get so far")
        QTest.qWait(20)


def preview_of(window: MainWindow) -> PreviewPanel:
    preview = window.panels["preview"]
    assert isinstance(preview, PreviewPanel)
    return preview


def play(window: MainWindow) -> None:
    preview_of(window).play_task(window.session.flow.tasks[0].name)
    until(lambda: preview_of(window).is_playing)


def stop(window: MainWindow) -> None:
    press(window, "Shift+F5")
    until(lambda: not preview_of(window).is_playing)


def dismiss(_window: MainWindow) -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)


def click(window: MainWindow, words: str) -> None:
    found = (one for one in window.findChildren(QPushButton) if one.text() == words and one.isVisible())
    QTest.mouseClick(next(found), Qt.MouseButton.LeftButton)


def restore(window: MainWindow) -> None:
    click(window, "Restore into a copy")
    box = window.findChild(QMessageBox)
    if box is not None and box.isVisible():
        QTest.keyClick(box, Qt.Key.Key_Escape)


def kill(_window: MainWindow) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


ACTS: Mapping[str, Callable[[MainWindow], object]] = MappingProxyType(
    {
        "look": lambda _window: None,
        "play": play,
        "stop": stop,
        "export": lambda window: press(window, "Ctrl+E"),
        "shortcuts": lambda window: press(window, "Ctrl+/"),
        "about": lambda window: press(window, "Shift+F1"),
        "find": lambda window: press(window, "Ctrl+K"),
        "open": lambda window: press(window, "Ctrl+O"),
        "dismiss": dismiss,
        "start": lambda window: press(window, "Ctrl+Shift+N"),
        "edit": lambda window: press(window, "Ctrl+Shift+B"),
        "restore": restore,
        "kill": kill,
    }
)


def act(window: MainWindow, name: str) -> None:
    """Do one act: one of `ACTS`, or `key:` with what is pressed."""
    if name.startswith("key:"):
        press(window, name.removeprefix("key:"))
    else:
        ACTS[name](window)


def report(window: MainWindow, name: str) -> None:
    """Print what is seen now."""
    front = sorted(name for name, dock in window.docks.by_name.items() if dock.isVisible())
    size = [window.frameGeometry().width(), window.frameGeometry().height()]
    print(json.dumps({"act": name, "size": size, "panels": front, "faults": all_faults()}), flush=True)


def main() -> int:
    """Open the window, act, and close it."""
    host.begin()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv[:1])
    window = made_window(application, None)
    window.checking.stop()
    window.show()
    window.activateWindow()
    until(window.isActiveWindow)
    window.add_late_panels()
    until(lambda: preview_of(window).snapshot is not None)
    for name in sys.argv[1:]:
        act(window, name)
        QTest.qWait(300)
        report(window, name)
        picture = os.environ.get("PICTURES")
        if picture:
            window.grab().save(f"{picture}_{name.replace(':', '_')}.png")
    window.session.undo_stack.setClean()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
