"""What an agent can say in the symbolic interface: values for fields, and answers, chosen by number.

An instance has one list of values: those that its goal names, and distractors from the site's own data. Its order is
shuffled per instance, and nothing in it comes from guards or success rules. A question task also has a list of
plausible answers, shuffled too: the right one stands among what the same question has as answers elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from ...machine.base.formats import formatter
from ...machine.base.randomness import shuffled
from ...machine.base.schema import TableSchema
from ...machine.base.values import Value, to_json
from ...machine.episodes.machine import Machine
from ...machine.pages.state import Start
from ...machine.pages.uses import is_sendable

T = TypeVar("T")

VALUES: Final = 40
"""Values to choose from; unused places are masked."""

GOALS: Final = 12
"""At most so many of them are named by the goal."""

ANSWERS: Final = 24
"""Answers to choose from in a question task."""

ANSWERS_LEAST: Final = 20
"""Answers below which values of the data with the answer's type stand beside them."""

_TYPED: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text",),
    "integer": ("integer", "decimal"),
    "money": ("money",),
    "date": ("date",),
    "time": ("time",),
    "row": (),
}
"""The types of value that can be typed into a field, by the type of the value that it holds; a field that suggests rows
is given one of those."""

_SLID: Final = ("integer",)
"""Those to which a slider can be put."""

FOLLOWED: Final = 2
"""How far values are followed from a row to the rows that it names: a booking, its flight, the flight's airport."""

LONGEST: Final = 40
"""Longer texts of the data are no distractors."""


KINDS: Final = ("text", "choice", "integer", "decimal", "money", "date", "time", "boolean")
"""The types of values."""


class Term(NamedTuple):
    """A value as it is typed into a field and as pages show it, and its type."""

    typed: str
    shown: str
    kind: str


class Vocabulary:
    """The values and answers of one instance.

    Args:
        machine: The machine of the program.
        start: The instance.
        answers: Plausible answers to the task's question, empty if it asks none.

    Attributes:
        typed, shown, kinds: How each of at most `VALUES` values is typed and shown, and its type, in the instance's own
            order. They stand apart because Python's collector would walk 40 terms of every instance time and again.
        goals: Positions among them of what the goal names, in the order of the task's parameters; at most `GOALS`.
        named: The terms at these positions.
        spoken: What a field's slot says of each value: which of `named` it is, as bits, and its number from 1.
        is_sendable: Whether a browser could send all of them.
        answers: At most `ANSWERS` texts, in the instance's own order.
        may_report: Whether the task may have impossible instances, so that there is something to report. That this
            instance is one, nothing says.
        has_lines: Whether one of the values or answers has several lines, so that it may stand in several texts.
    """

    def __init__(self, machine: Machine, start: Start, answers: tuple[str, ...]) -> None:
        named = tuple(dict.fromkeys(_named(machine, start)))[:GOALS]
        values = _mixed(_with_others(named, _data(machine, start)), start, "symbolic values")
        self.typed: tuple[str, ...] = tuple([term.typed for term in values])
        self.shown: tuple[str, ...] = tuple([term.shown for term in values])
        self.kinds: tuple[str, ...] = tuple([term.kind for term in values])
        self.goals: tuple[int, ...] = tuple([values.index(term) for term in named])
        self.named: tuple[Term, ...] = named
        self.spoken: Mapping[str, tuple[int, int]] = _spoken(self.typed, named)
        self.is_sendable: bool = all(map(is_sendable, self.typed))
        self.answers: tuple[str, ...] = _answers(machine, start, answers)
        self.may_report: bool = machine.program.tasks[start.task].may_be_infeasible
        self._marks = tuple([(1 << bit, term.shown) for bit, term in enumerate(named)])
        # By the bit of each, of those that no text shows by being there; see `shown_in`.
        shown = [*enumerate(self.shown), *enumerate(self.answers, VALUES)]
        self._sought = tuple([(1 << bit, text) for bit, text in shown if text])
        self._empty = sum(1 << bit for bit, text in shown if not text)
        self.has_lines: bool = any("\n" in text for _, text in self._sought)

    def told(self, text: str) -> tuple[int, int]:
        """Return what the slot of a box says of a text, see `spoken`; one more than the last number for others."""
        return self.spoken.get(text) or (0, VALUES + 1 if text else 0)

    def named_in(self, text: str) -> int:
        """Return which of `named` a text says, as bits, the first one lowest."""
        found = 0
        for bit, shown in self._marks:
            if shown in text:
                found |= bit
        return found

    def shown_in(self, text: str) -> int:
        """Return which values a text shows, as bits, the first one lowest, and from bit `VALUES` on which answers."""
        found = self._empty
        for bit, sought in self._sought if text else ():
            if sought in text:
                found |= bit
        return found


def plausible_answers(machine: Machine, starts: tuple[Start, ...]) -> tuple[str, ...]:
    """Return the distinct answers that a question has in some instances, in their order; empty for other tasks."""
    found = (machine.expected_answer(start, start.state) for start in starts)
    return tuple(dict.fromkeys(answer for answer in found if answer))


