"""Offering a new page: its name and kind where one is wanted, then the page, and its arrow if one led there."""

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from app.canvas import changes, naming, page_kinds, page_names
from app.canvas.board import Board, Wish
from app.canvas.picking import NewPage
from app.canvas.snapping import to_grid
from app.canvas.viewport import DiagramView
from app.drawing import strokes
from flow_models.geometry import homes
from flow_models.geometry.cards import CARD_WIDTH

_ROOM = 210.0
"""Scene units: the height of a full card."""


class Offering(QObject):
    """Answers the board's wishes for pages."""

    def __init__(self, board: Board, view: DiagramView, panel: QWidget) -> None:
        super().__init__(panel)
        self._board = board
        self._view = view
        self._panel = panel
        board.page_wanted.connect(self._offer)

    def _offer(self, wish: Wish) -> None:
        """Ask for name and kind, the likeliest kind first; closed without, the offer leaves nothing behind."""
        flow, place = self._board.flow, self._place(wish)
        kinds = page_kinds.likely_kinds(flow, wish.page, wish.block) if wish.page else page_kinds.PAGE_KINDS
        self._view.bring(QRectF(*place, CARD_WIDTH, _ROOM))
        offer = NewPage(
            self._panel,
            kinds,
            lambda name: page_names.promised(self._board.flow, name).kind,
            lambda kind, name: self._add(wish, kind, name, place),
        )
        offer.closed.connect(self._board.scene.trace)
        corner = wish.at if wish.page and wish.at is not None else QPointF(*place)
        offer.open_at(self._view.viewport().mapToGlobal(self._view.mapFromScene(corner)))

    def _add(self, wish: Wish, kind: str, name: str, place: tuple[float, float]) -> None:
        """Add the page with what its kind holds, as one step."""
        board, was_empty = self._board, not self._board.layout.cards
        before = page_kinds.Before(wish.page, wish.block) if wish.page else None
        page = page_kinds.page_of_kind(board.flow, kind, *place, title=name, before=before)
        if wish.page:
            made = changes.connect_to_new(board.flow, board.layout, wish.page, wish.block, page)
            label = naming.labelled("add_connected", page.title, where=naming.page_names(board.flow, [wish.page]))
        else:
            section = self._section(wish)
            made = changes.add_page(board.flow, board.layout, page, section, by_hand=wish.at is not None)
            label = naming.labelled("add_page", page.title)
        board.make(made, label)
        if was_empty:
            self._view.show_area(strokes.qrect(board.layout.bounds))
        board.bring_wanted.emit(made.elements[0])
        self._view.setFocus()

    def _section(self, wish: Wish) -> str | None:
        """Return the section that a page joins which is made by key: that of the page beside which it comes."""
        near = self._near()
        return homes.homes_of(self._board.flow, [near])[near] if wish.at is None and near is not None else None

    def _place(self, wish: Wish) -> tuple[float, float]:
        """Return where the card goes: its left edge to an arrow's end, its title under a click, else beside another."""
        if wish.at is not None and wish.page:
            return to_grid(wish.at.x() - 10.0), to_grid(wish.at.y() - 20.0)
        if wish.at is not None:
            return to_grid(wish.at.x() - 110.0), to_grid(wish.at.y() - 20.0)
        near = self._near()
        return (0.0, 0.0) if near is None else changes.beside(self._board.layout, near)

    def _near(self) -> str | None:
        """Return the page beside which another one comes: the selected one, one of a selected section, or the last."""
        cards, selection = self._board.layout.cards, self._board.selection
        sections = (self._board.flow.sections_by_id[section].pages for section in selection.ids("section"))
        chosen = [page for pages in (*sections, selection.ids("page")) for page in pages if page in cards]
        return next(reversed(chosen or list(cards)), None)
