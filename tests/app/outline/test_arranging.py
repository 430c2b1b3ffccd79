"""The outline reorders what it lists by dragging and by keys, in one step each that says what went where."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.outline.panel import OutlinePanel
from app.words.elements import block_title, title_of
from flow_models.document import storage
from flow_models.document.edits.blocks import slot_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.blocks.drags import drop, hover

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))
ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
UP, DOWN, IN, OUT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    session = DocumentSession(BANK)
    shown = OutlinePanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(420, 900)
    shown.show()
    return shown


def flow_of(panel: OutlinePanel) -> Flow:
    return panel._session.flow


def select(panel: OutlinePanel, element: Element) -> None:
    panel._selection.select(element)
    panel.tree.setFocus()


def spot(panel: OutlinePanel, element: Element, share: float = 0.5) -> QPoint:
    """Return a point of an element's line, so far down in it; what stands around it is unfolded."""
    index = panel._proxy.mapFromSource(panel._model.index_of(element))
    assert index.isValid(), element
    above = index.parent()
    while above.isValid():
        panel.tree.expand(above)
        above = above.parent()
    panel.tree.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)
    seen = panel.tree.visualRect(index)
    return QPoint(seen.left() + 20, seen.top() + int(share * seen.height()))


def drag(panel: OutlinePanel, moved: Element, to: Element, share: float, *, give_up: bool = False) -> str:
    """Drag one line to another with the pointer; return what the mark said."""
    panel.tree.collapseAll()
    spot(panel, moved)
    spot(panel, to)
    start, end = spot_now(panel, moved, 0.5), spot_now(panel, to, share)
    port = panel.tree.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    for point in (start + QPoint(0, 14), end):
        QTest.mouseMove(port, point)
    words = panel.arranging.taking.mark.words
    if give_up:
        QTest.keyClick(panel.tree, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, LEFT, pos=end)
    panel.refresh()
    return words


def spot_now(panel: OutlinePanel, element: Element, share: float) -> QPoint:
    """Return a point of an element's line where it is seen now, without scrolling."""
    seen = panel.tree.visualRect(panel._proxy.mapFromSource(panel._model.index_of(element)))
    return QPoint(seen.left() + 20, seen.top() + int(share * seen.height()))


def order(panel: OutlinePanel, kind: str) -> list[str]:
    return [part.id for part in getattr(flow_of(panel), f"{kind}s")]


@pytest.mark.parametrize("kind", ["section", "table", "task"])
@pytest.mark.parametrize("by_key", [True, False])
def test_sections_tables_and_tasks_reorder_by_keys_and_by_dragging(
    panel: OutlinePanel, kind: str, by_key: bool
) -> None:
    first, second = (Element(kind, part) for part in order(panel, kind)[:2])  # type: ignore[arg-type]
    before, names = order(panel, kind), [title_of(BANK, first), title_of(BANK, second)]
    if by_key:
        select(panel, first)
        QTest.keyClick(panel.tree, DOWN, ALT)
    else:
        drag(panel, first, second, 0.9)
    assert order(panel, kind) == [before[1], before[0], *before[2:]]
    assert panel._session.undo_stack.undoText() == f"Move {names[0]} after {names[1]}"
    assert panel._session.undo_stack.count() == 1
    assert panel._selection.elements == (first,)
    panel._session.undo()
    assert flow_of(panel) == BANK


def pages_of(panel: OutlinePanel, number: int) -> list[str]:
    return list(flow_of(panel).sections[number].pages)


@pytest.mark.parametrize("by_key", [True, False])
def test_pages_reorder_within_their_section(panel: OutlinePanel, by_key: bool) -> None:
    before = pages_of(panel, 1)
    moved, above = Element("page", before[1]), Element("page", before[0])
    if by_key:
        select(panel, moved)
        QTest.keyClick(panel.tree, UP, ALT)
    else:
        drag(panel, moved, above, 0.1)
    assert pages_of(panel, 1) == [before[1], before[0], *before[2:]]
    assert panel._session.undo_stack.undoText() == f"Move {title_of(BANK, moved)} before {title_of(BANK, above)}"
    assert panel._selection.elements == (moved,)


def test_a_page_goes_into_another_section_and_out_of_it(panel: OutlinePanel) -> None:
    page, section = Element("page", pages_of(panel, 1)[0]), BANK.sections[0]
    select(panel, page)
    QTest.keyClick(panel.tree, IN, ALT)
    assert page.id in flow_of(panel).sections[0].pages
    assert panel._session.undo_stack.undoText() == f"Move {title_of(BANK, page)} into {section.title}"
    QTest.keyClick(panel.tree, OUT, ALT)
    assert page.id not in flow_of(panel).section_of
    assert panel._session.undo_stack.undoText() == f"Move {title_of(BANK, page)} out of {section.title}"
    panel.refresh()
    words = drag(panel, page, Element("section", section.id), 0.5)
    assert words == f"Move {title_of(BANK, page)} into {section.title}"
    assert page.id in flow_of(panel).sections[0].pages
    assert panel._selection.elements == (page,)


