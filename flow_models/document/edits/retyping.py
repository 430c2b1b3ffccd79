"""Another type for a column, variable or parameter, and what then fits no longer: where its values come from.

Which sources and generators a type can have is said here once; the editor offers these, and the first is the guess.
"""

from flow_models.document.base import ValueType
from flow_models.document.data import (
    ChoiceGenerator,
    Column,
    FormulaGenerator,
    Generate,
    Generator,
    PatternGenerator,
    PoolGenerator,
    RangeGenerator,
    RowGenerator,
    Table,
    Variable,
)
from flow_models.document.edits.guesses import typed_as
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import (
    ChoiceSource,
    FormulaSource,
    Parameter,
    PoolSource,
    RangeSource,
    RowSource,
    Source,
)

RANGED = frozenset({"integer", "decimal", "money", "date", "time"})
"""Types whose values can be drawn from a range."""

ROWS = Generate(minimum=3, maximum=6)
"""How many rows are drawn at first."""


def retyped(flow: Flow, element: Element, kind: str) -> Flow:
    """Return the flow with a column, variable or parameter of another type, with what its values come from.

    Raises:
        UnknownElementError: The flow has no such element.
        EditError: There is no such type.
    """
    part = part_of(flow, element)
    if not isinstance(part, Column | Variable | Parameter):
        return with_value(flow, element._replace(field="type.kind"), kind)
    made = with_value(flow, element._replace(field="type"), typed_as(flow, part, kind))
    changed = part_of(made, element)
    match changed:
        case Parameter() if changed.source.kind not in source_kinds(changed.type) or _is_blank(changed.source):
            return with_value(made, element._replace(field="source"), source_of(changed.type))
        case Column():
            return made.rebuilt(tables=tuple(_regenerated(table, changed) for table in made.tables))
        case _:
            return made


def source_kinds(kind: ValueType) -> tuple[str, ...]:
    """Return what values of a parameter of a type can come from, the likeliest first."""
    listed = ("row",) if kind.kind == "row" else ("choice",)
    ranged = ("range",) if kind.kind in RANGED else ()
    pool = ("pool",) if kind.kind == "text" else ()
    return (*listed, *ranged, *pool, "formula")


def source_of(kind: ValueType, wanted: str = "", pool: str = "") -> Source:
    """Return a new source of a parameter's values; the likeliest unless another kind is wanted."""
    match wanted or source_kinds(kind)[0]:
        case "row":
            return RowSource()
        case "range":
            return RangeSource()
        case "pool":
            return PoolSource(pool=pool)
        case "formula":
            return FormulaSource()
        case _:
            return ChoiceSource(values=_listed(kind))


def generator_kinds(kind: ValueType) -> tuple[str, ...]:
    """Return how values of a column of a type can be drawn."""
    text = ("pool", "pattern") if kind.kind == "text" else ()
    ranged = ("range",) if kind.kind in RANGED else ()
    listed = ("row",) if kind.kind == "row" else ("choice",)
    return (*text, *ranged, *listed, "formula")


def generator_of(kind: ValueType, wanted: str, pool: str = "") -> Generator:
    """Return a new generator of a column's values."""
    match wanted:
        case "row":
            return RowGenerator()
        case "range":
            is_number = kind.kind not in ("date", "time")
            return RangeGenerator(minimum="1", maximum="100") if is_number else RangeGenerator()
        case "pool":
            return PoolGenerator(pool=pool)
        case "pattern":
            return PatternGenerator(pattern="####")
        case "formula":
            return FormulaGenerator()
        case _:
            return ChoiceGenerator(values=_listed(kind))


def generated(table: Table) -> Generate:
    """Return how rows of a table are drawn at first: columns of which the type says how are drawn, others blank."""
    return ROWS.rebuilt(columns={column.id: made for column in table.columns if (made := _first(column.type))})


def _first(kind: ValueType) -> Generator | None:
    """Return the generator that a type alone gives; `None` where the person has to say more."""
    if kind.kind == "row":
        return RowGenerator()
    if kind.kind in ("integer", "decimal", "money"):
        return generator_of(kind, "range")
    return ChoiceGenerator(values=_listed(kind)) if _listed(kind) else None


def _regenerated(table: Table, column: Column) -> Table:
    """Return a table whose drawn values of a column fit its type; other tables are as they were."""
    generate = table.generate
    if generate is None or column not in table.columns or column.id not in generate.columns:
        return table
    if generate.columns[column.id].kind in generator_kinds(column.type):
        return table
    rest = {key: one for key, one in generate.columns.items() if key != column.id}
    made = _first(column.type)
    return table.rebuilt(generate=generate.rebuilt(columns=rest if made is None else {**rest, column.id: made}))


def _listed(kind: ValueType) -> tuple[bool | str, ...]:
    """Return all values of a type that has few."""
    return (True, False) if kind.kind == "boolean" else tuple(kind.choices) if kind.kind == "choice" else ()


def _is_blank(source: Source) -> bool:
    return isinstance(source, ChoiceSource) and not source.values
