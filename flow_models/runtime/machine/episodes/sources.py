"""Where drawn values come from: pools, ranges, listed values, patterns, rows, formulas; a whole column at a time.

Every number is keyed by the column or parameter that it is for and by its place there, so one more column, parameter
or row never shifts another value. Numbers come eight to a hash: a hash costs more than all that is done with a number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from math import gcd
from operator import is_
from typing import TYPE_CHECKING, Any, Final

from ..base import randomness, values
from ..base.behaviour import Parameter
from ..base.data import ChoiceSource, Column, FormulaSource, PatternSource, PoolSource, RangeSource, RowSource, Stored
from ..base.data import Source as SourceProgram
from ..base.errors import ProgramError
from ..base.nodes import Node, all_rows, table_of
from ..base.texts import taken
from ..base.values import Value
from ..formulas import selections
from ..formulas.closures import Formulas
from ..formulas.context import Context
from ..formulas.memo import can_be_kept
from ..formulas.reads import mentions, reads_of
from .computed import Cells, Computed
from .patterns import Pattern

if TYPE_CHECKING:
    from ..base.tables import Table

_UNIQUE_TRIES: Final = 50
_SPAN: Final = 64
"""Bits of a number."""

_PLAIN: Final = 10**15
"""Amounts below this are added without rounding, whatever the decimal context of the running thread is."""

_Spread = Callable[[int], Value]
"""What turns a number into a value between two bounds."""

_Keys = Callable[[Context], Sequence[str]]
"""What finds the rows to choose from."""


class Source:
    """Where the values of one column or parameter come from.

    Attributes:
        is_unique: Whether no value may be given twice.
    """

    def __init__(
        self,
        formulas: Formulas,
        column: Column | Parameter,
        source: SourceProgram,
        purpose: str,
        columns: Mapping[str, int],
    ) -> None:
        """Make ready.

        Args:
            formulas: What builds closures.
            column: The column or parameter.
            source: What the program says of its values.
            purpose: What keys the numbers.
            columns: For a column, the places of those of its table in which equal values are the same; see `Computed`.
        """
        self._purpose = purpose
        self._kind = source.kind
        self._type = column.type
        self._places = column.places
        self.is_unique = isinstance(source, PoolSource | PatternSource) and source.unique
        self._pool, self._new_pool = _pools(source, self._type)
        self._pattern = Pattern(taken(source.pattern) if isinstance(source, PatternSource) else "")
        trees = [source.minimum, source.maximum, source.step] if isinstance(source, RangeSource) else [None] * 3
        self._bounds = [None if tree is None else formulas.value(tree) for tree in trees]
        self._is_by_row = mentions(trees, "row")
        self._spreads = Computed(self._spread, trees, columns)
        self._formula: Computed[Value] | None = None
        if isinstance(source, FormulaSource):
            compute = formulas.value(source.formula)
            self._formula = Computed(lambda context: self._rounded(compute(context)), source.formula, columns)
        self._keys: _Keys | None = None
        table = table_of(self._type)
        if isinstance(source, RowSource) and table is not None:
            self._keys = _keys(formulas, table, source.where)

    def value(self, context: Context, seed: int, attempt: int, *, is_new: bool) -> tuple[bool, Value]:
        """Return whether there is a value to draw, and the value, rounded as its type asks."""
        drawn = self._drawn(context, seed, attempt, (), is_new=is_new)
        value = next(iter(drawn), None)
        return value is not None or self._kind == "formula", self._rounded(value)

    def column(
        self, context: Context, seed: int, attempt: int, cells: Cells, taken: set[Value], *, is_new: bool
    ) -> Sequence[Value]:
        """Return the values of a column for the rows that are being made.

        Args:
            context: What formulas see; `row` is bound to each row as far as it is made.
            seed: The instance's seed.
            attempt: Which set of tables of this seed.
            cells: The rows as far as they are made.
            taken: Values that unique ones avoid, as long as there are others.
            is_new: Whether pools give the values held out for tests.
        """
        if self.is_unique:
            return self._unlike(seed, attempt, len(cells[0]), taken, is_new=is_new)
        return self._drawn(context, seed, attempt, cells, is_new=is_new) or (None,) * len(cells[0])

    def _drawn(self, context: Context, seed: int, attempt: int, cells: Cells, *, is_new: bool) -> Sequence[Value]:
        """Return a value for each row, one without any; none where there is nothing to choose from."""
        count = len(cells[0]) if cells else 1
        if self._formula is not None:
            return self._formula.of_rows(context, cells) if cells else (self._formula.once(context),)
        if self._kind == "pattern":
            return tuple(islice(self._pattern.texts(count, seed, self._purpose, attempt), count))
        match self._kind:
            case "pool" | "choice":
                pool: Sequence[Value] = self._pool_for(is_new=is_new)
            case "row":
                pool = () if self._keys is None else self._keys(context)
            case "range":
                return self._ranged(context, randomness.numbers(count, seed, self._purpose, attempt), cells)
            case kind:
                raise ProgramError(f"unknown source {kind!r}")
        size = len(pool)
        if size < 2:
            return (*pool,) * count
        return [pool[number * size >> _SPAN] for number in randomness.numbers(count, seed, self._purpose, attempt)]

    def _pool_for(self, *, is_new: bool) -> tuple[Value, ...]:
        """Return the values to choose from, for tests those held out if there are such."""
        return self._new_pool if is_new and self._new_pool else self._pool

    def _unlike(self, seed: int, attempt: int, count: int, taken: set[Value], *, is_new: bool) -> list[Value]:
        """Return values none of which was there before, as long as there are others."""
        if self._kind == "pattern":
            source: Iterator[Value] = self._pattern.texts(count, seed, self._purpose, attempt)
        else:
            pool = self._pool_for(is_new=is_new)
            if not pool:
                return [None] * count
            source = randomness.shuffled(pool, seed, self._purpose, attempt)
        found: list[Value] = []
        for value in islice(source, count):
            tries = 1
            while value in taken and tries < _UNIQUE_TRIES:
                value = next(source)
                tries += 1
            taken.add(value)
            found.append(value)
        return found

    def _ranged(self, context: Context, numbers: Sequence[int], cells: Cells) -> Sequence[Value]:
        """Return values between two bounds, each a whole number of steps above the lower one."""
        if self._is_by_row and cells:
            spreads = self._spreads.of_rows(context, cells)
            return [None if spread is None else spread(number) for spread, number in zip(spreads, numbers, strict=True)]
        spread = self._spreads.once(context)
        return () if spread is None else [spread(number) for number in numbers]

    def _spread(self, context: Context) -> _Spread | None:
        """Return what turns a number into a value between the bounds as they are now; None without bounds."""
        least, most, step = [None if bound is None else bound(context) for bound in self._bounds]
        if least is None or most is None:
            return None
        if self._type == "date":
            return _moments(_day, date.fromisoformat(least).toordinal(), date.fromisoformat(most).toordinal(), step)
        if self._type == "time":
            return _moments(_time, _minutes(least), _minutes(most), step)
        width = Decimal(step) if step else _smallest_step(self._type, self._places)
        return self._amounts(Decimal(least), Decimal(most), width) if width > 0 else None

    def _amounts(self, least: Decimal, most: Decimal, width: Decimal) -> _Spread:
        """Return what turns a number into an amount."""
        count = int(max(most - least, Decimal(0)) // width) + 1
        own: Callable[[Decimal], Any] = int if self._type == "integer" else self._rounded
        first, gap = own(least), own(width)
        if first == least and gap == width and least > -_PLAIN and most < _PLAIN:
            return lambda number: first + (number * count >> _SPAN) * gap
        return lambda number: own(least + (number * count >> _SPAN) * width)

    def _rounded(self, value: Value) -> Value:
        """Return a value as its type asks."""
        return values.seeded(value, self._type, self._places)


def _keys(formulas: Formulas, table: str, where: Node | None) -> _Keys:
    """Return what finds the keys of a table's rows for which a condition holds.

    It does not search again in tables that are the ones of the last time: those whose rows are fixed, and all of them
    while sets of parameters are tried. What the search looked at counts nevertheless.
    """
    rows = selections.selection(formulas, all_rows(table), "row", where)
    reads = reads_of(all_rows(table), where)
    places = [formulas.schema.table(name).index for name in reads.tables]
    is_kept = can_be_kept(reads)
    # The tables of the last time by identity, with what was found there: one search for all tries of an instance.
    last: tuple[list[Table], list[str], int] = ([], [], 0)

    def find(context: Context) -> list[str]:
        nonlocal last
        known, keys, work = last
        tables = [context.tables[place] for place in places]
        if is_kept and known and all(map(is_, tables, known)):
            context.charge(work)
            return keys
        before = context.work
        keys = [row[0] for row in rows(context)]
        last = (tables, keys, context.work - before)
        return keys

    return find


def _pools(source: SourceProgram, kind: str) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Return the values among which a source chooses, and those that it has for tests instead."""

    def typed(stored: Sequence[Stored]) -> tuple[Value, ...]:
        return tuple(values.as_begun(values.from_json(value, kind), kind) for value in stored)

    match source:
        case PoolSource():
            return typed(source.values), typed(source.held_out)
        case ChoiceSource():
            return _repeated(typed(source.values), source.weights), ()
        case _:
            return (), ()


