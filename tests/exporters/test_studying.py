"""Walks through the site, cases for verifiers, and how difficult tasks are, as a package has them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exporters.export import Report
from exporters.studying import MALFORMED, study
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.selfcheck import CHECKSUMS
from flow_models.runtime.envs.solutions import SITE_WALKS
from flow_models.runtime.envs.traces import walk
from flow_models.solver.difficulty import ordered
from tests.exporters.conftest import Walked


@pytest.fixture
def changed(exported: Report, tmp_path: Path) -> Path:
    """A copy of the package whose checksums are not looked at."""
    copy = tmp_path / "librarydesk"
    shutil.copytree(exported.folder / "librarydesk", copy)
    (copy / CHECKSUMS).write_text("", encoding="utf-8")
    return copy


def _records(package: Path) -> list[dict[str, object]]:
    """Return the walks through the site of a package."""
    return [json.loads(line) for line in (package / SITE_WALKS).read_text(encoding="utf-8").splitlines()]


def test_walks_through_the_site_touch_what_solutions_leave_out(exported: Report) -> None:
    found = exported.study
    assert found.solved.share < 0.5
    assert found.touched.missing == ()
    assert found.tours < len(found.walks)


def test_walks_ship_for_training_instances_alone_and_meet_the_same_again(exported: Report, walked: Walked) -> None:
    tests = {one.n for one in walked.bundle.instances["borrow-book"] if one.split == "test"}
    env = TextEnv(walked.bundle, ["borrow-book"])
    for record in _records(exported.folder / "librarydesk"):
        assert record["instance"] not in tests
        assert walk(env, record["instance"], record["actions"], {}).trace == record["trace"]  # type: ignore[arg-type]


def test_a_text_that_is_no_action_is_among_them_and_pays_nothing(exported: Report, walked: Walked) -> None:
    records = [one for one in _records(exported.folder / "librarydesk") if one["actions"] == [MALFORMED]]
    assert len(records) == exported.study.refused == len(walked.bundle.task_names)


def test_the_self_check_plays_them_again(changed: Path, exported: Report) -> None:
    done = _self_check(changed)
    assert done[-1] == {"ok": True}
    assert {"check": "site", "walks": len(exported.study.walks)} in done
    records = _records(changed)
    records[0]["actions"] = [*records[0]["actions"][:-1], "noop()"]  # type: ignore[index]
    (changed / SITE_WALKS).write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    failed = _self_check(changed)[-1]
    assert (failed["ok"], failed["check"], failed["task"]) == (False, "site", "borrow-book")


def test_the_report_tells_coverage_and_difficulty(exported: Report) -> None:
    data = exported.as_data()
    assert data["coverage"]["share"] == 1.0
    assert data["difficulty"]["borrow-book"]["level"] == "plain"


def test_the_card_orders_tasks_and_tells_their_lengths(exported: Report) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    assert "| `borrow-book` | plain |" in card
    assert "| 4 (6) |" in card, "six instances do not test"
    assert exported.study.difficulties == ordered(exported.study.difficulties)


def test_a_package_is_studied_the_same_each_time(exported: Report, walked: Walked) -> None:
    plans = {(one.task, one.n): () for one in walked.bundle.instances["borrow-book"]}
    first, second = (study(walked.bundle, plans, {}) for _ in range(2))
    assert first == second
    assert first.same == 0, "who does nothing succeeds in nothing"


def _self_check(package: Path) -> list[dict[str, object]]:
    """Return the lines of a package's self-check."""
    command = [sys.executable, "-m", f"{package.name}.runtime.envs.selfcheck"]
    done = subprocess.run(command, cwd=package.parent, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
