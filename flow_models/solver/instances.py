"""Making the instances of a bundle: draw, leave out doubles, prove, share out among the splits, number.

Which instances come out depends on the program alone: seeds are tried in order, a seed decides the split, and no clock
ends a proof. How many processes share the work changes nothing but the time. No content is in two splits.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from flow_models.runtime.machine import DrawError, Event, Machine, Start
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.splits import SPLITS, split_of
from flow_models.runtime.machine.base.values import to_json

from .crew import Crew, Work
from .solution import STEPS_TRIED, Budget
from .solving import Solver

COUNTS: Final = (200, 50, 50)

INFEASIBLE_LEAST: Final = 0.3
INFEASIBLE_MOST: Final = 0.45
"""The share of infeasible instances in each split of a task that may have some; a half is the most that is allowed."""

_CHUNK: Final = 12
_DRAWS_FOR_EACH: Final = 6
_DRAWS_MORE: Final = 60
"""Seeds of a split that are tried: so many for each instance wanted, and so many more."""

_WORTH_SHARING: Final = 60
"""Instances from which on further processes pay for their start."""

Progress = Callable[[int, int], None]
"""Called with (instances found, instances asked for)."""


@dataclass(slots=True)
class TaskReport:
    """How the instances of one task came about.

    Attributes:
        asked: How many instances were asked for.
        found: How many there are.
        drawn: Seeds tried; `refused` of them met no parameters, `doubles` gave an instance that there was already.
        gave_up: Instances left out because neither a solution nor a proof was found within the bounds.
        infeasible: Instances proven to be impossible.
        longest: The length of the longest shortest solution.
        explored: Steps of the machine tried in all searches.
        short_of: The splits that are smaller than asked.
    """

    asked: int
    found: int = 0
    drawn: int = 0
    refused: int = 0
    doubles: int = 0
    gave_up: int = 0
    infeasible: int = 0
    longest: int = 0
    explored: int = 0
    short_of: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Instances:
    """The instances of a program.

    Attributes:
        tasks: What `tasks.json` holds; no solutions.
        plans: The solution of each instance by task and number, as events (kind, block, row, value); for an
            infeasible instance the report that it is.
        reports: How they came about, by task.
    """

    tasks: dict[str, Any]
    plans: dict[tuple[str, int], tuple[Event, ...]]
    reports: dict[str, TaskReport]


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
        progress: Told after each piece of work.
        processes: How many processes share the work; by default one for each processor if it is much.
    """
    names = [name for name in program.tasks if task in (None, name)]
    total = sum(counts) * len(names)
    if processes is None:
        processes = (os.cpu_count() or 1) if total >= _WORTH_SHARING else 1
    result = Instances({"format": 1, "program": program.hash, "tasks": {}}, {}, {})
    with Crew(prover, {"program": program.json, "tried": tried}, processes) as crew:
        for place, name in enumerate(names):
            may_fail = program.tasks[name].may_be_infeasible
            shelf = _Shelf(name, counts, may_fail=may_fail)
            for outcome in crew.done(shelf.jobs()):
                shelf.take(outcome)
                if progress is not None:
                    progress(place * sum(counts) + shelf.report.found, total)
            entries, plans = shelf.numbered()
            result.tasks["tasks"][name] = {"instances": entries}
            result.plans |= {(name, number): plan for number, plan in plans.items()}
            result.reports[name] = shelf.report
    return result


class _Shelf:
    """The instances of one task while they are gathered."""

    def __init__(self, task: str, counts: tuple[int, int, int], *, may_fail: bool) -> None:
        self._task = task
        self._counts = dict(zip(SPLITS, counts, strict=True))
        self._may_fail = may_fail
        self._kept: dict[str, list[Work]] = {split: [] for split in SPLITS}
        self._contents: set[str] = set()
        self.report = TaskReport(sum(counts))

    def jobs(self) -> Iterator[Work]:
        """Yield seeds to try until there are enough instances, or no hope of more."""
        left = {split: count * _DRAWS_FOR_EACH + _DRAWS_MORE for split, count in self._counts.items()}
        seed = 0
        while wanting := {split for split in SPLITS if left[split] and self._is_open(split)}:
            seeds: list[int] = []
            while len(seeds) < _CHUNK and wanting:
                split = split_of(seed)
                if split in wanting:
                    seeds.append(seed)
                    left[split] -= 1
                    if not left[split]:
                        wanting.discard(split)
                seed += 1
            yield {"task": self._task, "seeds": seeds}

    def take(self, outcome: Work) -> None:
        """Sort in what came of some seeds, in the order of the seeds."""
        report = self.report
        for one in outcome["drawn"]:
            if not self._is_open(split_of(one["seed"])):
                continue
            report.drawn += 1
            if "content" not in one:
                report.refused += 1
            elif one["content"] in self._contents:
                report.doubles += 1
            else:
                self._contents.add(one["content"])
                self._sort_in(one)

    def _sort_in(self, one: Work) -> None:
        """Keep an instance if its split still wants one like it."""
        report, split, status = self.report, split_of(one["seed"]), one["status"]
        if status == "gave_up":
            report.gave_up += 1
            return
        if not self._wants(split, status == "infeasible"):
            return
        self._kept[split].append(one)
        report.explored += one["explored"]
        report.found += 1
        report.infeasible += status == "infeasible"
        report.longest = max(report.longest, len(one["events"]) if status == "solved" else 0)

    def _is_open(self, split: str) -> bool:
        """Say whether a split has room for some instance."""
        return self._wants(split, False) or self._wants(split, True)

    def _wants(self, split: str, infeasible: bool) -> bool:
        """Say whether a split has room for an instance."""
        kept, count = self._kept[split], self._counts[split]
        if len(kept) >= count:
            return False
        impossible = len([one for one in kept if one["status"] == "infeasible"])
        if not self._may_fail:
            return not infeasible
        if infeasible:
            # In a split of a few the least may be more than the most: what must be wins, so that the split fills.
            return impossible < max(int(count * INFEASIBLE_MOST), _least_infeasible(count))
        return len(kept) - impossible < count - _least_infeasible(count)

    def numbered(self) -> tuple[list[Work], dict[int, tuple[Event, ...]]]:
        """Return the entries for `tasks.json` and the solutions, numbered by split, then by seed."""
        entries: list[Work] = []
        plans: dict[int, tuple[Event, ...]] = {}
        for split in SPLITS:
            if len(self._kept[split]) < self._counts[split]:
                self.report.short_of.append(split)
            for one in self._kept[split]:
                number = len(entries)
                infeasible = one["status"] == "infeasible"
                plans[number] = (
                    (Event("infeasible"),) if infeasible else tuple(Event(*event) for event in one["events"])
                )
                entries.append(
                    {
                        "n": number,
                        "seed": one["seed"],
                        "split": split,
                        "parameters": one["parameters"],
                        "goal": one["goal"],
                        "infeasible": infeasible,
                        "steps": 0 if infeasible else len(one["events"]),
                        "content": one["content"],
                    }
                )
        return entries, plans


def _least_infeasible(count: int) -> int:
    """Return how many of so many instances must be infeasible at least."""
    return -int(-count * INFEASIBLE_LEAST // 1)


def prover(shared: Work) -> Callable[[Work], Work]:
    """Return what draws and proves instances: the work of one process of the crew."""
    machine = Machine(read_program(shared["program"]))
    solver = Solver(machine)

    def work(job: Work) -> Work:
        drawn: list[Work] = []
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
                    "events": [tuple(event) for event in solution.events],
                    "goal": start.goal,
                    "parameters": {name: to_json(value) for name, value in start.parameters.items()},
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
