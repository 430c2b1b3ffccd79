"""`rollout` says in words what is missing or wrong, before anything is played or written."""

import sys
from pathlib import Path

import pytest

from flow_models.runtime.envs.commands import rollout
from flow_models.runtime.envs.commands.line import main
from flow_models.runtime.envs.rollouts.parts import PartError
from flow_models.runtime.envs.rollouts.rolling import Rolled
from flow_models.runtime.envs.rollouts.rows import Tally


def told(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(folder, "library", ["rollout", *options]) == 2
    return capsys.readouterr().err


def test_without_ray_it_says_what_to_install(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ray", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)
    said = told(folder, capsys, "random", "--out", str(tmp_path / "out"))
    assert "rollout needs ray and pyarrow, not installed: pip install" in said
    assert '.whl[ray]"' in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["random", "--tasks", "none"], "There is no task 'none'"),
        (["random", "--repeats", "0"], "--repeats is a whole number from 1"),
        (["keyword", "--interface", "symbolic"], "'keyword' plays as text only"),
        (["--policy", "nothing"], "module:function"),
    ],
)
def test_what_does_not_exist_is_refused(
    options: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in told(folder, capsys, *options)


@pytest.mark.parametrize(("failed", "status"), [(0, 0), (3, 0), (4, 1)])
def test_a_rollout_of_failures_alone_is_not_done(
    failed: int, status: int, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally(4, {"timeout": failed} if failed else {}, words={"timeout": "slow"})
    monkeypatch.setattr(rollout, "roll", lambda *_: Rolled(folder, (), tally, 0))
    assert main(folder, "library", ["rollout", "random"]) == status
    assert ("No episode came to its end" in capsys.readouterr().err) is bool(status)


def test_a_part_that_cannot_be_written_is_said_with_how_to_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Rolled:
        raise PartError("part-0000001.parquet cannot be written: No space left on device")

    monkeypatch.setattr(rollout, "roll", full)
    assert main(folder, "library", ["rollout", "random"]) == 1
    said = capsys.readouterr().err
    assert "part-0000001.parquet cannot be written: No space left" in said
    assert "What was played is kept: run the same again to go on." in said
