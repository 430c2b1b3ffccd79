"""Tries the tasks out in a process of its own once the person pauses, to find what only running shows.

An edit ends a trial that is under way. What a trial found about a task is dropped as soon as that task is edited.
"""

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.document.work import Work
from flow_models.checks import Problem
from flow_models.checks.plain import problems_of
from flow_models.document import storage
from flow_models.document.edits.parts import part_of
from flow_models.document.flow import Flow
from flow_models.processes.jobs import Data

PAUSE_MS = 2000

TRYING = "flow_models.checks.trying:try_out"
"""The job by its name: what it needs is loaded by the other process alone."""

NICENESS = 10
"""The window comes first where the system knows of manners."""


class _Writing(QObject):
    """Writes a flow down in a thread; without a parent, so that it lives as long as the thread speaks through it."""

    written = Signal(object, str)
    """Carries a flow and its text."""

    def write(self, flow: Flow) -> None:
        """Tell the text of a flow."""
        self.written.emit(flow, storage.dumps(flow))


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
        self._work = Work(self)
        self._work.progressed.connect(lambda parts: self.progressed.emit(*parts))
        self._work.finished.connect(self._hear)
        self._work.failed.connect(lambda _failure: self.progressed.emit(0, 0))
        self._is_stopped = False
        self._writing = _Writing()
        self._writing.written.connect(self._try, Qt.ConnectionType.QueuedConnection)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._start)

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
        self._is_stopped = False
        if former is not None:
            self._take(tuple(problem for problem in self._problems if _still_about(problem, former, flow)))
        if is_worth_it and flow.tasks:
            self._pause.start()

    def stop(self) -> None:
        """End a trial that is planned or under way."""
        self._is_stopped = True
        self._pause.stop()
        if self._work.is_running:
            self._work.end()
            self.progressed.emit(0, 0)

    def _start(self) -> None:
        """Have the flow written down, in a thread: that of a large one takes as long as a pause that one notices."""
        if self._flow is not None:
            threading.Thread(target=self._writing.write, args=(self._flow,), name="trial", daemon=True).start()

    def _try(self, flow: Flow, text: str) -> None:
        """Begin the trial of a flow that was written down, unless an edit has overtaken it."""
        if flow is self._flow and not self._is_stopped:
            self._work.start(TRYING, {"flow": text}, niceness=NICENESS)

    def _hear(self, told: list[Data]) -> None:
        """Take what a trial has shown; one that failed leaves things as they were."""
        self.progressed.emit(0, 0)
        self._take(problems_of(told))

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
