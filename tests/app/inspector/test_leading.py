"""What one is led to can be typed over at once, and a fix leads to the message that it adds."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.inspector.panel import InspectorPanel
from flow_models.checks.problem import Fix, Problem
from flow_models.document.behaviour import Notice, UseTrigger
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import field, flow_of


def test_a_title_that_one_is_led_to_is_replaced_by_what_is_typed(panel: InspectorPanel) -> None:
    page = flow_of(panel).pages[0]
    panel._selection.reveal(Element("page", page.id, "title"))
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Other")
    assert flow_of(panel).pages[0].title == "Other"


def test_a_fix_that_adds_a_message_leads_to_it(panel: InspectorPanel) -> None:
    arrow = next(one for one in flow_of(panel).transitions if isinstance(one.on, UseTrigger))
    added = new_transition(arrow.source, arrow.on).rebuilt(notice=Notice(text="No.", tone="error"))

    def edit(flow: Flow) -> Flow:
        return add_transition(flow, added)

    fix = Fix("checks.fix.add_otherwise", (), edit)
    problem = Problem("form.no_otherwise", "warning", "checks.form.no_otherwise", (), (), fix)
    panel.shared.fix(problem)
    target = field(panel, Element("transition", added.id), "notice.text").editor.target()
    assert QApplication.focusWidget() is target
    QTest.keyClicks(target, "Not now.")
    notice = flow_of(panel).transitions_by_id[added.id].notice
    assert notice is not None
    assert notice.text == "Not now."
