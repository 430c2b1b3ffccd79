"""The order of what stands together, as a variant has it: a pure function of the variant and of what is ordered."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar
from zlib import crc32

from .writer import ORDER, Writer

T = TypeVar("T")

_STEP = 6364136223846793005
_ADD = 1442695040888963407
_MASK = (1 << 64) - 1
"""Knuth's linear congruential generator (MMIX), which is all that a shuffle of a few things needs."""


def reordered(w: Writer, block: str, items: Sequence[T]) -> Sequence[T]:
    """Return the things inside a block in the order in which the variant has them."""
    if len(items) < 2:
        return items
    w.facets |= ORDER
    order = w.site.variant.order
    return [items[place] for place in permutation(order, block, len(items))] if order else items


# By all that it follows from; 4,096, the least used go. Asked for again at each writing, and slow for long lists.
@lru_cache(maxsize=4096)
def permutation(order: int, block: str, count: int) -> tuple[int, ...]:
    """Return the places of so many things in an order that follows from a number and the id of their block."""
    places = list(range(count))
    luck = crc32(f"{order} {block}".encode()) * _STEP & _MASK
    for last in range(count - 1, 0, -1):
        luck = (luck * _STEP + _ADD) & _MASK
        other = (luck >> 40) % (last + 1)
        places[last], places[other] = places[other], places[last]
    return tuple(places)
