"""Reading the one date or time of a message."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ...base import values
from . import words

_MONTH_NAMES: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_SHORT: Final = {**_MONTHS, **{name[:3]: number for name, number in _MONTHS.items()}, "sept": 9}
_MONTH: Final = "|".join(sorted(_SHORT, key=len, reverse=True))
_DAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_DAY: Final = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR: Final = r"(?P<year>\d{1,4})(?!\d)"
_SPACE: Final = "[ \u00a0]"
_WEEKDAY: Final = r"(?:(?P<weekday>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?,? )?"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
        rf"{_WEEKDAY}(?:the )?{_DAY}(?:{_SPACE}|-| of )(?P<name>{_MONTH})\.?(?:, ?|-|{_SPACE}){_YEAR}",
        rf"{_WEEKDAY}(?<![a-z])(?P<name>{_MONTH})\.?{_SPACE}(?:the )?{_DAY}(?:,? ){{1,2}}{_YEAR}",
        rf"(?P<year>\d{{4}}),?{_SPACE}(?P<name>{_MONTH}){_SPACE}{_DAY}",
    )
)
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?(?: ?o'clock)?"
    r"(?: ?(?P<half>[ap])(?:m(?![a-z])|\.m\.?)| in the (?P<part>morning|afternoon|evening)"
    r"| (?P<named>noon|midnight|midday))?",
    re.IGNORECASE | re.ASCII,
)
_NAMED: Final = re.compile(r"(?<![a-z])(?P<named>noon|midday|midnight)(?![a-z])", re.IGNORECASE)
_NOON: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_HALVES: Final = {"morning": "a", "afternoon": "p", "evening": "p"}
_MAY_PRECEDE: Final = re.compile(r"(?:^|[\s(\[{:=|\"'*_`,])$")
_MAY_FOLLOW: Final = re.compile(r"(?:$|[\s)\]}|,;:!\"'*_`]|\.(?!\.|\w))")
_BOUNDS: Final = re.compile(
    r"(?:^|[^a-z])(?:by|before|after|until|till|to|through|past"
    r"|(?:eve|(?:second|minute|hour|night|month|year)s?|fortnight) (?:from|of))[ :*_\"'`(]*(?:the )?$",
    re.IGNORECASE,
)
_ZONES: Final = frozenset(
    [
        "utc",
        "gmt",
        "cet",
        "cest",
        "est",
        "edt",
        "pst",
        "pdt",
        "cst",
        "cdt",
        "mst",
        "mdt",
        "bst",
        "ist",
        "jst",
        "z",
        "bc",
        "bce",
        "ad",
    ]
)
_OTHERS: Final = frozenset(
    {*_MONTHS, "noon", "midday", "midnight", "yesterday", "today", "tomorrow", "day", "days", "week"}
)
"""Words of a message that say a moment of their own; "may" in small letters is refused anyhow."""


_MONTH_LAST: Final = re.compile(rf"(?<![a-z])(?:{_MONTH})\.? (?:the )?$", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(rf"[ -](?:of )?(?:{_MONTH})(?![a-z])", re.IGNORECASE)
_PARTS: Final = {
    "morning": ("00:00", "11:59"),
    **dict.fromkeys(("afternoon", "evening", "tonight"), ("12:00", "23:59")),
}
"""From when to when the parts of a day last, as far as nobody says otherwise."""


class Moment(NamedTuple):
    """A date or time as it stands in a text; `value` is None where it cannot be read."""

    start: int
    end: int
    value: str | None


def date_in(text: str, locale: str) -> str | None:
    """Return the one date of a text in the form of `written` as ISO text, or None."""
    found = list(_dates(text, locale))
    if len(found) != 1 or not _is_alone(text, found[0]):
        return None
    iso = found[0].value
    return iso if iso and _fits_weekdays(text, iso) else None


def time_in(text: str) -> str | None:
    """Return the one time of a text in the form of `written` as `14:30`, or None."""
    clocks = [Moment(*match.span(), _time(match)) for match in _CLOCK.finditer(text)]
    clocks += [
        Moment(*match.span(), _NOON[match["named"].casefold()])
        for match in _NAMED.finditer(text)
        if not any(one.start <= match.start() < one.end for one in clocks)
    ]
    if len(clocks) != 1 or not _is_alone(text, clocks[0]):
        return None
    rest = {*words.words_of(text[: clocks[0].start]), *words.words_of(text[clocks[0].end :])}
    return clocks[0].value if _fits_part_of_day(clocks[0].value or "", rest) else None


def is_day_of_month(left: str, right: str) -> bool:
    """Say whether the name of a month stands directly beside a number."""
    return bool(_MONTH_LAST.search(left[-20:]) or _MONTH_FIRST.match(right))


def _is_alone(text: str, moment: Moment) -> bool:
    """Say whether a moment stands by itself, with nothing around it but plain words that do not bound it."""
    before, after = text[: moment.start], text[moment.end :]
    if not (_MAY_PRECEDE.search(before) and _MAY_FOLLOW.match(after)):
        return False
    if _BOUNDS.search(before[-40:]):
        return False
    rest = f"{before}\x00{after}"
    if words.takes_back(rest) or words.has_value(rest) or words.bounds_or_compares(before, after):
        return False
    return not (_ZONES | _OTHERS) & set(words.words_of(rest))


def _dates(text: str, locale: str) -> Iterator[Moment]:
    """Yield every date in a text."""
    for form in _FORMS:
        for match in form.finditer(text):
            yield Moment(match.start(), match.end(), _date(match, locale))


def _date(match: re.Match[str], locale: str) -> str | None:
    """Return the date that a form says, or None if there is none or two."""
    parts = match.groupdict()
    if "first" in parts:
        return _numbered(parts, locale)
    month = int(parts["month"]) if parts.get("month") else _SHORT[parts["name"].casefold()]
    iso = _iso(parts["year"], month, int(parts["day"]))
    weekday = parts.get("weekday")
    return iso if not weekday or (iso and _weekday(iso).startswith(weekday.casefold())) else None


def _numbered(parts: dict[str, str], locale: str) -> str | None:
    """Return the date that three numbers say: in the locale's order, else in the one order that is possible.

    Points stand between day and month, in this order, wherever they are used.
    """
    first, second, year = int(parts["first"]), int(parts["second"]), parts["year"]
    day_first, month_first = _iso(year, second, first), _iso(year, first, second)
    if parts["mark"] == "." and locale != "en-GB":
        return day_first if month_first in (None, day_first) else None
    preferred, other = (day_first, month_first) if locale == "en-GB" else (month_first, day_first)
    return preferred or other


def _iso(year: str, month: int, day: int) -> str | None:
    """Return a date's ISO text, or None if there is no such date."""
    return values.read_date(f"{year:0>4}-{month:02}-{day:02}")


