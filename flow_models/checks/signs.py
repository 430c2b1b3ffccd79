"""Does a text say the currency of an amount that shows it by itself?

A page shows money with its sign, so "€ {row.price}" becomes "€ €5.00", in a text as in a formula that joins texts.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from flow_models.formulas import Node
from flow_models.runtime.machine.episodes.answering import currencies


def sign_in_text(parts: Sequence[str | Node]) -> str:
    """Return the currency that a text says beside an amount, directly or in one of its formulas; else nothing."""
    for part in parts:
        if not isinstance(part, str) and (found := sign_in_formula(part)):
            return found
    return _doubled(parts)


def sign_in_formula(tree: Node) -> str:
    """Return the currency that a formula says beside an amount that it makes a text; else nothing."""
    if tree.get("op") == "arith" and tree["type"] == "text":
        return _doubled(list(_joined(tree)))
    inner = (value for value in tree.values() if isinstance(value, dict | list))
    nodes = (node for value in inner for node in (value if isinstance(value, list) else [value]))
    return next((found for node in nodes if isinstance(node, dict) and (found := sign_in_formula(node))), "")


def _doubled(parts: Sequence[str | Node]) -> str:
    """Return the currency at the end of a text before an amount or at the start of one behind it."""
    for left, right in pairwise(parts):
        if isinstance(left, str) and not isinstance(right, str) and _is_amount(right):
            found = currencies.at_end(left)
        elif isinstance(right, str) and not isinstance(left, str) and _is_amount(left):
            found = currencies.at_start(right)
        else:
            continue
        if found:
            return found
    return ""


def _joined(tree: Node) -> Iterator[str | Node]:
    """Yield what a formula joins: fixed texts as they are, other parts as trees."""
    if tree.get("op") == "arith" and tree["type"] == "text":
        yield from _joined(tree["left"])
        yield from _joined(tree["right"])
    elif tree["op"] == "value" and isinstance(tree["value"], str):
        yield tree["value"]
    else:
        yield tree


def _is_amount(tree: Node) -> bool:
    """Say whether a formula is money, or money made a text."""
    if tree["op"] == "call" and tree["fn"] == "text":
        return _is_amount(tree["args"][0])
    return bool(tree["type"] == "money")
