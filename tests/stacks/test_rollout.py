"""Rollouts on a cluster of Ray with several nodes: equal to local play, and whole whatever is killed."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import PROGRAMS, Stack

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]

OFFLINE: Final = {"RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0", "RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}
PATIENCE_S: Final = 300

Row = dict[str, Any]


class Cluster(NamedTuple):
    """A cluster that runs.

    Attributes:
        stack: The environment in which it runs.
        process: Its process.
        address: Its address.
    """

    stack: Stack
    process: "subprocess.Popen[str]"
    address: str

    def command(self, *options: str) -> list[str]:
        """Return the command of a rollout on it."""
        python = str(self.stack.python)
        return [python, "-m", "librarydesk", "rollout", *options, "--address", self.address, "--workers", "3"]

    def rolled(self, where: Path, *options: str) -> str:
        """Roll out and return what is said."""
        return self.stack.run(*self.command(*options), where=where, more=found_in(where))

    def begun(self, where: Path, *options: str) -> "subprocess.Popen[bytes]":
        """Begin to roll out."""
        variables = self.stack.variables(found_in(where))
        return subprocess.Popen(self.command(*options), cwd=where, env=variables)

    def refused(self, where: Path, *options: str) -> str:
        """Ask for a rollout that cannot be, and return what is said."""
        variables = self.stack.variables(found_in(where))
        done = subprocess.run(
            self.command(*options), cwd=where, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        return done.stderr

    def rows(self, where: Path, folder: str = "out") -> list[Row]:
        """Return the rows of a rollout; no key twice."""
        found: list[Row] = self.stack.found("rollout_rows.py", str(where / folder / "episodes"), where=where)
        assert len(found) == len({row["key"] for row in found})
        return found

    def lose_a_node(self) -> None:
        """Take a node away, with all its processes."""
        assert self.process.stdin
        assert self.process.stdout
        print(file=self.process.stdin, flush=True)
        while self.process.stdout.readline() != ".\n":
            assert self.process.poll() is None


def found_in(where: Path) -> dict[str, str]:
    """Return the variables with which policies are found by all processes."""
    return {**OFFLINE, "PYTHONPATH": str(PROGRAMS)}


@pytest.fixture(scope="module")
def stack(stack_of: MakeStack) -> Stack:
    return stack_of("ray")


@pytest.fixture
def cluster(stack: Stack, tmp_path: Path) -> Iterator[Cluster]:
    command = [str(stack.python), str(PROGRAMS / "ray_cluster.py")]
    pipe = subprocess.PIPE
    # Workers are started by nodes, so it is these that have to find the policies, and to work in the folder.
    variables = stack.variables(found_in(tmp_path))
    with subprocess.Popen(command, cwd=tmp_path, env=variables, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        line = next((line for line in process.stdout if line.startswith("{")), "{}")
        try:
            yield Cluster(stack, process, json.loads(line)["address"])
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(PATIENCE_S)


def until(holds: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    """Wait until something holds, while a process runs."""
    end = time.monotonic() + PATIENCE_S
    while not holds() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    assert holds()


def played(folder: Path) -> dict[str, bytes]:
    """Return the files of the parts that are there."""
    return {path.name: path.read_bytes() for path in (folder / "episodes").glob("part-*")}


@pytest.mark.parametrize("options", [("random",), ("random", "--interface", "symbolic"), ("oracle",)])
def test_a_cluster_plays_what_one_process_plays(options: tuple[str, ...], cluster: Cluster, tmp_path: Path) -> None:
    what = (*options, "--splits", "train", "--arms", "plain,full,conduct", "--instances", "4", "--repeats", "3")
    cluster.rolled(tmp_path, *what, "--out", "out", "--piece", "3", "--observations")
    cluster.stack.run(
        str(cluster.stack.python), "-m", "librarydesk", "evaluate", *what, "--out", "alone", where=tmp_path
    )
    lines = (tmp_path / "alone" / "episodes.jsonl").read_text(encoding="utf-8").splitlines()
    alone = [json.loads(line) for line in lines]
    rows = cluster.rows(tmp_path)
    assert [row["key"] for row in rows] == [one["key"] for one in alone]
    for row, one in zip(rows, alone, strict=True):
        turns = one["turns"]
        assert row["actions"] == [str(turn["move"].get("said", turn["move"].get("number"))) for turn in turns]
        assert row["rewards"] == [turn["reward"] for turn in turns]
        assert (row["end_reason"], row["total"], row["failure"]) == (one["end_reason"], one["total"], "")
        assert len(row["observations"] or row["numbers"]) == len(turns)


MANY: Final = ("--policy", "rollout_policies:calm", "--arms", "plain", "--repeats", "40", "--piece", "8")
TOTAL: Final = 160


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_missing(cluster: Cluster, tmp_path: Path) -> None:
    running = cluster.begun(tmp_path, *MANY, "--out", "out")
    until(lambda: len(played(tmp_path / "out")) >= 2 if (tmp_path / "out").exists() else False, running)
    victim = max((tmp_path / "playing").iterdir(), key=lambda path: path.stat().st_mtime)
    os.kill(int(victim.name), signal.SIGKILL)
    assert running.wait(PATIENCE_S) == 0
    rows = cluster.rows(tmp_path)
    assert len(rows) == TOTAL
    assert {(row["failure"], row["end_reason"]) for row in rows} == {("", "infeasible_reported")}
    assert len(list((tmp_path / "playing").iterdir())) >= 4


def test_a_node_that_is_lost_takes_nothing_with_it(cluster: Cluster, tmp_path: Path) -> None:
    running = cluster.begun(tmp_path, *MANY, "--out", "out")
    until(lambda: len(played(tmp_path / "out")) >= 2 if (tmp_path / "out").exists() else False, running)
    cluster.lose_a_node()
    assert running.wait(PATIENCE_S) == 0
    rows = cluster.rows(tmp_path)
    assert len(rows) == TOTAL
    assert {row["failure"] for row in rows} == {""}


def test_a_rollout_that_is_killed_goes_on_and_plays_every_episode_once(cluster: Cluster, tmp_path: Path) -> None:
    running = cluster.begun(tmp_path, *MANY, "--out", "out")
    until(lambda: len(played(tmp_path / "out")) >= 4 if (tmp_path / "out").exists() else False, running)
    running.kill()
    running.wait()
    before = played(tmp_path / "out")
    assert 4 <= len(before) < TOTAL / 8
    cluster.rolled(tmp_path, *MANY, "--out", "out")
    cluster.rolled(tmp_path, *MANY, "--out", "whole")
    after = played(tmp_path / "out")
    assert before.items() <= after.items()
    again, whole = ([{**row, "seconds": 0} for row in cluster.rows(tmp_path, name)] for name in ("out", "whole"))
    assert len(whole) == TOTAL
    assert again == whole
    assert "another scope (seed 0, not 1)" in cluster.refused(tmp_path, *MANY, "--out", "out", "--seed", "1")
    assert played(tmp_path / "out") == after


def test_a_folder_that_is_in_use_or_damaged_or_of_another_package_is_left_as_it_is(
    cluster: Cluster, tmp_path: Path
) -> None:
    command, folder = (*MANY, "--out", "out"), tmp_path / "out"
    running = cluster.begun(tmp_path, *command)
    until(lambda: len(played(folder)) >= 3 if folder.exists() else False, running)
    assert "another rollout is writing" in cluster.refused(tmp_path, *command)
    running.kill()
    running.wait()
    first, second, *_ = sorted((folder / "episodes").glob("part-*"))
    whole = first.read_bytes()
    first.write_bytes(whole[: len(whole) // 2])
    assert f"{first.name} is damaged: delete it" in cluster.refused(tmp_path, *command)
    first.write_bytes(second.read_bytes())
    second.rename(second.with_name("part-0000999.parquet"))
    assert "part-0000999.parquet is none of this rollout" in cluster.refused(tmp_path, *command)
    about = (folder / "run.json").read_text(encoding="utf-8")
    (folder / "run.json").write_text(about.replace('"bundle": "', '"bundle": "0'), encoding="utf-8")
    assert "holds a run with another bundle" in cluster.refused(tmp_path, *command)


def test_workers_for_which_there_is_no_memory_are_given_up_in_few_words(stack: Stack, tmp_path: Path) -> None:
    more = {**found_in(tmp_path), "RAY_memory_usage_threshold": "0.01", "RAY_memory_monitor_refresh_ms": "100"}
    command = [str(stack.python), "-m", "librarydesk", "rollout", *MANY, "--out", "out", "--workers", "1"]
    done = subprocess.run(
        command, cwd=tmp_path, env=stack.variables(more), capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 1
    (said,) = [line for line in done.stderr.splitlines() if "OutOfMemoryError" in line]
    assert len(said) < 500
    assert "run the same again to go on" in done.stderr


SEVERAL: Final = ("--arms", "plain,full", "--repeats", "8", "--piece", "8", "--out", "out")


def test_a_site_that_breaks_and_a_policy_that_raises_are_counted_apart(cluster: Cluster, tmp_path: Path) -> None:
    said = cluster.rolled(tmp_path, "--policy", "rollout_policies:unlucky", *SEVERAL)
    rows = cluster.rows(tmp_path)
    kinds = Counter(row["failure"] for row in rows)
    assert set(kinds) == {"", "environment_error", "policy_error"}
    assert all((row["total"] is None) == bool(row["failure"]) for row in rows)
    assert {row["failures"][-1]["words"] for row in rows if row["failure"] == "environment_error"} == {
        "the window is gone"
    }
    assert f"Failed, policy_error: {kinds['policy_error']}, one of them: the policy raised RuntimeError" in said


@pytest.mark.parametrize(("policy", "kind", "attempts"), [("poisoned", "worker_died", 2), ("hanging", "timeout", 1)])
def test_an_episode_that_ends_or_blocks_its_worker_fails_alone(
    policy: str, kind: str, attempts: int, cluster: Cluster, tmp_path: Path
) -> None:
    said = cluster.rolled(tmp_path, "--policy", f"rollout_policies:{policy}", *SEVERAL, "--episode-timeout", "2")
    rows = cluster.rows(tmp_path)
    failed = [row for row in rows if row["failure"]]
    assert 0 < len(failed) < len(rows)
    assert {(row["failure"], len(row["failures"])) for row in failed} == {(kind, attempts)}
    assert {row["end_reason"] for row in rows if not row["failure"]} == {"infeasible_reported"}
    assert "and were replaced" in said
    (tmp_path / "cured").touch()
    again = cluster.rolled(tmp_path, "--policy", f"rollout_policies:{policy}", *SEVERAL, "--again")
    assert "Failed" not in again
    healed = cluster.rows(tmp_path)
    assert [row["key"] for row in healed] == [row["key"] for row in rows]
    assert {row["end_reason"] for row in healed} == {"infeasible_reported"}
    assert [one for one, was in zip(healed, rows, strict=True) if not was["failure"]] == [
        row for row in rows if not row["failure"]
    ]


def test_a_policy_that_never_answers_is_given_up(cluster: Cluster, tmp_path: Path) -> None:
    command = cluster.command("--policy", "rollout_policies:never", *SEVERAL, "--piece", "16")
    variables = cluster.stack.variables(found_in(tmp_path))
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no model is here" in done.stderr
    assert played(tmp_path / "out") == {}


def test_a_function_plays_as_numbers_and_the_program_of_the_card_runs(stack: Stack, tmp_path: Path) -> None:
    assert stack.printed("Ray", where=tmp_path, more=OFFLINE).split()[0] == "4"
    found = stack.found("rollout_here.py", where=tmp_path, more=found_in(tmp_path))
    assert found == {"episodes": 8, "told": 8, "again": 8, "told again": 0, "failures": {}}
