"""Which cases of a test run every day; the others of the same kind are proofs, or the tests take too long."""

from collections.abc import Collection, Iterable
from typing import TypeVar

import pytest

_Case = TypeVar("_Case")


def daily(cases: Iterable[_Case], chosen: Collection[_Case]) -> list[_Case]:
    """Return the cases of a parameter, of which only the chosen ones run outside of proofs."""
    every = list(cases)
    assert set(chosen) <= set(every), f"no such cases: {chosen}"
    return [one if one in chosen else pytest.param(one, marks=pytest.mark.proof) for one in every]  # type: ignore[misc]


def without(cases: Iterable[_Case], left: Collection[_Case]) -> list[_Case]:
    """Return the cases of a parameter, of which all but some run every day."""
    every = list(cases)
    return daily(every, [one for one in every if one not in left])
