"""Formulas as closures: from typed trees to functions that compute their values.

Trees were checked when the program was compiled; here they are only translated, once for each machine. Aggregates and
rows are in `selections`, functions in `functions`. The option not taken is generating Python source, which a hostile
program could turn against its host.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..base import formats, limits, values
from ..base.errors import OutOfRangeError, ProgramError
from ..base.nodes import (
    Aggregate,
    AnswerText,
    Arithmetic,
    Both,
    BoundRow,
    Call,
    ChangedRows,
    Choice,
    ClockPart,
    ColumnValue,
    Comparison,
    Constant,
    Either,
    FieldValue,
    Items,
    Negative,
    Node,
    Not,
    SortedRows,
    TableRows,
    TaskValue,
    Template,
    VariableValue,
    table_of,
)
from ..base.schema import ColumnType, Schema
from ..base.words import Name
from . import selections
from .context import Closure, Context
from .functions import call
from .limits import total
from .phrases import phrase
from .work import FREE, characters, searching

_EMPTY_TEXT = ""


class Formulas:
    """Builds closures for one program."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def value(self, node: Node) -> Closure:
        """Return what computes a formula's value; a row is its key."""
        build = getattr(self, f"_{node.op}", None)
        if build is None:
            raise ProgramError(f"unknown operation {node.op!r}")
        closure: Closure = build(node)
        return closure

    def value_or_empty(self, node: Node | None) -> Closure:
        """Return what computes a formula's value; no formula is the empty value."""
        return (lambda _context: None) if node is None else self.value(node)

    def assigned(self, node: Node | None, type_: ColumnType) -> Closure:
        """Return what computes a value as a column or variable of a type holds it."""
        compute, (kind, places) = self.value_or_empty(node), type_

        def run(context: Context) -> Any:
            try:
                return values.assigned(compute(context), kind, places)
            except OutOfRangeError as fault:
                raise fault.at(node) from None

        return run

    def condition(self, node: Node | bool | None) -> Closure:
        """Return what says whether a condition holds; None always does, an empty value never."""
        if node is None or isinstance(node, bool):
            always = node is not False
            return lambda _context: always
        test = self.value(node)
        return lambda context: test(context) is True

    def judged(self, node: Node | bool | None) -> Closure:
        """Return what says whether a condition holds that never fails: one that leaves the range does not hold."""
        return total(self.condition(node), lambda _fault: False, node)

    def row(self, node: Node, *, before: bool = False) -> Closure:
        """Return what finds the row that a formula means, as a tuple, or None; `before`: as the episode began."""
        if isinstance(node, BoundRow):
            name = node.name
            return lambda context: context.bound.get(name)
        if isinstance(node, Aggregate) and node.fn in ("first", "last") and node.value is None:
            return selections.picked_row(self, node)
        table = table_of(node.type)
        if table is None:
            return lambda _context: None
        index = self.schema.table(table).index
        key = self.value(node)

        def find(context: Context) -> Any:
            found = key(context)
            return None if found is None else (context.before if before else context.tables)[index].get(found)

        return find

    def text(self, parts: Template) -> Closure:
        """Return what fills in a template; in place of a value out of range it says so."""
        return self._filled_in(parts, self._said)

    def exact_text(self, parts: Template) -> Closure:
        """Return what fills in a template, or leaves the range of values."""
        return self._filled_in(parts, self.shown)

    @staticmethod
    def _filled_in(parts: Template, shown: Callable[[Node], Closure]) -> Closure:
        """Return what fills in a template by what shows its formulas."""
        closures = [part if isinstance(part, str) else shown(part) for part in parts]
        if not closures:
            return lambda _context: _EMPTY_TEXT
        if len(closures) == 1:
            only = closures[0]
            return _measured(only) if not isinstance(only, str) else lambda _context: only
        if any(isinstance(part, Name) for part in closures):
            return _measured(phrase(closures))
        return _measured(
            lambda context: "".join([part if isinstance(part, str) else part(context) for part in closures])
        )

    def shown(self, node: Node) -> Closure:
        """Return what computes a value as a page shows it."""
        compute = self.value(node)
        show = formats.formatter(node.type, self.schema.currency, self.schema.locale)
        return lambda context: show(compute(context))

    def _said(self, node: Node) -> Closure:
        """Return what computes a value as a text shows it, or says that it cannot be shown."""
        schema = self.schema
        return total(self.shown(node), lambda _fault: schema.said("out_of_range"), node)

    def _value(self, node: Constant) -> Closure:
        constant = node.value
        return lambda _context: constant

    def _field(self, node: FieldValue) -> Closure:
        name = node.name

        def read(context: Context) -> Any:
            field = context.fields.get(name)
            return None if field is None else field(context)

        return read

    def _variable(self, node: VariableValue) -> Closure:
        index = self.schema.variables[node.name]
        return lambda context: context.variables[index]

    def _task(self, node: TaskValue) -> Closure:
        name = node.name
        return lambda context: context.task.get(name)

    def _bound(self, node: BoundRow) -> Closure:
        name = node.name

        def key(context: Context) -> Any:
            row = context.bound.get(name)
            return None if row is None else row[0]

        return key

    def _column(self, node: ColumnValue) -> Closure:
        of = node.of
        table = table_of(of.type)
        if table is None:
            return lambda _context: None
        place = self.schema.table(table).columns[node.name]
        if isinstance(of, BoundRow):
            name = of.name

            def read_bound(context: Context) -> Any:
                row = context.bound.get(name)
                return None if row is None else row[place]

            return read_bound
        find = self.row(of, before=node.before)

        def read(context: Context) -> Any:
            row = find(context)
            return None if row is None else row[place]

        return read

    def _table(self, node: TableRows | ChangedRows | SortedRows) -> Closure:
        rows = selections.counted(selections.rows(self, node))
        return lambda context: tuple([row[0] for row in rows(context)])

    def _changes(self, node: ChangedRows) -> Closure:
        return self._table(node)

    def _sorted(self, node: SortedRows) -> Closure:
        return self._table(node)

    def _aggregate(self, node: Aggregate) -> Closure:
        return selections.aggregate(self, node)

    def _call(self, node: Call) -> Closure:
        return call(self, node)

    def _clock(self, node: ClockPart) -> Closure:
        moment = self.schema.moment
        match node.part:
            case "date":
                return lambda context: moment(context.step)[0]
            case "time":
                return lambda context: moment(context.step)[1]
            case _:
                return lambda context: context.step

    def _answer(self, node: AnswerText) -> Closure:
        del node
        return lambda context: context.answer or None

    def _list(self, node: Items) -> Closure:
        items = [self.value(item) for item in node.items]
        return lambda context: [item(context) for item in items]

    def _and(self, node: Both) -> Closure:
        args = [self.value(arg) for arg in node.args]
        return selections.all_hold(args)

    def _or(self, node: Either) -> Closure:
        args = [self.value(arg) for arg in node.args]
        if len(args) == 2:
            left, right = args
            return lambda context: left(context) is True or right(context) is True

        def hold(context: Context) -> bool:
            for arg in args:  # noqa: SIM110  # A generator would cost more than the conditions.
                if arg(context) is True:
                    return True
            return False

        return hold

    def _not(self, node: Not) -> Closure:
        arg = self.value(node.arg)
        return lambda context: arg(context) is not True

    def _if(self, node: Choice) -> Closure:
        test, then, other = self.value(node.test), self.value(node.then), self.value(node.other)
        return lambda context: then(context) if test(context) is True else other(context)

    def _neg(self, node: Negative) -> Closure:
        arg = self.value(node.arg)

        def negate(context: Context) -> Any:
            value = arg(context)
            return values.negated(value) if isinstance(value, Decimal) else None if value is None else -value

        return negate

    def _compare(self, node: Comparison) -> Closure:
        test, right_node = node.test, node.right
        left = self.value(node.left)
        if test in ("in", "not in"):
            return self._membership(left, right_node, wanted=test == "in")
        right = self.value(right_node)
        if test == "==":
            return lambda context: left(context) == right(context)
        if test == "!=":
            return lambda context: left(context) != right(context)
        return _ordering(test, left, right)

    def _membership(self, left: Closure, right_node: Node, *, wanted: bool) -> Closure:
        right = self.value(right_node)
        is_text = ":" not in right_node.type

        def test(context: Context) -> bool:
            value, among = left(context), right(context)
            if among is None or (is_text and value is None):
                return False
            if len(among) > FREE and isinstance(value, str) and isinstance(among, str):
                context.charge(searching(len(among), len(value)))
            return (value in among) is wanted

        return test

    def _arith(self, node: Arithmetic) -> Closure:
        left, right = self.value(node.left), self.value(node.right)
        compute = _operation(node)
        default = None if node.default is None else self.value(node.default)

        def run(context: Context) -> Any:
            a = left(context)
            b = right(context)
            try:
                return None if a is None or b is None else compute(a, b)
            except OutOfRangeError as fault:
                raise fault.at(node) from None

        if default is None:
            return run

        def run_or_default(context: Context) -> Any:
            a, b = left(context), right(context)
            try:
                return default(context) if a is None or b is None or b == 0 else compute(a, b)
            except OutOfRangeError as fault:
                raise fault.at(node) from None

        return run_or_default


