"""A window in which commands, keys, texts and clicks follow each other at random, in a process of its own.

`python -m tests.journeys.wanderer SEED COUNT FILE` wanders, undoes everything, redoes everything, saves, makes a last
edit and ends its own process without warning. It prints one line of JSON: what went wrong, and a mark of the flow that
has to come back. `python -m tests.journeys.wanderer restore` restores it and prints its mark.
"""

import json
import os
import random
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import resources
from app.main import made_application, made_window
from app.preview.panel import PreviewPanel
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from tests.journeys.doomed import mark
from tests.journeys.dweller import click, press, preview_of, until

LEAVING = frozenset(
    {"quit", "open", "new", "reload", "save", "save_as", "save_copy", "log", "license", "clear_recent", "full_screen"}
)
"""Commands that end the session, begin another one, or touch files; what they do is tried by journeys of their own."""

LATE_MS = 700
"""How often a popup that is still open is closed."""

WORDS = ("Tea", "a b", "7", "{record.title}", "x" * 40, "0.5")
KEYS = ("Tab", "Shift+Tab", "Return", "Esc", "Down", "Up", "Right", "Space", "Del", "F6", "Home", "Ctrl+A")


class Wanderer:
    """Does one thing after another, and remembers what went wrong."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window = window
        self.rng = random.Random(seed)
        self.faults: list[str] = []
        self.size = window.frameGeometry().size()
        # A button's own menu keeps its click to itself until it is closed.
        self._closing = QTimer(window, interval=LATE_MS)
        self._closing.timeout.connect(lambda: [popup.close() for popup in [QApplication.activePopupWidget()] if popup])
        self._closing.start()
        sys.excepthook = lambda kind, error, trace: self.faults.append(
            "".join(traceback.format_exception(kind, error, trace))[-1500:]
        )

    def wander(self, count: int) -> None:
        """Do so many things, and look around after each."""
        for number in range(count):
            self.step(number)

    def step(self, number: int) -> None:
        """Do one thing."""
        act = self.rng.choice((self.command, self.command, self.command, self.select, self.type, self.key, self.click))
        said = act()
        QTest.qWait(1)
        self.close_popups()
        front = self.window.frameGeometry().size()
        if front.width() > self.size.width() or front.height() > self.size.height():
            self.faults.append(f"{number}: the window grew to {front} after {said}")
            self.size = front
        if not self.window.isHidden() and QApplication.focusWidget() is None:
            self.faults.append(f"{number}: the keyboard was nowhere after {said}")

    def close_popups(self) -> None:
        """Leave what asks for something, with Escape as a person would."""
        for _ in range(6):
            popup = QApplication.activePopupWidget()
            dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
            front = popup or next(iter(dialogs), None)
            if front is None:
                break
            QTest.keyClick(front, Qt.Key.Key_Escape)
            QTest.qWait(1)
        self.window.activateWindow()
        until(self.window.isActiveWindow)

    def command(self) -> str:
        """Run one of the registered commands that can be run now."""
        actions = [*self.window.menus.actions(), *self.window.canvas.actions_by_name.values()]
        able = [one for one in actions if one.isEnabled() and _name(one) not in LEAVING and one.text()]
        action = self.rng.choice(able)
        action.trigger()
        return f"the command {action.text()!r}"

    def select(self) -> str:
        """Select something anywhere in the flow."""
        element = self.rng.choice(elements(self.window.session.flow))
        self.window.selection.reveal(element._replace(field=self.rng.choice(("", "title", "text"))))
        return f"selecting {element}"

    def type(self) -> str:
        """Type a text wherever the keyboard is."""
        words = self.rng.choice(WORDS)
        QTest.keyClicks(self._front(), words)
        return f"typing {words!r}"

    def key(self) -> str:
        """Press a key wherever the keyboard is."""
        keys = self.rng.choice(KEYS)
        QTest.keySequence(self._front(), QKeySequence(keys))
        return f"pressing {keys}"

    def click(self) -> str:
        """Click the canvas somewhere, or drag over it."""
        view = self.window.canvas.view.viewport()
        start, end = (QPoint(self.rng.randrange(view.width()), self.rng.randrange(view.height())) for _ in range(2))
        if self.rng.random() < 0.5:
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=start)
            return f"a click at {start}"
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, (start + end) / 2)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        return f"a drag from {start} to {end}"

    def _front(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def go_back_and_forth(self, start: Flow) -> int:
        """Undo everything and redo everything; return how many steps there were."""
        session = self.window.session
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        QTest.qWait(1)
        end, steps = storage.dumps(session.flow), session.undo_stack.index()
        while session.undo_stack.canUndo():
            session.undo()
        if storage.dumps(session.flow) != storage.dumps(start):
            self.faults.append("undoing everything gave another flow than the first one")
        while session.undo_stack.index() < steps:
            session.redo()
        if storage.dumps(session.flow) != end:
            self.faults.append("redoing everything gave another flow than the last one")
        return steps

    def save(self, file: Path) -> None:
        """Save, read it again, and make one more edit."""
        session = self.window.session
        session.save_as(file)
        if storage.load(file) != session.flow or session.is_dirty:
            self.faults.append("what was saved is another flow")
        press(self.window, "Ctrl+Shift+B")


def _name(action: QAction) -> str:
    return action.objectName().rpartition(".")[2]


def elements(flow: Flow) -> list[Element]:
    """Return everything that has a form."""
    blocks = [Element("block", block) for block in flow.owners_by_block]
    lists: tuple[tuple[ElementKind, tuple[Any, ...]], ...] = (
        ("page", flow.pages), ("transition", flow.transitions), ("table", flow.tables),
        ("task", flow.tasks), ("section", flow.sections), ("variable", flow.variables),
    )  # fmt: skip
    return [Element("flow", flow.id), *blocks, *(Element(kind, one.id) for kind, some in lists for one in some)]


def opened() -> MainWindow:
    """Return the window with an example, active, with its page shown."""
    window = made_window(made_application(), None)
    window.session.new_from(storage.load(resources.path("examples", "three_pages.flow.json")))
    window.show()
    window.activateWindow()
    window.add_late_panels()
    until(lambda: isinstance(preview_of(window), PreviewPanel) and preview_of(window).snapshot is not None)
    window.activateWindow()
    until(window.isActiveWindow)
    return window


def main(arguments: list[str]) -> None:
    """Wander, or restore."""
    if arguments == ["restore"]:
        window = made_window(made_application(), None)
        window.show()
        click(window, resources.text("shell.bar.restore"))
        print(json.dumps({"mark": mark(window.session.flow)}), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    window = opened()
    wanderer = Wanderer(window, int(arguments[0]))
    start = window.session.flow
    wanderer.wander(int(arguments[1]))
    steps = wanderer.go_back_and_forth(start)
    wanderer.save(Path(arguments[2]))
    QTest.qWait(50)
    print(json.dumps({"mark": mark(window.session.flow), "faults": wanderer.faults, "steps": steps}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
