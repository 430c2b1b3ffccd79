"""Where a browser is looked for."""

from pathlib import Path

import pytest

from flow_models.runtime.envs.chromium.errors import BrowserMissingError
from flow_models.runtime.envs.chromium.find import VARIABLE, find_chromium


def program(path: Path) -> Path:
    """Write something that can be started."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(folder / "bin"), "HOME": str(folder / "home"), **more}


def test_the_one_that_is_named_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium")
    named = program(tmp_path / "mine/browser")
    assert find_chromium(environ=environ(tmp_path, **{VARIABLE: str(named)})) == str(named)


def test_a_named_one_that_is_missing_is_said(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium")
    with pytest.raises(BrowserMissingError, match=f"{VARIABLE} names '/nowhere/chrome'"):
        find_chromium(environ=environ(tmp_path, **{VARIABLE: "/nowhere/chrome"}))


def test_playwrights_own_comes_before_the_systems_and_the_newest_first(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium")
    kept = tmp_path / "home/.cache/ms-playwright"
    program(kept / "chromium_headless_shell-900/chrome-linux/headless_shell")
    newest = program(kept / "chromium_headless_shell-1208/chrome-linux/headless_shell")
    assert find_chromium(environ=environ(tmp_path)) == str(newest)


def test_the_system_is_searched_for_the_quickest(tmp_path: Path) -> None:
    program(tmp_path / "bin/google-chrome")
    program(tmp_path / "bin/chromium")
    shell = program(tmp_path / "bin/chromium-headless-shell")
    assert find_chromium(environ=environ(tmp_path)) == str(shell)


def test_a_window_needs_a_build_that_can_open_one(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium-headless-shell")
    program(tmp_path / "home/.cache/ms-playwright/chromium_headless_shell-1208/chrome-linux/headless_shell")
    whole = program(tmp_path / "bin/chromium")
    assert find_chromium(with_window=True, environ=environ(tmp_path)) == str(whole)


@pytest.mark.parametrize("with_window", [False, True])
def test_without_any_the_error_says_what_to_type(tmp_path: Path, with_window: bool) -> None:
    with pytest.raises(BrowserMissingError) as caught:
        find_chromium(with_window=with_window, environ=environ(tmp_path))
    said = str(caught.value)
    assert "playwright install chromium" in said
    assert "apt-get install chromium-headless-shell" in said
    assert ("with a window" in said) is with_window
