"""`verify`: what somebody does who has been given a package and wants to know whether it is what it says."""

import argparse
import json
from collections import Counter
from pathlib import Path

from ..bundle import Bundle
from ..given import as_at_least
from ..verifying import LISTS, Finding, findings, standing_of


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--solutions", type=Path, help="a file of `gymwright oracle`, for other instances than training's"
    )
    parser.add_argument(
        "--python", action="append", default=[], metavar="PATH", help="another Python with this package"
    )
    parser.add_argument("--instances", type=int, default=10, help="instances a task and split that are looked at (10)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Look at one thing after the other, and return 0 if all are as they should be."""
    as_at_least(options.instances, 1, "--instances")
    found = []
    for finding in findings(bundle, options.solutions, options.python, options.instances):
        found.append(finding)
        print(json.dumps(finding._asdict()) if options.json else _line(finding), flush=True)  # noqa: T201
    if not options.json:
        print(_summary(found))  # noqa: T201  # printing is what this command does
    return 0 if all(finding.standing != "broken" for finding in found) else 1


def _line(finding: Finding) -> str:
    """Return a finding as a line of a table."""
    return f"{finding.standing:9} {finding.title}: {finding.detail}"


def _summary(found: list[Finding]) -> str:
    """Return which items of the field's lists the findings speak to, and how many are broken."""
    lines = [""]
    for name, items in LISTS.items():
        lines.append(name)
        lines += [f"  {standing_of(checks, found):9} {item}" for item, checks in items.items()]
    counts = Counter(finding.standing for finding in found)
    told = f"{counts['holds']} hold, {counts['broken']} are broken, {counts['not seen']} not seen"
    return "\n".join([*lines, "", f"Of {len(found)} things {told}"])
