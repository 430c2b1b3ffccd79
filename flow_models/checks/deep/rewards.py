"""What is paid on the way: to whoever wanders about, to nobody who does the task, or in another order than listed."""

import random
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Episode, Event, Start
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.solver.mutations import shortened
from flow_models.solver.policies import POLICIES, Attempt
from flow_models.solver.walk import Walk, states_of, walk_in

ATTEMPTS: Final = 24
"""Attempts at random in which rewards on the way are counted."""

SHARE: Final = 0.2
"""The share of attempts at random in which a reward on the way may be earned: as much as whoever always takes the first
row may succeed."""


class _Paid(NamedTuple):
    """When rewards on the way were first earned in an attempt: how many events it took, by number."""

    start: Start
    events: tuple[Event, ...]
    after: dict[int, int]


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the rewards on the way that teach something else than the task."""
    if not trial.task.milestones or not trial.starts:
        return
    wandered = [_wandered(trial, number) for number in range(ATTEMPTS)]
    solved = [_paid(trial, start, solution.events) for start, solution in trial.solutions]
    for number in range(len(trial.task.milestones)):
        yield from _wandering(trial, number, wandered)
        if solved and not any(number in one.after for one in solved):
            walk = walk_in(solved[0].start, solved[0].events)
            yield trial.problem(
                "milestone_unreached", "warning", f"milestones.{number}.when", walk=walk, reward=_title(trial, number)
            )
    yield from _order(trial, solved, wandered)


def _wandering(trial: Trial, number: int, wandered: Sequence[_Paid]) -> Iterator[Problem]:
    """Yield that a reward is mostly earned by chance; what holds from the start is told elsewhere."""
    earned = [one for one in wandered if number in one.after]
    if len(earned) <= SHARE * len(wandered) or any(one.after[number] == 0 for one in earned):
        return
    yield trial.problem(
        "milestone_wandering",
        "warning",
        f"milestones.{number}.when",
        walk=_shortest(trial, number, earned),
        reward=_title(trial, number),
        count=len(earned),
        attempts=len(wandered),
    )


def _shortest(trial: Trial, number: int, earned: Sequence[_Paid]) -> Walk:
    """Return a short way by which a reward was earned at random."""
    machine = trial.machine
    best = min(earned, key=lambda one: one.after[number])
    holds = lambda state: machine.verdict(best.start, state).milestones[number]  # noqa: E731  # closes over the best
    return walk_in(best.start, shortened(machine, best.start, best.events[: best.after[number]], holds))


def _order(trial: Trial, solved: Sequence[_Paid], wandered: Sequence[_Paid]) -> Iterator[Problem]:
    """Yield rewards that were only ever earned before the one that is listed before them."""
    for number in range(1, len(trial.task.milestones)):
        both = [one.after for one in (*solved, *wandered) if {number - 1, number} <= one.after.keys()]
        if not both or any(after[number - 1] <= after[number] for after in both):
            continue
        shown = next((one for one in solved if {number - 1, number} <= one.after.keys()), None)
        if shown is not None:
            yield trial.problem(
                "milestone_order",
                "hint",
                f"milestones.{number}.when",
                walk=walk_in(shown.start, shown.events),
                reward=_title(trial, number),
                before=_title(trial, number - 1),
            )


def _title(trial: Trial, number: int) -> str:
    """Return what a reward on the way is called: its title, else its number."""
    return trial.task.milestones[number].title or str(number + 1)


def _wandered(trial: Trial, number: int) -> _Paid:
    """Return what an attempt at random earns."""
    start = trial.starts[number % len(trial.starts)]
    episode = Episode(trial.machine, start)
    texts = [raw_text(value) for one in trial.starts[: ATTEMPTS // 4] for value in one.parameters.values()]
    rng = random.Random(f"{trial.task.name}:{number}")
    POLICIES["random"](Attempt(episode, trial.task.max_steps, rng, (), "", texts))
    return _paid(trial, start, tuple(episode.log))


def _paid(trial: Trial, start: Start, events: tuple[Event, ...]) -> _Paid:
    """Return when rewards were earned by some events; the last one, which ends the episode, pays all that is left."""
    after: dict[int, int] = {}
    for place, state in enumerate(states_of(trial.machine, start, events)):
        verdict = trial.machine.verdict(start, state)
        if verdict.success or verdict.failure >= 0:
            break
        for number, holds in enumerate(verdict.milestones):
            if holds:
                after.setdefault(number, place)
    return _Paid(start, events, after)
