"""Keeping computed values until something that they read has changed.

Tables never change in place, so a table's identity stands for its content; a page that shows a thousand rows is built
once for each state of those rows.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from .context import Context
from .program import Schema
from .reads import Reads

T = TypeVar("T")
C = TypeVar("C", bound=Context)

LIMIT: Final = 128
"""Values kept for one place of a page; when there are more, all are forgotten."""

_UNKEPT: Final = frozenset({"task", "before", "answer", "chance"})


class Memo(Generic[C, T]):
    """A function of a context that is computed once for each set of the things that it reads."""

    __slots__ = ("_clock", "_compute", "_fields", "_is_kept", "_kept", "_record", "_tables", "_variables")

    def __init__(self, schema: Schema, reads: Reads, compute: Callable[[C], T]) -> None:
        self._compute = compute
        self._tables = tuple(sorted(schema.tables[name].index for name in reads.tables))
        self._variables = tuple(sorted(schema.variables[name] for name in reads.variables))
        self._fields = "fields" in reads.flags
        self._record = "record" in reads.flags
        self._clock = "step" if "step" in reads.flags else "time" if "time" in reads.flags else ""
        self._clock = self._clock or ("date" if "date" in reads.flags else "")
        self._is_kept = not reads.flags & _UNKEPT
        self._kept: dict[object, T] = {}

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

    def _key(self, context: C) -> object:
        """Return what the value depends on."""
        tables, variables = context.tables, context.variables
        parts: list[object] = [tables[index] for index in self._tables]
        parts += [variables[index] for index in self._variables]
        if self._record:
            record = context.bound.get("record")
            parts.append(None if record is None else record[0])
        if self._fields:
            parts.append(context.texts)
        if self._clock == "step":
            parts.append(context.step)
        elif self._clock:
            moment = context.schema.moment(context.step)
            parts.append(moment if self._clock == "time" else moment[0])
        return tuple(parts)
