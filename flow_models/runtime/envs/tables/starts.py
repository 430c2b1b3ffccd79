"""Where episode k of each slot begins, as the single environment with the slot's seed begins it.

Choosing takes hashes, which take longer than a thousand look-ups, so that choices are remembered while the seeds stay:
whoever plays the same seeds again looks them up.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from ...machine.base.variant import Variant
from ...machine.pages.interruptions import first_interference
from ..instances import InstanceChooser
from ..listing import Instance
from .tables import OUTSIDE, Ints, Tables

CHOICES: Final = 2**21
"""Choices that are remembered over all slots, 24 bytes each."""


class Begun(NamedTuple):
    """Where episodes begin, one row each, shape (n,).

    Attributes:
        states: The state in the tables.
        instances: The number of the instance, see `Starts.listed`.
        variants: The seed of the variant.
    """

    states: Ints
    instances: Ints
    variants: Ints


class Starts:
    """Begins the episodes of n slots.

    Args:
        tables: Where states stand.
        chooser: Chooses instances and variants.
        count: How many slots there are.

    Attributes:
        listed: The instances that were met, by number; `facts` has task, number and step limit of each, shape (n, 3).
    """

    def __init__(self, tables: Tables, chooser: InstanceChooser, count: int) -> None:
        self.listed: list[Instance] = []
        self.facts = np.zeros((0, 3), np.int64)
        self._tables = tables
        self._chooser = chooser
        self._task_numbers = {name: number for number, name in enumerate(tables.bundle.task_names)}
        self._numbers: dict[Instance, int] = {}
        self._seeds: list[int] = [0] * count
        self._next = np.zeros(count, np.int64)
        self._known = np.full((3, 0, count), -1, np.int64)

    def seed(self, slot: int, seed: int) -> None:
        """Begin the sequence of episodes that belongs to a seed."""
        if self._seeds[slot] != seed:
            self._seeds[slot] = seed
            self._known[:, :, slot] = -1
        self._next[slot] = 0

    def begin(self, slots: Ints) -> Begun:
        """Return where the next episodes of slots begin, and count them as begun."""
        episodes = self._next[slots]
        self._next[slots] += 1
        latest = int(episodes.max())
        if latest >= self._known.shape[1] and not self._grow(latest):
            return self._chosen(slots, episodes)
        found = self._known[:, episodes, slots]
        missing = np.flatnonzero(found[0] <= OUTSIDE)
        if missing.size:
            chosen = self._chosen(slots[missing], episodes[missing])
            found[:, missing] = chosen
            self._known[:, episodes[missing], slots[missing]] = chosen
        return Begun(*found)

    def named(self, slots: Ints, options: Mapping[str, Any]) -> Begun:
        """Return where episodes begin of which options say what is played; they count as begun.

        Raises:
            BundleError: The options name something that does not exist.
        """
        episodes = self._next[slots]
        begun = self._chosen(slots, episodes, options)
        self._next[slots] += 1
        return begun

    def variant(self, slot: int, options: Mapping[str, Any] | None = None) -> Variant:
        """Return the variant of a slot's present episode."""
        return self._chooser.chosen(self._seeds[slot], int(self._next[slot]) - 1, options or {})[1]

    def _grow(self, episode: int) -> bool:
        """Make room to remember an episode of each slot; say whether there is any."""
        _, kept, count = self._known.shape
        if episode >= max(CHOICES // count, 1):
            return False
        more = np.full((3, max(kept, episode + 1 - kept), count), -1, np.int64)
        self._known = np.concatenate([self._known, more], axis=1)
        return True

    def _chosen(self, slots: Ints, episodes: Ints, options: Mapping[str, Any] | None = None) -> Begun:
        """Choose where episodes begin."""
        rows = [
            self._begun(*self._chooser.chosen(self._seeds[slot], episode, options or {}))
            for slot, episode in zip(slots.tolist(), episodes.tolist(), strict=True)
        ]
        return Begun(*np.array(rows, np.int64).T)

    def _begun(self, instance: Instance, variant: Variant) -> tuple[int, int, int]:
        """Return the state, the number of the instance and the seed of the variant."""
        number = self._numbers.get(instance)
        if number is None:
            number = self._numbers[instance] = len(self.listed)
            self.listed.append(instance)
            limit = self._tables.bundle.machine.rules(instance.task).max_steps
            facts = (self._task_numbers[instance.task], instance.n, limit)
            self.facts = np.concatenate([self.facts, np.array([facts], np.int64)])
        return self._tables.start(instance, first_interference(variant)), number, variant.seed
