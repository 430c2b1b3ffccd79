"""The command line of a package says what there is, does what is asked, and refuses in words."""

import json
from pathlib import Path

import pytest

from flow_models.runtime.envs.bundle import Bundle
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
