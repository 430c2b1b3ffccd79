"""Does an episode leave nothing behind, and does it go on from a saved state as if nothing had happened?

No flow can break that; it is asked of every task all the same, since all that an export proves rests on it.
"""

import json
from collections.abc import Iterator, Sequence

from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Episode, Event, Machine, Start
from flow_models.solver.walk import walk_in

Record = list[object]


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield that an instance plays otherwise after another one, or after it was saved and taken up again."""
    if not trial.solutions:
        return
    start, solution = trial.solutions[-1]
    fresh = Machine(trial.machine.program)
    alone = _played(Episode(fresh, fresh.draw(start.task, start.seed), has_limit=False), solution.events)
    walk = walk_in(start, solution.events)
    for other, before in trial.solutions[:2]:
        _played(Episode(trial.machine, other, has_limit=False), before.events)
    if _played(Episode(trial.machine, start, has_limit=False), solution.events) != alone:
        yield trial.problem("residue", "error", "", walk=walk, goal=start.goal)
    if _interrupted(trial, start, solution.events) != alone:
        yield trial.problem("restored", "error", "", walk=walk, goal=start.goal)


def _played(episode: Episode, events: Sequence[Event]) -> Record:
    """Return what each event brings, and where the episode stands in the end."""
    results: Record = [episode.step(event)[:4] for event in events]
    return [*results, json.dumps(episode.get_state(), sort_keys=True)]


def _interrupted(trial: Trial, start: Start, events: Sequence[Event]) -> Record:
    """Return the same of an episode that is saved and taken up by another one in the middle."""
    middle = len(events) // 2
    episode = Episode(trial.machine, start, has_limit=False)
    first: Record = [episode.step(event)[:4] for event in events[:middle]]
    other = Episode(trial.machine, trial.starts[0], has_limit=False)
    other.set_state(json.loads(json.dumps(episode.get_state())))
    return [*first, *_played(other, events[middle:])]
