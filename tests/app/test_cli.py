"""The command line: arguments, exit codes, and failures in words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import resources
from app import cli

THREE_PAGES = str(resources.path("examples", "three_pages.flow.json"))
ROOT = Path(__file__).resolve().parents[2]


def called(*arguments: str) -> Result:
    return CliRunner().invoke(cli.gymwright, arguments)


def test_help_names_every_command_and_says_what_it_does() -> None:
    said = called("--help").output
    for name, command in cli.gymwright.commands.items():
        assert name in said
        if name != "app":
            assert called(name, "--help").exit_code == 0
        assert command.help


@pytest.mark.parametrize("command", ["check", "solve", "play", "export", "oracle", "diagram", "bench"])
def test_a_missing_file_is_not_understood(command: str) -> None:
    result = called(command, "nowhere.flow.json", *(["--out", "x"] if command in ("export", "oracle") else []))
    assert result.exit_code == 2
    assert "nowhere.flow.json" in result.output


def test_an_unknown_task_is_not_understood_and_the_known_ones_are_named() -> None:
    result = called("solve", THREE_PAGES, "--task", "buy-book")
    assert result.exit_code == 2
    assert "buy-book" in result.output
    assert "borrow-book" in result.output


@pytest.mark.parametrize("arguments", [("--instances", "1", "2"), ("--instances", "1", "2", "-3"), ()])
def test_export_wants_a_folder_and_three_counts(arguments: tuple[str, ...]) -> None:
    assert called("export", THREE_PAGES, *arguments).exit_code == 2


def run(*arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run the command line as a program."""
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_broken_file_is_said_in_words_on_the_error_stream(tmp_path: Path) -> None:
    broken = tmp_path / "broken.flow.json"
    broken.write_text('{"format": 1,', encoding="utf-8")
    done = run("check", str(broken), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "ends in the middle" in done.stderr


def test_the_output_is_json_alone_where_json_is_asked_for() -> None:
    done = run("solve", THREE_PAGES, "--instances", "2", "--json")
    assert done.returncode == 0, done.stderr
    assert [task["task"] for task in json.loads(done.stdout)["tasks"]] == ["borrow-book"]


def test_a_flow_that_cannot_be_run_says_what_is_missing(tmp_path: Path) -> None:
    flow = json.loads(Path(THREE_PAGES).read_text(encoding="utf-8"))
    flow["tasks"][0]["require"] = "nobody >"
    file = tmp_path / "wrong.flow.json"
    file.write_text(json.dumps(flow), encoding="utf-8")
    done = run("play", str(file))
    assert done.returncode == 1
    assert resources.text("cli.not_exportable") in done.stderr
    assert "k_borrow" in done.stderr
