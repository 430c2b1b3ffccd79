"""Rows that a condition picks, and what is counted or computed over them.

A condition of the form `column == value` becomes a look-up in the table's index, so that picking a few rows costs the
same in a short table and in a long one.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any, Final, NamedTuple

from ..base import values
from ..base.errors import FormulaFaultError, ProgramError
from ..base.nodes import (
    Aggregate,
    BoundRow,
    ChangedRows,
    ColumnValue,
    Comparison,
    Constant,
    Node,
    SortedRows,
    TableRows,
    TaskValue,
    VariableValue,
)
from ..base.tables import Row, Table, differences, sorted_rows
from .context import Closure, Closures, Context
from .reads import conjuncts, mentions
from .work import ADDED, FREE, LOOKUP, characters, compared, sorting, weight

Rows = Callable[[Context], Sequence[Row]]


_PLAIN: Final = (BoundRow, ColumnValue, TaskValue, Constant, VariableValue)
"""Operations that never fail."""


class _Equality(NamedTuple):
    """A condition on one column: that at `place` in the row holds the value that `value` computes without the row."""

    place: int
    value: Closure
    condition: Node


def rows(formulas: Closures, node: Node) -> Rows:
    """Return what finds the rows of a table, of its changes, or of a sorted table."""
    match node:
        case TableRows():
            index = formulas.schema.table(node.name).index
            if node.before:
                return lambda context: context.before[index].rows
            return lambda context: context.tables[index].rows
        case ChangedRows():
            return _changed_rows(formulas, node)
        case SortedRows():
            inner = rows(formulas, node.rows)
            order = _with_bound(node.bind, formulas.value(node.key))
            put = in_order(node.key, descending=node.descending)
            return lambda context: put(context, inner(context), order(context))
        case _:
            raise ProgramError(f"{node.op!r} are no rows")


def selection(formulas: Closures, node: Node, bind: str, where: Node | None) -> Rows:
    """Return what finds the rows for which a condition holds, with each row bound to a name meanwhile."""
    if where is None:
        return counted(rows(formulas, node))
    candidates, conditions = _candidates(formulas, node, bind, conjuncts(where))
    if not conditions:
        return candidates
    holds = all_hold([formulas.value(condition) for condition in conditions])
    units = weight(*conditions)

    def find(context: Context) -> Sequence[Row]:
        found = []
        bound = context.bound
        outer = bound.get(bind)
        among = candidates(context)
        context.charge(len(among) * units)
        for row in among:
            bound[bind] = row
            if holds(context) is True:
                found.append(row)
        bound[bind] = outer
        return found

    return find


def _candidates(formulas: Closures, node: Node, bind: str, conditions: Sequence[Node]) -> tuple[Rows, tuple[Node, ...]]:
    """Return what finds and counts the rows that come into question, and the conditions that these may not meet."""
    lookup = _lookup(formulas, node, bind, conditions) if isinstance(node, TableRows) else None
    if lookup is None or not isinstance(node, TableRows):
        return counted(rows(formulas, node)), tuple(conditions)
    left = [condition for condition in conditions if condition is not lookup.condition]
    # A row that is looked up by itself has no others to be told from.
    others = _first_equalities(formulas, node, bind, left) if lookup.place else []
    judged = [other.condition for other in others]
    left = [condition for condition in left if all(condition is not one for one in judged)]
    return _looked_up(formulas, node, lookup, others), tuple(left)


def all_hold(tests: Sequence[Closure]) -> Closure:
    """Return what says whether conditions hold, one after the other."""
    match tests:
        case [only]:
            return lambda context: only(context) is True
        case [left, right]:
            return lambda context: left(context) is True and right(context) is True
        case _:
            pass

    def hold(context: Context) -> bool:
        for test in tests:  # noqa: SIM110  # A generator would cost more than the conditions.
            if test(context) is not True:
                return False
        return True

    return hold


def counted(find: Rows, units: int = 1) -> Rows:
    """Return what finds the same rows, and counts so many units for each."""

    def count(context: Context) -> Sequence[Row]:
        found = find(context)
        context.charge(len(found) * units)
        return found

    return count


def in_order(key: Node, *, descending: bool) -> Callable[[Context, Sequence[Row], Callable[[Row], Any]], list[Row]]:
    """Return what puts rows in the order of a key, which it is given for each row, and counts what that takes."""
    units, is_text = weight(key), ":" not in key.type and key.type in ("text", "choice")

    def put(context: Context, found: Sequence[Row], order: Callable[[Row], Any]) -> list[Row]:
        context.charge(len(found) * units + sorting(len(found)))
        return sorted_rows(found, _measured(context, order) if is_text else order, descending=descending)

    return put


def _measured(context: Context, order: Callable[[Row], Any]) -> Callable[[Row], Any]:
    """Return the same key of a row, and count its characters."""

    def measure(row: Row) -> Any:
        text = order(row)
        if text is not None and len(text) > FREE:
            context.charge(characters(len(text)))
        return text

    return measure


def picked_row(formulas: Closures, node: Aggregate) -> Closure:
    """Return what finds the first or last row of an aggregate, as a tuple, or None."""
    find = selection(formulas, node.rows, node.bind, node.where)
    position = 0 if node.fn == "first" else -1
    default = None if node.default is None else formulas.row(node.default)

    def pick(context: Context) -> Row | None:
        found = find(context)
        if found:
            return found[position]
        row: Row | None = None if default is None else default(context)
        return row

    return pick


def aggregate(formulas: Closures, node: Aggregate) -> Closure:
    """Return what computes `count sum avg min max first last any all` over rows."""
    fn = node.fn
    if fn == "all":
        return _every(formulas, node)
    if fn in ("first", "last") and node.value is None:
        pick = picked_row(formulas, node)

        def key(context: Context) -> Any:
            row = pick(context)
            return None if row is None else row[0]

        return key
    find = selection(formulas, node.rows, node.bind, node.where)
    if fn == "count" and node.where is None and isinstance(node.rows, TableRows):
        return _length(formulas, node.rows)
    if fn == "count":
        return lambda context: len(find(context))
    if fn == "any":
        return _some(formulas, node, find)
    if node.value is None:
        raise ProgramError(f"{fn!r} has no value")
    value = _with_bound(node.bind, formulas.value(node.value))
    default = None if node.default is None else formulas.value(node.default)
    is_integer = node.type == "integer"
    find = counted(find, weight(node.value) + ADDED)

    def run(context: Context) -> Any:
        compute = value(context)
        found = [item for item in map(compute, find(context)) if item is not None]
        if found:
            return _combined(fn, found, is_integer=is_integer)
        if fn == "sum":
            return 0 if is_integer else Decimal(0)
        return None if default is None else default(context)

    return run


def _combined(fn: str, found: list[Any], *, is_integer: bool) -> Any:
    """Return what an aggregate makes of at least one value; empty ones have been left out."""
    match fn:
        case "sum":
            return values.meanwhile_int(sum(found)) if is_integer else _sum(found)
        case "avg":
            return values.divided(_sum(found), len(found))
        case "min":
            return min(found)
        case "max":
            return max(found)
        case "first":
            return found[0]
        case "last":
            return found[-1]
        case _:
            raise ProgramError(f"unknown aggregate {fn!r}")


def _sum(found: Iterable[Any]) -> Decimal:
    """Return an exact sum."""
    total = Decimal(0)
    for item in found:
        total = values.added(total, Decimal(item))
    return total


def _length(formulas: Closures, node: TableRows) -> Closure:
    """Return what counts all rows of a table."""
    index = formulas.schema.table(node.name).index
    if node.before:
        return lambda context: len(context.before[index])
    return lambda context: len(context.tables[index])


def _some(formulas: Closures, node: Aggregate, find: Rows) -> Closure:
    """Return what says whether there is a row (for which the value holds too)."""
    if node.value is None:
        return lambda context: len(find(context)) > 0
    value = _with_bound(node.bind, formulas.value(node.value))
    find = counted(find, weight(node.value))
    return lambda context: any(item is True for item in map(value(context), find(context)))


def _every(formulas: Closures, node: Aggregate) -> Closure:
    """Return what says whether the condition holds for all rows (with a value: the value for all that it picks)."""
    where, judged = (None, node.where) if node.value is None else (node.where, node.value)
    if judged is None:
        return lambda _context: True
    find = counted(selection(formulas, node.rows, node.bind, where), weight(judged))
    value = _with_bound(node.bind, formulas.value(judged))
    return lambda context: all(item is True for item in map(value(context), find(context)))


def _with_bound(bind: str, closure: Closure) -> Callable[[Context], Callable[[Row], Any]]:
    """Return what makes, for a context, a function from a row to a formula's value for that row."""

    def make(context: Context) -> Callable[[Row], Any]:
        bound = context.bound

        def compute(row: Row) -> Any:
            outer = bound.get(bind)
            bound[bind] = row
            result = closure(context)
            bound[bind] = outer
            return result

        return compute

    return make


