"""One export in a process of its own: progress, a report, and an end on demand."""

import multiprocessing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.exporting.worker import work
from flow_models.document import storage
from flow_models.document.flow import Flow

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

LOOK_MS = 60
MOMENT_S = 1.5
PATIENCE_MS = 4000
"""How long a cancelled export may take to clear up before it is ended the hard way."""


class ExportJob(QObject):
    """Runs at most one export at a time."""

    advanced = Signal(str, int, int)
    """Carries the stage, how much of it is done, and how much there is."""
    finished = Signal(object)
    """Carries the report as `Report.as_data` tells it."""
    refused = Signal(object)
    """Carries the names of the tasks whose versions must rise first."""
    failed = Signal(str)
    """Carries what went wrong in words; empty if the process ended without any."""
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._is_cancelled = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._hear)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._kill)

    @property
    def is_running(self) -> bool:
        """Whether an export is under way, or being cancelled."""
        return self._process is not None

    def start(self, flow: Flow, out: Path, counts: tuple[int, int, int]) -> None:
        """Begin to export a flow; one that is under way goes on instead."""
        if self.is_running:
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        # Not a daemon: it starts processes of its own, which end when it does.
        self._process = context.Process(target=work, args=(storage.dumps(flow), str(out), counts, theirs))
        self._process.start()
        theirs.close()
        self._is_cancelled = False
        self._look.start()

    def cancel(self) -> None:
        """Ask the process to end; `cancelled` follows once it has."""
        if self._process is not None and not self._is_cancelled:
            self._is_cancelled = True
            self._process.terminate()
            self._patience.start()

    def shut_down(self) -> None:
        """End the process without a word; it gets a moment to clear up."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(MOMENT_S)
        self._kill()
        self._let_go()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _hear(self) -> None:
        """Take what the process has said; what a cancelled one says does not matter."""
        process, pipe = self._process, self._pipe
        if process is None or pipe is None:
            return
        has_ended = not process.is_alive()
        try:
            while pipe.poll():
                message = pipe.recv()
                if not self._is_cancelled and self._take(message):
                    return
        except (EOFError, OSError):
            pass
        if has_ended:
            was_cancelled = self._is_cancelled
            self._let_go()
            if was_cancelled:
                self.cancelled.emit()
            else:
                self.failed.emit("")

    def _take(self, message: tuple[object, ...]) -> bool:
        """Pass a message on; return whether it was the last."""
        match message:
            case ("stage", str(stage), int(done), int(of)):
                self.advanced.emit(stage, done, of)
                return False
            case ("report", data):
                self._let_go()
                self.finished.emit(data)
            case ("refused", tasks):
                self._let_go()
                self.refused.emit(tasks)
            case (_, words):
                self._let_go()
                self.failed.emit(str(words))
        return True

    def _let_go(self) -> None:
        self._look.stop()
        self._patience.stop()
        if self._process is not None:
            self._process.join()
            self._process.close()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
