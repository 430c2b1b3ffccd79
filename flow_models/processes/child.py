"""The other side: what a process does that was started to do a job. It imports little, so that it begins soon."""

import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from types import FrameType
from typing import Any, BinaryIO, Final, NoReturn

from flow_models.processes.jobs import JobError, named

SWITCH: Final = "--gymwright-process"
"""The argument with which a frozen program, which has no `-m`, is told that it is to do a job."""

PATIENCE_S: Final = 4.0
"""How long a job that nobody wants any more may clear up."""

_NO_MORE: Final = object()


class _Left(SystemExit):  # nothing went wrong
    """Nobody wants the job any more."""


def serve_if_asked() -> None:
    """Do a job and leave, if that is what this frozen program was started for; its entry point calls this first."""
    if sys.argv[1:] == [SWITCH]:
        main()
        sys.exit()


def main() -> None:
    """Do the job that the first line names."""
    source, sink = _streams()
    signal.signal(signal.SIGTERM, _leave)
    opening = source.readline()
    if not opening:
        return
    begun = json.loads(opening)
    if begun["niceness"] and hasattr(os, "nice"):
        os.nice(begun["niceness"])
    talk = _Pipes(source, sink)
    threading.Thread(target=talk.listen, name="listens", daemon=True).start()
    try:
        talk.end("result", named(begun["job"])(begun["data"], talk))
    except _Left:
        _end_all()
    except JobError as error:
        talk.end("failure", {"words": str(error), "facts": error.facts})
    except Exception as error:  # noqa: BLE001  # the end of a background task: whoever waits is told
        talk.end("crash", {"words": f"{type(error).__name__}: {error}", "details": traceback.format_exc()})


class _Pipes:
    """A `Talk` through two pipes."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._items: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._is_over = False
        self._is_left = False

    def tell(self, news: Any) -> None:
        """Write news."""
        self._write("told", news)

    def end(self, kind: str, content: Any) -> None:
        """Write what came of the job."""
        self._write(kind, content)
        self._is_over = True

    def items(self) -> Iterator[Any]:
        """Yield what comes."""
        yield from iter(self._items.get, _NO_MORE)
        raise _Left(1)

    def listen(self) -> None:
        """Take what comes; once nothing can come any more, see that this process ends."""
        for line in self._source:
            self._items.put(json.loads(line))
        self._is_left = True
        if not self._is_over:
            _interrupt()
            self._items.put(_NO_MORE)
            time.sleep(PATIENCE_S)
            _end_all()

    def _write(self, kind: str, content: Any) -> None:
        line = json.dumps({kind: content}, allow_nan=False, separators=(",", ":"))
        if self._is_left:
            # The interrupt was lost: Python drops what is raised while an object is deleted.
            raise _Left(1)
        try:
            self._sink.write(line.encode() + b"\n")
            self._sink.flush()
        except OSError:
            # Nobody reads any more. As an `OSError` the job might take it for a fault of the files that it writes.
            raise _Left(1) from None


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes from and to whoever started this, and keep the job's own programs and `print` away from them."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return source, sink


def _interrupt() -> None:
    """Let the job be left in good order, even if it waits for the system just now."""
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main(signal.SIGTERM)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """Leave the job in good order, so that what it opened is closed; once, since clearing up is not to be disturbed."""
    del frame
    signal.signal(number, signal.SIG_IGN)
    _signal_all(signal.SIGTERM)  # so that nobody waits for a program that goes on
    raise _Left(1)


def _end_all() -> None:
    """End this process and the programs that it started; one may have been about to start when the job was left."""
    if sys.platform != "win32":
        _signal_all(signal.SIGKILL)
    os._exit(1)


def _signal_all(number: int) -> None:
    """Send a signal to this process and the programs that it started, if they are a group of their own."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, number)
