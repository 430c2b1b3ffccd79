"""Tidying up a large flow: the window answers meanwhile, and what comes too late changes nothing."""

import pytest
from pytestqt.qtbot import QtBot

from app.canvas.tidying import AT_ONCE
from app.canvas.view import CanvasPanel
from app.drawing.strokes import qrect
from flow_models.document.edits.pages import move_pages, rename_page
from tests.app.canvas.conftest import canvas
from tests.flow_models.geometry.samples import large

PAGES = AT_ONCE + 10
FLOW = large(PAGES, 2 * PAGES)


@pytest.fixture
def crowded(qtbot: QtBot) -> CanvasPanel:
    return canvas(qtbot, FLOW)


def begin(panel: CanvasPanel) -> list[str]:
    """Ask to tidy up everything and return what is said from then on."""
    said: list[str] = []
    panel.commands.tidying.said.connect(said.append)
    panel.actions_by_name["tidy"].trigger()
    return said


def test_a_large_flow_is_tidied_up_while_the_window_answers(crowded: CanvasPanel, qtbot: QtBot) -> None:
    said = begin(crowded)
    assert crowded.commands.tidying.is_under_way
    assert crowded.board.flow is FLOW
    qtbot.waitUntil(lambda: len(said) == 2, timeout=30_000)
    assert said == [f"Tidying up {PAGES} pages…", f"Tidied up {PAGES} pages."]
    assert crowded.board.session.undo_stack.count() == 1
    assert crowded.view.seen().contains(qrect(crowded.board.layout.bounds))
    crowded.board.session.undo()
    assert crowded.board.flow is FLOW


def test_what_is_tidied_up_too_late_undoes_no_other_edit(crowded: CanvasPanel, qtbot: QtBot) -> None:
    said = begin(crowded)
    renamed = rename_page(FLOW, FLOW.pages[0].id, "Quicker")
    crowded.board.session.edit(renamed, "Rename")
    assert not crowded.commands.tidying.is_under_way
    qtbot.waitUntil(lambda: len(said) == 2, timeout=30_000)
    assert said[1].startswith("The flow was changed meanwhile")
    assert crowded.board.flow is renamed


def test_an_arrow_that_has_moved_is_drawn_and_hit_where_it_is_now(crowded: CanvasPanel) -> None:
    item = next(item for item in crowded.scene.arrows.values() if item.arrow.kind == "go")
    before = item.shape().boundingRect()
    crowded.board.session.edit(move_pages(FLOW, {page.id: (page.x + 5000, page.y) for page in FLOW.pages}), "Move")
    assert item.shape().boundingRect() == before.translated(5000, 0)
    assert item.boundingRect().contains(item.shape().boundingRect())
