"""Fields: what a typed text means, what a field offers, and what a form says about a wrong one.

What fields over the rows of a table offer is in `offered`.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ..base import formats, values
from ..base.program import Json, Node
from ..base.values import Value
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.reads import NOTHING, reads_of
from .offered import Lines, Offered, Options

FILLABLE: Final = frozenset(
    {"text_field", "long_text", "number_field", "money_field", "date_field", "time_field", "slider", "suggest_field"}
)
CHANGES_ON_FILL: Final = frozenset({"number_field", "date_field", "time_field", "slider", "suggest_field"})
"""Fields that are filled and to whose change a transition may listen; plain text and amounts have no such moment."""

OPTIONED: Final = frozenset({"choice_field", "choice_grid"})
"""Fields of which one chooses an option."""

FIELD_KINDS: Final = FILLABLE | OPTIONED | {"file_field", "checkbox"}

TICKED: Final = "true"

_MASKS: Final = {"#": re.compile("[0-9]"), "@": re.compile(r"[^\W\d_]"), "*": re.compile(r"[^\W_]")}
_EMPTY: Final = {
    "choice_field": "Choose an option.",
    "choice_grid": "Choose a place.",
    "file_field": "Choose a file.",
}
_OF_TIME: Final = frozenset({"date_field", "time_field"})


class Field:
    """One field of a page, ready to run.

    Attributes:
        id: The block's id.
        name: The name by which formulas read it.
        block: The block as the program has it.
        reads: What its options and bounds depend on.
        initial_reads: What its text on arrival depends on.
        is_blank: Whether it is always empty on arrival.
    """

    def __init__(self, formulas: Formulas, block: Json) -> None:
        self.id: str = block["id"]
        self.name: str = block["name"]
        self.kind: str = block["kind"]
        self.block = block
        self._schema = formulas.schema
        self._places = int(block.get("places", 0))
        self._initial = None if block.get("initial") is None else formulas.value(block["initial"])
        is_slider = self.kind == "slider"
        self._minimum = None if is_slider else _optional(formulas, block.get("minimum"))
        self._maximum = None if is_slider else _optional(formulas, block.get("maximum"))
        self._choices: tuple[str, ...] = tuple(block.get("choices") or block.get("files") or ())
        self._table: str | None = block.get("table")
        self._offered = None if self._table is None else Offered(formulas, block, self._table)
        self.is_blank = self._begins_blank()
        offered_reads = NOTHING if self._offered is None else self._offered.reads
        self.reads = offered_reads | reads_of(block.get("minimum"), block.get("maximum"))
        self.initial_reads = offered_reads | reads_of(block.get("initial"))

    def value(self, text: str, context: Context) -> Value:
        """Return what a text in this field means, empty if it is not valid."""
        if text == "":
            return False if self.kind == "checkbox" else None
        match self.kind:
            case "text_field" | "long_text":
                return text
            case "number_field":
                number = values.read_number(text, self._places)
                return number if number is None or self._places else int(number)
            case "money_field":
                return values.read_money(text, self._schema.currency)
            case "date_field":
                return values.read_date(text)
            case "time_field":
                return values.read_time(text)
            case "slider":
                return int(self.held(text))
            case "suggest_field":
                return None if self._offered is None else self._offered.meant(text, context)
            case "checkbox":
                return text == TICKED
            case _:
                if self._table is None:
                    return text if text in self._choices else None
                return text if context.tables[self._schema.tables[self._table].index].get(text) else None

    def held(self, text: str) -> str:
        """Return a text as the field holds it: a slider stands at one of its steps, whatever is put into it."""
        if self.kind != "slider":
            return text
        block = self.block
        return str(values.on_scale(text, block["minimum"], block["maximum"], block["step"]))

    def offered(self, context: Context) -> Options:
        """Return (key, label) of all rows that a field over a table offers; of files and fixed choices, those."""
        if self._offered is not None:
            return self._offered.options(context)
        return tuple([(text, text) for text in self._choices])

    def label(self, key: str, context: Context) -> str:
        """Return what a field over a table calls one of its rows, empty if there is no such row."""
        return "" if self._offered is None else self._offered.label(key, context)

    def lines(self, context: Context) -> Lines:
        """Return the lines of a choice grid with their places; none for other fields."""
        is_grid = self.kind == "choice_grid" and self._offered is not None
        return self._offered.lines(context) if is_grid and self._offered is not None else ()

    def options(self, context: Context) -> Options:
        """Return the (key, label) pairs that can be selected: of a choice, a placeholder first; of a grid, if free."""
        if self.kind == "choice_grid":
            places = [place for _, line in self.lines(context) for place in line]
            return tuple([(place.key, place.label) for place in places if place.is_free])
        if self.kind != "choice_field":
            return ()
        offered = self.offered(context)
        placeholder = self.block.get("placeholder", "")
        if placeholder and self.block["style"] == "drop_down":
            return (("", placeholder), *offered)
        return offered

    def _begins_blank(self) -> bool:
        """Say whether the field is always empty on arrival: nothing is given, and no first option stands chosen."""
        if self._initial is not None or self.kind == "slider":
            return False
        is_open = self.kind == "choice_field" and self.block["style"] == "drop_down"
        return not is_open or bool(self.block.get("placeholder"))

    def initial(self, context: Context) -> str:
        """Return the text that the field holds on arrival."""
        value = None if self._initial is None else self._initial(context)
        text = raw_text(value)
        match self.kind:
            case "slider":
                return self.held(text or str(self.block["minimum"]))
            case "suggest_field":
                return self.label(text, context)
            case "file_field":
                return text if text in self._choices else ""
            case "choice_grid":
                return text if any(key == text for key, _ in self.options(context)) else ""
            case "choice_field":
                return self._initial_choice(text, context)
            case _:
                return text

    def _initial_choice(self, text: str, context: Context) -> str:
        """Return the option that a choice stands at on arrival: the one that is wanted, else a drop-down's first."""
        options = self.options(context)
        if any(key == text for key, _ in options) and text:
            return text
        return options[0][0] if options and self.block["style"] == "drop_down" else ""

    def minimum(self, context: Context) -> Value:
        """Return the smallest allowed value, or None."""
        if self.kind == "slider":
            return int(self.block["minimum"])
        bound: Value = None if self._minimum is None else self._minimum(context)
        return bound

    def maximum(self, context: Context) -> Value:
        """Return the largest allowed value, or None."""
        if self.kind == "slider":
            return int(self.block["maximum"])
        bound: Value = None if self._maximum is None else self._maximum(context)
        return bound

    def complaint(self, text: str, context: Context) -> str:
        """Return what is wrong with a text in this field, as the page says it; empty if nothing is."""
        if self.kind == "checkbox":
            return "Tick this box to continue." if self.block["required"] and text != TICKED else ""
        if not text.strip():
            return _EMPTY.get(self.kind, "Fill in this field.") if self.block["required"] else ""
        match self.kind:
            case "slider":
                return ""
            case "choice_field" | "choice_grid":
                return "" if any(key == text for key, _ in self.options(context)) else "Choose one of the options."
            case "file_field":
                return "" if text in self._choices else "Choose one of the files."
            case "suggest_field":
                meant = self.value(text, context)
                return "" if any(key == meant for key, _ in self.offered(context)) else "Choose one of the suggestions."
            case "text_field" | "long_text":
                return self._text_complaint(text)
            case _:
                return self._value_complaint(text, context)

    def _value_complaint(self, text: str, context: Context) -> str:
        """Return what is wrong with a text that should be a number, date or time within bounds."""
        value = self.value(text, context)
        return self._type_complaint() if value is None else self._range_complaint(value, context)

    def _text_complaint(self, text: str) -> str:
        """Return what is wrong with a text by its length, pattern or purpose."""
        shortest, longest = self.block.get("min_length", 0), self.block["max_length"]
        if len(text) < shortest:
            return f"Use at least {shortest} characters."
        if len(text) > longest:
            return f"Use at most {longest} characters."
        pattern = self.block.get("pattern", "")
        if pattern and not fits(text, pattern):
            return f"Use the format {pattern}."
        if self.block.get("purpose") == "email" and not _is_email(text.strip()):
            return "Enter an email address such as name@example.com."
        return ""

    def _type_complaint(self) -> str:
        """Return what is wrong with a text that is no value of the field's type."""
        match self.kind:
            case "money_field":
                return "Enter an amount such as 12.50."
            case "date_field":
                return "Enter a date such as 2027-03-15."
            case "time_field":
                return "Enter a time such as 14:30."
            case _:
                if self._places == 0:
                    return "Enter a whole number."
                return f"Enter a number with at most {self._places} digits after the point."

    def _range_complaint(self, value: Value, context: Context) -> str:
        """Return what is wrong with a value outside of the allowed range."""
        least, most = self.minimum(context), self.maximum(context)
        if least is not None and _is_less(value, least):
            bound = self._shown(least)
            return f"Enter {bound} or {'later' if self.kind in _OF_TIME else 'more'}."
        if most is not None and _is_less(most, value):
            bound = self._shown(most)
            return f"Enter {bound} or {'earlier' if self.kind in _OF_TIME else 'less'}."
        return ""

    def _shown(self, value: Value) -> str:
        """Return a bound as the page shows it."""
        kind = {"money_field": "money", "date_field": "date", "time_field": "time"}.get(self.kind, "decimal")
        return formats.formatter(kind, self._schema.currency, self._schema.locale)(value)


def readers(fields: tuple[Field, ...]) -> Mapping[str, Closure]:
    """Return for each field's name what computes its value from the texts of a context."""
    return {field.name: _reader(field, place) for place, field in enumerate(fields)}


def raw_text(value: Value) -> str:
    """Return a value as it is typed into a field, the opposite of reading it."""
    if value is None or value is False:
        return ""
    if value is True:
        return TICKED
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def fits(text: str, pattern: str) -> bool:
    """Say whether a text has the form of a mask: `#` a digit, `@` a letter, `*` either, anything else itself."""
    if len(text) != len(pattern):
        return False
    return all(
        _MASKS[mask].fullmatch(character) is not None if mask in _MASKS else mask == character
        for character, mask in zip(text, pattern, strict=True)
    )


def _reader(field: Field, place: int) -> Closure:
    """Return what computes one field's value."""
    return lambda context: field.value(context.texts[place], context)


def _optional(formulas: Formulas, node: Node | None) -> Closure | None:
    """Return a formula's closure, or None for no formula."""
    return None if node is None else formulas.value(node)


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
