"""Playing in the whole window: the canvas follows, the log goes back, the data can be changed, the panels make room."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from app.preview.data import DataPanel
from app.preview.panel import PreviewPanel
from app.preview.snapshot import Snapshot
from app.preview.steps import StepsPanel
from app.problems.panel import ProblemsPanel
from app.theme.focus import FocusRing
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event
from flow_models.solver.walk import Walk

WAIT_MS = 20_000


class Table:
    """A window with the panels that play."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.add_late_panels()
        preview, data, log = (window.panels[name] for name in ("preview", "data", "log"))
        assert isinstance(preview, PreviewPanel)
        assert isinstance(data, DataPanel)
        assert isinstance(log, StepsPanel)
        self.preview, self.data, self.log = preview, data, log
        self.until(lambda: preview.snapshot is not None)

    @property
    def snapshot(self) -> Snapshot:
        assert self.preview.snapshot is not None
        return self.preview.snapshot

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def play(self, task: str) -> None:
        self.preview.play_task(task)
        self.until(lambda: self.preview.is_playing)

    def open_book(self) -> None:
        """Open the first book that the log has not opened yet."""
        rows = self.snapshot.data.tables[0].rows
        key = next(row.key for row in rows if row.cells[4].text == "Available")
        self.preview.backstage.step(Event("use", "b_open", key))
        self.until(lambda: self.snapshot.page == "p_book")

    def rows_of_data(self, place: int) -> QTableWidget:
        table = self.data.tables.widget(place)
        assert isinstance(table, QTableWidget)
        return table


def press(table: Table, keys: str) -> None:
    # The first browser makes Qt create the window anew, which offscreen leaves it inactive.
    table.window.activateWindow()
    table.until(table.window.isActiveWindow)
    QTest.keySequence(table.window, QKeySequence(keys))


def seen(table: Table) -> set[str]:
    return {name for name, frame in table.window.docks.by_name.items() if frame.isVisible()}


@pytest.fixture
def table(qtbot: QtBot, window: MainWindow) -> Iterator[Table]:
    """The three-page example in a window; the browser and its thread end before the window does."""
    made = Table(qtbot, window)
    yield made
    made.preview.shut_down()


def test_the_canvas_lights_the_page_the_ways_on_and_why_others_are_blocked(table: Table) -> None:
    table.play("borrow-book")
    table.open_book()
    play = table.window.canvas.scene.play
    assert play.page == "p_book"
    assert play.last == "x_open"
    assert play.possible["x_borrow"] == (True, "")


def test_a_blocked_transition_says_why_in_words(qtbot: QtBot, open_window: Callable[[Flow], MainWindow]) -> None:
    table = Table(qtbot, open_window(storage.load(resources.path("examples", "north_bank.flow.json"))))
    table.preview.test_from("p_send")
    table.until(lambda: table.preview.is_playing)
    reasons = [reason for possible, reason in table.window.canvas.scene.play.possible.values() if not possible]
    table.preview.shut_down()
    assert any(reason.startswith("Only if ") and "Amount" in reason for reason in reasons)
    assert all(reasons)


def test_the_test_command_of_the_canvas_plays_from_the_selected_page(table: Table) -> None:
    table.window.selection.select(Element("page", "p_done"))
    table.window.canvas.actions_by_name["test"].trigger()
    table.until(lambda: table.preview.is_playing)
    assert table.snapshot.page == "p_done"


def test_while_playing_the_panels_make_room_and_go_back_when_it_stops(table: Table) -> None:
    docks = table.window.docks
    before = seen(table)
    table.play("borrow-book")
    table.until(lambda: docks.workspace == "play")
    assert {"canvas", "preview", "data"} <= seen(table)
    assert docks.by_name["preview"].width() > table.window.width() * 0.4
    table.preview.stop()
    table.until(lambda: table.snapshot.mode == "page")
    assert docks.workspace == "draw"
    assert seen(table) == before
    assert table.window.canvas.scene.play.page is None


