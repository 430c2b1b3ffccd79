"""Work in another process as the window sees it: signals for how far it is and how it ended, and an end on demand."""

import logging
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from flow_models.processes.child import PATIENCE_S
from flow_models.processes.jobs import Data, Job
from flow_models.processes.process import Crashed, Done, Message, Process, Told

log = logging.getLogger("gymwright")

MARGIN_MS = 1000
"""How long beyond its own patience a process that was asked to end may take, before it is ended from here."""


class Work(QObject):
    """At most one job at a time in a process of its own.

    Each job that is not ended by `end` is over with one of `finished`, `failed` and `cancelled`.
    """

    progressed = Signal(object)
    """Carries the news of a job: plain JSON."""
    finished = Signal(object)
    """Carries the result of a job: plain JSON."""
    failed = Signal(object)
    """Carries `Failed`, or `Crashed`, whose details are in the log by then."""
    cancelled = Signal()
    _heard = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: Process | None = None
        self._number = 0
        self._is_cancelled = False
        self._patience = QTimer(self, singleShot=True, interval=round(PATIENCE_S * 1000) + MARGIN_MS)
        self._patience.timeout.connect(self._lose_patience)
        # Messages are heard in a thread of the process.
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a job is under way, or being cancelled."""
        return self._process is not None

    def start(self, job: Job | str, data: Data, *, niceness: int = 0) -> None:
        """Begin a job; one that is under way goes on instead.

        Args:
            job: What to do, or the name by which another process finds it.
            data: Its input, plain JSON.
            niceness: By how much other programs come first.
        """
        if self._process is None:
            self._number += 1
            self._is_cancelled = False
            self._process = Process(job, data, partial(self._heard.emit, self._number), niceness=niceness)

    def cancel(self) -> None:
        """Ask the process to end; `cancelled` follows once it has."""
        if self._process is not None and not self._is_cancelled:
            self._is_cancelled = True
            self._process.ask_to_end()
            self._patience.start()

    def end(self, patience_s: float = 0.0) -> None:
        """End the process without a word, and return when it has gone.

        Args:
            patience_s: How long it may clear up before.
        """
        if self._process is not None:
            self._process.end(patience_s)
            self._let_go()

    def _hear(self, number: int, message: Message) -> None:
        """Pass a message on; what an ended process had said and what a cancelled one says does not matter."""
        if number != self._number or self._process is None:
            return
        if isinstance(message, Told):
            if not self._is_cancelled:
                self.progressed.emit(message.news)
            return
        was_cancelled = self._is_cancelled
        self._let_go()
        if was_cancelled:
            self.cancelled.emit()
        elif isinstance(message, Done):
            self.finished.emit(message.result)
        else:
            if isinstance(message, Crashed):
                log.error("%s\n%s", message.words, message.details)
            self.failed.emit(message)

    def _lose_patience(self) -> None:
        if self._process is not None:
            self._process.end()

    def _let_go(self) -> None:
        self._patience.stop()
        self._process = None
