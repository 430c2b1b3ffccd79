"""A small picture of each kind of block, drawn as cards draw it: without words, of a block as it comes to a page."""

from functools import lru_cache, partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette

from app.drawing import marks
from app.drawing.colours import ink_of
from app.words.palette import PALETTE
from flow_models.document.base import TableId
from flow_models.document.behaviour import Page
from flow_models.document.blocks import AnyBlock
from flow_models.document.edits.data import add_table
from flow_models.document.edits.starts import new_block, new_table
from flow_models.document.edits.tree import Blocks, in_slot
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms
from flow_models.geometry.picture import Picture, picture_of

_WIDTH, _HEIGHT = 130.0, 62.0
"""The room of a picture, in the units of cards."""


def paint(painter: QPainter, room: QRectF, kind: str, palette: QPalette) -> None:
    """Paint the picture of a kind in the middle of a rectangle, as large as fits."""
    picture, ink = picture_of_kind(kind), ink_of(palette)
    scale = min(room.width() / _WIDTH, room.height() / _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(room.center())
    painter.scale(scale, scale)
    painter.translate(-_WIDTH / 2, -picture.height / 2)
    for mark in picture.marks:
        marks.draw(painter, mark, ink, with_words=False)
    painter.restore()


@lru_cache(maxsize=64)
def picture_of_kind(kind: str) -> Picture:
    """Return the marks of a kind."""
    return picture_of((_filled(_sample(kind)),), 0.0, 0.0, _WIDTH, _HEIGHT)


def _sample(kind: str) -> AnyBlock:
    """Return a block of a kind, on a page that shows a row of a table."""
    flow = Flow(id="sample")
    flow = add_table(flow, new_table(flow))
    page = Page(id="sample_page", record=TableId(flow.tables[0].id))
    return new_block(flow, kind, owner=page)


def _filled(block: AnyBlock) -> AnyBlock:
    """Return a block with something in each of its places that is empty."""
    flow = Flow(id="sample")
    offered = [kind for group in PALETTE.values() for kind in group]
    for room in rooms(block):
        fitting = [kind for kind in offered if kind in room.kinds][:2]
        if not room.blocks and not room.is_single:
            block = in_slot(block, room.path, partial(_instead, tuple(new_block(flow, kind) for kind in fitting)))
    return block


def _instead(inner: Blocks, _blocks: Blocks) -> Blocks:
    return inner
