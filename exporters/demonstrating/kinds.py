"""The kinds of ways that demonstrations show, and which one each demonstration is to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine.base.randomness import below, shuffled, weighted
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import PLAIN_VALUE, Variants
from flow_models.runtime.machine.pages.interruptions import first_interference

SHARES: Final[Mapping[str, int]] = {
    "shortest": 40,
    "other": 15,
    "corrected": 15,
    "left": 15,
    "dismissed": 8,
    "retried": 7,
}
"""How often each kind is wanted, relative to the others.

shortest: a shortest way; other: as short, with independent steps in another order or by another link; corrected: a
wrong input that is put right, at once, when the site complains, or after it went on; left: a wrong page that is left
again; dismissed: something that pops up is dismissed; retried: the site fails once, and the request is repeated.
"""

SHORTEST: Final = "shortest"
LOOKED: Final = "looked"
"""What is shown of impossible instances, whatever was wanted: looking where it would be done, then the report."""

_PLAIN_ONCE_IN: Final = 8
"""Of so many demonstrations one is on the site as drawn, where it varies."""

_AGAIN: Final = 8
"""Seeds among which one is looked for with which what comes between comes in time."""

_SEEDS: Final = 2**31
ERROR: Final = "error"
_FROM: Final = {"dismissed": ("interruptions", "interruption"), "retried": ("conduct", "conduct")}
"""The axis and aspect of the variants that a kind needs."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a set of demonstrations is to hold.

    Attributes:
        count: How many.
        splits: The splits of which instances are shown.
        variation: `none`, `light` or `full`.
        format: `chat`, `parquet`, `minari` or `browsergym`.
        seed: What everything follows from.
        shares: How often each kind is wanted.
    """

    count: int
    splits: tuple[str, ...]
    variation: str
    format: str
    seed: int
    shares: Mapping[str, int]


class Case(NamedTuple):
    """What one demonstration is to show."""

    number: int
    kind: str
    instance: Instance
    variant: Variant


class Cases:
    """What each demonstration of a set is to show, by its number: every instance in turn, in another order each time.

    What the symbolic interface cannot show of a variant, looks, layout and words, is left away for it, and so are tasks
    that cannot all be done there.

    Args:
        bundle: The package.
        wanted: What the set is to hold.
    """

    def __init__(self, bundle: Bundle, wanted: Wanted) -> None:
        self._is_symbolic = wanted.format == "minari"
        tasks = (task for task in bundle.task_names if not (self._is_symbolic and bundle.shortfall("symbolic", [task])))
        self.listed = [one for task in tasks for one in bundle.instances[task] if one.split in wanted.splits]
        self._wanted = wanted
        self._variants = Variants(bundle.program, wanted.variation)
        self._values = _values(bundle, wanted.variation)
        self.shares = {kind: share for kind, share in wanted.shares.items() if self._values.get(kind, ("",))}
        self._round = (-1, [0])

    def case(self, number: int) -> Case:
        """Return what one demonstration is to show."""
        round_, place = divmod(number, len(self.listed))
        instance = self.listed[self._order(round_)[place]]
        seed = self._wanted.seed
        kind = tuple(self.shares)[weighted(tuple(self.shares.values()), seed, "kind", number)]
        variant = self._variant(kind, number, instance.steps)
        return Case(number, LOOKED if instance.infeasible else kind, instance, variant)

    def _order(self, round_: int) -> Sequence[int]:
        """Return in which order instances are shown this time."""
        if self._round[0] != round_:
            count = len(self.listed)
            self._round = (round_, list(islice(shuffled(range(count), self._wanted.seed, "order", round_), count)))
        return self._round[1]

    def _variant(self, kind: str, number: int, steps: int) -> Variant:
        """Return how the site appears; what pops up or fails belongs to the kinds that show it, and comes in time."""
        seed = self._wanted.seed
        is_plain = below(_PLAIN_ONCE_IN, seed, "plain", number) == 0
        drawn = self._variants.draw(below(_SEEDS, seed, "variant", number))
        variant = PLAIN._replace(seed=drawn.seed) if is_plain else drawn
        if self._is_symbolic:
            variant = PLAIN._replace(seed=drawn.seed, conduct=variant.conduct)
        calm = variant._replace(interruption="", conduct="" if variant.conduct == ERROR else variant.conduct)
        found = calm._replace(**self._needed(kind, number))
        if found._replace(seed=0) == PLAIN:
            return PLAIN
        seeds = (found.seed, *(below(_SEEDS, seed, f"variant {again}", number) for again in range(_AGAIN)))
        tried = (found._replace(seed=one) for one in seeds)
        return next((one for one in tried if _comes_within(one, steps)), found)

    def _needed(self, kind: str, number: int) -> dict[str, Any]:
        """Return the field of a variant without which a kind cannot be shown."""
        if kind not in _FROM:
            return {}
        values = self._values[kind]
        return {_FROM[kind][1]: values[below(len(values), self._wanted.seed, "what", number)]}


def as_shares(words: str) -> dict[str, int]:
    """Return how often each kind is wanted, read from a text such as `shortest=3,left=1`; others are left out.

    Raises:
        ExportError: It says something else.
    """
    try:
        found = {name.strip(): int(share) for name, share in (part.split("=") for part in words.split(","))}
    except ValueError:
        found = {}
    if not set(found) <= set(SHARES) or not any(found.values()) or min(found.values()) < 0:
        raise ExportError("export.demonstrate.kinds", words=words, kinds=", ".join(SHARES))
    return {kind: found[kind] for kind in SHARES if found.get(kind)}


def _comes_within(variant: Variant, steps: int) -> bool:
    """Say whether what comes between in a variant comes early on a way of so many steps."""
    first = first_interference(variant)
    return max(first.waits, first.uses) <= max(1, steps // 3)


def _values(bundle: Bundle, variation: str) -> dict[str, tuple[str, ...]]:
    """Return the values of training that each kind needs of the variation."""
    axes = bundle.program.variation.axes if variation == "full" else {}
    found = {}
    for kind, (axis, aspect) in _FROM.items():
        listed = axes.get(axis, {}).get(aspect)
        found[kind] = tuple(value for value in listed.train if value != PLAIN_VALUE) if listed else ()
    return {**found, "retried": tuple(value for value in found["retried"] if value == ERROR)}
