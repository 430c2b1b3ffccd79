"""Drawing arrows: from a card, one of its buttons or the head of an arrow, to another card or onto empty canvas."""

from PySide6.QtCore import QPointF, Qt

from app.canvas import changes, naming
from app.canvas.arrow import path_of
from app.canvas.board import Board, Wish
from app.canvas.gestures import Modifiers
from app.words.elements import title_of
from flow_models.document.edits.transitions import reconnect
from flow_models.document.elements import Element
from flow_models.geometry.shapes import Curve, Point


class Connect:
    """Draws a new arrow."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board, page: str, block: str) -> None:
        self._board = board
        self._page = page
        self._block = block

    def follow(self, at: QPointF, _modifiers: Modifiers) -> None:
        """Draw the arrow to the pointer and show the card under it."""
        card = self._board.scene.cards[self._page]
        handle = card.pos() + card.handle()
        start = card.card.port_of(self._block) if self._block else Point(handle.x(), handle.y())
        self._board.scene.trace(draft=path_of(draft_curve(start, Point(at.x(), at.y()))))
        self._board.scene.set_target(self._board.scene.hit_card(at))

    def commit(self, at: QPointF, _modifiers: Modifiers) -> None:
        """Add the arrow to the card under the pointer, or ask for a new page there."""
        target = self._board.scene.hit_card(at)
        self._board.scene.set_target(None)
        if target is None:
            # The arrow stays drawn until the page is chosen or the offer closed.
            self._board.page_wanted.emit(Wish(at, self._page, self._block))
            return
        self._board.scene.trace()
        if target == self._page and not self._block:
            return
        label = naming.connect_label(self._board.flow, self._page, target)
        self._board.make(changes.connect(self._board.flow, self._page, self._block, target), label)

    def cancel(self) -> None:
        """Forget the arrow."""
        self._board.scene.trace()
        self._board.scene.set_target(None)


class Reconnect:
    """Leads an arrow to another page by dragging its head; dropped on empty canvas it stays as it was."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board, transition: str) -> None:
        self._board = board
        self._transition = transition

    def follow(self, at: QPointF, _modifiers: Modifiers) -> None:
        """Draw the arrow to the pointer and show the card under it."""
        arrow = self._board.layout.arrows[self._transition]
        self._board.scene.trace(draft=path_of(draft_curve(arrow.curve[0], Point(at.x(), at.y()))))
        self._board.scene.set_target(self._board.scene.hit_card(at))

    def commit(self, at: QPointF, _modifiers: Modifiers) -> None:
        """Lead the arrow to the card under the pointer."""
        target = self._board.scene.hit_card(at)
        arrow = self._board.layout.arrows[self._transition]
        self.cancel()
        if target is None or target == arrow.target:
            return
        to = "stay" if target == arrow.source else target
        flow, element = self._board.flow, Element("transition", self._transition)
        label = naming.labelled("reconnect", title_of(flow, element), where=naming.page_names(flow, [target]))
        self._board.make(changes.Made(reconnect(flow, self._transition, to=to), (element,)), label)

    def cancel(self) -> None:
        """Leave the arrow as it was."""
        self._board.scene.trace()
        self._board.scene.set_target(None)


def draft_curve(start: Point, end: Point) -> Curve:
    """Return the way of an arrow while it is drawn."""
    reach = max(30.0, min(140.0, abs(end.x - start.x) * 0.5))
    back = reach if end.x >= start.x else -reach
    return (start, Point(start.x + reach, start.y), Point(end.x - back, end.y), end)
