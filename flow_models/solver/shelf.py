"""The shelf on which the instances of a task gather: no doubles, shared out among splits, spread over lengths."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flow_models.processes.jobs import Data
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.splits import SPLITS, split_of

from .solution import Solution, Stop, Twin, Want
from .spreading import spread_out
from .walk import Walk

INFEASIBLE_LEAST: Final = 0.3
INFEASIBLE_MOST: Final = 0.45
"""The share of infeasible instances in each split of a task that may have some. A half is the most that is allowed, as
whoever reports every time that the task is impossible earns it; with only a few nobody has to look."""

CHUNK: Final = 12
"""Seeds in one piece of work: some seconds at most, so that progress is told and no process waits long for another."""

_DRAWS_FOR_EACH: Final = 6
_DRAWS_MORE: Final = 60
"""Seeds of a split that are tried: so many for each instance wanted, and so many more. Where most draws are doubles or
refused, more of them bring little, and somebody waits."""

_SURPLUS: Final = 5
"""A split that is full looks at one seed more for every so many instances, if they are not all as long: of what is
solved those are kept that spread over most lengths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """How the instances of one task came about.

    Attributes:
        asked: How many instances were asked for.
        found: How many there are.
        drawn: Seeds tried; `refused` of them met no parameters, `doubles` gave an instance that there was already.
        gave_up: Instances left out because neither a solution nor a proof was found within the bounds.
        untold: Instances left out because they can be done only by luck: no page tells what it takes.
        unclear: Instances left out because every solution chooses something that reads like another thing beside it.
        twin: The block and text of the first such choice, None if there is none.
        stopped: The first answer of those that were given up for another reason, None if there is none.
        guess: A solution that types, chooses or answers in its last event what nothing has told; None if there is none.
        infeasible: Instances proven to be impossible.
        longest: The length of the longest shortest solution.
        explored: Steps of the machine tried in all searches.
        short_of: The splits that are smaller than asked.
    """

    asked: int
    found: int
    drawn: int
    refused: int
    doubles: int
    gave_up: int
    untold: int
    unclear: int
    twin: Twin | None
    stopped: Solution | None
    guess: Walk | None
    infeasible: int
    longest: int
    explored: int
    short_of: tuple[str, ...]


