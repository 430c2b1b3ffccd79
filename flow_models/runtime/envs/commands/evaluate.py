"""`evaluate`: how a policy does, by task, split and what is varied, kept in a folder and shown as one HTML file."""

import argparse
import sys
from pathlib import Path
from typing import Final

from ..bundle import Bundle
from ..evaluating.about import about_run
from ..evaluating.plan import USUAL_ARMS
from ..evaluating.policies import PolicyError
from ..evaluating.report import REPORT, write_report
from ..evaluating.running import Record, Run, begun, play_all
from ..evaluating.tables import lines_of
from ..solutions import read_solutions
from .asking import add_model, add_scope, add_who, broken_off, plan_of, say, style_of, who_plays

_SPLITS: Final = ("validation", "test")


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_who(parser)
    usual = "all but those of one axis by training's values; an arm of which a policy would see nothing is left out"
    add_scope(parser, _SPLITS, USUAL_ARMS, usual)
    parser.add_argument("--instances", type=int, default=5, help="instances of each task and split (5)")
    add_model(parser)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="the folder of the run (evaluation)")
    parser.add_argument("--workers", type=int, default=8, help="attempts at a time of --endpoint (8)")
    parser.add_argument(
        "--shown", type=int, default=200, help="episodes that the HTML file lets one step through (200)"
    )


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Play what is missing of a run, print its tables and write its HTML file."""
    who = who_plays(options)
    policy, style = who.make(bundle), style_of(options)
    plan = plan_of(bundle, options, policy)
    about = about_run(bundle, who.words, policy.interface, style, plan.scope)
    workers = max(1, options.workers) if options.endpoint else 1
    kept = begun(options.out, about)
    try:
        played = play_all(bundle, policy, kept, plan, workers=workers, progress=_progress)
    except (PolicyError, KeyboardInterrupt) as why:
        return broken_off(why)
    return _told(bundle, played, options)


def _told(bundle: Bundle, played: Run, options: argparse.Namespace) -> int:
    """Print the tables of a run and write its HTML file."""
    report = played.folder / REPORT
    write_report(bundle, played, read_solutions(bundle, options.solutions), report, shown=options.shown)
    for line in lines_of(played.records, played.about["interface"]):
        print(line)  # noqa: T201  # printing is what this command does
    print(f"\n{report}")  # noqa: T201
    failed = sum(bool(record["policy_error"]) for record in played.records)
    if failed:
        say(f"{failed} episodes could not be played: run the same again to try these once more.")
    return 1 if failed else 0


def _progress(done: int, total: int, record: Record) -> None:
    """Say how far it is."""
    if done == total or done % 10 == 0 or record["policy_error"]:
        told = f"\r{done}/{total} {record['key']}: {record['policy_error'] or record['end_reason']}"
        if record["policy_error"]:
            # Whole, since it says where to look, and not overwritten.
            say(told)
        else:
            say(told[:100].ljust(100), end="" if sys.stderr.isatty() else "\n")
