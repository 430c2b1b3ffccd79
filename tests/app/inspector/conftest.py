"""The inspector on the bank, and a person's ways with it: typing, picking, pressing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.inspector.editors.plain import LineEditor
from app.inspector.form import FoldWidget
from app.inspector.panel import InspectorPanel
from app.inspector.rows import RowWidget
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    session = DocumentSession(BANK)
    shown = InspectorPanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(380, 900)
    shown.show()
    shown.activateWindow()
    return shown


def flow_of(panel: InspectorPanel) -> Flow:
    return panel.shared.flow


def select(panel: InspectorPanel, kind: str, element_id: str) -> Element:
    element = Element(kind, element_id)  # type: ignore[arg-type]  # a kind by name
    panel.shared.selection.select(element)
    return element


def field(panel: InspectorPanel, element: Element, path: str) -> RowWidget:
    """Return a field, with what is folded around it open."""
    panel.reveal(element._replace(field=path))
    return panel.row(element._replace(field=path))


def retype(editor: object, text: str) -> None:
    """Replace what stands in a line by typing."""
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)


def pick(box: QComboBox, label: str) -> None:
    """Choose an entry of a drop-down by its words, with the keyboard."""
    index = box.findText(label)
    assert index >= 0, [box.itemText(number) for number in range(box.count())]
    box.setFocus()
    box.showPopup()
    view = box.view()
    view.setCurrentIndex(box.model().index(index, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)


def button(panel: InspectorPanel, section: object, label: str) -> QPushButton:
    """Return a button beside the heading of a section."""
    for fold in panel.findChildren(FoldWidget):
        if fold.node.key == section:
            return next(part for part in fold.findChildren(QPushButton) if part.text() == label)
    raise KeyError(section)
