"""What is garbage in Python and an object of Qt ends in the window's thread and between two events."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.sweeping import Sweeper

ENOUGH = 200_000
"""So many lists make the collector run through all generations, where it runs by itself."""


@pytest.fixture
def sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    made = Sweeper(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def runs() -> Iterator[list[str]]:
    """The threads in which the collector ran."""
    seen: list[str] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(threading.current_thread().name)

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def litter() -> None:
    """Make garbage that only the collector finds."""
    for _ in range(ENOUGH):
        ring: list[object] = []
        ring.append(ring)


def forgotten(kind: Callable[[], QObject], ends: list[str]) -> None:
    """Make an object that only the collector finds, and that tells in which thread it ends."""
    lost = kind()
    vars(lost)["itself"] = lost
    weakref.finalize(lost, lambda: ends.append(threading.current_thread().name))


def test_what_another_thread_litters_never_ends_an_object_there(
    sweeper: Sweeper, qtbot: QtBot, runs: list[str]
) -> None:
    ends: list[str] = []
    forgotten(QObject, ends)
    thread = threading.Thread(target=litter, name="other")
    thread.start()
    qtbot.waitUntil(lambda: bool(ends) and not thread.is_alive())
    assert set(ends) | set(runs) == {"MainThread"}


def test_nothing_is_collected_while_an_event_is_on_its_way(sweeper: Sweeper, qtbot: QtBot, runs: list[str]) -> None:
    class Littering(QWidget):
        """Asks for much memory when its look changes."""

        def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt calls it by this name.
            super().changeEvent(event)
            if event.type() == QEvent.Type.StyleChange:
                litter()

    ends: list[str] = []
    walked = Littering()
    qtbot.addWidget(walked)
    QLabel("inside", walked)
    walked.show()
    # Qt walks through a list of all widgets and tells each; one that ended on the way would be a broken pointer.
    forgotten(QWidget, ends)
    walked.setStyleSheet("QLabel { margin: 1px; }")
    assert not runs
    assert not ends
    qtbot.waitUntil(lambda: bool(ends))


def test_a_loop_inside_an_event_collects_nothing(sweeper: Sweeper, qtbot: QtBot, runs: list[str]) -> None:
    swept: list[int] = []

    def event() -> None:
        litter()
        inner = QEventLoop()
        QTimer.singleShot(0, sweeper.sweep)
        QTimer.singleShot(1, inner.quit)
        inner.exec()
        swept.append(len(runs))

    QTimer.singleShot(0, event)
    qtbot.waitUntil(lambda: bool(swept))
    assert swept == [0]


def test_the_collector_runs_by_itself_again_once_the_sweeper_is_stopped(qapp: QApplication) -> None:
    sweeper = Sweeper(qapp)
    assert not gc.isenabled()
    sweeper.stop()
    assert gc.isenabled()
    sweeper.deleteLater()