def _answers(machine: Machine, start: Start, pool: tuple[str, ...]) -> tuple[str, ...]:
    """Return the right answer among others, in an order that belongs to the instance."""
    right = machine.expected_answer(start, start.state)
    plausible = pool if len(pool) >= ANSWERS_LEAST else tuple(dict.fromkeys((*pool, *_like_answers(machine, start))))
    others = [answer for answer in plausible if answer != right]
    # An instance without an answer offers as many as the others, so that their number tells nothing.
    chosen = [right] if right else []
    chosen += _mixed(others, start, "symbolic distractors")[: ANSWERS - len(chosen)]
    return _mixed(chosen, start, "symbolic answers")


def _with_others(named: tuple[Term, ...], data: Iterator[Term]) -> tuple[Term, ...]:
    """Return what a goal names and other values of the data, no more of them than there is room for."""
    known, found = {term.typed for term in named}, dict.fromkeys(named)
    for term in data:
        if len(found) == VALUES:
            break
        if term.typed not in known:
            found[term] = None
    return tuple(found)


def _spoken(typed: tuple[str, ...], named: tuple[Term, ...]) -> dict[str, tuple[int, int]]:
    """Return what a field's slot says of each text that is one of the values; of equal ones the first counts."""
    bits: dict[str, int] = {}
    for bit, term in enumerate(named):
        bits[term.typed] = bits.get(term.typed, 0) | 1 << bit
    return {text: (bits.get(text, 0), number) for number, text in reversed([*enumerate(typed, 1)]) if text}


def _mixed(items: Sequence[T], start: Start, purpose: str) -> tuple[T, ...]:
    """Return things in an order that belongs to the instance."""
    return tuple(islice(shuffled(items, start.seed, purpose), len(items))) if items else ()


def _like_answers(machine: Machine, start: Start) -> Iterator[str]:
    """Yield values of the data as it began that have the type of the answer, as pages show them."""
    kind = machine.rules(start.task).answer_type
    for schema in machine.schema.table_list if kind else ():
        for place, column in enumerate(schema.types, 1):
            if column.kind == kind:
                yield from (term.shown for term in _terms(machine, _column(start, schema, place), kind))


def _named(machine: Machine, start: Start) -> Iterator[Term]:
    """Yield the values of parameters that stand in the goal's text; of a row, those of its columns that do."""
    for parameter in machine.program.tasks[start.task].parameters:
        name, kind = parameter.name, parameter.type
        value = start.parameters[name]
        if not kind.startswith("row:"):
            yield _term(machine, value, kind)
            continue
        yield from _told(machine, start, kind[4:], value)


def _told(machine: Machine, start: Start, table: str, key: Value, depth: int = FOLLOWED) -> Iterator[Term]:
    """Yield the values of a row that stand in the goal's text, then those of the rows that it names."""
    schema = machine.schema.table(table)
    row = start.before[schema.index].get(key)
    cells = [] if row is None else list(zip(row[1:], schema.types, strict=True))
    for value, column in cells:
        term = None if column.kind.startswith("row:") else _term(machine, value, column.kind)
        if term is not None and term.shown and term.shown in start.goal:
            yield term
    for value, column in cells if depth else ():
        if column.kind.startswith("row:"):
            yield from _told(machine, start, column.kind[4:], value, depth - 1)


def _data(machine: Machine, start: Start) -> Iterator[Term]:
    """Yield values of the data as it began: columns with few different ones first, numbers and dates before texts.

    Only types that some field of the site takes are of any use.
    """
    typed = _typed_kinds(machine)
    columns: list[tuple[bool, int, str, list[Value]]] = []
    for schema in machine.schema.table_list:
        for place, column in enumerate(schema.types, 1):
            if column.kind not in typed:
                continue
            values = _column(start, schema, place)
            if values:
                columns.append((column.kind == "text", len(values), column.kind, values))
    for _, _, kind, values in sorted(columns, key=lambda entry: entry[:2]):
        yield from _terms(machine, values, kind)


def _typed_kinds(machine: Machine) -> frozenset[str]:
    """Return the types of value that can be typed into some field of the program."""
    filled = (traits for traits in machine.plan.traits if "fill" in traits.events)
    return frozenset(kind for traits in filled for kind in (_SLID if traits.fill == "slid" else _TYPED[traits.value]))


def _column(start: Start, schema: TableSchema, place: int) -> list[Value]:
    """Return the different values of one column, in the order of the rows, without long texts."""
    values = dict.fromkeys([row[place] for row in start.before[schema.index].rows])
    values.pop(None, None)
    return [value for value in values if not isinstance(value, str) or len(value) <= LONGEST]


def _terms(machine: Machine, values: Iterable[Value], kind: str) -> Iterator[Term]:
    """Yield the values of one column."""
    return (_term(machine, value, kind) for value in values)


def _term(machine: Machine, value: Value, kind: str) -> Term:
    """Return a value as it is typed and shown."""
    shown = formatter(kind, machine.schema.currency, machine.schema.locale)(value)
    return Term("" if value is None else str(to_json(value)), shown, kind)
