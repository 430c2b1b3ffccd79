"""Our texts of pages and BrowserGym's, line by line: every page at rest, and walks through every task."""

import difflib
import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from flow_models.runtime.envs.chromium.find import find_chromium
from flow_models.runtime.envs.chromium.launch import Chromium
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.machine import Episode, Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.site import Site
from flow_models.runtime.site.web import Session
from tests.parity.places import Place, places
from tests.parity.walks import EXAMPLES, Example, Oracle, as_json, example

ROOT = Path(__file__).resolve().parents[2]
RANDOM_STEPS = 15
VARIANTS = 6

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1500)]


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


def walks_of(flow: Example) -> list[dict[str, Any]]:
    """Return the solution of each task and a random walk in it as drawn, and the same for some tasks in variants."""
    tasks = flow.bundle.task_names
    oracles = [oracle for task in tasks if (oracle := flow.oracle_of(task)) is not None]
    walks = [walk_of(flow, oracle, PLAIN, f"oracle of {oracle.task}") for oracle in oracles]
    walks += [{"name": f"random walk in {task}", "task": task, "seed": 7, "random": RANDOM_STEPS} for task in tasks]
    for number, variant in enumerate(flow.variants(VARIANTS)):
        name = f"in {variant}"
        dressed = {"variant": as_json(variant), "task": tasks[number % len(tasks)], "seed": number}
        walks.append({"name": f"random walk {name}", **dressed, "random": RANDOM_STEPS})
        oracle = oracles[number % len(oracles)]
        walks.append({**walk_of(flow, oracle, variant, f"oracle of {oracle.task} {name}"), "variant": as_json(variant)})
    return walks


def walk_of(flow: Example, oracle: Oracle, variant: Variant, name: str) -> dict[str, Any]:
    """Return the walk of a solution in a variant."""
    events = [list(event) for event in flow.adapted(oracle, variant)]
    return {"name": name, "task": oracle.task, "seed": oracle.instance, "events": events}


def pruned(chromium: Chromium, flow: Example, rests: list[Place]) -> list[str]:
    """Return the HTML of places as our environment gives it to agents."""
    window, site, machine = Window(chromium), Site.of(flow.program), flow.bundle.machine
    found = []
    for place in rests:
        episode = Episode(machine, machine.draw(place["task"], place["seed"]))
        for event in place["events"]:
            episode.step(Event(*event))
        window.open(Session(episode, site))
        found.append(window.pruned_html())
    window.page.context.close()
    return found


def differing(rests: list[Place], theirs: list[str], ours: list[str]) -> list[str]:
    """Return the differences between the HTML of places in BrowserGym and with us, each as a diff."""
    found = []
    for place, *htmls in zip(rests, theirs, ours, strict=True):
        lines, our_lines = (named_alike(html).split("\n") for html in htmls)
        diff = list(difflib.unified_diff(lines, our_lines, "BrowserGym", "ours", n=1, lineterm=""))
        found += ["\n".join([f"HTML of {place['name']}", *diff])] if diff else []
    return found


def named_alike(html: str) -> str:
    """Return a document in which the names that only its rendering knows are numbered instead."""
    names: dict[str, str] = {}
    return re.sub(r"\bt[0-9a-f]{18}\b", lambda found: names.setdefault(found[0], f"name {len(names)}"), html)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_page_and_every_task_reads_the_same_in_chromium(
    browsergym: Path, chromium: Chromium, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = example(name)
    rests, walks = places(flow.bundle.machine), walks_of(flow)
    asked = {"program": flow.program.json, "browser": find_chromium(), "rests": rests, "walks": walks}
    began = time.monotonic()
    report = report_of(browsergym, tmp_path, asked)
    seconds, steps = time.monotonic() - began, report["steps"]
    differences = report["differences"] + differing(rests, report["pruned"], pruned(chromium, flow, rests))
    counts = f"{len(rests)} pages at rest, {len(walks)} walks, {steps} steps, {report['lines']} lines"
    with capsys.disabled():
        print(f"\n{name} through BrowserGym: {counts}, {len(differences)} differences, {seconds:.0f} s")
        print(f"{name}: BrowserGym made {report['speed']:.1f} steps/s")
    assert not differences, f"{len(differences)} of {report['compared']} pages differ\n" + "\n\n".join(differences[:20])
    assert report["compared"] >= len(rests) + len(walks)
