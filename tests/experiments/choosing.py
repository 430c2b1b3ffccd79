"""A policy of one layer: an offer's score is the sum of a weight for each pair of where one is and what is offered.

Pairs are hashed into one table, so there is no list of words. It is cloned from demonstrations, then improved by what
it earns; both are the same step of gradient.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from tests.experiments.offers import BOTH, MAIN, Seen

Floats = npt.NDArray[np.float32]

_ROWS: Final = 2**22
_HERE: Final = np.uint32(0x9E3779B1)
_FEATURE: Final = np.uint32(0x85EBCA6B)
_SHIFT: Final = np.uint32(32 - 22)
_LEAST: Final = 1e-3
"""Chances below which an offer is not worth a step."""


class Weights:
    """The policy.

    Args:
        rng: Where the first weights come from.
        rate: How far a step goes.
        reads: By what it knows elements, one of `offers.READS`.
    """

    def __init__(self, rng: np.random.Generator, rate: float = 0.1, reads: str = BOTH) -> None:
        self.reads = reads
        self._weights = rng.normal(0, 0.01, _ROWS).astype(np.float32)
        self._rate = rate

    def chances(self, seen: Seen, heat: float = 1.0) -> Floats:
        """Return how likely each offer is, shape (offers,)."""
        return _softmax(self._weights[_rows(seen)].sum(axis=1) / heat)

    def learn(self, seen: Seen, wanted: int, worth: float = 1.0) -> None:
        """Make an offer likelier, or less likely where it is worth less than nothing."""
        rows = _rows(seen)
        chances = _softmax(self._weights[rows].sum(axis=1))
        step = -chances
        step[wanted] += 1
        moved = np.flatnonzero(np.abs(step) > _LEAST)
        scale = self._rate * worth / np.sqrt(rows.shape[1])
        np.add.at(self._weights, rows[moved].ravel(), np.repeat(scale * step[moved], rows.shape[1]))


def _rows(seen: Seen) -> npt.NDArray[np.uint32]:
    """Return the rows of the table that each offer adds up, shape (offers, pairs)."""
    spread = seen.features * _FEATURE
    return np.concatenate([_pairs(spread, seen.here), _pairs(spread[:, :MAIN], seen.words)], axis=1)


def _pairs(features: npt.NDArray[np.uint32], here: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the rows of all pairs, shape (offers, features * here)."""
    mixed = (features[:, :, None] ^ (here * _HERE)[None, None, :]) * _HERE >> _SHIFT
    return mixed.reshape(len(features), -1)


def _softmax(scores: Floats) -> Floats:
    """Return chances, shape as the scores."""
    raised: Floats = np.exp(scores - scores.max())
    found: Floats = raised / raised.sum()
    return found
