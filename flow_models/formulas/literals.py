"""Literals: numbers as digits, and how a literal takes the type of what it stands beside.

In `field.amount > 100` the `100` is money, in `record.day == "2027-03-15"` the text is a date. Only literals do so,
and what is made of nothing else; everything else keeps its type.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from flow_models.formulas.kinds import DATE, NUMBERS, TIME, Node

CONSTANTS: Final[dict[str, Node]] = {
    "true": {"op": "value", "type": "boolean", "value": True},
    "false": {"op": "value", "type": "boolean", "value": False},
    "empty": {"op": "value", "type": "none", "value": None},
}
"""The values that have names."""

_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?")


def number(digits: str) -> Node | None:
    """Return the node of an unsigned number, or `None` if it has another form or more than 15 digits or 12 places."""
    match = _NUMBER.fullmatch(digits)
    if match is None:
        return None
    if match.group(2) is None:
        return {"op": "value", "type": "integer", "value": int(digits)}
    return {"op": "value", "type": "decimal", "value": digits}


def adapted(node: Node, kind: str, choices: tuple[str, ...] = ()) -> tuple[Node, str]:
    """Return a node whose literals have taken a type where that is possible, and the mistake in them.

    The mistake is the last part of a message id and empty if there is none. A node that cannot take the type is
    returned as it is: whether it fits is for the caller to say.
    """
    match node["op"]:
        case "value":
            return _value(node, kind, choices)
        case "neg" if kind in ("money", "decimal"):
            arg, mistake = adapted(node["arg"], kind)
            return {**node, "arg": arg, "type": arg["type"]}, mistake
        case "if":
            return _branches(node, kind, choices)
        case _:
            return node, ""


def _branches(node: Node, kind: str, choices: tuple[str, ...]) -> tuple[Node, str]:
    """Adapt the two outcomes of a choice if both can take the type."""
    then, mistake = adapted(node["then"], kind, choices)
    other, second = adapted(node["else"], kind, choices)
    if {then["type"], other["type"]} <= {kind, "none"} and node["type"] != "none":
        return {**node, "then": then, "else": other, "type": kind}, mistake or second
    return node, mistake or second


def _value(node: Node, kind: str, choices: tuple[str, ...]) -> tuple[Node, str]:
    """Adapt a literal."""
    have, value = node["type"], node["value"]
    if have in NUMBERS and kind == "money":
        return _as_money(node)
    if have == "integer" and kind == "decimal":
        return {"op": "value", "type": "decimal", "value": str(value)}, ""
    return _of_text(node, kind, choices) if have == "text" else (node, "")


def _as_money(node: Node) -> tuple[Node, str]:
    """Adapt a number to money, if it has no more places than that."""
    amount = Decimal(str(node["value"]))
    if amount != round(amount, 2):
        return node, "money_places"
    return {"op": "value", "type": "money", "value": f"{amount:.2f}"}, ""


def _of_text(node: Node, kind: str, choices: tuple[str, ...]) -> tuple[Node, str]:
    """Adapt a text to a type whose literals are texts too."""
    value = node["value"]
    match kind:
        case "date":
            return _checked(node, kind, "" if _is_date(value) else "date_form")
        case "time":
            return _checked(node, kind, "" if TIME.fullmatch(value) else "time_form")
        case "choice":
            return _checked(node, kind, "" if not choices or value in choices else "unknown_choice")
        case _:
            return node, ""


def _checked(node: Node, kind: str, mistake: str) -> tuple[Node, str]:
    return ({**node, "type": kind} if not mistake else node), mistake


def _is_date(value: str) -> bool:
    """Say whether a text is a day that exists, as `2027-03-15`."""
    if DATE.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
