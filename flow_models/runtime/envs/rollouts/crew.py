"""Workers as actors of Ray, on this machine or on a cluster; Ray is imported when the first is asked for.

An actor that dies, or whose node goes, is replaced by a new one. Ray itself starts none again, since nothing would say
then what was played when it died.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from ..listing import BundleError
from .failing import TIMEOUT, WORKER, Failure
from .gathering import CrewError, Done, Job, Lost
from .working import GRACE_S, Worker

STARTS: Final = 3
"""How many actors in a row may fail before they are there, after which nothing more is tried."""

_ANSWERS_S: Final = 10.0
"""How long is waited until a cluster answers at all."""

_LONGEST: Final = 400
"""Letters of an error of Ray that are kept; each failed episode has them."""

_SLOW_S: Final = 30.0
"""How much longer than its episodes may take a job is waited for; a process that does not even answer is ended then."""


@contextmanager
def connected(address: str | None, working_dir: str | None = None) -> Iterator[Any]:
    """Connect with Ray while the block runs, unless this process is connected already, and give the module.

    Args:
        address: Of a cluster; `auto` for one that runs on this machine; None for `RAY_ADDRESS`, or else this machine
            alone, in a Ray of its own.
        working_dir: A folder whose files workers need; Ray copies it to all machines.

    Raises:
        BundleError: There is no cluster at the address.
    """
    import ray

    if ray.is_initialized():
        yield ray
        return
    # Without any address Ray would join whatever cluster it finds running on this machine.
    where = address or os.environ.get("RAY_ADDRESS") or "local"
    _see_that_somebody_is_there(where)
    more: dict[str, Any] = {"include_dashboard": False} if where == "local" else {}
    if working_dir is not None:
        more["runtime_env"] = {"working_dir": working_dir}
    try:
        ray.init(where, log_to_driver=False, logging_level="ERROR", **more)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise BundleError(f"Ray cannot be reached at {where!r}: {error}") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _shortened(words: str) -> str:
    """Return the beginning of what Ray says: of a lack of memory it says three thousand letters."""
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _see_that_somebody_is_there(address: str) -> None:
    """See that something answers at HOST:PORT; Ray would try for minutes, with warnings of its own.

    Raises:
        BundleError: Nothing does.
    """
    host, _, port = address.rpartition(":")
    if "/" in address or not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWERS_S).close()
    except (OSError, OverflowError) as error:
        raise BundleError(f"no cluster of Ray answers at {address!r}: {error}") from error


class RayCrew:
    """Workers as actors.

    Args:
        ray: The module, connected.
        size: How many; None for as many as the cluster has processors for.
        cpus: How many processors each takes; a part of one for policies that wait for others.
        timeout_s: How long an episode may take; None for as long as it wants.
        arguments: What a `Worker` takes.

    Raises:
        BundleError: No machine has so many processors.
    """

    def __init__(
        self, ray: Any, size: int | None, cpus: float, timeout_s: float | None, arguments: tuple[Any, ...]
    ) -> None:
        most = max([node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]], default=0)
        if cpus > most:
            raise BundleError(f"A worker cannot have {cpus:g} processors: no machine here has more than {most:g}")
        self._ray = ray
        self.size = size or max(1, int(ray.cluster_resources().get("CPU", 1) / max(cpus, 0.001)))
        self._timeout_s = timeout_s
        self._class = ray.remote(num_cpus=cpus, max_restarts=0)(Worker)
        self._arguments = [ray.put(one) for one in arguments]
        self._idle: list[Any] = []
        self._starting: dict[Any, Any] = {}
        self._playing: dict[Any, tuple[Any, Job, float]] = {}
        self._starts_in_vain = 0
        for _ in range(self.size):
            self._hire()

    def close(self) -> None:
        """End all workers."""
        playing = [actor for actor, _, _ in self._playing.values()]
        for actor in (*self._idle, *self._starting.values(), *playing):
            self._ray.kill(actor)

    @property
    def has_room(self) -> bool:
        """Whether one of them has nothing to do."""
        return bool(self._idle)

    def give(self, job: Job) -> None:
        """Give a job to one that has nothing to do."""
        actor = self._idle.pop()
        until = float("inf")
        if self._timeout_s is not None:
            until = time.monotonic() + len(job.places) * (self._timeout_s + GRACE_S) + _SLOW_S
        self._playing[actor.play.remote(job.places)] = (actor, job, until)

    def next(self) -> Done | Lost | None:
        """Wait until something happens, and return it; None if it was only that a worker is there now.

        Raises:
            CrewError: Workers do not start.
        """
        until = min((until for _, _, until in self._playing.values()), default=float("inf"))
        wait_s = None if until == float("inf") else max(0.0, until - time.monotonic())
        ready, _ = self._ray.wait([*self._playing, *self._starting], num_returns=1, timeout=wait_s, fetch_local=False)
        if not ready:
            return self._overdue()
        (known,) = ready
        if known in self._playing:
            return self._back(known)
        self._started(known)
        return None

    def _back(self, known: Any) -> Done | Lost:
        """Return what a worker has made of a job."""
        actor, job, _ = self._playing.pop(known)
        died, played = self._gotten(lambda: self._ray.get(known))
        if died is not None:
            self._replace(actor)
            return Lost(job, Failure(WORKER, died))
        if played.is_stuck:
            self._replace(actor)
        else:
            self._idle.append(actor)
        return Done(job, played)

    def _overdue(self) -> Lost | None:
        """End a worker that does not answer in time."""
        now = time.monotonic()
        for known, (actor, job, until) in self._playing.items():
            if until <= now:
                del self._playing[known]
                self._replace(actor)
                return Lost(job, Failure(TIMEOUT, "its process did not answer in time"))
        return None

    def _started(self, known: Any) -> None:
        """Take a worker that is there now, or hire another one in place of one that failed to start."""
        actor = self._starting.pop(known)
        died, _ = self._gotten(lambda: self._ray.get(known))
        if died is None:
            self._starts_in_vain = 0
            self._idle.append(actor)
            return
        self._starts_in_vain += 1
        if self._starts_in_vain >= STARTS:
            raise CrewError(f"workers do not start: {died}")
        self._replace(actor)

    def _gotten(self, get: Callable[[], Any]) -> tuple[str | None, Any]:
        """Return why a worker died, None if it did not, and what it answered; what our code raises there is a bug."""
        errors = self._ray.exceptions
        try:
            return None, get()
        except errors.RayTaskError:
            raise
        except errors.RayError as error:
            return f"{type(error).__name__}: {_shortened(str(error))}", None

    def _hire(self) -> None:
        """Ask for another worker."""
        actor = self._class.remote(*self._arguments)
        self._starting[actor.ready.remote()] = actor

    def _replace(self, actor: Any) -> None:
        """End a worker and ask for another one."""
        self._ray.kill(actor)
        self._hire()
