"""One policy for all tasks, which learns in many episodes at a time that are played on tables."""

from collections import deque
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.instances import InstanceChooser
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.tables.batch import Batch, Ended
from flow_models.runtime.envs.tables.tables import Tables
from tests.experiments.bundle import Material
from tests.experiments.numbered import Ints, Memory, Offered, Reading, Table

Moment = tuple[Offered, Ints]
"""What could be done in each episode, and the row of what was done."""

Earned = npt.NDArray[np.float64]

_LONGEST: Final = 50
"""Steps of an episode from which is learnt, the last ones."""

_SLOWLY: Final = 0.02
_CAREFULLY: Final = 0.1
"""How much a step of many episodes counts beside one of a demonstration: they all move the same weights."""

_ONE: Final = np.ones(1, np.float32)


def shown(material: Material) -> list[Moment]:
    """Return the steps of the solutions of the site as drawn, as numbers."""
    env = SymbolicEnv(material.bundle, material.bundle.task_names)
    moments: list[Moment] = []
    for solution in material.solutions:
        seen, _ = env.reset(options={"task": solution["task"], "instance": solution["instance"]})
        reading = Reading(env.layout, Memory(env.layout, 1))
        for text in solution["actions"]:
            action = env.action_for(text)
            if action is None:  # only the text has it
                break
            offered = reading.offered(seen["observations"][None], seen["action_mask"][None])
            moments.append((offered, np.flatnonzero(offered.actions == action)))
            reading.note(np.array([action]))
            seen, *_ = env.step(np.int64(action))
    return moments


def clone(table: Table, moments: Sequence[Moment], passes: int, rng: np.random.Generator) -> None:
    """Let a policy learn from what was shown."""
    for _ in range(passes):
        for place in rng.permutation(len(moments)).tolist():
            offered, rows = moments[place]
            table.learn(offered, rows, _ONE)


class Players:
    """n episodes side by side, one after the other in each.

    Args:
        bundle: The package.
        split: Whose instances.
        count: How many.
        seed: What the first sequence follows from; the others from those after it.

    Attributes:
        earned: What the present episode of each has earned, shape (n,).
    """

    def __init__(self, bundle: Bundle, split: str, count: int, seed: int) -> None:
        tables, chooser = Tables.of(bundle), InstanceChooser(bundle, bundle.task_names, split)
        self._batch = Batch(tables, chooser, count, AutoresetMode.SAME_STEP)
        for slot in range(count):
            self._batch.seed(slot, seed + slot)
        self._batch.begin(np.arange(count))
        self._memory = Memory(tables.encoding.layout, count)
        self._reading = Reading(tables.encoding.layout, self._memory)
        self.earned = np.zeros(count)

    def step(self, table: Table, rng: np.random.Generator | None) -> tuple[Moment, Ended | None, Earned]:
        """Do a step in each; without `rng` the likeliest.

        Returns:
            What was done, what ended, and what those that ended earned.
        """
        offered = self._reading.offered(self._batch.observations(), self._batch.masks())
        rows = table.best(offered) if rng is None else table.drawn(offered, rng)
        actions = offered.actions[rows]
        self._reading.note(actions)
        self.earned += self._batch.step(actions).rewards
        ended = self._batch.ended
        if ended is None:
            return (offered, rows), None, np.zeros(0)
        earned = self.earned[ended.slots]
        self.earned[ended.slots] = 0
        self._memory.forget(ended.slots)
        return (offered, rows), ended, earned


def earn(table: Table, players: Players, steps: int, rng: np.random.Generator) -> None:
    """Let a policy learn from what it earns: what did better than usual in its task becomes likelier."""
    usual: dict[int, float] = {}
    moments: deque[Moment] = deque(maxlen=_LONGEST)
    for _ in range(steps):
        moment, ended, earned = players.step(table, rng)
        moments.append(moment)
        if ended is not None:
            better = _better(usual, ended.facts["task"].tolist(), earned.tolist())
            _learn(table, moments, ended, better, len(players.earned))


def _better(usual: dict[int, float], tasks: list[int], earned: list[float]) -> Earned:
    """Return how much better than usual in its task each episode was, and take in what is usual."""
    found = [total - usual.get(task, total) for task, total in zip(tasks, earned, strict=True)]
    for task, more, total in zip(tasks, found, earned, strict=True):
        usual[task] = usual.get(task, total) + _SLOWLY * more
    return np.array(found)


def _learn(table: Table, moments: deque[Moment], ended: Ended, better: Earned, count: int) -> None:
    """Learn from the episodes that ended, from their last step back to their first."""
    for back in range(min(int(ended.facts["steps"].max()), len(moments))):
        lived = ended.facts["steps"] > back
        worth = np.zeros(count, np.float32)
        worth[ended.slots[lived]] = _CAREFULLY * better[lived]
        offered, rows = moments[-1 - back]
        table.learn(offered, rows, worth)


def tested(table: Table, bundle: Bundle, split: str, count: int) -> float:
    """Return what a policy earns on average in the first episode of each of `count` seeds, the same for all."""
    players, found = Players(bundle, split, count, 10**6), np.full(count, np.nan)
    while np.isnan(found).any():
        _, ended, earned = players.step(table, None)
        if ended is not None:
            is_first = np.isnan(found[ended.slots])
            found[ended.slots[is_first]] = earned[is_first]
    return round(float(found.mean()), 4)