class Shelf:
    """The instances of one task while they are gathered."""

    def __init__(self, task: str, counts: tuple[int, int, int], *, may_fail: bool) -> None:
        self.task = task
        self._counts = dict(zip(SPLITS, counts, strict=True))
        self._may_fail = may_fail
        self._kept: dict[str, list[Data]] = {split: [] for split in SPLITS}
        self._contents: set[str] = set()
        self._tally: Counter[str] = Counter()
        self._twin: Twin | None = None
        self._stopped: Solution | None = None
        self._out = 0
        self._more = {split: count // _SURPLUS for split, count in self._counts.items()}

    @property
    def found(self) -> int:
        """How many instances there are so far, without those from which the last are chosen."""
        return sum(min(len(kept), self._counts[split]) for split, kept in self._kept.items())

    def pieces(self) -> Iterator[Data]:
        """Yield seeds to try until there are enough instances, or no hope of more."""
        left = {split: count * _DRAWS_FOR_EACH + _DRAWS_MORE for split, count in self._counts.items()}
        seed = 0
        while wanting := {split for split in SPLITS if left[split] and self._is_open(split)}:
            # What is out already may be enough; then a few seeds more are tried rather than many, most of them in vain.
            size = max(1, min(CHUNK, sum(self._counts.values()) - self.found - self._out))
            seeds: list[int] = []
            while len(seeds) < size and wanting:
                split = split_of(seed)
                if split in wanting:
                    seeds.append(seed)
                    left[split] -= 1
                    if not left[split]:
                        wanting.discard(split)
                seed += 1
            self._out += len(seeds)
            yield {"task": self.task, "seeds": seeds}

    def take(self, outcome: Data) -> None:
        """Sort in what came of some seeds, in the order of the seeds."""
        self._out -= len(outcome["drawn"])
        for one in outcome["drawn"]:
            split = split_of(one["seed"])
            if not self._is_open(split):
                continue
            was_full = self._is_full(split)
            self._tally["drawn"] += 1
            if "content" not in one:
                self._tally["refused"] += 1
            elif one["content"] in self._contents:
                self._tally["doubles"] += 1
            else:
                self._contents.add(one["content"])
                self._sort_in(one)
            self._more[split] -= was_full

    def instances(self) -> Iterator[Instance]:
        """Yield the instances, numbered by split, then by seed."""
        for number, one in enumerate(self._listed()):
            is_infeasible = one["status"] == "infeasible"
            yield Instance(self.task, number, one["seed"], split_of(one["seed"]), is_infeasible, steps_of(one))

    def plans(self) -> Iterator[tuple[Event, ...]]:
        """Yield the solutions in the same order."""
        yield from map(plan_of, self._listed())

    def report(self) -> TaskReport:
        """Return how the instances came about."""
        listed = self._listed()
        return TaskReport(
            asked=sum(self._counts.values()),
            found=len(listed),
            infeasible=sum(one["status"] == "infeasible" for one in listed),
            longest=max(map(steps_of, listed), default=0),
            explored=sum(one["explored"] for one in listed),
            short_of=tuple(split for split in SPLITS if len(self._kept[split]) < self._counts[split]),
            twin=self._twin,
            stopped=self._stopped,
            guess=next((self._guess_in(one) for one in listed if one["guessed"] is not None), None),
            **{name: self._tally[name] for name in ("drawn", "refused", "doubles", "gave_up", "untold", "unclear")},
        )

    def _listed(self) -> list[Data]:
        """Return what is kept, split by split in the order of the seeds, spread over the lengths of solutions."""
        return [one for split in SPLITS for one in spread_out(self._kept[split], self._counts[split], steps_of)]

    def _guess_in(self, one: Data) -> Walk:
        return Walk(self.task, one["seed"], plan_of(one)[: one["guessed"] + 1])

    def _give_up(self, one: Data) -> None:
        """Count an instance whose search gave up, and keep the first one of its kind as an example."""
        self._tally["unclear" if one["twin"] else "gave_up"] += 1
        if one["twin"] and self._twin is None:
            self._twin = (*one["twin"],)
        elif not one["twin"] and self._stopped is None:
            self._stopped = _stopped(one)

    def _sort_in(self, one: Data) -> None:
        """Keep an instance if its split still wants one like it."""
        if one["status"] == "untold":
            self._tally["untold"] += 1
            return
        if one["status"] == "gave_up":
            self._give_up(one)
            return
        split = split_of(one["seed"])
        if self._wants(split, one["status"] == "infeasible"):
            self._kept[split].append(one)

    def _is_open(self, split: str) -> bool:
        """Say whether a split has room for some instance, or is full and looks at some more."""
        return self._wants(split, False) or self._wants(split, True)

    def _is_full(self, split: str) -> bool:
        """Say whether a split has as many instances as it shall."""
        return len(self._kept[split]) >= self._counts[split]

    def _looks_on(self, split: str) -> bool:
        """Say whether a full split looks at another seed, which may be a solution of a rarer length."""
        lengths = {steps_of(one) for one in self._kept[split] if one["status"] != "infeasible"}
        return self._more[split] > 0 and len(lengths) > 1

    def _wants(self, split: str, infeasible: bool) -> bool:
        """Say whether a split has room for an instance."""
        kept, count = self._kept[split], self._counts[split]
        if self._is_full(split):
            return not infeasible and self._looks_on(split)
        if not self._may_fail:
            return not infeasible
        impossible = len([one for one in kept if one["status"] == "infeasible"])
        if infeasible:
            # In a split of a few the least may be more than the most: what must be wins, so that the split fills.
            return impossible < max(int(count * INFEASIBLE_MOST), _least_infeasible(count))
        return len(kept) - impossible < count - _least_infeasible(count)


def _stopped(one: Data) -> Solution:
    """Return the answer of a search that gave up."""
    stop = one["stop"] and Stop(one["stop"][0], tuple(Want(*want) for want in one["stop"][1]))
    return Solution("gave_up", (), one["explored"], one["reason"], stop=stop)


def plan_of(one: Data) -> tuple[Event, ...]:
    """Return the events that end an instance with success: its solution, or the report that it has none."""
    if one["status"] == "infeasible":
        return (Event("infeasible"),)
    return tuple(Event(*event) for event in one["events"])


def steps_of(one: Data) -> int:
    """Return the length of an instance's solution, 0 if it has none."""
    return 0 if one["status"] == "infeasible" else len(one["events"])


def _least_infeasible(count: int) -> int:
    """Return how many of so many instances must be infeasible at least."""
    return -int(-count * INFEASIBLE_LEAST // 1)
