"""Giving the pieces of a plan out and writing what comes back, whoever plays them.

No more is given out than there are workers, and a worker is given its next piece when its last one has been taken, so
neither a slow disk nor a fast cluster fills the memory. Where a worker dies in the middle of a piece nobody knows by
which episode: all of them are played again, one at a time, and one that ends its worker `tries` times counts as failed.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple, Protocol

from ..evaluating.policies import PolicyError
from .failing import POLICY, TIMEOUT, Failure
from .parts import Parts
from .rows import Tally
from .working import Played

HOPELESS: Final = 16
"""Episodes in a row, in whole pieces, in which the policy could not answer, after which nothing more is tried."""


class CrewError(Exception):
    """Workers do not start, or die whatever they play; the message says why."""


class Job(NamedTuple):
    """Some episodes for a worker.

    Attributes:
        piece: The piece to which they belong.
        places: Their places in the plan.
        failures: How a single one has failed before.
    """

    piece: int
    places: Sequence[int]
    failures: tuple[Failure, ...] = ()


class Done(NamedTuple):
    """A job that came back."""

    job: Job
    played: Played


class Lost(NamedTuple):
    """A job that did not, and why."""

    job: Job
    failure: Failure


class Crew(Protocol):
    """Workers; those that die are replaced."""

    @property
    def size(self) -> int:
        """How many there are."""

    @property
    def has_room(self) -> bool:
        """Whether one of them has nothing to do."""

    def give(self, job: Job) -> None:
        """Give a job to one that has nothing to do."""

    def next(self) -> Done | Lost | None:
        """Wait until something happens, and return it; None if it was only that a worker is there now."""


class Codec(NamedTuple):
    """How rows are files; see `rows`.

    Attributes:
        failed: Returns the file of an episode by its place and all its failures.
        with_failures: Returns the file of one row with failures before it.
        joined: Returns several files as one.
        kept: Returns a file for each row of a file, None for those that failed.
        tally: Returns what a file says.
    """

    failed: Callable[[int, Sequence[Failure]], bytes]
    with_failures: Callable[[bytes, Sequence[Failure]], bytes]
    joined: Callable[[Sequence[bytes]], bytes]
    kept: Callable[[bytes], list[bytes | None]]
    tally: Callable[[bytes], Tally]


@dataclass(slots=True)
class _Open:
    """A piece of which not everything is back: what is, by the place with which it begins."""

    missing: int
    files: dict[int, bytes] = field(default_factory=dict)


class Gathering:
    """The pieces of a plan while they are played.

    Args:
        total: How many episodes the plan has.
        piece: How many of them make a piece.
        parts: Where pieces are written; those that are there are not played again.
        again: The numbers of parts whose failed episodes are played once more all the same.
        codec: How rows are files.
        tries: How often an episode may end its worker when it is played alone.
        told: Called with what a piece says and how many workers were lost so far, whenever one was written.
    """

    def __init__(
        self,
        total: int,
        piece: int,
        parts: Parts,
        codec: Codec,
        tries: int,
        told: Callable[[Tally, int], None],
        again: Sequence[int] = (),
    ) -> None:
        self._parts, self._codec, self._tries, self._told = parts, codec, tries, told
        self._fresh = chain(self._failed(again, piece), self._pieces(total, piece))
        self._again: deque[Job] = deque()
        self._open: dict[int, _Open] = {}
        self._given = 0
        self._in_vain, self._lost_in_vain = 0, 0
        self.lost = 0

    def run(self, crew: Crew) -> None:
        """Play everything.

        Raises:
            PolicyError: The policy could not answer in whole pieces.
            CrewError: Workers die without a single episode between their deaths.
        """
        while self._give(crew):
            match crew.next():
                case Done(job, played):
                    self._given -= 1
                    self._take(job, played)
                case Lost(job, failure):
                    self._given -= 1
                    self._lose(job, failure, crew.size)

    def _failed(self, numbers: Sequence[int], piece: int) -> Iterator[Job]:
        """Yield the failed episodes of parts, each alone, and keep the others of these."""
        for number in numbers:
            files = dict(enumerate(self._codec.kept(self._parts.found[number].read_bytes()), number * piece))
            failed = [place for place, file in files.items() if file is None]
            held = {place: file for place, file in files.items() if file is not None}
            self._open[number] = _Open(len(failed), held)
            for place in failed:
                yield Job(number, (place,))

    def _pieces(self, total: int, piece: int) -> Iterator[Job]:
        """Yield the pieces that are not there."""
        done = self._parts.found.keys()
        for number, first in enumerate(range(0, total, piece)):
            if number not in done:
                yield Job(number, range(first, min(first + piece, total)))

    def _give(self, crew: Crew) -> bool:
        """Give out as much as there is room for, and say whether anything is out."""
        while crew.has_room and (job := self._next_job()) is not None:
            crew.give(job)
            self._given += 1
        return self._given > 0 or bool(self._again) or self._has_more

    @property
    def _has_more(self) -> bool:
        """Whether a piece has not been given out yet; it then waits for a worker."""
        job = next(self._fresh, None)
        if job is not None:
            self._again.append(job)
        return job is not None

    def _next_job(self) -> Job | None:
        """Return what is to be played next: first what has to be played again, so that few pieces are open."""
        job = self._again.popleft() if self._again else next(self._fresh, None)
        if job is not None and job.piece not in self._open:
            self._open[job.piece] = _Open(len(job.places))
        return job

    def _take(self, job: Job, played: Played) -> None:
        """Keep what came back; where a worker got stuck the episode counts as failed, and the rest is played again."""
        self._lost_in_vain = 0
        if played.episodes:
            data = self._codec.with_failures(played.data, job.failures) if job.failures else played.data
            self._keep(job.piece, job.places[0], data, played.episodes)
        if played.is_stuck:
            self.lost += 1
            place, rest = job.places[played.episodes], job.places[played.episodes + 1 :]
            self._fail(job._replace(places=(place,)), Failure(TIMEOUT, "its policy or site did not come back in time"))
            if rest:
                self._again.append(Job(job.piece, rest))

    def _lose(self, job: Job, failure: Failure, size: int) -> None:
        """Play the episodes of a lost job again, each alone, unless one has been lost too often."""
        self.lost += 1
        self._lost_in_vain += 1
        if self._lost_in_vain > 3 * size + 2 * HOPELESS:
            raise CrewError(f"{self._lost_in_vain} workers in a row died, the last one: {failure.words}")
        if len(job.places) > 1:
            self._again.extend(Job(job.piece, (place,)) for place in job.places)
        elif len(job.failures) + 1 < self._tries:
            self._again.append(job._replace(failures=(*job.failures, failure)))
        else:
            self._fail(job, failure)

    def _fail(self, job: Job, failure: Failure) -> None:
        """Count a single episode as failed."""
        (place,) = job.places
        self._keep(job.piece, place, self._codec.failed(place, (*job.failures, failure)), 1)

    def _keep(self, piece: int, place: int, data: bytes, count: int) -> None:
        """Keep rows of a piece, and write it once it is whole."""
        held = self._open[piece]
        held.files[place] = data
        held.missing -= count
        if held.missing == 0:
            del self._open[piece]
            files = [held.files[first] for first in sorted(held.files)]
            self._write(piece, files[0] if len(files) == 1 else self._codec.joined(files))

    def _write(self, piece: int, data: bytes) -> None:
        """Write a piece, unless it is one of several in which the policy answered nothing."""
        tally = self._codec.tally(data)
        fails = tally.failures.get(POLICY, 0)
        self._in_vain = self._in_vain + fails if fails == tally.episodes else 0
        if self._in_vain >= HOPELESS:
            raise PolicyError(f"{self._in_vain} episodes in a row failed, one of them: {tally.words[POLICY]}")
        self._parts.write(piece, data)
        self._told(tally, self.lost)