def _weekday(iso: str) -> str:
    """Return a date's day of the week in small letters."""
    return _DAYS[dt.date.fromisoformat(iso).weekday()]


def _fits_weekdays(text: str, iso: str) -> bool:
    """Say whether a text names no other day of the week than a date's."""
    return all(word == _weekday(iso) for word in words.words_of(text) if word in _DAYS)


def _fits_part_of_day(time: str, around: set[str]) -> bool:
    """Say whether a time lies in every part of the day that the words around it name."""
    return all(first <= time <= last for part, (first, last) in _PARTS.items() if part in around)


def _time(match: re.Match[str]) -> str | None:
    """Return the time that the parts of a clock's reading say, or None."""
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match["half"] or "").casefold() or _HALVES.get((match["part"] or "").casefold(), "")
    named = (match["named"] or "").casefold()
    if match["second"] not in (None, "00") or not (match["minute"] or half or named):
        return None
    if named:
        return _NOON[named] if (hour, minute) == (12, "00") else None
    return values.read_time(f"{_in_24(hour, half):02}:{minute}")


def _in_24(hour: int, half: str) -> int:
    """Return an hour on a clock of 24; 99 where the half of the day contradicts it."""
    if not half:
        return hour
    if hour == 0 or hour > 12:
        return hour if half == "p" and hour > 12 else 99
    return hour % 12 + (12 if half == "p" else 0)
