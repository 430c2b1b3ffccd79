"""`audit`, and `play --walk`: what they print, tell other programs and write, and with which exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import resources
from app import cli
from app.commands import auditing
from flow_models.checks.auditing import Tried
from flow_models.document import storage
from flow_models.document.tasks import Success
from flow_models.solver.honesty import LOOKALIKES, SAMPLED

EXAMPLE = resources.path("examples", "three_pages.flow.json")


def called(*arguments: object) -> Result:
    return CliRunner().invoke(cli.gymwright, [*map(str, arguments)], catch_exceptions=False)


def told(*arguments: object) -> tuple[int, Any]:
    """Return the exit code and what was printed as JSON."""
    result = called(*arguments, "--json")
    return result.exit_code, json.loads(result.stdout)


def reach(instances: int) -> dict[str, int]:
    """Return how far an audit looked, as JSON tells it."""
    return {"instances": instances, "likeliest_lookalikes": LOOKALIKES, "sampled_lookalikes": SAMPLED}


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """The example with a task that is done before it begins."""
    flow = storage.load(EXAMPLE)
    tasks = tuple(task.rebuilt(success=Success(also="count(books) > 0")) for task in flow.tasks)
    storage.save(flow.rebuilt(tasks=tasks), tmp_path / "done.flow.json")
    return tmp_path / "done.flow.json"


@pytest.fixture
def audited(done: Path, tmp_path: Path) -> Path:
    """What an audit of it told."""
    file = tmp_path / "audit.json"
    file.write_text(called("audit", done, "--instances", 1, "--json").stdout, encoding="utf-8")
    return file


def test_an_audit_of_the_example_finds_nothing_and_has_tried_all() -> None:
    clean = {"problems": [], "tried": ["borrow-book"], "left": [], "tried_with": reach(2)}
    assert told("audit", EXAMPLE, "--instances", 2) == (0, clean)
    printed = " ".join(called("audit", EXAMPLE, "--instances", 1).output.split())
    assert "1 task" in printed
    assert f"up to {LOOKALIKES} other starts" in printed


def test_an_audit_ends_with_one_on_errors_and_tells_their_walks(audited: Path, done: Path) -> None:
    found = json.loads(audited.read_text(encoding="utf-8"))["problems"]
    walk = next(one["walk"] for one in found if one["code"] == "running.success_at_start")
    assert walk["task"] == "borrow-book"
    assert called("audit", done, "--instances", 1).exit_code == 1


def test_an_audit_that_is_stopped_leaves_what_was_found_and_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    flow = storage.load(EXAMPLE)
    [task] = flow.tasks
    names = ("borrow-book", "borrow-again")

    def interrupted(*_: object) -> Any:
        yield Tried(names[0], ())
        raise KeyboardInterrupt

    monkeypatch.setattr(auditing, "tried_deep", interrupted)
    again = task.rebuilt(id="k_again", name=names[1])
    found = auditing._audited(flow.rebuilt(tasks=(task, again)), names, 1, quiet=True)
    assert found.tried == names[:1]
    assert not found.is_good
    monkeypatch.setattr(auditing, "task_names", lambda *_: list(names))
    assert told("audit", EXAMPLE) == (
        1,
        {"problems": [], "tried": ["borrow-book"], "left": ["borrow-again"], "tried_with": reach(20)},
    )
    assert "1 of 2 tasks" in called("audit", EXAMPLE).output


def test_a_flow_that_cannot_run_is_audited_as_far_as_it_can_be(tmp_path: Path) -> None:
    flow = storage.load(EXAMPLE)
    wrong = flow.rebuilt(tasks=tuple(task.rebuilt(require="nobody ==") for task in flow.tasks))
    storage.save(wrong, tmp_path / "wrong.flow.json")
    code, data = told("audit", tmp_path / "wrong.flow.json")
    assert code == 1
    assert data["tried"] == []
    assert data["problems"]
    assert resources.text("cli.audit.not_run") in called("audit", tmp_path / "wrong.flow.json").output


def test_an_audit_writes_its_walks_as_a_file(done: Path, tmp_path: Path) -> None:
    file = tmp_path / "walks.html"
    called("audit", done, "--instances", 1, "--html", file)
    assert "is done before it begins" in file.read_text(encoding="utf-8")


def test_a_walk_is_played_page_by_page_from_what_an_audit_told(audited: Path, done: Path) -> None:
    result = called("play", done, "--walk", f"{audited}#success_at_start")
    assert result.exit_code == 0
    assert "is done before it begins" in result.output
    assert resources.text("walk.end.unchanged") in result.output
    assert "The Salt Road" in result.output or "Books" in result.output


def test_the_second_walk_of_a_file_and_that_of_a_problem_are_named(audited: Path, done: Path) -> None:
    problems = [one for one in json.loads(audited.read_text(encoding="utf-8"))["problems"] if one["walk"]]
    assert len(problems) > 1
    assert told("play", done, "--walk", f"{audited}#2")[1]["walk"] == problems[1]["walk"]
    code = problems[1]["code"]
    assert told("play", done, "--walk", f"{audited}#{code}")[1]["walk"] == problems[1]["walk"]


def test_the_walk_of_a_problem_is_looked_for_by_its_code(done: Path) -> None:
    code, data = told("play", done, "--walk", "success_at_start")
    assert code == 0
    assert data["pages"][-1]["success"]


def test_a_walk_by_itself_marks_only_what_changed(tmp_path: Path) -> None:
    flow = storage.load(EXAMPLE)
    walk = {"task": "borrow-book", "seed": 0, "events": [{"kind": "noop"}]}
    (tmp_path / "walk.json").write_text(json.dumps(walk), encoding="utf-8")
    code, data = told("play", EXAMPLE, "--walk", tmp_path / "walk.json")
    assert code == 0
    assert [page["new"] == [] for page in data["pages"]] == [False, True]
    assert data["pages"][1]["step"] == resources.text("preview.step.noop")
    assert flow.tasks[0].name == data["walk"]["task"]


def test_a_walk_that_cannot_be_played_any_more_says_where_it_ends(tmp_path: Path) -> None:
    walk = {"task": "borrow-book", "seed": 0, "events": [{"kind": "use", "block": "b_gone"}, {"kind": "noop"}]}
    (tmp_path / "walk.json").write_text(json.dumps(walk), encoding="utf-8")
    result = called("play", EXAMPLE, "--walk", tmp_path / "walk.json")
    assert result.exit_code == 1
    assert resources.text("cli.walk.broke_off", number=2) in result.output


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"task": "t"}', '{"problems": [3]}', '{"problems": []}'])
def test_a_file_without_a_walk_is_not_understood(tmp_path: Path, text: str) -> None:
    (tmp_path / "walk.json").write_text(text, encoding="utf-8")
    result = called("play", EXAMPLE, "--walk", tmp_path / "walk.json")
    assert result.exit_code == 2
    assert "walk.json" in result.output


def test_a_name_that_means_no_walk_and_a_task_that_is_gone_are_not_understood(tmp_path: Path) -> None:
    assert called("play", EXAMPLE, "--walk", "success_at_start").exit_code == 2
    (tmp_path / "walk.json").write_text('{"task": "gone", "seed": 0, "events": []}', encoding="utf-8")
    result = called("play", EXAMPLE, "--walk", tmp_path / "walk.json")
    assert result.exit_code == 2
    assert "gone" in result.output


def test_a_walk_is_written_as_a_file(audited: Path, done: Path, tmp_path: Path) -> None:
    called("play", done, "--walk", audited, "--html", tmp_path / "walk.html")
    assert "<iframe" in (tmp_path / "walk.html").read_text(encoding="utf-8")
    assert called("play", EXAMPLE, "--html", tmp_path / "no.html").exit_code == 2
