"""The window on small and large screens: playing, exporting, switching, starting anew, after a crash.

Each screen has a process of its own, as Qt knows one screen per process; it looks around after everything it does.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.daily import daily
from tests.journeys.dweller import screen_of

ROOT = Path(__file__).resolve().parents[2]
SCREENS = [(1024, 700, 1.0), (1280, 720, 1.0), (1440, 900, 1.0), (960, 540, 2.0)]
"""Logical pixels, and how many real ones each has; the last is a screen of 1920 by 1080 at twice the size."""

WORKSPACES = ("key:Ctrl+2", "key:Ctrl+3", "key:Ctrl+1")
DIALOGS = ("export", "dismiss", "shortcuts", "dismiss", "about", "dismiss", "find", "dismiss", "open", "dismiss")


@dataclass(frozen=True)
class Seen:
    """What was seen after one act."""

    act: str
    size: list[int]
    panels: list[str]
    faults: list[str]


@dataclass(frozen=True)
class Home:
    """A person's screen and settings; each call is a start of the app."""

    screen: dict[str, str]
    folder: Path
    command: tuple[str, ...] = (sys.executable,)

    def start(self, *acts: str) -> list[Seen]:
        """Start the app, act, and return what was seen after each act; the app may be killed as the last."""
        variables = {**os.environ, **self.screen, "GYMWRIGHT_HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        command = [*self.command, "-m", "tests.journeys.dweller", *acts]
        done = subprocess.run(
            command, env=variables, capture_output=True, text=True, timeout=110, check=False, cwd=ROOT
        )
        seen = [Seen(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
        expected = [act for act in acts if act != "kill"]
        assert [one.act for one in seen] == expected, done.stderr[-3000:]
        return seen


def faults(seen: Sequence[Seen]) -> list[str]:
    return [f"{one.act}: {fault}" for one in seen for fault in one.faults]


def live_in(home: Home) -> None:
    """Use the whole window, start it again, kill it and restore, and find nothing cut, covered, outside or moved."""
    first = home.start("look", *WORKSPACES, "play", "stop", *DIALOGS, "start", "key:Ctrl+1", "key:Ctrl+3")
    second = home.start("look", "key:Ctrl+1", "key:F12", "key:F12", "edit", "kill")
    third = home.start("look", "restore", "key:Ctrl+2", "key:Alt+0", "play", "stop")
    assert faults([*first, *second, *third]) == []
    assert {tuple(one.size) for one in (*first, *second, *third)} == {tuple(first[0].size)}
    by_act = {one.act: one.panels for one in first}
    before = [one.panels for one in first[:1]]
    assert [by_act["stop"], by_act["key:Ctrl+1"], second[1].panels] == before * 3
    assert second[0].panels == by_act["key:Ctrl+3"]
    assert third[1].panels == before[0]
    assert by_act["play"] == by_act["key:Ctrl+2"] == third[3].panels == third[5].panels


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "scale"), daily(SCREENS, SCREENS[:1]))
def test_nothing_is_cut_covered_or_outside_and_the_window_never_grows(
    width: int, height: int, scale: float, tmp_path: Path
) -> None:
    live_in(Home(screen_of(width, height, scale, tmp_path), tmp_path))


@pytest.mark.proof
@pytest.mark.parametrize(("width", "height", "scale"), SCREENS)
def test_the_same_in_a_real_window_with_a_frame(width: int, height: int, scale: float, tmp_path: Path) -> None:
    programs = [shutil.which(program) for program in ("xvfb-run", "openbox")]
    if not all(programs):
        pytest.skip("needs xvfb-run and openbox")
    screen = f"-screen 0 {round(width * scale)}x{round(height * scale)}x24"
    inside = 'openbox & keeper=$!; sleep 1; "$@"; status=$?; kill $keeper; exit $status'
    command = ("xvfb-run", "-a", "-s", screen, "sh", "-c", inside, "sh", sys.executable)
    variables = {"QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(scale)}
    live_in(Home(variables, tmp_path, command))
