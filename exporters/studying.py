"""What is learnt of the site and of the tasks beside their solutions: what walks touch, and how difficult tasks are.

The walks that touch what solutions leave out ship as tests of the site: the self-check plays them again and compares
what they meet. So do the cases that a verifier must get right: a text that is no action, and doing nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import resources
from exporters.walks import Plans
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import SEALED, Instance, of_split
from flow_models.runtime.envs.traces import env_of, walk
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.events import Event
from flow_models.solver.audit import Audit
from flow_models.solver.coverage import KINDS, Coverage, Solved, coverage
from flow_models.solver.difficulty import Difficulty, difficulty, ordered, spread
from flow_models.solver.instances import Progress
from flow_models.solver.touring import tour
from flow_models.solver.walk import Walk

Record = dict[str, Any]
"""`task`, `instance`, `variant` (empty: as drawn), `actions` (texts) and `trace` (SHA-256 of all that was met)."""

SAMPLE: Final = 3
"""Training instances of each task that are looked at; there is not more to see in others."""

BEGINNINGS: Final = 2
"""Training instances of each task from which walks through the site may begin."""

LEAST: Final = 5
"""Pages of which the card says that something of them is missing, the least touched first."""

MALFORMED: Final = "click('"
"""What no action can be read from."""


class Study(NamedTuple):
    """What was learnt.

    Attributes:
        solved: What the solutions of some training instances touch.
        touched: What they and the walks through the site touch.
        walks: The walks through the site, and the cases that every task must get right, as actions.
        tours: How many of them are walks through the site.
        same: Of how many tasks a solution met the same twice, in two environments.
        refused: Of how many tasks a text that is no action was answered in words and paid nothing.
        difficulties: How difficult the tasks are, the plainest first.
    """

    solved: Coverage
    touched: Coverage
    walks: tuple[Record, ...]
    tours: int
    same: int
    refused: int
    difficulties: tuple[Difficulty, ...]


def study(bundle: Bundle, plans: Plans, policies: Mapping[str, Audit], progress: Progress | None = None) -> Study:
    """Study a bundle whose instances are solved and whose tasks cheap policies have tried."""
    samples = {task: list(_solved(bundle, plans, task)) for task in bundle.task_names}
    machine = bundle.machine
    solved = coverage(machine, [one for those in samples.values() for one in those])
    found = tour(machine, _beginnings(machine, samples), solved)
    tours = tuple(_recorded(bundle, one) for one in found.walks)
    cases = [_case(bundle, plans, task) for task in bundle.task_names]
    if progress is not None:
        progress(len(bundle.task_names), len(bundle.task_names), bundle.task_names[-1])
    return Study(
        solved=solved,
        touched=found.coverage,
        walks=(*tours, *_records(cases)),
        tours=len(tours),
        same=sum(one.is_same for one in cases),
        refused=sum(one.is_refused for one in cases),
        difficulties=ordered(difficulty(machine, task, those, policies.get(task)) for task, those in samples.items()),
    )


def _beginnings(machine: Machine, samples: Mapping[str, list[Solved]]) -> list[Solved]:
    """Return where walks through the site may begin, those of the longest tasks first."""
    longest = sorted(samples, key=lambda task: -machine.rules(task).max_steps)
    return [one for task in longest for one in samples[task][:BEGINNINGS]]


def coverage_facts(found: Study) -> dict[str, Any]:
    """Return what the card says of what walks touch: by kind, and the pages of which something is missing."""
    by_page = sorted(found.touched.by_page().items(), key=lambda page: page[1])
    return {
        "walks": found.tours,
        "solved": f"{found.solved.share:.0%}",
        "share": f"{found.touched.share:.0%}",
        "kinds": [
            {
                "title": resources.text(f"export.coverage.kind.{kind}"),
                "solved": found.solved.of(kind)[0],
                "touched": found.touched.of(kind)[0],
                "of": found.touched.of(kind)[1],
            }
            for kind in KINDS
            if found.touched.of(kind)[1]
        ],
        "least": ", ".join(f"`{page}` {share:.0%}" for page, share in by_page[:LEAST] if share < 1),
    }


def difficulty_facts(bundle: Bundle, one: Difficulty) -> dict[str, Any]:
    """Return what the card says of how difficult a task is, with the lengths of all instances that do not test."""
    told = (instance for instance in bundle.instances[one.task] if instance.split != SEALED and not instance.infeasible)
    lengths = spread(instance.steps for instance in told)
    return {
        "name": one.task,
        "level": resources.text(f"export.level.{one.level}"),
        "points": f"{one.points:.0f}",
        "lengths": ", ".join(f"{length} ({count})" for length, count in lengths.items()),
        "cheap": f"{one.cheap:.1%}",
        **{name: f"{one.middle(name):g}" for name in ("pages", "told", "remembered", "guards", "distractors")},
        "choices": f"{one.middle('choices'):.0f}",
    }


def _solved(bundle: Bundle, plans: Plans, task: str) -> Iterator[Solved]:
    """Yield some training instances of a task with their solutions."""
    for instance in _training(bundle, task)[:SAMPLE]:
        yield bundle.start(instance), tuple(plans[task, instance.n])


def _training(bundle: Bundle, task: str) -> list[Instance]:
    """Return the training instances of a task that can be done."""
    return [one for one in of_split(bundle.instances[task], "train") if not one.infeasible]


def _recorded(bundle: Bundle, one: Walk) -> Record:
    """Write down a walk through the site; what has no action on a page ends it."""
    env = env_of(bundle, one.task)
    number = next(instance.n for instance in _training(bundle, one.task) if instance.seed == one.seed)
    env.reset(options={"instance": number, "variant": {}})
    return _met(env, one.task, number, list(_actions(env, one.events)))


def _actions(env: TextEnv, events: Sequence[Event]) -> Iterator[str]:
    """Yield the actions of events, doing them, until one has none."""
    for event in events:
        try:
            action = env.action_for(event)
        except LookupError:
            return
        yield action
        env.step(action)


def _met(env: TextEnv, task: str, number: int, actions: Sequence[str]) -> Record:
    """Return what plays actions again, with the fingerprint of what they meet."""
    trace = walk(env, number, actions, {}).trace
    return {"task": task, "instance": number, "variant": {}, "actions": list(actions), "trace": trace}


class _Case(NamedTuple):
    """What every task must get right: the records, and whether it did."""

    records: tuple[Record, ...] = ()
    is_same: bool = False
    is_refused: bool = False


def _records(cases: Sequence[_Case]) -> Iterator[Record]:
    """Yield the records of all cases."""
    yield from (record for one in cases for record in one.records)


def _case(bundle: Bundle, plans: Plans, task: str) -> _Case:
    """Play a solution of a task in two environments, and do what is no action in a third."""
    instance = next(iter(_training(bundle, task)), None)
    if instance is None:
        return _Case()
    env = env_of(bundle, task)
    env.reset(options={"instance": instance.n, "variant": {}})
    actions = list(_actions(env, plans[task, instance.n]))
    first, second = (walk(env_of(bundle, task), instance.n, actions, {}) for _ in range(2))
    third = walk(env_of(bundle, task), instance.n, [MALFORMED], {})
    is_refused = bool(third.error) and third.total <= 0 and third.end_reason != "success"
    record = {"task": task, "instance": instance.n, "variant": {}, "actions": [MALFORMED], "trace": third.trace}
    return _Case((record,), first == second and first.end_reason == "success", is_refused)
