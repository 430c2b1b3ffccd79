"""Keeps a session's problems current: checks shortly after the last edit, and tries the tasks out in a longer pause.

The checks have a thread of their own: of a large flow they take seconds, in which the window has to answer.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.document.jobs import Jobs
from app.document.session import DocumentSession
from app.document.trial import Trial
from flow_models.checks import Problem
from flow_models.checks.problem import distinct
from flow_models.document.flow import Flow

PAUSE_MS = 100
PATIENCE = 4
"""After an edit wait at least so many times as long as the last check took, so that typing stays fluent."""

Check = Callable[[Flow], tuple[Problem, ...]]


class _Looking(QObject):
    """The thread of the checks; without a parent, so that it lives as long as its thread speaks through it."""

    found = Signal(object, object, float)
    """Carries a flow, its problems, and the seconds that finding them took."""
    failed = Signal(object)
    """Carries a bug."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self._check = check
        self.jobs = Jobs("checks", self.failed.emit)

    def begin(self, flow: Flow) -> None:
        """Check a flow; one that waits for that is passed over."""
        self.jobs.post("check", lambda: self._look(flow))

    def _look(self, flow: Flow) -> None:
        started_s = time.perf_counter()
        problems = self._check(flow)
        self.found.emit(flow, problems, time.perf_counter() - started_s)


class Checking(QObject):
    """Runs the checks of one session."""

    def __init__(
        self, session: DocumentSession, check: Check, trial: Trial | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._trial = trial
        self._quick: tuple[Problem, ...] = ()
        self._is_checking = False
        self._looking = _Looking(check)
        self._looking.found.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._looking.failed.connect(self._raise, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._looking.jobs.close)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.run)
        session.flow_changed.connect(self._flow_changed)
        if trial is not None:
            trial.found.connect(self._show)
            trial.progressed.connect(session.trial_progressed)
        self._timer.start()

    @property
    def is_due(self) -> bool:
        """Whether an edit has not been checked yet."""
        return self._timer.isActive() or self._is_checking

    def run(self) -> None:
        """Begin to check the flow as it is now; the session tells what was found."""
        self._timer.stop()
        self._is_checking = True
        self._looking.begin(self._session.flow)

    def stop(self) -> None:
        """End what is planned or under way; the window closes."""
        self._timer.stop()
        self._looking.jobs.close()
        if self._trial is not None:
            self._trial.stop()

    def _take(self, flow: Flow, problems: tuple[Problem, ...], took_s: float) -> None:
        """Take over what was found, unless the flow is another one by now: its own check is due then."""
        # The checks take turns with the window: the slower they are, the longer a pause has to be before they begin.
        self._timer.setInterval(max(PAUSE_MS, round(PATIENCE * took_s * 1000)))
        if flow is not self._session.flow:
            return
        self._is_checking = False
        self._quick = problems
        if self._trial is not None:
            self._trial.plan(flow, is_worth_it=not any(problem.severity == "error" for problem in problems))
        self._show()

    def _raise(self, bug: Exception) -> None:
        """Let a bug that the thread met be told as any other."""
        self._is_checking = False
        raise bug

    def _show(self, *_: object) -> None:
        """Put together what the checks and the trial found."""
        tried = self._trial.problems if self._trial is not None else ()
        self._session.show_problems(distinct((*self._quick, *tried)))

    def _flow_changed(self, _before: Flow, _after: Flow) -> None:
        self._timer.start()
