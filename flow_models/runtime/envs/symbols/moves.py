"""What the actions of a control do: known once for a program, whatever instance is played and whatever is typed.

Half of the actions of random play were never done on their page before. Most of these type something or follow a link,
and what that does depends on the page, its record and the control alone.
"""

from collections.abc import Hashable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ...machine.base.events import Event
from ...machine.episodes.graph import PageNode
from ...machine.pages.uses import is_suggesting, texts_of
from ...machine.pages.view import Control, Field
from ...machine.steps.drafts import Draft

Mask = npt.NDArray[np.int8]

PAGES: Final = 16
"""Pages and records for each of which it is kept what their controls do, all forgotten when there are more."""


class Box(NamedTuple):
    """A field into which any text can be put without anybody listening.

    Attributes:
        draft: What putting one in does.
        place: Where an observation says which text it is, see `Encoding.place`.
        focus: What the observation says of the focus then.
    """

    draft: Draft
    place: int
    focus: int


class Use(NamedTuple):
    """The one action of a button or link.

    Attributes:
        event: What happens.
        way: By what it is known where that leads, see `Graph.way`.
    """

    event: Event
    way: Hashable


Move = Box | Use | None
"""What the actions of a slot do, as far as it is the same whatever the control offers."""


Spots = dict[tuple[str, str], int]
"""The number of each control of a page, from 0, by block and row; of two with one name the first."""


class Shape(NamedTuple):
    """What pages with the same controls have in common.

    Attributes:
        counts, names: How many actions each has, and block and row of each, of all controls that have a slot.
        mask: What is allowed, see `Encoding.masked`.
        spots: Where the controls stand.
        moves: What the actions of a slot do, by page and record, then by slot, once one of them was done; for all
            instances.
    """

    counts: tuple[int, ...]
    names: tuple[tuple[str, str], ...]
    mask: Mask
    spots: Spots
    moves: dict[tuple[str, str | None], dict[int, Move]]

    def moves_on(self, page: str, record: str | None) -> dict[int, Move]:
        """Return what the actions of a slot do on a page, to be added to."""
        found = self.moves.get((page, record))
        if found is None:
            if len(self.moves) >= PAGES:
                self.moves.clear()
            found = self.moves[page, record] = {}
        return found


def move_of(page: PageNode, control: Control, slot: int, place: int) -> Move:
    """Return what the actions of a slot do.

    Args:
        page: A page on which its control can be used.
        control: The control.
        slot: The number of the slot.
        place: Where an observation says what is typed there.
    """
    graph = page.graph
    if not isinstance(control, Field):
        event = Event("use", control.id, control.row)
        return Use(event, graph.way(page, event))
    if texts_of(control) is not None or is_suggesting(control):
        return None
    draft = graph.draft(page, Event("fill", control.id))
    return None if draft is None else Box(draft, place, slot + 1)
