"""Intervals and tests for shares of successes, in plain Python: what a few dozen episodes allow to say.

Episodes of one instance go together, whatever arm or repeat they are of: what is said of pairs is said by instances.
Single shares take episodes as independent; where an instance is repeated they are less so, and intervals too narrow.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np

K = TypeVar("K", bound=Hashable)

Z: Final = 1.959963984540054
"""The quantile of the normal distribution that gives 95 % intervals."""

LEVEL: Final = 0.05
"""Below which chance a difference is called significant."""


FEW: Final = 10
"""Instances, below which they do not tell how much the episodes of one go together."""


class Share(NamedTuple):
    """How many of how many; parts of episodes where several count as fewer."""

    done: float
    of: float

    @property
    def rate(self) -> float:
        """The share, 0 where there is nothing."""
        return self.done / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share after Wilson; everything where there is nothing."""
        if not self.of:
            return 0.0, 1.0
        middle = (self.rate + Z * Z / (2 * self.of)) / (1 + Z * Z / self.of)
        spread = self.rate * (1 - self.rate) / self.of + Z * Z / (4 * self.of * self.of)
        half = Z * math.sqrt(spread) / (1 + Z * Z / self.of)
        return max(0.0, middle - half), min(1.0, middle + half)


class Difference(NamedTuple):
    """How the same episodes came out in two ways.

    Attributes:
        of: How many there are in both.
        before: How many succeeded in the first way.
        after: How many in the second.
        gained: How many in the second alone.
        lost: How many in the first alone.
        clusters: For each instance, how many episodes it has in both, and how many of these were gained less lost;
            empty where each episode is of an instance of its own.
    """

    of: int
    before: int
    after: int
    gained: int
    lost: int
    clusters: tuple[tuple[int, int], ...] = ()

    @property
    def instances(self) -> int:
        """Of how many instances the episodes are."""
        return len(self.clusters) or self.of

    @property
    def change(self) -> float:
        """The share of the second less that of the first."""
        return (self.gained - self.lost) / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the change, for pairs: Newcombe's method 10 (Statistics in Medicine 17, 1998).

        Pairs of one instance count as fewer by the design effect (Kish, Survey Sampling, 1965).
        """
        if not self.of:
            return -1.0, 1.0
        fewer = self._design_effect()
        of = self.of / fewer
        first, second = Share(self.before / fewer, of), Share(self.after / fewer, of)
        (low1, high1), (low2, high2) = first.interval, second.interval
        phi = self._correlation(fewer)
        below = _distance(second.rate - low2, high1 - first.rate, phi)
        above = _distance(high2 - second.rate, first.rate - low1, phi)
        return max(-1.0, self.change - below), min(1.0, self.change + above)

    @property
    def chance(self) -> float:
        """How likely a change at least as large is if the two ways are alike, two-sided and exact.

        Alike, what an instance gained it might as well have lost: its sign flips. With one pair an instance this is
        McNemar's exact test.
        """
        shifts = [abs(shift) for _, shift in self._clusters() if shift]
        middle = sum(shifts)
        chances = np.zeros(2 * middle + 1)
        chances[middle] = 1.0
        for shift in shifts:
            chances = (np.roll(chances, shift) + np.roll(chances, -shift)) / 2
        seen = abs(self.gained - self.lost)
        tails = chances[: middle - seen + 1].sum() + chances[middle + seen :].sum()
        return min(1.0, float(tails))

    def _clusters(self) -> tuple[tuple[int, int], ...]:
        """Return the instances, each with its pairs and what it gained less what it lost."""
        kept = self.of - self.gained - self.lost
        return self.clusters or ((1, 1),) * self.gained + ((1, -1),) * self.lost + ((1, 0),) * kept

    def _design_effect(self) -> float:
        """Return how many pairs count as one: by how much instances make the change vary more than pairs alone would.

        Of few instances, and where nothing changed, nobody can tell: there each instance counts once.
        """
        alone = (self.gained + self.lost - self.of * self.change**2) / self.of**2
        if alone <= 0 or self.instances < FEW:
            return self.of / self.instances
        apart = sum((shift - self.change * pairs) ** 2 for pairs, shift in self._clusters())
        return max(1.0, apart / self.of**2 / alone)

    def _correlation(self, fewer: float) -> float:
        """Return how much the two ways go together, with Newcombe's correction for so many pairs counting as one."""
        both = self.before - self.lost
        neither = self.of - both - self.gained - self.lost
        margins = self.before * (self.of - self.before) * self.after * (self.of - self.after)
        if not margins:
            return 0.0
        product = float(both * neither - self.gained * self.lost)
        product = max(product - self.of * fewer / 2, 0.0) if product > 0 else product
        return product / math.sqrt(margins)


def paired(
    before: Mapping[K, bool], after: Mapping[K, bool], instance: Callable[[K], Hashable] | None = None
) -> Difference:
    """Return how the episodes that two ways have in common came out.

    Args:
        before: Which succeeded in the first way.
        after: Which in the second.
        instance: Tells of which instance an episode is; None if each is of one of its own.
    """
    pairs = [(before[key], after[key]) for key in before if key in after]
    clusters: dict[Hashable, list[int]] = defaultdict(list)
    for key in before:
        if instance is not None and key in after:
            clusters[instance(key)].append(after[key] - before[key])
    return Difference(
        len(pairs),
        sum(first for first, _ in pairs),
        sum(second for _, second in pairs),
        sum(second and not first for first, second in pairs),
        sum(first and not second for first, second in pairs),
        tuple((len(shifts), sum(shifts)) for shifts in clusters.values()),
    )


def significant(chances: Sequence[float]) -> list[bool]:
    """Say which of several differences are significant together, after Holm: of many, some are large by chance."""
    found = [False] * len(chances)
    order = sorted(range(len(chances)), key=chances.__getitem__)
    for place, index in enumerate(order):
        if chances[index] * (len(chances) - place) > LEVEL:
            break
        found[index] = True
    return found


def median(values: Sequence[float]) -> float:
    """Return the middle one of some values, 0 if there are none."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return 0.0
    return float(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def _distance(one: float, other: float, phi: float) -> float:
    """Return the length of two sides of a triangle's third that go together as much as phi says."""
    return math.sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))
