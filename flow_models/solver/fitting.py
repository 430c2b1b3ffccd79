"""Whether what stands in a field means a wanted value."""

from collections.abc import Callable
from decimal import Decimal

from flow_models.runtime.machine.base.values import Value, read_money, read_number
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import Field, raw_text


def means(field: Field, text: str, wanted: Value, context: Callable[[], Context]) -> bool:
    """Say whether a field's text means a value; in doubt it does not, which errs towards more steps only for blanks.

    Args:
        field: The field.
        text: What stands in it.
        wanted: The value.
        context: Gives what the field sees; asked only where the text is the label of a row.
    """
    if text == "":
        return False
    if field.kind == "suggest_field":
        return field.value(text, context()) == wanted
    if text == raw_text(wanted):
        return True
    if isinstance(wanted, Decimal | int) and not isinstance(wanted, bool):
        return read_money(text, "USD") == wanted or read_number(text, 12) == wanted
    return False