def _measured(compute: Closure) -> Closure:
    """Return what computes the same text, and counts its characters."""

    def text(context: Context) -> str:
        made: str = compute(context)
        if len(made) > FREE:
            context.charge(characters(len(made)))
        return made

    return text


def _ordering(test: str, left: Closure, right: Closure) -> Closure:
    """Return a comparison that is false if either side is empty."""

    def compare(context: Context) -> bool:
        a, b = left(context), right(context)
        if a is None or b is None:
            return False
        match test:
            case "<":
                return bool(a < b)
            case "<=":
                return bool(a <= b)
            case ">":
                return bool(a > b)
            case _:
                return bool(a >= b)

    return compare


def _operation(node: Arithmetic) -> Any:
    """Return the function of two values that an arithmetic node means."""
    sign, kind = node.sign, node.type
    left, right = node.left.type, node.right.type
    if kind == "text":
        return _joined_text
    if kind == "date":
        if right == "date":
            return lambda days, date: values.date_moved(date, days)
        return lambda date, days: values.date_moved(date, days if sign == "+" else -days)
    if left == right == "date":
        return lambda later, earlier: values.days_between(earlier, later)
    if sign in ("//", "%"):
        return _floor if sign == "//" else _remainder
    if sign == "/":
        return values.divided
    if kind == "integer":
        return _INTEGERS[sign]
    exact = _DECIMALS[sign]
    return lambda a, b: exact(Decimal(a), Decimal(b))


def _joined_text(left: str, right: str) -> str:
    """Return two texts as one."""
    if len(left) + len(right) > limits.TEXT:
        raise values.too_much_text()
    return left + right


def _floor(left: int, right: int) -> int:
    """Return the whole part of a quotient, as Python rounds it (down)."""
    if right == 0:
        raise values.no_quotient()
    return left // right


def _remainder(left: int, right: int) -> int:
    """Return the remainder, with the sign of the divisor."""
    if right == 0:
        raise values.no_quotient()
    return left % right


_INTEGERS = {
    "+": lambda a, b: values.meanwhile_int(a + b),
    "-": lambda a, b: values.meanwhile_int(a - b),
    "*": lambda a, b: values.meanwhile_int(a * b),
}
_DECIMALS = {"+": values.added, "-": values.subtracted, "*": values.multiplied}
