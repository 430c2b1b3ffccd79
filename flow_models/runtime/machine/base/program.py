"""The shape of a program, and the schema that formulas and steps look names up in.

A program is plain JSON, written by the compiler, complete and type-checked:

    format, id, title, version, module, hash
    site        name, host, currency, locale, clock {start, tick_s}, start (page id), not_found (page id or null), brand
    tables      NAME -> title, durable, columns [{name, title, type, places, choices, derived}],
                rows [{key, values {column: literal}}],
                generate (null or {minimum, maximum, columns {column: generator}})
    variables   NAME -> type, places, initial
    sections    ID -> title, header, footer (blocks)
    pages       ID -> title, path (parts), kind, record (table or null), open_by_url (tree or bool), section (id or
                null), blocks, transitions (positions in `transitions`: the page's own first, then the section's)
    transitions [{id, on, when, do, to, record, notice}]
    tasks       NAME -> title, wordings, parameters, require, start, start_record, setup, success, answer,
                may_be_infeasible, failures, milestones, max_steps, step_cost, weight, version
    variation   axes AXIS -> ASPECT -> train, held_out (values, see `variation`); words TEXT -> ways, held_out;
                looks NAME -> title, properties, classes; interruptions NAME -> title, text, is_modal,
                buttons [{part, text}]; conduct NAME -> title, text, buttons; data {is_on}

A formula is its tree or null, a template the list of its parts (texts and trees). Blocks, triggers, effects,
generators and sources carry the fields of the document's models, pools as their `values` and those `held_out` for
tests; tables, columns and variables are named, not given by id. Only this module and the ones that build closures know
these keys.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from .errors import FormulaFaultError, ProgramError
from .values import Value, assigned, from_json

Json = Mapping[str, Any]
"""A part of a program. Its values are what the compiler wrote; they are checked there, so `Any` is honest here."""

Node = Mapping[str, Any]
"""A formula as a typed tree: `op`, `type`, and what the operation needs."""

Parts = Sequence[str | Node]
"""A template: texts and trees in turn."""

FORMAT: Final = 1


class ColumnType(NamedTuple):
    """The type of a column, variable or parameter; `places` matters for decimals only."""

    kind: str
    places: int


class TableSchema:
    """Where a table and its columns stand.

    Attributes:
        index: The table's position in `State.tables`.
        columns: The place of each column in a row, from 1 on (0 is the key).
        types: The type of each column, in the same order.
        derived: Places of columns that are consequences of other data.
    """

    def __init__(self, name: str, index: int, table: Json) -> None:
        self.name = name
        self.index = index
        self.durable: bool = table["durable"]
        self.names: tuple[str, ...] = tuple(column["name"] for column in table["columns"])
        self.columns = {column: place for place, column in enumerate(self.names, 1)}
        self.types = tuple(ColumnType(column["type"], column.get("places", 2)) for column in table["columns"])
        self.derived = frozenset(
            place for place, column in enumerate(table["columns"], 1) if column.get("derived", False)
        )
        self.width = len(self.names) + 1

    def type_of(self, column: str) -> ColumnType:
        """Return the type of a column."""
        return self.types[self.columns[column] - 1]


class Schema:
    """Names of a program and where their values stand in a state.

    Raises:
        ProgramError: The program has another format.
    """

    def __init__(self, program: Json) -> None:
        if program.get("format") != FORMAT:
            raise ProgramError(f"this machine runs programs of format {FORMAT}, not {program.get('format')!r}")
        self.tables = {
            name: TableSchema(name, index, table) for index, (name, table) in enumerate(program["tables"].items())
        }
        self.table_list = tuple(self.tables.values())
        self.variables = {name: index for index, name in enumerate(program["variables"])}
        self.variable_types = tuple(
            ColumnType(variable["type"], variable.get("places", 2)) for variable in program["variables"].values()
        )
        self.initial: tuple[Value, ...] = tuple(
            assigned(from_json(variable.get("initial"), variable["type"]), kind.kind, kind.places)
            for variable, kind in zip(program["variables"].values(), self.variable_types, strict=True)
        )
        site = program["site"]
        self.currency: str = site["currency"]
        self.locale: str = site["locale"]
        self._began = dt.datetime.fromisoformat(site["clock"]["start"])
        self._tick = dt.timedelta(seconds=site["clock"]["tick_s"])
        self._moments: dict[int, tuple[str, str]] = {}

    def table(self, name: str) -> TableSchema:
        """Return a table by name.

        Raises:
            ProgramError: The program has no such table.
        """
        try:
            return self.tables[name]
        except KeyError:
            raise ProgramError(f"the program has no table {name!r}") from None

    def moment(self, step: int) -> tuple[str, str]:
        """Return the site's date and time after so many steps.

        Raises:
            FormulaFaultError: The calendar ends before that.
        """
        found = self._moments.get(step)
        if found is None:
            try:
                now = self._began + step * self._tick
            except OverflowError:
                raise FormulaFaultError("a date is out of range") from None
            found = (now.date().isoformat(), now.strftime("%H:%M"))
            self._moments[step] = found
        return found


def inside(block: Json) -> list[Json]:
    """Return the blocks that stand directly inside one; links and buttons of lists and menus aside."""
    match block["kind"]:
        case "form" | "group" | "fold_out":
            return list(block["blocks"])
        case "columns":
            return [inner for column in block["columns"] for inner in column]
        case "tabs":
            return [inner for tab in block["tabs"] for inner in tab["blocks"]]
        case _:
            return []


def controls(block: Json) -> list[Json]:
    """Return the links and buttons that belong to a list, navigation or menu; those of a list stand in each row."""
    match block["kind"]:
        case "list":
            links = [column["link"] for column in block["columns"] if column.get("link") is not None]
            return [*links, *block["row_controls"]]
        case "navigation":
            return list(block["links"])
        case "menu":
            return list(block["items"])
        case _:
            return []


def walk(blocks: Iterable[Json]) -> list[Json]:
    """Return blocks and everything inside them in document order, links and buttons of lists and menus included."""
    return [one for block in blocks for one in (block, *controls(block), *walk(inside(block)))]


def table_of(kind: str) -> str | None:
    """Return the table of a `row:TABLE` type, or None for other types."""
    return kind[4:] if kind.startswith("row:") else None


def table_node(table: str, *, before: bool = False) -> Node:
    """Return the node that means all rows of a table."""
    return {"op": "table", "name": table, "before": before, "type": f"rows:{table}"}
