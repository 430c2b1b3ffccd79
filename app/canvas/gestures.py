"""Gestures: what a person does with the pointer held down, as one object that ends in one edit or in none.

A gesture is made where the pointer went down and begun once it has moved a little. It follows the pointer until it is
committed (the button goes up) or cancelled (Escape, or the window loses the pointer). Cancelling leaves no trace.
"""

from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from app.canvas.board import Board
from app.canvas.scene import Hit
from flow_models.document.elements import Element
from flow_models.geometry.shapes import Rect

Modifiers = Qt.KeyboardModifier


class Gesture(Protocol):
    """One thing being done with the pointer."""

    cursor: Qt.CursorShape

    def follow(self, at: QPointF, modifiers: Modifiers, /) -> None:
        """Show what would be if the pointer went up here (in scene coordinates)."""
        ...

    def commit(self, at: QPointF, modifiers: Modifiers, /) -> None:
        """End it here, with its edit."""
        ...

    def cancel(self) -> None:
        """End it without a trace."""
        ...


class Pan:
    """Drags the canvas itself; works in view coordinates, which do not move along."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, scroll: "Scroller", start: QPoint) -> None:
        self._scroll = scroll
        self._last = start

    def follow_view(self, at: QPoint) -> None:
        """Move the canvas with the pointer."""
        self._scroll.scroll_by(self._last.x() - at.x(), self._last.y() - at.y())
        self._last = at

    def follow(self, _at: QPointF, _modifiers: Modifiers) -> None:
        """Do nothing: `follow_view` does it."""

    def commit(self, _at: QPointF, _modifiers: Modifiers) -> None:
        """Leave the canvas where it is."""

    def cancel(self) -> None:
        """Leave the canvas where it is; there is nothing to undo."""


class Scroller(Protocol):
    """What can be panned."""

    def scroll_by(self, dx: int, dy: int) -> None:
        """Show what lies so many pixels further right and down."""
        ...


class RubberBand:
    """Selects the pages that a rectangle touches; with Shift or Ctrl besides those selected before."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board, start: QPointF, *, adds: bool) -> None:
        self._board = board
        self._start = start
        self._adds = adds
        self._before = board.selection.elements

    def follow(self, at: QPointF, _modifiers: Modifiers) -> None:
        """Draw the rectangle and select what it touches."""
        band = QRectF(self._start, at).normalized()
        self._board.scene.trace(band=band)
        area = Rect(band.x(), band.y(), band.width(), band.height())
        touched = tuple(
            Element("page", page) for page, card in self._board.layout.cards.items() if card.rect.touches(area)
        )
        self._board.selection.select(*(self._before if self._adds else ()), *touched)

    def commit(self, at: QPointF, modifiers: Modifiers) -> None:
        """Keep what is selected."""
        self.follow(at, modifiers)
        self._board.scene.trace()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self._board.scene.trace()
        self._board.selection.select(*self._before)


def adds(modifiers: Modifiers) -> bool:
    """Say whether a click or band adds to the selection."""
    return bool(modifiers & (Modifiers.ShiftModifier | Modifiers.ControlModifier))


def element_of(hit: Hit) -> Element | None:
    """Return the element that a click on something selects."""
    match hit.kind:
        case "card" | "title" | "row" | "port" | "handle" | "plus":
            return Element("page", hit.id)
        case "arrow" | "head" | "chip":
            return Element("transition", hit.id)
        case "frame":
            return Element("section", hit.id)
        case "none":
            return None
