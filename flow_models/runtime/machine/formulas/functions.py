"""The functions of the formula language: what each computes from its values.

A function of an empty value is empty, but for `len`, which is 0, and for searching: every text contains the empty one,
so that an empty search field finds everything.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..base import formats, values
from ..base.errors import ProgramError
from ..base.nodes import BoundRow, Call, Constant, nodes_in
from .context import Closure, Closures, Context
from .work import FREE, characters, searching


def call(formulas: Closures, node: Call) -> Closure:
    """Return what computes a call."""
    name = node.fn
    args = [formulas.value(arg) for arg in node.args]
    if name in _SEARCHES:
        is_bound = any(isinstance(part, BoundRow) for part in nodes_in(node.args[1]))
        return _search(_SEARCHES[name], *args, is_bound=is_bound)
    if name == "today":
        return lambda context: context.schema.moment(context.step)[0]
    if name == "chance":
        probability = args[0]
        return lambda context: context.draw(probability(context))
    if name == "len":
        arg = args[0]
        return lambda context: len(arg(context) or "")
    if name == "text":
        return _shown(formulas, node)
    if name == "round":
        places = _places(node)
        return _of_values(_whole if node.type == "integer" else lambda number: values.rounded(number, places), args[:1])
    try:
        return _of_text(_IN_CASE[name], *args) if name in _IN_CASE else _of_values(_PLAIN[name], args)
    except KeyError:
        raise ProgramError(f"unknown function {name!r}") from None


def _places(node: Call) -> int:
    """Return to how many digits after the point a call of `round` rounds: its second argument is a literal."""
    places = node.args[1] if len(node.args) == 2 else None
    return int(str(places.value)) if isinstance(places, Constant) else 0


def _search(search: Callable[[str, str], bool], text: Closure, part: Closure, *, is_bound: bool) -> Closure:
    """Return what searches a text for a part without regard to case, and counts the characters that it handles.

    A part that is the same for all rows (`is_bound`: it is not) is brought into one case once for all of them.
    """
    last = ("", "")

    def run(context: Context) -> bool:
        nonlocal last
        where, what = text(context) or "", part(context) or ""
        if len(where) > FREE or (is_bound and len(what) > FREE):
            context.charge(searching(len(where), len(what)) + (characters(len(what)) if is_bound else 0))
        known, folded = last
        if known != what:
            folded = what.casefold()
            last = (what, folded)
        return search(where.casefold(), folded)

    return run


def _of_text(function: Callable[[str], str], arg: Closure) -> Closure:
    """Return what makes one text of another, and counts its characters."""

    def run(context: Context) -> str | None:
        text = arg(context)
        if text is None:
            return None
        if len(text) > FREE:
            context.charge(characters(len(text)))
        return function(text)

    return run


def _of_values(function: Callable[..., Any], args: list[Closure]) -> Closure:
    """Return what calls a function, or is empty if any argument is."""

    def run(context: Context) -> Any:
        found = [arg(context) for arg in args]
        return None if None in found else function(*found)

    return run


def _shown(formulas: Closures, node: Call) -> Closure:
    """Return what makes a value a text, as pages show it."""
    show = formats.formatter(node.args[0].type, formulas.schema.currency, formulas.schema.locale)
    arg = formulas.value(node.args[0])
    return lambda context: show(arg(context)) or None


def _whole(number: Decimal | int) -> int:
    return values.whole(number)


def _number(text: str) -> Decimal | None:
    return values.read_number(text, 12)


def _date(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)


_SEARCHES: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}

_IN_CASE: dict[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper}

_PLAIN: dict[str, Callable[..., Any]] = {
    "trim": lambda text: text.strip() or None,
    "abs": lambda number: number.copy_abs() if isinstance(number, Decimal) else abs(number),
    "year": lambda date: _date(date).year,
    "month": lambda date: _date(date).month,
    "day": lambda date: _date(date).day,
    "weekday": lambda date: _date(date).isoweekday(),
    "month_start": lambda date: date[:8] + "01",
    "days": values.days_between,
    "number": _number,
}
