"""Intervals and tests for shares of successes, in plain Python: what a few dozen episodes allow to say.

Episodes are taken as independent; where an instance is repeated they are less so, and intervals are too narrow.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

K = TypeVar("K")

Z: Final = 1.959963984540054
"""The quantile of the normal distribution that gives 95 % intervals."""

LEVEL: Final = 0.05
"""Below which chance a difference is called significant."""


class Share(NamedTuple):
    """How many of how many."""

    done: int
    of: int

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
    """

    of: int
    before: int
    after: int
    gained: int
    lost: int

    @property
    def change(self) -> float:
        """The share of the second less that of the first."""
        return (self.gained - self.lost) / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the change, for pairs: Newcombe's method 10 (Statistics in Medicine 17, 1998)."""
        if not self.of:
            return -1.0, 1.0
        first, second = Share(self.before, self.of), Share(self.after, self.of)
        (low1, high1), (low2, high2) = first.interval, second.interval
        phi = self._correlation()
        below = _distance(second.rate - low2, high1 - first.rate, phi)
        above = _distance(high2 - second.rate, first.rate - low1, phi)
        return max(-1.0, self.change - below), min(1.0, self.change + above)

    @property
    def chance(self) -> float:
        """How likely a change at least as large is if the two ways are alike: McNemar's exact test, two-sided."""
        changed = self.gained + self.lost
        fewer = min(self.gained, self.lost)
        tail: float = sum(math.comb(changed, count) for count in range(fewer + 1)) / 2.0**changed
        return min(1.0, 2 * tail)

    def _correlation(self) -> float:
        """Return how much the two ways go together, with Newcombe's correction."""
        both = self.before - self.lost
        neither = self.of - both - self.gained - self.lost
        margins = self.before * (self.of - self.before) * self.after * (self.of - self.after)
        if not margins:
            return 0.0
        product = float(both * neither - self.gained * self.lost)
        product = max(product - self.of / 2, 0.0) if product > 0 else product
        return product / math.sqrt(margins)


def paired(before: Mapping[K, bool], after: Mapping[K, bool]) -> Difference:
    """Return how the episodes that two ways have in common came out."""
    pairs = [(before[key], after[key]) for key in before if key in after]
    return Difference(
        len(pairs),
        sum(first for first, _ in pairs),
        sum(second for _, second in pairs),
        sum(second and not first for first, second in pairs),
        sum(first and not second for first, second in pairs),
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
