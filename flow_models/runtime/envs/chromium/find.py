"""Looks for a Chromium on this computer: one named by hand, Playwright's own, or the system's.

Only files are looked at; nothing is started.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from .errors import BrowserMissingError

VARIABLE: Final = "GYMWRIGHT_CHROMIUM"
"""The environment variable that names a browser's program."""

NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
"""Programs on the path, the quickest first."""

WITHOUT_WINDOW: Final = ("chromium-headless-shell", "headless_shell", "chrome-headless-shell")
"""Builds that cannot open a window."""

_KEPT: Final = (
    "chromium_headless_shell-*/chrome-*/*headless*shell*",
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/chrome.exe",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
)
"""Where Playwright keeps its programs below its folder."""

_MISSING: Final = """No Chromium was found on this computer. Type one of these, then try again:
    {python} -m playwright install chromium
    sudo apt-get install chromium-headless-shell        (Debian, Ubuntu){window}
or name a browser's program in the environment variable {variable}."""


def find_chromium(*, with_window: bool = False, environ: Mapping[str, str] = os.environ) -> str:
    """Return the path of a Chromium.

    Args:
        with_window: Leave out builds that cannot open a window.
        environ: The environment variables.

    Raises:
        BrowserMissingError: There is none, or the one that is named does not exist.
    """
    named = environ.get(VARIABLE, "")
    if named:
        found = shutil.which(named, path=environ.get("PATH"))
        if found is None:
            raise BrowserMissingError(f"{VARIABLE} names {named!r}, which is no program that can be started.")
        return found
    for path in (*_kept(environ), *_installed(environ)):
        if not (with_window and Path(path).stem in WITHOUT_WINDOW):
            return path
    window = "\n    sudo apt-get install chromium                       (with a window)" if with_window else ""
    raise BrowserMissingError(_MISSING.format(python=sys.executable, variable=VARIABLE, window=window))


def has_chromium() -> bool:
    """Say whether a Chromium is on this computer."""
    try:
        find_chromium()
    except BrowserMissingError:
        return False
    return True


def _kept(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the programs that Playwright has downloaded, the newest first."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or ".")
    folders = [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    if environ.get("LOCALAPPDATA"):
        folders.append(Path(environ["LOCALAPPDATA"]) / "ms-playwright")
    if environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        folders.insert(0, Path(environ["PLAYWRIGHT_BROWSERS_PATH"]))
    for pattern in _KEPT:
        for folder in folders:
            for path in sorted(folder.glob(pattern), key=_build, reverse=True):
                if path.is_file() and os.access(path, os.X_OK):
                    yield str(path)


def _build(path: Path) -> int:
    """Return the number of the build in a path of Playwright's."""
    folder = next((part for part in path.parts if part.startswith(("chromium-", "chromium_headless_shell-"))), "")
    number = folder.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _installed(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the programs on the path."""
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found is not None:
            yield found
