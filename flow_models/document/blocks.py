"""The blocks of a page: what a visitor reads, fills in and uses.

A block that holds a value has a name, unique on its page, by which formulas read it (`field.amount`). `form`, `group`
and `columns` hold other blocks. Looks, HTML and accessibility text are not here: `flow_models.runtime.site` has them.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from flow_models.document.base import BlockId, Formula, Model, Name, TableId, Template, Title

Tone = Literal["info", "success", "warning", "error"]
ButtonStyle = Literal["primary", "secondary", "danger", "quiet"]
Picture = Literal["landscape", "city", "beach", "person", "product", "document", "chart", "map", "aircraft", "building"]


class BlockBase(Model):
    """What every block has."""

    id: BlockId
    show_if: Formula = ""
    """The block is on the page only while this holds; empty means always."""


class Heading(BlockBase):
    """A heading; level 1 is the page's own."""

    kind: Literal["heading"] = "heading"
    text: Template = ""
    level: int = Field(default=1, ge=1, le=3)


class Text(BlockBase):
    """A paragraph."""

    kind: Literal["text"] = "text"
    text: Template = ""
    style: Literal["plain", "lead", "small"] = "plain"


class Image(BlockBase):
    """A picture with a text that stands for it; pictures are drawn by the site's style, nothing is loaded."""

    kind: Literal["image"] = "image"
    picture: Picture = "landscape"
    text: Template = ""
    """What the picture shows, for those who do not see it; empty for a mere ornament."""


class NoticeBlock(BlockBase):
    """A boxed remark that stands on the page (passing notices come from transitions)."""

    kind: Literal["notice"] = "notice"
    text: Template = ""
    tone: Tone = "info"


class Divider(BlockBase):
    """A thin line between parts of a page."""

    kind: Literal["divider"] = "divider"


class FieldBase(BlockBase):
    """What every block with a value has."""

    name: Name
    title: Title = ""
    help: Template = ""
    required: bool = False
    initial: Formula = ""
    """The value that the field shows on arrival; empty means an empty field."""


class TextField(FieldBase):
    """One line of text.

    A pattern is a mask: `#` a digit, `@` a letter, `*` either, anything else itself.
    """

    kind: Literal["text_field"] = "text_field"
    purpose: Literal["text", "email", "password", "phone", "search", "address"] = "text"
    min_length: int = Field(default=0, ge=0, le=500)
    max_length: int = Field(default=200, ge=1, le=500)
    pattern: Title = ""


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


class FileField(FieldBase):
    """A file chosen from a given set of names (type `text`); nothing is uploaded."""

    kind: Literal["file_field"] = "file_field"
    files: tuple[Title, ...] = ()


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


class Checkbox(FieldBase):
    """A yes or no; `required` means that it must be ticked."""

    kind: Literal["checkbox"] = "checkbox"


class Button(BlockBase):
    """A button; with `submit` the button that sends the form it stands in (and checks it first)."""

    kind: Literal["button"] = "button"
    title: Template = ""
    style: ButtonStyle = "secondary"
    submit: bool = False
    enabled_if: Formula = ""
    """The button is disabled while this does not hold; empty means always enabled."""


class Link(BlockBase):
    """A link; its address is that of the page its first transition leads to."""

    kind: Literal["link"] = "link"
    title: Template = ""


RowControl = Annotated[Button | Link, Field(discriminator="kind")]


class ListColumn(Model):
    """One column of a list (or one line of a card); the row is `row`, its columns are names."""

    title: Title = ""
    text: Template = ""
    align: Literal["start", "end"] = "start"
    link: Link | None = None
    """If set, the column's text is this link (its own title is not used)."""


class ListBlock(BlockBase):
    """The rows of a table that a condition picks, in an order, as a table or as cards."""

    kind: Literal["list"] = "list"
    title: Template = ""
    table: TableId | None = None
    where: Formula = ""
    sort: Formula = ""
    descending: bool = False
    limit: int = Field(default=0, ge=0, le=1000)
    """At most so many rows; 0 means all."""
    page_size: int = Field(default=0, ge=0, le=1000)
    """So many rows at a time, with a pagination block to turn pages; 0 means all at once."""
    style: Literal["table", "cards"] = "table"
    columns: tuple[ListColumn, ...] = ()
    row_controls: tuple[RowControl, ...] = ()
    empty_text: Template = ""


