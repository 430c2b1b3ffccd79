"""Measuring what cheap policies earn, for each task over many seeds, against what they may earn at most."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flow_models.processes.jobs import Data
from flow_models.processes.pool import Pool, worth_starting
from flow_models.runtime.envs.listing import Instance, by_task, of_split
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.program import Program, read_program
from flow_models.runtime.machine.pages.fields import raw_text

from .guessing import MARGIN, own_chance
from .instances import Instances, Progress
from .policies import ANSWERING, INFEASIBLE_LIMIT, LIMITS, NOTED, POLICIES, WITHOUT_LUCK, Attempt, Plan, choices_of

SEEDS: Final = 500
"""Attempts of each policy at a task: enough to tell 2 % of success from 4 %."""

_CHUNK: Final = 25
_WORTH_SHARING: Final = 1000
"""Attempts from which on further processes pay for their start."""

_PLACED: Final = 40
"""Solutions of other instances in which is looked at which rows they choose."""

_TEXTS: Final = 40
"""Texts of other solutions among which a policy that types at random chooses; more would only make hits rarer."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What cheap policies earned in one task.

    Attributes:
        task: The task.
        seeds: The attempts of each policy.
        successes: How many of them succeeded, by policy.
        best: The highest total reward of doing nothing.
        limits: The share of success that each policy may have.
    """

    task: str
    seeds: int
    successes: Mapping[str, int]
    best: float
    limits: Mapping[str, float]

    def share(self, policy: str) -> float:
        """Return the share of attempts in which a policy succeeded."""
        return self.successes[policy] / self.seeds if self.seeds else 0.0

    def is_held_down(self, policy: str) -> bool:
        """Say whether a policy earned no more than it may."""
        return self.share(policy) <= self.limits[policy] and (policy != "nothing" or self.best <= 0.0)

    @property
    def passed(self) -> bool:
        """Whether every policy is held down, those aside of which it is only said."""
        return all(self.is_held_down(policy) for policy in self.limits if policy not in NOTED)

    @property
    def noted(self) -> tuple[str, ...]:
        """The policies that earned more than they should, where that is only said."""
        return tuple(policy for policy in self.limits if policy in NOTED and not self.is_held_down(policy))

    def shares(self, policies: Sequence[str] = tuple(LIMITS)) -> list[str]:
        """Return the shares as texts in the order of some policies, with a mark behind those that are too high."""
        return [f"{self.share(one):.1%}{'' if self.is_held_down(one) else ' !'}" for one in policies]

    def as_data(self) -> dict[str, Any]:
        """Return the audit as JSON tells it."""
        return {
            "seeds": self.seeds,
            "passed": self.passed,
            "best_of_nothing": self.best,
            "policies": {
                policy: {
                    "successes": self.successes[policy],
                    "share": round(self.share(policy), 4),
                    "limit": limit,
                    "passed": self.is_held_down(policy),
                }
                for policy, limit in self.limits.items()
            },
        }


def audit(
    program: Program,
    instances: Instances,
    *,
    seeds: int = SEEDS,
    progress: Progress | None = None,
    processes: int | None = None,
) -> dict[str, Audit]:
    """Measure the cheap policies in every task that has instances.

    Args:
        program: The compiled flow.
        instances: Its instances with their solutions.
        seeds: Attempts of each policy at each task; attempt k is at instance k, from the first again after the last.
        progress: Told how many attempts are done.
        processes: How many processes share the work; by default as many as are worth starting.
    """
    names = list(by_task(instances.listed))
    total = seeds * len(names)
    if processes is None:
        processes = worth_starting(total, _WORTH_SHARING)
    found: dict[str, Audit] = {}
    done = 0
    with Pool(auditor, _shared(program, instances), processes) as pool:
        outcomes = pool.done(_pieces(names, seeds))
        for task in names:
            successes: Counter[str] = Counter(dict.fromkeys(POLICIES, 0))
            best = -float("inf")
            for _ in range(0, seeds, _CHUNK):
                outcome = next(outcomes)
                successes.update(outcome["successes"])
                best = max(best, outcome["best"])
                done += outcome["attempts"]
                if progress is not None:
                    progress(done, total, task)
            found[task] = Audit(task, seeds, dict(successes), best, _limits(program, task))
    return found


def _limits(program: Program, task: str) -> dict[str, float]:
    """Return what each policy may earn in a task."""
    may_fail = program.tasks[task].may_be_infeasible
    guessed = own_chance(program, task) * MARGIN
    answering = {policy: max(LIMITS[policy], guessed) for policy in ANSWERING}
    return {**LIMITS, **answering, "infeasible": INFEASIBLE_LIMIT if may_fail else LIMITS["infeasible"]}


def _pieces(names: Sequence[str], seeds: int) -> Iterator[Data]:
    """Yield the attempts to make, in order."""
    for task in names:
        for first in range(0, seeds, _CHUNK):
            yield {"task": task, "first": first, "last": min(first + _CHUNK, seeds)}


def _shared(program: Program, instances: Instances) -> Data:
    """Return what every process needs to know."""
    listed = by_task(instances.listed)
    plans = {
        task: [
            (one.n, [tuple(event) for event in instances.plans[task, one.n]])
            for one in of_split(those, "train")
            if not one.infeasible
        ]
        for task, those in listed.items()
    }
    return {"program": program.json, "instances": listed, "plans": plans}


def auditor(shared: Data) -> Callable[[Data], Data]:
    """Return what makes attempts: the work of one process of the pool."""
    machine = Machine(read_program(shared["program"]))
    plans = {
        task: {number: tuple(Event(*event) for event in plan) for number, plan in listed}
        for task, listed in shared["plans"].items()
    }
    answers = {task: _most_frequent(listed.values()) for task, listed in plans.items()}
    texts = {task: _texts(listed.values()) for task, listed in plans.items()}
    instances = {task: [Instance(*one) for one in listed] for task, listed in shared["instances"].items()}
    chosen = {task: _chosen(machine, instances[task], listed) for task, listed in plans.items()}
    known: dict[tuple[str, str, int], bool] = {}

    def work(job: Data) -> Data:
        task = job["task"]
        successes: Counter[str] = Counter()
        best = -float("inf")
        for number in range(job["first"], job["last"]):
            instance = instances[task][number % len(instances[task])]
            start = machine.draw(task, instance.seed)
            own = [raw_text(value) for value in start.parameters.values()]
            answer = machine.expected_answer(start, start.state)
            usual = _usual(chosen[task], instance.n)
            for policy, play in POLICIES.items():
                key = (task, policy, instance.n)
                if key in known:
                    successes[policy] += known[key]
                    continue
                rng = random.Random(f"{policy}:{task}:{number}")
                episode = Episode(machine, start, infeasible=instance.infeasible)
                donor = _donor(plans[task], instance.n, rng)
                limit = machine.rules(task).max_steps
                texts_known = (*own, *texts[task])
                play(Attempt(episode, limit, rng, donor, answers[task], texts_known, answer, usual))
                successes[policy] += episode.end_reason == "success"
                if policy in WITHOUT_LUCK:
                    known[key] = episode.end_reason == "success"
                if policy == "nothing":
                    best = max(best, episode.paid - machine.rules(task).step_cost * episode.steps)
        return {"successes": dict(successes), "best": best, "attempts": job["last"] - job["first"]}

    return work


def _donor(plans: Mapping[int, Plan], own: int, rng: random.Random) -> Plan:
    """Return the solution of a training instance other than this one, empty if there is none."""
    others = [number for number in plans if number != own]
    return plans[rng.choice(others)] if others else ()


def _most_frequent(plans: Iterable[Plan]) -> str:
    """Return the most frequent answer in solutions, empty if they hold none."""
    said = Counter(plan[-1].value for plan in plans if plan and plan[-1].kind == "message")
    return said.most_common(1)[0][0] if said else ""


def _chosen(machine: Machine, instances: Sequence[Instance], plans: Mapping[int, Plan]) -> list[tuple[int, str, int]]:
    """Return at which place among its rows or options each solution chooses, by number of the instance and block."""
    seeds = {one.n: one for one in instances}
    found = []
    for number in [*plans][:_PLACED]:
        episode = Episode(machine, machine.draw(seeds[number].task, seeds[number].seed))
        for event in plans[number]:
            keys, chosen = choices_of(event, episode.view), event.row or event.value
            if len(keys) > 1 and chosen in keys:
                found.append((number, event.block, keys.index(chosen)))
            episode.step(event)
    return found


def _usual(chosen: Sequence[tuple[int, str, int]], own: int) -> dict[str, int]:
    """Return at which place solutions of other instances mostly choose, by block."""
    places: dict[str, Counter[int]] = {}
    for number, block, place in chosen:
        if number != own:
            places.setdefault(block, Counter())[place] += 1
    return {block: counts.most_common(1)[0][0] for block, counts in places.items()}


def _texts(plans: Iterable[Plan]) -> tuple[str, ...]:
    """Return texts that other instances' solutions type."""
    typed = dict.fromkeys(event.value for plan in plans for event in plan if event.kind == "fill")
    return tuple(typed)[:_TEXTS]
