"""Blocks from the palette that are dragged onto the page in the browser land between the blocks that one sees there."""

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

import resources
from app.words.elements import block_title
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.geometry.shapes import Rect
from tests.app.blocks.drags import drop, give_up, hover, move
from tests.app.preview.conftest import Bench

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))


def shown(qtbot: QtBot) -> Bench:
    """Return the preview with the page on which one sends money."""
    bench = Bench(qtbot, BANK)
    bench.selection.select(Element("page", "p_send"))
    bench.until(lambda: bench.snapshot.page == "p_send")
    return bench


def box(bench: Bench, block: str) -> Rect:
    """Return where the page shows a block, asked as the drag asks."""
    hover(bench.panel.stage, QPoint(5, 5), "text")
    bench.qtbot.waitUntil(lambda: bench.panel.taking.is_ready)
    give_up(bench.panel.stage)
    return bench.panel.taking._boxes[block]


def test_a_block_is_dragged_from_the_palette_onto_the_page_between_its_blocks(qtbot: QtBot) -> None:
    bench = shown(qtbot)
    stage, page = bench.panel.stage, BANK.pages_by_id["p_send"]
    first = page.blocks[0]
    seen = box(bench, first.id)
    point = QPoint(round(seen.center.x), round(seen.bottom) - 1)
    hover(stage, point, "text")
    bench.qtbot.waitUntil(lambda: bench.panel.taking.is_ready)
    taking = move(stage, point, "text")
    assert taking.mark.isVisible()
    assert taking.mark.words == f"After {block_title(first)}"
    drop(stage, point, "text")
    made = bench.session.flow.pages_by_id["p_send"].blocks[1]
    assert made.kind == "text"
    assert bench.selection.current == Element("block", made.id)
    assert bench.session.undo_stack.undoText() == f"Add Text after {block_title(first)}"
    assert not taking.mark.isVisible()


def test_a_form_in_the_form_of_the_page_is_refused_in_words(qtbot: QtBot) -> None:
    bench = shown(qtbot)
    form = next(block for block in BANK.pages_by_id["p_send"].blocks if block.kind == "form")
    seen = box(bench, form.id)
    point = QPoint(round(seen.center.x), round(seen.center.y))
    hover(bench.panel.stage, point, "form")
    bench.qtbot.waitUntil(lambda: bench.panel.taking.is_ready)
    assert move(bench.panel.stage, point, "form").mark.words == resources.text("shell.placing.form_in_form")
    drop(bench.panel.stage, point, "form")
    assert bench.session.flow == BANK


def test_every_block_of_every_page_is_found_where_the_page_shows_it(qtbot: QtBot) -> None:
    """The words of a heading, text or button stand in the elements that are said to be its own."""
    bench = shown(qtbot)
    parts = {part.block: part for part in bench.panel.backstage.parts()}
    assert parts
    wordy = [block for block in BANK.pages_by_id["p_send"].blocks_by_id.values() if block.kind in ("heading", "button")]
    for block in wordy:
        part = parts[block.id]
        words = bench.script(f"[...document.querySelectorAll('*')].slice({part.first}, {part.end})[0].innerText")
        assert str(words).strip() == block_title(block)
