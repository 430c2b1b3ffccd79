"""Makes the demonstrations of a set, shared out among processes, a part of the set at a time.

Each part is written whole under `.parts` in the folder of the set, its tally last; a run that finds the tally of a part
goes on behind it. `set.json` there says for what the parts were made; `.set.json` beside a finished set says that too,
and what it holds, so that the same run again has nothing to do.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from exporters import canary
from exporters.demonstrating import finishing
from exporters.demonstrating.finishing import Made, Told
from exporters.demonstrating.kinds import LOOKED, SHORTEST, Case, Cases, Wanted
from exporters.demonstrating.playing import Played, Player
from exporters.demonstrating.rows import ROWS
from exporters.demonstrating.trail import Dice, Trail
from exporters.demonstrating.ways import way_of
from exporters.errors import ExportError
from exporters.reading import Package, read_package
from flow_models.document.disk import read_json, write_text
from flow_models.processes.jobs import Data, JobError
from flow_models.processes.pool import Pool, worth_starting
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import SEALED, Instance
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.program import read_program
from flow_models.runtime.site import Rendered
from flow_models.runtime.site.resolve import resolve
from flow_models.solver.instances import UnprovenError, solve_listed

PARTS: Final = ".parts"
PART: Final = 100
"""Demonstrations of a part: a second's work."""

_NEAR: Final = 8
"""Instances among which one is looked for that begins where another does."""

_AGAIN: Final = 3
"""How often a kind is tried whose way does not come through as it is played."""

_WORTH_SHARING: Final = 300
_SET: Final = "set.json"
_FINISHED: Final = ".set.json"
"""Hidden, so that a hub takes it for no data."""


def demonstrate(source: Path, out: Path, wanted: Wanted, told: Told, processes: int | None = None) -> Made:
    """Write a set of demonstrations, each of which was played and earned what it should.

    Args:
        source: The folder or wheel of a package.
        out: The folder of the set; one in which a run with the same wishes was killed is gone on with, and one that
            such a run has finished stays as it is.
        wanted: What the set is to hold.
        told: Told how far it is.
        processes: How many processes share the work; by default as many as are worth starting.

    Raises:
        BundleError: The package is incomplete or damaged.
        DocumentError: A file cannot be written.
        ExportError: It is no package, or was made for another runtime; the splits are none that may be shown; the
            folder holds something else; a solution does not earn what it should; or a library is missing.
    """
    _see_that_it_may_be_shown(wanted)
    finishing.see_that_it_can_be_written(wanted.format)
    package = read_package(source, "export.demonstrate.no_package")
    cases = Cases(package.bundle, wanted)
    if not cases.listed:
        raise ExportError("export.demonstrate.no_instances", splits=", ".join(wanted.splits))
    is_for = {"package": package.bundle.hash, **json.loads(json.dumps(asdict(wanted)))}
    finished = read_json(out / _FINISHED)
    if isinstance(finished, dict) and finished.get("for") == is_for:
        return Made(finished["kinds"], finished["splits"])
    parts = _begun(out, is_for)
    shared = {
        "program": package.bundle.program.json,
        "instances": [list(one) for one in cases.listed],
        "plans": _plans(package, cases.listed, told),
        "wanted": asdict(wanted),
        "parts": str(parts),
    }
    made = _all_made(parts, shared, wanted, told, processes)
    finishing.finish(package.bundle, out, parts, wanted, made, told)
    write_text(json.dumps({"for": is_for, **made._asdict()}), out / _FINISHED)
    shutil.rmtree(parts)
    return made


def _see_that_it_may_be_shown(wanted: Wanted) -> None:
    """See that no test is among what is wanted.

    Raises:
        ExportError: It is, or there is no such split.
    """
    if any(split.partition(":")[0] == SEALED for split in wanted.splits):
        raise ExportError("export.demonstrate.sealed")
    unknown = set(wanted.splits) - {"train", "validation"}
    if unknown or not wanted.splits:
        raise ExportError("export.demonstrate.no_split", split=min(unknown, default=""))


def _begun(out: Path, is_for: Data) -> Path:
    """Return the folder of the parts, which holds what an earlier run for the same set has made.

    Raises:
        ExportError: The folder of the set holds something else.
    """
    parts = out / PARTS
    if read_json(parts / _SET) == is_for:
        return parts
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ExportError("export.demonstrate.taken", folder=out)
    parts.mkdir(parents=True)
    write_text(json.dumps(is_for), parts / _SET)
    return parts


def _plans(package: Package, listed: Sequence[Instance], told: Told) -> dict[str, Any]:
    """Return a solution of each instance: as texts of actions where the package has it, else solved, as events."""
    known = {(one["task"], one["instance"]): one["actions"] for one in package.solutions if not one["variant"]}
    found = {_key(*place): {"actions": actions} for place, actions in known.items()}
    open_ = [one for one in listed if _key(one.task, one.n) not in found]
    if not open_:
        return found

    def solving(done: int, of: int, _task: str = "", /) -> None:
        told("solving", done, of)

    try:
        plans = solve_listed(package.bundle.program, open_, progress=solving)
    except UnprovenError as error:
        raise ExportError("export.oracle.differs", task=error.instance.task, instance=error.instance.n) from error
    return found | {_key(*place): {"events": [list(event) for event in plan]} for place, plan in plans.items()}


def _key(task: str, number: int) -> str:
    """Return by what a solution is found."""
    return f"{task} {number}"


