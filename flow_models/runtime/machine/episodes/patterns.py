"""Random texts by a pattern: `#` a digit, `@` a capital letter, anything else itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Final

from ..base import randomness

_ALPHABETS: Final = {"#": "0123456789", "@": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_HOLE: Final = re.compile("([#@])")
_CHARACTERS: Final = 8
"""Random characters that one number gives."""

_MORE: Final = 8
"""Texts that are made at once; so many of them start where a hash does."""


class Pattern:
    """A pattern, ready to be filled; the holes of many texts are filled together, one hole after the other."""

    def __init__(self, pattern: str) -> None:
        parts = _HOLE.split(pattern)
        self._fixed = parts[::2]
        self._alphabets = [_ALPHABETS[hole] for hole in parts[1::2]]
        self._is_digits = "@" not in parts[1::2]
        self._numbers = -(-len(self._alphabets) // _CHARACTERS)

    def texts(self, count: int, seed: int, purpose: str, index: int) -> Iterator[str]:
        """Yield random texts for ever, made for so many at first; a longer one begins with the same texts."""
        amount, done = -(-count // _MORE) * _MORE, 0
        key, used = f"{purpose}:characters", self._numbers
        while True:
            yield from self._filled(randomness.numbers(amount * used, seed, key, index, after=done * used))
            amount, done = _MORE, done + amount

    def _filled(self, numbers: Sequence[int]) -> Iterator[str]:
        """Return the texts that numbers make; one and the same for ever if the pattern has no hole."""
        holes = self._digits(numbers) if self._is_digits else self._characters(numbers)
        columns: list[Iterable[str]] = [repeat(self._fixed[0])]
        for hole, fixed in zip(holes, self._fixed[1:], strict=True):
            columns += (hole, repeat(fixed)) if fixed else (hole,)
        return map("".join, zip(*columns, strict=False))

    def _digits(self, numbers: Sequence[int]) -> list[str]:
        """Return what fills each hole of a pattern with digits only, for all texts: a number's last eight digits."""
        digits = "%08d" * len(numbers) % tuple([number % 10**_CHARACTERS for number in numbers])
        return [digits[hole :: self._numbers * _CHARACTERS] for hole in range(len(self._alphabets))]

    def _characters(self, numbers: Sequence[int]) -> list[list[str]]:
        """Return what fills each hole of a pattern with letters, for all texts."""
        holes: list[list[str]] = []
        left: Sequence[int] = ()
        for hole, alphabet in enumerate(self._alphabets):
            if hole % _CHARACTERS == 0:
                left = numbers[hole // _CHARACTERS :: self._numbers]
            size = len(alphabet)
            holes.append([alphabet[number % size] for number in left])
            left = [number // size for number in left]
        return holes
