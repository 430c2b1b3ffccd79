"""The preview in narrow and wide panels: one line of commands, a place for messages, panels that keep still."""

import os
import signal
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget, QToolButton, QWidget

import resources
from app.preview.contact_sheet import SheetPanel
from app.preview.data import DataPanel
from app.preview.play import Edit
from app.preview.stage import Stage
from app.preview.steps import WHAT, StepsPanel
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event
from tests.app.preview.conftest import Bench
from tests.app.window.fitting import faults

ROOMS = [280, 344, 376, 530, 620, 900]
STATES = ["page", "free", "task"]


def come_to(bench: Bench, state: str) -> None:
    """Bring the preview into a state."""
    if state == "free":
        bench.panel.test_from("p_books")
        bench.until(lambda: bench.panel.is_playing)
    elif state == "task":
        bench.play("borrow-book")


def shown_tools(bench: Bench) -> list[QWidget]:
    tools = bench.panel.head.tools
    return [one for one in tools.findChildren(QWidget) if one.parentWidget() is tools and one.isVisible()]


def places(bench: Bench) -> list[QRect]:
    """Return where everything stands that a hand may be on its way to."""
    seen = [*shown_tools(bench), bench.panel.stage, bench.panel.message, bench.panel.answer]
    return [QRect(one.mapTo(bench.panel, QPoint()), one.size()) for one in seen]


@pytest.mark.parametrize("state", STATES)
def test_the_commands_stand_in_one_line_in_every_room(bench: Bench, state: str) -> None:
    come_to(bench, state)
    for room in ROOMS:
        bench.panel.resize(room, 620)
        assert bench.panel.width() == room
        tools = shown_tools(bench)
        middles = {one.geometry().center().y() for one in tools}
        assert max(middles) - min(middles) <= 2
        rows = [one.geometry() for one in sorted(tools, key=lambda one: one.x())]
        assert all(left.right() < right.left() for left, right in pairwise(rows))
        assert rows[-1].right() < room
        assert faults(bench.panel) == []


def test_a_button_that_lost_its_words_still_has_a_name_and_a_tip(bench: Bench) -> None:
    bench.panel.resize(280, 620)
    buttons = [one for one in shown_tools(bench) if isinstance(one, QToolButton)]
    assert any(one.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly for one in buttons)
    assert all(one.accessibleName() and one.toolTip() for one in buttons)


def test_what_goes_into_the_menu_can_be_done_there(bench: Bench) -> None:
    come_to(bench, "task")
    bench.panel.resize(280, 620)
    menu = next(one for one in shown_tools(bench) if isinstance(one, QToolButton) and one.menu())
    shown = {action.text() for action in menu.menu().actions()}
    assert shown == {resources.text(f"preview.action.{name}") for name in ("shuffle", "as_drawn", "compare")}


@pytest.mark.parametrize("room", [280, 530, 900])
def test_nothing_moves_while_one_plays(bench: Bench, room: int) -> None:
    come_to(bench, "task")
    bench.panel.resize(room, 640)
    QTest.qWait(1)
    before = places(bench)
    bench.panel.controls.actions["solution"].trigger()
    bench.until(lambda: bench.panel.message.words != "")
    assert places(bench) == before
    bench.panel.solution.forget()
    # A step that is still on its way would end what begins to play before it is shown.
    shown = bench.snapshot.serial
    bench.panel.play_task("borrow-book", 0)
    bench.until(lambda: bench.snapshot.serial > shown and bench.snapshot.at == 0)
    bench.panel.solution.set_speed(6)
    bench.panel.controls.actions["solution"].trigger()
    bench.until(lambda: bool(bench.snapshot.end_reason))
    QTest.qWait(1)
    assert bench.panel.message.property("tone") == "success"
    assert places(bench) == before


def test_what_cannot_be_done_is_said_in_the_place_kept_for_it(bench: Bench) -> None:
    place = bench.panel.message.geometry()
    bench.click("h1")
    bench.qtbot.waitUntil(lambda: bench.panel.message.words == resources.text("preview.hint.picture"))
    assert bench.panel.message.geometry() == place
    assert bench.panel.message.label.accessibleName() == bench.panel.message.words


@pytest.mark.parametrize("state", STATES)
def test_without_pages_nothing_of_the_last_one_is_left(bench: Bench, state: str) -> None:
    come_to(bench, state)
    bench.session.new_from(Flow(id="f"))
    assert not bench.panel.answer.isVisible()
    assert not bench.panel.head.goal.isVisible()
    assert not any(action.isEnabled() for action in bench.panel.controls.actions.values())
    assert bench.panel.stage.hint.isVisible()
    assert bench.panel.address.address.text() == ""
    assert bench.panel.message.words == ""


# The panels beside


