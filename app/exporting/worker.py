"""The process that exports a flow for the window: plain JSON in and out. It imports no Qt, and ends with its pipe."""

import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import NoReturn

from app.commands.failures import FAILURES, words
from exporters.errors import VersionError
from exporters.export import export
from flow_models.document import storage


class _WindowIsGoneError(Exception):
    """Nobody listens any more."""


def work(flow_text: str, out: str, counts: tuple[int, int, int], pipe: Connection) -> None:
    """Export a flow.

    Sends `("stage", name, done, of)` now and then, and at last `("report", data)`, `("refused", tasks)` if versions
    must rise first, or `("failed", words)`.
    """
    signal.signal(signal.SIGTERM, _end)

    def send(*message: object) -> None:
        try:
            pipe.send(message)
        except OSError as error:
            raise _WindowIsGoneError from error

    try:
        flow = storage.loads(flow_text)
        report = export(flow, Path(out), counts, lambda stage, done, of: send("stage", stage, done, of))
        send("report", report.as_data())
    except _WindowIsGoneError:
        return
    except VersionError as error:
        send("refused", list(error.tasks))
    except FAILURES as error:
        send("failed", words(error))
    finally:
        pipe.close()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Leave in good order when cancelled, so that temporary folders go too."""
    del number, frame
    sys.exit(1)
