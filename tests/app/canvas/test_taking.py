"""Blocks from the palette that are dragged onto a card: a line shows where they land, and there they stand."""

from PySide6.QtCore import QPoint, QPointF

import resources
from app.canvas.view import CanvasPanel
from app.words.elements import block_title
from flow_models.document.elements import Element
from flow_models.geometry.shapes import Rect, united
from tests.app.blocks.drags import drop, give_up, hover


def place_on(panel: CanvasPanel, page: str, x: float, y: float) -> QPoint:
    """Return the place of the view where a point of a card is seen."""
    return panel.view.mapFromScene(panel.scene.cards[page].pos() + QPointF(x, y))


def box(panel: CanvasPanel, page: str, block: str) -> Rect:
    """Return where a block is drawn on a card."""
    return united(mark.rect for mark in panel.scene.cards[page].card.face.picture.marks if mark.block == block)


def test_a_block_is_dragged_from_the_palette_onto_a_card_between_its_blocks(panel: CanvasPanel) -> None:
    panel.view.set_zoom(1.0)
    page = next(page for page in panel.board.flow.pages if len(page.blocks) >= 2)
    first = page.blocks[0]
    area = box(panel, page.id, first.id)
    panel.reveal(Element("page", page.id))
    point = place_on(panel, page.id, area.center.x, area.bottom + 1)
    taking = hover(panel.view.viewport(), point, "text")
    assert taking.mark.isVisible()
    assert taking.mark.words == f"After {block_title(first)}"
    drop(panel.view.viewport(), point, "text")
    after = panel.board.flow.pages_by_id[page.id].blocks
    assert [block.id for block in after if block in page.blocks] == [block.id for block in page.blocks]
    assert after[1].kind == "text"
    assert panel.board.selection.current == Element("block", after[1].id)
    assert panel.board.session.undo_stack.undoText() == f"Add Text after {block_title(first)}"
    assert panel.board.session.undo_stack.count() == 1
    assert not taking.mark.isVisible()


def test_escape_gives_a_drag_over_a_card_up(panel: CanvasPanel) -> None:
    page = panel.board.flow.pages[0]
    panel.reveal(Element("page", page.id))
    taking = hover(panel.view.viewport(), place_on(panel, page.id, 100, 50), "text")
    give_up(panel.view.viewport())
    assert not taking.mark.isVisible()
    assert panel.board.session.undo_stack.count() == 0


def test_beside_the_cards_nothing_is_added_and_words_say_so(panel: CanvasPanel) -> None:
    empty = QPoint(1, 1)
    assert panel.view.itemAt(empty) is None
    taking = hover(panel.view.viewport(), empty, "text")
    assert taking.mark.words == resources.text("shell.palette.on_nothing")
    drop(panel.view.viewport(), empty, "text")
    assert panel.board.session.undo_stack.count() == 0
