"""How values are shown in texts: amounts and dates in the manner of the site's currency and locale."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from .values import MONEY_PLACES, SYMBOLS, Value, rounded

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


def money(amount: Decimal, currency: str) -> str:
    """Return an amount such as `$2,400.00` or `-€5.00`."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    amount = rounded(amount, MONEY_PLACES)
    return f"{'-' if amount < 0 else ''}{symbol}{amount.copy_abs():,f}"


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

    def show(value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, Decimal):
            return money(value, currency) if kind == "money" else f"{value:f}"
        if kind == "money":
            return money(Decimal(value), currency)
        if kind == "date":
            return date(str(value), locale)
        if kind == "time":
            return time(str(value), locale)
        return str(value)

    return show
