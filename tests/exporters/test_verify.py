"""A package tells whoever has it whether it is what it says, and a damaged one says what is damaged."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exporters.export import Report


def verified(folder: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    """Run the command in a folder that holds the package; return its status, and the findings by their checks."""
    command = [sys.executable, "-m", "librarydesk", "verify", "--json", "--instances", "2", "--python", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert findings, done.stderr
    return done.returncode, {one["check"]: one for one in findings}


@pytest.fixture
def package(exported: Report, tmp_path: Path) -> Path:
    """A copy of the exported package's folder."""
    return Path(shutil.copytree(exported.folder, tmp_path / "copy"))


def test_a_package_as_it_is_exported_holds(package: Path) -> None:
    status, findings = verified(package)
    assert {name: one["detail"] for name, one in findings.items() if one["standing"] != "holds"} == {}
    assert len(findings) == 13
    assert status == 0


def test_what_is_damaged_is_said(package: Path) -> None:
    inside = package / "librarydesk"
    solutions = inside / "demonstrations" / "train.jsonl"
    first, *others = solutions.read_text(encoding="utf-8").splitlines()
    record = json.loads(first)
    cut = json.dumps({**record, "actions": record["actions"][:-1]})
    solutions.write_text("\n".join([cut, *others]), encoding="utf-8")
    walks = inside / "site_walks.jsonl"
    walks.write_text(walks.read_text(encoding="utf-8").replace('"trace": "', '"trace": "0'), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "librarydesk", "tasks", "--instances", "--split", "test:instances", "--json"],
        cwd=package, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    (inside / "notes.md").write_text(json.loads(told[0])["goal"], encoding="utf-8")
    status, findings = verified(package)
    broken = {name for name, one in findings.items() if one["standing"] == "broken"}
    assert (status, broken) == (1, {"files", "oracle", "site", "leaks"})
    assert "notes.md gives away the goal of borrow-book" in findings["leaks"]["detail"]