class DetailsItem(Model):
    """One term and its value."""

    title: Title = ""
    text: Template = ""


class Details(BlockBase):
    """Facts of one row as terms and values."""

    kind: Literal["details"] = "details"
    record: Formula = ""
    """The row shown, bound as `row`; empty means the page's record."""
    items: tuple[DetailsItem, ...] = ()


class Navigation(BlockBase):
    """A named list of links."""

    kind: Literal["navigation"] = "navigation"
    title: Title = ""
    links: tuple[Link, ...] = ()


class Menu(BlockBase):
    """A button that opens and closes a list of links and buttons."""

    kind: Literal["menu"] = "menu"
    title: Template = ""
    items: tuple[RowControl, ...] = ()


class Pagination(BlockBase):
    """Turns the pages of a list on the same page: previous, the numbers, next."""

    kind: Literal["pagination"] = "pagination"
    list: BlockId | None = None


class Steps(BlockBase):
    """Where a visitor stands in a sequence of steps."""

    kind: Literal["steps"] = "steps"
    titles: tuple[Title, ...] = ()
    current: int = Field(default=1, ge=1, le=50)
    """The number of the present step, from 1."""


class Form(BlockBase):
    """Fields that are sent together by a submit button."""

    kind: Literal["form"] = "form"
    blocks: tuple["Block", ...] = ()
    check: bool = True
    """Whether required, type, range and pattern are checked before the submit button's transitions are tried."""


class Group(BlockBase):
    """Blocks under a common title."""

    kind: Literal["group"] = "group"
    title: Title = ""
    blocks: tuple["Block", ...] = ()


class Columns(BlockBase):
    """Blocks side by side; on narrow screens below each other."""

    kind: Literal["columns"] = "columns"
    columns: tuple[tuple["Block", ...], ...] = ()


class FoldOut(BlockBase):
    """Blocks that a visitor unfolds and folds; folded ones are not on the page."""

    kind: Literal["fold_out"] = "fold_out"
    title: Template = ""
    is_open: bool = False
    """Whether it is unfolded on arrival."""
    blocks: tuple["Block", ...] = ()


class Tab(Model):
    """One tab: its title and what stands behind it."""

    title: Title = ""
    blocks: tuple["Block", ...] = ()


class Tabs(BlockBase):
    """Blocks of which one tab at a time is on the page, at first the first."""

    kind: Literal["tabs"] = "tabs"
    tabs: tuple[Tab, ...] = ()


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
Container = Form | Group | Columns | FoldOut | Tabs
AnyBlock = (
    Heading
    | Text
    | Image
    | NoticeBlock
    | Divider
    | FieldBlock
    | Button
    | Link
    | ListBlock
    | Details
    | Navigation
    | Menu
    | Pagination
    | Steps
    | Container
)
Block = Annotated[AnyBlock, Field(discriminator="kind")]

FIELD_KINDS = frozenset(
    {
        "text_field",
        "long_text",
        "number_field",
        "money_field",
        "date_field",
        "time_field",
        "slider",
        "suggest_field",
        "file_field",
        "choice_field",
        "choice_grid",
        "checkbox",
    }
)

for _model in (Form, Group, Columns, FoldOut, Tab, Tabs):
    _model.model_rebuild()

BLOCKS: TypeAdapter[tuple[AnyBlock, ...]] = TypeAdapter(tuple[Block, ...])


def children(block: AnyBlock) -> tuple[AnyBlock, ...]:
    """Return the blocks directly inside a block, controls of lists and navigation included, in document order."""
    match block:
        case Form() | Group() | FoldOut():
            return block.blocks
        case Tabs():
            return tuple(inner for tab in block.tabs for inner in tab.blocks)
        case Menu():
            return block.items
        case Columns():
            return tuple(inner for column in block.columns for inner in column)
        case ListBlock():
            links = tuple(column.link for column in block.columns if column.link is not None)
            return (*links, *block.row_controls)
        case Navigation():
            return block.links
        case _:
            return ()


def walk(blocks: tuple[AnyBlock, ...]) -> Iterator[AnyBlock]:
    """Yield blocks and everything inside them in document order."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def is_field(block: AnyBlock) -> bool:
    """Say whether a block holds a value of its own."""
    return block.kind in FIELD_KINDS
