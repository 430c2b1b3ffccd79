"""Keeping computed values until something that they read has changed.

Tables never change in place, so a table's identity stands for its content; a page that shows a thousand rows is built
once for each state of those rows.
"""

from collections.abc import Callable, Hashable, Iterable
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar

from ..base.schema import Schema
from .context import Context
from .reads import NOTHING, Reads

T = TypeVar("T")
C = TypeVar("C", bound=Context)

Picker = Callable[[tuple[Any, ...]], object]

LIMIT: Final = 512
"""Values kept for one place of a page; when there are more, all are forgotten.

Their keys are the things that are read: tables by identity, variables, the record's key, typed texts, as much of the
clock as is read. Without them steps as text take half as long again, without `Once` a third.
"""

EQUALS: Final = 128
"""Values with different contents that are kept for one place of a page."""

_UNKEPT: Final = frozenset({"task", "before", "answer", "chance"})


class Once(Generic[C, T]):
    """A function of a context that reads nothing of it, and so is computed but once, outside of every budget."""

    __slots__ = ("_compute", "_value")

    def __init__(self, compute: Callable[[C], T]) -> None:
        self._compute = compute
        self._value: list[T] = []

    def __call__(self, context: C) -> T:
        """Return the value."""
        if not self._value:
            before = context.work
            self._value.append(self._compute(context))
            context.work = before
        return self._value[0]


def kept(schema: Schema, reads: Reads, compute: Callable[[C], T]) -> Callable[[C], T]:
    """Return a function of a context that is computed once for each set of the things that it reads.

    It is kept with the work that it took, which counts again each time.
    """
    if not can_be_kept(reads):
        return compute
    if reads == NOTHING:
        return Once(compute)
    key_in = key_of(schema, reads)
    values: dict[object, tuple[T, int]] = {}

    def find(context: C) -> T:
        key = key_in(context)
        try:
            value, work = values[key]
        except KeyError:
            pass
        else:
            if work:
                context.charge(work)
            return value
        before = context.work
        value = compute(context)
        if len(values) >= LIMIT:
            values.clear()
        values[key] = (value, context.work - before)
        return value

    return find


def same_if_equal(compute: Callable[[C], T], content: Callable[[T], Hashable]) -> Callable[[C], T]:
    """Return a function that gives the value of an earlier call again where it computes one with the same content.

    Data change much more often than what a part of a page shows of them, and the text of a part is kept on the part.
    By content, at most `EQUALS`, all forgotten when there are more; without it steps as text take a sixth longer.
    """
    known: dict[Hashable, T] = {}

    def find(context: C) -> T:
        value = compute(context)
        key = content(value)
        found = known.get(key)
        if found is None:
            if len(known) >= EQUALS:
                known.clear()
            found = known[key] = value
        return found

    return find


def can_be_kept(reads: Reads) -> bool:
    """Say whether a value that reads this is the same for all instances, and so can be kept."""
    return not reads.flags & _UNKEPT


def key_of(schema: Schema, reads: Reads) -> Callable[[Context], object]:
    """Return what finds, in a context, the things that a value depends on."""
    tables, variables = data_pickers(schema, reads)
    found = _others(schema, reads)
    if reads.tables:
        found.append(lambda context: tables(context.tables))
    if reads.variables:
        found.append(lambda context: variables(context.variables))
    match found:
        case [only]:
            return only
        case [first, second]:
            return lambda context: (first(context), second(context))
        case [first, second, third]:
            return lambda context: (first(context), second(context), third(context))
        case _:
            return lambda context: tuple([find(context) for find in found])


def data_pickers(schema: Schema, reads: Reads) -> tuple[Picker, Picker]:
    """Return what picks, of all tables and of all variables, those that are read."""
    return (
        _picker(schema.tables[name].index for name in reads.tables),
        _picker(schema.variables[name] for name in reads.variables),
    )


def _picker(indexes: Iterable[int]) -> Picker:
    """Return what picks the values at some places of a tuple."""
    places = sorted(indexes)
    return itemgetter(*places) if places else lambda _values: None


def clock_of(schema: Schema, reads: Reads) -> Callable[[int], object] | None:
    """Return what finds, for a step, as much of the clock as is read; None if nothing of it is."""
    moment = schema.moment
    if "step" in reads.flags:
        return lambda step: step
    if "time" in reads.flags:
        return moment
    return (lambda step: moment(step)[0]) if "date" in reads.flags else None


def _others(schema: Schema, reads: Reads) -> list[Callable[[Context], object]]:
    """Return what finds the record, the texts and the clock, as far as they are read."""
    flags = reads.flags
    clock = clock_of(schema, reads)
    found: list[Callable[[Context], object]] = []
    if "record" in flags:
        found.append(_record_key)
    if "fields" in flags:
        found.append(lambda context: context.texts)
    if "unfolded" in flags:
        found.append(lambda context: context.unfolded)
    if "navigation" in flags:
        found.append(lambda context: context.is_menu)
    if clock is not None:
        found.append(lambda context: clock(context.step))
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
        """Return the container; keeping the parts alive makes their ids safe to compare.

        By the parts' identities, at most `LIMIT`, all forgotten when there are more; a tenth of steps as text.
        """
        key = tuple(map(id, parts))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= LIMIT:
                self._kept.clear()
            found = self._kept[key] = (self._make(parts), parts)
        return found[0]
