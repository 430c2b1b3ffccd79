"""Where drawn values come from: pools, ranges, listed values, patterns, rows, formulas; a whole column at a time.

Every number is keyed by the column or parameter that it is for and by its place there, so one more column, parameter
or row never shifts another value. Numbers come eight to a hash: a hash costs more than all that is done with a number.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final

from . import randomness, selections, values
from .closures import Formulas
from .context import Context
from .errors import ProgramError
from .program import Json, table_node, table_of
from .reads import mentions
from .values import Value

if TYPE_CHECKING:
    from .tables import Row

_UNIQUE_TRIES: Final = 50
_SPAN: Final = 64
"""Bits of a number."""

_ALPHABETS: Final = {"#": "0123456789", "@": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_CHARACTERS: Final = 8
"""Random characters of a pattern that one number gives."""

Cells = Sequence[Sequence[Any]]
"""Rows while they are made, column by column; the first column holds the keys."""


class Source:
    """Where the values of one column or parameter come from.

    Attributes:
        is_unique: Whether no value may be given twice.
    """

    def __init__(self, formulas: Formulas, column: Json, source: Json, purpose: str) -> None:
        self._purpose = purpose
        self._kind: str = source["kind"]
        self._type: str = column["type"]
        self._places = int(column.get("places", 2))
        self.is_unique = bool(source.get("unique", False)) and self._kind in ("pool", "pattern")
        self._pool = tuple(values.from_json(value, self._type) for value in source.get("values", ()))
        self._new_pool = tuple(values.from_json(value, self._type) for value in source.get("held_out", ()))
        weights: Sequence[int] = source.get("weights", ())
        self._weights = tuple(accumulate(weights if len(weights) == len(self._pool) else (1,) * len(self._pool)))
        self._pattern: str = source.get("pattern", "")
        self._formulas = {
            name: formulas.value(source[name])
            for name in ("minimum", "maximum", "step", "formula")
            if source.get(name) is not None
        }
        is_whole = self._kind == "range" and self._type in ("integer", "date", "time")
        self._is_exact = is_whole or self._kind in ("pool", "choice", "pattern", "row")
        self._is_by_row = any(mentions(source.get(name), "row") for name in self._formulas)
        self._rows: selections.Rows | None = None
        table = table_of(self._type)
        if self._kind == "row" and table is not None:
            self._rows = selections.selection(formulas, table_node(table), "row", source.get("where"))

    def value(self, context: Context, seed: int, attempt: int, *, is_new: bool) -> tuple[bool, Value]:
        """Return whether there is a value to draw, and the value, rounded as its type asks."""
        drawn = self._drawn(context, seed, attempt, (), is_new=is_new)
        value = next(iter(drawn), None)
        return value is not None or self._kind == "formula", values.assigned(value, self._type, self._places)

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
        drawn = self._drawn(context, seed, attempt, cells, is_new=is_new) or (None,) * len(cells[0])
        if self._is_exact:
            return drawn
        kind, places = self._type, self._places
        return [values.assigned(value, kind, places) for value in drawn]

    def _drawn(self, context: Context, seed: int, attempt: int, cells: Cells, *, is_new: bool) -> Sequence[Value]:
        """Return a value for each row, one without any, before rounding; none where there is nothing to choose from."""
        count = len(cells[0]) if cells else 1
        if self._kind == "formula":
            compute = self._formulas["formula"]
            return [compute(context) for _ in self._rows_bound(context, cells)]
        if self._kind == "pattern":
            return list(islice(self._masked(seed, attempt), count))
        numbers = randomness.numbers(count, seed, self._purpose, attempt)
        match self._kind:
            case "pool":
                pool = self._pool_for(is_new=is_new)
                size = len(pool)
                return [pool[number * size >> _SPAN] for number in numbers] if size else ()
            case "choice":
                weights, pool = self._weights, self._pool
                total = weights[-1] if weights else 0
                return [pool[bisect_right(weights, number * total >> _SPAN)] for number in numbers] if total else ()
            case "row":
                found: Sequence[Row] = () if self._rows is None else self._rows(context)
                size = len(found)
                return [found[number * size >> _SPAN][0] for number in numbers] if size else ()
            case "range":
                return self._ranged(context, numbers, cells)
            case kind:
                raise ProgramError(f"unknown source {kind!r}")

    def _pool_for(self, *, is_new: bool) -> tuple[Value, ...]:
        """Return the values to choose from, for tests those held out if there are such."""
        return self._new_pool if is_new and self._new_pool else self._pool

    def _unlike(self, seed: int, attempt: int, count: int, taken: set[Value], *, is_new: bool) -> list[Value]:
        """Return values none of which was there before, as long as there are others."""
        if self._kind == "pattern":
            source: Iterator[Value] = self._masked(seed, attempt)
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

    @staticmethod
    def _rows_bound(context: Context, cells: Cells) -> Iterator[None]:
        """Bind each row in turn, as far as it is made; once nothing where there are no rows."""
        if not cells:
            yield
            return
        for row in zip(*cells, strict=True):
            context.bound["row"] = row
            yield
        context.bound.pop("row", None)

    def _ranged(self, context: Context, numbers: Sequence[int], cells: Cells) -> Sequence[Value]:
        """Return values between two bounds, each a whole number of steps above the lower one."""
        if self._is_by_row:
            spreads = [self._spread(context) for _ in self._rows_bound(context, cells)]
            return [None if spread is None else spread(number) for spread, number in zip(spreads, numbers, strict=True)]
        spread = self._spread(context)
        return () if spread is None else [spread(number) for number in numbers]

    def _spread(self, context: Context) -> Callable[[int], Value] | None:
        """Return what turns a number into a value between the bounds as they are now; None without bounds."""
        formulas = self._formulas
        least = formulas["minimum"](context) if "minimum" in formulas else None
        most = formulas["maximum"](context) if "maximum" in formulas else None
        step = formulas["step"](context) if "step" in formulas else None
        if least is None or most is None:
            return None
        if self._type in ("date", "time"):
            gap = max(int(step or 1), 1)
            span = values.days_between(least, most) if self._type == "date" else _minutes(most) - _minutes(least)
            count = max(span, 0) // gap + 1
            if self._type == "time":
                first = _minutes(least)
                return lambda number: _time(first + (number * count >> _SPAN) * gap)
            day = date.fromisoformat(least).toordinal()
            return lambda number: date.fromordinal(day + (number * count >> _SPAN) * gap).isoformat()
        width = Decimal(step) if step else _smallest_step(self._type, self._places)
        if width <= 0:
            return None
        start = Decimal(least)
        count = int(max(Decimal(most) - start, Decimal(0)) // width) + 1
        if self._type == "integer":
            return lambda number: int(start + (number * count >> _SPAN) * width)
        return lambda number: start + (number * count >> _SPAN) * width

    def _masked(self, seed: int, attempt: int) -> Iterator[str]:
        """Yield random texts by the pattern: `#` a digit, `@` a capital letter, anything else itself, for ever."""
        alphabets = [_ALPHABETS.get(character) for character in self._pattern]
        is_digits = all(alphabet is None or len(alphabet) == 10 for alphabet in alphabets)
        amount = sum(alphabet is not None for alphabet in alphabets)
        bits = randomness.stream(seed, f"{self._purpose}:characters", attempt)
        form = self._pattern.replace("{", "{{").replace("}", "}}").replace("#", "{}")
        while True:
            if is_digits:
                digits = "".join([f"{next(bits) % 10**_CHARACTERS:08}" for _ in range(-(-amount // _CHARACTERS))])
                yield form.format(*digits[:amount])
                continue
            left, number, text = 0, 0, []
            for character, alphabet in zip(self._pattern, alphabets, strict=True):
                if alphabet is None:
                    text.append(character)
                    continue
                if not left:
                    left, number = _CHARACTERS, next(bits)
                number, choice = divmod(number, len(alphabet))
                left -= 1
                text.append(alphabet[choice])
            yield "".join(text)


def _minutes(time: str) -> int:
    """Return the minutes since midnight of a time."""
    return int(time[:2]) * 60 + int(time[3:])


def _time(minutes: int) -> str:
    """Return the time of day so many minutes after midnight."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _smallest_step(kind: str, places: int) -> Decimal:
    """Return the step of a range without one: a whole unit for integers and money, the last place for decimals."""
    return Decimal(1) if kind in ("integer", "money") else Decimal(1).scaleb(-places)
