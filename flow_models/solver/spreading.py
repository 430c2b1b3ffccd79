"""Choosing instances whose solutions are of many lengths, rather than the first that come."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from typing import Any


def spread_out(those: Sequence[Any], count: int, length: Callable[[Any], int]) -> list[Any]:
    """Return so many of some things, in their order, as evenly over their lengths as may be.

    Of one length the first are taken, so that the same things are chosen whenever the same come. What has no length, 0,
    stays.
    """
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(those):
        by_length[length(one)].append(place)
    kept = by_length.pop(0, [])
    rounds = zip_longest(*(by_length[steps] for steps in sorted(by_length)))
    turns = [place for place in chain.from_iterable(rounds) if place is not None]
    return [those[place] for place in sorted((*kept, *turns[: count - len(kept)]))]
