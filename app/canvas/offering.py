"""Offering a new page: a menu of kinds where one is wanted, then the page, its arrow if one led there, and its name."""

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtWidgets import QWidget

from app.canvas import changes, page_kinds, renaming, strokes
from app.canvas.board import Board, Wish
from app.canvas.picking import kinds_menu
from app.canvas.snapping import to_grid
from app.canvas.viewport import CORNER, DiagramView


class Offering(QObject):
    """Answers the board's wishes for pages."""

    def __init__(self, board: Board, view: DiagramView, panel: QWidget) -> None:
        super().__init__(panel)
        self._board = board
        self._view = view
        self._panel = panel
        board.page_wanted.connect(self._offer)

    def _offer(self, wish: Wish) -> None:
        """Offer the kinds of pages, the likeliest first; closed without a choice, the menu leaves nothing behind."""
        place = self._place(wish)
        kinds = page_kinds.likely_kinds(self._board.flow, wish.page, wish.block) if wish.page else page_kinds.PAGE_KINDS
        menu = kinds_menu(self._panel, kinds, lambda kind: self._add(wish, kind, place))
        menu.aboutToHide.connect(self._board.scene.trace)
        menu.popup(self._view.viewport().mapToGlobal(self._corner(wish, place)))

    def _add(self, wish: Wish, kind: str, place: tuple[float, float]) -> None:
        """Add the page, and offer to name it at once."""
        was_empty = not self._board.layout.cards
        if wish.page:
            made = changes.connect_to_new(self._board.flow, wish.page, wish.block, kind, *place)
            self._board.make(made, "add_connected")
        else:
            made = changes.add_page(self._board.flow, kind, *place)
            self._board.make(made, "add_page")
        if was_empty:
            self._view.show_area(strokes.qrect(self._board.layout.bounds))
        page = made.elements[0]
        self._board.bring_wanted.emit(page)
        renaming.rename(self._board, self._view, page, is_new=True)

    def _place(self, wish: Wish) -> tuple[float, float]:
        """Return where the card goes: its left edge to an arrow's end, its title under a click, else beside another."""
        if wish.at is not None and wish.page:
            return to_grid(wish.at.x() - 10.0), to_grid(wish.at.y() - 20.0)
        if wish.at is not None:
            return to_grid(wish.at.x() - 110.0), to_grid(wish.at.y() - 20.0)
        cards = {page: card.rect for page, card in self._board.layout.cards.items()}
        if not cards:
            return 0.0, 0.0
        chosen = self._board.selection.ids("page")
        near = cards[chosen[-1]] if chosen and chosen[-1] in cards else list(cards.values())[-1]
        return changes.free_place(cards.values(), near)

    def _corner(self, wish: Wish, place: tuple[float, float]) -> QPoint:
        """Return where the menu opens, in the view."""
        if wish.at is None:
            return QPoint(CORNER, CORNER)
        return self._view.mapFromScene(wish.at if wish.page else QPointF(*place))
