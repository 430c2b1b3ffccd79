"""What a visitor has unfolded, opened and turned on a page, as pairs of block and state.

A pair is there only where a block differs from how it is drawn: so equal pages are equal states. Nothing of this is
data of the site; an arrival forgets it.
"""

from typing import Final

from ..base import blocks
from ..base.traits import Block
from .state import Unfolded
from .view import Pagination, View, walk

OPEN: Final = "open"
CLOSED: Final = "closed"
FOLD: Final = "fold"
MENU: Final = "menu"
BROWSE: Final = "browse"
PREVIOUS: Final = "previous"
NEXT: Final = "next"
"""Parts of blocks, by which their buttons are known; those of tabs and pages are numbers from 1."""


def state_of(unfolded: Unfolded, block: str) -> str:
    """Return the state of a block, empty if it is as drawn."""
    for known, state in unfolded:
        if known == block:
            return state
    return ""


def with_state(unfolded: Unfolded, block: str, state: str) -> Unfolded:
    """Return what is unfolded with one block in another state; the empty state is that as drawn."""
    others = [pair for pair in unfolded if pair[0] != block]
    return tuple(sorted([*others, (block, state)] if state else others))


def is_open(unfolded: Unfolded, block: Block) -> bool:
    """Say whether a fold-out, menu or list of files is open."""
    state = state_of(unfolded, block.id)
    return state == OPEN if state else _is_drawn_open(block)


def number_of(unfolded: Unfolded, block: str, count: int) -> int:
    """Return which of so many tabs or pages is chosen, from 1; the first if the chosen one is not there."""
    state = state_of(unfolded, block)
    number = int(state) if state.isdecimal() else 1
    return number if 1 <= number <= count else 1


def pressed(unfolded: Unfolded, block: Block, part: str, view: View) -> Unfolded:
    """Return what is unfolded once the button of a part of a block was used."""
    match block:
        case blocks.Tabs():
            return _turned(unfolded, block.id, int(part))
        case blocks.Pagination():
            by = {PREVIOUS: -1, NEXT: 1}.get(part)
            return _turned(unfolded, block.list or "", int(part) if by is None else _page(view, block.id) + by)
        case _:
            return _toggled(unfolded, block)


def _is_drawn_open(block: Block) -> bool:
    """Say whether a block is open on arrival."""
    return isinstance(block, blocks.FoldOut) and block.is_open


def _page(view: View, block: str) -> int:
    """Return which page of a list is shown, by the block that turns it."""
    inner = (inner for part in view.top.parts for inner in walk(part))
    return next(part.page for part in inner if isinstance(part, Pagination) and part.id == block)


def _toggled(unfolded: Unfolded, block: Block) -> Unfolded:
    """Return what is unfolded once a fold-out, menu or list of files was opened or closed."""
    opens = not is_open(unfolded, block)
    is_drawn = opens == _is_drawn_open(block)
    return with_state(unfolded, block.id, "" if is_drawn else OPEN if opens else CLOSED)


def _turned(unfolded: Unfolded, block: str, number: int) -> Unfolded:
    """Return what is unfolded once a tab or page was chosen."""
    return with_state(unfolded, block, "" if number == 1 else str(number))
