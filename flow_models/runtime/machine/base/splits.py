"""To which split the instances of a seed belong, and how instances of the test split differ in their data.

The split follows from the seed alone, so it is known before anything is drawn: the test split draws from pools those
values that no other split ever shows.
"""

from typing import Final

from .randomness import weighted

SPLITS: Final = ("train", "validation", "test")
SHARES: Final = (4, 1, 1)
"""How many seeds belong to each split, in proportion."""


def split_of(seed: int) -> str:
    """Return the split to which the instances of a seed belong."""
    return SPLITS[weighted(SHARES, seed, "split")]
