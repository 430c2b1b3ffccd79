"""The outline: the same elements and selection as elsewhere, by pointer and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.outline.panel import OutlinePanel
from app.theme import DARK
from app.theme.colours import palette_of
from flow_models.document import storage
from flow_models.document.edits.pages import add_page, remove_pages
from flow_models.document.edits.sections import add_section, put_pages
from flow_models.document.edits.starts import new_page, new_section
from flow_models.document.elements import Element


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    session = DocumentSession(storage.load(resources.path("examples", "three_pages.flow.json")))
    shown = OutlinePanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(360, 700)
    shown.show()
    return shown


def titles(panel: OutlinePanel) -> list[str]:
    """Return all titles in the tree, in document order."""
    found: list[str] = []
    model = panel._proxy
    waiting = [model.index(row, 0) for row in reversed(range(model.rowCount()))]
    while waiting:
        index = waiting.pop()
        found.append(index.data())
        waiting.extend(model.index(row, 0, index) for row in reversed(range(model.rowCount(index))))
    return found


def test_every_page_transition_table_and_task_is_listed(panel: OutlinePanel) -> None:
    flow = panel._session.flow
    listed = titles(panel)
    assert [page.title for page in flow.pages if page.title not in listed] == []
    assert sum(" → " in title for title in listed) >= len(flow.transitions)


def test_edits_keep_the_model_sound(panel: OutlinePanel, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(panel._model, QAbstractItemModelTester.FailureReportingMode.Warning)
    session = panel._session
    page = new_page(session.flow, "Fresh page")
    session.edit(add_page(session.flow, page), "Add page")
    qtbot.waitUntil(lambda: "Fresh page" in titles(panel))
    session.edit(remove_pages(session.flow, [session.flow.pages[0].id]), "Delete page")
    session.undo_stack.setIndex(0)
    qtbot.waitUntil(lambda: "Fresh page" not in titles(panel))
    assert titles(panel).count(session.flow.pages[0].title) >= 1
    tester.deleteLater()


def test_the_selection_goes_both_ways(panel: OutlinePanel) -> None:
    flow = panel._session.flow
    wanted = Element("page", flow.pages[1].id)
    panel._selection.select(wanted)
    assert panel._element(panel.tree.currentIndex()) == wanted
    panel._selection.clear()
    rectangle = panel.tree.visualRect(panel._proxy.mapFromSource(panel._model.index_of(wanted)))
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=rectangle.center())
    assert panel._selection.elements == (wanted,)


def test_enter_in_the_tree_reveals(panel: OutlinePanel) -> None:
    told: list[Element] = []
    panel._selection.revealed.connect(told.append)
    panel._selection.select(Element("page", panel._session.flow.pages[2].id))
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert told == [Element("page", panel._session.flow.pages[2].id)]


def test_a_new_page_can_be_selected_at_once(panel: OutlinePanel) -> None:
    page = new_page(panel._session.flow, "Fresh page")
    panel._session.edit(add_page(panel._session.flow, page), "Add page")
    panel._selection.select(Element("page", page.id))
    assert panel.tree.currentIndex().data() == "Fresh page"


def test_typing_finds_and_enter_goes_there(panel: OutlinePanel) -> None:
    title = panel._session.flow.pages[1].title
    panel.focus_filter()
    QTest.keyClicks(panel.filter_line, title.lower())
    QTest.keyClick(panel.filter_line, Qt.Key.Key_Return)
    current = panel._selection.current
    assert current is not None
    assert panel.tree.hasFocus()
    assert title.casefold() in panel.tree.currentIndex().data().casefold()


def test_f2_renames_in_one_step_that_can_be_undone(panel: OutlinePanel, qtbot: QtBot) -> None:
    session = panel._session
    before = session.flow
    panel._selection.select(Element("page", before.pages[0].id))
    panel.tree.setFocus()
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    editor = panel.tree.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Welcome")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.flow.pages[0].title == "Welcome")
    assert session.undo_stack.undoText().startswith("Rename ")
    session.undo()
    assert session.flow == before


def test_the_delete_key_removes_what_is_selected_in_one_step(panel: OutlinePanel) -> None:
    session = panel._session
    before = session.flow
    panel._selection.select(Element("page", before.pages[0].id), Element("transition", before.transitions[-1].id))
    panel.tree.setFocus()
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert before.pages[0].id not in session.flow.pages_by_id
    assert before.transitions[-1].id not in session.flow.transitions_by_id
    session.undo()
    assert session.flow == before


def test_a_new_palette_leaves_the_tree_unfolded_as_it_was(panel: OutlinePanel) -> None:
    first = panel._proxy.index(2, 0)
    panel.tree.expand(first)
    panel.setPalette(palette_of(DARK))
    assert panel.tree.isExpanded(first)


def test_a_page_that_goes_to_another_section_stays_selected(panel: OutlinePanel, qtbot: QtBot) -> None:
    session, page = panel._session, Element("page", panel._session.flow.pages[0].id)
    flow = add_section(session.flow, new_section(session.flow, "Elsewhere", ()))
    session.edit(flow, "Add a section")
    panel.refresh()
    panel._selection.select(page)
    session.edit(put_pages(session.flow, [page.id], session.flow.sections[-1].id), "Move a page")
    panel.refresh()
    assert panel._selection.elements == (page,)
