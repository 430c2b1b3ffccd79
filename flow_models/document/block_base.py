"""What every block has, and what a new block is made from; the kinds are in `blocks` and `field_blocks`."""

from collections.abc import Callable
from typing import NamedTuple, Self

from flow_models.document.base import BlockId, Formula, Model
from flow_models.document.data import Column, Table


class Palette(NamedTuple):
    """What new blocks are made from.

    Attributes:
        words: Returns the words for something new, such as `heading` or `step_1`.
        new_id: Returns a fresh id.
        free_name: Returns a name made from a title, which no field on the page has.
        table: The table that lists, suggestions and grids show at first.
        record: The table of the row that the page shows.
        said: Returns the text that shows a column's value.
    """

    words: Callable[[str], str]
    new_id: Callable[[], str]
    free_name: Callable[[str], str]
    table: Table | None
    record: Table | None
    said: Callable[[Column], str]


class BlockBase(Model):
    """What every block has."""

    id: BlockId
    show_if: Formula = ""
    """The block is on the page only while this holds; empty means always."""

    @classmethod
    def kind_name(cls) -> str:
        """Return the name of the kind."""
        return str(cls.model_fields["kind"].default)

    @classmethod
    def fresh(cls, palette: Palette) -> Self:
        """Return a block as it comes from the palette, with words in it and ready to be used."""
        identity = palette.new_id()
        return cls.model_validate({"id": identity, **cls.begun(palette)})

    @classmethod
    def begun(cls, palette: Palette) -> dict[str, object]:
        """Return what a new block has besides its id."""
        return {name: palette.words(cls.kind_name()) for name in ("title", "text") if name in cls.model_fields}
