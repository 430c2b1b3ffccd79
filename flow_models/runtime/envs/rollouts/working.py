"""A worker: plays episodes of a plan one after the other, in a process of its own or wherever it is made.

It plays in a thread beside the one that is asked, so that an episode whose time is over can be given up even while its
policy hangs. Such a worker says that it is stuck, and is to be replaced.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock, Thread
from typing import Any, Final, NamedTuple

from ..bundle import Bundle
from ..evaluating.attempts import attempt_for
from ..evaluating.plan import Plan, Planned
from ..evaluating.policies import Choice, Choose, Policy, PolicyError, blamed
from ..evaluating.running import play
from ..evaluating.who import Who
from .failing import ENVIRONMENT, POLICY, TIMEOUT, Failure
from .rows import Row, encoded, failed_row, row_of

GRACE_S: Final = 2.0
"""How long after its time an episode may still come to its next action before its worker counts as stuck."""

_LOOK_S: Final = 0.5


class How(NamedTuple):
    """How episodes are played.

    Attributes:
        style: How they are told, as the arguments of `PromptStyle`.
        observations: Whether what the policy was told is kept.
        timeout_s: How long an episode may take; None for as long as it wants.
    """

    style: Mapping[str, Any] = {}
    observations: bool = False
    timeout_s: float | None = None


class Played(NamedTuple):
    """What was made of some episodes.

    Attributes:
        data: The rows of the first ones, as a Parquet file.
        episodes: How many these are.
        is_stuck: Whether the time of the next one was over and it did not stop; the worker cannot go on.
    """

    data: bytes
    episodes: int
    is_stuck: bool


class Worker:
    """Plays episodes.

    Args:
        bundle: The package.
        who: Who plays.
        plan: The plan.
        how: How they are played.
        encode: Returns rows as a file.
    """

    def __init__(
        self, bundle: Bundle, who: Who, plan: Plan, how: How, encode: Callable[[Sequence[Row]], bytes] = encoded
    ) -> None:
        self._bundle, self._plan, self._how, self._encode = bundle, plan, how, encode
        self._policy = who.make(bundle)
        self._attempt = self._new_attempt()

    def ready(self) -> None:
        """Do nothing: whoever gets an answer knows that this is there."""

    def play(self, places: Sequence[int]) -> Played:
        """Play the episodes of some places of the plan."""
        shift = _Shift(self._how.timeout_s)
        thread = Thread(target=self._work, args=(shift, places), daemon=True)
        thread.start()
        while thread.is_alive() and not shift.give_up():
            thread.join(_LOOK_S)
        if shift.bug is not None:
            raise shift.bug
        return Played(self._encode(shift.rows), len(shift.rows), shift.is_stuck)

    def _work(self, shift: "_Shift", places: Sequence[int]) -> None:
        """Play one episode after the other, and keep what no episode can be blamed for."""
        try:
            for place in places:
                shift.begin()
                if not shift.keep(self._row(self._plan[place], shift)):
                    return
        except BaseException as error:  # noqa: BLE001  # handed to the thread that asked
            shift.bug = error

    def _row(self, planned: Planned, shift: "_Shift") -> Row:
        """Play an episode and return its row."""
        watched = _Watched(self._policy, shift, keeps=self._how.observations)
        try:
            record = play(self._bundle, watched, self._attempt, planned)
        except Exception as error:  # noqa: BLE001  # a rollout of millions does not end for one: it is counted, in words
            self._attempt = self._new_attempt()
            return failed_row(planned, [Failure(ENVIRONMENT, f"{type(error).__name__}: {error}")])
        return row_of(record, _failure(record, shift), watched.seen)

    def _new_attempt(self) -> Any:
        """Return what is played in."""
        return attempt_for(self._bundle, self._policy.interface, self._how.style)


class _Shift:
    """What the thread that plays and the one that watches it share."""

    def __init__(self, timeout_s: float | None) -> None:
        self.rows: list[Row] = []
        self.is_stuck = self.is_late = False
        self.bug: BaseException | None = None
        self._timeout_s = timeout_s
        self._until: float | None = None
        self._lock = Lock()

    def begin(self) -> None:
        """Begin an episode."""
        self.is_late = False
        self._until = None if self._timeout_s is None else time.monotonic() + self._timeout_s

    def keep(self, row: Row) -> bool:
        """Keep a row, and say whether to go on: not once the shift was given up."""
        with self._lock:
            if not self.is_stuck:
                self.rows.append(row)
                self._until = None
            return not self.is_stuck

    def give_up(self) -> bool:
        """Give up if the time is so much over that the episode will not stop by itself, and say whether it is."""
        with self._lock:
            self.is_stuck = self.is_stuck or self._is_over(GRACE_S)
            return self.is_stuck

    def _is_over(self, grace_s: float = 0.0) -> bool:
        """Whether the time of the episode is over, by so much."""
        until = self._until
        return until is not None and time.monotonic() > until + grace_s

    def check(self) -> None:
        """See that there is time for another action.

        Raises:
            PolicyError: There is none.
        """
        if self._is_over():
            self.is_late = True
            raise PolicyError(f"the episode took longer than {self._timeout_s:g} s")


class _Watched:
    """A policy that is asked only while there is time, and what it is told."""

    def __init__(self, policy: Policy, shift: _Shift, *, keeps: bool) -> None:
        self._policy, self._shift, self._keeps = policy, shift, keeps
        self.interface, self.may_wait = policy.interface, policy.may_wait
        self.seen: list[Any] = []

    def start(self, planned: Planned, attempt: Any) -> Choose:
        """Begin an attempt."""
        chooses = blamed(self._policy.start, planned, attempt)

        def choose() -> Choice:
            self._shift.check()
            if self._keeps:
                self.seen.append(attempt.seen)
            chosen = blamed(chooses)
            self._shift.check()
            return chosen

        return choose


def _failure(record: Mapping[str, Any], shift: _Shift) -> Failure | None:
    """Return why an episode failed, None if it did not."""
    if record["policy_error"]:
        return Failure(TIMEOUT if shift.is_late else POLICY, record["policy_error"])
    if record["is_fault"]:
        return Failure(ENVIRONMENT, record["turns"][-1]["error"])
    return None
