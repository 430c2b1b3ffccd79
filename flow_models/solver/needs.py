"""What a task still needs: which expected changes, variables and fields tell the states of a search apart.

A need is an expected change that must come about, a variable that must hold the wanted value when an effect copies it,
a field that must have been filled with it. Needs that always come together, such as the fields of one form, share a
bit: a form of forty fields is one thing to do, not forty. Everything else is left out (which row a page shows, guards,
values that are lost again), so that the fewest steps from one set of bits to all of them never exceed what a real
solution takes. How needs are found is in `tracing`, how they are put together in `grouping`.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from flow_models.runtime.machine.base.behaviour import AddRow, ExpectedChange
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    AnswerText,
    BoundRow,
    ClockPart,
    Comparison,
    Constant,
    Node,
    nodes_in,
)
from flow_models.runtime.machine.base.values import Value

from .items import Item, items_of
from .outline import Outline, Write

Aim = tuple[int, str]
"""An expected change by number and one of its columns: stands for the value that is wanted there. Below 0 what the
further condition of the task lacks; see `lacks`."""


@dataclass(frozen=True, slots=True)
class Need:
    """One bit: a change (of a column, or of rows where `name` is empty), a variable or a field with a wanted value.

    `row`: a row was added that can become the expected one by being changed. `cell`: a column, of the table that stands
    for the page, holds a wanted value in some row.
    """

    kind: Literal["change", "row", "variable", "cell", "field"]
    name: str
    page: str
    aim: Aim


class Beginning(NamedTuple):
    """A column of a table with which a field begins: of the page's row, or of any."""

    table: str
    column: str
    of_any: bool


class Gift(NamedTuple):
    """What a transition gives: some needs, if others are met before.

    Attributes:
        bit: What is given.
        before: What must be met before.
        effect: Which effect gives it.
        is_single: Whether the effect adds, changes or removes one row at a time.
    """

    bit: int
    before: int
    effect: int = 0
    is_single: bool = False


@dataclass(slots=True)
class Needs:
    """The needs of one task, those that always come together taken for one; see `grouping`.

    Attributes:
        groups: The needs behind each bit.
        goal: The bits of the expected changes.
        gives: For each transition (by position) what it gives.
        fills: For each page the bits that filling its fields sets.
        arrivals: For each page the bits that its fields may have on arrival, each with those that must be set before.
        loose: Fields that may hold the wanted value without having been filled.
        own_values: Fields that begin with what stands in a column.
        constants: Fields that begin with a literal.
        followed: What is copied from which field, as (page, field, item), where that field is among the needs.
        wanted: The data that has been traced, whether or not to a field.
    """

    groups: list[tuple[Need, ...]] = field(default_factory=list)
    goal: int = 0
    gives: dict[int, list[Gift]] = field(default_factory=dict)
    fills: dict[str, list[int]] = field(default_factory=dict)
    arrivals: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    loose: set[Need] = field(default_factory=set)
    own_values: dict[Need, Beginning] = field(default_factory=dict)
    constants: dict[Need, Value] = field(default_factory=dict)
    followed: set[tuple[str, str, Item]] = field(default_factory=set)
    wanted: set[Item] = field(default_factory=set)

    def helping(self, bits: int) -> int:
        """Return needs with all that help to meet them."""
        gifts = [(gift.bit, gift.before) for given in self.gives.values() for gift in given]
        pairs = [*gifts, *(pair for arriving in self.arrivals.values() for pair in arriving)]
        found, size = bits, 0
        while found.bit_count() != size:
            size = found.bit_count()
            for bit, before in pairs:
                if bit & found:
                    found |= before
        return found


def is_fixed(tree: Node | None, outline: Outline) -> bool:
    """Say whether a wanted value depends on nothing that effects change, nor on the row that is judged.

    Only then is it known before the first step, and a bit can say that a field or variable holds it.
    """
    if any(_is_unsettled(node) for node in nodes_in(tree)):
        return False
    items = items_of(tree)
    if any(item[0] in ("field", "table", "columns") for item in items):
        return False
    return items.isdisjoint(outline.changeable)


def is_settled(where: Node | None, outline: Outline) -> bool:
    """Say whether which rows of the start meet a condition stays the same all the time."""
    nodes = tuple(nodes_in(where))
    if any(isinstance(node, ClockPart | AnswerText) for node in nodes):
        return False
    return not any(item[0] == "variable" for item in items_of(where) & outline.changeable)


def _is_unsettled(node: Node) -> bool:
    """Say whether one node reads the row that is judged, the clock, what was said, or many rows."""
    match node:
        case BoundRow(name="row") | ClockPart() | AnswerText() | Aggregate():
            return True
        case _:
            return False


def is_other_row(write: Write, change: ExpectedChange, outline: Outline) -> bool:
    """Say whether a row that an effect adds can never become an expected one.

    So it is where a fixed value stands in a column in which another is expected, and nothing changes that column.
    """
    effect = write.effect
    if not isinstance(effect, AddRow) or effect.table != change.table or change.kind != "added":
        return False
    return any(
        differ(effect.values.get(name), wanted)
        for name, wanted in change.values.items()
        if ("column", change.table, name) not in outline.changed_columns
    )


def differ(given: Node | None, wanted: Node | None) -> bool:
    """Say whether two formulas are values, and not the same one."""
    return isinstance(given, Constant) and isinstance(wanted, Constant) and given.value != wanted.value


def is_record(where: Node | None) -> bool:
    """Say whether a condition is that the row is the page's."""
    match where:
        case Comparison(test="==", left=BoundRow(name=left), right=BoundRow(name=right)):
            return {left, right} == {"row", "record"}
        case _:
            return False
