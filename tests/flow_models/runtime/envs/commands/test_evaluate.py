"""`evaluate`, `compare` and `regrade` work from a terminal, say what is wrong in words, and go on after an end."""

import json
import re
import sys
from pathlib import Path

import pytest

from flow_models.runtime.envs.commands.line import main
from flow_models.runtime.envs.evaluating.plan import AXES_ALONE

FEW = ["--splits", "train", "--instances", "2", "--arms", "plain,full"]


def said(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr()
    return told.out + told.err


def test_a_policy_is_evaluated_compared_and_regraded(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("random", "keyword"):
        assert main(folder, "library", ["evaluate", name, "--out", str(tmp_path / name), *FEW]) == 0
        told = said(capsys)
        assert "95 % interval" in told
        assert "train" in told
        assert str(tmp_path / name / "report.html") in told
        assert (tmp_path / name / "report.html").stat().st_size > 10_000
    runs = [str(tmp_path / "random"), str(tmp_path / "keyword")]
    assert main(folder, "library", ["compare", *runs, "--episodes"]) == 0
    assert "keyword beside random: 4 pairs of episodes of 2 instances" in said(capsys)
    assert main(folder, "library", ["compare", *runs, "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["by"], first["name"], first["of"]) == ("all", "all", 4)
    assert main(folder, "library", ["regrade", runs[0]]) == 0
    assert "0 of 4 verdicts are others now" in said(capsys)


def test_a_finished_run_is_not_played_again(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "random", "--out", str(tmp_path), *FEW]
    assert main(folder, "library", command) == 0
    before = (tmp_path / "episodes.jsonl").read_bytes()
    assert "4/4" in said(capsys)
    assert main(folder, "library", command) == 0
    assert (tmp_path / "episodes.jsonl").read_bytes() == before
    assert "/4 " not in said(capsys)


def test_a_function_of_the_present_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my_policy_for_this_test.py").write_text(
        "def answer(messages):\n    return \"report_infeasible('no')\"\n\ndef broken(messages):\n    return 1\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    command = ["evaluate", "--out", "run", *FEW]
    assert main(folder, "library", [*command, "--policy", "my_policy_for_this_test:answer"]) == 0
    assert "infeasible_reported 4" in said(capsys)
    assert main(folder, "library", [*command, "--out", "other", "--policy", "my_policy_for_this_test:broken"]) == 1
    assert "instead of the answer as a text" in said(capsys)
    del sys.modules["my_policy_for_this_test"]


def test_what_a_policy_raises_is_told_with_file_and_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raising_policy.py").write_text("import json\n\ndef answer(messages):\n    return json.loads('{')\n")
    (tmp_path / "policy_without_colon.py").write_text("x = 1\ndef answer(messages)\n    return ''\n")
    (tmp_path / "policy_without_name.py").write_text("x = 1\n\ny = z\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    command = ["evaluate", "--out", "run", *FEW, "--policy"]
    assert main(folder, "library", [*command, "raising_policy:answer"]) == 1
    assert re.search(r"JSONDecodeError \(.*raising_policy.py, line 4\): Expecting", told := said(capsys)), told
    assert main(folder, "library", [*command, "policy_without_colon:answer"]) == 2
    assert re.search(r"policy_without_colon.py, line 2, is no Python: expected ':'", told := said(capsys)), told
    assert main(folder, "library", [*command, "policy_without_name:answer"]) == 2
    assert re.search(r"NameError \(.*policy_without_name.py, line 3\): name 'z'", told := said(capsys)), told
    del sys.modules["raising_policy"]


def test_arms_of_which_text_shows_nothing_are_left_out_in_words(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(folder, "library", ["evaluate", "random", "--out", str(tmp_path), *FEW, "--arms", "plain,look"]) == 0
    told = said(capsys)
    assert "text would show nothing but the site as drawn: look." in told
    assert "2/2" in told
    with pytest.raises(SystemExit):
        main(folder, "library", ["evaluate", "--help"])
    assert AXES_ALONE in " ".join(said(capsys).split())


def test_compare_says_what_a_run_lacks(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [str(tmp_path / name) for name in ("one", "two")]
    for run in runs:
        assert main(folder, "library", ["evaluate", "random", "--out", run, *FEW]) == 0
    said(capsys)
    assert main(folder, "library", ["compare", *runs]) == 0
    assert "missing" not in said(capsys)
    path = tmp_path / "two" / "episodes.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    assert main(folder, "library", ["compare", *runs]) == 0
    told = said(capsys)
    assert f"{runs[1]} (random): 1 of its episodes are missing" in told
    assert f"{runs[0]} (random): 1 have no counterpart in the other run" in told


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["--policy", "no_such_module:answer"], "cannot be had"),
        (["--policy", "my_policy.py"], "such as my_policy:answer"),
        (["--policy", "json:none"], "cannot be had"),
        (["--policy", "json:decoder"], "no function"),
        (["--endpoint", "http://127.0.0.1:9"], "--model NAME"),
        (["--endpoint", "127.0.0.1:9", "--model", "m"], "http://"),
        (["--sb3", "none.zip"], "cannot be loaded"),
        (["oracle", "--splits", "validation"], "no instances|No episode is left"),
        (["oracle", "--solutions", "none.jsonl"], "holds no solutions"),
        (["random", "--tasks", "none"], "There is no task"),
        (["random", "--arms", "none"], "There is no arm"),
        (["random", "--instances", "0"], "--instances is a whole number from 1"),
        (["random", "--seed", "-1"], "--seed is a whole number from 0"),
        (["random", "--history", "-1"], "history"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    folder: Path, tmp_path: Path, wrong: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(folder, "library", ["evaluate", "--out", str(tmp_path), *FEW, *wrong]) == 2
    assert any(word in said(capsys) for word in words.split("|"))


def test_folders_without_a_run_are_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(folder, "library", ["regrade", str(tmp_path)]) == 2
    assert "holds no run" in said(capsys)
    assert main(folder, "library", ["compare", str(tmp_path), str(tmp_path)]) == 2


def test_what_is_named_twice_is_played_once_and_odd_wishes_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", "random", "--out", str(tmp_path / "run"), "--instances", "1"]
    assert main(folder, "library", [*command, "--splits", "train,train", "--arms", "plain,plain"]) == 0
    assert len((tmp_path / "run" / "episodes.jsonl").read_text().splitlines()) == 1
    for wrong, words in ((["--tasks", ","], "there is none"), (["--options", "[]"], "a JSON object")):
        with pytest.raises(SystemExit):
            main(folder, "library", [*command, *wrong])
        assert words in said(capsys)
