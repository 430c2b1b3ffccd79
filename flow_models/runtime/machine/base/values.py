"""Values and their types: exact numbers, reading what a visitor types, and values as JSON.

Types are written as in programs: `text`, `integer`, `decimal`, `money`, `boolean`, `date`, `time`, `choice`,
`row:TABLE`. A row is its key, dates and times are ISO texts, None is the empty value of every type, and the empty text
is that value too. How values are shown is in `formats`.
"""

import datetime as dt
import decimal
import re
from decimal import Decimal
from typing import Final

from .errors import FormulaFaultError, OutOfRangeError
from .limits import TEXT
from .texts import composed, taken

Value = str | int | bool | Decimal | None

MONEY_PLACES: Final = 2
MEANWHILE_PLACES: Final = 12
"""Digits after the point that a division keeps until its result is assigned or rounded."""

DIGITS: Final = 30
"""Digits before the point that a number may have where it is kept or typed."""

MEANWHILE_DIGITS: Final = 120
"""Digits before the point that a number may have while a formula is computed.

So conditions, texts and rules over a few of the widest values that fields accept are computed, not refused.
"""

_CONTEXT: Final = decimal.Context(
    prec=MEANWHILE_DIGITS + 40,
    rounding=decimal.ROUND_HALF_UP,
    Emin=-999_999,
    Emax=999_999,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
_UNITS: Final = tuple(Decimal(1).scaleb(-places) for places in range(13))
_BOUND: Final = Decimal(10) ** DIGITS
_INT_BOUND: Final = 10**DIGITS
_MEANWHILE_BOUND: Final = Decimal(f"1e{MEANWHILE_DIGITS}")
_MEANWHILE_INT_BOUND: Final = 10**MEANWHILE_DIGITS

SYMBOLS: Final = {"USD": "$", "GBP": "£", "EUR": "€"}
"""Signs of the currencies that have one; others are shown by their code and a space."""

_NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_FLOAT: Final = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)


def divided(left: Decimal | int, right: Decimal | int) -> Decimal:
    """Return the quotient with 12 digits after the point, rounded half away from zero.

    Raises:
        OutOfRangeError: The divisor is zero or the result is too large.
    """
    if right == 0:
        raise no_quotient()
    quotient = _meanwhile(_CONTEXT.divide(Decimal(left), Decimal(right)))
    return _CONTEXT.quantize(quotient, _UNITS[MEANWHILE_PLACES])


