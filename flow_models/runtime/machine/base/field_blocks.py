"""The kinds of block that hold a value: one class each, with its formulas, texts and traits.

What a typed text means and when it is wrong is one floor up, in `pages`; how a field looks is the site's business.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from .nodes import Template
from .parts import Said, Told
from .traits import Asks, Block, Bound, Initial, Label, RowHolds, RowShown, Text, Traits


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldBlock(Block):
    """What every block with a value has."""

    name: str
    title: Annotated[str, Said]
    help: Text
    required: bool
    initial: Initial

    @property
    def begins_filled(self) -> bool:
        """Whether it holds a value on arrival even if no formula gives one."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(FieldBlock):
    """One line of text; a pattern is a mask (see `fits`), and all spaces count unless it trims."""

    kind: ClassVar[str] = "text_field"
    traits: ClassVar[Traits] = Traits(value="text", fill="typed")

    purpose: str
    min_length: int
    max_length: int
    pattern: str
    trim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(FieldBlock):
    """Several lines of text."""

    kind: ClassVar[str] = "long_text"
    traits: ClassVar[Traits] = Traits(value="text", fill="typed")

    max_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedField(FieldBlock):
    """What fields have whose value lies between two bounds."""

    minimum: Bound
    maximum: Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(BoundedField):
    """A number with at most `places` digits after the point; without any an integer."""

    kind: ClassVar[str] = "number_field"
    traits: ClassVar[Traits] = Traits(value="integer", fill="typed", has_change=True)

    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyField(BoundedField):
    """An amount in the site's currency."""

    kind: ClassVar[str] = "money_field"
    traits: ClassVar[Traits] = Traits(value="money", fill="typed")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(BoundedField):
    """A date."""

    kind: ClassVar[str] = "date_field"
    traits: ClassVar[Traits] = Traits(value="date", fill="typed", has_change=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeField(BoundedField):
    """A time of day."""

    kind: ClassVar[str] = "time_field"
    traits: ClassVar[Traits] = Traits(value="time", fill="typed", has_change=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider(FieldBlock):
    """An integer on a scale."""

    kind: ClassVar[str] = "slider"
    traits: ClassVar[Traits] = Traits(value="integer", fill="slid", has_change=True)

    minimum: int
    maximum: int
    step: int

    @property
    def begins_filled(self) -> bool:
        """It always stands at a step."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestField(FieldBlock):
    """A text that means the row of a table whose label it is; suggestions are buttons inside."""

    kind: ClassVar[str] = "suggest_field"
    traits: ClassVar[Traits] = Traits(
        value="row", fill="typed", has_change=True, has_buttons=True, chosen_by=("label",)
    )

    table: str | None
    where: RowHolds
    sort: RowShown
    # The label says which row the text means, so it may not read fields, its own least of all.
    label: Annotated[Template, Asks("text", "bare row")]
    limit: int
    placeholder: Annotated[str, Told]

    @property
    def own_controls(self) -> int:
        """The box and its suggestions."""
        return 1 + self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(FieldBlock):
    """One of the given names of files, picked from a list that a button opens."""

    kind: ClassVar[str] = "file_field"
    traits: ClassVar[Traits] = Traits(
        value="text", fill="picked", has_change=True, has_buttons=True, chosen_by=("files",)
    )

    files: tuple[str, ...]

    @property
    def own_controls(self) -> int:
        """The field, its button and the files."""
        return 2 + len(self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(FieldBlock):
    """One of the listed texts or of the rows of a table, as a `drop_down` or `radio` buttons."""

    kind: ClassVar[str] = "choice_field"
    traits: ClassVar[Traits] = Traits(
        value="choice", fill="chosen", has_change=True, chosen_by=("placeholder", "choices", "label")
    )

    style: str
    choices: tuple[str, ...]
    table: str | None
    where: RowHolds
    sort: RowShown
    label: Label
    placeholder: Annotated[str, Told]

    @property
    def begins_filled(self) -> bool:
        """The first option of a drop-down stands chosen, unless a placeholder stands before it."""
        return self.style == "drop_down" and not self.placeholder


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGrid(FieldBlock):
    """A row of a table chosen from a plan of places."""

    kind: ClassVar[str] = "choice_grid"
    traits: ClassVar[Traits] = Traits(value="row", fill="chosen", has_change=True, chosen_by=("line", "label"))

    table: str | None
    where: RowHolds
    line: RowShown
    label: Label
    free_if: RowHolds


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkbox(FieldBlock):
    """A yes or no."""

    kind: ClassVar[str] = "checkbox"
    traits: ClassVar[Traits] = Traits(value="boolean", fill="ticked", has_change=True)