@pytest.mark.parametrize("by_key", [True, False])
def test_blocks_reorder_on_their_page(panel: OutlinePanel, by_key: bool) -> None:
    page = next(page for page in BANK.pages if len(page.blocks) > 2)
    first, second = (Element("block", block.id) for block in page.blocks[:2])
    if by_key:
        select(panel, first)
        QTest.keyClick(panel.tree, DOWN, ALT)
    else:
        drag(panel, first, second, 0.9)
    assert [block.id for block in flow_of(panel).pages_by_id[page.id].blocks[:2]] == [second.id, first.id]
    label = f"Move {block_title(page.blocks[0])} after {block_title(page.blocks[1])}"
    assert panel._session.undo_stack.undoText() == label
    assert panel._selection.elements == (first,)


def test_a_block_goes_into_a_form_and_out_of_it_by_keys(panel: OutlinePanel) -> None:
    page = BANK.pages_by_id[PAGE_WITH_FORM]
    place = next(number for number, block in enumerate(page.blocks) if block.kind == "form")
    form, above = page.blocks[place], page.blocks[place - 1]
    moved = Element("block", above.id)
    select(panel, moved)
    QTest.keyClick(panel.tree, DOWN, ALT)
    QTest.keyClick(panel.tree, IN, ALT)
    assert slot_of(flow_of(panel), above.id)[0].id == form.id
    QTest.keyClick(panel.tree, OUT, ALT)
    slot, index = slot_of(flow_of(panel), above.id)
    assert (slot.id, index) == (page.id, place)
    assert panel._selection.elements == (moved,)
    assert panel._session.undo_stack.count() == 3


PAGE_WITH_FORM = next(page.id for page in BANK.pages if any(block.kind == "form" for block in page.blocks[1:]))


def test_escape_gives_a_drag_in_the_outline_up(panel: OutlinePanel) -> None:
    tasks = [Element("task", task.id) for task in BANK.tasks[:2]]
    drag(panel, tasks[0], tasks[1], 0.9, give_up=True)
    assert flow_of(panel) == BANK
    assert panel._session.undo_stack.count() == 0


def test_what_may_not_stand_somewhere_says_why(panel: OutlinePanel) -> None:
    words = drag(panel, Element("task", BANK.tasks[0].id), Element("table", BANK.tables[0].id), 0.5)
    assert words == resources.text("shell.outline.only.task")
    assert panel._session.undo_stack.count() == 0
    said: list[str] = []
    panel.said.connect(said.append)
    select(panel, Element("task", BANK.tasks[0].id))
    QTest.keyClick(panel.tree, UP, ALT)
    assert said == [resources.text("shell.outline.no_way.up")]


def test_a_block_is_dragged_from_the_palette_onto_the_outline(panel: OutlinePanel) -> None:
    page = BANK.pages_by_id[PAGE_WITH_FORM]
    block = Element("block", page.blocks[0].id)
    spot(panel, block)
    point = spot_now(panel, block, 0.9)
    taking = hover(panel.tree.viewport(), point, "text")
    assert taking.mark.isVisible()
    drop(panel.tree.viewport(), point, "text")
    made = flow_of(panel).pages_by_id[page.id].blocks[1]
    assert made.kind == "text"
    assert panel._selection.current == Element("block", made.id)


def test_a_form_in_a_form_is_refused_in_words(panel: OutlinePanel) -> None:
    page = BANK.pages_by_id[PAGE_WITH_FORM]
    form = Element("block", next(block.id for block in page.blocks if block.kind == "form"))
    spot(panel, form)
    point = spot_now(panel, form, 0.5)
    taking = hover(panel.tree.viewport(), point, "form")
    assert taking.mark.words == resources.text("shell.placing.form_in_form")
    drop(panel.tree.viewport(), point, "form")
    assert flow_of(panel) == BANK


def test_a_row_that_is_selected_elsewhere_is_not_moved_by_the_keys_of_the_outline(panel: OutlinePanel) -> None:
    table = next(table for table in flow_of(panel).tables if table.rows)
    panel._selection.select(Element("row", table.rows[0].id))
    before = flow_of(panel)
    for way in ("up", "down", "in", "out"):
        panel.arranging.move(way)
    assert flow_of(panel) is before
