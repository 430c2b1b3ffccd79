"""How values are shown in texts: amounts and dates in the manner of the site's currency and locale."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from .values import MONEY_PLACES, SYMBOLS, Value, rounded

SHOWN_KEPT: Final = 4096
"""Amounts and dates of which it is kept how they are shown, the least used go; a tenth of the time of steps as text."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(SHOWN_KEPT)
def money(amount: Decimal, currency: str) -> str:
    """Return an amount such as `$2,400.00` or `-€5.00`."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    amount = rounded(amount, MONEY_PLACES)
    return f"{'-' if amount < 0 else ''}{symbol}{amount.copy_abs():,f}"


@lru_cache(SHOWN_KEPT)
def date(iso: str, locale: str) -> str:
    """Return a date such as `15 March 2027` (en-GB) or `March 15, 2027` (en-US)."""
    day = dt.date.fromisoformat(iso)
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month} {day.year}" if locale == "en-GB" else f"{month} {day.day}, {day.year}"


def time(iso: str, locale: str) -> str:
    """Return a time such as `14:30` (en-GB) or `2:30 PM` (en-US)."""
    if locale == "en-GB":
        return iso
    hour = int(iso[:2])
    return f"{hour % 12 or 12}{iso[2:]} {'AM' if hour < 12 else 'PM'}"


def formatter(kind: str, currency: str, locale: str) -> Callable[[Value], str]:
    """Return the function that shows values of a type; the empty value is the empty text, a row its key."""
    match kind:
        case "money":
            return lambda value: "" if value is None else money(Decimal(value), currency)
        case "date":
            return lambda value: "" if value is None else date(str(value), locale)
        case "time":
            return lambda value: "" if value is None else time(str(value), locale)
        case _:
            return _plain


def _plain(value: Value) -> str:
    """Return a value of another type as pages show it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
