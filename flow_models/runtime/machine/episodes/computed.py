"""What formulas compute for the rows of a table that is being made, once for all rows that are alike to them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from ..base.nodes import Aggregate, BoundRow, ChangedRows, ColumnValue, SortedRows, TableRows, nodes_in
from ..formulas.context import Context
from ..formulas.reads import reads_of

T = TypeVar("T")

Cells = Sequence[Sequence[Any]]
"""Rows while they are made, column by column; the first column holds the keys."""

KEPT_LIMIT: Final = 16_384
"""Results kept from one table to the next, all forgotten when there are more. The times at which an airline's flights
leave and the minutes that they take make ten thousand pairs."""

_CLOCK: Final = frozenset({"date", "time", "step"})
"""Parts of the clock, which stands still until the first step; variables have their initial values as long."""

_OVER_ROWS: Final = (Aggregate, ChangedRows, SortedRows, TableRows)
"""Operations that count the rows at which they look, so that none may be left out."""


class Computed(Generic[T]):
    """Something that formulas compute: once, or for each row of a table.

    Rows that are equal in the columns that are read have the same result, so a column costs what its different rows
    cost. Results that follow from nothing else are kept from one table to the next.
    """

    def __init__(self, compute: Callable[[Context], T], trees: object, columns: Mapping[str, int]) -> None:
        """Make ready.

        Args:
            compute: What computes the result; for rows, `row` is bound to the row as far as it is made.
            trees: The formulas that it evaluates.
            columns: The places of the columns in which equal values are the same in every respect.
        """
        self._compute = compute
        places = _places_read(trees, columns)
        self._places = None if places is None else sorted(places)
        is_alone = places is not None and not _follows_rows(trees) and not reads_of(trees).flags - _CLOCK
        self._kept: dict[object, T] | None = {} if is_alone else None

    def once(self, context: Context) -> T:
        """Return the result where there are no rows."""
        if self._kept is None:
            return self._compute(context)
        if () not in self._kept:
            self._kept[()] = self._compute(context)
        return self._kept[()]

    def of_rows(self, context: Context, cells: Cells) -> list[T]:
        """Return the result for each row."""
        keys = self._keys(cells)
        kept: dict[object, T] = {} if self._kept is None else self._kept
        try:
            return [kept[key] for key in keys]
        except KeyError:
            self._compute_missing(context, cells, keys, kept)
        return [kept[key] for key in keys]

    def _compute_missing(self, context: Context, cells: Cells, keys: Sequence[object], kept: dict[object, T]) -> None:
        """Compute the results that are not kept yet, each for the first row that has it."""
        if len(kept) > KEPT_LIMIT:
            kept.clear()
        for place, key in enumerate(keys):
            if key not in kept:
                context.bound["row"] = tuple([column[place] for column in cells])
                kept[key] = self._compute(context)
        context.bound.pop("row", None)

    def _keys(self, cells: Cells) -> Sequence[object]:
        """Return for each row what it has in common with those that have the same result."""
        if self._places is None:
            return cells[0]
        columns = [cells[place] for place in self._places]
        if len(columns) == 1:
            return columns[0]
        return list(zip(*columns, strict=True)) if columns else [()] * len(cells[0])


def _places_read(trees: object, columns: Mapping[str, int]) -> set[int] | None:
    """Return the places of the columns of `row` that formulas read, or None if they may depend on more of it."""
    found: set[int] = set()
    read_as_columns = 0
    for node in nodes_in(trees):
        match node:
            case ColumnValue(of=BoundRow(), name=name):
                if name not in columns:
                    return None
                read_as_columns += 1
                found.add(columns[name])
            case BoundRow():
                # Each stands either inside a column of its own, counted above, or for the row as a whole.
                read_as_columns -= 1
            case _ if isinstance(node, _OVER_ROWS):
                return None
    return found if read_as_columns == 0 else None


def _follows_rows(trees: object) -> bool:
    """Say whether formulas read columns of other rows than `row`."""
    return any(isinstance(node, ColumnValue) and not isinstance(node.of, BoundRow) for node in nodes_in(trees))
