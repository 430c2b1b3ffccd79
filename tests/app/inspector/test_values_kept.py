"""Values keep their type through every form; wrong ones are refused in words, and nothing typed is lost without one."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import resources
from app.document.changing import tried as tried_edit
from app.inspector.editors.base import Counter, Measure, Picker, PlainArea, PlainLine
from app.inspector.panel import InspectorPanel
from app.inspector.rows import RowWidget
from flow_models.document import storage
from flow_models.document.blocks import MODELS
from flow_models.document.data import Row, Variable
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.parts import part_of, value_at, with_value
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.field_blocks import FieldBase
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import BANK, field, flow_of, select
from tests.daily import daily

AT = Element("block", "b_new")
VALUES = (0, 1, True, None, "", "0", "1", "-1.50", "true", '"1"', "x" * 190, ("1", "true"))

EVERY_DAY = ("text_field", "list", "button", "heading", "choice_grid", "date_field")


def plainly(value: object) -> str:
    """Return a value with its type, as text: to Python 1 and True are equal. Amounts are written with two places."""
    return repr(value).replace("'1'", "'1.00'").replace("'0'", "'0.00'")


def controls_of(row: RowWidget) -> Iterator[QWidget]:
    """Yield what in a field can be edited and is seen."""
    for kind in (PlainLine, PlainArea, Picker, Counter, Measure):
        yield from (widget for widget in row.editor.findChildren(kind) if widget.isVisible() and widget.isEnabled())


def enter_again(control: QWidget) -> None:
    """Do with a control what a person does who enters the same again."""
    match control:
        case PlainLine():
            text = control.text()
            control.textEdited.emit(text)
            control.left.emit()
        case PlainArea():
            text = control.toPlainText()
            control.setPlainText("")
            control.setPlainText(text)
            control.left.emit()
        case Picker() if control.currentIndex() >= 0:
            control.activated.emit(control.currentIndex())
        case Counter() | Measure():
            control.editingFinished.emit()


def with_block(kind: str) -> Flow:
    block = new_block(BANK, kind).rebuilt(id=AT.id)
    return insert_block(BANK, Slot("page", "p_accounts"), None, block)


@pytest.mark.parametrize("kind", daily(sorted(MODELS), EVERY_DAY))
def test_every_field_of_every_kind_of_block_keeps_the_type_of_its_value(panel: InspectorPanel, kind: str) -> None:
    base = with_block(kind)
    panel.shared.session.edit(base, "Add block")
    select(panel, "block", AT.id)
    fields = [row.row.at for row in panel.rows() if row.row.at.id == AT.id and not row.row.read]
    if kind != "text_field":
        # What all kinds have in common is tried with one of them.
        common = FieldBase.model_fields.keys()
        fields = [at for at in fields if at.field.split(".")[0] not in common]
    count = 0
    for at in fields:
        for value in VALUES:
            changed, refused = tried_edit(partial(with_value, element=at, value=value), base)
            if refused:
                assert len(refused) > 10
                continue
            panel.shared.session.edit(changed, "Set")
            held = plainly(value_at(changed, at))
            row = field(panel, AT, at.field)
            assert plainly(value_at(flow_of(panel), at)) == held, "showing a value changed it"
            for control in list(controls_of(row)):
                enter_again(control)
                assert plainly(value_at(flow_of(panel), at)) == held, (at.field, value, type(control).__name__)
            count += 1
            panel.shared.session.edit(base, "Back")
    assert count or not fields


@pytest.mark.parametrize("path", ["three_pages.flow", "block_zoo.flow"])
def test_entering_every_value_of_an_example_again_changes_nothing(panel: InspectorPanel, path: str) -> None:
    flow = storage.load(resources.path("examples", f"{path}.json"))
    panel.shared.session.new_from(flow)
    text = storage.dumps(flow)
    elements = [
        *(Element("page", page.id) for page in flow.pages[:3]),
        *(Element("transition", arrow.id) for arrow in flow.transitions[:6]),
        *(Element("variable", variable.id) for variable in flow.variables[:4]),
        *(Element("table", table.id) for table in flow.tables[:2]),
        *(Element("task", task.id) for task in flow.tasks[:2]),
        Element("site", "site"),
    ]
    for element in elements:
        panel.shared.selection.select(element)
        for row in list(panel.rows()):
            for control in list(controls_of(row)):
                enter_again(control)
        assert storage.dumps(flow_of(panel)) == text, element


def paste(row: RowWidget, text: str) -> None:
    """Replace what stands in a field by what is on the clipboard."""
    target = row.editor.target()
    target.setFocus()
    target.selectAll()  # type: ignore[attr-defined]  # a line or an area
    QApplication.clipboard().setText(text)
    QTest.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def refused_paste(panel: InspectorPanel, element: Element, path: str, text: str) -> tuple[RowWidget, list[str]]:
    """Paste what is too long and see it refused in words; return the field, and what the status bar is told then."""
    said: list[str] = []
    panel.said.connect(said.append)
    panel.shared.session.edit(with_block("text"), "Add block")
    panel.shared.selection.select(element)
    row = field(panel, element, path)
    before = value_at(flow_of(panel), element._replace(field=path))
    paste(row, text)
    assert value_at(flow_of(panel), element._replace(field=path)) == before
    assert f"{len(text):,}" in row.problem.text()
    assert row.problem.isVisible()
    return row, said


TOO_LONG = (
    (Element("page", "p_accounts"), "title"),
    (Element("flow", "flow"), "title"),
    (Element("flow", "flow"), "description"),
    (AT, "text"),
)


@pytest.mark.parametrize(("element", "path"), TOO_LONG)
def test_what_is_too_long_is_refused_in_words_and_stays_to_be_shortened(
    panel: InspectorPanel, element: Element, path: str
) -> None:
    row, said = refused_paste(panel, element, path, "many words " * 500)
    # Something else changes: what was pasted is still there.
    panel.shared.session.edit(flow_of(panel).rebuilt(domain="Elsewhere"), "Other")
    assert shown_in(row) == "many words " * 500
    assert "5,500" in row.problem.text()
    row.editor.settled.emit()
    assert "5,500" in said[-1]


@pytest.mark.parametrize(("element", "path"), TOO_LONG)
def test_what_is_far_too_long_is_refused_in_words(panel: InspectorPanel, element: Element, path: str) -> None:
    row, said = refused_paste(panel, element, path, "x" * 200_000)
    # What looks at the field meanwhile leaves it said: the text's own check, and the flow's.
    row.editor.refused.emit("", "")
    row.complain(None)
    assert "200,000" in row.problem.text()
    row.editor.settled.emit()
    assert "200,000" in said[-1]
    paste(row, "Words")
    assert not row.problem.isVisible()


def test_a_paste_that_is_too_long_is_said_also_where_the_one_before_was(panel: InspectorPanel) -> None:
    panel.shared.session.edit(with_block("text"), "Add block")
    panel.shared.selection.select(AT)
    row = field(panel, AT, "text")
    paste(row, "many words " * 500)
    paste(row, "x" * 200_000)
    assert "200,000" in row.problem.text()


def shown_in(row: RowWidget) -> str:
    target = row.editor.target()
    return target.toPlainText() if isinstance(target, PlainArea) else str(target.text())  # type: ignore[attr-defined]


def test_one_and_true_are_two_values_to_a_flow(panel: InspectorPanel) -> None:
    one, true = (Flow(id="f", variables=(Variable(id="v", name="x", initial=value),)) for value in (1, True))
    assert one != true
    assert Row(id="r", values={"c": 0}) != Row(id="r", values={"c": False})
    panel.shared.session.new_from(one)
    panel.shared.session.edit(true, "Set")
    assert part_of(flow_of(panel), Element("variable", "v")) == true.variables[0]
