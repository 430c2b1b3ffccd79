"""Moving pages by dragging their cards or a section's title bar."""

import itertools

from PySide6.QtCore import QLineF, QPointF, Qt

from app.canvas import changes
from app.canvas.board import Board
from app.canvas.gestures import Modifiers
from app.canvas.snapping import Guide, Snapped, snapped

_REACH_PX = 6.0
_NEAR = 900.0
_numbers = itertools.count()


class MovePages:
    """Shifts pages with the pointer, snapped to other cards and the grid; Alt moves freely."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, board: Board, pages: tuple[str, ...], lead: str, start: QPointF, scale: float) -> None:
        """Make the gesture.

        Args:
            board: The board.
            pages: The pages that move.
            lead: The one of them that snaps.
            start: Where the pointer went down.
            scale: The zoom, so that snapping reaches equally far on the screen.
        """
        self._board = board
        self._pages = pages
        self._start = start
        self._reach = _REACH_PX / scale
        self._lead = board.layout.cards[lead].rect
        held = frozenset(pages)
        area = self._lead.inflated(_NEAR)
        self._others = [
            card.rect for page, card in board.layout.cards.items() if page not in held and card.rect.touches(area)
        ]
        self._shift = (0.0, 0.0)

    def follow(self, at: QPointF, modifiers: Modifiers) -> None:
        """Show the pages where the pointer has them."""
        dx, dy = at.x() - self._start.x(), at.y() - self._start.y()
        if modifiers & Modifiers.AltModifier:
            held = Snapped(dx, dy, ())
        else:
            held = snapped(self._lead, self._others, dx, dy, self._reach)
        self._board.scene.trace(guides=[_line(guide) for guide in held.guides])
        if (held.dx, held.dy) != self._shift:
            self._shift = (held.dx, held.dy)
            self._board.shift(dict.fromkeys(self._pages, self._shift))

    def commit(self, at: QPointF, modifiers: Modifiers) -> None:
        """Leave the pages there, as one edit."""
        self.follow(at, modifiers)
        self._board.scene.trace()
        if self._shift == (0.0, 0.0):
            self._board.shift({})
            return
        moved = changes.move(self._board.flow, dict.fromkeys(self._pages, self._shift))
        label = "move_page" if len(self._pages) == 1 else "move_pages"
        self._board.edit(moved, label, f"canvas.move.{next(_numbers)}")

    def cancel(self) -> None:
        """Put the pages back."""
        self._board.scene.trace()
        self._board.shift({})


def _line(guide: Guide) -> QLineF:
    if guide.axis == "x":
        return QLineF(guide.at, guide.start, guide.at, guide.end)
    return QLineF(guide.start, guide.at, guide.end, guide.at)
