"""Reading the one number or amount of a message, with its sign, scale and currency."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple

from . import currencies, numerals, words
from .moments import is_day_of_month
from .writing import not_set_off

_SCALE: Final = "|".join(sorted(numerals.ZEROS, key=len, reverse=True))
_BEFORE: Final = re.compile(
    rf"(?P<sign>(?i:minus|negative|plus) ?|[-+](?P<gap>[ \n]*))?(?P<outer>\()?"
    rf"(?P<currency>(?:{currencies.BESIDE} ?)*)(?P<inner>[-+])?(?P<bracket>\()?$"
)
"""What belongs to an amount before its digits."""

_AFTER: Final = re.compile(
    rf"(?:[ -]?(?P<scale>(?i:{_SCALE}))(?![^\W_]))?(?P<currency>(?: ?{currencies.BEHIND})*)"
    r"(?P<percent> ?(?:%|(?i:per ?cent)(?![a-z])))?"
)
"""What belongs to it behind them."""

_MAY_PRECEDE: Final = re.compile(r"(?:^|[\s(\[{:=|])$")
_MAY_FOLLOW: Final = re.compile(r"(?! \.\.)(?:$|[\s)\]}|,;:!]|\.(?!\.|\w))")
_OPENS: Final = re.compile(r"(?:^|[:=\n]|(?:^|[^a-z])(?:is|was|are|be|of|equals))\s*$", re.IGNORECASE)
"""After what a dash with a space behind it, or a bracket around the amount, is a sign and no punctuation."""

_REACH: Final = 40
"""Characters at either side of a number among which what belongs to it is looked for."""

_FROM: Final = re.compile(r"\b(?:from|(?:starting|beginning) at) ?$", re.IGNORECASE)
"""Words after which an amount is the least of several."""

_COUNTED: Final = re.compile(
    r"[ -](?!(?:is|was|has|does|as|this|its|yours|us|plus|thus|across|towards|always)\b)"
    r"(?:[a-z]+s|k?m|[cm]m|kg|g|lb|oz|ft|h|hr|hour|min|minute|sec|second|day|week|month|year|mile|mi|point|pt|[kmgt]b)\b",
    re.IGNORECASE,
)
"""Things or units directly behind a number; a plural is told by its s."""

_INDIAN: Final = frozenset({"INR", "PKR", "BDT", "NPR", "LKR"})


class Reading(NamedTuple):
    """The one amount of a text.

    Attributes:
        number: Its value, with sign and scale.
        is_money: Whether it names a currency; it is the site's.
        is_percent: Whether it is in percent.
        is_count: Whether it says how many of what is no money: "12 miles".
    """

    number: Decimal
    is_money: bool
    is_percent: bool
    is_count: bool


class _Sight(NamedTuple):
    """A number as it stands in a text; `number` is None where it cannot be read."""

    start: int
    end: int
    number: Decimal | None


def amount_in(text: str, currency: str) -> Reading | None:
    """Return the one amount in a text in the form of `written`, or None if there is none, several, or a doubtful one.

    What names another currency than the site's is doubtful, and so is all that is left over and not plain words.
    """
    text = currencies.with_own(not_set_off(text), currency)
    sights = list(islice(_sights(text, currency), 2))
    if len(sights) != 1:
        return None
    start, end, number = sights[0]
    before, after = _BEFORE.search(text, max(0, start - _REACH), start), _AFTER.match(text, end)
    if before is None or after is None or number is None:
        return None
    left, right = text[: before.start()], text[after.end() :]
    sign = _sign(left, right, before)
    if not sign or not (_MAY_PRECEDE.search(left) and _MAY_FOLLOW.match(right)):
        return None
    namings = [*currencies.beside(before["currency"]), *currencies.beside(after["currency"])]
    if not _is_plain(left, right, namings, currency):
        return None
    zeros = numerals.ZEROS[after["scale"].casefold()] if after["scale"] else 0
    if after["scale"] == "m" and not namings:
        return None  # Metres, minutes or millions.
    is_money = bool(namings or currencies.said(left + right))
    if not is_money and is_day_of_month(left, right):
        return None
    number = numerals.scaled(number, zeros)
    is_count = not is_money and bool(_COUNTED.match(right))
    return Reading(number if sign > 0 else number.copy_negate(), is_money, bool(after["percent"]), is_count)


def amount_shown(text: str, currency: str) -> Reading | None:
    """Return the amount of money that a text in the form of `written` shows and nothing else: "€520.24"."""
    found = amount_in(text, currency)
    is_alone = not words.words_of(currencies.without(currencies.with_own(text, currency)))
    return found if found is not None and found.is_money and is_alone else None


def _is_plain(left: str, right: str, namings: list[str], currency: str) -> bool:
    """Say whether only words without value stand around an amount, and every naming of a currency is the site's."""
    around = f"{left}\x00{right}"
    if not all(currencies.is_own(one, currency) for one in (*namings, *currencies.said(around))):
        return False
    rest = currencies.without(around)
    if _FROM.search(left[-_REACH:]):
        return False
    return not (words.takes_back(rest) or words.has_value(rest) or words.bounds_or_compares(left, right))


def _sign(left: str, right: str, before: re.Match[str]) -> int:
    """Return 1 or -1 as an amount's sign, or 0 if it cannot be said."""
    signs = [one.strip().casefold() for one in (before["sign"], before["inner"]) if one]
    is_bracketed = bool(before["outer"] or before["bracket"]) and right.startswith(")")
    if len(signs) + is_bracketed > 1:
        return 0
    if is_bracketed:
        return -1 if _OPENS.search(left) else 0
    if before["gap"] and not _OPENS.search(left):
        return 0
    return -1 if signs and signs[0] in ("-", "minus", "negative") else 1


def _sights(text: str, currency: str) -> Iterator[_Sight]:
    """Yield every number in a text."""
    is_comma, is_indian = currency in currencies.COMMA, currency in _INDIAN
    for match in numerals.DIGITS.finditer(text):
        yield _Sight(*match.span(), numerals.number_of(match.group(), comma=is_comma, indian=is_indian))
