"""Which texts are worth typing into a field: wanted values, parameters, what rows and formulas compare it with.

The values in comparisons come with their neighbours, so that both sides of every threshold are tried; a text that
means nothing special stands for all the others.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final, NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.program import Json, table_of
from flow_models.runtime.machine.base.values import Value, from_json
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import OPTIONED, Field, raw_text

from .influence import Item, all_blocks, conduct_of, items_of

VALUES: Final = 60
"""Texts tried in one field into which one types; the likeliest are kept. Of options all are tried."""

_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_CLOCK: Final = re.compile(r"\d\d:\d\d")
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "text_field": frozenset({"text", "choice"}),
    "long_text": frozenset({"text"}),
    "number_field": _NUMBERS,
    "money_field": _NUMBERS,
    "date_field": frozenset({"date"}),
    "time_field": frozenset({"time"}),
    "slider": _NUMBERS,
}
_OFFERING: Final = OPTIONED | {"suggest_field", "file_field"}
"""Fields whose possible values are all tried."""

_MASK: Final = {"#": "0", "@": "X", "*": "0"}


Aims = Mapping[tuple[str, str], tuple[Value, int]]
"""The value that a field shall have according to the task, and its bit among the needs, by (page, name)."""


class Partners(NamedTuple):
    """What a field's value is compared with anywhere: literals, and columns of tables."""

    literals: tuple[tuple[Value, str], ...]
    columns: tuple[tuple[str, str], ...]


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
        aims: The value that a field shall have according to the task, with its bit, by (page, name).
        wanted: All values that the task wants, as (value, type).
        comparisons: What the program compares.
    """

    def __init__(
        self,
        machine: Machine,
        start: Start,
        aims: "Aims",
        wanted: Sequence[tuple[Value, str]],
        comparisons: "Comparisons",
    ) -> None:
        self._machine = machine
        self._start = start
        self._aims = aims
        self._comparisons = comparisons
        self._wanted = list(dict.fromkeys((*wanted, *_parameter_values(machine, start))))
        self._valid: dict[tuple[str, str], bool] = {}
        self._texts: dict[object, tuple[tuple[int, str], ...]] = {}

    def choices(
        self, page: str, field: Field, text: str, state: State, context: Context, *, is_checked: bool
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
        found = []
        if not is_checked or self._is_valid(field, text, context):
            found.append(Choice(0, 2, text))
        cost = 2 if field.kind == "file_field" else 1
        for rank, other in self._of(page, field, state, context):
            if other != text and (not is_checked or self._is_valid(field, other, context)):
                found.append(Choice(cost, rank, other))
        if is_checked and not found:
            found += [Choice(1, 3, other) for other in _samples(field, context) if not field.complaint(other, context)]
        found.sort(key=lambda choice: (choice.cost, choice.rank))
        return found if field.kind in _OFFERING else found[:VALUES]

    def _is_valid(self, field: Field, text: str, context: Context) -> bool:
        """Say whether a form takes a text; for texts without bounds that never changes, so it is kept."""
        if field.kind not in ("text_field", "long_text"):
            return not field.complaint(text, context)
        known = self._valid.get((field.id, text))
        if known is None:
            known = self._valid[field.id, text] = not field.complaint(text, context)
        return known

    def _of(self, page: str, field: Field, state: State, context: Context) -> Iterable[tuple[int, str]]:
        """Return (rank, text) for a field, whatever is in it now."""
        aim = self._aims.get((page, field.name), (None, 0))[0]
        if field.kind == "checkbox":
            return ((1, "true"), (1, ""))
        if field.kind in _OFFERING:
            return self._offered(field, aim, context)
        partners = self._comparisons.partners(page, field.name)
        schema = self._machine.schema
        tables = tuple(state.tables[schema.tables[table].index] for table, _ in partners.columns)
        known = self._texts.get((page, field.name, tables))
        if known is None:
            known = tuple(self._typed(field, aim, partners, state, context))
            self._texts[page, field.name, tables] = known
        return known

    def _offered(self, field: Field, aim: Value, context: Context) -> list[tuple[int, str]]:
        """Return (rank, text) of what a field offers; where one types, the labels stand for the rows."""
        wanted = {raw_text(value) for value, _ in self._wanted}
        goal = self._start.goal
        is_typed = field.kind == "suggest_field"
        offered = field.options(context) if field.kind in OPTIONED else field.offered(context)
        found = [
            (
                0 if aim is not None and raw_text(aim) == key else 1 if key in wanted or label in goal else 2,
                label if is_typed else key,
            )
            for key, label in offered
        ]
        return [*found, (4, ""), (4, "?")] if is_typed else found

    def _typed(
        self, field: Field, aim: Value, partners: Partners, state: State, context: Context
    ) -> Iterable[tuple[int, str]]:
        """Yield (rank, text) for a field into which one types, each text once."""
        kinds = _KINDS[field.kind]
        ranked: list[tuple[int, Value]] = [] if aim is None else [(0, aim)]
        ranked += [(1, value) for value, kind in self._wanted if kind in kinds]
        compared = [value for value, kind in partners.literals if kind in kinds]
        schema = self._machine.schema
        for table, column in partners.columns:
            place = schema.tables[table].columns[column]
            if schema.tables[table].type_of(column).kind in kinds:
                compared += [row[place] for row in state.tables[schema.tables[table].index].rows]
        for bound in (field.minimum(context), field.maximum(context)):
            if bound is not None:
                compared.append(bound)
        places = 2 if field.kind == "money_field" else int(field.block.get("places", 0))
        ranked += [(2, value) for value in compared]
        step = int(field.block["step"]) if field.kind == "slider" else 1
        ranked += [(3, other) for value in compared for other in _neighbours(value, places, step)]
        seen: set[str] = set()
        for rank, value in ranked:
            text = _fitting(raw_text(value), value, field, places)
            if text and text not in seen:
                seen.add(text)
                yield rank, text
        for text in (*(("",) if field.kind != "slider" else ()), *_samples(field, context)):
            if text not in seen:
                seen.add(text)
                yield 4, text


class Comparisons:
    """Every comparison in a program, by what it reads."""

    def __init__(self, program: Json) -> None:
        self._program = program
        self._by_item: dict[Item, list[Json]] = {}
        self._by_page: dict[str, dict[Item, list[Json]]] = {}
        everywhere: list[object] = [transition["when"] for transition in program["transitions"]]
        for page in program["pages"]:
            own: list[object] = [conduct_of(block) for block in all_blocks(program, page)]
            own += [_trees(program["transitions"][position]) for position in program["pages"][page]["transitions"]]
            self._by_page[page] = _indexed(own)
            everywhere += own
        self._by_item = _indexed(everywhere)
        self._known: dict[tuple[str, str], Partners] = {}

    def partners(self, page: str, name: str) -> Partners:
        """Return what a field is compared with, itself or through the variable or column into which it is copied."""
        known = self._known.get((page, name))
        if known is not None:
            return known
        nodes = list(self._by_page[page].get(("field", name), ()))
        for position in self._program["pages"][page]["transitions"]:
            for effect in self._program["transitions"][position]["do"]:
                for item, tree in _assigned(effect):
                    if ("field", name) in items_of(tree):
                        nodes += self._by_item.get(item, ())
        literals: dict[tuple[Value, str], None] = {}
        columns: dict[tuple[str, str], None] = {}
        for node in nodes:
            for value, kind in _literals(node):
                literals[value, kind] = None
            for item in sorted(items_of(node)):
                if item[0] == "column":
                    columns[item[1], item[2]] = None
        found = self._known[page, name] = Partners(tuple(literals), tuple(columns))
        return found


def _assigned(effect: Json) -> list[tuple[Item, object]]:
    """Return what an effect assigns, with the formula."""
    if effect["kind"] == "set":
        return [(("variable", effect["variable"]), effect["value"])]
    if effect["kind"] in ("add", "change"):
        return [(("column", effect["table"], name), tree) for name, tree in effect["values"].items()]
    return []


def _trees(transition: Json) -> list[object]:
    """Return the formulas of a transition that may compare something."""
    effects = [[effect.get("where"), effect.get("value"), effect.get("values")] for effect in transition["do"]]
    return [transition["when"], transition["record"], effects]


def _indexed(trees: object) -> dict[Item, list[Json]]:
    """Return the comparisons in formulas by each thing that they read."""
    found: dict[Item, list[Json]] = {}
    waiting: list[Any] = [trees]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if part.get("op") in ("compare", "call"):
                for item in items_of(part):
                    found.setdefault(item, []).append(part)
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return found


def _literals(tree: object) -> Iterable[tuple[Value, str]]:
    """Yield the literals in a formula with their types."""
    if isinstance(tree, Mapping):
        if tree.get("op") == "value" and tree["value"] is not None:
            yield from_json(tree["value"], tree["type"]), tree["type"]
        for part in tree.values():
            yield from _literals(part)
    elif isinstance(tree, list | tuple):
        for part in tree:
            yield from _literals(part)


def _parameter_values(machine: Machine, start: Start) -> list[tuple[Value, str]]:
    """Return the task's parameters and the columns of its rows, as (value, type)."""
    found: list[tuple[Value, str]] = []
    rows: list[tuple[str, Value]] = []
    for parameter in machine.program["tasks"][start.task]["parameters"] if start.task else ():
        value = start.parameters.get(parameter["name"])
        table = table_of(parameter["type"])
        found.append((value, parameter["type"]))
        if table is not None:
            rows.append((table, value))
    for table, key in rows:
        schema = machine.schema.table(table)
        row = start.state.tables[schema.index].get(key)
        if row is not None:
            found += [(value, kind.kind) for value, kind in zip(row[1:], schema.types, strict=True)]
    return list(dict.fromkeys((value, kind) for value, kind in found if value is not None))


