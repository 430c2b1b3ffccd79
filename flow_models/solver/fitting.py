"""Whether what stands in a field means a wanted value."""

from decimal import Decimal

from flow_models.runtime.machine.fields import raw_text
from flow_models.runtime.machine.values import Value, read_money, read_number


def means(text: str, wanted: Value) -> bool:
    """Say whether a field's text means a value; in doubt it does not, which errs towards more steps only for blanks."""
    if text == "":
        return False
    if text == raw_text(wanted):
        return True
    if isinstance(wanted, Decimal | int) and not isinstance(wanted, bool):
        return read_money(text, "USD") == wanted or read_number(text, 12) == wanted
    return False
