"""A real drag in a real window: Xvfb, openbox and xdotool, where these programs are."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAMS = ("Xvfb", "openbox", "xdotool")


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, with a window manager."""
    # The server itself finds a free number, and says it once it answers.
    told, tells = os.pipe()
    options = ["-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", "-displayfd", str(tells), *options], pass_fds=[tells])
    os.close(tells)
    with os.fdopen(told) as lines:
        screen = f":{lines.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": screen})
    yield screen
    for program in (manager, server):
        program.terminate()
        program.wait(10)


@pytest.mark.proof
@pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason="needs Xvfb, openbox and xdotool")
def test_a_block_is_dragged_from_the_palette_onto_a_card_with_a_real_pointer(display: str, tmp_path: Path) -> None:
    own = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "GYMWRIGHT_HOME": str(tmp_path)}
    script = Path(__file__).with_name("real_drag.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=100,
        cwd=tmp_path,
    )
    before, dropped, given_up = json.loads(done.stdout.splitlines()[-1])
    assert dropped == [*before, "divider"]
    assert given_up == dropped
