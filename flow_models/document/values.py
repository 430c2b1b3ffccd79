"""What a stored value may be: one question for those who enter values, for the checks and for the compiler.

What is no value of its type may stand in a flow, and is a problem there; nothing that has no fault here fails when the
machine reads it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from flow_models.document.base import Literal_, ValueType
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.values import MONEY_PLACES

Fault = Literal["", "kind", "too_long", "too_large"]
"""What is wrong with a value: nothing, it is not of its type, or it is more than a site can hold or show."""

NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.(\d{1,12}))?", re.ASCII)
TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def fault_of(flow: Flow, kind: ValueType, value: Literal_) -> Fault:
    """Return what is wrong with a value where a type is wanted; empty fits every type."""
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > limits.TEXT:
            return "too_long"
    elif isinstance(value, int) and abs(value) > limits.INTEGER:
        return "too_large"
    return "" if _is_of(flow, kind, value) else "kind"


def fits(flow: Flow, kind: ValueType, value: Literal_) -> bool:
    """Say whether a stored value has a type and is no more than a site can hold."""
    return fault_of(flow, kind, value) == ""


def _is_of(flow: Flow, kind: ValueType, value: str | int | bool) -> bool:
    """Say whether a value is one of a type."""
    match kind.kind:
        case "decimal":
            return _is_number(value, kind.places)
        case "money":
            return _is_number(value, MONEY_PLACES)
        case "choice":
            return not kind.choices or value in kind.choices
        case "row":
            table = flow.tables_by_id.get(kind.table or "")
            return table is None or any(row.id == value for row in table.rows)
        case plain:
            return _PLAIN[plain](value)


def _is_number(value: str | int | bool, places: int) -> bool:
    """Say whether a value is a number with at most so many digits after the point."""
    found = NUMBER.fullmatch(str(value)) if not isinstance(value, bool) else None
    return found is not None and len(found.group(1) or "") <= places


def _is_date(text: Literal_) -> bool:
    if not isinstance(text, str) or not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_PLAIN: Mapping[str, Callable[[Literal_], bool]] = MappingProxyType(
    {
        "text": lambda value: isinstance(value, str),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "boolean": lambda value: isinstance(value, bool),
        "date": _is_date,
        "time": lambda value: isinstance(value, str) and TIME.fullmatch(value) is not None,
    }
)
"""Whether a value has a plain type, by the type."""
