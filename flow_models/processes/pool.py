"""Many pieces of work shared out among several processes; results come in the order of the pieces."""

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Final, Self

from flow_models.processes.jobs import Data, JobError, Talk, name_of, named
from flow_models.processes.process import Crashed, Done, Ended, Failed, Message, Process, Told

Maker = Callable[[Data], Callable[[Data], Data]]
"""Makes, from what all pieces share, what does one piece. A module's own function, as jobs are."""

_AHEAD: Final = 3
"""Pieces for each process that may be out at once, so that none waits for a slow neighbour."""


class CrashError(Exception):
    """A process of a pool met a bug or ended without an answer; the message tells what is known of it."""


def worth_starting(amount: int, least: int) -> int:
    """Return how many processes are worth starting for some work; 1 if it is best done here.

    Args:
        amount: How much work there is, in any unit.
        least: How much of it makes up for the start of two processes. Each further one must find half as much.
    """
    return max(1, min(_processors(), 2 * amount // least))


class Pool:
    """Processes that do pieces of work, each with what its maker made; with one process the work is done here.

    Args:
        maker: Makes a worker from `shared`.
        shared: What all pieces share, plain JSON.
        processes: How many processes.
    """

    def __init__(self, maker: Maker, shared: Data, processes: int) -> None:
        self._maker = maker
        self._shared = shared
        self._here: Callable[[Data], Data] | None = None
        self._heard: queue.SimpleQueue[tuple[int, Message]] = queue.SimpleQueue()
        data = {"maker": name_of(maker), "shared": shared}
        self._members = [
            Process(serve, data, partial(self._hear, place)) for place in range(processes if processes > 1 else 0)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for member in self._members:
            member.ask_to_end()
        for member in self._members:
            member.end()
        self._members.clear()

    def done(self, pieces: Iterable[Data]) -> Iterator[Data]:
        """Yield what came of each piece of work, in the order of the pieces; new pieces are asked for late.

        Raises:
            JobError: A process could not do a piece for a reason that a person can do something about.
            CrashError: A process met a bug or ended without an answer.
        """
        if self._members:
            yield from self._spread(enumerate(pieces))
            return
        if self._here is None:
            self._here = self._maker(self._shared)
        yield from map(self._here, pieces)

    def _spread(self, pieces: Iterator[tuple[int, Data]]) -> Iterator[Data]:
        """Yield results of work that several processes do."""
        out: list[deque[int]] = [deque() for _ in self._members]
        waiting: dict[int, Data] = {}
        given = due = 0
        while True:
            for number, piece in islice(pieces, _AHEAD * len(out) - (given - due)):
                place = min(range(len(out)), key=lambda place: len(out[place]))
                self._members[place].send(piece)
                out[place].append(number)
                given += 1
            if due == given:
                return
            while due not in waiting:
                place, result = self._next()
                waiting[out[place].popleft()] = result
            yield waiting.pop(due)
            due += 1

    def _hear(self, place: int, message: Message) -> None:
        """Take a message, in a thread of the process that it comes from."""
        self._heard.put((place, message))

    def _next(self) -> tuple[int, Data]:
        """Wait for a result; return whose it is, too."""
        place, message = self._heard.get()
        match message:
            case Told(news):
                return place, news
            case Failed(words, facts):
                raise JobError(words, **facts)
            case Crashed(words, details):
                raise CrashError(f"{words}\n{details}".strip())
            case Done() | Ended():
                raise CrashError("a process left its pool while there was work to do")


def serve(data: Data, talk: Talk) -> None:
    """Do the pieces that come, one after the other; the job of each process of a pool."""
    work = named(data["maker"])(data["shared"])
    for piece in talk.items():
        talk.tell(work(piece))


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
