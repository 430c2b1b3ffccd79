"""Sets of demonstrations: the same bytes however they came about, each played again, none of a test."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app import cli
from exporters import canary
from exporters.demonstrating import finishing
from exporters.demonstrating.finishing import Made
from exporters.demonstrating.kinds import SHARES, Wanted
from exporters.demonstrating.making import PARTS, demonstrate
from exporters.errors import ExportError
from exporters.export import Report
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.dialogue.episode import TextEpisode
from flow_models.runtime.envs.dialogue.prompts import PromptStyle

WANTED = Wanted(230, ("train", "validation"), "full", "chat", 0, dict(SHARES))


class Killed(BaseException):
    """The run ends in the midst."""


def silent(what: str, done: int, of: int) -> None:
    """Say nothing about progress."""


def made(report: Report, out: Path, wanted: Wanted = WANTED, processes: int = 1) -> Made:
    return demonstrate(report.wheel, out, wanted, silent, processes)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(folder: Path, split: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "data" / f"{split}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def chats(exported: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of chats; not to be changed."""
    folder = tmp_path_factory.mktemp("chats") / "set"
    made(exported, folder)
    return folder


@pytest.mark.proof
def test_folder_wheel_processes_and_runs_that_were_stopped_give_the_same_bytes(
    exported: Report, chats: Path, tmp_path: Path
) -> None:
    made(exported, tmp_path / "shared", processes=2)
    demonstrate(exported.folder, tmp_path / "folder", WANTED, silent, 1)

    def stop(what: str, done: int, of: int) -> None:
        if what == "playing" and done >= 100:
            raise Killed

    with pytest.raises(Killed):
        demonstrate(exported.wheel, tmp_path / "stopped", WANTED, stop, 1)
    assert (tmp_path / "stopped" / PARTS / "000000.json").is_file()
    heard: list[tuple[str, int]] = []
    demonstrate(exported.wheel, tmp_path / "stopped", WANTED, lambda what, done, of: heard.append((what, done)), 1)
    assert next(done for what, done in heard if what == "playing") == 100
    for other in ("shared", "folder", "stopped"):
        assert contents(tmp_path / other) == contents(chats)


def test_a_finished_set_stays_as_it_is_when_the_same_is_asked_again(exported: Report, chats: Path) -> None:
    heard: list[str] = []
    before = {path: path.stat().st_mtime_ns for path in chats.rglob("*")}
    again = demonstrate(exported.wheel, chats, WANTED, lambda what, done, of: heard.append(what), 1)
    assert {path: path.stat().st_mtime_ns for path in chats.rglob("*")} == before
    assert again.splits == {split: len(rows(chats, split)) for split in WANTED.splits}
    assert sum(again.kinds.values()) == WANTED.count
    assert not heard
    with pytest.raises(ExportError, match="other wishes"):
        made(exported, chats, replace(WANTED, seed=1))


def test_another_seed_gives_other_demonstrations(exported: Report, chats: Path, tmp_path: Path) -> None:
    made(exported, tmp_path / "set", Wanted(40, ("train",), "full", "chat", 1, dict(SHARES)))
    assert rows(tmp_path / "set", "train")[:20] != rows(chats, "train")[:20]


def test_every_demonstration_earns_what_it_says_when_it_is_played_again(exported: Report, chats: Path) -> None:
    bundle = Bundle.read(exported.folder / "librarydesk")
    episode = TextEpisode(bundle, style=PromptStyle(speech="tools"))
    played = 0
    for row in rows(chats, "train"):
        named = {"instance": row["instance"], "variant": json.loads(row["variant"])}
        messages = episode.reset(row["task"], **named)
        assert row["messages"][:2] == messages
        answers = [one for one in row["messages"] if one["role"] == "assistant"]
        for answer in answers:
            function = answer["tool_calls"][0]["function"]
            turn = episode.call(function["name"], function["arguments"])
            assert answer["weight"] == 0 or not turn.info["error"]
        assert turn.info["end_reason"] == "success"
        assert episode.total == pytest.approx(row["reward"])
        assert answers[-1]["weight"] == 1
        played += 1
    assert played > 100


def test_no_test_is_shown_and_every_line_bears_the_canary(exported: Report, chats: Path) -> None:
    bundle = Bundle.read(exported.folder / "librarydesk")
    tests = {(one.task, one.n) for task in bundle.task_names for one in bundle.instances[task] if one.split == "test"}
    assert tests
    for split in ("train", "validation"):
        for row in rows(chats, split):
            assert (row["task"], row["instance"]) not in tests
            assert row["canary"] == canary.guid(bundle.program)
    assert canary.sentence(bundle.program) in (chats / "README.md").read_text(encoding="utf-8")


def test_the_card_begins_with_what_a_hub_reads(chats: Path) -> None:
    head = (chats / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    assert (
        "- split: train\n    path: data/train.jsonl\n  - split: validation\n    path: data/validation.jsonl\n" in head
    )


@pytest.mark.parametrize(
    ("splits", "words"), [(("train", "test"), "test split"), (("test:look",), "test split"), (("all",), "no split")]
)
def test_splits_that_are_not_shown_are_refused_in_words(
    exported: Report, tmp_path: Path, splits: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ExportError, match=words):
        made(exported, tmp_path / "set", Wanted(10, splits, "none", "chat", 0, dict(SHARES)))
    assert not (tmp_path / "set").exists()


def test_a_folder_with_something_else_and_what_is_no_package_are_refused(exported: Report, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="something else"):
        made(exported, tmp_path)
    with pytest.raises(ExportError, match="no package"):
        demonstrate(tmp_path / "notes.txt", tmp_path / "set", WANTED, silent, 1)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_missing_library_is_said_before_anything_is_made(
    exported: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finishing, "find_spec", lambda name: None)
    with pytest.raises(ExportError, match="pip install pyarrow"):
        made(exported, tmp_path / "set", Wanted(10, ("train",), "none", "parquet", 0, dict(SHARES)))


def test_traces_are_as_browsergym_tells_them(exported: Report, tmp_path: Path) -> None:
    made(exported, tmp_path / "set", Wanted(12, ("train",), "full", "browsergym", 0, dict(SHARES)))
    for row in rows(tmp_path / "set", "train"):
        trace = row["trace"]
        assert trace[0]["axtree_txt"].startswith("RootWebArea")
        assert sum(step["reward"] for step in trace) == pytest.approx(row["reward"])
        assert [step["terminated"] for step in trace] == [False] * (len(trace) - 1) + [True]


def test_a_folder_that_cannot_be_written_is_said(exported: Report, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    called = ["demonstrate", str(exported.wheel), "--count", "1", "--out", str(tmp_path / "file" / "set")]
    result = CliRunner().invoke(cli.gymwright, called)
    assert result.exit_code == 1
    assert "demonstrations cannot be written" in str(result.exception)


def test_the_command_says_how_many_of_each_kind_there_are(exported: Report, tmp_path: Path) -> None:
    called = ["demonstrate", str(exported.wheel), "--count", "20", "--out", str(tmp_path / "set"), "--json"]
    result = CliRunner().invoke(cli.gymwright, [*called, "--kinds", "shortest=1", "--splits", "train"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["splits"] == {"train": 20}
