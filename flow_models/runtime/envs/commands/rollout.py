"""`rollout`: a policy plays many episodes on the processors of a machine or of a cluster, kept as Parquet."""

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from ..bundle import Bundle
from ..evaluating.plan import PLAIN_ARM
from ..evaluating.policies import PolicyError
from ..rollouts.gathering import CrewError
from ..rollouts.parts import PartError
from ..rollouts.public import ALL, TIMEOUT_S
from ..rollouts.rolling import PIECE, TRIES, Progress, Rolled, Spread, roll
from ..rollouts.rows import Tally
from ..rollouts.working import How
from .asking import add_model, add_scope, add_who, broken_off, plan_of, say, style_of, who_plays

_EVERY_S: Final = 10.0
"""How often it is said how far it is where no terminal shows a line that changes."""


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_who(parser)
    add_scope(parser, ("train",), (PLAIN_ARM,), PLAIN_ARM)
    parser.add_argument("--instances", type=int, default=ALL, help="instances of each task and split (all)")
    add_model(parser)
    parser.add_argument("--out", type=Path, default=Path("rollout"), help="the folder of the parts (rollout)")
    parser.add_argument(
        "--address", help="of a cluster of Ray, such as 10.0.0.1:6379 or auto (RAY_ADDRESS, or this machine)"
    )
    parser.add_argument("--workers", type=int, help="actors that play (as many as there are processors for)")
    parser.add_argument("--cpus", type=float, default=1.0, help="processors of each, 0.1 for one that waits (1)")
    about = "a folder that workers on other machines need, such as that of --policy"
    parser.add_argument("--working-dir", metavar="FOLDER", help=about)
    parser.add_argument("--piece", type=int, default=PIECE, help=f"episodes of a part, played in one go ({PIECE})")
    about = f"how often an episode may end its worker before it counts as failed ({TRIES})"
    parser.add_argument("--tries", type=int, default=TRIES, help=about)
    about = f"seconds that an episode may take ({TIMEOUT_S:g})"
    parser.add_argument("--episode-timeout", type=float, default=TIMEOUT_S, help=about)
    parser.add_argument("--again", action="store_true", help="play once more what failed in earlier runs")
    parser.add_argument("--observations", action="store_true", help="keep what the policy was told, too")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Play what is missing of a rollout, and say what came out."""
    who = who_plays(options)
    plan = plan_of(bundle, options, who.make(bundle))
    how = How(style_of(options), options.observations, options.episode_timeout)
    spread = Spread(
        workers=options.workers,
        address=options.address,
        cpus=options.cpus,
        piece=options.piece,
        tries=options.tries,
        working_dir=options.working_dir,
        again=options.again,
    )
    try:
        rolled = roll(bundle, who, plan, options.out, how, spread, _Line())
    except (PolicyError, CrewError, PartError, KeyboardInterrupt) as why:
        return broken_off(why)
    for line in _told(rolled):
        print(line)  # noqa: T201  # printing is what this command does
    return _status(rolled)


def _status(rolled: Rolled) -> int:
    """Return the exit status: of episodes that failed there may be some, but not only such."""
    if rolled.tally.failed < rolled.tally.episodes:
        return 0
    say("No episode came to its end, so nothing is known of the policy. With --again they are played once more.")
    return 1


class _Line:
    """The line that says how far it is."""

    def __init__(self) -> None:
        self._next_s = 0.0

    def __call__(self, now: Progress) -> None:
        """Say it: on a terminal always, else now and then."""
        is_terminal = sys.stderr.isatty()
        if is_terminal or time.monotonic() >= self._next_s or now.done == now.of:
            self._next_s = time.monotonic() + _EVERY_S
            text = _far(now)
            say(f"\r{text[:119].ljust(119)}" if is_terminal else text, end="" if is_terminal else "\n")


def _far(now: Progress) -> str:
    """Return how far it is."""
    rate = now.tally.episodes / max(now.seconds, 1e-9)
    left_s = (now.of - now.done) / max(rate, 1e-9)
    lost = f", {now.lost} workers replaced" if now.lost else ""
    return (
        f"{now.done}/{now.of} episodes, {rate:.1f}/s, {left_s:.0f} s left, mean reward {now.tally.mean_reward:.3f}"
        f"{_failures(now.tally)}{lost}"
    )


def _failures(tally: Tally) -> str:
    """Return how many failed, by kind; empty if none."""
    return "".join(f", {count} {kind}" for kind, count in sorted(tally.failures.items()))


def _told(rolled: Rolled) -> list[str]:
    """Return what came out."""
    tally = rolled.tally
    good = tally.episodes - tally.failed
    lines = [
        f"{tally.episodes} episodes in {len(rolled.parts)} parts, {tally.steps} steps; {tally.successes} of {good} "
        f"succeeded, mean reward {tally.mean_reward:.3f}.",
        "Ends: " + ", ".join(f"{name} {count}" for name, count in sorted(tally.ends.items())),
    ]
    lines += [f"Failed, {kind}: {count}, one of them: {tally.words[kind]}" for kind, count in tally.failures.items()]
    if rolled.lost:
        lines.append(f"{rolled.lost} workers died or were ended, and were replaced.")
    return [*lines, str(rolled.folder)]
