"""Work in another process as the window sees it: one signal for how it ended, and none after an end."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.document.work import Work
from flow_models.processes.process import Crashed, Failed
from tests.flow_models.processes import errands

WAIT_MS = 60_000


class Heard:
    """Everything that is heard of some work, in order."""

    def __init__(self, work: Work) -> None:
        self.said: list[tuple[str, Any]] = []
        work.progressed.connect(lambda news: self.said.append(("progressed", news)))
        work.finished.connect(lambda result: self.said.append(("finished", result)))
        work.failed.connect(lambda failure: self.said.append(("failed", failure)))
        work.cancelled.connect(lambda: self.said.append(("cancelled", None)))


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:
    """Work with nothing to do yet."""
    made = Work()
    yield made
    made.end()


def test_progress_is_heard_in_its_order_before_the_result(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    with qtbot.waitSignal(work.finished, timeout=WAIT_MS):
        work.start(errands.adding, {"numbers": [1, 2]})
        assert work.is_running
    assert heard.said == [("progressed", {"so_far": 1}), ("progressed", {"so_far": 3}), ("finished", {"sum": 3})]
    assert not work.is_running


def test_an_expected_failure_is_heard_in_its_words(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.failed, timeout=WAIT_MS) as failed:
        work.start(errands.refusing, {"disk": "C"})
    assert failed.args == [Failed("The disk is full.", {"disk": "C", "missing": [1, 2]})]


def test_a_crash_is_heard_and_its_traceback_logged(work: Work, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "gymwright"), qtbot.waitSignal(work.failed, timeout=WAIT_MS) as failed:
        work.start(errands.wrong, {})
    assert failed.args is not None
    assert isinstance(failed.args[0], Crashed)
    assert "errands.py" in caplog.text


def test_one_job_is_done_at_a_time_and_the_next_may_follow(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    for numbers in ([], [5]):
        with qtbot.waitSignal(work.finished, timeout=WAIT_MS):
            work.start(errands.adding, {"numbers": numbers})
            work.start(errands.refusing, {"disk": "C"})
    assert heard.said == [("finished", {"sum": 0}), ("progressed", {"so_far": 5}), ("finished", {"sum": 5})]


def test_a_cancelled_job_clears_up_before_that_is_said(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    with qtbot.waitSignal(work.progressed, timeout=WAIT_MS):
        work.start(errands.tidy, {})
    folder = Path(heard.said[0][1]["folder"])
    assert folder.is_dir()
    with qtbot.waitSignal(work.cancelled, timeout=WAIT_MS):
        work.cancel()
        assert work.is_running
    assert not folder.exists()
    assert [kind for kind, _ in heard.said] == ["progressed", "cancelled"]


def test_a_job_that_listens_to_nobody_is_cancelled_once_patience_ends(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    with qtbot.waitSignal(work.progressed, timeout=WAIT_MS):
        work.start(errands.stubborn, {})
    work._patience.setInterval(50)
    with qtbot.waitSignal(work.cancelled, timeout=WAIT_MS):
        work.cancel()
    assert errands.have_gone(*heard.said[0][1]["processes"])


def test_nothing_is_heard_after_an_end(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    work.start(errands.adding, {"numbers": [1, 2, 3]})
    work.end()
    assert not work.is_running
    with qtbot.waitSignal(work.finished, timeout=WAIT_MS):
        work.start(errands.adding, {"numbers": []})
    assert heard.said == [("finished", {"sum": 0})]


def test_what_an_ended_job_had_said_already_is_not_taken_for_news_of_the_next(work: Work, qtbot: QtBot) -> None:
    heard = Heard(work)
    work.start(errands.adding, {"numbers": [7]})
    assert work._process is not None
    work._process._thread.join()
    work.end()
    with qtbot.waitSignal(work.finished, timeout=WAIT_MS):
        work.start(errands.adding, {"numbers": []})
    assert heard.said == [("finished", {"sum": 0})]


@pytest.mark.skipif(not hasattr(os, "nice"), reason="the system knows of no manners")
def test_other_programs_come_first_if_that_is_asked_for(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.finished, timeout=WAIT_MS) as finished:
        work.start(errands.niceness, {}, niceness=5)
    assert finished.args == [os.nice(0) + 5]