def test_who_switched_while_playing_stays_there_when_it_stops(table: Table) -> None:
    table.play("borrow-book")
    table.until(lambda: table.window.docks.workspace == "play")
    press(table, "Ctrl+3")
    table.preview.stop()
    table.until(lambda: table.snapshot.mode == "page")
    assert table.window.docks.workspace == "vary"


def test_a_page_that_fills_the_window_is_played_there(table: Table) -> None:
    press(table, "F12")
    table.play("borrow-book")
    assert seen(table) == {"preview"}
    press(table, "F12")
    assert "inspector" in table.window.docks.by_name


def test_a_click_in_the_log_goes_back_to_that_step(table: Table) -> None:
    table.play("borrow-book")
    table.open_book()
    tree = table.log.tree
    place = tree.visualRect(table.log.model.index(0, 1)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.until(lambda: table.snapshot.at == 0)
    assert table.snapshot.page == "p_books"
    assert table.log.model.rowCount() == 2


def test_the_data_panel_says_what_just_changed(table: Table) -> None:
    table.play("borrow-book")
    table.open_book()
    for event in (Event("select", "b_weeks", value="2 weeks"), Event("select", "b_branch", value="Harbour")):
        table.preview.backstage.step(event)
    table.preview.backstage.step(Event("use", "b_borrow"))
    table.until(lambda: table.snapshot.page == "p_done")
    said = [table.data.changes.item(row).text() for row in range(table.data.changes.count())]
    assert any(line.endswith("Status: On loan") for line in said)
    assert any(line.startswith("Loans: new row") for line in said)
    assert "changed" in table.data.chooser.itemText(0)


def test_a_typed_value_is_tried_out_in_the_picture(table: Table) -> None:
    rows = table.rows_of_data(0)
    item = rows.item(0, 1)
    assert item is not None
    rows.setCurrentItem(item)
    rows.editItem(item)
    editor = rows.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "A Book of Mine")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    table.until(lambda: table.snapshot.data.tables[0].rows[0].cells[1].text == "A Book of Mine")
    assert "changed by hand" in table.preview.message.words
    table.window.docks.show("data")
    QTest.mouseClick(table.data.reset, Qt.MouseButton.LeftButton)
    table.until(lambda: table.snapshot.data.tables[0].rows[0].cells[1].text != "A Book of Mine")
    assert not table.data.reset.isEnabled()


def test_a_choice_is_changed_from_a_list(table: Table) -> None:
    rows = table.rows_of_data(0)
    item = rows.item(0, 4)
    assert item is not None
    wanted = "On loan" if item.text() == "Available" else "Available"
    rows.setCurrentItem(item)
    rows.editItem(item)
    box = rows.findChild(QComboBox)
    assert box is not None
    box.setCurrentText(wanted)
    QTest.keyClick(box, Qt.Key.Key_Return)
    table.until(lambda: table.snapshot.data.tables[0].rows[0].cells[4].text == wanted)


def test_a_value_that_does_not_fit_is_refused_in_words(table: Table) -> None:
    said: list[str] = []
    table.data.said.connect(said.append)
    rows = table.rows_of_data(0)
    index = rows.model().index(0, 3)
    table.data.take(index, None, "many")
    assert said == ["“many” does not fit Pages."]


def test_play_has_its_commands_in_the_menu_with_keys(table: Table) -> None:
    actions = {action.objectName(): action for action in table.window.menus.by_name["play"].actions()}
    assert actions["preview_test"].shortcut().toString() == "F5"
    press(table, "F5")
    table.until(lambda: table.preview.is_playing)
    assert not actions["preview_test"].isEnabled()
    press(table, "Shift+F5")
    table.until(lambda: not table.preview.is_playing)