def _all_made(parts: Path, shared: Data, wanted: Wanted, told: Told, processes: int | None) -> Made:
    """Make all parts that are missing; return what all of them hold."""
    kinds, splits, done = Counter[str](), Counter[str](), 0
    todo: list[Data] = []
    for piece in _pieces(wanted.count):
        tally = read_json(parts / f"{piece['part']}.json")
        if isinstance(tally, dict):
            kinds.update(tally["kinds"])
            splits.update(tally["splits"])
            done += piece["count"]
        else:
            todo.append(piece)
    if processes is None:
        processes = worth_starting(sum(piece["count"] for piece in todo), _WORTH_SHARING)
    told("playing", done, wanted.count)
    with Pool(maker, shared, processes) as pool:
        for piece, tally in zip(todo, pool.done(todo), strict=True):
            kinds.update(tally["kinds"])
            splits.update(tally["splits"])
            done += piece["count"]
            told("playing", done, wanted.count)
    return Made(kinds, splits)


def _pieces(count: int) -> Iterator[Data]:
    """Yield the parts of a set."""
    for part, first in enumerate(range(0, count, PART)):
        yield {"part": f"{part:06}", "first": first, "count": min(PART, count - first)}


def maker(shared: Data) -> Callable[[Data], Data]:
    """Return what makes a part: the work of one process of the pool."""
    bundle = Bundle(read_program(shared["program"]), [Instance(*one) for one in shared["instances"]])
    return _Maker(bundle, Wanted(**shared["wanted"]), shared["plans"], Path(shared["parts"])).part


class _Maker:
    """Makes demonstrations one after the other."""

    def __init__(self, bundle: Bundle, wanted: Wanted, plans: Mapping[str, Any], parts: Path) -> None:
        self._bundle = bundle
        self._wanted = wanted
        self._plans = plans
        self._parts = parts
        self._cases = Cases(bundle, wanted)
        self._events: dict[tuple[str, int], tuple[Event, ...]] = {}
        self._player = Player(
            bundle,
            self._cases.listed[0].split,
            is_told=wanted.format in ("chat", "parquet"),
            symbolic=wanted.format == "minari",
        )
        self._mark = canary.guid(bundle.program)

    def part(self, piece: Data) -> Data:
        """Make one part and write it; return how many of each kind and split it holds."""
        lines: dict[str, list[str]] = {split: [] for split in self._wanted.splits}
        kinds = Counter[str]()
        for number in range(piece["first"], piece["first"] + piece["count"]):
            played = self._played(self._cases.case(number))
            kinds[played.kind] += 1
            row = ROWS[self._wanted.format](played, self._mark)
            lines[played.case.instance.split].append(json.dumps(row, ensure_ascii=False))
        for split, texts in lines.items():
            write_text("".join(f"{text}\n" for text in texts), self._parts / f"{piece['part']}.{split}.jsonl")
        tally = {"kinds": dict(kinds), "splits": {split: len(texts) for split, texts in lines.items()}}
        write_text(json.dumps(tally), self._parts / f"{piece['part']}.json")
        return tally

    def _played(self, case: Case) -> Played:
        """Return a demonstration that earns what it should, of the kind that is wanted if one was found.

        Raises:
            JobError: The solution does not earn what it should.
        """
        last = LOOKED if case.instance.infeasible else SHORTEST
        for again, kind in enumerate((*(case.kind,) * _AGAIN, last)):
            dice = Dice(self._wanted.seed, case.number * (_AGAIN + 1) + again)
            found, way = way_of(case._replace(kind=kind), self._trail(case), self._plan(case), dice)
            played = None if way is None else self._player.played(case, found, way)
            if played is not None:
                return played
        instance = case.instance
        words = ExportError("export.demonstrate.unconfirmed", task=instance.task, instance=instance.n)
        raise JobError(str(words))

    def _trail(self, case: Case) -> Trail:
        """Return a trail at the start."""
        start = self._bundle.start(case.instance, case.variant)
        return Trail(self._bundle.machine, start, infeasible=case.instance.infeasible)

    def _plan(self, case: Case) -> tuple[Event, ...]:
        """Return the solution of an instance; for an impossible one that of another, which shows where to look."""
        instance = self._like(case) if case.instance.infeasible else case.instance
        if instance is None:
            return ()
        place = (instance.task, instance.n)
        if place not in self._events:
            self._events[place] = self._read(instance, self._plans[_key(*place)])
        return self._events[place]

    def _like(self, case: Case) -> Instance | None:
        """Return an instance of the same task that can be done, if possible one that begins on the same page."""
        task, page = case.instance.task, self._bundle.start(case.instance).state.page
        others = [one for one in self._cases.listed if one.task == task and not one.infeasible]
        some = list(Dice(self._wanted.seed, case.number).some(others, _NEAR))
        return next((one for one in some if self._bundle.start(one).state.page == page), next(iter(some), None))

    def _read(self, instance: Instance, plan: Mapping[str, Any]) -> tuple[Event, ...]:
        """Return the events of a solution."""
        if "events" in plan:
            return tuple(Event(*event) for event in plan["events"])
        episode, site = self._bundle.episode(instance), self._bundle.site
        for action in plan["actions"]:
            rendered = Rendered(episode.view, site)
            episode.step(resolve(action, rendered, rendered.view, site, episode.state.carets))
        return tuple(episode.log)
