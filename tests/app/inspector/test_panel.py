"""The inspector as a person uses it: real keys and clicks, and every change one step that can be taken back."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from app.inspector.editors.formula import TemplateEditor, ValueEditor
from app.inspector.editors.plain import LineEditor, NameEditor, PickEditor, ToggleEditor
from app.inspector.form import FoldWidget
from app.inspector.lists import ItemButton
from app.inspector.panel import InspectorPanel
from app.inspector.remarks import Remarks
from app.theme.colours import DARK, palette_of
from flow_models.checks import check
from flow_models.document.edits.pages import add_page
from flow_models.document.edits.parts import value_at
from flow_models.document.edits.starts import new_page
from flow_models.document.elements import Element
from tests.app.inspector.conftest import BANK, button, field, flow_of, pick, retype, select

ELEMENTS = [
    Element("flow", BANK.id),
    Element("site", "site"),
    *(Element("table", part.id) for part in BANK.tables),
    *(Element("variable", part.id) for part in BANK.variables),
    *(Element("section", part.id) for part in BANK.sections),
    *(Element("page", part.id) for part in BANK.pages[:4]),
    *(Element("transition", part.id) for part in BANK.transitions if part.when),
    *(Element("task", part.id) for part in BANK.tasks),
]


def test_every_kind_of_element_has_a_form_that_shows_it_without_changing_it(panel: InspectorPanel) -> None:
    blocks = {block.kind: Element("block", block.id) for page in BANK.pages for block in page.blocks_by_id.values()}
    for element in [*ELEMENTS, *blocks.values()]:
        panel.shared.selection.select(element)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for fold in panel.findChildren(FoldWidget):
            fold.open(True)
        assert panel.rows(), element
    assert flow_of(panel) is BANK


def test_typing_is_one_step_that_undo_takes_back_and_shows(panel: InspectorPanel) -> None:
    section = select(panel, "section", BANK.sections[0].id)
    editor = field(panel, section, "title").editor
    retype(editor, "Guests")
    assert flow_of(panel).sections[0].title == "Guests"
    assert panel.shared.session.undo_stack.count() == 1
    panel.shared.session.undo()
    assert flow_of(panel) == BANK
    assert isinstance(editor, LineEditor)
    assert editor.line.text() == BANK.sections[0].title


def test_coming_back_to_a_field_begins_another_step(panel: InspectorPanel) -> None:
    section = select(panel, "section", BANK.sections[0].id)
    editor = field(panel, section, "title").editor
    retype(editor, "Guests")
    field(panel, section, "colour").focus()
    retype(editor, "Visitors")
    assert panel.shared.session.undo_stack.count() == 2


def test_the_cursor_stays_while_the_flow_changes_elsewhere(panel: InspectorPanel) -> None:
    section = select(panel, "section", BANK.sections[0].id)
    editor = field(panel, section, "title").editor
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.setCursorPosition(3)
    changed = BANK.rebuilt(title="Other bank")
    panel.shared.session.edit(changed, "Rename flow")
    assert (editor.line.hasFocus(), editor.line.cursorPosition()) == (True, 3)


def test_a_new_name_is_followed_by_every_formula(panel: InspectorPanel) -> None:
    variable = select(panel, "variable", "v_tries")
    editor = field(panel, variable, "name").editor
    assert isinstance(editor, NameEditor)
    retype(editor, "mistakes")
    assert flow_of(panel) is BANK
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert any("mistakes >= 3" in arrow.when for arrow in flow_of(panel).transitions)


def test_a_name_that_cannot_be_used_says_why_and_changes_nothing(panel: InspectorPanel) -> None:
    variable = select(panel, "variable", "v_tries")
    row = field(panel, variable, "name")
    retype(row.editor, "accounts")
    QTest.keyClick(row.editor.target(), Qt.Key.Key_Return)
    assert flow_of(panel) is BANK
    assert "accounts" in row.problem.text()


def test_the_name_follows_the_title_of_something_new(panel: InspectorPanel) -> None:
    select(panel, "flow", BANK.id)
    QTest.mouseClick(button(panel, ("variables", "flow"), "+ Add variable"), Qt.MouseButton.LeftButton)
    variable = flow_of(panel).variables[-1]
    editor = panel.row(Element("variable", variable.id, "title")).editor
    assert editor.target().hasFocus()
    retype(editor, "Last visit")
    QTest.keyClick(editor.target(), Qt.Key.Key_Tab)
    assert flow_of(panel).variables[-1].name == "last_visit"


def test_a_checkbox_and_a_drop_down_change_their_fields(panel: InspectorPanel) -> None:
    block = select(panel, "block", "b_se_amount")
    toggle = field(panel, block, "required").editor
    assert isinstance(toggle, ToggleEditor)
    QTest.keyClick(toggle.box, Qt.Key.Key_Space)
    assert value_at(flow_of(panel), block._replace(field="required")) is False
    page = select(panel, "page", "p_accounts")
    kind = field(panel, page, "kind").editor
    assert isinstance(kind, PickEditor)
    pick(kind.box, "Dialog over a page")
    assert flow_of(panel).pages_by_id["p_accounts"].kind == "dialog"


def test_problems_stand_beside_their_field(panel: InspectorPanel) -> None:
    page = select(panel, "page", "p_accounts")
    broken = BANK.rebuilt(
        pages=tuple(p.rebuilt(open_by_url="nothing_here") if p.id == "p_accounts" else p for p in BANK.pages)
    )
    panel.shared.session.edit(broken, "Break")
    panel.shared.session.show_problems(check(broken))
    assert "nothing_here" in field(panel, page, "open_by_url").problem.text()
    assert field(panel, page, "title").problem.text() == ""


def test_reveal_opens_the_card_and_focuses_the_very_field(panel: InspectorPanel) -> None:
    panel.shared.selection.reveal(Element("column", "c_ac_balance", "name"))
    row = panel.row(Element("column", "c_ac_balance", "name"))
    assert row.editor.target().hasFocus()
    panel.shared.selection.reveal(Element("task", "k_pay", "success.changes.0.values.c_tf_amount"))
    row = panel.row(Element("task", "k_pay", "success.changes.0.values.c_tf_amount"))
    assert isinstance(row.editor, ValueEditor)
    assert row.editor.operand.plain.box.hasFocus()


def test_the_overview_leads_to_an_element(panel: InspectorPanel) -> None:
    entry = next(part for part in panel.findChildren(ItemButton) if part.accessibleName().startswith("Customers"))
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert panel.shared.selection.current == Element("table", "t_customers")


def test_what_is_deleted_elsewhere_leaves_the_form_to_its_neighbour(panel: InspectorPanel) -> None:
    select(panel, "variable", "v_tries")
    without = BANK.rebuilt(variables=tuple(part for part in BANK.variables if part.id != "v_tries"))
    panel.shared.session.edit(without, "Delete variable")
    current = panel.shared.selection.current
    assert current is not None
    assert current.kind == "variable"
    assert panel.row(current._replace(field="title"))


def test_what_was_typed_is_kept_when_another_element_is_selected(panel: InspectorPanel) -> None:
    variable = select(panel, "variable", "v_tries")
    retype(field(panel, variable, "name").editor, "mistakes")
    section = select(panel, "section", BANK.sections[0].id)
    assert flow_of(panel).variables_by_id["v_tries"].name == "mistakes"
    assert not panel.row(section._replace(field="title")).isHidden()
    assert panel.row(section._replace(field="title")).isVisible()


def test_a_section_stays_folded_for_the_next_element_of_its_kind(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    fold = next(part for part in panel.findChildren(FoldWidget) if part.node.key == ("out", "page"))
    QTest.mouseClick(fold.title, Qt.MouseButton.LeftButton)
    assert fold.body.isHidden()
    select(panel, "page", "p_send")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fold = next(part for part in panel.findChildren(FoldWidget) if part.node.key == ("out", "page"))
    assert fold.body.isHidden()


def test_other_colours_make_the_form_anew(panel: InspectorPanel, qapp: QApplication) -> None:
    select(panel, "page", "p_accounts")
    light, palette = panel.styleSheet(), qapp.palette()
    qapp.setPalette(palette_of(DARK))
    qapp.setStyleSheet("QLabel { margin: 0px; }")
    dark = panel.styleSheet()
    qapp.setPalette(palette)
    qapp.setStyleSheet("")
    assert dark != light
    assert panel.row(Element("page", "p_accounts", "title"))


def test_problems_of_the_whole_stand_above_the_form_and_are_fixed_there(panel: InspectorPanel) -> None:
    lonely = add_page(BANK, new_page(BANK, "Lonely"))
    panel.shared.session.edit(lonely, "Add page")
    panel.shared.session.show_problems(check(lonely))
    select(panel, "page", lonely.pages[-1].id)
    remarks = panel.findChild(Remarks)
    assert remarks is not None
    assert not remarks.isHidden()
    fix = next(part for part in remarks.findChildren(QPushButton))
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert flow_of(panel) != lonely
    panel.shared.session.undo()
    assert flow_of(panel) == lonely


def test_address_and_heading_of_a_new_page_follow_its_title(panel: InspectorPanel) -> None:
    select(panel, "flow", BANK.id)
    QTest.mouseClick(button(panel, ("pages", "flow"), "+ Add page"), Qt.MouseButton.LeftButton)
    page = flow_of(panel).pages[-1]
    editor = panel.row(Element("page", page.id, "title")).editor
    assert isinstance(editor, TemplateEditor)
    editor.area.selectAll()
    QTest.keyClicks(editor.area, "Opening hours")
    QTest.keyClick(editor.area, Qt.Key.Key_Tab)
    made = flow_of(panel).pages[-1]
    assert (made.title, made.path) == ("Opening hours", "/opening-hours")
    assert [getattr(block, "text", "") for block in made.blocks] == ["Opening hours"]
    assert panel.shared.session.undo_stack.count() == 2


def test_several_selected_elements_are_listed(panel: InspectorPanel) -> None:
    panel.shared.selection.select(Element("page", "p_accounts"), Element("page", "p_send"))
    entry = next(part for part in panel.findChildren(ItemButton) if part.accessibleName().startswith("Send money"))
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert panel.shared.selection.elements == (Element("page", "p_send"),)


def test_a_field_that_throws_its_form_away_in_an_event_of_its_own_outlives_the_event(panel: InspectorPanel) -> None:
    line = field(panel, select(panel, "variable", "v_tries"), "name").editor.target()
    assert isinstance(line, QLineEdit)
    ended: list[str] = []
    seen: list[list[str]] = []
    line.destroyed.connect(lambda: ended.append("line"))
    line.returnPressed.connect(lambda: select(panel, "section", BANK.sections[0].id))
    line.returnPressed.connect(lambda: seen.append([*ended]))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert seen == [[]]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert ended == ["line"]
