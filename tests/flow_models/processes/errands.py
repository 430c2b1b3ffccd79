"""Jobs for the tests, and what listens to them: the other process finds a job by the name of its module."""

import ctypes
import os
import queue
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flow_models.processes.jobs import Data, Job, JobError, Talk
from flow_models.processes.process import Message, Process, Told

PATIENCE_S = 60


def heard_of(job: Job, data: Data | None = None) -> list[Message]:
    """Return all that is heard of a job until it is over."""
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = Process(job, data or {}, heard.put)
    said = [heard.get(timeout=PATIENCE_S)]
    while isinstance(said[-1], Told):
        said.append(heard.get(timeout=PATIENCE_S))
    process.end()
    assert heard.empty()
    return said


def is_living(number: int) -> bool:
    """Say whether a process lives; one that has ended but was not asked for yet does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def have_gone(*numbers: int) -> bool:
    """Say whether processes end within a while."""
    until = time.monotonic() + PATIENCE_S
    while any(map(is_living, numbers)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(is_living, numbers))


def adding(data: Data, talk: Talk) -> Data:
    """Add numbers, telling each sum."""
    total = 0
    for number in data["numbers"]:
        total += number
        talk.tell({"so_far": total})
    return {"sum": total}


def refusing(data: Data, talk: Talk) -> None:
    """Fail in an expected way."""
    raise JobError("The disk is full.", disk=data["disk"], missing=[1, 2])


def wrong(data: Data, talk: Talk) -> None:
    """Meet a bug."""
    talk.tell("before")
    raise ZeroDivisionError("by nothing")


def leaving(data: Data, talk: Talk) -> None:
    """End the process without a word to whoever waits."""
    print("the last that was printed", flush=True)
    os._exit(data["code"])


def faulting(data: Data, talk: Talk) -> None:
    """Touch memory that is not there."""
    ctypes.string_at(0)


def unplain(data: Data, talk: Talk) -> Any:
    """Return something that is no JSON."""
    return {"set": {1, 2}}


def endless(data: Data, talk: Talk) -> float:
    """Return a number that is no JSON."""
    return float("inf")


def large(data: Data, talk: Talk) -> Any:
    """Return a long text."""
    return "ä" * data["length"]


def loud(data: Data, talk: Talk) -> Any:
    """Print much that looks like an answer, by itself and by other programs, and read what is not for it."""
    for _ in range(data["lines"]):
        print('{"result": "printed"}')
    sys.stdout.flush()
    os.write(1, b'{"result": "written"}\n')
    subprocess.run([sys.executable, "-c", 'print(\'{"result": "echoed"}\')'], check=True)
    return sys.stdin.read()


def loaded(data: Data, talk: Talk) -> list[str]:
    """Return the modules that are loaded where the job is done."""
    return sorted(sys.modules)


def niceness(data: Data, talk: Talk) -> int:
    """Return by how much other programs come first."""
    return os.nice(0)


SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def tidy(data: Data, talk: Talk) -> None:
    """Make a temporary folder, start another program, tell of both, and wait for that program."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(SLEEPER) as other:
        talk.tell({"folder": folder, "processes": [os.getpid(), other.pid]})
        try:
            other.wait()
        finally:
            other.kill()


def careless(data: Data, talk: Talk) -> None:
    """Start another program, tell the numbers of both processes, and leave the program alone when it is left."""
    other = subprocess.Popen(SLEEPER)
    talk.tell({"processes": [os.getpid(), other.pid]})
    for _ in talk.items():
        raise AssertionError("nobody sends anything")


def stubborn(data: Data, talk: Talk) -> None:
    """Start another program, tell the numbers of both processes, and listen to nobody."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with subprocess.Popen(SLEEPER) as other:
        talk.tell({"processes": [os.getpid(), other.pid]})
        while True:
            time.sleep(0.1)


def squarer(shared: Data) -> Callable[[Data], Data]:
    """Make what squares numbers, after a pause of its own for each."""

    def work(piece: Data) -> Data:
        time.sleep(piece.get("pause", 0))
        return {"square": piece["number"] ** 2 + shared["more"], "process": os.getpid()}

    return work


def breaker(shared: Data) -> Callable[[Data], Data]:
    """Make what fails in the way that is asked for."""

    def work(piece: Data) -> Data:
        if shared["how"] == "refuse":
            raise JobError("No more.", piece=piece["number"])
        if shared["how"] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ZeroDivisionError("by nothing")

    return work
