"""The kinds of block that hold no value: what a visitor reads and uses, and what holds other blocks; one class each."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from .nodes import Node, Template
from .parts import Part, Said
from .traits import Asks, Block, Holds, RowHolds, RowShown, RowText, SaidText, Text, Traits

PAGES_SHOWN: Final = 7
"""Of more pages of a list only the first, the last, the present one and its neighbours have a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A heading of level 1 (the page's own) to 3."""

    kind: ClassVar[str] = "heading"
    traits: ClassVar[Traits] = Traits(tells=True)

    text: SaidText
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """A paragraph, `plain`, `lead` or `small`."""

    kind: ClassVar[str] = "text"
    traits: ClassVar[Traits] = Traits(tells=True)

    text: Text
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Block):
    """A picture by its name, and the text that stands for it."""

    kind: ClassVar[str] = "image"

    picture: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBox(Block):
    """A boxed remark, `info`, `success`, `warning` or `error`."""

    kind: ClassVar[str] = "notice"
    traits: ClassVar[Traits] = Traits(tells=True)

    text: Text
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider(Block):
    """A thin line."""

    kind: ClassVar[str] = "divider"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlBlock(Block):
    """A button or link; also one of a list's row, a menu or a navigation."""

    title: SaidText

    @property
    def own_controls(self) -> int:
        """Itself."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(ControlBlock):
    """A button; with `submit` it sends the form in which it stands."""

    kind: ClassVar[str] = "button"

    style: str
    submit: bool
    enabled_if: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(ControlBlock):
    """A link to the page to which its first transition leads."""

    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class ListColumn(Part):
    """One column of a list; a link stands in place of the text."""

    title: Annotated[str, Said]
    text: RowText
    align: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowList(Block):
    """The rows of a table, as a `table` or as `cards`."""

    kind: ClassVar[str] = "list"
    traits: ClassVar[Traits] = Traits(tells=True, chosen_by=("columns",))

    title: SaidText
    table: str | None
    where: RowHolds
    sort: RowShown
    descending: bool
    limit: int
    page_size: int
    style: str
    columns: tuple[ListColumn, ...]
    row_controls: tuple[ControlBlock, ...]
    empty_text: Text


@dataclass(frozen=True, slots=True)
class DetailsItem(Part):
    """One term and its value."""

    title: Annotated[str, Said]
    text: Annotated[Template, Asks("text", "record")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details(Block):
    """Facts of one row, by default the page's record."""

    kind: ClassVar[str] = "details"
    traits: ClassVar[Traits] = Traits(tells=True)

    record: Annotated[Node | None, Asks("row")]
    items: tuple[DetailsItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation(Block):
    """A named list of links; a variant may have that of a header behind a button."""

    kind: ClassVar[str] = "navigation"
    traits: ClassVar[Traits] = Traits(has_buttons=True)

    title: Annotated[str, Said]
    links: tuple[Link, ...]

    @property
    def own_controls(self) -> int:
        """The button."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Block):
    """A button that opens and closes a list of links and buttons."""

    kind: ClassVar[str] = "menu"
    traits: ClassVar[Traits] = Traits(has_buttons=True)

    title: SaidText
    items: tuple[ControlBlock, ...]

    @property
    def own_controls(self) -> int:
        """The button."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination(Block):
    """Turns the pages of a list on the same page."""

    kind: ClassVar[str] = "pagination"
    traits: ClassVar[Traits] = Traits(has_buttons=True)

    list: str | None

    @property
    def own_controls(self) -> int:
        """Previous, the pages, next."""
        return PAGES_SHOWN + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Block):
    """Where a visitor stands in a sequence; `current` from 1."""

    kind: ClassVar[str] = "steps"

    titles: Annotated[tuple[str, ...], Said]
    current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Block):
    """Fields that are sent together; with `check` they are checked before."""

    kind: ClassVar[str] = "form"

    blocks: tuple[Block, ...]
    check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Block):
    """Blocks under a common title."""

    kind: ClassVar[str] = "group"

    title: Annotated[str, Said]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Block):
    """Blocks side by side."""

    kind: ClassVar[str] = "columns"

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldOut(Block):
    """Blocks that a visitor unfolds and folds."""

    kind: ClassVar[str] = "fold_out"
    traits: ClassVar[Traits] = Traits(has_buttons=True)

    title: SaidText
    is_open: bool
    blocks: tuple[Block, ...]

    @property
    def own_controls(self) -> int:
        """The button."""
        return 1


@dataclass(frozen=True, slots=True)
class Tab(Part):
    """One tab and what stands behind it."""

    title: Annotated[str, Said]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs(Block):
    """Blocks of which one tab at a time is on the page."""

    kind: ClassVar[str] = "tabs"
    traits: ClassVar[Traits] = Traits(has_buttons=True, chosen_by=("tabs",))

    tabs: tuple[Tab, ...]

    @property
    def own_controls(self) -> int:
        """A button for each tab."""
        return len(self.tabs)
