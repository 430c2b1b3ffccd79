"""Formulas read backwards: which value of one thing in a formula gives the whole a wanted value.

Whoever shall lower a price by 2 types what `row.price - task.d` comes to; whoever pays with `points - field.amount`
types what is missing. Only one thing in a formula is unknown, the hole; the rest has the values of the moment. Where a
function has no inverse the values nearest to one are given: they are worth trying, and `is_straight` says whether they
stand for all others.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation
from operator import neg
from typing import Final

from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    Arithmetic,
    Call,
    Choice,
    ColumnValue,
    FieldValue,
    Negative,
    Node,
    VariableValue,
    table_of,
)
from flow_models.runtime.machine.base.values import Value, read_number

from .items import Item, items_of

Read = Callable[[Node], Iterable[Value]]
"""Returns the values that a formula without the hole can have at the moment."""

_SAME: Final = frozenset({"lower", "upper", "trim", "round", "abs", "month_start"})
"""Functions that give a value of their own back."""

_DAYS: Final = 400
"""Days on either side of the first one among which a date is looked for by its year, month, day or weekday."""


def has_hole(tree: Node | None, hole: Item) -> bool:
    """Say whether a formula reads a thing."""
    return tree is not None and hole in items_of(tree)


def undone(tree: Node, hole: Item, target: Value, read: Read) -> Iterator[Value]:
    """Yield values of the hole with which a formula may have a wanted value."""
    if target is None:
        return
    if is_hole(tree, hole):
        yield target
        return
    match tree:
        case Negative(arg=arg):
            yield from _undone_each(arg, hole, map(neg, _numbers(target)), read)
        case Arithmetic(left=left, right=right) if has_hole(left, hole) != has_hole(right, hole):
            yield from _of_arithmetic(tree, hole, target, read)
        case Choice(then=then, other=other):
            yield from _undone_branches((then, other), hole, target, read)
        case Aggregate(value=value) if value is not None and has_hole(value, hole):
            yield from _undone_each(value, hole, _of_aggregate(tree, target, read), read)
        case Call():
            yield from _undone_call(tree, hole, target, read)
        case _:
            pass


def is_straight(tree: Node, hole: Item) -> bool:
    """Say whether a formula rises or falls with the hole all along, so that one value stands on each of its borders."""
    if is_hole(tree, hole):
        return True
    match tree:
        case Negative(arg=arg):
            return is_straight(arg, hole)
        case Arithmetic(sign="+" | "-" | "*", left=left, right=right) if has_hole(left, hole) != has_hole(right, hole):
            return is_straight(left if has_hole(left, hole) else right, hole)
        case Call(fn="lower" | "upper" | "trim", args=(arg,)):
            return is_straight(arg, hole)
        case _:
            return False


def is_hole(tree: Node, hole: Item) -> bool:
    """Say whether a formula is nothing but the hole; of a column it does not matter of which row."""
    match tree:
        case FieldValue(name=name):
            return hole == ("field", name)
        case VariableValue(name=name):
            return hole == ("variable", name)
        case ColumnValue(of=of, name=name):
            return hole == ("column", table_of(of.type), name)
        case _:
            return False


def _numbers(value: Value) -> Iterator[Decimal]:
    """Yield a value if it is a number."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)


def _of_arithmetic(tree: Arithmetic, hole: Item, target: Value, read: Read) -> Iterator[Value]:
    """Yield values of the hole in a sum, difference, product or quotient, by what the other side is."""
    is_left = has_hole(tree.left, hole)
    inner, beside = (tree.left, tree.right) if is_left else (tree.right, tree.left)
    for other in read(beside):
        for wanted in _solved(tree.sign, target, other, is_left=is_left):
            yield from undone(inner, hole, wanted, read)


def _solved(sign: str, target: Value, other: Value, *, is_left: bool) -> Iterator[Value]:
    """Yield what must stand on one side of an operation so that it comes to the target."""
    if isinstance(target, str):
        yield from _of_text(sign, target, other, is_left=is_left)
        return
    for whole in _numbers(target):
        for number in _numbers(other):
            try:
                yield from _numbers_solved(sign, whole, number, is_left=is_left)
            except (DivisionByZero, InvalidOperation):
                continue


def _numbers_solved(sign: str, whole: Decimal, number: Decimal, *, is_left: bool) -> Iterator[Decimal]:
    """Yield the same for numbers."""
    match sign:
        case "+":
            yield whole - number
        case "-":
            yield whole + number if is_left else number - whole
        case "*":
            yield whole / number
        case "/":
            yield whole * number if is_left else number / whole
        case "//":
            yield from _whole_parts(whole, number, is_left=is_left)
        case _:
            yield from (whole, whole + number)


