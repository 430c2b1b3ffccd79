"""Making the instances of a bundle: draw, leave out doubles, prove, share out among the splits, number.

Which instances come out depends on the program alone: seeds are tried in order, a seed decides the split, and no clock
ends a proof. How many processes share the work changes nothing but the time. No content is in two splits.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flow_models.processes.jobs import Data
from flow_models.processes.pool import Pool, worth_starting
from flow_models.runtime.envs.listing import Instance, by_task
from flow_models.runtime.machine import DrawError, Event, Machine, Start
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.splits import SPLITS, split_of
from flow_models.runtime.machine.base.values import to_json

from .solution import STEPS_TRIED, Budget, Solution, Stop, Twin, Want
from .solving import Solver
from .walk import Walk

COUNTS: Final = (200, 50, 50)
"""Instances for training, validation and test, unless told otherwise."""

INFEASIBLE_LEAST: Final = 0.3
INFEASIBLE_MOST: Final = 0.45
"""The share of infeasible instances in each split of a task that may have some. A half is the most that is allowed, as
whoever reports every time that the task is impossible earns it; with only a few nobody has to look."""

SAMPLED: Final = 4
"""Lookalikes with which each solution is compared, whether or not it seems plain that it uses only what was told: a few
milliseconds. Another instance of the task is compared with others."""

_CHUNK: Final = 12
"""Seeds in one piece of work: some seconds at most, so that progress is told and no process waits long for another."""

_DRAWS_FOR_EACH: Final = 6
_DRAWS_MORE: Final = 60
"""Seeds of a split that are tried: so many for each instance wanted, and so many more. Where most draws are doubles or
refused, more of them bring little, and somebody waits."""

_WORTH_SHARING: Final = 60
"""Instances from which on further processes pay for their start."""

Progress = Callable[[int, int, str], None]
"""Called with (parts done, parts in all, the task that is worked at)."""


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


@dataclass(frozen=True, slots=True)
class Instances:
    """The instances of a program.

    Attributes:
        listed: All of them, task by task, in the order of their numbers.
        plans: The solution of each instance by task and number, as events (kind, block, row, value); for an
            infeasible instance the report that it is.
        reports: How they came about, by task.
    """

    listed: tuple[Instance, ...]
    plans: Mapping[tuple[str, int], tuple[Event, ...]]
    reports: Mapping[str, TaskReport]


def build_instances(
    program: Program,
    counts: tuple[int, int, int] = COUNTS,
    *,
    task: str | None = None,
    tried: int = STEPS_TRIED,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Instances:
    """Make the instances of all tasks, or of one.

    Args:
        program: The compiled flow.
        counts: How many for training, validation and test.
        task: The only task wanted.
        tried: Steps that one proof may try.
        progress: Told as each task begins and after each piece of work.
        processes: How many processes share the work; by default as many as are worth starting.
    """
    names = [name for name in program.tasks if task in (None, name)]
    shelves = [_Shelf(name, counts, may_fail=program.tasks[name].may_be_infeasible) for name in names]
    total = sum(counts) * len(names)
    if processes is None:
        processes = worth_starting(total, _WORTH_SHARING)
    with Pool(prover, {"program": program.json, "tried": tried}, processes) as pool:
        for place, shelf in enumerate(shelves):
            if progress is not None:
                progress(place * sum(counts), total, shelf.task)
            for outcome in pool.done(shelf.pieces()):
                shelf.take(outcome)
                if progress is not None:
                    progress(place * sum(counts) + shelf.found, total, shelf.task)
    return _gathered(shelves)


class UnprovenError(Exception):
    """An instance is not what was listed of it: it cannot be solved, or can be though it is listed as impossible."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(f"{instance.task} {instance.n}")
        self.instance = instance


def solve_listed(
    program: Program,
    listed: Sequence[Instance],
    *,
    tried: int = STEPS_TRIED,
    progress: Progress | None = None,
    processes: int | None = None,
) -> dict[tuple[str, int], tuple[Event, ...]]:
    """Return the solutions of instances that were proven before, by task and number, worked out afresh.

    Args:
        program: The compiled flow.
        listed: The instances.
        tried: Steps that one proof may try.
        progress: Told after each piece of work.
        processes: How many processes share the work; by default as many as are worth starting.

    Raises:
        UnprovenError: One is not what was listed of it.
    """
    if processes is None:
        processes = worth_starting(len(listed), _WORTH_SHARING)
    groups = [
        those[first : first + _CHUNK] for those in by_task(listed).values() for first in range(0, len(those), _CHUNK)
    ]
    jobs = [{"task": those[0].task, "seeds": [one.seed for one in those]} for those in groups]
    plans: dict[tuple[str, int], tuple[Event, ...]] = {}
    with Pool(prover, {"program": program.json, "tried": tried}, processes) as pool:
        for those, outcome in zip(groups, pool.done(jobs), strict=True):
            plans |= {
                (one.task, one.n): _proven(one, found) for one, found in zip(those, outcome["drawn"], strict=True)
            }
            if progress is not None:
                progress(len(plans), len(listed), those[0].task)
    return plans


