"""The app as a process: how soon its window is there, and what a second start offers after a crash."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.document.journal import Journal, journal_folder, left_behind
from app.document.session import DocumentSession
from app.main import first_flow
from flow_models.document.flow import Flow

START_LIMIT_S = 3.0
PATIENCE_S = 40.0


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app as `gymwright app` does, and kill it at the end as a crash would."""
    environment = {**os.environ, "GYMWRIGHT_HOME": str(home)}
    command = [sys.executable, "-m", "app.main", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def work_until_shown_s(home: Path) -> float:
    """Start the app; return how many seconds of work it took from the start of the process to the window."""
    end_s = time.monotonic() + PATIENCE_S
    log = home / "log" / "gymwright.log"
    with running(home):
        while time.monotonic() < end_s:
            found = re.search(r"shown after .* ([\d.]+) s of work", log.read_text()) if log.exists() else None
            if found:
                return float(found[1])
            time.sleep(0.05)
    raise AssertionError("the window was never shown")


@pytest.mark.slow
def test_a_second_start_reaches_the_window_in_three_seconds(private_folders: Path) -> None:
    # Seconds of work, not of the clock: other tests share the machine. On a free one they are the same.
    work_until_shown_s(private_folders / "first")
    assert work_until_shown_s(private_folders / "second") < START_LIMIT_S


def test_work_that_a_killed_app_left_is_found_again(qapp: object, private_folders: Path) -> None:
    folder = journal_folder(private_folders / "state")
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, folder)
    session.edit(Flow(id="f", title="Kept"), "Rename flow")
    assert left_behind(folder) == ()
    journal._lock.unlock()
    assert [recovery.flow().title for recovery in left_behind(folder)] == ["Kept"]
    journal.remove()


def test_an_app_without_a_file_opens_with_the_bank() -> None:
    assert first_flow().title == "North Bank"
