"""The blocks of a page that hold no value: what a visitor reads and uses, and what holds other blocks; one model each.

Those that hold a value are in `field_blocks`. What formulas may name in a block, and what else is particular to its
kind, is said by the kind's class in `flow_models.runtime.machine.base`; how it looks is the site's business.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeGuard, get_args

from pydantic import Field, TypeAdapter

from flow_models.document.base import BlockId, Formula, Model, TableId, Template, Title
from flow_models.document.block_base import BlockBase, Palette
from flow_models.document.data import Column
from flow_models.document.field_blocks import FieldBase, FieldBlock, TextField

Tone = Literal["info", "success", "warning", "error"]
ButtonStyle = Literal["primary", "secondary", "danger", "quiet"]
Picture = Literal[
    "landscape", "city", "beach", "person", "product", "room", "document", "chart", "map", "aircraft", "building"
]


class Heading(BlockBase):
    """A heading; level 1 is the page's own."""

    kind: Literal["heading"] = "heading"
    text: Template = ""
    level: int = Field(default=1, ge=1, le=3)

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new heading has: a page's own stands there already."""
        return {**super().begun(palette), "level": 2}


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

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new notice says."""
        return {"text": palette.words("notice_info")}


class Divider(BlockBase):
    """A thin line between parts of a page."""

    kind: Literal["divider"] = "divider"


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

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new list has: it shows all columns of a table."""
        table = palette.table
        if table is None:
            return {}
        columns = tuple(list_column(column, palette.said(column)) for column in table.columns)
        return {"table": table.id, "columns": columns, "empty_text": palette.words("list_empty")}


def list_column(column: Column, said: str) -> ListColumn:
    """Return the column of a list that shows a column of its table; amounts end where they can be compared."""
    side = "end" if column.type.kind in ("integer", "decimal", "money") else "start"
    return ListColumn.model_validate({"title": column.title, "text": said, "align": side})


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

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what new details have: all columns of the page's record."""
        columns = () if palette.record is None else palette.record.columns
        return {"items": tuple(DetailsItem(title=column.title, text=palette.said(column)) for column in columns)}


class Navigation(BlockBase):
    """A named list of links."""

    kind: Literal["navigation"] = "navigation"
    title: Title = ""
    links: tuple[Link, ...] = ()

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new navigation has: one link."""
        return {**super().begun(palette), "links": (Link.fresh(palette),)}


class Menu(BlockBase):
    """A button that opens and closes a list of links and buttons."""

    kind: Literal["menu"] = "menu"
    title: Template = ""
    items: tuple[RowControl, ...] = ()

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new menu has: one link."""
        return {**super().begun(palette), "items": (Link.fresh(palette),)}


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

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what new steps are: three."""
        return {"titles": tuple(palette.words(f"step_{number}") for number in (1, 2, 3))}


class Form(BlockBase):
    """Fields that are sent together by a submit button."""

    kind: Literal["form"] = "form"
    blocks: tuple["Block", ...] = ()
    check: bool = True
    """Whether required, type, range and pattern are checked before the submit button's transitions are tried."""

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new form has: one field and its submit button."""
        field = TextField.fresh(palette)
        button = Button(id=palette.new_id(), title=palette.words("submit"), style="primary", submit=True)
        return {"blocks": (field, button)}


class Group(BlockBase):
    """Blocks under a common title."""

    kind: Literal["group"] = "group"
    title: Title = ""
    blocks: tuple["Block", ...] = ()


class Columns(BlockBase):
    """Blocks side by side; on narrow screens below each other."""

    kind: Literal["columns"] = "columns"
    columns: tuple[tuple["Block", ...], ...] = ()

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what new columns are: two, empty."""
        del palette
        return {"columns": ((), ())}


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

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what new tabs are: two, with nothing behind them."""
        return {"tabs": tuple(Tab(title=palette.words(f"tab_{number}")) for number in (1, 2))}


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

for _model in (Form, Group, Columns, FoldOut, Tab, Tabs):
    _model.model_rebuild()

BLOCKS: TypeAdapter[tuple[AnyBlock, ...]] = TypeAdapter(tuple[Block, ...])


MODELS: Mapping[str, type[AnyBlock]] = MappingProxyType({model.kind_name(): model for model in get_args(AnyBlock)})
"""The model of each kind of block, by its name."""


def is_field(block: AnyBlock) -> TypeGuard[FieldBlock]:
    """Say whether a block holds a value of its own."""
    return isinstance(block, FieldBase)


def is_control(block: AnyBlock) -> TypeGuard[Button | Link]:
    """Say whether a block is a button or link, whose use a transition can follow."""
    return isinstance(block, Button | Link)


def table_shown(block: AnyBlock) -> TableId | None:
    """Return the table whose rows a block shows or offers, if it says one."""
    return getattr(block, "table", None)
