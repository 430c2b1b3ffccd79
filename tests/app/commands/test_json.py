"""What each command tells other programs, and with which exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import resources
from app import cli
from flow_models.document import storage

EXAMPLE = resources.path("examples", "three_pages.flow.json")


def told(*arguments: object) -> tuple[int, Any]:
    """Return the exit code and what was printed as JSON."""
    result = CliRunner().invoke(cli.gymwright, [*map(str, arguments), "--json"], catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The example with a page that nobody reaches and a formula that means nothing."""
    flow = storage.load(EXAMPLE)
    tasks = tuple(task.rebuilt(require="nobody ==") for task in flow.tasks)
    storage.save(flow.rebuilt(tasks=tasks), tmp_path / "wrong.flow.json")
    return tmp_path / "wrong.flow.json"


def test_check_finds_nothing_in_the_example() -> None:
    assert told("check", EXAMPLE) == (0, {"problems": []})


def test_check_lists_problems_and_ends_with_one_on_errors(wrong: Path) -> None:
    code, data = told("check", wrong)
    assert code == 1
    problem = next(problem for problem in data["problems"] if problem["severity"] == "error")
    assert problem.keys() == {"code", "severity", "sentence", "elements", "fix", "walk"}
    assert problem["elements"][0].items() >= {"kind": "task", "id": "k_borrow"}.items()


def test_check_running_looks_at_what_only_running_shows(tmp_path: Path) -> None:
    flow = storage.load(EXAMPLE)
    storage.save(flow.rebuilt(tasks=tuple(task.rebuilt(max_steps=4) for task in flow.tasks)), tmp_path / "f.flow.json")
    assert {problem["code"] for problem in told("check", tmp_path / "f.flow.json", "--running")[1]["problems"]}


def test_coverage_tells_what_is_touched_and_how_difficult_tasks_are() -> None:
    code, data = told("coverage", EXAMPLE, "--instances", 1)
    assert code == 0
    assert (data["coverage"]["share"], data["coverage"]["missing"]) == (1.0, [])
    assert data["difficulty"]["borrow-book"]["steps"] == 4
    assert all(walk["task"] == "borrow-book" for walk in data["walks"])


def test_coverage_names_what_is_missing_page_by_page(tmp_path: Path) -> None:
    flow = storage.load(EXAMPLE)
    page = flow.pages[-1]
    lonely = page.rebuilt(id="p_lonely", title="Attic", blocks=(), open_by_url="false", path="/attic")
    storage.save(flow.rebuilt(pages=(*flow.pages, lonely)), tmp_path / "f.flow.json")
    result = CliRunner().invoke(cli.gymwright, ["coverage", str(tmp_path / "f.flow.json")], catch_exceptions=False)
    assert result.exit_code == 0
    assert "Attic" in result.stdout
    assert "was not shown" in " ".join(result.stdout.split())


def test_solve_tells_lengths_and_statuses() -> None:
    code, data = told("solve", EXAMPLE, "--instances", 3)
    (task,) = data["tasks"]
    assert code == 0
    assert {name: task[name] for name in ("task", "solved", "infeasible", "gave_up", "shortest", "longest")} == {
        "task": "borrow-book",
        "solved": 3,
        "infeasible": 0,
        "gave_up": 0,
        "shortest": 4,
        "longest": 4,
    }


def test_play_shows_the_solution_step_by_step() -> None:
    code, data = told("play", EXAMPLE, "--seed", 2)
    assert (code, data["end_reason"], data["reward"]) == (0, "success", 1.0)
    assert [step["action"].partition("(")[0] for step in data["steps"]] == ["click", "select_option", "click", "click"]


def test_random_play_ends_with_one_because_it_did_not_succeed() -> None:
    code, data = told("play", EXAMPLE, "--policy", "random", "--seed", 2)
    assert (code, data["end_reason"]) == (1, "step_limit")
    assert len(data["steps"]) == 20


def test_export_tells_what_was_made(tmp_path: Path) -> None:
    code, data = told("export", EXAMPLE, "--out", tmp_path, "--instances", 2, 1, 1, "--no-verify")
    assert (code, data["held_down"], data["verification"]) == (0, True, None)
    assert Path(data["wheel"]).exists()
    assert data["tasks"][0]["instances"] == 4
    assert data["policies"]["borrow-book"]["policies"]["random"].keys() == {"successes", "share", "limit", "passed"}


def test_bump_raises_versions_and_saves_the_flow(tmp_path: Path) -> None:
    file = tmp_path / "desk.flow.json"
    flow = storage.load(EXAMPLE)
    storage.save(flow, file)
    arguments = ("export", file, "--out", tmp_path / "out", "--instances", 1, 0, 0, "--no-verify")
    assert told(*arguments)[0] == 0
    storage.save(flow.rebuilt(site=flow.site.rebuilt(currency="GBP")), file)
    refused = CliRunner().invoke(cli.gymwright, [*map(str, arguments)])
    assert type(refused.exception).__name__ == "VersionError"
    assert told(*arguments, "--bump")[0] == 0
    assert [task.version for task in storage.load(file).tasks] == [2]


def test_diagram_tells_where_it_lies(tmp_path: Path) -> None:
    code, data = told("diagram", EXAMPLE, "--out", tmp_path / "desk.svg")
    assert (code, data) == (0, {"diagram": str(tmp_path / "desk.svg")})
    assert (tmp_path / "desk.svg").read_text(encoding="utf-8").startswith("<svg")


def test_tables_name_every_task(tmp_path: Path) -> None:
    arguments = ["export", str(EXAMPLE), "--out", str(tmp_path), "--instances", "1", "0", "0", "--no-verify"]
    said = CliRunner().invoke(cli.gymwright, arguments, catch_exceptions=False).stdout
    assert "borrow-book" in said
    assert str(tmp_path / "librarydesk-1.0.0-py3-none-any.whl") in said.replace("\n", "")
    assert "cli." not in said


def test_variants_tells_the_axes_and_counts_sites_by_text() -> None:
    code, data = told("variants", EXAMPLE, "--variants", 20, "--no-pixels")
    assert code == 0
    assert [axis["title"] for axis in data["axes"]][:2] == ["Look", "Layout"]
    assert "behind the main part" in data["axes"][1]["held_out"]
    assert (data["variants"], data["pixels"]) == (20, None)
    assert 10 < data["texts"] <= 20
