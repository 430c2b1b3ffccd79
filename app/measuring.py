"""How fast the window answers a hand, as JSON; `gymwright bench` runs `python -m app.measuring PAGES TIMES`.

The window is the one that a person has, with its panels, on a screen if there is one, else offscreen. What is measured
runs from an input event to the end of the painting that answers it, with all that the window's thread does on the way;
and, until everything has come to rest, how long that thread is away at the longest, as for checks and panels that
follow a moment later.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.large import large_site
from app.inspector.panel import InspectorPanel
from app.main import made_application, made_window
from app.widgets.sweeping import Sweeper
from flow_models.document import storage
from flow_models.document.elements import Element

if TYPE_CHECKING:
    from app.canvas.viewport import DiagramView
    from app.document.selection import Selection
    from app.window.main_window import MainWindow

SIZE = (1440, 868)
"""The window on a screen of 1440 by 900 with its frame."""
QUIET_S = 0.2
"""So long nothing has happened when the window is at rest."""
PATIENCE_S = 20.0
BUSY_S = 0.0008
TURN = 120
"""One step of a wheel, in the unit of Qt's events."""


class Answer(NamedTuple):
    """What one act cost, in seconds.

    Attributes:
        painted: Until the painting that answers it ended.
        away: How long the window's thread was away at the longest until all was at rest.
        work: Processor time of the window's thread until the painting ended.
    """

    painted: float
    away: float
    work: float


