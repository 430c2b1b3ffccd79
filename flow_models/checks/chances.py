"""How likely it is that two rows of a table that are drawn have the same values in some columns.

By how many values a column's generator has: a pool's, a range's, a mask's. What is not known counts as told apart.
"""

from math import exp, inf, prod
from typing import Final

from flow_models.checks.context import Context
from flow_models.compiler.data import pool_values
from flow_models.document.data import (
    ChoiceGenerator,
    Column,
    FormulaGenerator,
    PatternGenerator,
    PoolGenerator,
    RangeGenerator,
    RowGenerator,
    Table,
)
from flow_models.document.elements import Element

_CHARACTERS: Final = {"#": 10, "@": 26, "*": 36}
"""How many characters may stand for each of a mask."""

_DEEPEST: Final = 20
"""Columns that may follow from each other; more are a mistake."""


class Chances:
    """The chances of one flow."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of_twins(self, table: Table, columns: frozenset[str]) -> float:
        """Return the chance that two rows of a table, one of them drawn, have the same values in columns, by name."""
        drawn = 0 if table.generate is None else table.generate.maximum
        pairs = drawn * (drawn - 1) / 2 + drawn * len(table.rows)
        kinds = prod(self._size(table, name) for name in columns)
        return 1 - exp(-pairs / kinds) if pairs and kinds else 0.0

    def _size(self, table: Table, name: str, depth: int = 0) -> float:
        """Return how many values a column may be given, infinite where no two rows get the same or it is not known."""
        column = next((one for one in table.columns if one.name == name), None)
        if column is None or table.generate is None or depth > _DEEPEST:
            return inf
        match table.generate.columns.get(column.id):
            case None:
                return 1
            case PoolGenerator(pool=pool, unique=unique):
                size = len(pool_values(pool) or ())
                return inf if unique and size >= table.generate.maximum else size
            case PatternGenerator(pattern=pattern, unique=unique):
                return inf if unique else prod(_CHARACTERS.get(one, 1) for one in pattern)
            case ChoiceGenerator(values=values):
                return len(set(values))
            case RangeGenerator() as drawn:
                return _steps(drawn)
            case RowGenerator():
                return self._rows(column)
            case FormulaGenerator():
                return self._followed(table, column, depth)

    def _rows(self, column: Column) -> float:
        """Return how many rows a column may name."""
        other = self._context.flow.tables_by_id.get(column.type.table or "")
        if other is None:
            return inf
        return len(other.rows) + (0 if other.generate is None else other.generate.maximum)

    def _followed(self, table: Table, column: Column, depth: int) -> float:
        """Return how many values follow from those of the columns that a formula reads, if it reads nothing else."""
        facts = self._context.facts.get(Element("table", table.id))
        place = Element("table", table.id, f"generate.columns.{column.id}.formula")
        if facts is None or place not in facts.trees:
            return inf
        used = facts.uses.get(place, frozenset())
        if not all(space == "column" for space, _, _ in used):
            return inf
        own = [name for _, name, owner in used if owner == table.name]
        return prod(self._size(table, name, depth + 1) for name in own)


def _steps(drawn: RangeGenerator) -> float:
    """Return how many values a range has, infinite where its bounds are no plain numbers."""
    try:
        least, most = float(drawn.minimum), float(drawn.maximum)
        return max(1.0, (most - least) // float(drawn.step or "1") + 1)
    except (ValueError, ZeroDivisionError):
        return inf
