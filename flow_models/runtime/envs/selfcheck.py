"""Checks an installed package against what its exporter proved; run as `python -m MODULE.runtime.envs.selfcheck`.

Without arguments it compares every file with its checksum, runs Gymnasium's checker on the interfaces that need no
extra, and replays the demonstrations and the walks through the site that ship with the package. The exporter passes a
file with more: walks of all instances and the fingerprints of its own rollouts. Each line of the output is one JSON
object; the last one has `ok`.
"""

import argparse
import hashlib
import importlib
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gymnasium as gym
from gymnasium.utils.env_checker import check_env

from .register import ShortInterfaceWarning
from .registry import EVERYWHERE
from .solutions import DEMONSTRATIONS, SITE_WALKS
from .traces import Plain, plain, seeded, walk

FOLDER = Path(__file__).parents[2]

CHECKSUMS = "CHECKSUMS"
"""The file that lists every other file of the package: a line `SHA-256  path` each."""

EVERY = 50
"""Walks between two lines of progress."""


class CheckFailedError(Exception):
    """The package does not do what was proven; `where` names task, instance and step as far as they are known."""

    def __init__(self, check: str, detail: str, **where: object) -> None:
        super().__init__(detail)
        self.report = {"check": check, "detail": detail, **where}


def main(arguments: list[str] | None = None) -> int:
    """Run the checks; return 0 if all passed, else 1."""
    parser = argparse.ArgumentParser(description="Check this environment package.")
    parser.add_argument("--expect", type=Path, help="a JSON file with walks and fingerprints to compare with")
    options = parser.parse_args(arguments)
    try:
        for line in _checks(options.expect):
            print(json.dumps(line), flush=True)  # noqa: T201  # printing is what this command does
    except CheckFailedError as failure:
        print(json.dumps({"ok": False, **failure.report}), flush=True)  # noqa: T201
        return 1
    print(json.dumps({"ok": True}), flush=True)  # noqa: T201
    return 0


def _checks(expect: Path | None) -> Iterator[dict[str, object]]:
    """Run one check after the other and yield what each found.

    Raises:
        CheckFailedError: One did not pass.
    """
    yield {"check": "checksums", "files": files_as_listed()}
    module = importlib.import_module(__package__.removesuffix(".runtime.envs"))
    ids: tuple[str, ...] = module.IDS
    for interface in EVERYWHERE:
        gymnasium(ids[-1], interface.name)
        yield {"check": "gymnasium", "interface": interface.name}
    expected: dict[str, Any] = {"walks": records(DEMONSTRATIONS), "seeded": []}
    if expect is not None:
        expected = json.loads(expect.read_text(encoding="utf-8"))
    for rollout in expected["seeded"]:
        _seeded(ids[-1], rollout)
        yield {"check": "trace", "interface": rollout["interface"], "steps": rollout["steps"]}
    envs: dict[str, Plain] = {}
    through_site = records(SITE_WALKS)
    for record in through_site:
        walk_again(_of_task(ids, record["task"], envs), record)
    yield {"check": "site", "walks": len(through_site)}
    for done, record in enumerate(expected["walks"], 1):
        _replay(_of_task(ids, record["task"], envs), record)
        if done % EVERY == 0 or done == len(expected["walks"]):
            yield {"check": "walks", "done": done, "of": len(expected["walks"])}


def files_as_listed() -> int:
    """Compare every file of the package with its checksum, and return how many there are."""
    try:
        lines = (FOLDER / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CheckFailedError("checksums", f"the package is incomplete: {CHECKSUMS} cannot be read") from error
    for line in lines:
        digest, _, name = line.partition("  ")
        try:
            found = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        except OSError as error:
            raise CheckFailedError("checksums", f"the package is incomplete: {name} cannot be read") from error
        if found != digest:
            raise CheckFailedError("checksums", f"{name} is not as it was exported; install the package again")
    return len(lines)


def gymnasium(name: str, interface: str) -> None:
    """Run Gymnasium's checker; a warning is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ShortInterfaceWarning)  # the export has found and told it
        try:
            env = gym.make(name, interface=interface, variation="full", disable_env_checker=True)
            check_env(env.unwrapped, skip_render_check=True)
        except Exception as error:  # whatever the checker raises is the finding
            raise CheckFailedError("gymnasium", f"{type(error).__name__}: {error}", interface=interface) from error


def _seeded(name: str, rollout: dict[str, Any]) -> None:
    """Compare a random rollout with the exporter's."""
    interface = rollout["interface"]
    env = plain(gym.make(name, interface=interface, variation="full", disable_env_checker=True))
    if seeded(env, rollout["seed"], rollout["steps"]) != rollout["trace"]:
        raise CheckFailedError("trace", "a seeded rollout differs from the simulator's", interface=interface)


def _of_task(ids: tuple[str, ...], task: str, envs: dict[str, Plain]) -> Plain:
    """Return the text environment of a task, made when first needed."""
    if task not in envs:
        name = next(name for name in ids if name.partition("/")[2].rpartition("-v")[0] == task)
        envs[task] = plain(gym.make(name, disable_env_checker=True))
    return envs[task]


def _replay(env: Plain, record: dict[str, Any]) -> None:
    """Play the solution of one instance and compare what it meets."""
    found = walk(env, record["instance"], record["actions"], record["variant"])
    where = {"task": record["task"], "instance": record["instance"], "step": found.steps}
    if found.end_reason != "success":
        raise CheckFailedError("walks", found.error or f"the solution ended with {found.end_reason!r}", **where)
    if "trace" in record and found.trace != record["trace"]:
        raise CheckFailedError("walks", "the solution met something else than in the simulator", **where)


def walk_again(env: Plain, record: dict[str, Any]) -> None:
    """Play a walk through the site, wherever it ends, and compare what it meets."""
    found = walk(env, record["instance"], record["actions"], record["variant"])
    if found.trace != record["trace"]:
        where = {"task": record["task"], "instance": record["instance"], "step": found.steps}
        raise CheckFailedError("site", "a walk through the site met something else than in the simulator", **where)


def records(name: str) -> list[dict[str, Any]]:
    """Return the walks in a file of the package, none if it has no such file."""
    path = FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    sys.exit(main())
