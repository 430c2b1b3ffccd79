"""Which texts are tried in a field: wanted values, parameters, what rows and formulas compare it with.

The values in comparisons come with their neighbours, so that both sides of every threshold are tried; a text that
means nothing special stands for all the others. What a kind of field takes is in `field_texts`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.nodes import table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import TICKED, AnyField, raw_text

from .comparisons import Comparisons, Partners
from .demands import Demand, Demands
from .field_texts import (
    bounds_of,
    cost_of,
    fitting,
    is_labelled,
    is_offering,
    neighbours,
    samples,
    types_taken,
    whole_range,
)
from .readings import Readings
from .wishes import Wish

VALUES: Final = 60
"""Texts tried in one field into which one types; the likeliest are kept. No example comes near it: it bounds the worst
case, two fields that are compared with a column of hundreds of amounts, which else make ten thousands of moves. Of
options all are tried: there is no telling which one matters."""

AIMED: Final = 0
NAMED: Final = 1
COMPARED: Final = 2
BESIDE: Final = 3
ANY: Final = 4
"""How unlikely a text is to be of use: it is what the task wants in this very field, a value that the task names, one
with which the field is compared, one beside such a value, or one that stands for all others. Moves of equal length are
played in this order, so that the right filling mostly comes first: without it a search tries three times as many."""

AS_IT_IS: Final = 2
"""The same for what stands in a field already: it may be meant, as what a field is compared with may."""

Aims = Mapping[str, Mapping[int, Mapping[str, Value]]]
"""The values that fields shall have according to the task: by page, then by the bit of their need, then by name."""


Asked = Sequence[tuple[int, Value]]
"""Values that a program demands of a field, as (rank, value)."""


class Choice(NamedTuple):
    """A text for a field: what it costs to have it there, and how unlikely it is to be of use."""

    cost: int
    rank: int
    text: str


class Candidates:
    """The texts to try in the fields of one instance.

    Args:
        machine: The machine that plays.
        start: The instance.
        aims: The values that fields shall have according to the task.
        wanted: All values that the task wants, as (value, type).
        comparisons: What the program compares.
        demands: What else it demands of fields.
        wishes: The expected changes in this instance.

    Attributes:
        doubts: Fields, by (page, name), of which not all values that could matter were given.
    """

    def __init__(
        self,
        machine: Machine,
        start: Start,
        aims: Aims,
        wanted: Sequence[tuple[Value, str]],
        comparisons: Comparisons,
        demands: Demands,
        wishes: Sequence[Wish] = (),
    ) -> None:
        self._machine = machine
        self._start = start
        self._aims = {
            (page, name): tuple(dict.fromkeys(each[name] for each in groups.values() if each.get(name) is not None))
            for page, groups in aims.items()
            for name in dict.fromkeys(name for each in groups.values() for name in each)
        }
        self._comparisons = comparisons
        self._placed = frozenset(value for values in self._aims.values() for value in values)
        self._demands = demands
        self._wishes = wishes
        self._readings = Readings(machine, start)
        self.doubts: set[tuple[str, str]] = set()
        self._partly: set[tuple[str, str]] = set()
        self._wanted = list(dict.fromkeys((*wanted, *_parameter_values(machine, start))))
        self._wanted_texts = frozenset(raw_text(value) for value, _ in self._wanted)
        self._valid: dict[tuple[str, str], bool] = {}
        self._texts: dict[object, tuple[tuple[int, str], ...]] = {}

    def choices(
        self, page: str, field: AnyField, text: str, state: State, context: Context, *, is_checked: bool
    ) -> list[Choice]:
        """Return what may be in a field, likeliest first: as it is, or another text for one step.

        Args:
            page: The page on which the field stands.
            field: The field.
            text: What is in it now.
            state: The present state, whose rows are offered.
            context: What the field's options and bounds see.
            is_checked: Whether the form refuses texts that are not valid.
        """
        whole = whole_range(field, context) if is_checked and self._is_open(page, field) else ()
        asked = _distinct(field, text, self._of(page, field, state, context), whole)
        found = [choice for choice in asked if not is_checked or self._is_valid(field, choice.text, context)]
        if not found:
            # Nothing that matters is valid here, yet the form must be sent: any valid text will do.
            found = _any_valid(field, context)
        found.sort(key=lambda choice: (choice.cost, choice.rank))
        if is_offering(field):
            return found
        self._note_left_out(page, field, is_whole=bool(whole), is_cut=len(found) > VALUES)
        return found[:VALUES]

    def _note_left_out(self, page: str, field: AnyField, *, is_whole: bool, is_cut: bool) -> None:
        """Note that not all texts of a field are tried, and whether one of those left out could matter."""
        if not is_whole:
            self._partly.add((page, field.name))
        if is_cut or (not is_whole and self._demands.is_open(page, field.name)):
            self.doubts.add((page, field.name))

    def doubt_written(self, page: str, field: AnyField) -> None:
        """Hear that something was given in a field and done with it, and that there is a way on from there."""
        if (page, field.name) in self._partly and self._demands.is_open_later(page, field.name):
            self.doubts.add((page, field.name))

    def _is_open(self, page: str, field: AnyField) -> bool:
        """Say whether only all values of a field stand for all."""
        if is_offering(field) or field.block.traits.fill == "ticked":
            return False
        return self._demands.is_open(page, field.name) or self._demands.is_open_later(page, field.name)

    def _is_valid(self, field: AnyField, text: str, context: Context) -> bool:
        """Say whether a form takes a text; where that follows from the text alone it is kept for the instance."""
        if field.block.traits.value != "text" or field.block.traits.fill != "typed":
            return not field.complaint(text, context)
        known = self._valid.get((field.id, text))
        if known is None:
            known = self._valid[field.id, text] = not field.complaint(text, context)
        return known

    def _of(self, page: str, field: AnyField, state: State, context: Context) -> Iterable[tuple[int, str]]:
        """Return (rank, text) for a field, whatever is in it now.

        Texts to type are kept by the rows of the tables with which the field is compared: most of what they follow
        from besides stays the same in an instance. Bounds that do not are still checked where a form checks its fields.
        """
        aims = self._aims.get((page, field.name), ())
        if field.block.traits.fill == "ticked":
            return ((NAMED, TICKED), (NAMED, ""))
        if is_offering(field):
            return self._offered(field, aims, context)
        partners = self._comparisons.partners(page, field.name)
        schema = self._machine.schema
        demands = self._demands.of(page, field.name)
        if demands:
            asked = self._asked(page, field, demands, context)
            return tuple(self._typed(field, aims, partners, state, context, asked))
        tables = tuple(state.tables[schema.tables[table].index] for table, _ in partners.columns)
        known = self._texts.get((page, field.name, tables))
        if known is None:
            known = tuple(self._typed(field, aims, partners, state, context, ()))
            self._texts[page, field.name, tables] = known
        return known

    def _asked(
        self, page: str, field: AnyField, demands: Sequence[Demand], context: Context
    ) -> list[tuple[int, Value]]:
        """Return (rank, value) of what a program demands of a field; blank fields beside it count as with a sample.

        So of two fields that are compared with each other the one is tried around what the other would be given.
        """
        texts = context.texts
        known = self._machine.plan.page(page)
        others = () if known is None else known.fields
        context.texts = tuple(
            text or ("" if other is field else self._stand_in(page, other, context))
            for other, text in zip(others, texts, strict=True)
        )
        found = [
            (AIMED if one.change >= 0 else COMPARED, value)
            for one in demands
            for value in self._readings.meeting(one, self._rows_of(one.change), context)
        ]
        context.texts = texts
        return found

    def _stand_in(self, page: str, field: AnyField, context: Context) -> str:
        """Return what a blank field would be given if anything."""
        aims = self._aims.get((page, field.name), ())
        texts = (*(fitting(field, aim) for aim in aims), *samples(field, context))
        return next((text for text in texts if text and not field.complaint(text, context)), "")

    def _rows_of(self, change: int) -> tuple[Row, ...]:
        """Return the rows that an expected change concerns."""
        return self._wishes[change].rows if 0 <= change < len(self._wishes) else ()

    def _offered(self, field: AnyField, aims: tuple[Value, ...], context: Context) -> list[tuple[int, str]]:
        """Return (rank, text) of what a field offers; where one types, the labels stand for the rows.

        What can be chosen is what is offered now; a label or file can be given even where it would be refused, and a
        text that is no label stands for all that mean nothing.
        """
        is_typed = is_labelled(field)
        offered = field.options(context) if field.block.traits.fill == "chosen" else field.offered(context)
        found = [(self._rank(key, label, aims), label if is_typed else key) for key, label in offered]
        return [*found, (ANY, ""), (ANY, "?")] if is_typed else found

    def _rank(self, key: str, label: str, aims: tuple[Value, ...]) -> int:
        """Return how unlikely an option is to be of use."""
        if any(raw_text(aim) == key for aim in aims):
            return AIMED
        return NAMED if key in self._wanted_texts or label in self._start.goal else COMPARED

    def _typed(
        self, field: AnyField, aims: tuple[Value, ...], partners: Partners, state: State, context: Context, asked: Asked
    ) -> Iterator[tuple[int, str]]:
        """Yield (rank, text) for a field into which one types, each text once."""
        values = self._ranked(field, aims, partners, state, context, asked)
        texts = ((rank, fitting(field, value)) for rank, value in values)
        # What can be blank is tried so; a slider cannot.
        blank = () if field.held("") else ("",)
        seen: set[str] = set()
        for rank, text in chain(filter(_has_text, texts), ((ANY, text) for text in (*blank, *samples(field, context)))):
            if text not in seen:
                seen.add(text)
                yield rank, text

    def _ranked(
        self, field: AnyField, aims: tuple[Value, ...], partners: Partners, state: State, context: Context, asked: Asked
    ) -> Iterator[tuple[int, Value]]:
        """Yield (rank, value) for a field into which one types, the likeliest first."""
        types = types_taken(field)
        yield from ((AIMED, aim) for aim in aims)
        yield from asked
        named = [value for value, kind in self._wanted if kind in types]
        yield from ((NAMED, value) for value in named if value not in self._placed)
        compared = _literals(partners, types)
        compared += self._column_values(partners, types, state)
        compared += bounds_of(field, context)
        yield from ((COMPARED, value) for value in compared)
        yield from ((BESIDE, value) for value in named if value in self._placed)
        yield from _beside(field, chain(compared, (value for _, value in asked)))

    def _column_values(self, partners: Partners, types: frozenset[str], state: State) -> Iterator[Value]:
        """Yield what stands in the columns with which a field is compared."""
        schema = self._machine.schema
        for table, column in partners.columns:
            one = schema.tables[table]
            if one.type_of(column).kind in types:
                place = one.columns[column]
                yield from (row[place] for row in state.tables[one.index].rows)


def _has_text(ranked: tuple[int, str]) -> bool:
    """Say whether a value fits into its field."""
    return bool(ranked[1])


def _parameter_values(machine: Machine, start: Start) -> list[tuple[Value, str]]:
    """Return the task's parameters and the columns of its rows, as (value, type)."""
    found: list[tuple[Value, str]] = []
    rows: list[tuple[str, Value]] = []
    for parameter in machine.program.tasks[start.task].parameters if start.task else ():
        value = start.parameters.get(parameter.name)
        table = table_of(parameter.type)
        found.append((value, parameter.type))
        if table is not None:
            rows.append((table, value))
    for table, key in rows:
        schema = machine.schema.table(table)
        row = start.state.tables[schema.index].get(key)
        if row is not None:
            found += [(value, kind.kind) for value, kind in zip(row[1:], schema.types, strict=True)]
    return list(dict.fromkeys((value, kind) for value, kind in found if value is not None))


def _distinct(field: AnyField, text: str, ranked: Iterable[tuple[int, str]], whole: Iterable[str]) -> list[Choice]:
    """Return a field's own text, others by their rank, and of all that it takes those that are not among them."""
    cost = cost_of(field)
    asked = [Choice(0, AS_IT_IS, text)]
    asked += [Choice(cost, rank, other) for rank, other in ranked if other != text]
    asked += [Choice(cost, ANY, other) for other in whole if all(other != one.text for one in asked)]
    return asked


def _any_valid(field: AnyField, context: Context) -> list[Choice]:
    """Return texts that a field takes, whatever they mean."""
    return [Choice(1, BESIDE, other) for other in samples(field, context) if not field.complaint(other, context)]


def _literals(partners: Partners, types: Container[str]) -> list[Value]:
    """Return the literals of some types with which a field is compared."""
    return [value for value, kind in partners.literals if kind in types]


def _beside(field: AnyField, values: Iterable[Value]) -> Iterator[tuple[int, Value]]:
    """Yield (rank, value) for the neighbours of values."""
    return ((BESIDE, other) for value in values for other in neighbours(field, value))
