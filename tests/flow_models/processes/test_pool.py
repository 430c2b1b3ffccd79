"""Pools: results in the order of the pieces, whoever did them, and no process left behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flow_models.processes import pool as pools
from flow_models.processes.jobs import Data, JobError
from flow_models.processes.pool import CrashError, Pool, worth_starting
from tests.flow_models.processes import errands

ROOT = Path(__file__).resolve().parents[3]
PIECES = [{"number": number, "pause": 0.05 * (number % 3 == 0)} for number in range(12)]


def test_results_come_in_the_order_of_the_pieces_however_long_each_takes() -> None:
    with Pool(errands.squarer, {"more": 1}, 2) as pool:
        done = list(pool.done(PIECES))
        assert [one["square"] for one in done] == [number**2 + 1 for number in range(12)]
        assert len({one["process"] for one in done} - {os.getpid()}) == 2
        assert [one["square"] for one in pool.done(PIECES[:3])] == [1, 2, 5], "a pool can be used again"


def test_with_one_process_the_work_is_done_here() -> None:
    with Pool(errands.squarer, {"more": 0}, 1) as pool:
        assert {one["process"] for one in pool.done(PIECES[:2])} == {os.getpid()}


@pytest.mark.parametrize("processes", [1, 2])
def test_pieces_are_asked_for_as_late_as_can_be(processes: int) -> None:
    asked = 0

    def pieces() -> Iterator[Data]:
        nonlocal asked
        for piece in PIECES:
            asked += 1
            yield piece

    with Pool(errands.squarer, {"more": 0}, processes) as pool:
        next(iter(pool.done(pieces())))
        assert asked == (1 if processes == 1 else 6)


def test_without_pieces_nothing_comes() -> None:
    with Pool(errands.squarer, {"more": 0}, 2) as pool:
        assert list(pool.done([])) == []


def test_an_expected_failure_is_raised_here_as_it_was_there() -> None:
    with Pool(errands.breaker, {"how": "refuse"}, 2) as pool, pytest.raises(JobError, match="No more") as refused:
        list(pool.done(PIECES[:1]))
    assert refused.value.facts == {"piece": 0}


@pytest.mark.parametrize(("how", "words"), [("raise", "ZeroDivisionError"), ("kill", "SIGKILL")])
def test_a_crash_is_raised_here_in_words(how: str, words: str) -> None:
    with Pool(errands.breaker, {"how": how}, 2) as pool, pytest.raises(CrashError, match=words):
        list(pool.done(PIECES))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")
def test_processes_end_with_the_pool_in_the_middle_of_their_work() -> None:
    with Pool(errands.squarer, {"more": 0}, 2) as pool:
        numbers = [member.number for member in pool._members]
        next(pool.done([{"number": 1}, *[{"number": 2, "pause": 600}] * 5]))
        assert all(map(errands.is_living, numbers))
    assert not any(map(errands.is_living, numbers))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")
def test_processes_end_when_whoever_started_the_pool_is_killed() -> None:
    code = (
        "from flow_models.processes.pool import Pool; from tests.flow_models.processes import errands; "
        "pool = Pool(errands.squarer, {'more': 0}, 2); pieces = [{'number': 1}, *[{'number': 2, 'pause': 600}] * 5]; "
        "done = pool.done(pieces); next(done); print(*[one.number for one in pool._members], flush=True); next(done)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as doomed:
        assert doomed.stdout is not None
        numbers = list(map(int, doomed.stdout.readline().split()))
        doomed.kill()
    assert len(numbers) == 2
    assert errands.have_gone(*numbers)


def test_little_work_is_best_done_here_and_each_process_finds_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_processors", lambda: 8)
    assert [worth_starting(amount, 60) for amount in (0, 59, 60, 90, 239, 240, 10_000)] == [1, 1, 2, 3, 7, 8, 8]


def test_no_more_processes_are_started_than_there_are_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_processors", lambda: 1)
    assert worth_starting(10_000, 60) == 1