def _proven(instance: Instance, found: Data) -> tuple[Event, ...]:
    """Return the solution of an instance.

    Raises:
        UnprovenError: What was found is not what was listed.
    """
    wanted = "infeasible" if instance.infeasible else "solved"
    if found.get("status") != wanted or _steps(found) != instance.steps:
        raise UnprovenError(instance)
    return _plan(found)


class _Shelf:
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
        self._guess: Walk | None = None
        self._out = 0

    @property
    def found(self) -> int:
        """How many instances there are so far."""
        return sum(map(len, self._kept.values()))

    def pieces(self) -> Iterator[Data]:
        """Yield seeds to try until there are enough instances, or no hope of more."""
        left = {split: count * _DRAWS_FOR_EACH + _DRAWS_MORE for split, count in self._counts.items()}
        seed = 0
        while wanting := {split for split in SPLITS if left[split] and self._is_open(split)}:
            # What is out already may be enough; then a few seeds more are tried rather than many, most of them in vain.
            size = max(1, min(_CHUNK, sum(self._counts.values()) - self.found - self._out))
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
            if not self._is_open(split_of(one["seed"])):
                continue
            self._tally["drawn"] += 1
            if "content" not in one:
                self._tally["refused"] += 1
            elif one["content"] in self._contents:
                self._tally["doubles"] += 1
            else:
                self._contents.add(one["content"])
                self._sort_in(one)

    def instances(self) -> Iterator[Instance]:
        """Yield the instances, numbered by split, then by seed."""
        for number, one in enumerate(self._listed()):
            is_infeasible = one["status"] == "infeasible"
            yield Instance(self.task, number, one["seed"], split_of(one["seed"]), is_infeasible, _steps(one))

    def plans(self) -> Iterator[tuple[Event, ...]]:
        """Yield the solutions in the same order."""
        yield from map(_plan, self._listed())

    def report(self) -> TaskReport:
        """Return how the instances came about."""
        listed = self._listed()
        return TaskReport(
            asked=sum(self._counts.values()),
            found=len(listed),
            infeasible=sum(one["status"] == "infeasible" for one in listed),
            longest=max(map(_steps, listed), default=0),
            explored=sum(one["explored"] for one in listed),
            short_of=tuple(split for split in SPLITS if len(self._kept[split]) < self._counts[split]),
            twin=self._twin,
            stopped=self._stopped,
            guess=self._guess,
            **{name: self._tally[name] for name in ("drawn", "refused", "doubles", "gave_up", "untold", "unclear")},
        )

    def _listed(self) -> list[Data]:
        return [one for split in SPLITS for one in self._kept[split]]

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
            if one["guessed"] is not None and self._guess is None:
                self._guess = Walk(self.task, one["seed"], _plan(one)[: one["guessed"] + 1])

    def _is_open(self, split: str) -> bool:
        """Say whether a split has room for some instance."""
        return self._wants(split, False) or self._wants(split, True)

    def _wants(self, split: str, infeasible: bool) -> bool:
        """Say whether a split has room for an instance."""
        kept, count = self._kept[split], self._counts[split]
        if len(kept) >= count:
            return False
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


def _plan(one: Data) -> tuple[Event, ...]:
    """Return the events that end an instance with success: its solution, or the report that it has none."""
    if one["status"] == "infeasible":
        return (Event("infeasible"),)
    return tuple(Event(*event) for event in one["events"])


def _steps(one: Data) -> int:
    """Return the length of an instance's solution, 0 if it has none."""
    return 0 if one["status"] == "infeasible" else len(one["events"])


def _gathered(shelves: Sequence[_Shelf]) -> Instances:
    """Return the instances of all tasks, once their shelves are full."""
    return Instances(
        listed=tuple(instance for shelf in shelves for instance in shelf.instances()),
        plans={(shelf.task, number): plan for shelf in shelves for number, plan in enumerate(shelf.plans())},
        reports={shelf.task: shelf.report() for shelf in shelves},
    )


def _least_infeasible(count: int) -> int:
    """Return how many of so many instances must be infeasible at least."""
    return -int(-count * INFEASIBLE_LEAST // 1)


def prover(shared: Data) -> Callable[[Data], Data]:
    """Return what draws and proves instances: the work of one process of the pool."""
    machine = Machine(read_program(shared["program"]))
    solver = Solver(machine)

    def work(job: Data) -> Data:
        drawn: list[Data] = []
        for seed in job["seeds"]:
            try:
                start = machine.draw(job["task"], seed)
            except DrawError:
                drawn.append({"seed": seed})
                continue
            solution = solver.solve(start, budget=Budget(shared["tried"]))
            drawn.append(
                {
                    "seed": seed,
                    "content": content_of(machine, start),
                    "status": solution.status,
                    "explored": solution.explored,
                    "twin": solution.twin,
                    "reason": solution.reason,
                    "stop": solution.stop,
                    "guessed": solver.guessed(start, solution, SAMPLED),
                    "events": [tuple(event) for event in solution.events],
                }
            )
        return {"drawn": drawn}

    return work


def content_of(machine: Machine, start: Start) -> str:
    """Return what tells an instance from others, as 32 hexadecimal digits: goal, parameters and starting rows."""
    rows = {
        table.name: [[to_json(value) for value in row] for row in start.state.tables[table.index].rows]
        for table in machine.schema.table_list
    }
    parts = [start.goal, {name: to_json(value) for name, value in start.parameters.items()}, rows]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