class Hand(QObject):
    """Acts on a window and watches when it has answered."""

    def __init__(self, application: QApplication, window: "MainWindow") -> None:
        super().__init__()
        self._application = application
        self.window = window
        self._has_painted = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that the window is painted."""
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint):
            self._has_painted = True
        return False

    def timed(self, act: Callable[[], object]) -> Answer:
        """Do something and wait until the window is at rest."""
        self._has_painted = False
        worked = time.thread_time()
        began = time.perf_counter()
        painted = work = 0.0
        away = self._round(act)
        now = last = time.perf_counter()
        while (now - last < QUIET_S or self._is_waiting()) and now - began < PATIENCE_S:
            took = self._round(self._application.processEvents)
            now = time.perf_counter()
            if self._has_painted and not painted:
                painted, work = now - began, time.thread_time() - worked
            if took > BUSY_S:
                last, away = now, max(away, took)
            # Others have to get on too: the preview's thread, Chromium.
            time.sleep(0.0005)
        return Answer(painted or away, away, work)

    def rest(self) -> None:
        """Wait until nothing happens."""
        self.timed(lambda: None)

    def _is_waiting(self) -> bool:
        """Say whether something is on its way in a thread."""
        return self.window.checking.is_due or self.window.canvas.commands.tidying.is_under_way

    @staticmethod
    def _round(act: Callable[[], object]) -> float:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began


class Acts:
    """What a person does with a large flow, each as a series of acts that are measured one by one."""

    def __init__(self, hand: Hand, times: int) -> None:
        self._hand = hand
        self._times = times
        self._window = hand.window
        self._view: DiagramView = self._window.canvas.view
        self._cards = self._window.canvas.scene.cards
        self._selection: Selection = self._window.selection

    def all(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield the name of each act and the act; what only prepares one is done before it is yielded."""
        yield from self._looking()
        yield from self._choosing()
        yield from self._typing()
        yield from self._dragging()
        yield from self._tidying()

    def _looking(self) -> Iterator[tuple[str, Callable[[], object]]]:
        commands = self._window.canvas.actions_by_name
        for _ in range(self._times):
            self._view.set_zoom(0.7)
            self._hand.rest()
            yield "fit", commands["fit"].trigger
        for _ in range(self._times):
            yield "pan", lambda: self._turn(TURN)
            yield "pan", lambda: self._turn(-TURN)
        for _ in range(self._times):
            yield "zoom", lambda: self._turn(TURN, Qt.KeyboardModifier.ControlModifier)
        self._view.set_zoom(0.7)
        self._hand.rest()
        for _ in range(self._times):
            yield "pan", lambda: self._turn(TURN)
            yield "pan", lambda: self._turn(-TURN)
        for _ in range(2 * self._times):
            yield "zoom", lambda: self._turn(-TURN, Qt.KeyboardModifier.ControlModifier)

    def _choosing(self) -> Iterator[tuple[str, Callable[[], object]]]:
        pages = [page.id for page in self._window.session.flow.pages[: self._times]]
        self._view.set_zoom(0.7)
        for page in pages:
            self._selection.clear()
            self._view.centerOn(self._cards[page])
            self._hand.rest()
            yield "select", partial(self._click, page)
        self._window.canvas.actions_by_name["fit"].trigger()
        for page in pages:
            yield "select", partial(self._selection.select, Element("page", page))

    def _typing(self) -> Iterator[tuple[str, Callable[[], object]]]:
        panel = self._window.panels["inspector"]
        assert isinstance(panel, InspectorPanel)  # noqa: S101 - for the types
        page = self._window.session.flow.pages[1].id
        self._selection.reveal(Element("page", page, "title"))
        self._hand.rest()
        field = panel.row(Element("page", page, "title")).editor.target()
        field.setFocus()
        for letter in "letter":
            yield "letter", partial(QTest.keyClicks, field, letter)
        yield "undo", self._window.session.undo

    def _dragging(self) -> Iterator[tuple[str, Callable[[], object]]]:
        page = self._window.session.flow.pages[1].id
        card = self._cards[page]
        self._view.set_zoom(0.7)
        self._view.centerOn(card)
        self._hand.rest()
        at = self._spot(page)
        QTest.mousePress(self._view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        for step in range(1, self._times + 1):
            yield "drag", partial(self._move, at + QPoint(17 * step, 9 * step))
        QTest.mouseRelease(
            self._view.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(17 * self._times, 9 * self._times)
        )
        yield "undo", self._window.session.undo

    def _tidying(self) -> Iterator[tuple[str, Callable[[], object]]]:
        self._selection.clear()
        self._hand.rest()
        yield "tidy", self._window.canvas.actions_by_name["tidy"].trigger
        yield "undo", self._window.session.undo
        yield "undo", self._window.session.redo
        yield "undo", self._window.session.undo

    def _turn(self, turned: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Turn the wheel over the middle of the canvas."""
        viewport = self._view.viewport()
        place = QPointF(viewport.rect().center())
        event = QWheelEvent(
            place,
            viewport.mapToGlobal(place),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def _spot(self, page: str) -> QPoint:
        """Return where on the viewport the title of a page's card is."""
        spot: QPointF = self._cards[page].pos() + QPointF(100.0, 14.0)
        return self._view.mapFromScene(spot)

    def _click(self, page: str) -> None:
        QTest.mouseClick(self._view.viewport(), Qt.MouseButton.LeftButton, pos=self._spot(page))

    def _move(self, place: QPoint) -> None:
        QTest.mouseMove(self._view.viewport(), place)


@contextmanager
def _window(application: QApplication) -> Iterator[Hand]:
    """Show the window as a start does, with what it makes later."""
    Sweeper(application)
    window = made_window(application, None)
    window.resize(*SIZE)
    window.show()
    window.add_late_panels()
    for name in ("inspector", "preview"):
        window.docks.bring(name)
    hand = Hand(application, window)
    hand.rest()
    yield hand
    window.session.undo_stack.setClean()
    window.close()


def measured(pages: int, times: int) -> dict[str, tuple[Answer, ...]]:
    """Return all answers of a flow of so many pages by the name of the act, most of them so many times."""
    application = made_application()
    found: dict[str, list[Answer]] = {}
    with tempfile.TemporaryDirectory(prefix="gymwright-bench-") as folder:
        os.environ["GYMWRIGHT_HOME"] = folder
        file = Path(folder) / "large.flow.json"
        storage.save(large_site(pages), file)
        with _window(application) as hand:
            found["open"] = [hand.timed(lambda: hand.window.filing.open_path(file))]
            for name, act in Acts(hand, times).all():
                found.setdefault(name, []).append(hand.timed(act))
    return {name: tuple(answers) for name, answers in found.items()}


def _summed(answers: tuple[Answer, ...]) -> dict[str, float]:
    """Return the median of the answers and the worst, in milliseconds."""
    columns = list(zip(*answers, strict=True))
    return {
        "painted_ms": 1000 * statistics.median(columns[0]),
        "worst_ms": 1000 * max(columns[0]),
        "away_ms": 1000 * max(columns[1]),
        "work_ms": 1000 * statistics.median(columns[2]),
    }


def main() -> None:
    """Measure and print."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    figures = {name: _summed(answers) for name, answers in measured(*map(int, sys.argv[1:])).items()}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
