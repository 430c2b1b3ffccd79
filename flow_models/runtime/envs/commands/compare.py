"""`compare`: which of two runs did better, pair by pair, and whether that can be chance."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ..bundle import Bundle
from ..evaluating.comparing import Compared, compared, flipped, gaps
from ..evaluating.figures import Difference
from ..evaluating.plan import titled
from ..evaluating.running import Run, read_run
from ..listing import BundleError


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("before", type=Path, help="the folder of a run of `evaluate`")
    parser.add_argument("after", type=Path, help="the folder of another one")
    parser.add_argument("--episodes", action="store_true", help="also list the episodes that came out differently")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(_: Bundle, options: argparse.Namespace) -> int:
    """Print the differences."""
    before, after = read_run(options.before), read_run(options.after)
    for gap in gaps(before, after):
        print(gap, file=sys.stderr)  # noqa: T201  # beside the answer
    found = compared(before, after)
    if not found:
        raise BundleError("The two runs have no episode in common: play both with the same --seed, arms and instances")
    if not options.json:
        print(_head(before, after, found[0].difference))  # noqa: T201
    for one in found:
        print(json.dumps(_object(one)) if options.json else _line(one))  # noqa: T201
    for first, second in flipped(before, after) if options.episodes else ():
        row = {"key": first["key"], "before": first["end_reason"], "after": second["end_reason"]}
        told = json.dumps(row) if options.json else f"  {row['key']}: {row['before']} -> {row['after']}"
        print(told)  # noqa: T201
    return 0


def _head(before: Run, after: Run, whole: Difference) -> str:
    """Return what is compared, and how."""
    return (
        f"{after.name} beside {before.name}: {whole.of} pairs of episodes of {whole.instances} instances.\n"
        "Arms and repeats of one instance go together: tests and intervals count instances, not pairs.\n"
        "* significant on the level of 5 %, after Holm."
    )


def _line(one: Compared) -> str:
    """Return a difference as a line."""
    found, (low, high) = one.difference, one.difference.interval
    shares = f"{found.before / found.of:.2f} -> {found.after / found.of:.2f}"
    chance = f"p {found.chance:.3f}" if found.chance >= 0.001 else "p < 0.001"
    mark = " *" if one.is_significant else ""
    name = one.name if one.part == "task" else " ".join(map(titled, one.name.split()))
    return (
        f"{one.part:<6}{name:<34}{shares}  {found.change:+.2f} [{low:+.2f}, {high:+.2f}]"
        f"  {found.of} pairs of {found.instances} instances, {found.gained} gained, {found.lost} lost, {chance}{mark}"
    )


def _object(one: Compared) -> dict[str, Any]:
    """Return a difference as JSON."""
    found = one.difference
    counts = {name: value for name, value in found._asdict().items() if name != "clusters"}
    figures = {"instances": found.instances, "change": found.change, "interval": found.interval, "p": found.chance}
    return {"by": one.part, "name": one.name, **counts, **figures, "is_significant": one.is_significant}
