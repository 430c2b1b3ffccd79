"""Moving pages, by dragging their cards or a section's title bar, and by keys."""

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt

from app.canvas import changes, naming
from app.canvas.board import Board
from app.canvas.gestures import Modifiers
from app.canvas.snapping import Guide, Snapped, snapped
from app.words.elements import title_of
from flow_models.document.elements import Element
from flow_models.geometry import homes
from flow_models.geometry.homes import Placed
from flow_models.geometry.shapes import GRID

if TYPE_CHECKING:
    from flow_models.document.flow import Flow

_REACH_PX = 6.0
_NEAR = 900.0
_MOST_STEPS = 400
_numbers = itertools.count()


class MovePages:
    """Shifts pages with the pointer, snapped to other cards and the grid; Alt puts them down exactly where they are.

    Pages that are dragged by their cards belong to the section in whose frame they are put down. Dragged by its title
    bar a section keeps its pages, and goes beside what it would lie on.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, board: Board, pages: tuple[str, ...], start: QPointF, scale: float, section: str = "") -> None:
        """Make the gesture.

        Args:
            board: The board.
            pages: The pages that move; the last one snaps.
            start: Where the pointer went down.
            scale: The zoom, so that snapping reaches equally far on the screen.
            section: The section that is dragged by its title bar; empty if cards are.
        """
        self._board = board
        self._start = start
        self._reach = _REACH_PX / scale
        self._section = section
        self._from = Placed({page: board.layout.cards[page].rect for page in pages}, homes.homes_of(board.flow, pages))
        self._ground = homes.standing(board.flow, board.layout, pages)
        self._lead = board.layout.cards[pages[-1]].rect
        area = self._lead.inflated(_NEAR)
        self._others = [rect for rect in self._ground.cards.values() if rect.touches(area)]
        self._shift = (0.0, 0.0)

    def follow(self, at: QPointF, modifiers: Modifiers) -> None:
        """Show the pages where the pointer has them, in the section to which they would belong."""
        dx, dy = at.x() - self._start.x(), at.y() - self._start.y()
        if modifiers & Modifiers.AltModifier:
            held = Snapped(dx, dy, ())
        else:
            held = snapped(self._lead, self._others, dx, dy, self._reach)
        self._board.scene.trace(guides=[_line(guide) for guide in held.guides])
        if (held.dx, held.dy) != self._shift:
            self._shift = (held.dx, held.dy)
            self._board.shift(dict.fromkeys(self._from.cards, self._shift), self._placed().homes)

    def commit(self, at: QPointF, modifiers: Modifiers) -> None:
        """Leave the pages there, as one edit."""
        self.follow(at, modifiers)
        self._board.scene.trace()
        if self._shift == (0.0, 0.0):
            self._board.shift({})
            return
        flow, placed = self._board.flow, self._placed()
        what = title_of(flow, Element("section", self._section)) if self._section else ""
        label = naming.move_label(flow, placed.cards.keys(), placed.homes, what)
        exactly = bool(modifiers & Modifiers.AltModifier)
        moved = changes.put(flow, self._board.layout, placed, exactly=exactly)
        self._board.session.edit(moved, label, f"canvas.move.{next(_numbers)}")
        self._board.shift({})

    def cancel(self) -> None:
        """Put the pages back."""
        self._board.scene.trace()
        self._board.shift({})

    def _placed(self) -> Placed:
        placed = self._from.moved(*self._shift)
        return placed if self._section else homes.housed(placed, self._ground)


class Nudges:
    """Moves pages by keys, step by step; steps in a row are one entry of the history."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._pages: tuple[str, ...] = ()
        self._begun: Flow | None = None
        self._ended: Flow | None = None
        self._key = ""

    def nudge(
        self, pages: tuple[str, ...], direction: tuple[int, int], by: float, sections: tuple[str, ...] = ()
    ) -> None:
        """Shift pages by a step, or past the card that is in the way; pages of sections that move whole stay in them.

        Args:
            pages: The pages.
            direction: (1, 0) is right and (0, 1) down.
            by: The length of a step.
            sections: The sections that move whole.
        """
        flow = self._board.flow
        if self._begun is None or flow is not self._ended or pages != self._pages:
            self._pages, self._begun = pages, flow
            self._key = f"canvas.nudge.{next(_numbers)}"
        here = Placed({page: self._board.layout.cards[page].rect for page in pages}, homes.homes_of(flow, pages))
        ground = homes.standing(flow, self._board.layout, pages)
        placed = _next_place(here, ground, direction, by, keeps=bool(sections))
        what = naming.names(flow, [Element("section", section) for section in sections]) if sections else ""
        label = naming.move_label(self._begun, pages, placed.homes, what)
        self._board.session.edit(homes.put(flow, placed), label, self._key)
        self._ended = self._board.flow


def _next_place(here: Placed, ground: homes.Standing, direction: tuple[int, int], by: float, *, keeps: bool) -> Placed:
    """Return where pages lie after a step: the first place in its direction where there is room.

    What reaches a frame joins its section at once, unless it keeps its own.
    """
    for step in range(_MOST_STEPS):
        reach = by + step * GRID
        there = here.moved(direction[0] * reach, direction[1] * reach)
        if keeps:
            tried = [there]
        else:
            entered = (there._replace(homes=dict.fromkeys(there.homes, key)) for key in homes.touched(there, ground))
            tried = [homes.housed(there, ground), *entered]
        for placed in tried:
            if homes.is_free(placed, ground):
                return placed
    return here


def _line(guide: Guide) -> QLineF:
    if guide.axis == "x":
        return QLineF(guide.at, guide.start, guide.at, guide.end)
    return QLineF(guide.start, guide.at, guide.end, guide.at)