def _lookup(formulas: Closures, node: TableRows, bind: str, conditions: Sequence[Node]) -> _Equality | None:
    """Return the first condition that an index can answer, one on the row itself before others."""
    best: _Equality | None = None
    for condition in conditions:
        equality = _equality(formulas, node, bind, condition)
        if equality is not None and (best is None or equality.place == 0):
            best = equality
    return best


def _equality(formulas: Closures, node: TableRows, bind: str, condition: Node) -> _Equality | None:
    """Return a condition as one on a column of a table's row, or None if it is none."""
    if not isinstance(condition, Comparison) or condition.test != "==":
        return None
    columns = formulas.schema.table(node.name).columns
    left, right = condition.left, condition.right
    for side, other in ((left, right), (right, left)):
        place = _place_of(side, bind, columns)
        if place is not None and not mentions(other, bind):
            return _Equality(place, formulas.value(other), condition)
    return None


def _first_equalities(formulas: Closures, node: TableRows, bind: str, conditions: Sequence[Node]) -> list[_Equality]:
    """Return the conditions on columns of a table's row that may be judged before all others.

    None stands behind one that could fail, which must then fail for the same rows as without this.
    """
    plain = takewhile(_is_plain, conditions)
    return [found for found in (_equality(formulas, node, bind, one) for one in plain) if found is not None]


