"""Keeping computed values until something that they read has changed.

Tables never change in place, so a table's identity stands for its content; a page that shows a thousand rows is built
once for each state of those rows.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar

from .context import Context
from .program import Schema
from .reads import Reads

T = TypeVar("T")
C = TypeVar("C", bound=Context)

LIMIT: Final = 512
"""Values kept for one place of a page; when there are more, all are forgotten."""

_UNKEPT: Final = frozenset({"task", "before", "answer", "chance"})


class Memo(Generic[C, T]):
    """A function of a context that is computed once for each set of the things that it reads."""

    __slots__ = ("_compute", "_is_kept", "_kept", "_key")

    def __init__(self, schema: Schema, reads: Reads, compute: Callable[[C], T]) -> None:
        self._compute = compute
        self._is_kept = can_be_kept(reads)
        self._kept: dict[object, T] = {}
        self._key = key_of(schema, reads)

    def __call__(self, context: C) -> T:
        """Return the value, computed now or kept."""
        if not self._is_kept:
            return self._compute(context)
        key = self._key(context)
        try:
            return self._kept[key]
        except KeyError:
            pass
        value = self._compute(context)
        if len(self._kept) >= LIMIT:
            self._kept.clear()
        self._kept[key] = value
        return value


def can_be_kept(reads: Reads) -> bool:
    """Say whether a value that reads this is the same for all instances, and so can be kept."""
    return not reads.flags & _UNKEPT


def key_of(schema: Schema, reads: Reads) -> Callable[[Context], object]:
    """Return what finds, in a context, the things that a value depends on."""
    tables = _picker(schema.tables[name].index for name in reads.tables)
    variables = _picker(schema.variables[name] for name in reads.variables)
    others = _others(reads.flags)
    if not others and not reads.variables:
        return lambda context: tables(context.tables)
    if not others:
        return lambda context: (tables(context.tables), variables(context.variables))
    return lambda context: (
        tables(context.tables),
        variables(context.variables),
        *[other(context) for other in others],
    )


def _picker(indexes: Iterable[int]) -> Callable[[tuple[Any, ...]], object]:
    """Return what picks the values at some places of a tuple."""
    places = sorted(indexes)
    return itemgetter(*places) if places else lambda _values: None


def _others(flags: frozenset[str]) -> list[Callable[[Context], object]]:
    """Return what finds the record, the texts and the clock, as far as they are read."""
    found: list[Callable[[Context], object]] = []
    if "record" in flags:
        found.append(_record_key)
    if "fields" in flags:
        found.append(lambda context: context.texts)
    if "unfolded" in flags:
        found.append(lambda context: context.unfolded)
    if "navigation" in flags:
        found.append(lambda context: context.is_menu)
    if "step" in flags:
        found.append(lambda context: context.step)
    elif "time" in flags:
        found.append(lambda context: context.schema.moment(context.step))
    elif "date" in flags:
        found.append(lambda context: context.schema.moment(context.step)[0])
    return found


def _record_key(context: Context) -> object:
    """Return the key of the page's record."""
    record = context.bound.get("record")
    return None if record is None else record[0]


class Made:
    """Makes a container for parts, and gives the same container for the same parts again."""

    __slots__ = ("_kept", "_make")

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make
        self._kept: dict[tuple[int, ...], tuple[Any, Any]] = {}

    def __call__(self, parts: tuple[Any, ...]) -> Any:
        """Return the container; keeping the parts alive makes their ids safe to compare."""
        key = tuple(map(id, parts))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= LIMIT:
                self._kept.clear()
            found = self._kept[key] = (self._make(parts), parts)
        return found[0]
