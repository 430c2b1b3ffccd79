"""The film strip of a problem: its cards, what can be done with the walk, by pointer and by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.problems.cards import CARD_WIDTH
from app.problems.model import SENTENCE
from app.problems.panel import WIDE, ProblemsPanel
from flow_models.checks.problem import Problem
from flow_models.checks.running import check_by_running
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.document.tasks import Success
from flow_models.runtime.machine import Event
from flow_models.solver.walk import Walk

WAIT_MS = 20_000
LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))
DONE = LIBRARY.rebuilt(tasks=tuple(task.rebuilt(success=Success(also="count(books) > 0")) for task in LIBRARY.tasks))
"""The library with a task that is done before it begins."""
ASIDE = (Event("goto", value="/nowhere"), Event("noop"), Event("back"))


def found(flow: Flow) -> Problem:
    return next(one for one in check_by_running(flow, solved=1) if one.code == "running.success_at_start")


class Table:
    """A problems panel with what its strip wanted and said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = DocumentSession(DONE)
        self.panel = ProblemsPanel(self.session, Selection(self.session))
        self.session.setParent(self.panel)
        self.strip = self.panel.strip
        self.wanted: list[tuple[Walk, int]] = []
        self.said: list[str] = []
        self.strip.wanted.connect(lambda walk, done: self.wanted.append((walk, done)))
        self.panel.said.connect(self.said.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(1000, 300)
        self.panel.show()

    def choose(self, problem: Problem) -> None:
        """List a problem, choose it, and wait for its film."""
        self.session.show_problems((problem,))
        self.panel.tree.setCurrentIndex(self.panel._model.index(0, SENTENCE))
        self.until(lambda: bool(self.strip.model.frames))

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def press(self, name: str) -> None:
        QTest.mouseClick(self.strip.buttons[name], Qt.MouseButton.LeftButton)

    @property
    def walk(self) -> Walk:
        assert self.strip.walk is not None
        return self.strip.walk


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    made = Table(qtbot)
    yield made
    made.panel.shut_down()


def walking(*events: Event, others: int = 0) -> Problem:
    """A problem that a walk shows, and so many others."""
    problem = found(DONE)
    assert problem.walk is not None
    kept = tuple(problem.walk._replace(seed=seed, events=events) for seed in range(1, others + 1))
    walk = problem.walk._replace(seed=0, events=events)
    return Problem(
        problem.code, "error", problem.message_id, problem.arguments, problem.elements, walk=walk, others=kept
    )


def test_a_problem_with_a_walk_shows_a_card_for_each_page(table: Table) -> None:
    QAbstractItemModelTester(table.strip.model, QAbstractItemModelTester.FailureReportingMode.Warning, table.panel)
    table.choose(walking(*ASIDE))
    assert table.strip.isVisible()
    assert table.strip.model.rowCount() == 4
    said = [table.strip.model.data(table.strip.model.index(row)) for row in range(4)]
    assert said[0].endswith(resources.text("preview.step.begin"))
    assert said[2].endswith(resources.text("preview.step.noop"))


def test_a_problem_without_a_walk_shows_none(table: Table) -> None:
    table.choose(walking())
    bare = Problem("a", "error", "shell.problems.none", (), ())
    table.session.show_problems((bare,))
    table.panel.tree.setCurrentIndex(table.panel._model.index(0, SENTENCE))
    assert not table.strip.isVisible()
    assert table.panel.stops() == []


def test_a_screen_reader_hears_what_changed_and_how_it_ends(table: Table) -> None:
    table.choose(walking(Event("noop")))
    model = table.strip.model
    words = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert resources.text("walk.card.same") in words
    assert resources.text("walk.end.unchanged") in words
    assert table.strip.cards.accessibleName()
    assert all(button.text() for button in table.strip.buttons.values())


def test_play_wants_the_walk_from_its_beginning(table: Table) -> None:
    table.choose(walking(*ASIDE))
    table.press("play")
    assert table.wanted == [(table.walk, -1)]


def test_from_here_goes_on_at_the_card_that_was_clicked(table: Table) -> None:
    table.choose(walking(*ASIDE))
    cards = table.strip.cards
    cards.horizontalScrollBar().setValue(0)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(CARD_WIDTH + 40, 30))
    table.press("from_here")
    assert table.wanted == [(table.walk, 1)]


