"""The command line of a package says what there is, does what is asked, and refuses in words."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import Mock

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.commands import tasks
from flow_models.runtime.envs.commands.line import COMMANDS, main
from flow_models.runtime.envs.contents import Contents


def test_help_names_every_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(folder, "northbank", ["--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert left.value.code == 0
    assert "python -m northbank" in told
    assert all(command.name in told and command.about in told for command in COMMANDS)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_each_command_says_what_it_takes(folder: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(folder, "northbank", [command, "--help"])
    assert left.value.code == 0
    assert f"python -m northbank {command}" in capsys.readouterr().out


def test_what_does_not_exist_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["tasks", "none"], ["tasks", "none", "--instances"], ["tasks", "--instances", "--split", "x"]):
        assert main(folder, "northbank", wrong) == 2
        assert "There is no" in capsys.readouterr().err


def test_tasks_and_instances_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contents = Contents(Bundle.read(folder))
    (task,) = contents.tasks()
    assert main(folder, "northbank", ["tasks", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == task.id
    assert main(folder, "northbank", ["tasks", task.name, "--instances", "--json"]) == 0
    told = [json.loads(line)["goal"] for line in capsys.readouterr().out.splitlines()]
    assert told == [asked.goal for asked in contents.instances(task.name)]
    assert main(folder, "northbank", ["tasks", "--instances"]) == 0
    assert all(goal in capsys.readouterr().out for goal in told[:1])


def test_a_terminal_without_a_character_shows_its_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(tasks, "_of_task", lambda about: {"title": f"{about.title} \u20ac"})
    assert main(folder, "northbank", ["tasks"]) == 0
    terminal.flush()
    terminal.seek(0)
    assert "\\u20ac" in terminal.read()


def test_a_full_disk_and_an_interruption_end_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for error, status, words in (
        (OSError(28, "No space left", "out.txt"), 1, "out.txt: No space left"),
        (KeyboardInterrupt(), 130, "stopped"),
    ):
        monkeypatch.setattr(tasks, "run", Mock(side_effect=error))
        assert main(folder, "northbank", ["tasks"]) == status
        assert words in capsys.readouterr().err


def test_a_damaged_package_and_odd_numbers_are_refused_in_words(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for held in (b"[]", b"{", b"\xff"):
        (tmp_path / "program.json").write_bytes(held)
        (tmp_path / "tasks.json").write_text("{}")
        assert main(tmp_path, "northbank", ["tasks"]) == 2
        assert "damaged" in capsys.readouterr().err
    assert main(folder, "northbank", ["verify", "--instances", "0"]) == 2
    assert "from 1" in capsys.readouterr().err


def test_what_is_said_of_instances_needs_them_and_a_seed_is_from_0(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("split", "x"), ("variation", "full"), ("seed", "0")):
        assert main(folder, "northbank", ["tasks", f"--{name}", value]) == 2
        assert f"--{name} says which instances are listed and how: add --instances" in capsys.readouterr().err
    assert main(folder, "northbank", ["tasks", "--instances", "--seed", "-1"]) == 2
    assert "A seed is a whole number from 0, not -1" in capsys.readouterr().err
