"""Installs a bundle into a clean environment and lets it check itself there against the simulator's figures.

The environment holds Gymnasium and what that needs, in the versions of this installation. It is prepared once per
user and copied for each export, so an export needs the network only the first time. Nothing of Gymwright is in it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from exporters.walks import Record
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.symbolic import SymbolicEnv
from flow_models.runtime.envs.text import TextEnv
from flow_models.runtime.envs.traces import seeded_symbolic, seeded_text

SEED = 20_27
ROLLOUT_STEPS = 400
TIMEOUT_S = 1800
PREPARE_TIMEOUT_S = 600

Progress = Callable[[str, int, int], None]
"""Called with the stage (`prepare`, `verify`), how much of it is done, and how much there is."""


class Verification(NamedTuple):
    """How a bundle did in a clean environment.

    `status` is `verified`, `failed` or `not verified`; `detail` says why in words; `where` has task, instance and step
    of a failure, as far as they are known; `checks` are what passed.
    """

    status: str
    detail: str
    where: dict[str, Any]
    checks: tuple[dict[str, Any], ...]


class UnavailableError(Exception):
    """The clean environment cannot be made on this computer."""


def verify(wheel: Path, bundle: Bundle, walks: Sequence[Record], progress: Progress) -> Verification:
    """Install a wheel into a clean environment and compare it with the simulator."""
    progress("prepare", 0, 1)
    try:
        prepared = prepare()
    except UnavailableError as error:
        return Verification("not verified", str(error), {}, ())
    progress("prepare", 1, 1)
    with tempfile.TemporaryDirectory(prefix="gymwright-verify-") as temporary:
        clean = Path(temporary) / "env"
        shutil.copytree(prepared, clean, symlinks=True)
        python = _python(clean)
        installed = _run([str(python), "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", str(wheel)], clean)
        if installed.returncode != 0:
            return Verification("failed", installed.stderr.strip()[-500:], {"check": "install"}, ())
        expect = Path(temporary) / "expect.json"
        expect.write_text(json.dumps(expectations(bundle, walks)), encoding="utf-8")
        command = [str(python), "-I", "-m", f"{bundle.module}.runtime.envs.selfcheck", "--expect", str(expect)]
        return _checked(command, Path(temporary), progress)


def expectations(bundle: Bundle, walks: Sequence[Record]) -> dict[str, Any]:
    """Return what the bundle must reproduce: all walks, and a seeded rollout of each interface."""
    text = TextEnv(bundle, bundle.task_names)
    symbolic = SymbolicEnv(bundle, bundle.task_names)
    return {
        "walks": list(walks),
        "seeded": [
            _seeded("text", seeded_text(text, SEED, ROLLOUT_STEPS)),
            _seeded("symbolic", seeded_symbolic(symbolic, SEED, ROLLOUT_STEPS)),
        ],
    }


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
        done = _run([str(_python(made)), "-m", "pip", "install", "--quiet", *needs], made, PREPARE_TIMEOUT_S)
        if done.returncode != 0:
            raise UnavailableError(done.stderr.strip()[-300:])
        (made / "ready").write_text("", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def _seeded(interface: str, trace: str) -> dict[str, Any]:
    """Return the record of one rollout."""
    return {"interface": interface, "seed": SEED, "steps": ROLLOUT_STEPS, "trace": trace}


def _python(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run(command: list[str], folder: Path, timeout_s: float = TIMEOUT_S) -> "subprocess.CompletedProcess[str]":
    """Run a command of the clean environment, with nothing of ours on its path."""
    return subprocess.run(  # noqa: S603  # the interpreter that was just made, with fixed arguments
        command, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=timeout_s, check=False
    )


def _environment() -> dict[str, str]:
    """Return this process's variables without those that would lead Python to our own packages."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONDONTWRITEBYTECODE": "1"}


def _checked(command: list[str], folder: Path, progress: Progress) -> Verification:
    """Run the self-check and follow what it prints."""
    checks: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    with (
        (folder / "errors.txt").open("w+", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603  # as in _run
            command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                if not line.startswith("{"):
                    continue
                last = json.loads(line)
                if "ok" not in last:
                    checks.append(last)
                    progress("verify", last.get("done", 0), last.get("of", 1))
        finally:
            if process.poll() is None and "ok" not in last:
                process.kill()
        process.wait(timeout=60)
        errors.seek(0)
        words = errors.read().strip()[-800:]
    if last.get("ok"):
        return Verification("verified", "", {}, tuple(checks))
    where: dict[str, Any] = {key: last[key] for key in ("check", "interface", "task", "instance", "step") if key in last}
    return Verification("failed", str(last.get("detail") or words), where, tuple(checks))
