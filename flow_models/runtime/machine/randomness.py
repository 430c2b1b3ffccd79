"""Keyed randomness: every number follows from the seed, what it is for, and an index.

One more parameter never shifts another, and numbers are the same on every platform and Python version, which
`random.Random` does not promise. Not for cryptography.
"""

import hashlib
from collections.abc import Sequence

_SPAN = 2**64


def number(seed: int, purpose: str, index: int = 0) -> int:
    """Return 64 evenly spread bits for this seed, purpose and index."""
    text = f"{seed}\0{purpose}\0{index}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def below(limit: int, seed: int, purpose: str, index: int = 0) -> int:
    """Return a number from 0 up to, but not including, a positive limit."""
    return number(seed, purpose, index) * limit // _SPAN


def holds(per_million: int, seed: int, purpose: str, index: int = 0) -> bool:
    """Say yes with a probability in millionths."""
    return below(1_000_000, seed, purpose, index) < per_million


def weighted(weights: Sequence[int], seed: int, purpose: str, index: int = 0) -> int:
    """Return a position, drawn in proportion to its weight; the weights must not all be zero."""
    left = below(sum(weights), seed, purpose, index)
    for position, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return position
    raise ValueError("all weights are zero")


class Shuffled:
    """The positions 0 to size - 1 in a keyed order, computed only as far as asked for (sparse Fisher-Yates)."""

    def __init__(self, size: int, seed: int, purpose: str) -> None:
        self._size = size
        self._seed = seed
        self._purpose = purpose
        self._moved: dict[int, int] = {}
        self._drawn = 0

    def draw(self) -> int:
        """Return the next position; after the last one the order repeats."""
        index = self._drawn % self._size
        if index == 0:
            self._moved.clear()
        other = index + below(self._size - index, self._seed, self._purpose, self._drawn)
        self._drawn += 1
        chosen = self._moved.get(other, other)
        self._moved[other] = self._moved.get(index, index)
        return chosen