def _whole_parts(whole: Decimal, number: Decimal, *, is_left: bool) -> tuple[Decimal, Decimal]:
    """Return the first and the last number with which a division without rest comes to a whole."""
    return (whole * number, whole * number + number - 1) if is_left else (number // (whole or 1), number)


def _of_text(sign: str, target: str, other: Value, *, is_left: bool) -> Iterator[Value]:
    """Yield what is left of a text without the other part, or the day from which one comes to a date."""
    if isinstance(other, str) and sign == "+":
        rest = target.removesuffix(other) if is_left else target.removeprefix(other)
        if rest != target or not other:
            yield rest
        return
    day = _date(target)
    if day is not None:
        yield from _of_day(sign, day, other, is_left=is_left)


def _of_day(sign: str, day: dt.date, other: Value, *, is_left: bool) -> Iterator[Value]:
    """Yield the day from which one comes to another, or the days between them."""
    if is_left:
        for number in _numbers(other):
            yield from _shifted(day, -int(number) if sign == "+" else int(number))
    elif isinstance(other, str):
        base = _date(other)
        if base is not None:
            yield (day - base).days if sign == "+" else (base - day).days


def _of_aggregate(tree: Aggregate, target: Value, read: Read) -> Iterator[Value]:
    """Yield what a further row, or the only one, must hold so that something computed over rows comes to the target."""
    yield target
    if tree.fn == "sum":
        for whole in _numbers(target):
            for now in read(tree):
                yield from (whole - number for number in _numbers(now))


def _undone_each(tree: Node, hole: Item, targets: Iterable[Value], read: Read) -> Iterator[Value]:
    """Yield values of the hole with which a formula may have one of some wanted values."""
    for target in targets:
        yield from undone(tree, hole, target, read)


def _undone_branches(trees: Iterable[Node], hole: Item, target: Value, read: Read) -> Iterator[Value]:
    """Yield values of the hole with which one of some formulas that read it may have a wanted value."""
    for tree in trees:
        if has_hole(tree, hole):
            yield from undone(tree, hole, target, read)


def _undone_call(tree: Call, hole: Item, target: Value, read: Read) -> Iterator[Value]:
    """Yield values of the hole with which a function may give a wanted value."""
    for place, arg in enumerate(tree.args):
        if has_hole(arg, hole):
            others = [other for number, other in enumerate(tree.args) if number != place]
            for wanted in _of_call(tree.fn, place, others, target, read):
                yield from undone(arg, hole, wanted, read)


def _of_call(fn: str, place: int, others: list[Node], target: Value, read: Read) -> Iterator[Value]:
    """Yield what a function must be given so that it gives the target."""
    match fn:
        case "text":
            yield from _read_as_text(target)
        case "number":
            yield from (f"{number:f}" for number in _numbers(target))
        case "len":
            yield from _of_length(target)
        case "year" | "month" | "day" | "weekday":
            yield from _days_with(fn, target)
        case "days":
            yield from _days_apart(place, others, target, read)
        case _ if fn in _SAME:
            yield from _given_back(fn, target)
        case _:
            pass


def _is_probed(part: str, day: dt.date) -> bool:
    """Say whether a day is tried for a part of a date: of a month three are enough."""
    return part in ("weekday", "day") or day.day in (1, 15, 28)


def _days_with(part: str, target: Value) -> Iterator[str]:
    """Yield days whose year, month, day of the month or of the week is wanted; near ones are found by the bounds."""
    for number in _numbers(target):
        if part == "year" and 1 <= number <= 9999:
            yield from (f"{int(number):04}-{rest}" for rest in ("01-01", "06-15", "12-31"))
            return
        first = dt.date(2026, 1, 1)
        for count in range(2 * _DAYS):
            day = first + dt.timedelta(days=count)
            found = day.isoweekday() if part == "weekday" else getattr(day, part)
            if found == number and _is_probed(part, day):
                yield day.isoformat()


def _of_length(target: Value) -> Iterator[str]:
    """Yield a text of a wanted length, if it may be so long."""
    return ("x" * int(number) for number in _numbers(target) if 0 <= number <= 500)


def _given_back(fn: str, target: Value) -> Iterator[Value]:
    """Yield what a function that gives a value of its own back must be given."""
    yield target
    if fn == "abs":
        yield from (-number for number in _numbers(target))


def _read_as_text(target: Value) -> Iterator[Value]:
    """Yield a text, and the number that it says if it says one."""
    yield target
    if isinstance(target, str):
        yield from filter(None, [read_number(target, 12)])


def _days_apart(place: int, others: list[Node], target: Value, read: Read) -> Iterator[str]:
    """Yield the day that lies so many days from another one; `days(a, b)` is b - a."""
    days = [day for node in others for value in read(node) if (day := _date(value)) is not None]
    for day in days:
        for number in _numbers(target):
            yield from _shifted(day, -int(number) if place == 0 else int(number))


def _shifted(day: dt.date, count: int) -> Iterator[str]:
    """Yield the day so many days later, if the calendar has it."""
    try:
        yield (day + dt.timedelta(days=count)).isoformat()
    except (OverflowError, ValueError):
        return


def _date(value: Value) -> dt.date | None:
    """Return a value as a date, None if it is none."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
