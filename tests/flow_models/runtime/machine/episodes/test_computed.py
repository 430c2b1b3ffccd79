"""What is computed for rows is the same as if it were computed for each of them."""

from decimal import Decimal
from typing import Any

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.scopes import Scopes
from flow_models.formulas import parse
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.episodes.computed import Computed
from flow_models.runtime.machine.formulas.closures import Formulas
from flow_models.runtime.machine.formulas.context import Context
from tests.flow_models.builders import flow, page, table

TOWNS = table("towns", "name:text", "far:integer", rows=(("Bath", 3), ("Hull", 5)))
TRIPS = table("trips", "town:row:towns", "days:integer", "price:money", "rate:decimal")
FLOW = flow(page("home"), TOWNS, TRIPS)
MACHINE = Machine(compile_flow(FLOW).program)
TABLES = MACHINE.visit().state.tables
COLUMNS = {"town": 1, "days": 2, "price": 3}
CELLS = (
    ("g1", "g2", "g3", "g4"),
    ("towns_1", "towns_2", "towns_1", "towns_1"),
    (1, 1, 2, 1),
    tuple(map(Decimal, ("5.00", "5.00", "7.00", "5.00"))),
    tuple(map(Decimal, ("1.50", "1.5", "2", "1.50"))),
)


def computed(source: str) -> tuple[Computed[Any], list[object]]:
    """Return a formula over a row, and the list of what it is computed of."""
    scope = Scopes(FLOW).generated(TRIPS, len(TRIPS.columns))
    parsed = parse(source, scope).tree
    assert parsed is not None
    tree = Node.read(parsed)
    closure = Formulas(MACHINE.schema).value(tree)
    rows: list[object] = []

    def compute(context: Context) -> object:
        rows.append(context.bound.get("row"))
        return closure(context)

    return Computed(compute, tree, COLUMNS), rows


def of_rows(formula: Computed[Any]) -> list[object]:
    return formula.of_rows(Context(MACHINE.schema, TABLES, ()), CELLS)


@pytest.mark.parametrize(
    ("source", "values", "first", "again"),
    [
        ("days * 2", [2, 2, 4, 2], 2, 0),
        ("days + row.town.far", [4, 6, 5, 4], 3, 3),
        ("7", [7, 7, 7, 7], 1, 0),
        ("price * days", [Decimal(5), Decimal(5), Decimal(14), Decimal(5)], 2, 0),
        # Written in several ways: 1.50 and 1.5 are equal, but are not shown alike.
        ("text(rate)", ["1.50", "1.5", "2", "1.50"], 4, 4),
        # What is looked at counts, so that nothing may be left out.
        ("count(towns, far > row.days)", [2, 2, 2, 2], 4, 4),
    ],
)
def test_a_formula_is_computed_once_for_rows_that_it_cannot_tell_apart(
    source: str, values: list[object], first: int, again: int
) -> None:
    formula, rows = computed(source)
    assert of_rows(formula) == values
    assert len(rows) == first
    assert of_rows(formula) == values
    assert len(rows) == first + again


def test_a_formula_that_reads_other_rows_follows_them() -> None:
    formula, _ = computed("row.town.far")
    assert of_rows(formula) == [3, 5, 3, 3]
    place = MACHINE.schema.tables["towns"].index
    changed = TABLES[place].with_changes({"towns_1": ("towns_1", "Bath", 9)})
    tables = (*TABLES[:place], changed, *TABLES[place + 1 :])
    assert formula.of_rows(Context(MACHINE.schema, tables, ()), CELLS) == [9, 5, 9, 9]


def test_without_rows_it_is_computed_once() -> None:
    formula, rows = computed("month_start(today())")
    context = Context(MACHINE.schema, TABLES, ())
    assert formula.once(context) == formula.once(context) == "2027-03-01"
    assert len(rows) == 1
