"""Solutions of a package's instances: worked out afresh from flow, folder or wheel, the same, and right."""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import resources
from app import cli
from exporters import canary
from exporters.errors import ExportError
from exporters.export import Report
from exporters.oracle import check_place, solutions
from exporters.walks import Record
from flow_models.runtime.envs import listing
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.traces import walk
from flow_models.runtime.machine.base.splits import SPLITS
from tests.exporters.conftest import COUNTS, Walked, silent

FLOW = resources.path("examples", "three_pages.flow.json")


def without_canary(records: list[Record]) -> list[Record]:
    return [{key: value for key, value in record.items() if key != "canary"} for record in records]


def test_flow_folder_package_and_wheel_give_the_same_solutions(exported: Report, walked: Walked) -> None:
    for source in (FLOW, exported.folder, exported.folder / "librarydesk", exported.wheel):
        found = solutions(source, COUNTS, SPLITS, None, silent)
        assert without_canary(found) == walked.walks
        assert {record["canary"] for record in found} == {canary.guid(walked.bundle.program)}


def test_solutions_solve_what_the_package_asks(exported: Report) -> None:
    bundle = Bundle.read(exported.folder / "librarydesk")
    found = solutions(exported.wheel, COUNTS, ["test"], "borrow-book", silent)
    assert {(record["split"], record["instance"]) for record in found} == {("test", 6), ("test", 7)}
    env = TextEnv(bundle, ["borrow-book"], split="test:instances")
    for record in found:
        observation, _ = env.reset(options={"instance": record["instance"], "variant": record["variant"]})
        assert observation["goal"] == record["goal"]
        done = walk(env, record["instance"], record["actions"], record["variant"])
        assert (done.end_reason, done.trace) == ("success", record["trace"])


def test_impossible_instances_are_reported(tmp_path: Path) -> None:
    bank = resources.path("examples", "north_bank.flow.json")
    found = solutions(bank, (2, 0, 0), ["train"], "raise-limit", silent)
    assert any(record["actions"][0].startswith("report_infeasible(") for record in found)


def test_what_is_no_package_is_refused_in_words(exported: Report, tmp_path: Path) -> None:
    (tmp_path / "some.whl").write_text("no wheel", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as wheel:
        wheel.writestr("other/readme.txt", "hello")
    for source in (tmp_path, tmp_path / "some.whl", tmp_path / "other.whl"):
        with pytest.raises(ExportError, match="neither a flow nor a package"):
            solutions(source, COUNTS, SPLITS, None, silent)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.whl")
        with pytest.raises(ExportError, match="neither a flow nor a package"):
            solutions(tmp_path / "pipe.whl", COUNTS, SPLITS, None, silent)
    with pytest.raises(ExportError, match="no task fly; there are borrow-book"):
        solutions(exported.wheel, COUNTS, SPLITS, "fly", silent)


def test_a_package_of_before_or_with_other_instances_is_refused_in_words(exported: Report, tmp_path: Path) -> None:
    package = tmp_path / "librarydesk"
    shutil.copytree(exported.folder / "librarydesk", package)
    bundle = Bundle.read(package)
    first, *others = bundle.instances["borrow-book"]
    told = listing.written(bundle.program, [first._replace(steps=9), *others], {}, "")
    (package / "tasks.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ExportError, match="instance 0 cannot be solved as the package says"):
        solutions(package, COUNTS, SPLITS, None, silent)
    older = json.loads((package / "program.json").read_text(encoding="utf-8"))
    (package / "program.json").write_text(json.dumps({**older, "meaning": 1}), encoding="utf-8")
    with pytest.raises(ExportError, match="another version of the runtime; export the flow again"):
        solutions(package, COUNTS, SPLITS, None, silent)
    (package / "tasks.json").unlink()
    (package / "program.json").write_text(json.dumps(older), encoding="utf-8")
    with pytest.raises(BundleError, match="incomplete"):
        solutions(package, COUNTS, SPLITS, None, silent)


def test_solutions_are_not_written_into_the_package(exported: Report, tmp_path: Path) -> None:
    for inside in (exported.folder / "x.jsonl", exported.folder / "librarydesk" / ".." / "librarydesk" / "x.jsonl"):
        with pytest.raises(ExportError, match="Name a file elsewhere"):
            check_place(exported.folder, inside)
    check_place(exported.folder, tmp_path / "x.jsonl")


def test_the_command_writes_lines_and_says_how_many(exported: Report, tmp_path: Path) -> None:
    out = tmp_path / "solutions.jsonl"
    result = CliRunner().invoke(
        cli.gymwright, ["oracle", str(exported.wheel), "--out", str(out), "--split", "test", "--json"]
    )
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert json.loads(result.output) == {"file": str(out), "solutions": [["borrow-book", "test", len(lines)]]}
    assert {line["split"] for line in lines} == {"test"}
    again = tmp_path / "again.jsonl"
    told = CliRunner().invoke(cli.gymwright, ["oracle", str(exported.folder), "--out", str(again), "--split", "test"])
    assert "Solutions: " in told.output
    assert again.read_bytes() == out.read_bytes()
