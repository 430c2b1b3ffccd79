"""Keeps a session's problems current: checks shortly after the last edit, and tries the tasks out in a longer pause."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.document.session import DocumentSession
from app.document.trial import Trial
from flow_models.checks import Problem
from flow_models.document.flow import Flow

PAUSE_MS = 100
PATIENCE = 4
"""After an edit wait at least so many times as long as the last check took, so that typing stays fluent."""

Check = Callable[[Flow], tuple[Problem, ...]]


class Checking(QObject):
    """Runs the checks of one session."""

    def __init__(
        self, session: DocumentSession, check: Check, trial: Trial | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._check = check
        self._trial = trial
        self._quick: tuple[Problem, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.run)
        session.flow_changed.connect(self._flow_changed)
        if trial is not None:
            trial.found.connect(self._show)
            trial.progressed.connect(session.trial_progressed)
        self._timer.start()

    def run(self) -> None:
        """Check the flow as it is now."""
        self._timer.stop()
        flow = self._session.flow
        started_s = time.perf_counter()
        self._quick = self._check(flow)
        took_ms = (time.perf_counter() - started_s) * 1000
        # The checks run in the window's thread: the slower they are, the longer a pause has to be before they begin.
        self._timer.setInterval(max(PAUSE_MS, round(PATIENCE * took_ms)))
        if self._trial is not None:
            self._trial.plan(flow, is_worth_it=not any(problem.severity == "error" for problem in self._quick))
        self._show()

    def stop(self) -> None:
        """End what is planned or under way; the window closes."""
        self._timer.stop()
        if self._trial is not None:
            self._trial.stop()

    def _show(self, *_: object) -> None:
        """Put together what the checks and the trial found."""
        tried = self._trial.problems if self._trial is not None else ()
        self._session.show_problems((*self._quick, *tried))

    def _flow_changed(self, _before: Flow, _after: Flow) -> None:
        self._timer.start()