def test_by_keyboard_alone_one_goes_from_card_to_card_and_on(table: Table) -> None:
    table.choose(walking(*ASIDE))
    table.panel.activateWindow()
    assert table.panel.stops() == [table.strip.cards]
    table.strip.cards.setFocus()
    assert table.strip.cards.currentIndex().row() == 3
    QTest.keyClick(table.strip.cards, Qt.Key.Key_Left)
    QTest.keyClick(table.strip.cards, Qt.Key.Key_Return)
    assert table.wanted == [(table.walk, 2)]


def test_shorter_leaves_out_what_changes_nothing_and_says_by_how_much(table: Table) -> None:
    table.choose(walking(*ASIDE))
    table.press("shorter")
    table.until(lambda: table.walk.events == ())
    assert table.said[-1] == resources.text("walk.strip.shortened", count=3)
    table.until(lambda: len(table.strip.model.frames) == 1)
    table.press("shorter")
    table.until(lambda: table.said[-1] == resources.text("walk.strip.shortest"))


def test_another_way_shows_the_walks_that_were_kept(table: Table) -> None:
    table.choose(walking(others=1))
    table.press("another")
    table.until(lambda: table.walk.seed == 1 and bool(table.strip.model.frames))
    assert table.said == []


def test_another_way_is_looked_for_in_other_instances_once_all_are_seen(table: Table) -> None:
    table.choose(walking())
    table.press("another")
    assert not table.strip.buttons["another"].isEnabled()
    table.until(lambda: table.walk.seed >= 60 and bool(table.strip.model.frames))
    assert table.strip.buttons["another"].isEnabled()


def test_where_there_is_no_other_way_that_is_said_and_the_first_one_stays(table: Table) -> None:
    odd = walking()
    table.choose(Problem("running.odd", "error", odd.message_id, odd.arguments, odd.elements, walk=odd.walk))
    table.press("another")
    table.until(lambda: table.said[-1] == resources.text("walk.strip.no_other"))
    assert table.walk == odd.walk


def test_a_walk_that_the_flow_cannot_play_any_more_is_said(table: Table) -> None:
    gone = walking()
    assert gone.walk is not None
    walk = gone.walk._replace(task="gone")
    table.session.show_problems((Problem("a", "error", "shell.problems.none", (), (), walk=walk),))
    table.panel.tree.setCurrentIndex(table.panel._model.index(0, SENTENCE))
    table.until(lambda: bool(table.strip.cards.accessibleDescription()))
    assert table.strip.title.toolTip() or table.strip.title.text() == resources.text("walk.file.lost")
    assert not any(button.isEnabled() for button in table.strip.buttons.values())


def test_the_same_problem_after_a_check_keeps_the_walk_that_was_chosen(table: Table) -> None:
    problem = walking(others=1)
    table.choose(problem)
    table.press("another")
    table.until(lambda: table.walk.seed == 1 and bool(table.strip.model.frames))
    table.session.edit(DONE.rebuilt(description="Also"), "Describe")
    table.session.show_problems((problem,))
    table.until(lambda: bool(table.strip.model.frames))
    assert table.walk.seed == 1


def test_a_wide_panel_has_the_walk_beside_the_list_and_a_narrow_one_below_it(table: Table) -> None:
    table.choose(walking(*ASIDE))
    assert table.panel._split.orientation() == Qt.Orientation.Horizontal
    table.panel.resize(WIDE - 100, 400)
    assert table.panel._split.orientation() == Qt.Orientation.Vertical


def test_a_walk_is_saved_as_one_file_and_a_folder_that_is_none_is_told(table: Table, tmp_path: Path) -> None:
    table.choose(found(DONE))
    table.strip.save_to(tmp_path / "walk.html")
    table.until(lambda: bool(table.said))
    assert "walk.html" in table.said[-1]
    assert "<html" in (tmp_path / "walk.html").read_text(encoding="utf-8")
    table.strip.save_to(tmp_path / "nowhere" / "walk.html")
    table.until(lambda: len(table.said) == 2)
    assert "walk.html" in table.said[-1] or "nowhere" in table.said[-1]
    assert not (tmp_path / "nowhere").exists()


def test_the_button_asks_where_to_save(table: Table, tmp_path: Path) -> None:
    table.choose(found(DONE))
    table.strip.buttons["save"].click()
    [dialog] = table.strip.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "asked.html"))
    table.until(lambda: (tmp_path / "asked.html").exists())
    dialog.reject()
