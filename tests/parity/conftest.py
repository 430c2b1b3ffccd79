"""One Chromium of each kind, and BrowserGym, for all tests of this folder that need one.

BrowserGym pins a Playwright of its own, so it runs in an environment of its own, made once and kept in the user's cache
folder.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import platformdirs
import pytest
from playwright.sync_api import Browser

from flow_models.runtime.envs.chromium.find import find_chromium, has_chromium
from flow_models.runtime.envs.chromium.launch import Chromium, driver, release
from tests.daily import daily
from tests.parity.pair import Pair
from tests.parity.walks import EXAMPLES, Example, example

REQUIREMENT: Final = "browsergym-core==0.14.3"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    if not has_chromium():
        pytest.skip("no Chromium on this computer")
    started = Chromium()
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser that reaches this computer, unlike those of environments."""
    if not has_chromium():
        pytest.skip("no Chromium on this computer")
    started = driver().chromium.launch(executable_path=find_chromium())
    yield started
    started.close()
    release()


@pytest.fixture(params=daily(EXAMPLES, ["block_zoo"]))
def played(request: pytest.FixtureRequest) -> Iterator[tuple[Example, Pair]]:
    """Return an example, and its simulation side by side with Chromium."""
    flow = example(request.param)
    pair = Pair(flow.bundle)
    yield flow, pair
    pair.close()


def interpreter() -> str:
    """Return a Python that BrowserGym's pinned Playwright has wheels for: none newer than 3.12."""
    if int(platform.python_version_tuple()[1]) < 13:
        return sys.executable
    found = shutil.which("python3.12") or shutil.which("python3.11")
    if found is None:
        pytest.skip("BrowserGym needs Python 3.11 or 3.12")
    return found


@pytest.fixture(scope="session")
def browsergym() -> Path:
    """Return an interpreter with BrowserGym."""
    folder = Path(platformdirs.user_cache_dir("gymwright")) / f"parity-{REQUIREMENT}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "complete"
    if not done.exists():
        subprocess.run([interpreter(), "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", REQUIREMENT], check=True)
        done.touch()
    return python