def _is_plain(tree: Node) -> bool:
    """Say whether a formula is a comparison, or part of one, that never fails."""
    if isinstance(tree, Comparison):
        return tree.test not in ("in", "not in") and _is_plain(tree.left) and _is_plain(tree.right)
    return isinstance(tree, _PLAIN) and (not isinstance(tree, ColumnValue) or _is_plain(tree.of))


def _place_of(node: Node, bind: str, columns: dict[str, int]) -> int | None:
    """Return the place in the bound row that a node reads directly, or None."""
    match node:
        case BoundRow(name=name) if name == bind:
            return 0
        case ColumnValue(of=BoundRow(name=name)) if name == bind:
            return columns.get(node.name)
        case _:
            return None


def _looked_up(formulas: Closures, node: TableRows, lookup: _Equality, others: Sequence[_Equality]) -> Rows:
    """Return what finds rows through a table's index, and counts those that the first condition leaves."""
    index = formulas.schema.table(node.name).index
    is_before = node.before
    place, value = lookup.place, lookup.value
    places = (place, *[other.place for other in others])
    values_of = [other.value for other in others]

    def find(context: Context) -> Sequence[Row]:
        table: Table = (context.before if is_before else context.tables)[index]
        wanted = value(context)
        if place:
            found = table.where(place, wanted)
        else:
            row = table.get(wanted)
            found = () if row is None else (row,)
        context.charge(LOOKUP + len(found))
        if others and found:
            return table.where_all(places, (wanted, *[value(context) for value in values_of]))
        return found

    return find


def _changed_rows(formulas: Closures, node: ChangedRows) -> Rows:
    """Return what finds the rows that were added, changed (as they are now) or removed (as they were)."""
    index = formulas.schema.table(node.table).index
    change = node.change

    def find(context: Context) -> Sequence[Row]:
        before, now = context.before[index], context.tables[index]
        context.charge(compared(before, now))
        pairs = differences(before, now)
        match change:
            case "added":
                return [new for old, new in pairs if old is None and new is not None]
            case "removed":
                return [old for old, new in pairs if new is None and old is not None]
            case "changed":
                return [new for old, new in pairs if old is not None and new is not None]
            case _:
                raise FormulaFaultError(f"unknown change {change!r}")

    return find
