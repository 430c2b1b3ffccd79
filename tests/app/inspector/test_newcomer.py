"""Where somebody new was misled: Enter in the words of a button, the keyboard after a choice, a fix that was taken."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

import resources
from app.inspector.editors.formula import ConditionEditor, TemplateEditor
from app.inspector.nodes import Template
from app.inspector.panel import InspectorPanel
from app.inspector.remarks import Remarks, remark_of
from flow_models.checks.problem import Fix, Problem
from flow_models.document.elements import Element
from tests.app.inspector.conftest import BANK, field, pick, select

KINDS = ("button", "link", "heading", "text", "list", "text_field", "notice")


def _block_of(kind: str) -> str:
    return next(block for page in BANK.pages for block, part in page.blocks_by_id.items() if part.kind == kind)


@pytest.mark.parametrize("kind", KINDS)
def test_enter_ends_what_is_one_line_on_the_page(panel: InspectorPanel, kind: str) -> None:
    select(panel, "block", _block_of(kind))
    for row in panel.rows():
        editor, spec = row.editor, row.row.editor
        if not (isinstance(editor, TemplateEditor) and isinstance(spec, Template) and row.isVisibleTo(panel)):
            continue
        area = editor.area
        before, height = area.toPlainText(), area.height()
        area.setFocus()
        QTest.keyClick(area, Qt.Key.Key_Return)
        assert (area.toPlainText() == before) == (spec.lines == 1), row.row.label
        assert spec.lines > 1 or area.height() == height, "the form below moved"


def test_the_keyboard_stays_in_a_sentence_whose_parts_are_made_anew(panel: InspectorPanel) -> None:
    transition = BANK.transitions[0]
    select(panel, "transition", transition.id)
    editor = field(panel, Element("transition", transition.id), "when").editor
    assert isinstance(editor, ConditionEditor)
    QTest.mouseClick(editor.sentence.add, Qt.MouseButton.LeftButton)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    pick(box, resources.text("inspector.operand.table"))
    panel.activateWindow()
    QApplication.processEvents()
    assert not box.isVisible(), "something from a table stands in its place"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert editor.isAncestorOf(focused)


def _problem(words: str, fix: str) -> Problem:
    at = (Element("page", "p_send"),)
    return Problem("test", "warning", "shell.refused", (("reason", words),), at, Fix(fix, (), lambda flow: flow))


def test_a_fix_that_was_taken_is_offered_no_more(panel: InspectorPanel) -> None:
    """The pointer still lies on it: the words change at once, the next fix comes when the pointer has left."""
    select(panel, "page", "p_send")
    session, remarks = panel.shared.session, panel.findChild(Remarks)
    assert remarks is not None
    first, second = _problem("One.", "shell.app"), _problem("Two.", "shell.app")
    session.problems_changed.emit(())
    remarks.show_remarks((remark_of(first),))
    remarks.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    remarks.fix.setFocus()
    assert remarks.fix.isVisible()
    remarks.show_remarks((remark_of(second),))
    assert "Two." in remarks.words.text()
    assert not remarks.fix.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused), "the keyboard left the inspector"
    remarks.show_remarks((remark_of(second),))
    assert not remarks.fix.isVisible()
    remarks.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    QApplication.sendEvent(remarks, QEvent(QEvent.Type.Leave))
    assert remarks.fix.isVisible()
