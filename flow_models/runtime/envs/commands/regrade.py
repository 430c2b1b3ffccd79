"""`regrade`: which verdicts of a stored run are others with the package as it is now."""

import argparse
import json
from pathlib import Path

from ..bundle import Bundle
from ..evaluating.regrading import regraded
from ..evaluating.running import read_run


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("run", type=Path, help="the folder of a run of `evaluate`")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """List what flipped; 1 if anything did."""
    found = list(regraded(bundle, read_run(options.run)))
    told = [one for one in found if one.is_flipped or not one.is_comparable]
    for one in told:
        row = {"key": one.record["key"], "before": one.before, "now": one.now}
        print(json.dumps(row) if options.json else f"{row['key']}: {one.before} -> {one.now}")  # noqa: T201
    flips = sum(one.is_flipped for one in found)
    if not options.json:
        others = len(told) - flips
        print(f"{flips} of {len(found)} verdicts are others now; {others} episodes are asked otherwise.")  # noqa: T201
    return 1 if flips else 0
