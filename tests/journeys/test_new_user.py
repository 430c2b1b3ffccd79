"""Somebody new draws, plays and exports the library site in a window on a screen of 1280 by 720, with few actions."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.dweller import screen_of

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 720)


def run(test: str, variables: dict[str, str], command: tuple[str, ...] = ()) -> None:
    """Run a journey in a process of its own, and print the actions that it took."""
    python = (sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist")
    journey = f"tests/journeys/library_site.py::{test}"
    done = subprocess.run(
        [*command, *python, journey],
        env={**os.environ, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=380,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.proof
@pytest.mark.timeout(400)
def test_the_library_site_takes_at_most_150_actions_with_pointer_and_keyboard(tmp_path: Path) -> None:
    run("test_by_pointer", screen_of(*SIZE, 1.0, tmp_path))


@pytest.mark.proof
@pytest.mark.timeout(400)
def test_the_same_by_keyboard_alone(tmp_path: Path) -> None:
    run("test_by_keys", screen_of(*SIZE, 1.0, tmp_path))


@pytest.mark.proof
@pytest.mark.timeout(400)
def test_the_same_in_a_real_window_with_a_frame() -> None:
    programs = [shutil.which(program) for program in ("xvfb-run", "openbox")]
    if not all(programs):
        pytest.skip("needs xvfb-run and openbox")
    inside = 'openbox & keeper=$!; sleep 1; "$@"; status=$?; kill $keeper; exit $status'
    screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
    run("test_by_pointer", {"QT_QPA_PLATFORM": "xcb"}, ("xvfb-run", "-a", "-s", screen, "sh", "-c", inside, "sh"))
