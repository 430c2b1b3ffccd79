"""One job in one process: what comes of it is heard in a thread, and it can be ended at any time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final, NamedTuple

import resources
from flow_models.processes.child import SWITCH
from flow_models.processes.jobs import Data, Job, name_of

_TAIL_BYTES: Final = 4000
"""So much of what a crashed process printed last is kept."""


class Told(NamedTuple):
    """News of a job that goes on."""

    news: Any


class Done(NamedTuple):
    """A job is done."""

    result: Any


class Failed(NamedTuple):
    """A job could not be done for a reason that a person can do something about; see `JobError`."""

    words: str
    facts: Data


class Crashed(NamedTuple):
    """A job met a bug, or its process ended without an answer; `details` are for a log."""

    words: str
    details: str


class Ended(NamedTuple):
    """A process has gone because it was told to."""


Message = Told | Done | Failed | Crashed | Ended


class Process:
    """One job under way in a process of its own.

    Args:
        job: What to do, or the name by which it is found.
        data: Its input, plain JSON.
        heard: Called in a thread with each message; the last one, and only that, is no `Told`.
        niceness: By how much other programs come first, where the system knows of manners.
    """

    def __init__(self, job: Job | str, data: Data, heard: Callable[[Message], object], *, niceness: int = 0) -> None:
        name = name_of(job)
        opening = _line({"job": name, "data": data, "niceness": niceness})
        self._heard = heard
        self._is_ending = False
        # A file and no pipe: nobody has to read along, whatever the job prints.
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # it is closed once the process has gone
        self._child = subprocess.Popen(  # noqa: S603  # our own interpreter with fixed arguments
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            # A group of its own, so that programs which the job starts can be ended with it.
            start_new_session=True,
        )
        self._is_begun = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(opening,), name=f"hears {name}", daemon=True)
        self._thread.start()

    @property
    def number(self) -> int:
        """The system's number of the process."""
        return self._child.pid

    def send(self, item: Any) -> None:
        """Send the job something: plain JSON. If it has gone, `heard` is told so."""
        line = _line(item)
        self._is_begun.wait()
        self._write(line)

    def ask_to_end(self) -> None:
        """Let the process clear up and go; it does so by itself, and `heard` is told once it has."""
        self._is_ending = True
        self._close_pipe()

    def end(self, patience_s: float = 0.0) -> None:
        """End the process with all that it started; return when it has gone.

        Args:
            patience_s: How long it may clear up before.
        """
        self._is_ending = True
        if patience_s:
            self._close_pipe()
            self._thread.join(patience_s)
        self._kill()
        self._thread.join()

    def _write(self, line: bytes) -> None:
        if self._child.stdin is not None:
            with suppress(OSError, ValueError):  # the process has gone, or was asked to end
                self._child.stdin.write(line)
                self._child.stdin.flush()

    def _close_pipe(self) -> None:
        if self._child.stdin is not None:
            with suppress(OSError):
                self._child.stdin.close()

    def _kill(self) -> None:
        if self._child.poll() is not None:
            return
        if sys.platform == "win32":
            self._child.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)

    def _listen(self, opening: bytes) -> None:
        """Begin the job, pass on what the process says, and at last how it ended if it did not say so itself.

        The job is begun here because its data may be more than a pipe holds, and then have to wait for the interpreter.
        """
        with self._errors, self._child:
            self._write(opening)
            self._is_begun.set()
            has_answered = self._pass_on(self._child.stdout or ())
            code = self._child.wait()
            if not has_answered:
                self._heard(Ended() if self._is_ending else Crashed(_words(code), self._tail()))
            self._close_pipe()

    def _pass_on(self, lines: Iterable[bytes]) -> bool:
        """Pass on messages; return whether the job's answer was among them."""
        has_answered = False
        for line in lines:
            if line.endswith(b"\n") and not has_answered:  # a process that is killed may leave half a line
                message = _message(json.loads(line))
                has_answered = not isinstance(message, Told)
                self._heard(message)
        return has_answered

    def _tail(self) -> str:
        """Return what the process printed last."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _TAIL_BYTES))
        return self._errors.read().decode(errors="replace")


def _command() -> list[str]:
    """Return what starts an interpreter that does a job."""
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH]
    # -P: what lies in the folder where somebody happens to be must not be taken for one of our modules.
    return [sys.executable, "-P", "-X", "faulthandler", "-m", "flow_models.processes"]


def _line(content: Any) -> bytes:
    """Return plain JSON as one line."""
    return json.dumps(content, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _message(said: Data) -> Message:
    """Return what a process said."""
    [(kind, content)] = said.items()
    match kind:
        case "told":
            return Told(content)
        case "result":
            return Done(content)
        case "failure":
            return Failed(content["words"], content["facts"])
        case _:
            return Crashed(resources.text("processes.bug", error=content["words"]), content["details"])


def _words(code: int) -> str:
    """Return how a process ended that gave no answer."""
    if code >= 0:
        return resources.text("processes.ended", code=code)
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return resources.text("processes.killed", signal=name)
