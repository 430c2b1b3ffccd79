"""Policies are evaluated with a wheel alone: the one of the card, the cheap ones, and after an end by force."""

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack, program_of

pytestmark = pytest.mark.proof

FEW = ("--instances", "2", "--arms", "plain,full,held_out")
PATIENCE_S = 300


@pytest.fixture(scope="module")
def stack(stack_of: MakeStack) -> Stack:
    return stack_of("")


def evaluated(stack: Stack, where: Path, *options: str) -> str:
    return stack.run(str(stack.python), "-m", "librarydesk", "evaluate", *options, *FEW, where=where)


def episodes(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "episodes.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**json.loads(line), "seconds": 0} for line in lines]


def test_the_policy_of_the_card_is_evaluated_compared_and_judged_anew(stack: Stack, tmp_path: Path) -> None:
    _, program = program_of(stack.package, "A policy of your own")
    (tmp_path / "my_policy.py").write_text(program, encoding="utf-8")
    assert "95 % interval" in evaluated(stack, tmp_path, "--policy", "my_policy:answer", "--out", "first")
    assert "95 % interval" in evaluated(stack, tmp_path, "keyword", "--out", "second")
    said = stack.run(str(stack.python), "-m", "librarydesk", "compare", "first", "second", where=tmp_path)
    assert "keyword beside my_policy:answer" in said
    said = stack.run(str(stack.python), "-m", "librarydesk", "regrade", "second", where=tmp_path)
    assert said.startswith("0 of ")
    assert (tmp_path / "second" / "report.html").exists()


def test_the_oracle_earns_the_maximum_in_training(stack: Stack, tmp_path: Path) -> None:
    evaluated(stack, tmp_path, "oracle", "--splits", "train", "--out", "run")
    assert {one["end_reason"] for one in episodes(tmp_path / "run")} == {"success"}


def test_a_run_that_was_killed_goes_on(stack: Stack, tmp_path: Path) -> None:
    command = [str(stack.python), "-m", "librarydesk", "evaluate", "random", "--out", "killed", *FEW]
    started = subprocess.Popen(command, cwd=tmp_path, env=stack.variables(), stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    file = tmp_path / "killed" / "episodes.jsonl"
    while not (file.exists() and file.stat().st_size) and started.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    started.kill()
    started.wait()
    assert file.stat().st_size
    evaluated(stack, tmp_path, "random", "--out", "killed")
    evaluated(stack, tmp_path, "random", "--out", "whole")
    assert episodes(tmp_path / "killed") == episodes(tmp_path / "whole")
