"""A worker plays what an evaluation plays, and whoever fails in it is blamed and nobody else."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.running import begun, play_all
from flow_models.runtime.envs.evaluating.who import who_of
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.rollouts.failing import ENVIRONMENT, POLICY, TIMEOUT
from flow_models.runtime.envs.rollouts.rows import Row
from flow_models.runtime.envs.rollouts.working import How, Played, Worker


class Rows:
    """What a worker would have written."""

    def __init__(self) -> None:
        self.all: list[Row] = []

    def __call__(self, rows: Sequence[Row]) -> bytes:
        self.all += rows
        return b""


def played(bundle: Bundle, policy: Any, interface: str = "text", **how: Any) -> tuple[list[Row], Played]:
    plan = planned(bundle, Scope(bundle.task_names, ("train", "validation"), ("plain", "full"), 2))
    rows = Rows()
    done = Worker(bundle, who_of(policy, interface), plan, How(**how), rows).play(range(len(plan)))
    return rows.all, done


@pytest.mark.parametrize("interface", ["text", "symbolic"])
def test_a_worker_plays_what_an_evaluation_plays(interface: str, bundle: Bundle, tmp_path: Path) -> None:
    rows, done = played(bundle, "random", interface)
    who = who_of("random", interface)
    scope = Scope(bundle.task_names, ("train", "validation"), ("plain", "full"), 2)
    run = begun(tmp_path, about_run(bundle, who.words, interface, {}, scope))
    records = play_all(bundle, who.make(bundle), run, planned(bundle, scope)).records
    assert done == (b"", len(records), False)
    assert [row["key"] for row in rows] == [one["key"] for one in records]
    for row, one in zip(rows, records, strict=True):
        assert (row["end_reason"], row["total"]) == (one["end_reason"], one["total"])
        assert row["rewards"] == [turn["reward"] for turn in one["turns"]]
        assert row["actions"] == [str(turn["move"].get("said", turn["move"].get("number"))) for turn in one["turns"]]
        assert (row["failure"], row["failures"]) == ("", [])


def test_what_a_policy_was_told_is_kept_where_it_is_asked_for(bundle: Bundle) -> None:
    texts, _ = played(bundle, "random", observations=True)
    numbers, _ = played(bundle, "random", "symbolic", observations=True)
    assert all(len(row["observations"]) == row["steps"] and row["numbers"] is None for row in texts)
    assert all(row["observations"][0].startswith(row["goal"]) or row["goal"] in row["observations"][0] for row in texts)
    assert all(len(row["numbers"]) == len(row["masks"]) == row["steps"] and not row["observations"] for row in numbers)
    assert len({tuple(one) for row in numbers for one in row["numbers"]}) > 1


def broken(self: TextEnv, action: str) -> Any:
    raise ValueError("a formula")


def breaking(every: int) -> Callable[[list[dict[str, Any]]], str]:
    calls = iter(range(10_000))

    def says(_: list[dict[str, Any]]) -> str:
        if next(calls) % every == 1:
            raise RuntimeError("out of memory")
        return "report_infeasible('no')"

    return says


def test_a_policy_that_raises_is_blamed_in_its_episode_alone(bundle: Bundle) -> None:
    rows, done = played(bundle, breaking(every=3))
    failed = [row for row in rows if row["failure"]]
    assert 0 < len(failed) < len(rows) == done.episodes
    assert {row["failure"] for row in failed} == {POLICY}
    assert all(row["total"] is None and row["is_success"] is None for row in failed)
    assert all("out of memory" in row["failures"][-1]["words"] for row in failed)
    assert all(row["total"] is not None for row in rows if not row["failure"])


def test_a_site_that_breaks_is_told_from_a_policy_that_fails(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextEnv, "step", broken)
    rows, _ = played(bundle, "random")
    assert {row["failure"] for row in rows} == {ENVIRONMENT}
    assert {row["failures"][0]["words"] for row in rows} == {"ValueError: a formula"}


def test_an_episode_whose_time_is_over_ends_and_the_next_goes_on(bundle: Bundle) -> None:
    def slow(messages: list[dict[str, Any]]) -> str:
        time.sleep(0.1)
        return "report_infeasible('no')"

    rows, done = played(bundle, slow, timeout_s=0.01)
    assert {row["failure"] for row in rows} == {TIMEOUT}
    assert done == (b"", len(rows), False)


def test_a_worker_whose_policy_hangs_says_so_with_what_it_has(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flow_models.runtime.envs.rollouts.working.GRACE_S", 0.1)
    calls = iter(range(10_000))

    def hangs(messages: list[dict[str, Any]]) -> str:
        if next(calls) == 3:
            time.sleep(3)
        return "report_infeasible('no')"

    rows, done = played(bundle, hangs, timeout_s=0.3)
    assert (len(rows), done) == (3, (b"", 3, True))
