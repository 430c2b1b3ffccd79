"""What can be said of a kind of block: what its formulas may name, what value it holds, and how it gets it.

The kinds themselves are in `blocks` and `field_blocks`, what is derived from them in `kinds`.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal, NamedTuple

from .nodes import Node, Template
from .parts import Part, Said, Told

Sees = Literal["page", "bare", "row", "bare row", "record"]
"""What a formula or text may name besides the site's data: the page's fields, no fields, the row of the block's table
(with the page's fields or without), or the row that a block of facts shows."""

Wants = Literal["text", "condition", "value", "shown", "row"]
"""What stands there: a text with formulas, a condition, a value of the field's own type, a value that can be shown and
sorted, or a row."""

Fill = Literal["", "typed", "slid", "chosen", "ticked", "picked"]
"""How a field gets its value: typed, put on a scale, chosen among options, ticked, or picked by a button inside."""


class Asks(NamedTuple):
    """What a formula or text of a block may name, and what is wanted of it."""

    wants: Wants
    sees: Sees = "page"


Holds = Annotated[Node | None, Asks("condition")]
RowHolds = Annotated[Node | None, Asks("condition", "row")]
RowShown = Annotated[Node | None, Asks("shown", "row")]
Initial = Annotated[Node | None, Asks("value", "bare")]
Bound = Annotated[Node | None, Asks("value")]
Text = Annotated[Template, Asks("text"), Told]
SaidText = Annotated[Template, Asks("text"), Said]
RowText = Annotated[Template, Asks("text", "row"), Told]
Label = Annotated[Template, Asks("text", "row")]
"""What an option is called: as drawn in every variant, for it is data that visitors name."""


class Traits(NamedTuple):
    """What is particular to a kind of block.

    Attributes:
        value: The type of the value it holds, empty for none. A `choice` over the rows of a table holds a `row`, a
            number with places behind the point is a `decimal`.
        fill: How it is filled; empty for blocks without a value.
        has_change: Whether there is a moment at which its value has changed, to which a transition may listen.
        has_buttons: Whether it has buttons of its own, which fold, turn or pick inside it and are no transition's.
        tells: Whether its texts are there to be read, so that a visitor may learn from them what the data holds.
        chosen_by: The fields of its class by whose texts a visitor chooses something in it: fixed texts, parts with a
            title, or what each row says. Its own links and buttons are chosen by their titles besides.
    """

    value: str = ""
    fill: Fill = ""
    has_change: bool = False
    has_buttons: bool = False
    tells: bool = False
    chosen_by: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """The kinds of event by which it gets its value; what is picked comes by the use of a button."""
        return _EVENTS[self.fill]


_EVENTS: Final[dict[Fill, tuple[str, ...]]] = {
    "": (),
    "typed": ("fill",),
    "slid": ("fill",),
    "chosen": ("select",),
    "ticked": ("check", "uncheck"),
    "picked": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Part):
    """What every block has; it is on the page only while `show_if` holds."""

    tag: ClassVar[str] = "kind"
    kind: ClassVar[str] = ""
    traits: ClassVar[Traits] = Traits()

    id: str
    show_if: Holds

    @property
    def own_controls(self) -> int:
        """How many controls it has itself at most; those of what stands in it, and of the rows of lists, aside."""
        return 1 if self.traits.value else 0
