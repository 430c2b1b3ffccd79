"""What happens when the program itself is wrong: keep the work, write down what happened, say so plainly.

Expected failures never come here; they are worded where the person asked for something.
"""

import logging
import logging.handlers
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

import resources
from app.desktop.folders import log_folder
from app.document.session import DocumentSession
from flow_models.document import storage
from flow_models.document.errors import DocumentError

log = logging.getLogger("gymwright")

LOG_BYTES = 1_000_000

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def start_log() -> Path:
    """Write the program's log to a file that rolls over; return the file."""
    file = log_folder() / "gymwright.log"
    handler = logging.handlers.RotatingFileHandler(
        file, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return file


class TopHook(QObject):
    """Takes over exceptions that nothing caught, from slots and from the main program alike."""

    told = Signal(str)
    """Carries the sentence for the person."""

    def __init__(self, session: DocumentSession, state: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state = state
        self._former: Hook | None = None

    def install(self) -> None:
        """Become the interpreter's hook for uncaught exceptions."""
        self._former = sys.excepthook
        sys.excepthook = self
        threading.excepthook = self._in_thread

    def remove(self) -> None:
        """Give the hook back."""
        if self._former is not None:
            sys.excepthook = self._former
            threading.excepthook = threading.__excepthook__
            self._former = None

    def _in_thread(self, failure: threading.ExceptHookArgs) -> None:
        """Treat what nothing caught in a thread as the rest; `told` reaches the window through its event loop."""
        self(failure.exc_type, failure.exc_value or failure.exc_type(), failure.exc_traceback)

    def __call__(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        """Keep a copy of the document, log the traceback, and say so."""
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        log.critical("Uncaught exception", exc_info=(kind, error, traceback))
        copy = self._keep_copy()
        self.told.emit(resources.text("shell.crash.sentence" if copy is not None else "shell.crash.no_copy"))

    def _keep_copy(self) -> Path | None:
        """Write the document as it is now beside the journals; return the file."""
        folder = self._state / "recovered"
        file = folder / f"{time.strftime('%Y%m%d-%H%M%S')}.flow.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            storage.save(self._session.flow, file)
        except (OSError, DocumentError):
            return None
        log.info("The document was kept in %s", file)
        return file
