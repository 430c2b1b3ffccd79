"""Fields into which one types, sliders and checkboxes: what a text means there, and what is wrong with it."""

import re
from decimal import Decimal
from functools import partial
from typing import ClassVar, Final

from ..base import field_blocks, formats, texts, values
from ..base.values import Value
from ..formulas.closures import Formulas
from ..formulas.context import Context
from ..formulas.limits import computed_or, total
from ..formulas.reads import reads_of
from .fields import TICKED, Field, TypedField

_MASKS: Final = {"#": re.compile("[0-9]"), "@": re.compile(r"[^\W\d_]"), "*": re.compile(r"[^\W_]")}


class Prose(TypedField[field_blocks.LongText | field_blocks.TextField]):
    """A text that means itself."""

    def meant(self, text: str, context: Context) -> Value:
        """Return the text itself."""
        del context
        return text

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text by its length."""
        del context
        longest = self.block.max_length
        return self.said("too_long", count=longest) if len(text) > longest else ""


class LongText(Prose):
    """Several lines of text."""

    has_lines: ClassVar[bool] = True


class TextField(Prose):
    """One line of text."""

    block: field_blocks.TextField

    def taken(self, text: str) -> str:
        """Return what a page shows of a text; where its spaces count, the text as it is if there is anything to see.

        They count in a password: none of its characters is seen, and all of them are needed again.
        """
        if self.block.trim and self.block.purpose != "password":
            return super().taken(text)
        kept = texts.composed(text)
        return kept if texts.taken(kept) else ""

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text by its length, pattern or purpose."""
        block = self.block
        if len(text) < block.min_length:
            return self.said("too_short", count=block.min_length)
        found = super().fault(text, context)
        if found:
            return found
        if block.pattern and not fits(text, self.taken(block.pattern)):
            return self.said("pattern", pattern=block.pattern)
        if block.purpose == "email" and not _is_email(text):
            return self.said("email")
        return ""


class Bounded(TypedField[field_blocks.BoundedField]):
    """A field whose value lies between two bounds; by default an amount of money."""

    type: ClassVar[str] = "money"
    """The type by which bounds are shown."""

    is_number: ClassVar[bool] = True
    """Whether it holds numbers, which may have too many digits."""

    under: ClassVar[str] = "at_least"
    over: ClassVar[str] = "at_most"
    """The sentences about values below and above the bounds."""

    def __init__(self, formulas: Formulas, block: field_blocks.BoundedField) -> None:
        super().__init__(formulas, block)
        self._minimum, self._maximum = formulas.value_or_empty(block.minimum), formulas.value_or_empty(block.maximum)
        self._least = total(self._minimum, lambda _fault: None, block.minimum)
        self._most = total(self._maximum, lambda _fault: None, block.maximum)
        self.reads = reads_of(block.minimum, block.maximum)

    def minimum(self, context: Context) -> Value:
        """Return the smallest allowed value, or None."""
        bound: Value = self._least(context)
        return bound

    def maximum(self, context: Context) -> Value:
        """Return the largest allowed value, or None."""
        bound: Value = self._most(context)
        return bound

    def meant(self, text: str, context: Context) -> Value:
        """Return the amount."""
        del context
        return values.read_money(text, self._schema.currency)

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text that should be a value within bounds."""
        value = self.value(text, context)
        if value is None:
            is_too_large = self.is_number and values.is_too_large(text)
            return self.said("too_large") if is_too_large else self.type_fault()
        return computed_or(partial(self._range_fault, value), context, lambda fault: self.said(fault.sentence))

    def type_fault(self) -> str:
        """Return what is wrong with a text that is no value of the field's type."""
        return self.said(f"no_{self.type}")

    def _range_fault(self, value: Value, context: Context) -> str:
        """Return what is wrong with a value outside of the allowed range.

        Raises:
            OutOfRangeError: A bound cannot be computed, so that nobody can say whether the value is allowed.
        """
        least, most = self._minimum(context), self._maximum(context)
        if least is not None and _is_less(value, least):
            return self.said(self.under, bound=self._shown(least))
        if most is not None and _is_less(most, value):
            return self.said(self.over, bound=self._shown(most))
        return ""

    def _shown(self, value: Value) -> str:
        """Return a bound as the page shows it."""
        return formats.formatter(self.type, self._schema.currency, self._schema.locale)(value)


class NumberField(Bounded):
    """A number; without places behind the point a whole one."""

    block: field_blocks.NumberField
    type: ClassVar[str] = "decimal"

    def meant(self, text: str, context: Context) -> Value:
        """Return the number."""
        del context
        places = self.block.places
        number = values.read_number(text, places)
        return number if number is None or places else int(number)

    def type_fault(self) -> str:
        """Return what is wrong with a text that is no such number."""
        places = self.block.places
        return self.said("no_number", places=places) if places else self.said("no_whole")


class DateField(Bounded):
    """A date."""

    type: ClassVar[str] = "date"
    is_number: ClassVar[bool] = False
    under: ClassVar[str] = "not_before"
    over: ClassVar[str] = "not_after"

    def meant(self, text: str, context: Context) -> Value:
        """Return the date."""
        del context
        return values.read_date(text)


class TimeField(DateField):
    """A time of day."""

    type: ClassVar[str] = "time"

    def meant(self, text: str, context: Context) -> Value:
        """Return the time."""
        del context
        return values.read_time(text)


class Slider(Field[field_blocks.Slider]):
    """An integer on a scale; it stands at one of its steps, whatever is put into it, and so is never wrong."""

    def held(self, text: str) -> str:
        """Return the step next to a text."""
        return str(values.on_scale(text, self.block.minimum, self.block.maximum, self.block.step))

    def meant(self, text: str, context: Context) -> Value:
        """Return the step."""
        del context
        return int(self.held(text))

    def arriving(self, text: str, context: Context) -> str:
        """Return the step that is wanted, else the lowest."""
        del context
        return self.held(text or str(self.block.minimum))

    def minimum(self, context: Context) -> Value:
        """Return the lowest step."""
        del context
        return self.block.minimum

    def maximum(self, context: Context) -> Value:
        """Return the highest step."""
        del context
        return self.block.maximum


class Checkbox(Field[field_blocks.Checkbox]):
    """A yes or no."""

    def value(self, text: str, context: Context) -> Value:
        """Return whether it is ticked."""
        del context
        return text == TICKED

    def complaint(self, text: str, context: Context) -> str:
        """Return what is wrong with a box that must be ticked."""
        del context
        return self.said("tick") if self.block.required and text != TICKED else ""


def fits(text: str, pattern: str) -> bool:
    """Say whether a text has the form of a mask: `#` a digit, `@` a letter, `*` either, anything else itself."""
    if len(text) != len(pattern):
        return False
    return all(
        _MASKS[mask].fullmatch(character) is not None if mask in _MASKS else mask == character
        for character, mask in zip(text, pattern, strict=True)
    )


def _is_less(left: Value, right: Value) -> bool:
    """Compare two values of one type."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left < right
    return False


def _is_email(text: str) -> bool:
    """Say whether a text looks like an email address."""
    name, _, host = text.partition("@")
    return bool(name) and "." in host.strip(".") and " " not in text and "@" not in host
