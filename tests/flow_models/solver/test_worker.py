"""Work in a process of its own: results, failures and an end at any time."""

import time
from typing import Any

import pytest

from flow_models.compiler import compile_flow
from flow_models.solver.worker import Worker, WorkerError
from tests.flow_models import builders as make


def _job(task: str = "buy-item") -> dict[str, Any]:
    return {"program": compile_flow(make.shop()).program, "task": task, "seeds": [0, 1, 2]}


def test_a_worker_solves_and_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    with Worker("solve", _job()) as worker:
        result = worker.wait(lambda *news: told.append(news))
    assert [one["status"] for one in result["solutions"]] == ["solved"] * 3
    assert told[-1] == ("solve", 3, 3)


def test_what_goes_wrong_in_a_worker_is_raised_here() -> None:
    with Worker("solve", _job("no-such-task")) as worker, pytest.raises(WorkerError, match="no-such-task"):
        worker.wait()


def test_a_cancelled_worker_ends_at_once() -> None:
    worker = Worker("solve", _job() | {"seeds": list(range(100_000))})
    assert worker.poll(timeout_s=30) is not None
    began = time.monotonic()
    worker.cancel()
    assert time.monotonic() - began < 2.5
    assert worker.is_over
