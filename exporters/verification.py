"""Installs a bundle into a clean environment and lets it check itself there against the simulator's figures."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import resources
from exporters.clean_environment import InstallError, UnavailableError, install, prepare, variables
from exporters.stages import Advance
from exporters.walks import Record
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.registry import EVERYWHERE, Entry
from flow_models.runtime.envs.traces import seeded

SEED = 20_27
ROLLOUT_STEPS = 400


class Verification(NamedTuple):
    """How a bundle did in a clean environment.

    Attributes:
        status: Whether it passed, failed, or could not be tried on this computer.
        detail: Why not, in words; empty if it passed.
        where: `task`, `instance` and `step` of a failure, as far as they are known.
        checks: What was found good.
    """

    status: Literal["verified", "failed", "not verified"]
    detail: str
    where: dict[str, Any]
    checks: tuple[dict[str, Any], ...]

    @property
    def walks(self) -> int:
        """How many solutions were replayed, of instances as drawn and in variants."""
        return max((check["done"] for check in self.checks if check["check"] == "walks"), default=0)

    def place(self) -> str:
        """Return task, instance and step of a failure in words, empty if they are not known."""
        if not {"task", "instance", "step"} <= self.where.keys():
            return ""
        return resources.text("export.where", **{name: self.where[name] for name in ("task", "instance", "step")})


def verify(wheel: Path, bundle: Bundle, walks: Sequence[Record], advance: Advance) -> Verification:
    """Install a wheel into a clean environment and compare it with the simulator."""
    advance("prepare", 0, 1)
    try:
        prepared = prepare()
    except UnavailableError as error:
        return Verification("not verified", str(error), {}, ())
    advance("prepare", 1, 1)
    advance("verify", 0, 1)
    with tempfile.TemporaryDirectory(prefix="gymwright-verify-") as temporary:
        folder = Path(temporary)
        try:
            python = install(wheel, prepared, folder / "env")
        except InstallError as error:
            return Verification("failed", resources.text("export.not_installed", reason=error), {}, ())
        expect = folder / "expect.json"
        expect.write_text(json.dumps(expectations(bundle, walks)), encoding="utf-8")
        return self_check([str(python), "-I"], bundle.module, expect, folder, advance)


def expectations(bundle: Bundle, walks: Sequence[Record]) -> dict[str, Any]:
    """Return what the bundle must reproduce: all walks, and a rollout of each interface that needs no extra."""
    rollouts = [_rollout(bundle, entry) for entry in EVERYWHERE]
    return {"walks": list(walks), "seeded": rollouts}


def self_check(python: Sequence[str], module: str, expect: Path, folder: Path, advance: Advance) -> Verification:
    """Run the self-check of an installed package and follow what it prints.

    Args:
        python: The interpreter that has the package, with its options.
        module: The package.
        expect: What it must reproduce, see `expectations`.
        folder: Where it runs and its errors are kept.
        advance: Told how many walks are done.
    """
    command = [*python, "-m", f"{module}.runtime.envs.selfcheck", "--expect", str(expect)]
    checks: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    with (
        (folder / "errors.txt").open("w+", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603  # the clean environment's interpreter, with fixed arguments
            command, cwd=folder, env=variables(), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                if not line.startswith("{"):
                    continue
                last = json.loads(line)
                if "ok" not in last:
                    checks.append(last)
                    advance("verify", last.get("done", 0), last.get("of", 1))
        except BaseException:
            process.kill()
            raise
        process.wait()
        errors.seek(0)
        words = errors.read().strip()
    if last.get("ok"):
        return Verification("verified", "", {}, tuple(checks))
    if "detail" not in last:
        return Verification("failed", resources.text("export.broke_off", reason=words[-800:]), {}, tuple(checks))
    where: dict[str, Any] = {
        key: last[key] for key in ("check", "interface", "task", "instance", "step") if key in last
    }
    return Verification("failed", str(last["detail"]), where, tuple(checks))


def _rollout(bundle: Bundle, interface: Entry) -> dict[str, Any]:
    """Return the record of one rollout."""
    env = interface.load()(bundle, bundle.task_names, variation="full")
    trace = seeded(env, SEED, ROLLOUT_STEPS)
    return {"interface": interface.name, "seed": SEED, "steps": ROLLOUT_STEPS, "trace": trace}
