"""Which cases of a test run every day; the others of the same kind are proofs, or the tests take too long."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

import pytest

_Case = TypeVar("_Case")


def daily(cases: Iterable[_Case], chosen: Collection[_Case]) -> list[_Case]:
    """Return the cases of a parameter, of which only the chosen ones run outside of proofs."""
    every = list(cases)
    assert all(one in every for one in chosen), f"no such cases: {chosen}"
    return [one if one in chosen else _proof(one) for one in every]


def _proof(case: Any) -> Any:
    """Return a case that is a proof; one of several parameters is a tuple."""
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.proof)


def without(cases: Iterable[_Case], left: Collection[_Case]) -> list[_Case]:
    """Return the cases of a parameter, of which all but some run every day."""
    every = list(cases)
    return daily(every, [one for one in every if one not in left])
