"""How what may have no value is written so that it says what it is then: empty, which changes nothing but is said."""

import re
from typing import Final

_DIVISIONS: Final = {"/": "divide", "//": "quotient", "%": "remainder"}
_CALL: Final = re.compile(r"[^,\s]\s*\)$")
"""How calls mostly end; what ends otherwise is left to the person."""


def with_empty(call: str, option: str = "") -> str:
    """Return an aggregate as it is written with *empty* where there is no row; nothing if that is not known."""
    return f"{call[:-1]}, {option}default=empty)" if _CALL.search(call) else ""


def column_or_empty(call: str, column: str) -> str:
    """Return `first(t)` with a column of its row as its value; nothing where the row has a name of its own."""
    return "" if " as " in call else with_empty(call, f"value={column}, ")


def divided_or_empty(sign: str, left: str, right: str) -> str:
    """Return a division that is empty where it would be by zero."""
    return f"{_DIVISIONS[sign]}({left}, {right}, empty)"
