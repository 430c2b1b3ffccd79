"""What the further condition of a task lacks, in rows: those that fail where all must do, and those that are too few.

"Every member of the team has an invitation" is far from true while six members have none, and each way to invite one
makes one row less that fails. So a search is led to such a goal as to expected changes, row by row.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.behaviour import AddRow, ChangeRows, RemoveRows
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    BoundRow,
    ClockPart,
    ColumnValue,
    Comparison,
    Node,
    Not,
    TableRows,
    nodes_in,
    table_of,
)
from flow_models.runtime.machine.formulas.limits import computed_or
from flow_models.runtime.machine.formulas.reads import conjuncts

from .items import Item, items_of
from .needs import is_record
from .outline import Outline, Write


class Lack(NamedTuple):
    """A part of a condition that holds once some number of rows is as high as another.

    Attributes:
        table: The table of the rows that are counted.
        bind: The name of a row in the condition.
        wanted: How many there shall be; None if no row may fail.
        counted: The rows that count so far, or those that fail.
        holds: The condition on one row.
    """

    table: str
    bind: str
    wanted: Node | None
    counted: Aggregate
    holds: Node | None

    def reads(self, outline: Outline) -> frozenset[Item]:
        """Return the data on which it depends."""
        return outline.expanded(items_of(self.counted, self.wanted))

    def _is_wanted_number_changed(self, write: Write) -> bool:
        """Say whether an effect changes how many rows there shall be."""
        return self.wanted is not None and bool(write.changes & items_of(self.wanted))

    def _is_of_record(self, where: Node | None) -> bool:
        """Say whether an effect changes the page's own row only, and this counts one row only."""
        return is_record(where) and self._is_of_one_row()

    def is_single(self, write: Write) -> bool:
        """Say whether an effect makes it one row less at most."""
        if self._is_wanted_number_changed(write):
            return False
        match write.effect:
            case AddRow(table=table) if table == self.table:
                return self.wanted is not None and self._is_of_one_row()
            case AddRow(table=table):
                return all(self._names_row(node) for node in nodes_in(self.holds) if _is_over(node, table))
            case ChangeRows(table=table, where=where) | RemoveRows(table=table, where=where):
                return table == self.table and self._is_of_record(where)
            case _:
                return False

    def _is_of_one_row(self) -> bool:
        """Say whether what holds of a row depends on no other row of its table."""
        nodes = tuple(nodes_in(self.holds))
        columns = [node for node in nodes if isinstance(node, ColumnValue) and table_of(node.of.type) == self.table]
        is_own = all(isinstance(node.of, BoundRow) and node.of.name == self.bind for node in columns)
        return is_own and not any(_is_over(node, self.table) for node in nodes)

    def _names_row(self, over: Node) -> bool:
        """Say whether rows are looked for of which each names one row that is counted."""
        if not isinstance(over, Aggregate) or over.fn != "any" or over.where is None:
            return False
        return any(self._is_naming(one, over.bind) for one in conjuncts(over.where))

    def _is_naming(self, condition: Node, bind: str) -> bool:
        """Say whether a condition is that a column of a row is the row that is counted."""
        if not isinstance(condition, Comparison) or condition.test != "==":
            return False
        sides = (condition.left, condition.right)
        return any(isinstance(side, BoundRow) and side.name == self.bind for side in sides) and any(
            isinstance(side, ColumnValue) and isinstance(side.of, BoundRow) and side.of.name == bind for side in sides
        )


def lacks_of(also: Node | None) -> tuple[Lack, ...]:
    """Return what a condition may lack in rows, as far as that can be counted."""
    parts = () if also is None else conjuncts(also)
    return tuple(lack for part in parts for lack in _lacks(part) if not _is_timed(part))


def counting(machine: Machine, start: Start, lack: Lack) -> Callable[[State], int]:
    """Return what counts the rows that are lacking in a state of an instance."""
    formulas, plan = machine.plan.formulas, machine.plan
    counted = formulas.value(lack.counted)
    wanted = None if lack.wanted is None else formulas.value(lack.wanted)

    def count(state: State) -> int:
        context = plan.context(start, state)
        found = int(computed_or(counted, context, lambda _fault: 0) or 0)
        return found if wanted is None else max(int(computed_or(wanted, context, lambda _fault: 0) or 0) - found, 0)

    return count


def _lacks(part: Node) -> Iterator[Lack]:
    """Yield what one condition may lack."""
    match part:
        case Aggregate(fn="all", rows=TableRows(name=table, before=False), bind=bind, where=Node() as holds):
            failing = Aggregate("integer", "count", part.rows, bind, None, Not("boolean", holds), None)
            yield Lack(table, bind, None, failing, holds)
        case Comparison(test="==" | ">=", left=Aggregate(fn="count", rows=TableRows(before=False)) as counted):
            yield _enough(counted, part.right)
        case Comparison(test="==" | "<=", right=Aggregate(fn="count", rows=TableRows(before=False)) as counted):
            yield _enough(counted, part.left)
        case _:
            pass


def _enough(counted: Aggregate, wanted: Node) -> Lack:
    """Return that there shall be so many rows."""
    table = counted.rows.type.removeprefix("rows:")
    return Lack(table, counted.bind, wanted, counted, counted.where)


def _is_over(node: Node, table: str) -> bool:
    """Say whether a node goes over the rows of a table."""
    return isinstance(node, Aggregate) and node.rows.type == f"rows:{table}"


def _is_timed(tree: Node) -> bool:
    """Say whether a condition changes by itself."""
    return any(isinstance(node, ClockPart) for node in nodes_in(tree))
