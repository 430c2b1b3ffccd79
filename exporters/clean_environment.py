"""A clean environment for a package: Gymnasium with what it needs, as installed here, and nothing of Gymwright.

It is prepared once per user and copied for each export, so an export needs the network only the first time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from importlib.metadata import version as version_of
from pathlib import Path

import platformdirs

INSTALL_TIMEOUT_S = 600
KEPT_FROM_PACKAGES = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
"""Variables that would lead its Python to our own packages."""


class UnavailableError(Exception):
    """The clean environment cannot be made on this computer; the message says why, as pip or the system put it."""


class InstallError(Exception):
    """The package cannot be installed; the message is pip's."""


def prepare() -> Path:
    """Return the prepared environment, making it if this is the first time.

    Raises:
        UnavailableError: It cannot be made: no network, or an interpreter without `venv`.
    """
    needs = [f"{name}=={version_of(name)}" for name in ("gymnasium", "numpy")]
    tag = hashlib.sha256(" ".join([sys.version, sys.prefix, *needs]).encode()).hexdigest()[:12]
    folder = platformdirs.user_cache_path("gymwright") / "clean" / tag
    if (folder / "ready").exists():
        return folder
    made = folder.with_name(f"{tag}.{os.getpid()}.part")
    try:
        shutil.rmtree(made, ignore_errors=True)
        venv.create(made, with_pip=True, symlinks=os.name != "nt")
        done = _pip(made, *needs)
        if done.returncode != 0:
            raise UnavailableError(_last_line(done.stderr))
        (made / "ready").write_text("", encoding="utf-8")
        _put_in_place(made, folder)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def install(wheel: Path, prepared: Path, folder: Path) -> Path:
    """Copy the prepared environment to a new folder, install a wheel into the copy, and return its interpreter.

    Raises:
        InstallError: pip refuses the wheel.
    """
    shutil.copytree(prepared, folder, symlinks=True)
    try:
        done = _pip(folder, "--no-index", "--no-deps", str(wheel.resolve()))
    except subprocess.SubprocessError as error:
        raise InstallError(str(error)) from error
    if done.returncode != 0:
        raise InstallError(_last_line(done.stderr))
    return python_of(folder)


def python_of(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def variables() -> dict[str, str]:
    """Return this process's variables without those that would lead Python to our own packages."""
    kept = {name: value for name, value in os.environ.items() if name not in KEPT_FROM_PACKAGES}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def _pip(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the environment's `pip install`."""
    command = [str(python_of(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    return subprocess.run(  # noqa: S603  # the interpreter that was just made, with fixed arguments
        command, cwd=folder, env=variables(), capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False
    )


def _put_in_place(made: Path, folder: Path) -> None:
    """Give a finished environment its name, unless another process was quicker."""
    try:
        made.rename(folder)
    except OSError:
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)


def _last_line(words: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ")[:300] if lines else ""
