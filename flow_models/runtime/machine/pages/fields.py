"""Fields: what a typed text means, what a field offers, and what a form says about a wrong one.

Here is what all fields share; the kinds are in `typed_fields` and `offering_fields`, each a class found by the kind's
name (`field_kinds`). The sentences about wrong texts are the site's, given by the program.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from ..base.field_blocks import FieldBlock
from ..base.nodes import Node
from ..base.values import Value
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.limits import total
from ..formulas.reads import NOTHING, Reads, reads_of
from .offered import Lines, Options

TICKED = "true"
"""The text of a checkbox that is ticked."""

B = TypeVar("B", bound=FieldBlock)


class Field(Generic[B]):
    """One field of a page, ready to run.

    Attributes:
        id: The block's id.
        name: The name by which formulas read it.
        block: The block as the program has it.
        reads: What its options and bounds depend on.
        initial_reads: What its text on arrival depends on.
        is_blank: Whether it is always empty on arrival.
    """

    empty_sentence: ClassVar[str] = "empty"
    """The site's sentence about a field that must not be empty."""

    def __init__(self, formulas: Formulas, block: B) -> None:
        self.id = block.id
        self.name = block.name
        self.kind = block.kind
        self.block = block
        self._schema = formulas.schema
        self._initial = None if block.initial is None else _or_empty(formulas.value(block.initial), block.initial)
        self.reads: Reads = NOTHING
        self.initial_reads: Reads = reads_of(block.initial)
        self.is_blank = self._initial is None and not block.begins_filled

    def value(self, text: str, context: Context) -> Value:
        """Return what a text in this field means, empty if it is not valid."""
        return None if text == "" else self.meant(text, context)

    def meant(self, text: str, context: Context) -> Value:
        """Return what a text that is not empty means, empty if it is not valid."""
        raise NotImplementedError

    def held(self, text: str) -> str:
        """Return a text as the field holds it, whatever is put into it."""
        return text

    def offered(self, context: Context) -> Options:
        """Return (key, label) of all that the field offers, whether it can be chosen now or not."""
        del context
        return ()

    def label(self, key: str, context: Context) -> str:
        """Return what a field over a table calls one of its rows, empty if there is no such row."""
        del key, context
        return ""

    def lines(self, context: Context) -> Lines:
        """Return the lines of a choice grid with their places; none for other fields."""
        del context
        return ()

    def options(self, context: Context) -> Options:
        """Return the (key, label) pairs that can be selected now."""
        del context
        return ()

    def initial(self, context: Context) -> str:
        """Return the text that the field holds on arrival; none where that leaves the range of values."""
        return self.arriving(raw_text(None if self._initial is None else self._initial(context)), context)

    def arriving(self, text: str, context: Context) -> str:
        """Return the text that the field holds on arrival where a text is wanted there."""
        del context
        return text

    def minimum(self, context: Context) -> Value:
        """Return the smallest allowed value, or None."""
        del context
        return None

    def maximum(self, context: Context) -> Value:
        """Return the largest allowed value, or None."""
        del context
        return None

    def complaint(self, text: str, context: Context) -> str:
        """Return what is wrong with a text in this field, as the page says it; empty if nothing is."""
        if not text.strip():
            return self.said(self.empty_sentence) if self.block.required else ""
        return self.fault(text, context)

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text that is not empty."""
        del text, context
        return ""

    def said(self, sentence: str, **values: object) -> str:
        """Return one of the site's sentences, with values in place of their names in braces."""
        return self._schema.said(sentence, **values)


AnyField = Field[Any]


def readers(fields: tuple[AnyField, ...]) -> Mapping[str, Closure]:
    """Return for each field's name what computes its value from the texts of a context."""
    return {field.name: _reader(field, place) for place, field in enumerate(fields)}


def raw_text(value: Value) -> str:
    """Return a value as it is typed into a field, the opposite of reading it."""
    if value is None or value is False:
        return ""
    if value is True:
        return TICKED
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _or_empty(compute: Closure, tree: Node) -> Closure:
    """Return what computes a value, empty where it leaves the range of values."""
    return total(compute, lambda _fault: None, tree)


def _reader(field: AnyField, place: int) -> Closure:
    """Return what computes one field's value."""
    return lambda context: field.value(context.texts[place], context)
