"""Blocks from the palette that are let go on a card: where they land between its blocks."""

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF

import resources
from app.blocks.boxes import place_among
from app.blocks.dragging import Landing, Taking, landing_at
from app.blocks.placing import Carried, Spot, put
from app.canvas.board import Board
from app.canvas.viewport import DiagramView
from app.drawing.strokes import qrect
from flow_models.geometry.cards import CARD_WIDTH, PADDING, TITLE_HEIGHT, Card
from flow_models.geometry.shapes import Point, Rect, united


class BlockTaking(QObject):
    """Lets the cards of the canvas take blocks in."""

    def __init__(self, board: Board, view: DiagramView) -> None:
        super().__init__(view)
        self._board = board
        self._view = view
        self.taking = Taking(view.viewport(), self._look, self._drop)

    def _look(self, carried: Carried, place: QPoint) -> Landing:
        """Say where a block would land that is held over a place of the view."""
        point = self._view.mapToScene(place)
        card = next((card for card in self._board.layout.cards.values() if qrect(card.rect).contains(point)), None)
        if card is None:
            return Landing(None, QRect(), resources.text("shell.palette.on_nothing"), is_refused=True)
        inside = point - QPointF(card.rect.x, card.rect.y)
        flow = self._board.flow
        room = Rect(PADDING, TITLE_HEIGHT + PADDING, CARD_WIDTH - 2 * PADDING, 1.0)
        page = flow.pages_by_id[card.page]
        spot, line = place_among(flow, page, _boxes(card), Point(inside.x(), inside.y()), room)
        seen = QRectF(line.x + card.rect.x, line.y + card.rect.y, line.width, line.height)
        mark = self._view.mapFromScene(seen).boundingRect()
        return landing_at(flow, carried, spot, mark)

    def _drop(self, carried: Carried, landing: Landing) -> None:
        if isinstance(landing.place, Spot):
            put(self._board.session, self._board.selection, carried, landing.place)


def _boxes(card: Card) -> dict[str, Rect]:
    """Return what each block takes up on a card."""
    found: dict[str, list[Rect]] = {}
    for mark in card.face.picture.marks:
        if mark.block:
            found.setdefault(mark.block, []).append(mark.rect)
    return {block: united(rects) for block, rects in found.items()}
