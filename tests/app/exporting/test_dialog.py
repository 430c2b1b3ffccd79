"""The export dialog: a real export in its process, cancelling one, and what a person is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import resources
from app.exporting.dialog import ExportDialog
from app.window.main_window import MainWindow
from exporters.card import POLICIES
from exporters.stages import STAGES
from flow_models.checks.problem import problem
from flow_models.document.elements import Element
from flow_models.processes.process import Crashed, Failed

WAIT_MS = 90_000


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[ExportDialog]:
    """The dialog over the three-page example, asked for very few instances."""
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    opened = window.exporting.dialog
    assert opened is not None
    qtbot.waitUntil(opened.isVisible)
    opened.folder.setText(str(tmp_path / "out"))
    for split, count in zip(("train", "validation", "test"), (2, 1, 1), strict=True):
        opened.counts[split].setValue(count)
    yield opened
    window.exporting.shut_down()


def data(**changes: Any) -> dict[str, Any]:
    """Return a report as the process sends it."""
    policies = {policy: {"share": 0.0, "limit": 0.02, "passed": True, "successes": 0} for policy in POLICIES}
    return {
        "folder": "/there/desk-1.0.0",
        "wheel": "/there/desk-1.0.0.whl",
        "tasks": [{"task": "borrow-book", "instances": 4, "infeasible": 0, "longest": 4, "max_steps": 20}],
        "policies": {"borrow-book": {"seeds": 500, "passed": True, "policies": policies}},
        "held_down": True,
        "remarks": [],
        "verification": {"status": "verified", "detail": "", "where": {}, "checks": [], "walks": 4, "place": ""},
        "command": "python -m desk",
        **changes,
    }


def said_of(dialog: ExportDialog) -> str:
    """Return the line that says what the export is doing, as a whole."""
    return dialog.stages.doing.toolTip() or dialog.stages.doing.text()


@pytest.mark.proof
def test_export_writes_a_package_and_reports(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(dialog.job.finished, timeout=WAIT_MS):
        QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
        assert (dialog.cancel.isVisible(), dialog.export.isVisible(), dialog.folder.isEnabled()) == (True, False, False)
    assert (tmp_path / "out" / "librarydesk-1.0.0-py3-none-any.whl").exists()
    assert dialog.report.isVisible()
    cell = dialog.report.table.item(0, 0)
    assert cell is not None
    assert cell.text() == "Borrow a book"
    assert dialog.report.headline.text() in {
        resources.text("export.dialog.ready"),
        resources.text("export.dialog.loose"),
        resources.text("export.dialog.unverified"),
    }
    assert dialog.export.isVisible()


@pytest.mark.slow
def test_cancel_ends_the_process_and_leaves_no_package(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.counts["train"].setValue(3000)
    with qtbot.waitSignal(dialog.job.cancelled, timeout=WAIT_MS):
        QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dialog.stages.bars["instances"].value() > 0, timeout=WAIT_MS)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.cancel.isEnabled()
    assert dialog.isVisible()
    assert not dialog.job.is_running
    assert dialog.bars.messages()["export"].text == resources.text("export.dialog.cancelled")
    assert not list((tmp_path / "out").glob("*"))


def test_versions_are_raised_as_one_step_that_can_be_undone(dialog: ExportDialog, window: MainWindow) -> None:
    before = window.session.flow
    dialog.job.failed.emit(Failed("Raise them.", {"tasks": ["borrow-book"]}))
    button = next(
        button
        for button in dialog.bars.findChildren(QPushButton)
        if button.text() == resources.text("export.dialog.raise")
    )
    assert "“Borrow a book”" in dialog.bars.messages()["export"].text
    button.click()
    assert [task.version for task in window.session.flow.tasks] == [2]
    assert dialog.job.is_running
    assert window.session.undo_stack.undoText() == resources.text("export.dialog.raise_step")
    window.session.undo()
    assert window.session.flow == before


def test_the_report_shows_what_is_wrong_and_where(dialog: ExportDialog) -> None:
    broken = {"status": "failed", "detail": "a page differs", "walks": 0, "place": "Task t, instance 3, step 2."}
    dialog.job.finished.emit(data(verification=broken, remarks=["Few instances."]))
    assert dialog.report.headline.text() == resources.text("export.dialog.broken")
    said = dialog.report.detail.text()
    assert "a page differs" in said
    assert "Task t, instance 3, step 2." in said
    assert "Few instances." in said


def test_a_policy_that_earns_too_much_stands_out(dialog: ExportDialog) -> None:
    loose = data(held_down=False)
    loose["policies"]["borrow-book"]["policies"]["random"] = {"share": 0.3, "limit": 0.02, "passed": False}
    dialog.job.finished.emit(loose)
    column = 4 + POLICIES.index("random")
    cells = [dialog.report.table.item(0, at) for at in range(4 + len(POLICIES))]
    marked = [cell for cell in cells if cell is not None and cell.background().style() != Qt.BrushStyle.NoBrush]
    assert [(cell.column(), cell.text()) for cell in marked] == [(column, "30.0%")]
    assert dialog.report.headline.text() == resources.text("export.dialog.loose")


def test_the_report_calls_tasks_by_their_titles(dialog: ExportDialog) -> None:
    dialog.job.finished.emit(data())
    cell = dialog.report.table.item(0, 0)
    assert cell is not None
    assert cell.text() == "Borrow a book"


def test_a_package_that_could_not_be_verified_says_how_to(dialog: ExportDialog) -> None:
    dialog.job.finished.emit(data(verification={"status": "not verified", "detail": "no network", "walks": 0}))
    assert "no network" in dialog.report.detail.text()
    assert "python -m desk" in dialog.report.detail.text()


def test_what_went_wrong_is_said_above_the_form(dialog: ExportDialog) -> None:
    dialog.job.failed.emit(Crashed("It was ended by the system.", "a traceback"))
    assert dialog.bars.messages()["export"].text == resources.text(
        "export.dialog.ended", reason="It was ended by the system."
    )
    dialog.job.failed.emit(Failed("The disk is full.", {}))
    assert dialog.bars.messages()["export"].text == "The disk is full."


def test_without_a_task_there_is_nothing_to_export(dialog: ExportDialog, window: MainWindow) -> None:
    window.session.edit(window.session.flow.rebuilt(tasks=()), "Delete task")
    assert not dialog.export.isEnabled()
    assert dialog.size_note.text() == resources.text("export.dialog.no_tasks")


def test_the_folder_is_remembered(dialog: ExportDialog, window: MainWindow, tmp_path: Path) -> None:
    dialog.start()
    again = ExportDialog(window.session, dialog._settings, tmp_path / "other", window)
    assert again.folder.text() == str(tmp_path / "out")
    again.deleteLater()
    QApplication.processEvents()


def test_another_document_gets_a_dialog_of_its_own(dialog: ExportDialog, window: MainWindow) -> None:
    window.session.new_from(window.session.flow)
    assert window.exporting.dialog is None


def test_the_export_says_what_it_is_doing_in_any_second_with_task_and_count(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.stages.begin()
    dialog.job.progressed.emit(["instances", 34, 300, "borrow-book"])
    said = said_of(dialog)
    assert "34 of 300" in said
    assert "“Borrow a book”" in said
    qtbot.waitUntil(lambda: said_of(dialog) != said, timeout=WAIT_MS)
    dialog.job.progressed.emit(["wheel", 0, 1, ""])
    said = said_of(dialog)
    qtbot.waitUntil(lambda: said_of(dialog) != said, timeout=WAIT_MS)


def test_finished_rows_are_ticked_also_where_fewer_parts_were_found(dialog: ExportDialog) -> None:
    dialog.stages.begin()
    dialog.job.progressed.emit(["compile", 1, 1])
    dialog.job.progressed.emit(["instances", 280, 300, "borrow-book"])
    assert [stage for stage in STAGES if dialog.stages.is_ticked(stage)] == ["compile"]
    dialog.job.progressed.emit(["variants", 1, 90, "borrow-book"])
    assert [stage for stage in STAGES if dialog.stages.is_ticked(stage)] == ["compile", "instances"]
    dialog.job.finished.emit(data())
    assert all(map(dialog.stages.is_ticked, STAGES))
    assert said_of(dialog) == ""


def test_before_an_export_one_sees_which_instances_cannot_be_done_and_why(
    dialog: ExportDialog, window: MainWindow
) -> None:
    task = Element("task", window.session.flow.tasks[0].id, "success")
    why = resources.text("checks.why", why="Winter Bread is already reserved")
    found = problem("running.impossible", "error", task, task="Reserve", goal="Reserve Winter Bread", why=why)
    assert not dialog.cannot.isVisible()
    window.session.show_problems((found,))
    assert dialog.cannot.isVisible()
    assert "“Reserve Winter Bread” cannot be done: Winter Bread is already reserved." in dialog.cannot.text()