def test_a_moved_card_asks_for_no_new_picture(table: Table) -> None:
    serial = table.snapshot.serial
    flow = table.window.session.flow
    moved = flow.rebuilt(pages=(flow.pages[0].rebuilt(x=50.0), *flow.pages[1:]))
    table.window.session.edit(moved, "Move")
    table.window.session.edit(moved.rebuilt(title="Other"), "Rename")
    table.until(lambda: table.snapshot.flow is table.window.session.flow)
    assert table.snapshot.serial == serial + 1


def test_f6_goes_into_the_page_and_on_with_a_ring_around_it(table: Table) -> None:
    table.play("borrow-book")
    browser = table.preview.browser
    assert browser is not None
    seen_stops = set()
    for _ in range(12):
        press(table, "F6")
        focus = QApplication.focusWidget()
        assert focus is not None
        seen_stops.add("page" if browser.isAncestorOf(focus) else next_panel(table, focus))
        assert any(ring.isVisible() for ring in table.window.findChildren(FocusRing))
    assert {"page", "preview", "canvas"} <= seen_stops


def next_panel(table: Table, focus: QWidget) -> str:
    """Return the panel that holds the keyboard; nothing for what is no panel."""
    return next((name for name, frame in table.window.docks.by_name.items() if frame.isAncestorOf(focus)), "")


@pytest.mark.parametrize("workspace", ["draw", "play", "vary"])
def test_the_page_is_large_at_once_in_every_workspace_and_back(table: Table, workspace: str) -> None:
    table.window.docks.switch(workspace)
    table.window.docks.show("preview")
    before, large = seen(table), table.preview.address.large
    button = next(one for one in table.preview.address.findChildren(QToolButton) if one.defaultAction() is large)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert seen(table) == {"preview"}
    assert large.isChecked()
    assert table.preview.stage.width() > 0.9 * table.window.width()
    press(table, "Esc")
    assert seen(table) == before
    assert not large.isChecked()


@pytest.mark.parametrize("size", [(1024, 672), (1264, 690)])
def test_a_step_chosen_in_the_log_shows_its_page_whole_on_the_canvas(table: Table, size: tuple[int, int]) -> None:
    table.window.resize(*size)
    table.play("borrow-book")
    table.until(lambda: table.window.docks.workspace == "play")
    table.open_book()
    table.window.docks.show("log")
    tree = table.log.tree
    place = tree.visualRect(table.log.model.index(0, 1)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.until(lambda: table.snapshot.at == 0)
    viewport = table.window.canvas.view.viewport()
    table.until(lambda: viewport.rect().contains(whole_now(table, "p_books")))


def whole_now(table: Table, page: str) -> QRect:
    """Return where the card of a page is seen."""
    canvas = table.window.canvas
    rect = canvas.board.layout.cards[page].rect
    return canvas.view.mapFromScene(rect.x, rect.y, rect.width, rect.height).boundingRect()


def test_a_walk_plays_itself_in_the_preview_and_stands_where_one_goes_on_otherwise(table: Table) -> None:
    problems = table.window.panels["problems"]
    assert isinstance(problems, ProblemsPanel)
    rows = table.snapshot.data.tables[0].rows
    walk = Walk("borrow-book", 0, (Event("use", "b_open", rows[0].key), Event("back"), Event("noop")))
    problems.strip.wanted.emit(walk, 2)
    table.until(lambda: table.preview.is_playing and len(table.snapshot.steps) == 3)
    assert (table.snapshot.at, table.snapshot.page) == (2, "p_books")
    assert not table.preview.solution.is_playing
    table.preview.backstage.step(Event("use", "b_open", rows[1].key))
    table.until(lambda: table.snapshot.page == "p_book" and table.snapshot.at == 3)
    table.preview.solution.set_speed(6)
    problems.strip.wanted.emit(walk, -1)
    table.until(lambda: [line.action for line in table.snapshot.steps[1:]] == list(walk.events))
    table.until(lambda: not table.preview.solution.is_playing)
