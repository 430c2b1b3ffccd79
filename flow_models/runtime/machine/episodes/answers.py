"""Comparing what was said to the user with the expected answer, by value and without any language model.

A message is understood wholly, or not at all: it holds exactly one value of the expected type, and what is left over
are words without value. The grammar is said in `answering.rules`.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ..base import limits
from ..base.schema import Schema
from ..base.values import Value
from .answering import amounts, moments, texts, truths
from .answering.numerals import has_three_decimals
from .answering.writing import not_in_tex, written

LONGEST: Final = limits.TEXT
"""Characters beyond which a message is not read: no expected text has more."""


def fits(
    message: str, expected: Value, kind: str, schema: Schema, *, rivals: Iterable[str] = (), goal: str = ""
) -> bool:
    """Say whether a message gives the expected value of a type, and no other value.

    Args:
        message: What was said; any text.
        expected: The value; nothing fits the empty one.
        kind: Its type.
        schema: Whose currency and locale the site has.
        rivals: Other texts that the question could have as answer, for texts and choices.
        goal: What was asked: if it speaks of percent, a number may have the sign.
    """
    if expected is None or len(message) > LONGEST:
        return False
    match kind:
        case "integer" | "decimal" | "money":
            return _is_amount(message, Decimal(str(expected)), kind, schema, goal)
        case "date":
            return moments.date_in(written(message), schema.locale) == expected
        case "time":
            return moments.time_in(written(message)) == expected
        case "boolean":
            return truths.truth_in(written(message)) is expected
        case _:
            return _is_text(message, str(expected), schema, rivals)


def _is_amount(message: str, expected: Decimal, kind: str, schema: Schema, goal: str) -> bool:
    """Say whether a message gives a number or amount."""
    found = amounts.amount_in(written(not_in_tex(message) if kind == "integer" else message), schema.currency)
    if found is None or found.number != expected or (kind == "money" and found.is_count):
        return False
    if has_three_decimals(found.number) and kind != "decimal":
        return False
    if found.is_percent and (kind == "money" or not _asks_for_percent(goal)):
        return False
    return kind != "integer" or not found.is_money


def _asks_for_percent(goal: str) -> bool:
    """Say whether a question speaks of percent."""
    return "%" in goal or "percent" in goal.casefold()


def _is_text(message: str, expected: str, schema: Schema, rivals: Iterable[str]) -> bool:
    """Say whether a message gives a text; one that shows an amount is compared as the amount that it shows."""
    if message.split() == expected.split():
        return True
    shown = amounts.amount_shown(written(expected), schema.currency)
    if shown is not None:
        return _is_amount(message, shown.number, "money", schema, "")
    return texts.says(message, expected, rivals)
