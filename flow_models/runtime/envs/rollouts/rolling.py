"""`rollout`: a policy plays a plan on many processors, and what it did lies in a folder as Parquet."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

from ..bundle import Bundle
from ..evaluating.about import about_run
from ..evaluating.plan import Plan
from ..evaluating.who import Who
from ..given import as_at_least, as_seconds
from ..listing import BundleError
from ..registry import RAY
from .crew import RayCrew, connected
from .failing import Failure
from .gathering import Codec, Crew, Gathering
from .parts import Parts, held
from .rows import Tally, encoded, failed_row, joined, kept, tally_of, with_failures
from .working import How

PIECE: Final = 64
TRIES: Final = 2


class Progress(NamedTuple):
    """How far a rollout is.

    Attributes:
        done: How many episodes are written, those of earlier runs too.
        of: How many there are.
        tally: What those say that this run has played.
        lost: How many workers died or were ended in this run.
        seconds: How long this run has lasted.
    """

    done: int
    of: int
    tally: Tally
    lost: int
    seconds: float


class Rolled(NamedTuple):
    """A rollout that is done.

    Attributes:
        folder: Where it lies.
        parts: Its files, in the order of the plan; see `rows` for what they hold.
        tally: What all its episodes say.
        lost: How many workers died or were ended in this run.
    """

    folder: Path
    parts: tuple[Path, ...]
    tally: Tally
    lost: int


class Spread(NamedTuple):
    """How a rollout is spread.

    Attributes:
        workers: How many actors play; None for as many as there are processors for.
        address: Of a cluster of Ray, such as `10.0.0.1:6379`, or `auto` for the one that this machine is part of; None
            for `RAY_ADDRESS`, else this machine alone. On all machines the same package must be installed.
        cpus: How many processors each actor takes; less than one for policies that wait, as for an endpoint.
        piece: How many episodes an actor plays at a time, which also make one file.
        tries: How often an episode may end the process that plays it alone, before it counts as failed.
        working_dir: A folder that workers on other machines need, such as that of the policy's module.
        again: Whether episodes that failed in earlier runs are played once more.
    """

    workers: int | None = None
    address: str | None = None
    cpus: float = 1.0
    piece: int = PIECE
    tries: int = TRIES
    working_dir: str | None = None
    again: bool = False

    def checked(self) -> None:
        """See that it can be meant.

        Raises:
            BundleError: A number is out of its range.
        """
        for name in ("piece", "tries", "workers"):
            if getattr(self, name) is not None:
                as_at_least(getattr(self, name), 1, name)
        if not 0 <= self.cpus < inf:
            raise BundleError(f"cpus takes a number from 0, not {self.cpus:g}")


def roll(
    bundle: Bundle,
    who: Who,
    plan: Plan,
    out: Path,
    how: How,
    spread: Spread,
    progress: Callable[[Progress], None] | None = None,
) -> Rolled:
    """Play a plan on actors of Ray; see `public.rollout`."""
    _require(bundle.wheel)
    if how.timeout_s is not None:
        as_seconds(how.timeout_s, "The time of an episode")
    spread.checked()
    with held(out):
        gather = prepared(bundle, who, plan, out, how, spread, progress)
        with connected(spread.address, spread.working_dir) as ray:
            arguments = (bundle, who, plan, how)
            with closing(RayCrew(ray, spread.workers, spread.cpus, how.timeout_s, arguments)) as crew:
                return gather(crew)


def _require(wheel: str) -> None:
    """Say in words what to install.

    Raises:
        BundleError: Ray or pyarrow is not installed.
    """
    missing = [name for name in ("ray", "pyarrow") if find_spec(name) is None]
    if missing:
        raise RAY.lacks("rollout", missing, wheel)


def prepared(
    bundle: Bundle,
    who: Who,
    plan: Plan,
    out: Path,
    how: How,
    spread: Spread,
    progress: Callable[[Progress], None] | None,
) -> Callable[[Crew], Rolled]:
    """Return what plays with a crew what a folder lacks; what the folder holds was counted before.

    Raises:
        BundleError: The folder holds another rollout.
    """
    about = about_run(bundle, who.words, who.make(bundle).interface, dict(how.style), plan.scope)
    about |= {"episodes": len(plan), "piece": spread.piece, "observations": how.observations}
    parts = Parts(out, about)
    sizes = (min(spread.piece, len(plan) - number * spread.piece) for number in parts.found)
    known = {number: _read(path, size) for (number, path), size in zip(parts.found.items(), sizes, strict=True)}
    again = [number for number, tally in known.items() if spread.again and tally.failed]
    before = _together(tally for number, tally in known.items() if number not in set(again))
    began_s, played = time.monotonic(), Tally()

    def told(tally: Tally, lost: int) -> None:
        nonlocal played
        played = played.with_other(tally)
        if progress is not None:
            done = before.episodes + played.episodes
            progress(Progress(done, len(plan), played, lost, time.monotonic() - began_s))

    def gather(crew: Crew) -> Rolled:
        gathering = Gathering(len(plan), spread.piece, parts, _codec(plan), spread.tries, told, again)
        gathering.run(crew)
        return Rolled(out, tuple(parts.found.values()), before.with_other(played), gathering.lost)

    return gather


def _read(part: Path, episodes: int) -> Tally:
    """Return what a part says, which has to be of so many episodes.

    Raises:
        BundleError: It is damaged, or none of this plan.
    """
    try:
        tally = tally_of(part)
    except PermissionError:
        raise
    except (OSError, ValueError, KeyError) as error:  # what Arrow raises are some of these
        raise BundleError(f"{part} is damaged: delete it, and its episodes are played again ({error})") from error
    if tally.episodes != episodes:
        belong = max(0, episodes)
        raise BundleError(
            f"{part} is none of this rollout: it holds {tally.episodes} episodes, and {belong} belong there"
        )
    return tally


def _codec(plan: Plan) -> Codec:
    """Return how rows are Parquet."""
    return Codec(partial(_failed, plan), with_failures, joined, kept, tally_of)


def _failed(plan: Plan, place: int, failures: Sequence[Failure]) -> bytes:
    """Return the file of an episode that failed."""
    return encoded([failed_row(plan[place], failures)])


def _together(tallies: Iterator[Tally]) -> Tally:
    """Return what several parts say."""
    found = Tally()
    for one in tallies:
        found = found.with_other(one)
    return found
