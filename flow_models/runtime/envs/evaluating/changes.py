"""What changed in a site's durable data between two states: a line for each row, `+` new, `-` gone, `~` changed."""

from collections.abc import Iterator

from ...machine.base.formats import formatter
from ...machine.base.nodes import table_of
from ...machine.base.schema import TableSchema
from ...machine.base.tables import Row
from ...machine.episodes.machine import Machine
from ...machine.pages.state import State


def changes(machine: Machine, before: State, after: State) -> list[str]:
    """Return what changed, table by table; nothing of tables that only pass."""
    return [
        line
        for schema in machine.schema.table_list
        if schema.durable and before.tables[schema.index] is not after.tables[schema.index]
        for line in _of_table(machine, schema, before, after)
    ]


def _of_table(machine: Machine, schema: TableSchema, before: State, after: State) -> Iterator[str]:
    """Yield what changed in one table."""
    title = machine.program.tables[schema.name].title or schema.name
    old = {row[0]: row for row in before.tables[schema.index].rows}
    new = {row[0]: row for row in after.tables[schema.index].rows}
    for key, row in old.items():
        if key not in new:
            yield f"- {title}: {_said(machine, schema, row, before)}"
        elif new[key] != row:
            name = _name(machine, schema, row, before)
            yield f"~ {title}, {name}: {_differing(machine, schema, (row, before), (new[key], after))}"
    yield from (f"+ {title}: {_said(machine, schema, row, after)}" for key, row in new.items() if key not in old)


def _said(machine: Machine, schema: TableSchema, row: Row, state: State) -> str:
    """Return all that a row says, with the titles of its columns."""
    texts = ((_title(machine, schema, place), _text(machine, schema, row, place, state)) for place in _places(schema))
    return ", ".join(f"{title} {text}" for title, text in texts if text)


def _differing(machine: Machine, schema: TableSchema, before: tuple[Row, State], after: tuple[Row, State]) -> str:
    """Return the values of a row that differ, before and after."""
    told = []
    for place in _places(schema):
        if before[0][place] != after[0][place]:
            old, new = (_text(machine, schema, row, place, state) or "nothing" for row, state in (before, after))
            told.append(f"{_title(machine, schema, place)} {old} → {new}")
    return ", ".join(told)


def _places(schema: TableSchema) -> range:
    """Return where the values of a row stand."""
    return range(1, schema.width)


def _title(machine: Machine, schema: TableSchema, place: int) -> str:
    """Return what a column is called."""
    column = machine.program.tables[schema.name].columns[place - 1]
    return column.title or column.name


def _text(machine: Machine, schema: TableSchema, row: Row, place: int, state: State) -> str:
    """Return a value as pages show it; of a row that it points to, its first text."""
    kind = schema.types[place - 1].kind
    value = row[place]
    pointed = table_of(kind)
    if pointed is not None and value is not None:
        other = machine.schema.tables[pointed]
        found = state.tables[other.index].get(value)
        return str(value) if found is None else _name(machine, other, found, state)
    return formatter(kind, machine.schema.currency, machine.schema.locale)(value)


def _name(machine: Machine, schema: TableSchema, row: Row, state: State) -> str:
    """Return what a row is called: its first text with a letter that points nowhere, else its first, else its key."""
    kinds = ((place, schema.types[place - 1].kind) for place in _places(schema))
    texts = [_text(machine, schema, row, place, state) for place, kind in kinds if kind == "text"]
    worded = (text for text in texts if any(map(str.isalpha, text)))
    return next(worded, "") or next(filter(None, texts), str(row[0]))
