"""North Bank as a package with demonstrations, exported once for all experiments and kept below `out`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import resources
from exporters.demonstrating.kinds import Wanted
from exporters.demonstrating.making import demonstrate
from exporters.export import export
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.bundle import Bundle

KEPT: Final = Path(__file__).parents[2] / "out" / "experiments"
COUNTS: Final = (100, 20, 20)
"""Instances of each task: for training, validation and tests."""

EXAMPLE: Final = "north_bank"

Record = Mapping[str, Any]


class Material(NamedTuple):
    """What experiments need.

    Attributes:
        bundle: The package.
        solutions: One solution of each training instance on the site as drawn: `task`, `instance`, `variant` (none)
            and `actions`. An instance that cannot be done is looked at before it is reported.
    """

    bundle: Bundle
    solutions: Sequence[Record]


def material(example: str = EXAMPLE, counts: tuple[int, int, int] = COUNTS, kept: Path = KEPT) -> Material:
    """Return an example as a package with demonstrations; it is exported where that was not done before.

    Args:
        example: The name of the example's file.
        counts: Instances of each task: for training, validation and tests.
        kept: The folder below which packages are kept, one for each program and counts.
    """
    flow = storage.load(resources.path("examples", f"{example}.flow.json"))
    place = kept / f"{compile_flow(flow).program.hash[:12]}-{counts[0]}-{counts[1]}-{counts[2]}"
    found = place / "demonstrations"
    if not found.exists():
        report = export(flow, place, counts, _silent, check=False, seeds=1)
        tasks = len(report.tasks)
        wanted = Wanted(tasks * counts[0], ("train",), "none", "browsergym", 0, {"shortest": 1})
        demonstrate(report.folder, found, wanted, lambda what, done, of: None, processes=1)
    folder = next(path.parent for path in place.glob("*/*/program.json"))
    rows = (found / "data" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    return Material(Bundle.read(folder), [_solution(json.loads(row)) for row in rows])


def _solution(row: Record) -> Record:
    """Return the actions of a demonstration, without what was seen."""
    actions = [step["action"] for step in row["trace"]]
    return {"task": row["task"], "instance": row["instance"], "variant": {}, "actions": actions}


def _silent(stage: str, done: int, of: int, task: str = "", /) -> None:
    """Say nothing about progress."""