@pytest.fixture
def log(bench: Bench) -> Iterator[StepsPanel]:
    """The log of a long play, in a low panel."""
    panel = StepsPanel(bench.session, bench.selection)
    bench.panel.snapshot_changed.connect(panel.show_snapshot)
    panel.jump_wanted.connect(bench.panel.jump)
    panel.resize(300, 150)
    panel.show()
    bench.qtbot.addWidget(panel)
    come_to(bench, "free")
    for _ in range(5):
        bench.do(Event("use", "b_nav_books"))
        bench.do(Event("noop"))
    yield panel
    bench.panel.snapshot_changed.disconnect(panel.show_snapshot)


def test_a_click_in_the_log_goes_there_and_no_line_moves(bench: Bench, log: StepsPanel) -> None:
    bar = log.tree.verticalScrollBar()
    assert bar.value() > 0
    first = log.tree.indexAt(QPoint(80, 2))
    place, number = log.tree.visualRect(first.siblingAtColumn(WHAT)), first.row()
    QTest.mouseClick(log.tree.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    bench.until(lambda: bench.snapshot.at == number)
    assert log.tree.visualRect(log.model.index(number, WHAT)) == place


def test_keys_go_through_the_log_and_return_goes_to_a_step(bench: Bench, log: StepsPanel) -> None:
    log.tree.setFocus()
    at = bench.snapshot.at
    for _ in range(3):
        QTest.keyClick(log.tree, Qt.Key.Key_Up)
    assert bench.snapshot.at == at
    QTest.keyClick(log.tree, Qt.Key.Key_Return)
    bench.until(lambda: bench.snapshot.at == at - 3)


def test_the_columns_of_the_log_fill_it_and_stay(bench: Bench, log: StepsPanel) -> None:
    header = log.tree.header()
    widths = [header.sectionSize(column) for column in range(header.count())]
    assert abs(sum(widths) - log.tree.viewport().width()) <= 2
    bench.do(Event("use", "b_nav_books"))
    assert [header.sectionSize(column) for column in range(header.count())] == widths


@pytest.fixture
def data(bench: Bench) -> Iterator[DataPanel]:
    """The data of what is shown, in a panel as small as in the smallest window."""
    panel = DataPanel(bench.session, bench.selection)
    bench.panel.snapshot_changed.connect(panel.show_snapshot)
    panel.resize(380, 180)
    panel.show()
    bench.qtbot.addWidget(panel)
    panel.show_snapshot(bench.snapshot)
    yield panel
    bench.panel.snapshot_changed.disconnect(panel.show_snapshot)


def test_every_table_is_reached_by_key_in_a_small_panel(bench: Bench, data: DataPanel) -> None:
    data.chooser.setFocus()
    seen = {data.tables.currentIndex()}
    for _ in bench.snapshot.data.tables:
        QTest.keyClick(data.chooser, Qt.Key.Key_Down)
        seen.add(data.tables.currentIndex())
    assert seen == set(range(data.tables.count()))
    assert len(seen) >= len(bench.snapshot.data.tables)
    assert faults(data) == []


def test_a_changed_value_moves_nothing_in_the_data(bench: Bench, data: DataPanel) -> None:
    table = data.tables.currentWidget()
    assert isinstance(table, QTableWidget)
    before = [table.visualRect(table.model().index(row, 1)) for row in range(3)]
    key = bench.snapshot.data.tables[0].rows[0].key
    bench.panel.edit_data(Edit(cells=(("books", key, "title", "A Book with a Title as Long as the Road to the Sea"),)))
    bench.until(lambda: data.reset.isEnabled())
    assert [table.visualRect(table.model().index(row, 1)) for row in range(3)] == before


@pytest.mark.parametrize("height", [200, 260, 420])
@pytest.mark.parametrize("width", [280, 380, 900])
def test_a_low_contact_sheet_shows_a_whole_line_of_pictures(bench: Bench, width: int, height: int) -> None:
    sheet = SheetPanel(bench.session, bench.selection)
    bench.qtbot.addWidget(sheet)
    sheet.resize(width, height)
    sheet.show()
    sheet.shut_down()
    assert all(card.height() + sheet.more.height() < height for card in sheet.cards)
    assert sheet.cards[0].width() >= min(160, width - 40) or height < 240


# When the browser is not there


def test_a_browser_that_stopped_begins_again_and_says_so(bench: Bench) -> None:
    browser = bench.panel.browser
    assert browser is not None
    os.kill(browser.page.renderProcessPid(), signal.SIGKILL)
    bench.qtbot.waitUntil(lambda: bench.panel.message.words == resources.text("preview.hint.lost"))
    bench.reads("books can be borrowed today")


def test_without_a_browser_the_place_of_the_page_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.panel.stage.shut_down()
    monkeypatch.setitem(sys.modules, "app.preview.browser", None)
    stage = Stage(bench.panel)
    stage.load_again(bench.panel.backstage.origin, bench.snapshot)
    assert stage.hint.text() == resources.text("preview.hint.no_browser")
