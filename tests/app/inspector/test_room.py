"""The form under the hand: what checks find, and when, moves nothing; what is said has a place of its own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.inspector.forms.overview import row_words
from app.inspector.lists import ItemsWidget
from app.inspector.panel import SETTLING_MS, InspectorPanel
from app.outline.removal import can_go, without
from app.widgets.popups import place_for
from app.window.main_window import MainWindow
from flow_models.checks.problem import Fix, Problem, Severity
from flow_models.document import storage
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import BANK, field, select
from tests.daily import daily

ZOO = storage.load(resources.path("examples", "block_zoo.flow.json"))
SMALL = storage.load(resources.path("examples", "three_pages.flow.json"))


def elements_of(flow: Flow) -> Iterator[Element]:
    """Yield everything that has a form of its own."""
    yield from (Element("flow", flow.id), Element("site", "site"))
    for kind, parts in (
        ("section", flow.sections),
        ("page", flow.pages),
        ("transition", flow.transitions),
        ("table", flow.tables),
        ("variable", flow.variables),
        ("task", flow.tasks),
    ):
        yield from (Element(kind, part.id) for part in parts)  # type: ignore[arg-type]  # kinds by name
    yield from (Element("block", block) for block in flow.owners_by_block)


def places(panel: InspectorPanel) -> dict[QWidget, QRect]:
    """Return where on the screen everything stands that can be clicked or read."""
    shown = [widget for widget in panel.findChildren(QWidget) if widget.isVisible() and widget is not None]
    return {widget: QRect(widget.mapToGlobal(QPoint()), widget.size()) for widget in shown}


def settled(panel: InspectorPanel) -> dict[QWidget, QRect]:
    """Return where everything stands once the lines of a new form have found their breaks."""
    QTest.qWait(2 * max(SETTLING_MS))
    seen = [places(panel)]
    # Three times the same: on a busy computer a clock of the form may strike late.
    while len(seen) < 3 or not seen[-1] == seen[-2] == seen[-3]:
        QTest.qWait(15)
        seen.append(places(panel))
    return seen[-1]


def about(element: Element, severity: Severity = "warning") -> Problem:
    words = "Something that takes many words to say, and then some more, on more lines than one or two"
    return Problem("test", severity, "shell.refused", (("reason", words),), (element,), Fix("shell.app", (), same))


def same(flow: Flow) -> Flow:
    return flow


@pytest.mark.parametrize("flow", daily([SMALL, BANK, ZOO], [SMALL]), ids=["small", "bank", "zoo"])
def test_checks_that_finish_move_nothing_in_any_form(panel: InspectorPanel, flow: Flow) -> None:
    session = panel.shared.session
    session.new_from(flow)
    panel.resize(360, 560)
    moved = []
    # One of each kind: forms of a kind are made of the same fields.
    kinds = {(element.kind, getattr(part_of(flow, element), "kind", "")): element for element in elements_of(flow)}
    for element in kinds.values():
        session.show_problems(())
        panel.shared.selection.select(element)
        before = settled(panel)
        session.show_problems([about(element, "error"), *(about(row.row.at) for row in panel.rows())])
        QTest.qWait(0)
        after = places(panel)
        moved += [(element, widget) for widget, place in before.items() if after.get(widget, place) != place]
    assert moved == []


def test_the_overview_says_how_many_rows_a_made_up_table_has(panel: InspectorPanel) -> None:
    words = {table.id: row_words(table) for table in (*BANK.tables, *ZOO.tables)}
    drawn = [table for table in (*BANK.tables, *ZOO.tables) if table.generate is not None]
    assert drawn
    assert all("made up for each visit" in words[table.id] for table in drawn)
    assert not [words[table.id] for table in (*BANK.tables, *ZOO.tables) if words[table.id].startswith("0 ")]


def test_an_edit_keeps_the_keyboard_in_the_tree_and_on_what_is_worked_on(panel: InspectorPanel) -> None:
    """Down, duplicate, delete and undo: each stays in the tree of blocks, though every one makes the form anew."""
    select(panel, "page", "p_send")
    tree = panel.tree()
    assert tree is not None
    tree.tree.setFocus()
    first = BANK.pages_by_id["p_send"].blocks[0].id
    tree.tree.mark(first)
    seen: list[str] = []
    for key, modifier in (
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    ):
        now = panel.tree()
        assert now is not None
        QTest.keyClick(now.tree, key, modifier)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        after = panel.tree()
        assert after is not None
        assert after.tree.hasFocus(), key
        current = panel.shared.selection.current
        assert current is not None
        assert (current.kind, after.block_id()) == ("block", current.id)
        seen.append(current.id)
    panel.shared.session.undo()
    assert panel.shared.selection.current == Element("block", seen[1])


def test_a_block_moved_out_of_its_form_stays_selected(window: MainWindow) -> None:
    window.session.new_from(BANK)
    form = next(block for block in BANK.pages_by_id["p_send"].blocks_by_id.values() if block.kind == "form")
    inner = form.blocks[0].id
    element = Element("block", inner)
    window.selection.select(element)
    QTest.qWait(60)
    inspector = window.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    tree = inspector.tree()
    assert tree is not None
    tree.shift(-1)
    QTest.qWait(60)
    assert window.selection.elements == (element,)


def test_every_deleted_thing_selects_its_neighbour_and_undo_the_thing(qapp: QApplication) -> None:
    session = DocumentSession(BANK)
    selection = Selection(session)
    for element in elements_of(BANK):
        if not can_go(element):
            continue
        session.new_from(BANK)
        selection.select(element)
        session.edit(without(BANK, [element]), "Delete")
        current = selection.current
        assert current is not None, element
        session.undo()
        assert selection.elements == (element,)


def test_keys_typed_after_a_form_was_made_anew_stay_in_the_form(panel: InspectorPanel) -> None:
    select(panel, "flow", BANK.id)
    lists = [part for part in panel.findChildren(ItemsWidget) if part.isVisibleTo(panel)]
    buttons = [part for one in lists for part in one.findChildren(QToolButton) if part.toolTip().endswith(" down")]
    button = next(part for part in buttons if part.isEnabled())
    button.setFocus()
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QToolButton)
        QTest.keyClick(focused, Qt.Key.Key_Space)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        now = QApplication.focusWidget()
        assert now is not None
        assert panel.isAncestorOf(now)


def test_a_list_opens_under_its_field_as_wide_as_its_texts(panel: InspectorPanel) -> None:
    page = select(panel, "page", "p_accounts")
    for name in ("kind", "record", "section"):
        box = field(panel, page, name).editor.target()
        assert isinstance(box, QComboBox)
        settled(panel)
        box.showPopup()
        QTest.qWait(0)
        view, frame = box.view(), box.view().window()
        assert frame.geometry().top() > box.mapToGlobal(QPoint()).y() + box.height() // 2 or frame.height() > 300
        assert view.viewport().width() >= view.sizeHintForColumn(0)
        shown = view.viewport().height() // max(1, view.sizeHintForRow(0))
        assert shown >= min(box.count(), 16) or view.verticalScrollBar().maximum() > 0
        box.hidePopup()


def test_a_popup_is_whole_and_on_the_screen_wherever_its_field_stands() -> None:
    screen = QRect(0, 0, 1280, 720)
    for x, y in ((0, 0), (1200, 10), (1200, 690), (600, 350)):
        place = place_for(QSize(300, 200), QRect(x, y, 80, 26), screen)
        assert screen.contains(place)
        assert not place.intersects(QRect(x, y, 80, 26))
        assert place.size() == QSize(300, 200)
