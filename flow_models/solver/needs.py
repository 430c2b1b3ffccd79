"""What a task still needs: which expected changes, variables and fields tell the states of a search apart.

Each need is one bit: an expected change that must come about, a variable that must hold the wanted value when an
effect copies it, a field that must have been filled with it. Everything else is left out (which row a page shows,
guards, values that are lost again), so that the fewest steps from one set of bits to all of them never exceed what a
real solution takes. How the bits are found is in `tracing`.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

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

from .items import items_of
from .outline import Outline, Write

BITS: Final = 8
"""Needs that are told apart. Each doubles the table of distances, which has two entries for a page and a set of needs:
8 make it 31,000 entries for an airline of 60 pages. Without bits the distance to the goal is that to any page on which
a wanted change can come about, and an empty form of six fields looks as near as one that is filled in: then 20 of the
29 instances are not solved, and with 4 bits still 5 are not."""

Aim = tuple[int, str]
"""An expected change by number and one of its columns: stands for the value that is wanted there."""


@dataclass(frozen=True, slots=True)
class Need:
    """One bit: a change (of a column, or of rows where `name` is empty), a variable or a field with a wanted value.

    `row`: a row was added that can become the expected one by being changed.
    """

    kind: Literal["change", "row", "variable", "field"]
    name: str
    page: str
    aim: Aim


@dataclass(slots=True)
class Needs:
    """The needs of one task.

    Attributes:
        bits: The needs in the order of their bits.
        goal: The bits of the expected changes.
        gives: For each transition (by position) the bits it sets, each with those that must be set before.
        fills: For each page the bits that filling one of its fields sets.
        arrivals: For each page the bits that its fields have on arrival, each with those that must be set before.
        one_by_one: The expected change whose rows only ever come about one in a transition, if it is all that is
            needed; then each row more takes a way from one such transition to the next. -1 for none.
        own_values: Bits of fields that begin with a column of the page's row: (table, column) to compare with.
    """

    bits: list[Need] = field(default_factory=list)
    goal: int = 0
    gives: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    fills: dict[str, list[int]] = field(default_factory=dict)
    arrivals: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    own_values: dict[int, tuple[str, str]] = field(default_factory=dict)
    one_by_one: int = -1

    @property
    def aims(self) -> dict[tuple[str, str], tuple[Aim, int]]:
        """The wanted value of fields with its bit, by page and name."""
        return {
            (need.page, need.name): (need.aim, 1 << place)
            for place, need in enumerate(self.bits)
            if need.kind == "field"
        }


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
