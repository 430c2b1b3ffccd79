"""Playing a solution with something else done in it: the states on the way, and how it ends."""

from collections.abc import Iterator, Sequence

from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Episode, Event, Start, State
from flow_models.solver.solution import Solution
from flow_models.solver.walk import states_of

SOLUTIONS = 2
"""Solutions of a task that are played otherwise; others of the same task hardly differ in where they lead."""


def solutions(trial: Trial) -> Iterator[tuple[Start, Solution, tuple[State, ...]]]:
    """Yield some solutions with the states on their way, one more than they have events."""
    for start, solution in trial.solutions[:SOLUTIONS]:
        states = [start.state]
        for event in solution.events:
            states.append(trial.machine.step(start, states[-1], event).state)
        yield start, solution, tuple(states)


def ends_well(trial: Trial, start: Start, events: Sequence[Event]) -> bool | None:
    """Say whether events bring success; None where one of them cannot be done or the episode ends before the last."""
    episode = Episode(trial.machine, start, has_limit=False)
    for event in events:
        if episode.end_reason:
            return episode.end_reason == "success"
        if episode.step(event).error:
            return None
    return episode.end_reason == "success"


def playable(trial: Trial, start: Start, events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events up to the first that cannot be done."""
    return tuple(events[: len(states_of(trial.machine, start, events)) - 1])
