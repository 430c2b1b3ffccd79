"""Keyed randomness: every number follows from the seed, what it is for, and an index.

One more parameter never shifts another, and numbers are the same on every platform and Python version, which
`random.Random` does not promise. Not for cryptography.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from struct import Struct, unpack
from typing import Final, TypeVar

T = TypeVar("T")

_SPAN: Final = 2**64
_EIGHT: Final = Struct(">8Q")


def number(seed: int, purpose: str, index: int = 0) -> int:
    """Return 64 evenly spread bits for this seed, purpose and index."""
    text = f"{seed}\0{purpose}\0{index}".encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


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


def stream(seed: int, purpose: str, index: int = 0) -> Iterator[int]:
    """Yield 64 evenly spread bits for ever, the same ones for this seed, purpose and index; eight come from a hash."""
    text = f"{seed}\0{purpose}\0{index}\0"
    for block in count():
        yield from _EIGHT.unpack(blake2b(f"{text}{block}".encode()).digest())


def numbers(amount: int, seed: int, purpose: str, index: int = 0, *, after: int = 0) -> tuple[int, ...]:
    """Return the numbers of a stream that come after its first ones, of which there are a multiple of eight."""
    text = f"{seed}\0{purpose}\0{index}\0".encode()
    blocks = _blocks(after >> 3, (amount + 7) >> 3)
    data = b"".join([blake2b(text + block).digest() for block in blocks])
    return unpack(f">{len(blocks) * 8}Q", data)[:amount]


# By place and amount in a stream, which recur from row to row; 4,096, the least used go. A few per cent of drawing.
@lru_cache(maxsize=4096)
def _blocks(first: int, amount: int) -> tuple[bytes, ...]:
    """Return what tells the hashes of a stream apart."""
    return tuple(b"%d" % block for block in range(first, first + amount))


def shuffled(items: Sequence[T], seed: int, purpose: str, index: int = 0) -> Iterator[T]:
    """Yield things in a keyed order, computed only as far as asked for (Fisher-Yates); after the last all over again.

    There must be at least one.
    """
    bits = stream(seed, purpose, index)
    size = len(items)
    while True:
        moved: dict[int, int] = {}
        for place in range(size):
            other = place + (next(bits) * (size - place) >> 64)
            yield items[moved.get(other, other)]
            moved[other] = moved.get(place, place)
