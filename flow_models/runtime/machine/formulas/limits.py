"""Formulas that may leave the range of values, and what stands in their place where they may not fail.

What each place makes of it is said at `OutOfRangeError`.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from ..base.errors import OutOfRangeError
from ..base.nodes import Aggregate, Arithmetic, Call, nodes_in
from .context import Closure, Context

C = TypeVar("C", bound=Context)
T = TypeVar("T")

_AGGREGATES: Final = frozenset({"avg", "sum"})


def may_leave(*trees: object) -> bool:
    """Say whether a formula, or any in a template or block, is of a kind that can leave the range of values."""
    for node in nodes_in(*trees):
        match node:
            case Arithmetic():
                return True
            case Call(fn="chance"):
                return True
            case Aggregate(fn=fn) if fn in _AGGREGATES:
                return True
            case _:
                pass
    return False


def computed_or(compute: Callable[[C], T], context: C, otherwise: Callable[[OutOfRangeError], T]) -> T:
    """Return what a formula gives, or something else if it leaves the range; rows stay bound as they were."""
    bound = context.bound.copy()
    try:
        return compute(context)
    except OutOfRangeError as fault:
        context.bound.clear()
        context.bound.update(bound)
        return otherwise(fault)


def total(compute: Closure, otherwise: Callable[[OutOfRangeError], object], *trees: object) -> Closure:
    """Return what computes the same without ever leaving the range; `trees` are the formulas behind it."""
    if not may_leave(*trees):
        return compute
    return lambda context: computed_or(compute, context, otherwise)


def located(compute: Closure, tree: object) -> Closure:
    """Return what computes the same, and says which formula it was that left the range."""
    if not may_leave(tree):
        return compute

    def run(context: Context) -> object:
        try:
            return compute(context)
        except OutOfRangeError as fault:
            raise fault.at(tree) from None

    return run
