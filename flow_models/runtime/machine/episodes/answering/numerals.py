"""What digits with separators mean."""

import re
from decimal import Decimal
from typing import Final

from .writing import NARROW

DIGITS: Final = re.compile(rf"\d+(?:(?:[.,']|[ {NARROW}](?=\d{{3}}(?!\d)))\d+)*|\.\d+", re.ASCII)
"""Digits with what may stand between them; a space only before three."""

LONGEST: Final = 45
"""Characters that a number may have: thirty digits with what stands between them."""

_PLAIN: Final = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_GROUPED: Final = re.compile(rf"[1-9]\d{{0,2}}(?:([,' {NARROW}])\d{{3}})(?:\1\d{{3}})*(?:\.\d+)?", re.ASCII)
_INDIAN: Final = re.compile(r"[1-9]\d?(?:,\d{2})*,\d{3}(?:\.\d+)?", re.ASCII)
_COMMA: Final = re.compile(rf"(?:[1-9]\d{{0,2}}(?:([.' {NARROW}])\d{{3}})(?:\1\d{{3}})*|\d+),\d+", re.ASCII)
_POINTS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", re.ASCII)

ZEROS: Final = {
    "k": 3,
    "thousand": 3,
    "million": 6,
    "mio": 6,
    "mln": 6,
    "mil": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "hundred": 2,
    "lakh": 5,
    "lakhs": 5,
    "crore": 7,
    "crores": 7,
}
"""How many zeros a word behind digits adds."""


def number_of(digits: str, *, comma: bool, indian: bool) -> Decimal | None:
    """Return what digits with separators mean, or None if they can mean nothing or several things.

    Args:
        digits: What `DIGITS` has found.
        comma: Whether people of the site's currency write decimals behind a comma; thousands with a comma, as pages
            show them, come first.
        indian: Whether they group by two digits beyond the thousands.
    """
    if len(digits) > LONGEST:
        return None
    if _PLAIN.fullmatch(digits):
        return Decimal(digits)
    if _GROUPED.fullmatch(digits) or (indian and _INDIAN.fullmatch(digits)):
        return Decimal(re.sub(rf"[,' {NARROW}]", "", digits))
    if comma and (_COMMA.fullmatch(digits) or _POINTS.fullmatch(digits)):
        return Decimal(re.sub(rf"[.' {NARROW}]", "", digits).replace(",", "."))
    return None


def has_three_decimals(number: Decimal) -> bool:
    """Say whether a number has three digits behind its point, as thousands behind a point would look."""
    return number.as_tuple().exponent == -3


def scaled(number: Decimal, zeros: int) -> Decimal:
    """Return a number times a power of ten, exactly."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + zeros))
