"""Proving tasks in variants: a solution of the site as drawn, adapted to what a variant puts in its way.

A variant changes no data and no rule, so whoever removes what stands in the way can go on as before: a menu is opened,
a modal interruption dismissed, an event that was held back let go or done again. Only if that fails is the variant
searched. By the same argument an impossible instance stays impossible in every variant, and is not tried: what comes
between changes neither tables nor variables, and buttons that open menus offer no transition that was not there.

Every event is also done as an agent does it, by its action on the rendered page: so words, order and layout are proven
to leave each control within reach.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple

from flow_models.processes.jobs import Data
from flow_models.processes.pool import Pool, worth_starting
from flow_models.runtime.envs.listing import Instance, by_task
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.machine.episodes.variation import AXES, AXIS_OF, Variants, values_of, with_value
from flow_models.runtime.machine.pages.clearing import first_to_do, goes_on, way_on
from flow_models.runtime.machine.pages.interruptions import first_interference
from flow_models.runtime.machine.pages.state import Start
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.phrasing import to_action
from flow_models.runtime.site.resolve import resolve

from .instances import Instances, Progress
from .solution import Budget
from .solving import Solver
from .telling import twin_of

COMBINATIONS: Final = 200
"""Random variants in which each task is played: half of training's values, half of held-out ones."""

INSTANCES: Final = 3
"""Instances of each task that are played in turn, those with the longest solutions: they see most of the site."""

_TIMINGS: Final = 60
"""Seeds among which all times are found at which an interruption or conduct may come."""

_TRIED: Final = 5_000
"""Steps that a search in a variant may try: it is the exception, and the site as drawn has been solved already."""

_CHUNK: Final = 60
_WORTH_SHARING: Final = 600
"""Variants from which on further processes pay for their start."""

_ATTEMPTS: Final = 4
"""How often one event is done again because something came between."""


class BlockedError(Exception):
    """A solution cannot be played in a variant; the message says where it ended."""


class Case(NamedTuple):
    """One variant in which a task is played; `aspect` and `value` are empty for a random combination."""

    variant: Variant
    aspect: str = ""
    value: str = ""

    @property
    def axis(self) -> str:
        """The axis to which the value belongs, empty for a combination."""
        return AXIS_OF.get(self.aspect, "")


class Broken(NamedTuple):
    """A variant in which a task cannot be done; `seed` is that of the instance."""

    axis: str
    aspect: str
    value: str
    variant: Variant
    seed: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How one task came through its variants.

    Attributes:
        task: The task.
        replayed: Variants in which the adapted solution did it.
        searched: Variants in which another one was found.
        longest: Steps of the longest of these.
        broken: Variants in which it cannot be done.
    """

    task: str
    replayed: int
    searched: int
    longest: int
    broken: tuple[Broken, ...]

    @property
    def played(self) -> int:
        """Variants in which it can be done."""
        return self.replayed + self.searched


def single_cases(program: Program) -> Iterator[Case]:
    """Yield every value of every aspect alone, held-out ones too; those that come between at several times."""
    for aspects in AXES.values():
        for aspect in aspects:
            for value in values_of(program, aspect):
                yield from _at_all_times(aspect, value)


def _at_all_times(aspect: str, value: str) -> Iterator[Case]:
    """Yield one value alone, with each time at which it may come if it comes between."""
    met = set()
    for seed in range(_TIMINGS):
        variant = with_value(aspect, value, seed)
        interference = first_interference(variant)
        if interference not in met:
            met.add(interference)
            yield Case(variant, aspect, value)


def combined_cases(program: Program, count: int = COMBINATIONS) -> Iterator[Case]:
    """Yield random variants, by turns of training's values and of held-out ones."""
    known, new = Variants(program), Variants(program, "full", frozenset(AXES))
    for seed in range(count):
        yield Case((new if seed % 2 else known).draw(seed))


