"""What a step may cost: units of work, and how many each part of a step has.

A unit is what takes about 100 ns: reading a column, or handling `CHARACTERS` characters. Units are counted, never
timed, and what was kept counts as much as what is made anew (see `memo`): so the same step costs the same on every
machine, in every interface and after any history. Whoever goes beyond gets a `TooMuchError`.

A step has one budget, `STEP`, in fixed shares. What a page shows follows from its state alone, so it cannot depend on
what the transition before it cost; therefore a part of a step gets no more because another part needed less.

- `CHANGE`: conditions, effects and arrivals of one step. Beyond it the step is refused in words.
- `PAGE`: what the page shows, and as much for a dialog over it; `FRAME` for each of title, header and footer. Beyond
  it a block is left out and says so. A block may take half of what is left, so that one that is too much leaves
  something for those behind it.
- `RULES`: failure rules, success and milestones, and as much for an expected answer. Beyond it a rule does not hold;
  each may take half of what is left.

The check asks for half of each share, so that no block or rule of a flow that passes is ever cut. `DRAWING` is for the
beginning of an episode, which is no step.
"""

from typing import Final

from ..base.nodes import (
    Aggregate,
    Arithmetic,
    Call,
    ChangedRows,
    Comparison,
    Constant,
    Node,
    SortedRows,
    TableRows,
)
from ..base.parts import inner_fields
from ..base.tables import Table

CHANGE: Final = 800_000
PAGE: Final = 1_200_000
RULES: Final = 500_000
FRAME: Final = 100_000
STEP: Final = CHANGE + 2 * PAGE + 3 * FRAME + RULES
DRAWING: Final = 40_000_000

CHARACTERS: Final = 16
"""Characters that are handled (searched, brought into small letters, shown) for one unit."""

FREE: Final = 128
"""Characters of a shown or compared text that cost nothing: the unit of its formula pays for them."""

EFFECT: Final = 30
TRIED: Final = 10
"""Units of an effect and of trying a transition, besides their formulas."""

BLOCK: Final = 60
LINE: Final = 30
CELL: Final = 25
CONTROL: Final = 30
OPTION: Final = 30
"""Units of what is shown besides its formulas: a block, a line of a list, its cells and buttons, an option."""

AGGREGATE: Final = 6
LOOKUP: Final = 8
ADDED: Final = 8
COMPARED: Final = 10
SHOWN: Final = 20
"""Units of an aggregate besides its rows, of a look-up in an index, of a value that is added up, of a row that differs
from the beginning, and of an amount, a date or a text put into a sentence."""

_CALLS: Final = {"number": 12, "round": 10, "days": 5, "year": 4, "month": 4, "day": 4, "weekday": 4, "text": SHOWN}
_EXACT: Final = {"+": 8, "-": 8, "*": 15, "/": 15, "//": 4, "%": 4}


def weight(*things: object) -> int:
    """Return the units that formulas cost by themselves, each once: without what they look at in tables and texts."""
    return sum(_weight(one) for one in things)


def _weight(thing: object) -> int:
    """Return the units of a formula, a template or what holds such."""
    if isinstance(thing, Node):
        return _own(thing) + sum(_weight(part) for part in _asked_once(thing))
    if isinstance(thing, tuple | list):
        return sum(_weight(part) + (SHOWN if isinstance(part, Node) else 0) for part in thing)
    return 0


def _asked_once(node: Node) -> list[object]:
    """Return the formulas inside one that are computed once with it; those of rows are counted for each row."""
    match node:
        case Aggregate():
            return [node.default]
        case SortedRows():
            return []
        case _:
            return [part for name in inner_fields(type(node)) for part in _flat(getattr(node, name))]


def _flat(held: object) -> tuple[object, ...]:
    """Return the formulas that a field holds."""
    return held if isinstance(held, tuple) else (held,)


def _own(node: Node) -> int:
    """Return the units of one operation."""
    match node:
        case Aggregate() | TableRows() | SortedRows() | ChangedRows():
            return AGGREGATE
        case Call():
            return _CALLS.get(node.fn, 2)
        case Arithmetic():
            return _EXACT[node.sign]
        case Comparison():
            return 2
        case Constant():
            return 0
        case _:
            return 1


def sorting(rows: int) -> int:
    """Return the units of putting so many rows in order, without computing their keys."""
    return rows * (3 + rows.bit_length())


def compared(before: Table, now: Table) -> int:
    """Return the units of finding in what a table differs from how it began."""
    return 0 if before is now else COMPARED * (before.differing + now.differing)


def changing(table: Table) -> int:
    """Return the units of making a table of another, and of telling it from the others."""
    return len(table) // 8 + table.differing * 3


def characters(count: int) -> int:
    """Return the units of handling so many characters."""
    return count // CHARACTERS


def searching(text: int, part: int) -> int:
    """Return the units of searching a text of so many characters for one of so many.

    Python compares each place of a text with a short part; it has a better way for long ones.
    """
    if part > text:
        return characters(text)
    return characters(text) + (text * (part if text < 2500 else min(part, 100)) >> 9)
