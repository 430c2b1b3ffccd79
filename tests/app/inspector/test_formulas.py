"""Conditions, effects and texts: written by choosing, checked while typed, completed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.inspector.editors.formula import ConditionEditor, TemplateEditor, ValueEditor
from app.inspector.editors.sentence import RowEdit
from app.inspector.form import FoldWidget
from app.inspector.panel import InspectorPanel
from app.widgets.order import go_on
from flow_models.document.edits.parts import value_at
from flow_models.formulas.sentences import Sum
from tests.app.inspector.conftest import BANK, field, flow_of, pick, select


def test_a_condition_is_written_by_choosing(panel: InspectorPanel) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.when))
    editor = field(panel, arrow, "when").editor
    assert isinstance(editor, ConditionEditor)
    QTest.mouseClick(editor.sentence.add, Qt.MouseButton.LeftButton)
    row = editor.sentence.findChild(RowEdit)
    assert row is not None
    pick(row.left.plain.box, "Wrong passwords so far")
    pick(row.comparison, "is at most")
    line = row.right.plain.literal.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "12")
    assert flow_of(panel).transitions_by_id[arrow.id].when == "failed_tries <= 12"


def test_any_instead_of_all_becomes_or(panel: InspectorPanel) -> None:
    arrow = next(part for part in BANK.transitions if part.when.startswith('record.status == "Active" and'))
    element = select(panel, "transition", arrow.id)
    editor = field(panel, element, "when").editor
    assert isinstance(editor, ConditionEditor)
    pick(editor.sentence.join, "Any of these is true")
    assert " or field.limit > record.cap" in flow_of(panel).transitions_by_id[arrow.id].when


def test_the_formula_is_checked_while_it_is_typed(panel: InspectorPanel) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.when))
    row = field(panel, arrow, "when")
    editor = row.editor
    assert isinstance(editor, ConditionEditor)
    QTest.mouseClick(editor.fx, Qt.MouseButton.LeftButton)
    assert editor.source.hasFocus()
    QTest.keyClicks(editor.source, "failed_tries >= wrong")
    assert "wrong" in row.problem.text()
    assert editor.source.extraSelections()
    for _ in "wrong":
        QTest.keyClick(editor.source, Qt.Key.Key_Backspace)
    QTest.keyClicks(editor.source, "2")
    assert row.problem.text() == ""
    assert flow_of(panel).transitions_by_id[arrow.id].when == "failed_tries >= 2"
    QTest.mouseClick(editor.fx, Qt.MouseButton.LeftButton)
    assert not editor.sentence.isHidden()


def test_names_are_completed(panel: InspectorPanel) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.when))
    editor = field(panel, arrow, "when").editor
    assert isinstance(editor, ConditionEditor)
    editor.ask_formula()
    QTest.keyClicks(editor.source, "fail")
    QTest.keyClick(editor.source, Qt.Key.Key_Tab)
    assert editor.source.toPlainText() == "failed_tries"


def test_an_effect_is_added_from_the_menu_and_given_a_value(panel: InspectorPanel) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.do))
    fold = next(part for part in panel.findChildren(FoldWidget) if part.node.key == ("effects", "do"))
    fold.node.actions[0].menu[0].run()
    assert flow_of(panel).transitions_by_id[arrow.id].do[0].kind == "set"
    editor = field(panel, arrow, "do.0.value").editor
    assert isinstance(editor, ValueEditor)
    pick(editor.operand.plain.box, "A value I type")
    assert value_at(flow_of(panel), arrow._replace(field="do.0.value")) == "true"


def test_tab_goes_through_the_fields_as_they_stand(panel: InspectorPanel, qtbot: QtBot) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.when))
    editor = field(panel, arrow, "when").editor
    assert isinstance(editor, ConditionEditor)
    QTest.mouseClick(editor.sentence.add, Qt.MouseButton.LeftButton)
    row = editor.sentence.findChild(RowEdit)
    assert row is not None
    qtbot.waitUntil(lambda: row.comparison.y() > row.left.y())
    row.left.plain.box.setFocus()
    passed = []
    for _ in range(5):
        passed.append(panel.focusWidget())
        go_on(panel, passed[-1], is_next=True)
    assert passed[0] is row.left.plain.box
    assert passed[1:4] == [row.remove, row.comparison, editor.sentence.add]


def test_a_value_is_put_into_a_text_from_the_menu(panel: InspectorPanel) -> None:
    task = select(panel, "task", "k_pay")
    editor = field(panel, task, "wordings.0").editor
    assert isinstance(editor, TemplateEditor)
    editor.area.selectAll()
    own = next(action.menu() for action in editor.insert_menu().actions() if action.text() == "What the task asks for")
    assert isinstance(own, QMenu)
    next(action for action in own.actions() if action.toolTip() == "task.amount").trigger()
    assert flow_of(panel).tasks_by_id["k_pay"].wordings[0] == "{task.amount}"


def test_a_typed_value_that_cannot_be_is_said_to_be_wrong_and_the_sentence_stays(panel: InspectorPanel) -> None:
    arrow = next(part for part in BANK.transitions if not part.when)
    element = select(panel, "transition", arrow.id)
    row = field(panel, element, "when")
    editor = row.editor
    assert isinstance(editor, ConditionEditor)
    editor.show_value("failed_tries / 2 > 1")
    part = editor.sentence.findChild(RowEdit)
    assert part is not None
    line = part.left.form(Sum).right_side.plain.literal.line  # type: ignore[attr-defined]  # a sum has sides
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "0")
    assert not editor.is_source
    assert flow_of(panel).transitions_by_id[arrow.id].when == ""
    QTest.keyClicks(line, "4")
    line.selectAll()
    QTest.keyClicks(line, "4")
    assert flow_of(panel).transitions_by_id[arrow.id].when == "failed_tries / 4 > 1"


def test_names_that_stand_twice_stand_under_headings_and_say_where_they_come_from(panel: InspectorPanel) -> None:
    arrow = next(part for part in BANK.transitions if part.when.startswith("any(payees, iban == field.iban"))
    element = select(panel, "transition", arrow.id)
    editor = field(panel, element, "when").editor
    assert isinstance(editor, ConditionEditor)
    box = next(
        one.left.plain.box
        for one in editor.sentence.findChildren(RowEdit)
        if one.left.plain.box.currentText().endswith("IBAN")
    )
    entries = [box.itemText(index) for index in range(box.count())]
    named = [entry for entry in entries if entry]
    assert len(named) == len(set(named))
    assert {"Columns of Payees", "Fields on the page"} <= set(named)
    assert {"the field IBAN", "the row\u2019s IBAN"} <= set(named)
