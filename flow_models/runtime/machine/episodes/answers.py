"""Comparing what was said to the user with the expected answer, by value and without any language model.

A message must hold exactly one value of the expected type: the only number, amount, date or time in it, or, for texts
and choices, the text itself.
"""

import re
from decimal import Decimal
from typing import Final

from ..base import values
from ..base.schema import Schema
from ..base.values import Value

_NUMBER: Final = re.compile(
    r"(?<![\w.,])[-\u2212]?(?:[$£€]|[A-Z]{3} )?-?\d(?:[\d,]*\d)?(?:\.\d+)?(?!\w|[.,]\d)", re.ASCII
)
_ISO_DATE: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_TIME: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?:\s*([AaPp])\.?[Mm]\.?)?(?!\d)", re.ASCII)
_MONTH_NAMES: Final = "january february march april may june july august september october november december"
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_MONTH: Final = "|".join(sorted({*_MONTHS, *(name[:3] for name in _MONTHS)}, key=len, reverse=True))
_DAY_FIRST: Final = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\.?,? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_AROUND: Final = "\"'\u201c\u201d\u2018\u2019. \n"
_YES: Final = frozenset({"yes", "true"})
_NO: Final = frozenset({"no", "false"})


def fits(message: str, expected: Value, kind: str, schema: Schema) -> bool:
    """Say whether a message gives the expected value of a type, and no other value of it."""
    match kind:
        case "integer" | "decimal" | "money":
            found = _numbers(message, schema)
            return expected is not None and len(found) == 1 and found[0] == expected
        case "date":
            return _dates(message) == [expected]
        case "time":
            return _times(message) == [expected]
        case "boolean":
            said = {word for word in re.findall(r"[a-z]+", message.casefold()) if word in _YES | _NO}
            return said <= (_YES if expected is True else _NO) and bool(said)
        case _:
            return expected is not None and _plain(message) == _plain(str(expected)) != ""


def _plain(text: str) -> str:
    """Return a text without the things that do not matter in an answer: case, outer quotes, spaces, a final period."""
    return " ".join(text.strip(_AROUND).casefold().split())


def _numbers(message: str, schema: Schema) -> list[Decimal]:
    """Return every number or amount in a message."""
    found = []
    for text in _NUMBER.findall(message):
        sign = "-" if text[0] in "-\u2212" else ""
        amount = values.read_money(text.lstrip("-\u2212"), schema.currency)
        if amount is None:
            amount = values.read_number(re.sub(r"^(?:[$£€]|[A-Z]{3} )", "", text.lstrip("-\u2212")), 12)
        if amount is None:
            continue
        found.append(-amount if sign else amount)
    return found


def _dates(message: str) -> list[str]:
    """Return every date in a message, as ISO texts."""
    found = [iso for iso in _ISO_DATE.findall(message) if values.read_date(iso)]
    for day, month, year in _DAY_FIRST.findall(message):
        found.append(_iso(year, month, day))
    for month, day, year in _MONTH_FIRST.findall(message):
        found.append(_iso(year, month, day))
    return [iso for iso in found if values.read_date(iso)]


def _iso(year: str, month: str, day: str) -> str:
    """Return a date's ISO text from its written parts."""
    number = next(number for name, number in _MONTHS.items() if name.startswith(month.casefold()[:3]))
    return f"{year}-{number:02}-{int(day):02}"


def _times(message: str) -> list[str]:
    """Return every time in a message, as `14:30`."""
    found = []
    for hour, minute, half in _TIME.findall(message):
        number = int(hour)
        if half:
            number = number % 12 + (12 if half in "Pp" else 0)
        time = values.read_time(f"{number:02}:{minute}")
        if time is not None:
            found.append(time)
    return found
