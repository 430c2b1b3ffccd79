"""What pointer and keys mean on the canvas: which gesture a drag is, what a click selects, where a key leads."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from app.canvas import keys, neighbours
from app.canvas.board import Board, Wish
from app.canvas.connecting import Connect, Reconnect
from app.canvas.gestures import Gesture, Modifiers, RubberBand, adds, element_of
from app.canvas.moving import MovePages, Nudges
from app.canvas.scene import NOTHING, Hit
from flow_models.document.elements import Element
from flow_models.geometry.shapes import GRID

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Pointer:
    """Turns presses, clicks and keys into gestures, selections and edits."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._pressed = NOTHING
        self._nudges = Nudges(board)
        self.cursor = Qt.CursorShape.ArrowCursor

    def hover(self, at: QPointF) -> None:
        """Show what lies under the pointer."""
        hit = self._board.scene.hit(at)
        self._board.scene.set_hovered(hit)
        self.cursor = _cursor(hit)

    def leave(self) -> None:
        """Show that the pointer is elsewhere."""
        self._board.scene.set_hovered(NOTHING)

    def press(self, at: QPointF, modifiers: Modifiers) -> None:
        """Take hold of what lies under the pointer; what is not selected yet is, so that it can be dragged at once."""
        self._pressed = self._board.scene.hit(at)
        element = element_of(self._pressed)
        if element is None or self._pressed.kind in ("port", "handle", "plus"):
            return
        if element not in self._board.selection.elements and not adds(modifiers):
            self._board.selection.select(element)

    def drag(self, start: QPointF, modifiers: Modifiers, scale: float) -> Gesture:
        """Return the gesture that a drag from a place is."""
        hit, board = self._pressed, self._board
        match hit.kind:
            case "port" | "row" | "handle" | "plus":
                return Connect(board, hit.id, hit.block)
            case "head":
                return Reconnect(board, hit.id)
            case "card" | "title":
                pages = board.selection.ids("page")
                held = pages if hit.id in pages else (hit.id,)
                return MovePages(board, (*(page for page in held if page != hit.id), hit.id), start, scale)
            case "frame":
                section = board.flow.sections_by_id[hit.id]
                inside = tuple(page for page in reversed(section.pages) if page in board.layout.cards)
                return MovePages(board, inside, start, scale, section=hit.id)
            case _:
                return RubberBand(board, start, adds=adds(modifiers))

    def click(self, modifiers: Modifiers) -> None:
        """Select what was clicked; a "+" offers a page."""
        hit = self._pressed
        element = element_of(hit)
        if hit.kind == "plus":
            card = self._board.scene.cards[hit.id]
            self._board.page_wanted.emit(Wish(card.pos() + card.plus() + QPointF(120.0, -60.0), hit.id))
        elif element is None:
            if not adds(modifiers):
                self._board.selection.clear()
        elif adds(modifiers):
            self._board.selection.toggle(element)
        else:
            self._board.selection.select(element)

    def double_click(self, at: QPointF) -> None:
        """Rename a title, open what is drawn, add a page on empty canvas."""
        hit = self._board.scene.hit(at)
        element = element_of(hit)
        if hit.kind == "row":
            self._board.selection.reveal(Element("block", hit.block))
        elif hit.kind in ("title", "frame") and element is not None:
            self._board.selection.select(element)
            self._board.rename_wanted.emit(element)
        elif element is not None:
            self._board.selection.reveal(element)
        else:
            self._board.page_wanted.emit(Wish(at))

    def menu(self, at: QPointF | None, place: QPoint) -> None:
        """Open the menu for the element at a place of the scene, or for what is selected."""
        if at is not None:
            element = element_of(self._board.scene.hit(at))
            if element is None:
                self._board.selection.clear()
            elif element not in self._board.selection.elements:
                self._board.selection.select(element)
        self._board.menu_wanted.emit(place)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; return whether it says anything."""
        direction = _ARROWS.get(Qt.Key(event.key()), (0, 0))
        match keys.meaning(event):
            case "walk":
                return self._go(direction)
            case "move" | "move_far" as far:
                return self._nudge(direction, GRID * (5 if far == "move_far" else 1)) or self._go(direction)
            case "open" if self._board.selection.current is not None:
                self._board.selection.reveal(self._board.selection.current)
                return True
            case "clear":
                self._board.selection.clear()
                return True
            case _:
                return False

    def step(self, by: int) -> bool:
        """Select the next or the previous card in reading order; return whether there is one."""
        pages = self._board.selection.ids("page")
        found = neighbours.in_order(self._board.layout.cards, pages[-1] if pages else None, by)
        return self._select(found)

    def _go(self, direction: tuple[int, int]) -> bool:
        """Select the nearest card in a direction."""
        pages = self._board.selection.ids("page")
        if not pages:
            return self.step(1)
        return self._select(neighbours.towards(self._board.layout.cards, pages[-1], direction)) or True

    def _nudge(self, direction: tuple[int, int], by: float) -> bool:
        """Shift the selected pages and sections by so much; return whether there are any."""
        selection, sections = self._board.selection, self._board.flow.sections_by_id
        inside = (page for section in selection.ids("section") for page in sections[section].pages)
        pages = tuple(dict.fromkeys((*selection.ids("page"), *inside)))
        if pages:
            self._nudges.nudge(pages, direction, by, selection.ids("section"))
        return bool(pages)

    def _select(self, page: str | None) -> bool:
        if page is None:
            return False
        element = Element("page", page)
        self._board.selection.select(element)
        self._board.bring_wanted.emit(element)
        return True


def _cursor(hit: Hit) -> Qt.CursorShape:
    """Return the pointer's shape over something."""
    match hit.kind:
        case "port" | "handle" | "head":
            return Qt.CursorShape.CrossCursor
        case "plus" | "chip" | "arrow" | "row":
            return Qt.CursorShape.PointingHandCursor
        case "frame" | "title" | "card" | "none":
            return Qt.CursorShape.ArrowCursor