def adapted(machine: Machine, start: Start, plan: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that do in a variant what a plan does on the site as drawn.

    Args:
        machine: Runs the program.
        start: The instance as the variant shows it.
        plan: A solution of the instance as drawn.

    Raises:
        BlockedError: The plan does not come through.
    """
    walk = AdaptedWalk(machine, start)
    for event in plan:
        walk.do(event)
    if walk.episode.end_reason != "success":
        raise BlockedError(f"it ends with {walk.episode.end_reason or 'nothing'} after {len(walk.events)} steps")
    return tuple(walk.events)


def until_blocked(machine: Machine, start: Start, plan: Sequence[Event]) -> tuple[Event, ...]:
    """Return how far a plan comes in a variant: the events that can be done there."""
    walk = AdaptedWalk(machine, start)
    with suppress(BlockedError):
        for event in plan:
            walk.do(event)
    return tuple(walk.events)


class AdaptedWalk:
    """A plan while it is played in a variant.

    Attributes:
        episode: The attempt; it has no step limit.
        events: What was done so far, with what it took to be able to.
    """

    def __init__(self, machine: Machine, start: Start) -> None:
        # How long it takes is of interest beyond the limit too.
        self.episode = Episode(machine, start, has_limit=False)
        self.events: list[Event] = []
        self._site = Site.of(machine.program).dressed(start.variant)

    def copy(self) -> "AdaptedWalk":
        """Return a walk that goes its own way from here."""
        other: AdaptedWalk = object.__new__(type(self))
        other.__dict__.update(self.__dict__, episode=self.episode.copy(), events=list(self.events))
        return other

    def do(self, event: Event) -> None:
        """Do one event of the plan, and what it takes to be able to.

        Raises:
            BlockedError: It cannot be done, or the episode is over.
        """
        for _ in range(_ATTEMPTS):
            while (first := first_to_do(self.episode.view, event)) is not None:
                self._play(first)
            self._play(event)
            if self.episode.state.interference.held is None:
                return
            onward = way_on(self.episode.view)
            self._play(onward or event)
            if onward is not None and goes_on(onward):
                return
        raise BlockedError(f"{event.kind} {event.block} never comes through")

    def _play(self, event: Event) -> None:
        """Do an event by its action on the rendered page.

        Raises:
            BlockedError: It cannot be done, or the episode is over.
        """
        if self.episode.end_reason:
            raise BlockedError(f"it ends with {self.episode.end_reason} after {len(self.events)} steps")
        view = self.episode.view
        twin = twin_of(view, event)
        if twin is not None:
            raise BlockedError(f"{event.kind} {event.block}: more than one thing in {twin[0]} reads “{twin[1]}”")
        rendered = Rendered(view, self._site)
        try:
            meant = resolve(to_action(event, rendered, self._site), rendered, view, self._site)
        except LookupError:
            raise BlockedError(f"{event.kind} {event.block} {event.row}: this is not on the page") from None
        result = self.episode.step(meant)
        self.events.append(meant)
        if result.error:
            raise BlockedError(f"{event.kind} {event.block} {event.row}: {result.error}")


def tried(machine: Machine, solver: Solver, start: Start, plan: Sequence[Event]) -> tuple[int, bool, str]:
    """Return how many steps an instance takes in a variant, whether that had to be searched, and else what failed."""
    try:
        return len(adapted(machine, start, plan)), False, ""
    except BlockedError as error:
        solution = solver.solve(start, max_steps=1000, budget=Budget(_TRIED))
        return solution.steps, True, "" if solution.status == "solved" else str(error)


def prove_variants(
    program: Program,
    instances: Instances,
    *,
    combinations: int = COMBINATIONS,
    progress: Progress | None = None,
    processes: int | None = None,
) -> dict[str, Proof]:
    """Play every task in every value of each aspect alone and in random combinations.

    Args:
        program: The compiled flow.
        instances: Its instances with their solutions.
        combinations: How many random variants.
        progress: Told how many variants are done.
        processes: How many processes share the work; by default as many as are worth starting.
    """
    cases = [*single_cases(program), *combined_cases(program, combinations)]
    tasks = by_task(instances.listed)
    pieces = list(chain.from_iterable(_pieces(instances, task, listed, cases) for task, listed in tasks.items()))
    total = _cases_in(pieces)
    if processes is None:
        processes = worth_starting(total, _WORTH_SHARING)
    played: dict[str, list[_Played]] = {task: [] for task in tasks}
    done = 0
    with Pool(player, {"program": program.json}, processes) as pool:
        for piece, outcome in zip(pieces, pool.done(pieces), strict=True):
            pairs = zip(piece["cases"], outcome["played"], strict=True)
            played[piece["task"]] += [_Played(case, *result) for case, result in pairs]
            done += _cases_in([piece])
            if progress is not None:
                progress(done, total, piece["task"])
    return {task: _proof(task, listed) for task, listed in played.items()}


class _Played(NamedTuple):
    """How one variant came out; see `tried`."""

    case: Data
    steps: int
    is_searched: bool
    reason: str


def _proof(task: str, played: Sequence[_Played]) -> Proof:
    """Return how a task came through its variants."""
    good = [one for one in played if not one.reason]
    return Proof(
        task=task,
        replayed=sum(not one.is_searched for one in good),
        searched=sum(one.is_searched for one in good),
        longest=max((one.steps for one in good), default=0),
        broken=tuple(_broken(one) for one in played if one.reason),
    )


def _broken(played: _Played) -> Broken:
    """Return a variant in which a task cannot be done."""
    told = played.case
    case = Case(Variant(*told["variant"]), told["aspect"], told["value"])
    return Broken(case.axis, case.aspect, case.value, case.variant, told["seed"], played.reason)


def _pieces(instances: Instances, task: str, listed: Sequence[Instance], cases: Sequence[Case]) -> Iterator[Data]:
    """Yield the variants in which a task is played, each with an instance and its plan; none without a feasible one."""
    longest = sorted((one for one in listed if not one.infeasible), key=lambda one: -one.steps)[:INSTANCES]
    if not longest:
        return
    work: list[Data] = []
    for place, case in enumerate(cases):
        instance = longest[place % len(longest)]
        plan: list[Any] = [list(event) for event in instances.plans[task, instance.n]]
        work.append(
            {
                "seed": instance.seed,
                "plan": plan,
                "variant": list(case.variant),
                "aspect": case.aspect,
                "value": case.value,
            }
        )
    for first in range(0, len(work), _CHUNK):
        yield {"task": task, "cases": work[first : first + _CHUNK]}


def _cases_in(pieces: Sequence[Data]) -> int:
    """Return how many variants are played in some pieces of work."""
    return sum(len(piece["cases"]) for piece in pieces)


def player(shared: Data) -> Callable[[Data], Data]:
    """Return what plays variants: the work of one process of the pool."""
    machine = Machine(read_program(shared["program"]))
    solver = Solver(machine)

    def work(job: Data) -> Data:
        played = []
        for case in job["cases"]:
            start = machine.draw(job["task"], case["seed"], Variant(*case["variant"]))
            played.append(tried(machine, solver, start, [Event(*event) for event in case["plan"]]))
        return {"played": played}

    return work
