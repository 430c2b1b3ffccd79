"""What a search answers, and what it may spend."""

import time
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from flow_models.runtime.machine import Event

Twin = tuple[str, str]
"""The block and text of something that reads like another choice beside it."""

Status = Literal["solved", "untold", "infeasible", "gave_up"]

STEPS_TRIED: Final = 60_000
"""Steps of the machine that a search may try, unless told otherwise: a few seconds."""

SECOND_LOOK: Final = 1_000
"""Moves that a second search tries before an instance is called impossible: a quarter of a second, or all that can be
reached on a small site."""


class Want(NamedTuple):
    """Something that a task wants and that has not come about.

    Attributes:
        kind: `added`, `changed` or `removed` for an expected change; `condition` for a part of the further condition;
            `told` for what a page has to show; `rest` where all of this is there and the task is still not done.
        table: The table that it concerns, if any.
        columns: The columns whose wanted values are missing.
        rows: How many rows are missing.
    """

    kind: str
    table: str = ""
    columns: tuple[str, ...] = ()
    rows: int = 0


class Stop(NamedTuple):
    """Where a search was nearest to the end of a task, and what was open there."""

    page: str
    wants: tuple[Want, ...]


class Solution(NamedTuple):
    """The answer of a search.

    Attributes:
        status: `solved`: `events` is a shortest solution; `untold`: what can be reached holds no solution by what the
            goal and pages tell, but `events` is one for somebody who guesses it; `infeasible`: there is none whatever
            one knows; `gave_up`: a bound, named in `reason`, ended the search before any of this was known.
        events: The steps of the solution, the last one of which ends the episode.
        explored: How many steps of the machine the search tried.
        reason: Which bound ended the search: `tried`, `seconds` or `max_steps`; `typed` if fields could hold what was
            not tried; `unclear` if all that was found chooses `twin`; `disputed` if a second search found what a proof
            had ruled out, but not whether pages tell what it takes; empty otherwise.
        proof: How infeasibility was proven: `slice` (the data that the goal depends on cannot come about wherever one
            stands), or `space` (every state that can be reached was visited); empty otherwise.
        twin: The block and text of something that reads like another choice beside it, so that nobody can choose it by
            what it says; given where no solution does without.
        stop: Where a search that gave up was nearest to the end, and what was open there.
    """

    status: Status
    events: tuple[Event, ...] = ()
    explored: int = 0
    reason: str = ""
    proof: str = ""
    twin: Twin | None = None
    doubted: int = 0
    stop: Stop | None = None

    @property
    def steps(self) -> int:
        """The length of the solution, 0 if there is none."""
        return len(self.events)


@dataclass(slots=True)
class Budget:
    """What one search may spend, and what it has spent.

    Attributes:
        tried: Steps of the machine that it may try.
        seconds: Wall time, 0 for no limit. Results that must not depend on the computer leave it at 0.
    """

    tried: int = STEPS_TRIED
    seconds: float = 0.0
    spent: int = 0
    _until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds if self.seconds else 0.0

    def over(self) -> str:
        """Return the name of the bound that has been reached, or the empty text."""
        if self.spent >= self.tried:
            return "tried"
        if self._until and time.monotonic() > self._until:
            return "seconds"
        return ""
