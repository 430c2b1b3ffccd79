"""Several processes that solve at once, each with its own machine; results come in the order of the work.

Every process has a pipe of its own and ends when the other side of it is gone, so that ending the process that
started them, however roughly, leaves none behind.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Work = dict[str, Any]
"""Plain JSON: what to do, and what came of it."""

_AHEAD: Final = 3
"""Pieces of work for each process that may be out at once, so that none waits for a slow neighbour."""

Maker = Callable[[Work], Callable[[Work], Work]]
"""Makes, from what all work shares, what does one piece of work. Must be importable by name."""


class CrewError(Exception):
    """A process ended without an answer."""


class Crew:
    """Processes that do pieces of work; with one process the work is done here.

    Args:
        maker: What makes a worker from `shared`.
        shared: What all work shares.
        processes: How many processes.
    """

    def __init__(self, maker: Maker, shared: Work, processes: int) -> None:
        self._maker = maker
        self._shared = shared
        self._here: Callable[[Work], Work] | None = None
        self._members: list[tuple[SpawnProcess, Connection]] = []
        if processes > 1:
            context = multiprocessing.get_context("spawn")
            for _ in range(processes):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(maker, shared, theirs), daemon=False)
                process.start()
                theirs.close()
                self._members.append((process, ours))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for process, pipe in self._members:
            pipe.close()
            process.terminate()
        for process, _ in self._members:
            process.join()
        self._members.clear()

    def done(self, jobs: Iterable[Work]) -> Iterator[Work]:
        """Yield what came of each piece of work, in the order of the pieces; new pieces are asked for late.

        Raises:
            CrewError: A process ended without an answer.
        """
        if not self._members:
            if self._here is None:
                self._here = self._maker(self._shared)
            for job in jobs:
                yield self._here(job)
            return
        yield from self._spread(iter(jobs))

    def _spread(self, jobs: Iterator[Work]) -> Iterator[Work]:
        """Yield results of work that several processes do."""
        waiting: dict[int, Work] = {}
        out: dict[Connection, deque[int]] = {pipe: deque() for _, pipe in self._members}
        given = due = 0
        is_more = True
        while True:
            while is_more and given - due < _AHEAD * len(out):
                job = next(jobs, None)
                if job is None:
                    is_more = False
                    break
                pipe = min(out, key=lambda one: len(out[one]))
                pipe.send(job)
                out[pipe].append(given)
                given += 1
            if due == given:
                return
            while due in waiting:
                yield waiting.pop(due)
                due += 1
            if due < given and due not in waiting:
                self._collect(out, waiting)

    @staticmethod
    def _collect(out: dict[Connection, deque[int]], waiting: dict[int, Work]) -> None:
        """Wait for a result and keep it until its turn comes."""
        for pipe in wait([pipe for pipe, numbers in out.items() if numbers]):
            if isinstance(pipe, Connection):
                try:
                    waiting[out[pipe].popleft()] = pipe.recv()
                except EOFError:
                    raise CrewError("a solving process ended without an answer") from None


def _serve(maker: Maker, shared: Work, pipe: Connection) -> None:
    """Do what comes through the pipe until it is closed."""
    work = maker(shared)
    while True:
        try:
            pipe.send(work(pipe.recv()))
        except (EOFError, OSError):
            return