def added(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact sum, whatever the decimal context of the running thread is."""
    return _meanwhile(_CONTEXT.add(left, right))


def subtracted(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact difference."""
    return _meanwhile(_CONTEXT.subtract(left, right))


def negated(number: Decimal) -> Decimal:
    """Return the number with the other sign, exactly; zero has none."""
    return number.copy_negate() if number else number.copy_abs()


def multiplied(left: Decimal, right: Decimal) -> Decimal:
    """Return the product, with at most 12 digits after the point."""
    product = _meanwhile(_CONTEXT.multiply(left, right))
    exponent = product.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MEANWHILE_PLACES:
        product = _CONTEXT.quantize(product, _UNITS[MEANWHILE_PLACES])
    return product


def too_large() -> OutOfRangeError:
    """Return that a number has too many digits."""
    return OutOfRangeError("a number is too large", "too_large")


def too_much_text() -> OutOfRangeError:
    """Return that a text has too many characters."""
    return OutOfRangeError("a text is too long", "too_much_text")


def no_quotient() -> OutOfRangeError:
    """Return that nothing can be divided by zero."""
    return OutOfRangeError("division by zero", "no_quotient")


def beyond_calendar() -> OutOfRangeError:
    """Return that a date is not between the years 1 and 9999."""
    return OutOfRangeError("a date is out of range", "beyond_calendar")


def bounded(number: Decimal) -> Decimal:
    """Return a number if its size is within the bounds of what is kept.

    Raises:
        OutOfRangeError: It has more than thirty digits before the point.
    """
    if not -_BOUND < number < _BOUND:
        raise too_large()
    return number


def bounded_int(number: int) -> int:
    """Return an integer if its size is within the bounds of what is kept, as `bounded` does."""
    if not -_INT_BOUND < number < _INT_BOUND:
        raise too_large()
    return number


def _meanwhile(number: Decimal) -> Decimal:
    """Return a number if its size is within the bounds of what is computed."""
    if not -_MEANWHILE_BOUND < number < _MEANWHILE_BOUND:
        raise too_large()
    return number


def meanwhile_int(number: int) -> int:
    """Return an integer if its size is within the bounds of what is computed, which are wider than what is kept."""
    if not -_MEANWHILE_INT_BOUND < number < _MEANWHILE_INT_BOUND:
        raise too_large()
    return number


def rounded(number: Decimal | int, places: int) -> Decimal:
    """Return a number with so many digits after the point (0 to 12), rounded half away from zero; zero has no sign."""
    result = _CONTEXT.quantize(_meanwhile(Decimal(number)), _UNITS[places])
    return result if result else result.copy_abs()


def whole(number: Decimal | int) -> int:
    """Return the nearest integer, halves away from zero."""
    return number if isinstance(number, int) else int(rounded(number, 0))


def assigned(value: Value, kind: str, places: int = MONEY_PLACES) -> Value:
    """Return a value as a column or variable of a type holds it: numbers rounded to the type's places.

    Raises:
        OutOfRangeError: A number or text is too large.
    """
    if value is None:
        return None
    if kind == "money":
        return bounded(rounded(_number(value), MONEY_PLACES))
    if kind == "decimal":
        return bounded(rounded(_number(value), places))
    if kind == "integer":
        return bounded_int(whole(_number(value)))
    if isinstance(value, str):
        if len(value) > TEXT:
            raise too_much_text()
        return composed(value) or None
    return value


def seeded(value: Value, kind: str, places: int = MONEY_PLACES) -> Value:
    """Return a value as data of a type begin with it: as assigned, and a text as it is taken from fields.

    Raises:
        OutOfRangeError: A number or text is too large.
    """
    return assigned(as_begun(value, kind), kind, places)


def as_begun(value: Value, kind: str) -> Value:
    """Return a value as data begin with it, a text as it is taken from fields: so it can be typed as it stands."""
    return taken(value) if kind == "text" and isinstance(value, str) else value


def _number(value: Value) -> Decimal | int:
    """Return a value that the types say is a number."""
    if isinstance(value, Decimal | int):
        return value
    raise FormulaFaultError("a number was expected")


def from_json(stored: object, kind: str) -> Value:
    """Return the value of a stored literal: amounts and decimals are stored as text."""
    if stored is None:
        return None
    if kind in ("money", "decimal"):
        try:
            return bounded(Decimal(str(stored)))
        except decimal.DecimalException:
            raise FormulaFaultError(f"{stored!r} is not a number") from None
    if kind == "integer":
        return bounded_int(int(str(stored)))
    if kind == "boolean":
        return bool(stored)
    return str(stored) or None


def to_json(value: Value) -> str | int | bool | None:
    """Return a value as JSON holds it, the opposite of `from_json`."""
    return str(value) if isinstance(value, Decimal) else value


def read_number(text: str, places: int) -> Decimal | None:
    """Return the number that a text spells (`1250`, `1,250.5`), or None if it is none.

    One with too many places or digits is none either: what is read can be kept.
    """
    text = text.strip()
    if len(text) > 40 or _NUMBER.fullmatch(text) is None:
        return None
    number = Decimal(text.replace(",", ""))
    decimals = len(text.partition(".")[2])
    return number if decimals <= places and -_BOUND < number < _BOUND else None


def is_too_large(text: str) -> bool:
    """Say whether a text spells a number or amount with more digits than can be kept."""
    digits = text.strip().lstrip("-$£€ ").replace(",", "").partition(".")[0]
    return len(digits) > DIGITS and digits.isascii() and digits.isdecimal()


def read_money(text: str, currency: str) -> Decimal | None:
    """Return the amount that a text spells: `1250`, `1,250.00` or `$1,250.00`; None if it is no amount."""
    text = text.strip()
    sign = "-" if text.startswith("-") else ""
    text = text.removeprefix("-")
    for symbol in (SYMBOLS.get(currency, ""), currency):
        if symbol and text.startswith(symbol):
            text = text[len(symbol) :].lstrip()
            break
    if text.startswith("-"):
        return None
    number = read_number(sign + text, MONEY_PLACES)
    return None if number is None else rounded(number, MONEY_PLACES)


def read_date(text: str) -> str | None:
    """Return an ISO date if the text is one that exists, else None."""
    text = text.strip()
    if _DATE.fullmatch(text) is None:
        return None
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return None
    return text


def read_time(text: str) -> str | None:
    """Return a time of the form `14:30` if the text spells one (`9:05` too), else None."""
    text = text.strip()
    return text.zfill(5) if _TIME.fullmatch(text) else None


def on_scale(text: str, minimum: int, maximum: int, step: int) -> int:
    """Return the number at which a slider stands once a text is put into it, as browsers settle it.

    That is the nearest step in range, the upper one of two; the middle for a text that is no number; the minimum where
    the bounds are the wrong way round. Source: HTML, "range state"; measured in Chromium.
    """
    if maximum < minimum:
        return minimum
    text = text.strip()
    half = Decimal(maximum - minimum) / 2
    number = Decimal(text) if len(text) <= 40 and _FLOAT.fullmatch(text) else minimum + half
    kept = min(max(number, Decimal(minimum)), Decimal(maximum))
    steps = int((kept - minimum) / step + Decimal("0.5"))
    return minimum + min(steps, (maximum - minimum) // step) * step


def date_moved(date: str, days: int) -> str:
    """Return the ISO date so many days later.

    Raises:
        OutOfRangeError: The result is outside of the years 1 to 9999.
    """
    try:
        return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        raise beyond_calendar() from None


def days_between(earlier: str, later: str) -> int:
    """Return how many days the second ISO date is after the first."""
    return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
