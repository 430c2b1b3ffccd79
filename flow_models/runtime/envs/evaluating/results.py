"""What the episodes of a run say together: shares with intervals, drops pair by pair, ends, effort and cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from ...machine.episodes.variation import is_shown
from .figures import Difference, Share, median, paired, significant
from .plan import ARMS, PLAIN_ARM
from .running import Record

LEAST: Final = 3
"""Episodes with a value of the variation, below which it is not ranked among the worst."""


class Drop(NamedTuple):
    """How an arm came out beside the site as drawn, in the same instances with the same seeds."""

    arm: str
    split: str
    difference: Difference
    is_significant: bool


class Value(NamedTuple):
    """How episodes with one value of the variation came out."""

    aspect: str
    value: str
    share: Share


class Effort(NamedTuple):
    """What episodes took.

    Attributes:
        steps: Steps in the middle one.
        over: How many times the shortest solution the middle success took; 0 if there is none.
        tokens_in, tokens_out: Tokens of the prompts and the answers of all together.
        is_exact: Whether these were told by who counted them, and not taken from the characters.
        seconds: How long all took.
    """

    steps: float
    over: float
    tokens_in: int
    tokens_out: int
    is_exact: bool
    seconds: float


def counted(records: Iterable[Record]) -> list[Record]:
    """Return the episodes that say something about the policy: no fault of the site, no failure to answer."""
    return [one for one in records if not one["is_fault"] and not one["policy_error"]]


def share(records: Iterable[Record]) -> Share:
    """Return how many succeeded."""
    found = [one["is_success"] for one in counted(records)]
    return Share(sum(found), len(found))


def grouped(records: Iterable[Record], *names: str) -> dict[tuple[str, ...], list[Record]]:
    """Return episodes by some of their fields."""
    found: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for one in records:
        found[tuple(one[name] for name in names)].append(one)
    return dict(found)


def arms_of(records: Iterable[Record]) -> list[str]:
    """Return the arms that were played, in the order of tables."""
    known = {one["arm"] for one in records}
    return [arm.name for arm in ARMS if arm.name in known]


def drops(records: Sequence[Record]) -> list[Drop]:
    """Return for each split and arm how it came out beside the site as drawn; significant after Holm over all."""
    by_split = grouped(counted(records), "split", "arm")
    plain = {split: outcomes(listed) for (split, arm), listed in by_split.items() if arm == PLAIN_ARM}
    found = [
        (arm, split, paired(plain[split], outcomes(by_split[split, arm]), instance_of))
        for split in dict.fromkeys(one["split"] for one in records)
        for arm in arms_of(records)
        if arm != PLAIN_ARM and split in plain and (split, arm) in by_split
    ]
    marks = significant([difference.chance for _, _, difference in found])
    return [Drop(*one, mark) for one, mark in zip(found, marks, strict=True)]


def outcomes(records: Iterable[Record]) -> dict[str, bool]:
    """Return which episodes of an arm succeeded, by what they have in common with those of others."""
    return {pair_of(one): one["is_success"] for one in counted(records)}


def pair_of(record: Record) -> str:
    """Return what an episode has in common with those of other arms."""
    return str(record["key"]).rpartition("/")[0]


def instance_of(key: str) -> str:
    """Return the task and the instance that the key of an episode, or of a pair, names."""
    return "/".join(key.split("/")[:2])


def worst(records: Iterable[Record], interface: str) -> list[Value]:
    """Return the values of the variation that an interface shows by how many succeeded with them, the fewest first."""
    by_value: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for one in counted(records):
        for aspect, value in values_of(one["variant"]):
            if is_shown(aspect, value, interface):
                by_value[aspect, value].append(one)
    found = [Value(*name, share(listed)) for name, listed in by_value.items() if len(listed) >= LEAST]
    return sorted(found, key=lambda one: (one.share.interval[1], one.share.rate))


def values_of(variant: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a variant shows, as aspects and values in words; numbers that only choose among many are left out."""
    told = []
    for aspect, value in variant.items():
        if aspect in {"wording", "goal"}:
            is_new = variant.get("new_words" if aspect == "wording" else "new_goal", False)
            told.append((aspect, "new ways" if is_new else "other ways"))
        elif aspect == "order":
            told.append((aspect, "another order"))
        elif aspect not in {"seed", "new_words", "new_goal"}:
            told.append((aspect, str(value)))
    return told


def ends(records: Iterable[Record]) -> Counter[str]:
    """Return how often episodes ended in which way, failures to answer among them."""
    return Counter("policy_error" if one["policy_error"] else one["end_reason"] for one in records)


def effort(records: Sequence[Record]) -> Effort:
    """Return what episodes took."""
    good = counted(records)
    over = [len(one["turns"]) / one["shortest"] for one in good if one["is_success"] and one["shortest"]]
    return Effort(
        median([len(one["turns"]) for one in good]),
        median(over),
        sum(one["tokens"]["in"] for one in records),
        sum(one["tokens"]["out"] for one in records),
        all(one["tokens"]["is_exact"] for one in records),
        sum(one["seconds"] for one in records),
    )


def mean_reward(records: Iterable[Record]) -> float:
    """Return the mean of what episodes earned."""
    found = [one["total"] for one in counted(records)]
    return sum(found) / len(found) if found else 0.0


def format_faults(records: Iterable[Record]) -> Share:
    """Return how many answers held no action."""
    turns = [turn["is_format_fault"] for one in records for turn in one["turns"]]
    return Share(sum(turns), len(turns))
