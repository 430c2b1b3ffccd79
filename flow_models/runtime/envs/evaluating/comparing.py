"""Two runs side by side, episode by episode: the same instance, seed and arm in both."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .figures import Difference, paired, significant
from .results import counted, grouped, instance_of
from .running import Record, Run

_PARTS = (("all", ()), ("split", ("split",)), ("arm", ("arm",)), ("task", ("task",)), ("", ("split", "arm")))
"""By what episodes are put together, each with what that is called."""


class Compared(NamedTuple):
    """How a part of the episodes came out in two runs.

    Attributes:
        part: By what the part is made, such as `arm`; empty where by several.
        name: Which part it is.
        difference: How it came out.
        is_significant: Whether the difference is, after Holm over all parts of the same kind.
    """

    part: str
    name: str
    difference: Difference
    is_significant: bool


def compared(before: Run, after: Run) -> list[Compared]:
    """Return how the episodes that two runs have in common came out, all together and by parts."""
    first, second = _common(before.records, after.records)
    found: list[Compared] = []
    for part, names in _PARTS:
        theirs = grouped(second, *names)
        pairs = [(" ".join(key) or "all", listed, theirs[key]) for key, listed in grouped(first, *names).items()]
        differences = [(name, paired(_by_key(mine), _by_key(others), instance_of)) for name, mine, others in pairs]
        marks = significant([difference.chance for _, difference in differences])
        found += [Compared(part, *one, mark) for one, mark in zip(differences, marks, strict=True)]
    return found


def gaps(before: Run, after: Run) -> Iterator[str]:
    """Yield in words for each run what of it is not compared: not played, without a verdict, or not in the other."""
    pairs = len(_common(before.records, after.records)[0])
    for run in (before, after):
        count = len(counted(run.records))
        told = (
            (run.missing, "of its episodes are missing: run its evaluate again to play them"),
            (len(run.records) - count, "say nothing: the site broke, or the policy did not answer"),
            (count - pairs, "have no counterpart in the other run"),
        )
        for number, words in told:
            if number:
                yield f"{run.folder} ({run.name}): {number} {words}"


def flipped(before: Run, after: Run) -> Iterator[tuple[Record, Record]]:
    """Yield the episodes that came out differently."""
    for first, second in zip(*_common(before.records, after.records), strict=True):
        if first["is_success"] != second["is_success"]:
            yield first, second


def _common(before: Sequence[Record], after: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Return the episodes that count in both runs, in the same order."""
    theirs = {_identity(one): one for one in counted(after)}
    mine = [one for one in counted(before) if _identity(one) in theirs]
    return mine, [theirs[_identity(one)] for one in mine]


def _identity(record: Record) -> tuple[object, ...]:
    """Return what is the same of an episode in both runs: also what is asked, if these are of two packages."""
    return record["key"], record["seed"], record["goal"], tuple(sorted(record["variant"].items()))


def _by_key(records: Sequence[Record]) -> dict[str, bool]:
    """Return which episodes succeeded."""
    return {one["key"]: one["is_success"] for one in records}
