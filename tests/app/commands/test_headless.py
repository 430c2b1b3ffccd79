"""The main job without a screen: from the flow to a played package, and words where it cannot be done."""

import sys
from pathlib import Path

import pytest

import resources
from app.commands import headless
from exporters.clean_environment import UnavailableError, prepare

EXAMPLE = resources.path("examples", "three_pages.flow.json")


@pytest.mark.slow
def test_it_ends_with_a_played_package_and_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        prepare()
    except UnavailableError as error:
        pytest.skip(f"no clean environment can be made here: {error}")
    code = headless.main(EXAMPLE, tmp_path / "out")
    said = capsys.readouterr().out.replace("\n", "")
    assert code == 0, said
    assert "6 of 6" in said
    for path in ("librarydesk-1.0.0-py3-none-any.whl", "librarydesk-1.0.0/librarydesk/diagram.svg"):
        assert str(tmp_path / "out" / path) in said
        assert (tmp_path / "out" / path).exists()


def test_without_a_clean_environment_it_says_so_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Path:
        raise UnavailableError("no network")

    monkeypatch.setattr("exporters.verification.prepare", fails)
    monkeypatch.setattr(headless, "prepare", fails)
    assert headless.main(EXAMPLE, tmp_path / "out") == 1
    said = capsys.readouterr().out
    assert resources.text("cli.headless.unavailable", reason="no network") in said
    assert resources.text("cli.headless.failed") in said


def test_a_broken_example_fails_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.json").write_text("[]", encoding="utf-8")
    assert headless.main(tmp_path / "broken.json", tmp_path / "out") == 1
    assert resources.text("cli.headless.failed") in capsys.readouterr().out


def test_a_package_that_breaks_off_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(headless.PlayError, match="no_such_module"):
        headless.play(Path(sys.executable), "no_such_module")
