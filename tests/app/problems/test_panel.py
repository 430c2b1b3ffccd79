"""The problems panel: words, jumping, fixing one and all, and the score."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

import resources
from app.document.checking import Checking
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.problems.model import SENTENCE
from app.problems.panel import ProblemsPanel
from app.problems.score import ready_tasks
from flow_models.checks.problem import Fix, Problem
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow

TITLE = Fix("shell.action.fix", (), lambda flow: flow.rebuilt(title="Fixed"))
TEXT = Fix("shell.action.fix", (), lambda flow: flow.rebuilt(description="Also"))


def gone(flow: Flow) -> Flow:
    raise UnknownElementError("page", "gone")


def made(code: str, severity: str, *elements: Element, fix: Fix | None = None) -> Problem:
    return Problem(code, severity, "shell.problems.none", (), elements, fix)  # type: ignore[arg-type]


@pytest.fixture
def panel(qtbot: QtBot) -> ProblemsPanel:
    session = DocumentSession(storage.load(resources.path("examples", "three_pages.flow.json")))
    shown = ProblemsPanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(800, 300)
    shown.show()
    return shown


def test_the_worst_come_first_and_counts_say_how_many(panel: ProblemsPanel) -> None:
    panel._session.show_problems((made("a", "hint"), made("b", "error"), made("c", "warning")))
    assert [problem.code for problem in panel._model.problems] == ["b", "c", "a"]
    assert "1 error, 1 warning, 1 hint" in (panel.counts.text(), panel.counts.toolTip())


def test_the_kind_of_a_problem_is_read_whole_however_long_the_others_are(panel: ProblemsPanel) -> None:
    page = Element("page", panel._session.flow.pages[0].id)
    panel.resize(600, 300)
    panel._session.show_problems((made("a", "warning", page, fix=Fix("shell.problems.none", (), gone)),))
    assert panel.tree.columnWidth(0) >= panel.tree.sizeHintForColumn(0)


def test_enter_and_double_click_lead_to_the_field_at_fault(panel: ProblemsPanel) -> None:
    field = Element("transition", panel._session.flow.transitions[0].id, "when")
    panel._session.show_problems((made("a", "error", field),))
    told: list[Element] = []
    panel._selection.revealed.connect(told.append)
    spot = panel.tree.visualRect(panel._model.index(0, SENTENCE)).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert told == [field, field]


def test_fix_is_one_step_with_its_words(panel: ProblemsPanel) -> None:
    panel._session.show_problems((made("a", "error", fix=TITLE),))
    assert not panel.fix_button.isEnabled()
    panel.tree.setCurrentIndex(panel._model.index(0, SENTENCE))
    QTest.mouseClick(panel.fix_button, Qt.MouseButton.LeftButton)
    assert panel._session.flow.title == "Fixed"
    assert panel._session.undo_stack.undoText() == TITLE.sentence()


def test_fix_all_is_one_step_and_passes_over_what_no_longer_fits(panel: ProblemsPanel) -> None:
    broken = Fix("shell.action.fix", (), gone)
    before = panel._session.flow
    panel._session.show_problems(
        (made("a", "error", fix=TITLE), made("b", "error", fix=broken), made("c", "hint", fix=TEXT), made("d", "hint"))
    )
    QTest.mouseClick(panel.fix_all_button, Qt.MouseButton.LeftButton)
    flow = panel._session.flow
    assert (flow.title, flow.description) == ("Fixed", "Also")
    assert panel._session.undo_stack.undoText() == "Fix 2 problems"
    panel._session.undo()
    assert panel._session.flow == before


def test_a_fix_that_no_longer_fits_is_told(panel: ProblemsPanel) -> None:
    told: list[str] = []
    panel.said.connect(told.append)
    panel._session.show_problems((made("a", "error", fix=Fix("shell.action.fix", (), gone)),))
    panel.tree.setCurrentIndex(panel._model.index(0, SENTENCE))
    panel.fix_current()
    assert told == [resources.text("shell.problems.fix_failed")]


def test_the_keys_go_round_the_problems(panel: ProblemsPanel) -> None:
    pages = [Element("page", page.id) for page in panel._session.flow.pages[:2]]
    panel._session.show_problems(tuple(made(page.id, "error", page) for page in pages))
    seen = []
    for by in (1, 1, 1, -1):
        panel.step(by)
        seen.append(panel._selection.current)
    assert seen == [pages[0], pages[1], pages[0], pages[1]]


def test_the_chosen_problem_stays_chosen_while_others_come_and_go(panel: ProblemsPanel) -> None:
    QAbstractItemModelTester(panel._model, QAbstractItemModelTester.FailureReportingMode.Warning, panel)
    kept = made("kept", "hint")
    panel._session.show_problems((kept,))
    panel.tree.setCurrentIndex(panel._model.index(0, SENTENCE))
    panel._session.show_problems((made("new", "error"), kept))
    assert panel._current() == kept


def test_an_error_of_a_task_blocks_that_task_and_any_other_blocks_all() -> None:
    flow = storage.load(resources.path("examples", "north_bank.flow.json"))
    first, second = flow.tasks[0], flow.tasks[1]
    assert len(ready_tasks(flow, ())) == len(flow.tasks)
    assert first.id not in ready_tasks(flow, [made("a", "error", Element("task", first.id))])
    assert second.id in ready_tasks(flow, [made("a", "error", Element("task", first.id))])
    assert ready_tasks(flow, [made("a", "error", Element("page", flow.pages[0].id))]) == frozenset()
    assert len(ready_tasks(flow, [made("a", "warning", Element("page", "x"))])) == len(flow.tasks)


def test_checks_run_once_after_a_burst_of_edits(qtbot: QtBot) -> None:
    session = DocumentSession(Flow(id="f"))
    checked: list[str] = []

    def check(flow: Flow) -> tuple[Problem, ...]:
        checked.append(flow.title)
        return (made(flow.title, "hint"),)

    checking = Checking(session, check, None, session)
    for title in "abc":
        session.edit(session.flow.rebuilt(title=title), "Rename flow")
    qtbot.waitUntil(lambda: bool(session.problems))
    assert checked == ["c"]
    checking.stop()
