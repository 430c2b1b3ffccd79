"""Fields of which one chooses something that is offered: choices, plans of places, suggestions, files."""

from typing import ClassVar, TypeVar

from ..base import field_blocks
from ..base.values import Value
from ..formulas.closures import Formulas
from ..formulas.context import Context
from .fields import Field, TypedField
from .offered import Lines, Offered, OfferingBlock, Options

B = TypeVar("B", bound=OfferingBlock)


class _Offering(Field[B]):
    """A field over the rows of a table."""

    def __init__(self, formulas: Formulas, block: B) -> None:
        super().__init__(formulas, block)
        table = block.table
        self._rows = None if table is None else Offered(formulas, block, table)
        if self._rows is not None:
            self.reads = self._rows.reads
            self.initial_reads = self.initial_reads | self._rows.reads

    def offered(self, context: Context) -> Options:
        """Return (key, label) of all rows that are offered, whether they can be chosen now or not."""
        return () if self._rows is None else self._rows.options(context)

    def label(self, key: str, context: Context) -> str:
        """Return what the field calls one of the rows, empty if there is no such row."""
        return "" if self._rows is None else self._rows.label(key, context)

    def meant(self, text: str, context: Context) -> Value:
        """Return the key of the row that a text is."""
        return text if self._rows is not None and self._rows.has(text, context) else None


class ChoiceField(_Offering[field_blocks.ChoiceField]):
    """One of several options: fixed texts or the rows of a table."""

    empty_sentence: ClassVar[str] = "empty_choice"

    def meant(self, text: str, context: Context) -> Value:
        """Return the text or the key of the row."""
        if self.block.table is not None:
            return super().meant(text, context)
        return text if text in self.block.choices else None

    def offered(self, context: Context) -> Options:
        """Return the options without a placeholder."""
        return _listed(self.block.choices) if self.block.table is None else super().offered(context)

    def options(self, context: Context) -> Options:
        """Return the options, a drop-down's placeholder first."""
        offered = self.offered(context)
        if self.block.placeholder and self.block.style == "drop_down":
            return (("", self.block.placeholder), *offered)
        return offered

    def arriving(self, text: str, context: Context) -> str:
        """Return the option that is wanted, else a drop-down's first."""
        options = self.options(context)
        if any(key == text for key, _ in options) and text:
            return text
        return options[0][0] if options and self.block.style == "drop_down" else ""

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text that is no option."""
        return "" if any(key == text for key, _ in self.options(context)) else self.said("no_option")


class ChoiceGrid(_Offering[field_blocks.ChoiceGrid]):
    """One place of a plan, if it is free."""

    empty_sentence: ClassVar[str] = "empty_grid"

    def lines(self, context: Context) -> Lines:
        """Return the lines with their places."""
        return () if self._rows is None else self._rows.lines(context)

    def options(self, context: Context) -> Options:
        """Return the free places."""
        places = [place for _, line in self.lines(context) for place in line]
        return tuple([(place.key, place.label) for place in places if place.is_free])

    def arriving(self, text: str, context: Context) -> str:
        """Return the place that is wanted, if it is free."""
        return text if any(key == text for key, _ in self.options(context)) else ""

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a place that is not free or not there."""
        return "" if any(key == text for key, _ in self.options(context)) else self.said("no_option")


class SuggestField(_Offering[field_blocks.SuggestField], TypedField[field_blocks.SuggestField]):
    """A text that means the row of a table whose label it is."""

    def meant(self, text: str, context: Context) -> Value:
        """Return the key of the row whose label a text is."""
        return None if self._rows is None else self._rows.meant(text, context)

    def arriving(self, text: str, context: Context) -> str:
        """Return the label of the row that is wanted."""
        return self.label(text, context)

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a text that is the label of no offered row."""
        meant = self.value(text, context)
        return "" if any(key == meant for key, _ in self.offered(context)) else self.said("no_suggestion")


class FileField(Field[field_blocks.FileField]):
    """One of the given names of files."""

    empty_sentence: ClassVar[str] = "empty_file"

    def meant(self, text: str, context: Context) -> Value:
        """Return the name."""
        del context
        return text if text in self.block.files else None

    def offered(self, context: Context) -> Options:
        """Return the names."""
        del context
        return _listed(self.block.files)

    def arriving(self, text: str, context: Context) -> str:
        """Return the name that is wanted, if it is given."""
        del context
        return text if text in self.block.files else ""

    def fault(self, text: str, context: Context) -> str:
        """Return what is wrong with a name that is not given."""
        del context
        return "" if text in self.block.files else self.said("no_file")


def _listed(texts: tuple[str, ...]) -> Options:
    """Return fixed texts as options."""
    return tuple([(text, text) for text in texts])