def _repeated(pool: tuple[Value, ...], weights: Sequence[int]) -> tuple[Value, ...]:
    """Return each value as often as its weight asks, or once where not every value has a weight."""
    if len(weights) != len(pool):
        return pool
    common = max(gcd(*weights), 1)
    return tuple(value for value, weight in zip(pool, weights, strict=True) for _ in range(weight // common))


def _moments(shown: Callable[[int], str], least: int, most: int, step: Any) -> _Spread:
    """Return what turns a number into a date or time, of which the bounds are given as whole numbers."""
    gap = max(int(step or 1), 1)
    count = max(most - least, 0) // gap + 1
    return lambda number: shown(least + (number * count >> _SPAN) * gap)


# By day and by minute, of which a range has few; the least used go. A few per cent of drawing.
@lru_cache(maxsize=4096)
def _day(ordinal: int) -> str:
    """Return the ISO date of a day, counted from the first of the year 1."""
    return date.fromordinal(ordinal).isoformat()


def _minutes(time: str) -> int:
    """Return the minutes since midnight of a time."""
    return int(time[:2]) * 60 + int(time[3:])


@lru_cache(maxsize=1440)
def _time(minutes: int) -> str:
    """Return the time of day so many minutes after midnight."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _smallest_step(kind: str, places: int) -> Decimal:
    """Return the step of a range without one: a whole unit for integers and money, the last place for decimals."""
    return Decimal(1) if kind in ("integer", "money") else Decimal(1).scaleb(-places)
