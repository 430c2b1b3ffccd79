"""The inspector as a person uses it: real keys and clicks, and every change one step that can be taken back."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

import resources
from app.document.session import DocumentSession
from app.inspector.blocktree import BlockTree
from app.inspector.editors.formula import ConditionEditor, TemplateEditor, ValueEditor
from app.inspector.editors.plain import LineEditor, NameEditor, PickEditor, ToggleEditor
from app.inspector.editors.sentence import RowEdit
from app.inspector.form import FoldWidget
from app.inspector.grid import RowGrid
from app.inspector.lists import ItemButton
from app.inspector.panel import InspectorPanel
from app.inspector.remarks import Remarks
from app.inspector.rows import RowWidget
from app.selection import Selection
from app.theme.colours import DARK, palette_of
from flow_models.checks import check
from flow_models.document import storage
from flow_models.document.edits.pages import add_page
from flow_models.document.edits.parts import value_at, with_value
from flow_models.document.edits.starts import new_page
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
    return panel.desk.flow


def select(panel: InspectorPanel, kind: str, element_id: str) -> Element:
    element = Element(kind, element_id)  # type: ignore[arg-type]  # a kind by name
    panel.desk.selection.select(element)
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
        panel.desk.selection.select(element)
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
    assert panel.desk.session.undo_stack.count() == 1
    panel.desk.session.undo()
    assert flow_of(panel) == BANK
    assert isinstance(editor, LineEditor)
    assert editor.line.text() == BANK.sections[0].title


def test_coming_back_to_a_field_begins_another_step(panel: InspectorPanel) -> None:
    section = select(panel, "section", BANK.sections[0].id)
    editor = field(panel, section, "title").editor
    retype(editor, "Guests")
    field(panel, section, "colour").focus()
    retype(editor, "Visitors")
    assert panel.desk.session.undo_stack.count() == 2


def test_the_cursor_stays_while_the_flow_changes_elsewhere(panel: InspectorPanel) -> None:
    section = select(panel, "section", BANK.sections[0].id)
    editor = field(panel, section, "title").editor
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.setCursorPosition(3)
    changed = BANK.rebuilt(title="Other bank")
    panel.desk.session.edit(changed, "Rename flow")
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
    panel.desk.session.edit(broken, "Break")
    panel.desk.session.show_problems(check(broken))
    assert "nothing_here" in field(panel, page, "open_by_url").problem.text()
    assert field(panel, page, "title").problem.text() == ""


def test_reveal_opens_the_card_and_focuses_the_very_field(panel: InspectorPanel) -> None:
    panel.desk.selection.reveal(Element("column", "c_ac_balance", "name"))
    row = panel.row(Element("column", "c_ac_balance", "name"))
    assert row.editor.target().hasFocus()
    panel.desk.selection.reveal(Element("task", "k_pay", "success.changes.0.values.c_tf_amount"))
    row = panel.row(Element("task", "k_pay", "success.changes.0.values.c_tf_amount"))
    assert isinstance(row.editor, ValueEditor)
    assert row.editor.operand.plain.box.hasFocus()


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


def test_blocks_are_added_moved_duplicated_and_deleted_with_the_keyboard(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    tree.insert("text")
    tree = panel.tree()
    assert tree is not None
    made = flow_of(panel).pages_by_id["p_accounts"].blocks[-1]
    assert (made.kind, tree.block_id()) == ("text", made.id)
    tree.tree.setFocus()
    QTest.keyClick(tree.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert flow_of(panel).pages_by_id["p_accounts"].blocks[-2].id == made.id
    QTest.keyClick(tree.tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [block.kind for block in flow_of(panel).pages_by_id["p_accounts"].blocks].count("text") == 3
    current = panel.tree()
    assert current is not None
    QTest.keyClick(current.tree, Qt.Key.Key_Delete)
    assert [block.kind for block in flow_of(panel).pages_by_id["p_accounts"].blocks].count("text") == 2


def drag(tree: BlockTree, start: QPoint, end: QPoint, *, give_up: bool = False) -> None:
    """Drag inside the tree with the pointer."""
    port = tree.tree.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in (QPoint(0, 12), end - start):
        QTest.mouseMove(port, start + step)
    if give_up:
        QTest.keyClick(tree.tree, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize("give_up", [False, True])
def test_a_block_is_dragged_above_another_and_escape_gives_up(panel: InspectorPanel, give_up: bool) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    before = [block.id for block in flow_of(panel).pages_by_id["p_accounts"].blocks]
    last, first = tree.tree.topLevelItem(len(before) - 1), tree.tree.topLevelItem(0)
    assert last is not None
    assert first is not None
    end = tree.tree.visualItemRect(first).topLeft() + QPoint(30, 1)
    drag(tree, tree.tree.visualItemRect(last).center(), end, give_up=give_up)
    after = [block.id for block in flow_of(panel).pages_by_id["p_accounts"].blocks]
    assert after == (before if give_up else [before[-1], *before[:-1]])


def test_clicking_a_block_shows_its_form(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    item = tree.tree.topLevelItem(0)
    assert item is not None
    QTest.mouseClick(tree.tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.tree.visualItemRect(item).center())
    block = BANK.pages_by_id["p_accounts"].blocks[0]
    assert panel.desk.selection.current == Element("block", block.id)
    assert panel.row(Element("block", block.id, "text"))


def test_cells_are_typed_pasted_and_emptied(panel: InspectorPanel) -> None:
    select(panel, "table", "t_topics")
    grid = panel.findChild(RowGrid)
    assert grid is not None
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    QGuiApplication.clipboard().setText("What now?\tWait.\nAnd then?\tAsk.")
    QTest.keyClick(grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    columns = [column.id for column in BANK.tables_by_id["t_topics"].columns]
    rows = flow_of(panel).tables_by_id["t_topics"].rows
    assert [rows[number].values[columns[1]] for number in (0, 1)] == ["What now?", "And then?"]
    QTest.keyClick(grid.view, Qt.Key.Key_Delete)
    assert columns[1] not in flow_of(panel).tables_by_id["t_topics"].rows[0].values
    QTest.mouseClick(grid.add, Qt.MouseButton.LeftButton)
    assert len(flow_of(panel).tables_by_id["t_topics"].rows) == len(rows) + 1


def test_an_effect_is_added_from_the_menu_and_given_a_value(panel: InspectorPanel) -> None:
    arrow = select(panel, "transition", next(part.id for part in BANK.transitions if not part.do))
    fold = next(part for part in panel.findChildren(FoldWidget) if part.node.key == ("effects", "do"))
    fold.node.actions[0].menu[0].run()
    assert flow_of(panel).transitions_by_id[arrow.id].do[0].kind == "set"
    editor = field(panel, arrow, "do.0.value").editor
    assert isinstance(editor, ValueEditor)
    pick(editor.operand.plain.box, "A value")
    assert value_at(flow_of(panel), arrow._replace(field="do.0.value")) == "true"


def test_the_overview_leads_to_an_element(panel: InspectorPanel) -> None:
    entry = next(part for part in panel.findChildren(ItemButton) if part.accessibleName().startswith("Customers"))
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert panel.desk.selection.current == Element("table", "t_customers")


def test_what_is_deleted_elsewhere_leaves_the_form(panel: InspectorPanel) -> None:
    select(panel, "variable", "v_tries")
    without = BANK.rebuilt(variables=tuple(part for part in BANK.variables if part.id != "v_tries"))
    panel.desk.session.edit(without, "Delete variable")
    assert panel.row(Element("flow", BANK.id, "title"))


def test_what_was_typed_is_kept_when_another_element_is_selected(panel: InspectorPanel) -> None:
    variable = select(panel, "variable", "v_tries")
    retype(field(panel, variable, "name").editor, "mistakes")
    section = select(panel, "section", BANK.sections[0].id)
    assert flow_of(panel).variables_by_id["v_tries"].name == "mistakes"
    assert not panel.row(section._replace(field="title")).isHidden()
    assert panel.row(section._replace(field="title")).isVisible()


def test_a_list_without_columns_gets_those_of_its_table(panel: InspectorPanel) -> None:
    select(panel, "page", "p_accounts")
    tree = panel.tree()
    assert tree is not None
    tree.insert("list")
    made = panel.desk.selection.current
    assert made is not None
    bare = with_value(flow_of(panel), made._replace(field="columns"), ())
    panel.desk.session.edit(bare, "Take columns away")
    editor = field(panel, made, "table").editor
    assert isinstance(editor, PickEditor)
    pick(editor.box, "Payees")
    titles = [column.title for column in BANK.tables_by_id["t_payees"].columns]
    assert [column.title for column in value_at(flow_of(panel), made).columns] == titles  # type: ignore[attr-defined]


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
        QTest.keyClick(passed[-1], Qt.Key.Key_Tab)
    assert passed[0] is row.left.plain.box
    assert passed[1:4] == [row.remove, row.comparison, editor.sentence.add]


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
    panel.desk.session.edit(lonely, "Add page")
    panel.desk.session.show_problems(check(lonely))
    select(panel, "page", lonely.pages[-1].id)
    remarks = panel.findChild(Remarks)
    assert remarks is not None
    assert not remarks.isHidden()
    fix = next(part for part in remarks.findChildren(QPushButton))
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert flow_of(panel) != lonely
    panel.desk.session.undo()
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
    assert panel.desk.session.undo_stack.count() == 2
