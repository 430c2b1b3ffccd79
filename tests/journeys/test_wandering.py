"""Random sessions: commands, selections, texts, keys and clicks, then undo all, redo all, save, kill and restore."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.dweller import screen_of

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *arguments: str) -> dict[str, Any]:
    """Run the wanderer, which is killed at its end, and return what it said before."""
    variables = {**os.environ, **screen_of(1280, 720, 1.0, folder), "GYMWRIGHT_HOME": str(folder)}
    command = [sys.executable, "-m", "tests.journeys.wanderer", *arguments]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(lines) == 1, done.stdout[-2000:] + done.stderr[-3000:]
    found: dict[str, Any] = json.loads(lines[0])
    return found


def wander(folder: Path, seed: int, count: int) -> None:
    """Wander, be killed, restore, and find the same flow and no fault."""
    left = run(folder, str(seed), str(count), str(folder / "wandered.flow.json"))
    assert left["faults"] == []
    assert left["steps"] > count // 50, "hardly anything was done"
    assert run(folder, "restore")["mark"] == left["mark"]


@pytest.mark.proof
@pytest.mark.parametrize("seed", [1])
def test_a_random_session_can_be_undone_saved_killed_and_restored(seed: int, tmp_path: Path) -> None:
    wander(tmp_path, seed, 40)


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 106))
def test_random_sessions_of_500_commands(seed: int, tmp_path: Path) -> None:
    wander(tmp_path, seed, 500)
