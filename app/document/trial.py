"""Tries the tasks out in a process of its own once the person pauses, to find what only running shows.

An edit ends a trial that is under way. What a trial found about a task is dropped as soon as that task is edited.
"""

import multiprocessing
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.trial_worker import work
from flow_models.checks import Problem
from flow_models.document import storage
from flow_models.document.edits.parts import part_of
from flow_models.document.flow import Flow

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

PAUSE_MS = 2000
LOOK_MS = 100


class Trial(QObject):
    """One trial at a time of one flow."""

    found = Signal(object)
    """Carries the problems that running has shown, whenever they change."""
    progressed = Signal(int, int)
    """Carries how many parts are done of how many; both 0 when no trial is under way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow: Flow | None = None
        self._problems: tuple[Problem, ...] = ()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._hear)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What running has shown and no edit has overtaken."""
        return self._problems

    def plan(self, flow: Flow, *, is_worth_it: bool) -> None:
        """Take a flow as that of now, and try it once nothing has changed for a while.

        Args:
            flow: The flow.
            is_worth_it: Whether it can run at all; with errors in it no trial is made.
        """
        former, self._flow = self._flow, flow
        if former is flow:
            return
        self.stop()
        if former is not None:
            self._take(tuple(problem for problem in self._problems if _still_about(problem, former, flow)))
        if is_worth_it and flow.tasks:
            self._pause.start()

    def stop(self) -> None:
        """End a trial that is planned or under way."""
        self._pause.stop()
        self._look.stop()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
            self.progressed.emit(0, 0)

    def _start(self) -> None:
        if self._flow is None:
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=work, args=(storage.dumps(self._flow), theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._look.start()

    def _hear(self) -> None:
        """Take what the process has said; one that ended without a word leaves things as they were."""
        try:
            while self._pipe is not None and self._pipe.poll():
                message = self._pipe.recv()
                if message[0] == "found":
                    self.stop()
                    self._take(message[1])
                else:
                    self.progressed.emit(message[1], message[2])
        except (EOFError, OSError):
            self.stop()

    def _take(self, problems: tuple[Problem, ...]) -> None:
        if problems != self._problems:
            self._problems = problems
            self.found.emit(problems)


def _still_about(problem: Problem, before: Flow, after: Flow) -> bool:
    """Return whether the elements of a problem are as they were."""
    return all(
        part_of(after, element) is not None and part_of(after, element) is part_of(before, element)
        for element in problem.elements
    )
