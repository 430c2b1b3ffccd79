"""Why a value has not the shape that a field wants, in words; pydantic knows, but speaks to programmers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

import resources

_LIMITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "string_too_long": "max_length",
        "string_too_short": "min_length",
        "too_long": "max_length",
        "too_short": "min_length",
        "greater_than_equal": "ge",
        "greater_than": "gt",
        "less_than_equal": "le",
        "less_than": "lt",
        "literal_error": "expected",
    }
)
"""The kinds of fault that have words of their own, and what in their facts is the limit."""

_PLAIN: Final = frozenset(
    {
        "string_pattern_mismatch",
        "string_type",
        "string_unicode",
        "int_type",
        "int_parsing",
        "int_from_float",
        "float_type",
    }
)
"""The kinds of fault whose words need no facts."""


def reason_of(error: ValidationError) -> str:
    """Return the first fault that pydantic found, in words that end a sentence."""
    return reason(error.errors(include_url=False)[0])


def reason(fault: ErrorDetails) -> str:
    """Return a fault in words that end a sentence."""
    kind = fault["type"]
    if kind in _PLAIN:
        return resources.text(f"document.reason.{kind}")
    if kind not in _LIMITS:
        return fault["msg"]
    limit, given = fault["ctx"][_LIMITS[kind]], fault["input"]
    count = len(given) if isinstance(given, str | tuple | list | dict) else given
    return resources.text(f"document.reason.{kind}", limit=_shown(limit), count=_shown(count))


def _shown(fact: object) -> str:
    return f"{fact:,}" if isinstance(fact, int) else str(fact)
