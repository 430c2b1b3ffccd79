"""An environment for each stack of training, made from the extra of a package's wheel and from nothing else.

They are kept in the user's cache folder, since some take a gigabyte; the wheel is installed anew whenever one is asked
for, and pip then sees again that the extra resolves. Where pip knows torch's CPU build (`PIP_EXTRA_INDEX_URL`), it
takes that.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs
import pytest

from exporters.clean_environment import python_of, variables

INSTALL_TIMEOUT_S = 1500
RUN_TIMEOUT_S = 900
"""Frameworks import slowly on a loaded computer."""

START_TIMEOUT_S = 240

PROGRAMS = Path(__file__).with_name("programs")


class Stack(NamedTuple):
    """An environment with a package and one framework.

    Attributes:
        folder: The virtual environment.
        package: The folder of the exported package, with its card.
    """

    folder: Path
    package: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return python_of(self.folder)

    def command(self, name: str) -> str:
        """Return a command that a framework has installed, as `vf-validate`."""
        return str(self.python.with_name(name + (".exe" if os.name == "nt" else "")))

    def variables(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the variables in which its programs run: its commands first, and compiled modules kept."""
        kept = {name: value for name, value in variables().items() if name != "PYTHONDONTWRITEBYTECODE"}
        path = os.pathsep.join([str(self.python.parent), kept.get("PATH", "")])
        return {**kept, "PATH": path, **(more or {})}

    def run(self, *command: str, where: Path, more: Mapping[str, str] | None = None) -> str:
        """Run a command of the environment in a folder and return what it says; the test fails where it fails."""
        done = subprocess.run(
            command,
            cwd=where,
            env=self.variables(more),
            capture_output=True,
            text=True,
            timeout=RUN_TIMEOUT_S,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def found(self, program: str, *arguments: str, where: Path, more: Mapping[str, str] | None = None) -> Any:
        """Run a program of `programs` and return what its last line says as JSON."""
        said = self.run(str(self.python), str(PROGRAMS / program), *arguments, where=where, more=more)
        return json.loads(said.strip().splitlines()[-1])

    @contextmanager
    def serving(
        self, *command: str, where: Path, more: Mapping[str, str] | None = None, port: int = 0
    ) -> Iterator[str]:
        """Run a server while the block runs, and give its address; `PORT` in its command is the port, 0 a free one."""
        port = port or free_port()
        written = [str(port) if part == "PORT" else part for part in command]
        log = where / f"{port}.log"
        with (
            log.open("w") as said,
            subprocess.Popen(written, cwd=where, env=self.variables(more), stdout=said, stderr=said) as server,
        ):
            try:
                _wait_for(port, server, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()

    def printed(self, title: str, *arguments: str, where: Path, more: Mapping[str, str] | None = None) -> str:
        """Run the program that the card prints below a title, letter for letter, and return what it says."""
        language, program = program_of(self.package, title)
        file = where / f"program.{language}"
        file.write_text(program, encoding="utf-8")
        runner = (str(self.python),) if language == "python" else ("bash", "-e")
        return self.run(*runner, str(file), *arguments, where=where, more=more)


def free_port() -> int:
    """Return the number of a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a server listens; the test fails where it ends before."""
    until = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server does not start:\n{log.read_text()[-4000:]}")


def program_of(package: Path, title: str) -> tuple[str, str]:
    """Return the language, `python` or `bash`, and the text of the first program below a title of a package's card."""
    card = (package / "README.md").read_text(encoding="utf-8")
    _, _, below = card.partition(f"\n### {title}\n")
    section = re.split(r"^#{1,3} ", below, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.search(r"^```(python|bash)\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    assert found, f"the card has no program below {title!r}"
    return found[1], found[2]


def environment(extra: str, package: Path, wheel: Path, python: str = sys.executable, *besides: str) -> Stack:
    """Return the environment of an extra, with the wheel freshly installed.

    Args:
        extra: The extra of the package; empty for none.
        package: The folder of the exported package.
        wheel: Its wheel.
        python: The interpreter that it is made with.
        besides: What a test needs besides, such as a tool that the framework calls.
    """
    version = _said(python, "-c", "import sysconfig; print(sysconfig.get_python_version())").strip()
    folder = platformdirs.user_cache_path("gymwright") / "stacks" / f"{extra or 'plain'}-{version}"
    if not (folder / "complete").exists():
        _said(python, "-m", "venv", "--clear", str(folder))
        (folder / "complete").touch()
    pip = (str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "--quiet")
    module = wheel.name.partition("-")[0]
    # pip keeps an installed wheel of the same version, whatever is in it.
    _said(*pip, "uninstall", "--yes", module)
    _said(*pip, "install", f"{wheel}[{extra}]" if extra else str(wheel), *besides)
    return Stack(folder, package)


def resolved(requirement: str, python: str = sys.executable) -> str:
    """Return what pip would install for a requirement where nothing is installed; the test fails where it cannot."""
    return _said(python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-input", requirement)


def interpreter(*versions: str) -> str:
    """Return an interpreter of one of the versions, as `3.12`; the test is skipped where there is none."""
    if sysconfig.get_python_version() in versions:
        return sys.executable
    kept = Path.home() / ".pyenv" / "versions"
    for version in versions:
        beside = [str(path) for path in sorted(kept.glob(f"{version}.*/bin/python"))]
        for found in (shutil.which(f"python{version}"), *beside):
            if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
                return found
    pytest.skip(f"needs Python {' or '.join(versions)}")


def _said(*command: str) -> str:
    """Run a command and return what it says; the test fails where it fails."""
    done = subprocess.run(
        command, env=variables(), capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False
    )
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout
