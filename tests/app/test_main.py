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


def shown_after_s(home: Path) -> float:
    """Wait until the log says that the window was shown; return after how many seconds it was."""
    end_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < end_s:
        log = home / "log" / "gymwright.log"
        found = re.search(r"shown after ([\d.]+) s", log.read_text()) if log.exists() else None
        if found:
            return float(found[1])
        time.sleep(0.05)
    raise AssertionError("the window was never shown")


@pytest.mark.slow
def test_a_second_start_reaches_the_window_in_three_seconds(private_folders: Path) -> None:
    with running(private_folders / "first"):
        shown_after_s(private_folders / "first")
    started_s = time.monotonic()
    with running(private_folders / "second"):
        shown_after_s(private_folders / "second")
        whole_s = time.monotonic() - started_s
    print(f"window after {whole_s:.2f} s")
    assert whole_s < START_LIMIT_S


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
