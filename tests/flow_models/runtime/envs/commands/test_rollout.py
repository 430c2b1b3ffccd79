"""`rollout` says in words what is missing or wrong, before anything is played or written."""

import sys
from pathlib import Path

import pytest

from flow_models.runtime.envs.commands.line import main


def told(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(folder, "library", ["rollout", *options]) == 2
    return capsys.readouterr().err


def test_without_ray_it_says_what_to_install(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ray", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)
    said = told(folder, capsys, "random", "--out", str(tmp_path / "out"))
    assert "rollout needs ray and pyarrow, not installed here: pip install" in said
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
