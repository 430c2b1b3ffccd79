"""Keeps a session's problems current: checks shortly after the last edit, never during a gesture."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.document.session import DocumentSession
from flow_models.checks.problem import Problem
from flow_models.document.flow import Flow

PAUSE_MS = 100
PATIENCE = 4
"""After an edit wait at least so many times as long as the last check took, so that typing stays fluent."""

Check = Callable[[Flow], tuple[Problem, ...]]


class Checking(QObject):
    """Runs the checks of one session."""

    def __init__(self, session: DocumentSession, check: Check, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._check = check
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.run)
        session.flow_changed.connect(self._flow_changed)
        self._timer.start()

    def run(self) -> None:
        """Check the flow as it is now."""
        self._timer.stop()
        started_s = time.perf_counter()
        problems = self._check(self._session.flow)
        took_ms = (time.perf_counter() - started_s) * 1000
        self._timer.setInterval(max(PAUSE_MS, round(PATIENCE * took_ms)))
        self._session.show_problems(problems)

    def _flow_changed(self, _before: Flow, _after: Flow) -> None:
        self._timer.start()
