"""One entry of history for one thing done, named after what and where, jumped to by a click."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QUndoView

import resources
from app.desktop.folders import state_folder
from app.document.journal import Journal
from app.document.recovery import journal_folder
from app.document.session import DocumentSession
from app.inspector.panel import InspectorPanel
from app.window.main_window import MainWindow
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import field


def history(window: MainWindow) -> QUndoView:
    window.docks.show("history")
    view = window.findChild(QUndoView)
    assert view is not None
    return view


def entries(view: QUndoView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_title(window: MainWindow, page: int, letters: str) -> None:
    """Go to a page's title, type, and go on."""
    panel = window.findChild(InspectorPanel)
    assert panel is not None
    element = Element("page", window.session.flow.pages[page].id)
    window.selection.select(element)
    line = field(panel, element, "title").editor.target()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, letters)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def test_text_typed_in_one_field_in_one_go_is_one_entry_with_what_and_where(window: MainWindow) -> None:
    type_title(window, 0, " here")
    type_title(window, 1, " there")
    assert entries(history(window)) == ["As opened", "Change Title of Books", "Change Title of Book"]


def test_a_click_in_the_history_jumps(window: MainWindow) -> None:
    before = window.session.flow
    type_title(window, 0, " here")
    middle = window.session.flow
    type_title(window, 1, " there")
    view = history(window)
    for row, flow in ((0, before), (1, middle)):
        spot = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert window.session.flow == flow


def test_after_a_restore_the_history_begins_with_the_restore(window: MainWindow) -> None:
    other = DocumentSession(Flow(id="lost"))
    journal = Journal(other, journal_folder(state_folder()))
    other.edit(Flow(id="lost", title="Nearly lost"), "Rename flow")
    journal._lock.unlock()
    assert journal._paper is not None
    journal._paper.close()
    assert window.offer_recovery()
    restore = next(one for one in window.start.findChildren(QPushButton) if one.text() == "Restore into a copy")
    QTest.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert entries(history(window)) == [resources.text("shell.step.restored")]
    window.session.new_from(Flow(id="other"))
    assert entries(history(window)) == [resources.text("shell.history_start")]
