"""What the actions of a control do: known once for a program, whatever instance is played and whatever is typed.

Half of the actions of random play were never done on their page before. Most of these type something or follow a link,
and what that does depends on the page, its record and the control alone.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final, NamedTuple

from ...machine.base.events import Event
from ...machine.episodes.graph import Graph, PageNode
from ...machine.pages.uses import is_suggesting, texts_of
from ...machine.pages.view import Control, Field
from ...machine.steps.drafts import Draft

MOVES: Final = 4096
"""Controls of pages of which it is kept what they do, all forgotten when there are more."""


class Box(NamedTuple):
    """A field into which any text can be put without anybody listening.

    Attributes:
        draft: What putting one in does.
        field: The field as some page shows it.
    """

    draft: Draft
    field: Field


class Use(NamedTuple):
    """The one action of a button or link.

    Attributes:
        event: What happens.
        way: By what it is known where that leads, see `Graph.way`.
    """

    event: Event
    way: Hashable


Move = Box | Use | None
"""What the actions of a control do, as far as it is the same wherever it stands on the page and whatever it offers."""


class Moves:
    """What the controls of a program do."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Move] = {}

    def of(self, page: PageNode, name: tuple[str, str], control: Callable[[], Control]) -> Move:
        """Return what the actions of a control do.

        Args:
            page: A page on which it can be used.
            name: Its block and row.
            control: Finds it there.
        """
        top = page.state.top
        key = (top.page, top.record, name)
        try:
            return self._kept[key]
        except KeyError:
            pass
        if len(self._kept) >= MOVES:
            self._kept.clear()
        move = self._kept[key] = move_of(page.graph, page, control())
        return move


def move_of(graph: Graph[Any], page: PageNode, control: Control) -> Move:
    """Return what the actions of a control do."""
    if not isinstance(control, Field):
        event = Event("use", control.id, control.row)
        return Use(event, graph.way(page, event))
    if texts_of(control) is not None or is_suggesting(control):
        return None
    draft = graph.draft(page, Event("fill", control.id))
    return None if draft is None else Box(draft, control)
