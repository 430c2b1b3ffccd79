"""No browser outlives the Python that started it, however that ends: looked up in /proc."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flow_models.runtime.envs.chromium.find import has_chromium

ROOT = Path(__file__).resolve().parents[5]
SCRIPT = """
import os, signal, sys, time
# Shells start what runs in the background with Ctrl-C turned off.
signal.signal(signal.SIGINT, signal.default_int_handler)
from flow_models.runtime.envs.chromium.launch import Chromium
chromium = Chromium()
page = chromium.browser.new_page()
print(chromium.process, flush=True)
{then}
"""

pytestmark = [
    pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here"),
]


def started(then: str) -> tuple[subprocess.Popen[str], set[int]]:
    """Return a Python that has started a browser, and all processes below it."""
    python = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(then=then)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert python.stdout is not None
    with python.stdout:
        browser = int(python.stdout.readline())
    below = descendants(python.pid)
    assert browser in below
    assert len(below) >= 4, "the driver, the browser and its helpers"
    return python, below


def parents() -> dict[int, int]:
    """Return the parent of every process that lives."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state not in "ZX":
            found[int(path.parent.name)] = int(parent)
    return found


def descendants(top: int) -> set[int]:
    """Return all processes below one."""
    above = parents()
    found: set[int] = set()
    pending = [top]
    while pending:
        one = pending.pop()
        below = [child for child, parent in above.items() if parent == one]
        found.update(below)
        pending += below
    return found


def left_of(processes: set[int]) -> set[int]:
    """Return the processes that still live after a while."""
    until = time.monotonic() + 20
    while (left := processes & parents().keys()) and time.monotonic() < until:
        time.sleep(0.05)
    return left


BUSY = "page.evaluate('new Promise(() => {})')"


@pytest.mark.parametrize(
    ("number", "then"),
    [(signal.SIGKILL, BUSY), (signal.SIGKILL, "time.sleep(600)"), (signal.SIGTERM, BUSY), (signal.SIGINT, BUSY)],
    ids=["killed at work", "killed at rest", "ended", "interrupted"],
)
def test_no_process_is_left_when_python_is_ended(number: signal.Signals, then: str) -> None:
    python, below = started(then)
    os.kill(python.pid, number)
    python.communicate(timeout=30)
    assert left_of(below) == set()


def test_no_process_is_left_after_ctrl_c_in_a_terminal() -> None:
    python, below = started(BUSY)
    os.killpg(python.pid, signal.SIGINT)
    python.communicate(timeout=30)
    assert left_of(below) == set()


@pytest.mark.parametrize("then", ["raise RuntimeError", "os._exit(3)", "chromium.close()"])
def test_no_process_is_left_when_python_ends_by_itself(then: str) -> None:
    python, below = started(f"sys.stdin.readline(); {then}")
    python.communicate("\n", timeout=30)
    assert left_of(below) == set()