def _neighbours(value: Value, places: int, step: int) -> tuple[Value, ...]:
    """Return the values just below and just above one; of integers they are a step apart.

    A price of 24.90 lies between 24 and 25 for a field of whole numbers.
    """
    if isinstance(value, bool):
        return ()
    if isinstance(value, int | Decimal):
        unit, last = Decimal(step).scaleb(-places), Decimal(1).scaleb(-places)
        below, above = Decimal(value) - unit, Decimal(value) + unit
        return (below.quantize(last, ROUND_CEILING), above.quantize(last, ROUND_FLOOR))
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        minutes = int(value[:2]) * 60 + int(value[3:])
        return tuple(f"{one // 60:02}:{one % 60:02}" for one in (minutes - 1, minutes + 1) if 0 <= one < 24 * 60)
    if isinstance(value, str):
        try:
            day = dt.date.fromisoformat(value)
            return ((day - dt.timedelta(days=1)).isoformat(), (day + dt.timedelta(days=1)).isoformat())
        except (ValueError, OverflowError):
            return ()
    return ()


def _fitting(text: str, value: Value, field: Field, places: int) -> str:
    """Return a text as the field takes it, empty for a number with too many digits after the point."""
    if isinstance(value, int | Decimal) and field.kind in ("number_field", "money_field"):
        number = Decimal(value)
        if number != number.quantize(Decimal(1).scaleb(-places)):
            return ""
        return f"{number.quantize(Decimal(1).scaleb(-places)):f}"
    return field.held(text) if field.kind == "slider" else text


def _samples(field: Field, context: Context) -> tuple[str, ...]:
    """Return texts that mean nothing special: a valid one where one can be made, and one that is not."""
    block = field.block
    match field.kind:
        case "text_field" | "long_text":
            if block.get("pattern"):
                return ("".join(_MASK.get(character, character) for character in block["pattern"]), "?")
            if block.get("purpose") == "email":
                return ("someone@example.com", "?")
            shortest = int(block.get("min_length", 0))
            return ("Something else".ljust(shortest, ".")[: block["max_length"]],)
        case "number_field" | "money_field":
            bounds = [
                raw_text(bound) for bound in (field.minimum(context), field.maximum(context)) if bound is not None
            ]
            return (*bounds, "1", "?")
        case "time_field":
            bounds = [
                raw_text(bound) for bound in (field.minimum(context), field.maximum(context)) if bound is not None
            ]
            return (*bounds, "12:00", "?")
        case "date_field":
            bounds = [
                raw_text(bound) for bound in (field.minimum(context), field.maximum(context)) if bound is not None
            ]
            return (*bounds, context.schema.moment(context.step)[0], "?")
        case _:
            return ()
