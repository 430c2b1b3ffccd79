"""Verification: a package passes as it was exported; tampered with, it fails with task, instance and step."""

import hashlib
import json
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest

import resources
from exporters import clean_environment as clean
from exporters.export import Report, export
from exporters.verification import Verification, expectations, self_check, verify
from flow_models.document.flow import Flow
from flow_models.runtime.envs import listing
from flow_models.runtime.envs.selfcheck import CHECKSUMS
from flow_models.runtime.machine.base.program import program_hash, read_program
from tests.exporters.conftest import Walked, silent


def checked(package: Path, walked: Walked, tmp_path: Path) -> Verification:
    """Run a package's self-check out of its folder; what it needs is found in this installation."""
    expect = tmp_path / "expect.json"
    expect.write_text(json.dumps(expectations(walked.bundle, walked.walks)), encoding="utf-8")
    run = f"import runpy, sys; sys.path.insert(0, {str(package)!r}); sys.argv = sys.argv[2:]; "
    run += "runpy.run_module(sys.argv[0], run_name='__main__')"
    return self_check([sys.executable, "-I", "-c", run], walked.bundle.module, expect, tmp_path, silent)


@pytest.fixture
def copied(exported: Report, tmp_path: Path) -> Path:
    """A copy of the package that a test may change."""
    with zipfile.ZipFile(exported.wheel) as wheel:
        wheel.extractall(tmp_path / "copy")
    return tmp_path / "copy"


def change(file: Path, edit: Callable[[str], str]) -> None:
    """Change a file as somebody would who knows its checksum."""
    before = file.read_bytes()
    file.write_text(edit(before.decode()), encoding="utf-8")
    assert file.read_bytes() != before
    package = next(parent for parent in file.parents if (parent / CHECKSUMS).exists())
    old, new = (hashlib.sha256(data).hexdigest() for data in (before, file.read_bytes()))
    sums = (package / CHECKSUMS).read_text(encoding="utf-8")
    (package / CHECKSUMS).write_text(sums.replace(old, new), encoding="utf-8")


def test_a_package_does_what_the_simulator_does(copied: Path, walked: Walked, tmp_path: Path) -> None:
    found = checked(copied, walked, tmp_path)
    assert (found.status, found.detail) == ("verified", "")
    assert found.walks == len(walked.walks)
    assert [check["check"] for check in found.checks] == [
        "checksums",
        *("gymnasium", "gymnasium", "trace", "trace", "site", "walks"),
    ]


def test_a_solution_that_fails_is_named_with_task_instance_and_step(
    copied: Path, walked: Walked, tmp_path: Path
) -> None:
    broken = [dict(record) for record in walked.walks]
    broken[5]["actions"] = [*broken[5]["actions"][:1], "click('9999')", *broken[5]["actions"][2:]]
    found = checked(copied, walked._replace(walks=broken), tmp_path)
    assert found.status == "failed"
    assert "9999" in found.detail
    assert found.place() == f"Task borrow-book, instance {broken[5]['instance']}, step {len(broken[5]['actions'])}."


def test_a_page_that_reads_otherwise_than_in_the_simulator_is_found(
    copied: Path, walked: Walked, tmp_path: Path
) -> None:
    package, listed = copied / "librarydesk", walked.bundle.instances["borrow-book"]
    other = json.loads((package / "program.json").read_text(encoding="utf-8").replace("Old Mill", "New Mill"))
    other["hash"] = program_hash(other)
    change(package / "program.json", lambda _: json.dumps(other))
    change(package / "tasks.json", lambda _: json.dumps(listing.written(read_program(other), listed, {}, "")))
    found = checked(copied, walked, tmp_path)
    assert (found.status, found.where["check"]) == ("failed", "trace")


def test_an_instance_that_was_exchanged_is_found(copied: Path, walked: Walked, tmp_path: Path) -> None:
    def exchanged(text: str) -> str:
        *others, last = listing.read(walked.bundle.program, text).instances
        exchanged = [*others, last._replace(seed=last.seed + 1)]
        return json.dumps(listing.written(walked.bundle.program, exchanged, {}, ""))

    change(copied / "librarydesk" / "tasks.json", exchanged)
    found = checked(copied, walked, tmp_path)
    assert (found.status, found.where["task"]) == ("failed", "borrow-book")


@pytest.mark.parametrize(
    "name", ["program.json", "tasks.json", "demonstrations/train.jsonl", "runtime/site/document.py"]
)
def test_a_file_that_is_not_as_it_was_exported_is_named(
    name: str, copied: Path, walked: Walked, tmp_path: Path
) -> None:
    with (copied / "librarydesk" / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    found = checked(copied, walked, tmp_path)
    assert (found.status, found.where) == ("failed", {"check": "checksums"})
    assert found.detail == f"{name} is not as it was exported; install the package again"


@pytest.mark.parametrize("name", ["provenance.json", CHECKSUMS])
def test_a_file_that_is_missing_is_named(name: str, copied: Path, walked: Walked, tmp_path: Path) -> None:
    (copied / "librarydesk" / name).unlink()
    assert checked(copied, walked, tmp_path).detail == f"the package is incomplete: {name} cannot be read"


def test_code_that_breaks_off_is_told_with_its_last_words(copied: Path, walked: Walked, tmp_path: Path) -> None:
    change(copied / "librarydesk" / "runtime" / "machine" / "episodes" / "machine.py", lambda text: "1 / 0\n" + text)
    found = checked(copied, walked, tmp_path)
    assert found.status == "failed"
    assert "ZeroDivisionError" in found.detail


def test_the_wheel_is_proven_in_a_clean_environment(
    exported: Report, walked: Walked, prepared: Path, tmp_path: Path
) -> None:
    heard: list[tuple[str, int, int]] = []
    found = verify(exported.wheel, walked.bundle, walked.walks, lambda *said: heard.append(said))
    assert (found.status, found.walks) == ("verified", len(walked.walks))
    assert [stage for stage, done, of in heard if done == of] == ["prepare", "verify"]


def test_what_pip_refuses_fails_in_words(walked: Walked, prepared: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "librarydesk-1.0.0-py3-none-any.whl"
    wheel.write_text("no wheel", encoding="utf-8")
    found = verify(wheel, walked.bundle, walked.walks, silent)
    assert found.status == "failed"
    assert found.detail.startswith("pip could not install it: ")
    assert not re.search("Traceback", found.detail)


def test_without_an_environment_the_package_is_written_and_marked(
    library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OSError("no interpreter here")

    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / "cache")
    monkeypatch.setattr(venv, "create", fails)
    report = export(library, tmp_path / "out", (1, 0, 0), silent)
    assert report.verification == Verification("not verified", "no interpreter here", {}, ())
    assert report.wheel.exists()
    assert "export.not_verified" in resources.catalogue()
    assert report.command == "python -m librarydesk.runtime.envs.selfcheck"


def test_without_a_network_no_half_made_environment_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Looking in indexes\nERROR: No matching distribution found for gymnasium\n\n"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(venv, "create", lambda folder, **options: folder.mkdir(parents=True))
    monkeypatch.setattr(clean, "_pip", lambda folder, *needs: subprocess.CompletedProcess((), 1, "", said))
    with pytest.raises(clean.UnavailableError, match=r"^No matching distribution found for gymnasium$"):
        clean.prepare()
    assert list((tmp_path / "clean").iterdir()) == []
