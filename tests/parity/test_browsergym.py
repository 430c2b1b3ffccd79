"""Our accessibility text and BrowserGym's, line by line: every page at rest, and walks through every task.

BrowserGym pins a Playwright of its own, so it runs in an environment of its own, made once and kept in the user's
cache folder.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from flow_models.compiler import compile_flow
from flow_models.document.storage import loads
from flow_models.runtime.machine import Machine
from flow_models.solver import Solver
from resources import path as resource_path
from tests.parity.chromium import browser_path
from tests.parity.places import places

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT = "browsergym-core==0.14.3"
RANDOM_STEPS = 15

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1500)]


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


def report_of(python: Path, folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Play what is asked in BrowserGym and return its report."""
    given, written = folder / "asked.json", folder / "report.json"
    given.write_text(json.dumps(asked), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    script = str(Path(__file__).with_name("walk.py"))
    done = subprocess.run(
        [str(python), script, str(given), str(written)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    report: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return report


def oracle_walks(machine: Machine) -> list[dict[str, Any]]:
    """Return a shortest solution of one instance of each task."""
    solver = Solver(machine)
    walks = []
    for task in machine.tasks:
        for seed in range(10):
            solution = solver.solve(machine.draw(task, seed))
            if solution.status == "solved":
                events = [list(event) for event in solution.events]
                walks.append({"name": f"oracle of {task}", "task": task, "seed": seed, "events": events})
                break
    assert len(walks) == len(machine.tasks)
    return walks


@pytest.mark.parametrize("example", ["three_pages", "north_bank"])
def test_every_page_and_every_task_reads_the_same_in_chromium(browsergym: Path, tmp_path: Path, example: str) -> None:
    flow = loads(resource_path("examples", f"{example}.flow.json").read_text(encoding="utf-8"))
    program = compile_flow(flow).program
    machine = Machine(program)
    rests = places(machine)
    walks = oracle_walks(machine)
    walks += [
        {"name": f"random walk in {task}", "task": task, "seed": 7, "events": [], "random": RANDOM_STEPS}
        for task in machine.tasks
    ]
    browser = browser_path()
    assert browser is not None, "Chromium is needed for the proof of parity"
    report = report_of(browsergym, tmp_path, {"program": program, "browser": browser, "rests": rests, "walks": walks})
    print(
        f"{example}: {len(rests)} pages at rest, {len(walks)} walks, {report['steps']} steps, {report['lines']} lines"
    )
    differences = report["differences"]
    assert not differences, f"{len(differences)} of {report['compared']} pages differ\n" + "\n\n".join(differences[:20])
    assert report["compared"] >= len(rests) + len(walks)
