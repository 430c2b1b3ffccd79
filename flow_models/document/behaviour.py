"""Pages, sections and transitions: where a visitor can be and what their actions do."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from flow_models.document.base import (
    BlockId,
    ColumnId,
    Formula,
    Model,
    PageId,
    Position,
    SectionId,
    TableId,
    Template,
    Title,
    TransitionId,
    VariableId,
)
from flow_models.document.blocks import AnyBlock, Block, Tone
from flow_models.document.holding import Item
from flow_models.document.rooms import walk


class UseTrigger(Model):
    """A button, link or row control is used (a form's submit button also by Enter in the form)."""

    kind: Literal["use"] = "use"
    block: BlockId


class ChangeTrigger(Model):
    """A choice, checkbox, date or number field got another value."""

    kind: Literal["change"] = "change"
    block: BlockId


class EnterTrigger(Model):
    """The page is entered from another page, by address or by going back."""

    kind: Literal["enter"] = "enter"


class OpenTrigger(Model):
    """The page is opened by its address."""

    kind: Literal["open"] = "open"


class WaitTrigger(Model):
    """So many steps have passed since the page was entered."""

    kind: Literal["wait"] = "wait"
    steps: int = Field(default=10, ge=1, le=1000)


Trigger = Annotated[UseTrigger | ChangeTrigger | EnterTrigger | OpenTrigger | WaitTrigger, Field(discriminator="kind")]


class SetEffect(Model):
    """Give a variable a value."""

    kind: Literal["set"] = "set"
    variable: VariableId
    value: Formula = ""


class AddEffect(Model):
    """Add one row at the end of a table; columns without a value are empty."""

    kind: Literal["add"] = "add"
    table: TableId
    values: dict[ColumnId, Formula] = {}


class ChangeEffect(Model):
    """Change rows of a table: those where a condition holds (the row's columns are names, the row is `row`).

    The values are formulas over the row as it was; outer `row` and `record` are reached by those names only where
    they are of another table, so `accounts where row == record` changes the page's record.
    """

    kind: Literal["change"] = "change"
    table: TableId
    where: Formula = ""
    values: dict[ColumnId, Formula] = {}


class RemoveEffect(Model):
    """Remove the rows of a table where a condition holds."""

    kind: Literal["remove"] = "remove"
    table: TableId
    where: Formula = ""


class ClearEffect(Model):
    """Empty a passing table, or give a variable its initial value again."""

    kind: Literal["clear"] = "clear"
    target: TableId | VariableId


Effect = Annotated[
    SetEffect | AddEffect | ChangeEffect | RemoveEffect | ClearEffect,
    Field(discriminator="kind"),
]


class Notice(Model):
    """A passing message on the page where the transition arrives; it goes with the next transition."""

    text: Template = ""
    tone: Tone = "success"


STAY = "stay"
CLOSE = "close"


class Transition(Item):
    """An arrow: from a page or section, on a trigger, only if a guard holds, then effects, to a page."""

    id: TransitionId
    source: PageId | SectionId = Field(alias="from")
    on: Trigger
    when: Formula = ""
    do: tuple[Effect, ...] = ()
    to: PageId | Literal["stay", "close"] = "stay"
    """A page, `stay`, or `close` for closing the dialog."""
    record: Formula = ""
    """The row that the target page shows; empty means the used row, else the current record, if its table fits."""
    notice: Notice | None = None
    note: Title = ""


class Page(Item):
    """A state of the site: what the visitor sees. A dialog stands over the page from which it was opened."""

    id: PageId
    title: Title = ""
    path: Template = ""
    kind: Literal["page", "dialog"] = "page"
    record: TableId | None = None
    open_by_url: Formula = ""
    """When the address may be opened; empty means the rule: reachable by an unguarded way without effects."""
    blocks: tuple[Block, ...] = ()
    x: Position = 0.0
    y: Position = 0.0
    note: Template = ""

    @cached_property
    def blocks_by_id(self) -> dict[str, AnyBlock]:
        """Every block of the page itself by id, nested ones included, in document order."""
        return {block.id: block for block in walk(self.blocks)}


class Section(Item):
    """A group of pages that share header, footer and transitions ("from any page here")."""

    id: SectionId
    title: Title = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] = "#5b7fa6"
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()
    pages: tuple[PageId, ...] = ()

    @cached_property
    def blocks_by_id(self) -> dict[str, AnyBlock]:
        """Every block of header and footer by id, nested ones included, in document order."""
        return {block.id: block for block in walk((*self.header, *self.footer))}
