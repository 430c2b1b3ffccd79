"""Other starts that an instance could have had: asked in the same words, with other data behind.

Whoever knows no more than the goal and the pages seen so far cannot tell them from the instance until a page does. Only
what decides what is right is varied, cell by cell or a column at a time: with the values dealt among the rows in
another way, with others that the column has elsewhere, with the least and the greatest. What follows from the data
(computed columns, parameters, the setup) is computed anew.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import chain, islice, zip_longest
from typing import Final

from flow_models.runtime.machine import FormulaFaultError, Machine, Start
from flow_models.runtime.machine.base import randomness
from flow_models.runtime.machine.base.data import PatternSource, PoolSource
from flow_models.runtime.machine.base.nodes import Constant, nodes_in
from flow_models.runtime.machine.base.tables import Table
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.pages.fields import raw_text

from .asking import Asking, with_rows
from .deciding import Column, Deciding
from .draws import drawn
from .field_texts import moments_beside
from .outline import Outline

Hidden = Callable[[Column], Sequence[Set[str]]]
"""Returns, for a column, sets of rows in which it has not been shown at some moment."""

_Dealing = tuple[Column, Mapping[str, Value]]
"""Other values of a column, by row."""

_ORDERED: Final = frozenset({"integer", "decimal", "money", "date", "time"})

LEAST: Final = 3
"""Letters of a text that stands somewhere by no mere chance: "1" is in "Room 1", in dates and in most conditions."""

_SIGNS: Final = "0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NEXT: Final = str.maketrans("".join(_SIGNS), "".join(signs[1:] + signs[0] for signs in _SIGNS))
"""The next of each digit and letter: makes another text of the same shape."""

_WORDS: Final = {"text", "choice"}
_NOTABLE: Final = 6
"""Values of a column that are tried for all rows at once, and for some alone."""

_RIVALS: Final = 2
"""Values of the columns with which one is compared that are tried for all rows at once, and for some alone."""

_ALONE: Final = 3
"""Rows of a column that are changed alone because they are meant, before the notable values are tried."""

_DONORS: Final = 6
"""Seeds whose data tells which values a column can have besides those of the instance."""


class Lookalikes:
    """Makes the starts for which an instance could be taken."""

    def __init__(self, machine: Machine, outline: Outline) -> None:
        self._machine = machine
        self._outline = outline
        self._deciding = Deciding(outline)
        self._asking = Asking(machine, outline)
        self._donated: dict[tuple[str, Column], tuple[Value, ...]] = {}

    def of(
        self,
        start: Start,
        hidden: Hidden,
        typing: frozenset[str],
        *,
        chosen: frozenset[str] = frozenset(),
        first: int | None = None,
        sample: int | None = None,
    ) -> Iterator[Start]:
        """Yield starts with the same goal that differ from an instance in what has not been shown, none twice.

        Args:
            start: The instance.
            hidden: What has not been shown.
            typing: The pages on which it decides too with what something typed is compared.
            chosen: The rows and texts that are chosen and typed: such cells are likeliest to tell something.
            first: How many of those that are likeliest to tell something, None for all.
            sample: How many drawn from them by the seed of the instance, None for all.
        """
        meant = chosen.union(value for value in start.parameters.values() if isinstance(value, str))
        columns = self._deciding.columns(start.task, typing) if start.drawn else ()
        dealings = [
            self._dealings(start, column, keys - self._settled(start, column), meant)
            for column in columns
            for keys in hidden(column)
        ]
        # By turns, so that the first few have something of every column.
        dealt = _distinct(one for one in chain.from_iterable(zip_longest(*dealings)) if one is not None)
        if sample is not None:
            dealt = _shuffled(list(dealt), start.seed)
        # Most of what is dealt would change the goal: only what is compared counts.
        most = first if sample is None else sample
        yield from islice(filter(None, (self._with_cells(start, *one) for one in dealt)), most)

    def _dealings(self, start: Start, column: Column, keys: Set[str], meant: frozenset[str]) -> Iterator[_Dealing]:
        """Yield other values for hidden cells of a column, by row; early those of what is meant, alone."""
        place = self._machine.schema.table(column.table).columns[column.name]
        held = {row[0]: row[place] for row in self._table(start, column).rows if row[0] in keys}
        for cells in self._other_cells(start, column, held, meant) if held else ():
            changed = {key: value for key, value in cells.items() if value != held[key]}
            if changed:
                yield column, changed

    def _other_cells(
        self, start: Start, column: Column, held: Mapping[str, Value], meant: frozenset[str]
    ) -> Iterator[Mapping[str, Value]]:
        """Yield values for the cells that some rows hold in a column."""
        notable = self._notable(start, column)
        yield dict(zip(held, (*list(held.values())[1:], *list(held.values())[:1]), strict=True))
        yield self._renewed(start, column, held)
        # A page that shows any of many other cells tells two starts apart before anything can be wrong in one.
        alone = list(islice((key for key, value in held.items() if key in meant or raw_text(value) in meant), _ALONE))
        yield from (self._renewed(start, column, {key: held[key]}) for key in alone)
        yield from (dict.fromkeys(held, value) for value in notable)
        for key in dict.fromkeys((*alone, min(held), list(held)[len(held) // 2], max(held))):
            yield self._renewed(start, column, {key: held[key]})
            yield from ({key: value} for value in notable)

    def _settled(self, start: Start, column: Column) -> Set[str]:
        """Return the rows whose cell in a column is no secret of the site.

        It is what the goal says; or it says how it stands with a row that the goal names, which a visitor is asked to
        change: whoever is asked to freeze the blue card need not know beforehand that it is not frozen.
        """
        said = self._said(start, column)
        is_changed = ("column", *column) in self._outline.changed_columns
        return said | self._named(start, column.table) if is_changed else said

    def _named(self, start: Start, table: str) -> Set[str]:
        """Return the rows of a table that a goal names by a text, or that a parameter stands for."""
        schema, goal = self._machine.schema.table(table), start.goal.casefold()
        texts = [place for name, place in schema.columns.items() if schema.type_of(name).kind == "text"]
        keys = {value for value in start.parameters.values() if isinstance(value, str)}
        return {
            row[0]
            for row in start.drawn[schema.index].rows
            if row[0] in keys or any(_names(goal, str(row[place] or "").casefold()) for place in texts)
        }

    def _said(self, start: Start, column: Column) -> Set[str]:
        """Return the rows whose text in a column the goal says although no formula puts it there."""
        wordings = self._outline.program.tasks[start.task].wordings
        said = " ".join(part for wording in wordings for part in wording if isinstance(part, str)).casefold()
        place = self._machine.schema.table(column.table).columns[column.name]
        rows = self._table(start, column).rows
        return {row[0] for row in rows if _says(said, raw_text(row[place]).casefold())}

    def _renewed(self, start: Start, column: Column, held: Mapping[str, Value]) -> dict[str, Value]:
        """Return other values that a column can have for some rows, none twice where that may not be."""
        source = self._deciding.source(column)
        is_unique = isinstance(source, PoolSource | PatternSource) and source.unique
        domain = self._domain(start, column)
        taken = set(self._column(start, column)) if is_unique else set()
        found: dict[str, Value] = {}
        for key, value in held.items():
            others = [one for one in domain if one != value and one not in taken]
            if others:
                found[key] = others[randomness.below(len(others), start.seed, f"lookalike:{column}:{key}")]
                taken.update((found[key],) if is_unique else ())
        return found

    def _notable(self, start: Start, column: Column) -> tuple[Value, ...]:
        """Return values of a column that may turn the scale: those that are asked for, the greatest and the least."""
        kind = self._kind(column)
        asked = [value for value, own in self._asked(start) if own == kind or {own, kind} == _WORDS]
        domain = [value for value in self._domain(start, column) if value is not None]
        if kind in _ORDERED and domain:
            asked += [max(domain), min(domain)]
        rivals = islice((value for value in self._of_rivals(start, column) if value is not None), _RIVALS)
        return tuple(dict.fromkeys((*asked, *rivals, *self._column(start, column))))[:_NOTABLE]

    def _asked(self, start: Start) -> Iterator[tuple[Value, str]]:
        """Yield the values that the rules of a task name, with their types: literals and parameters."""
        rules = self._outline.program.tasks[start.task]
        trees = (rules.answer, rules.success, rules.require)
        yield from ((node.value, node.type) for node in nodes_in(trees) if isinstance(node, Constant))
        yield from ((start.parameters[one.name], one.type) for one in rules.parameters)

    def _domain(self, start: Start, column: Column) -> tuple[Value, ...]:
        """Return values that a column can have: those of the instance and of others, of fixed rows some beside."""
        own = self._column(start, column)
        kind = self._kind(column)
        more: list[Value] = [True, False] if kind == "boolean" else []
        if self._deciding.source(column) is None:
            more += [other for value in own for other in _beside(value, kind)]
        others = (*self._of_rivals(start, column), *self._of_donors(start.task, column))
        return tuple(dict.fromkeys((*own, *more, *others)))

    def _of_rivals(self, start: Start, column: Column) -> Iterator[Value]:
        """Yield the values of the same type with which a column is compared, and that do not stand in it."""
        kind, own = self._kind(column), self._column(start, column)
        for rival in sorted(self._deciding.rivals(column)):
            if self._kind(rival) == kind:
                yield from (value for value in self._column(start, rival) if value not in own)

    def _kind(self, column: Column) -> str:
        """Return the type of a column."""
        return self._machine.schema.table(column.table).type_of(column.name).kind

    def _of_donors(self, task: str, column: Column) -> tuple[Value, ...]:
        """Return the values of a column in some other instances."""
        found = self._donated.get((task, column))
        if found is None:
            drawn = chain.from_iterable(self._column(donor, column) for donor in self._donors(task))
            found = self._donated[task, column] = tuple(dict.fromkeys(drawn))
        return found

    def _donors(self, task: str) -> Iterator[Start]:
        """Yield some instances of a task."""
        return drawn(self._machine, task, range(_DONORS))

    def _column(self, start: Start, column: Column) -> tuple[Value, ...]:
        """Return what stands in a column as it was drawn."""
        place = self._machine.schema.table(column.table).columns[column.name]
        return tuple(row[place] for row in self._table(start, column).rows)

    def _table(self, start: Start, column: Column) -> Table:
        """Return the table of a column as it was drawn, before the setup of the task."""
        return start.drawn[self._machine.schema.table(column.table).index]

    def _with_cells(self, start: Start, column: Column, cells: Mapping[str, Value]) -> Start | None:
        """Return the start with other values in a column, None where no instance of this goal has them."""
        place = self._machine.schema.table(column.table).columns[column.name]
        changed = {row[0]: row[place] for row in self._table(start, column).rows}
        changed.update(cells)
        rows = tuple((*row[:place], changed[row[0]], *row[place + 1 :]) for row in self._table(start, column).rows)
        try:
            tables = with_rows(start.drawn, self._machine.schema.table(column.table).index, rows)
            tables = self._asking.computed(tables, column, cells.keys())
            parameters = self._asking.parameters(start, tables, column)
            other = None if parameters is None else self._machine.begun(start, tables, parameters)
        except FormulaFaultError:
            return None
        return None if other is None or other.goal != start.goal else other


def _distinct(dealings: Iterable[_Dealing]) -> Iterator[_Dealing]:
    """Yield dealings without those that have been yielded before."""
    known = set[tuple[Column, frozenset[tuple[str, Value]]]]()
    for column, cells in dealings:
        dealt = column, frozenset(cells.items())
        if dealt not in known:
            known.add(dealt)
            yield column, cells


def _shuffled(dealings: Sequence[_Dealing], seed: int) -> Iterator[_Dealing]:
    """Yield dealings in an order of the seed."""
    if dealings:
        yield from islice(randomness.shuffled(dealings, seed, "lookalikes"), len(dealings))


def _says(said: str, text: str) -> bool:
    """Say whether a text says another one, not as a part of a word."""
    return text in said and bool(text) and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said) is not None


def _names(said: str, text: str) -> bool:
    """Say whether a text says another one that is long enough to name a row."""
    return len(text) >= LEAST and _says(said, text)


def _beside(value: Value, kind: str) -> tuple[Value, ...]:
    """Return values beside one that was written into a flow: a number more and less, or other letters."""
    match value:
        case bool():
            return ()
        case int() | Decimal():
            return (value + 1, value - 1)
        case str() if kind in ("date", "time"):
            return moments_beside(value)
        case str() if kind == "text":
            return (value.translate(_NEXT),)
        case _:
            return ()
