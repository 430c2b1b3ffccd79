"""The blocks that hold a value: one model each. A name, unique on its page, lets formulas read it (`field.amount`)."""

from typing import Literal

from pydantic import Field

from flow_models.document.base import Formula, Name, TableId, Template, Title
from flow_models.document.block_base import BlockBase, Palette


class FieldBase(BlockBase):
    """What every block with a value has."""

    name: Name
    title: Title = ""
    help: Template = ""
    required: bool = False
    initial: Formula = ""
    """The value that the field shows on arrival; empty means an empty field."""

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return the label of a new field, and a name made from it."""
        title = palette.words(cls.kind_name())
        return {"title": title, "name": palette.free_name(title)}


class TextField(FieldBase):
    """One line of text.

    A pattern is a mask: `#` a digit, `@` a letter, `*` either, anything else itself. Of spaces as many count as a page
    shows, none at the ends and one between words, unless `trim` is off; all characters of a password count.
    """

    kind: Literal["text_field"] = "text_field"
    purpose: Literal["text", "email", "password", "phone", "search", "address"] = "text"
    min_length: int = Field(default=0, ge=0, le=500)
    max_length: int = Field(default=200, ge=1, le=500)
    pattern: Title = ""
    trim: bool = True


class LongText(FieldBase):
    """Several lines of text."""

    kind: Literal["long_text"] = "long_text"
    max_length: int = Field(default=1000, ge=1, le=5000)


class NumberField(FieldBase):
    """A number; `places` 0 makes it an integer, else a decimal."""

    kind: Literal["number_field"] = "number_field"
    places: int = Field(default=0, ge=0, le=12)
    minimum: Formula = ""
    maximum: Formula = ""


class MoneyField(FieldBase):
    """An amount in the site's currency; accepts `1250`, `1,250.00` and `$1,250.00`."""

    kind: Literal["money_field"] = "money_field"
    minimum: Formula = ""
    maximum: Formula = ""


class DateField(FieldBase):
    """A date."""

    kind: Literal["date_field"] = "date_field"
    minimum: Formula = ""
    maximum: Formula = ""


class TimeField(FieldBase):
    """A time of day."""

    kind: Literal["time_field"] = "time_field"
    minimum: Formula = ""
    maximum: Formula = ""


class Slider(FieldBase):
    """An integer that is dragged between two bounds; it always has a value, the lower bound if nothing else is said."""

    kind: Literal["slider"] = "slider"
    minimum: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    maximum: int = Field(default=10, ge=-1_000_000, le=1_000_000)
    step: int = Field(default=1, ge=1, le=1_000_000)


class SuggestField(FieldBase):
    """A text box over the rows of a table (type `row`) that offers those whose label contains what was typed.

    It holds a row while its text is that row's label, in capitals or not.
    """

    kind: Literal["suggest_field"] = "suggest_field"
    table: TableId | None = None
    where: Formula = ""
    """Which rows are offered; the row's columns are names."""
    sort: Formula = ""
    label: Template = ""
    """What a suggestion says, with the row as `row`; empty means the row's first text column."""
    limit: int = Field(default=5, ge=1, le=20)
    """At most so many suggestions."""
    placeholder: Title = ""

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new field has; it is over the first table."""
        table = {} if palette.table is None else {"table": palette.table.id}
        return {**super().begun(palette), **table}


class FileField(FieldBase):
    """A file chosen from a given set of names (type `text`); nothing is uploaded."""

    kind: Literal["file_field"] = "file_field"
    files: tuple[Title, ...] = ()

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new field has: it offers two files."""
        return {**super().begun(palette), "files": (palette.words("file_1"), palette.words("file_2"))}


class ChoiceGrid(FieldBase):
    """One row of a table (type `row`) chosen from a plan of places, such as a seat map."""

    kind: Literal["choice_grid"] = "choice_grid"
    table: TableId | None = None
    where: Formula = ""
    """Which rows are places of the plan; the row's columns are names."""
    line: Formula = ""
    """The line in which a row stands, a text or number; lines stand in the order of their first rows."""
    label: Template = ""
    """What a place is called, with the row as `row`; empty means the row's first text column."""
    free_if: Formula = ""
    """Whether a place can be chosen; the row's columns are names; empty means always."""

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new field has; it is over the first table."""
        table = {} if palette.table is None else {"table": palette.table.id}
        return {**super().begun(palette), **table}


class ChoiceField(FieldBase):
    """One of several options: fixed texts (type `choice`) or the rows of a table (type `row`)."""

    kind: Literal["choice_field"] = "choice_field"
    style: Literal["drop_down", "radio"] = "drop_down"
    choices: tuple[Title, ...] = ()
    table: TableId | None = None
    where: Formula = ""
    """Which rows are offered; the row's columns are names."""
    sort: Formula = ""
    label: Template = ""
    """What an option over rows says, with the row as `row`; empty means the row's first text column."""
    placeholder: Title = ""
    """The empty first option of a drop-down; empty text means none and the first option is chosen."""

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new field has: it offers two choices."""
        return {**super().begun(palette), "choices": (palette.words("choice_1"), palette.words("choice_2"))}


class Checkbox(FieldBase):
    """A yes or no; `required` means that it must be ticked."""

    kind: Literal["checkbox"] = "checkbox"


FieldBlock = (
    TextField
    | LongText
    | NumberField
    | MoneyField
    | DateField
    | TimeField
    | Slider
    | SuggestField
    | FileField
    | ChoiceField
    | ChoiceGrid
    | Checkbox
)
"""Any block that holds a value."""
