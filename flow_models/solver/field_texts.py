"""How the search sees a field by its kind: which texts are worth typing there, what they cost, and what they mean.

Nowhere else does the solver know kinds of field. Most follows from their traits; a new kind that is filled in a known
way needs nothing here.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from flow_models.runtime.machine.base.field_blocks import (
    BoundedField,
    ChoiceField,
    FieldBlock,
    LongText,
    NumberField,
    Slider,
    TextField,
)
from flow_models.runtime.machine.base.traits import Traits
from flow_models.runtime.machine.base.values import MONEY_PLACES, Value, read_money, read_number
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages.fields import AnyField, raw_text

_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_CLOCK: Final = re.compile(r"\d\d:\d\d")
RANGE: Final = 50
"""Values that a field may take so that all of them are tried, where no few of them stand for all."""

_MASK: Final = {"#": "0", "@": "X", "*": "0"}
"""A character that fits each place of a mask."""


def _traits(field: AnyField) -> Traits:
    """Return what is particular to the kind of a field."""
    traits: Traits = field.block.traits
    return traits


def is_answered(field: AnyField) -> bool:
    """Say whether the site answers while the field is filled, by suggestions or files to pick.

    What stands on the page may then change between two steps of one filling, so such steps are played one by one.
    """
    return _traits(field).has_buttons


def is_labelled(field: AnyField) -> bool:
    """Say whether one types the label of a row that is meant."""
    traits = _traits(field)
    return traits.fill == "typed" and traits.value == "row"


def is_offering(field: AnyField) -> bool:
    """Say whether a field takes nothing but what it offers: of that all is tried, whatever the limit on texts."""
    return _traits(field).fill in ("chosen", "picked") or is_labelled(field)


def can_refuse(block: FieldBlock) -> bool:
    """Say whether a field can hold what its form refuses; a choice that is made from the first is not taken back."""
    if block.traits.fill == "typed":
        is_free = block.traits.value == "text" and not (
            isinstance(block, TextField) and (block.pattern or block.min_length or block.purpose == "email")
        )
        return block.required or not is_free
    return block.required and block.traits.fill in ("chosen", "ticked", "picked") and block.initial is None


def cost_of(field: AnyField) -> int:
    """Return the steps that it takes to fill a field; what is picked has to be opened first."""
    return 2 if _traits(field).fill == "picked" else 1


def beginning(field: AnyField) -> str | None:
    """Return with what a field begins if no formula gives it something; None where the rows at hand decide that."""
    match field.block:
        case Slider(initial=None):
            return field.held("")
        case ChoiceField(initial=None, table=None, choices=(first, *_)) if field.block.begins_filled:
            return first
        case _:
            return None


def types_taken(field: AnyField) -> frozenset[str]:
    """Return the types of value whose texts are worth typing into a field.

    A name or code out of a list of choices may well be asked for in one line, but hardly in a field for prose.
    """
    kind = _traits(field).value
    if kind in _NUMBERS:
        return _NUMBERS
    return frozenset({"text", "choice"}) if isinstance(field.block, TextField) else frozenset({kind})


def fitting(field: AnyField, value: Value) -> str:
    """Return a value as the field takes it, empty for a number with too many digits after the point."""
    traits = _traits(field)
    if isinstance(value, int | Decimal) and traits.value in _NUMBERS and traits.fill == "typed":
        number = Decimal(value)
        rounded = number.quantize(Decimal(1).scaleb(-_places(field.block)))
        return f"{rounded:f}" if number == rounded else ""
    return field.held(raw_text(value))


def neighbours(field: AnyField, value: Value) -> tuple[Value, ...]:
    """Return the values just below and just above one with which a field is compared.

    So both sides of every threshold are tried, whichever of `<` and `<=` the program says: the examples never need
    them, but a site with "more than 100" has no solution without. Those of numbers are as far apart as the field can
    tell them: a price of 24.90 lies between 24 and 25 for a field of whole numbers.
    """
    if isinstance(value, bool):
        return ()
    if isinstance(value, int | Decimal):
        places = _places(field.block)
        step = field.block.step if isinstance(field.block, Slider) else 1
        unit, last = Decimal(step).scaleb(-places), Decimal(1).scaleb(-places)
        below, above = Decimal(value) - unit, Decimal(value) + unit
        return (below.quantize(last, ROUND_CEILING), above.quantize(last, ROUND_FLOOR))
    if isinstance(value, str):
        return moments_beside(value)
    return ()


def moments_beside(text: str) -> tuple[Value, ...]:
    """Return the minutes beside a time, or the days beside a date; nothing for other texts."""
    if _CLOCK.fullmatch(text):
        minutes = int(text[:2]) * 60 + int(text[3:])
        return tuple(f"{one // 60:02}:{one % 60:02}" for one in (minutes - 1, minutes + 1) if 0 <= one < 24 * 60)
    try:
        day = dt.date.fromisoformat(text)
        return ((day - dt.timedelta(days=1)).isoformat(), (day + dt.timedelta(days=1)).isoformat())
    except (ValueError, OverflowError):
        return ()


def bounds_of(field: AnyField, context: Context) -> tuple[Value, ...]:
    """Return the smallest and largest value that a field allows, as far as there are such."""
    return tuple(bound for bound in (field.minimum(context), field.maximum(context)) if bound is not None)


def whole_range(field: AnyField, context: Context) -> tuple[str, ...]:
    """Return all that a field with two bounds takes, nothing where that is more than a few dozen values."""
    bounds = bounds_of(field, context)
    if not isinstance(field.block, BoundedField) or len(bounds) < 2:
        return ()
    found = [bounds[0]]
    while len(found) <= RANGE:
        above = neighbours(field, found[-1])[-1:]
        if not above or _is_over(above[0], bounds[1]):
            return tuple(fitting(field, value) for value in found)
        found.append(above[0])
    return ()


def _is_over(value: Value, most: Value) -> bool:
    """Say whether a value lies above another of its kind."""
    if isinstance(value, str) or isinstance(most, str):
        return str(value) > str(most)
    return value is None or most is None or value > most


def samples(field: AnyField, context: Context) -> tuple[str, ...]:
    """Return texts that mean nothing special: a valid one where one can be made, and one that is not.

    They stand for all texts that are compared with nothing: a form that only wants something there takes the one, a
    way that leads through a complaint needs the other.
    """
    block = field.block
    match block:
        case TextField(pattern=pattern) if pattern:
            return ("".join(_MASK.get(character, character) for character in pattern), "?")
        case TextField(purpose="email"):
            return ("someone@example.com", "?")
        case TextField():
            return (_prose(block.min_length, block.max_length),)
        case LongText():
            return (_prose(0, block.max_length),)
        case BoundedField():
            return (*map(raw_text, bounds_of(field, context)), _usual(block, context), "?")
        case _:
            return ()


def _usual(block: BoundedField, context: Context) -> str:
    """Return a value that most bounds allow."""
    match block.traits.value:
        case "date":
            return context.schema.moment(context.step)[0]
        case "time":
            return "12:00"
        case _:
            return "1"


def _prose(shortest: int, longest: int) -> str:
    """Return a text of an allowed length."""
    return "Something else".ljust(shortest, ".")[:longest]


def _places(block: FieldBlock) -> int:
    """Return the digits that a number in a field may have behind the point."""
    if isinstance(block, NumberField):
        return block.places
    return MONEY_PLACES if block.traits.value == "money" else 0


def means(field: AnyField, text: str, wanted: Value, context: Callable[[], Context]) -> bool:
    """Say whether a field's text means a value; in doubt it does not, which errs towards more steps only for blanks.

    Args:
        field: The field.
        text: What stands in it.
        wanted: The value.
        context: Gives what the field sees; asked only where the text is the label of a row.
    """
    if text == "":
        return False
    if is_labelled(field):
        return field.value(text, context()) == wanted
    if field.taken(text) == raw_text(wanted):
        return True
    if isinstance(wanted, Decimal | int) and not isinstance(wanted, bool):
        return read_money(text, "USD") == wanted or read_number(text, 12) == wanted
    return False
