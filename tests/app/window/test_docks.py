"""The panels, their places and the workspaces, as somebody uses them by keys and pointer."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSplitterHandle, QToolButton
from pytestqt.qtbot import QtBot

from app.desktop.folders import settings_folder
from app.desktop.settings import Settings
from app.document.recent import RecentFiles
from app.preview.panel import PreviewPanel
from app.theme import Theme
from app.theme.colours import NAMES
from app.theme.theme import BY_MODE
from app.window.main_window import MainWindow
from app.window.panels import PANELS
from app.window.workspaces import CANVAS, WORKSPACES
from tests.app.blocks.drags import come_over
from tests.app.window.fitting import faults
from tests.app.window.hands import press
from tests.daily import daily

KEYS = [(spec.name, spec.shortcut) for spec in PANELS if spec.shortcut]


def seen(window: MainWindow) -> set[str]:
    return {name for name, frame in window.docks.by_name.items() if frame.isVisible()}


def end_preview(window: MainWindow) -> None:
    preview = window.panels["preview"]
    assert isinstance(preview, PreviewPanel)
    preview.shut_down()


def sizes(window: MainWindow) -> dict[str, tuple[int, int]]:
    places = window.docks.room.places
    return {name: (place.width(), place.height()) for name, place in places.items() if place.isVisible()}


@pytest.fixture
def again(qtbot: QtBot, qapp: QApplication) -> Callable[[MainWindow], MainWindow]:
    """Return a function that closes a window and starts anew with the same settings."""

    def started(window: MainWindow) -> MainWindow:
        window.close()
        theme = Theme(qapp, Settings(settings_folder()))
        other = MainWindow(window.session.flow, theme, tries_tasks=False)
        theme.setParent(other)
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
        return other

    return started


def test_f6_goes_through_all_that_is_seen_and_shows_where_it_is(window: MainWindow) -> None:
    window.add_late_panels()
    for workspace in WORKSPACES:
        press(window, workspace.key)
        stops = [stop for stop in window.stops() if stop.isVisible()]
        reached = []
        for _ in stops:
            press(window, "F6")
            focus = window.focusWidget()
            reached.append(next(stop for stop in stops if stop is focus or stop.isAncestorOf(focus)))
            marked = [place for place in window.docks.room.places.values() if place.is_marked]
            assert [place.isAncestorOf(focus) for place in marked] == [True] * len(marked)
            assert marked or reached[-1] is window.tools
        assert set(reached) == set(stops)
        press(window, "F6")
        press(window, "Shift+F6")
        assert reached[-1].isAncestorOf(window.focusWidget())
    end_preview(window)


@pytest.mark.parametrize(("name", "key"), daily(KEYS, KEYS[:2]))
def test_alt_and_a_number_show_a_panel_and_never_close_it(window: MainWindow, name: str, key: str) -> None:
    window.add_late_panels()
    for workspace in WORKSPACES:
        press(window, workspace.key)
        for _ in range(2):
            press(window, key)
            assert window.docks.by_name[name].isVisible()
            assert window.docks.by_name[name].isAncestorOf(window.focusWidget())
    end_preview(window)


def test_put_panels_back_gives_the_first_layout_with_all_its_panels(window: MainWindow) -> None:
    window.add_late_panels()
    for workspace in WORKSPACES:
        press(window, workspace.key)
        first, measured = window.docks.layout, sizes(window)
        for name in list(window.docks.by_name):
            window.docks.close(name)
        press(window, "Alt+3")
        assert seen(window) == {"canvas", "inspector"}
        press(window, "Alt+0")
        assert window.docks.layout == first
        for name, size in sizes(window).items():
            assert size == pytest.approx(measured[name], abs=6), name
    end_preview(window)


def test_each_workspace_keeps_what_was_made_of_it(
    window: MainWindow, again: Callable[[MainWindow], MainWindow]
) -> None:
    window.docks.close("outline")
    window.docks.close("history")
    press(window, "Ctrl+3")
    window.docks.move("problems", "right")
    press(window, "Ctrl+1")
    other = again(window)
    assert "outline" not in seen(other)
    press(other, "Ctrl+3")
    assert other.docks.layout.place_of("problems") == "right"
    press(other, "Alt+0")
    assert other.docks.layout.place_of("problems") == "bottom"
    press(other, "Ctrl+1")
    assert "outline" not in seen(other)


def test_the_workspace_and_the_window_come_back(window: MainWindow, again: Callable[[MainWindow], MainWindow]) -> None:
    window.resize(window.minimumWidth(), 560)
    press(window, "Ctrl+2")
    before = window.size()
    other = again(window)
    assert other.docks.workspace == "play"
    assert other.size() == before


def test_a_line_between_places_is_dragged_and_stays(
    window: MainWindow, again: Callable[[MainWindow], MainWindow]
) -> None:
    handle = next(one for one in window.findChildren(QSplitterHandle) if one.isVisible() and one.x() > 100)
    before = window.docks.room.places["left"].width()
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(-60, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(-60, 0))
    after = window.docks.room.places["left"].width()
    assert after < before
    assert again(window).docks.room.places["left"].width() == after


def test_a_damaged_layout_gives_the_first_one(window: MainWindow, again: Callable[[MainWindow], MainWindow]) -> None:
    first = window.docks.layout
    window.close()
    Settings(settings_folder()).set("workspace_draw", '{"panels": {"left": ["nothing", 7], "moon": 3}, "sizes": 4}')
    assert again(window).docks.layout == first


def test_the_keyboard_stays_in_the_room_when_panels_move_close_and_go_with_their_workspace(window: MainWindow) -> None:
    window.add_late_panels()
    docks = window.docks
    for name in docks.by_name:
        for workspace in WORKSPACES:
            docks.switch("draw")
            docks.show(name)
            docks.switch(workspace.name)
            assert docks.room.isAncestorOf(window.focusWidget()), (name, workspace.name)
            assert window.focusWidget().isVisible()
        docks.show(name)
        before = window.focusWidget()
        docks.move(name, "right")
        docks.move(name, "left")
        assert window.focusWidget() is before
        docks.close(name)
        assert docks.room.isAncestorOf(window.focusWidget()), name
        assert docks.by_name[CANVAS].isAncestorOf(window.focusWidget()) == (name == CANVAS)
        docks.reset()


@pytest.mark.parametrize("step", daily([0, 3, 6], [6]))
def test_no_tool_goes_behind_an_arrow_in_large_letters_or_a_narrow_window(
    step: int, window: MainWindow, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    theme = window.findChild(Theme)
    assert theme is not None
    request.addfinalizer(lambda: theme.set_text_step(0))
    theme.set_text_step(step)
    for width in (1272, 1016, 952, 800):
        window.resize(width, 510)
        qtbot.waitUntil(lambda: [fault for fault in faults(window) if "behind" in fault] == [])
    window.resize(2600, 510)
    buttons = [window.tools.widgetForAction(action) for action in window.tools.actions() if not action.isSeparator()]
    named = [one for one in buttons if isinstance(one, QToolButton)]
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    qtbot.waitUntil(lambda: all(one.toolButtonStyle() == beside for one in named))


def _ink(picture: QIcon) -> str:
    """Return the colour in which most of a picture is drawn; empty where nothing is."""
    drawn = picture.pixmap(QSize(24, 24)).toImage()
    spots = (drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    found = Counter(spot.name() for spot in spots if spot.alpha() > 250)
    return found.most_common(1)[0][0] if found else ""


@pytest.mark.proof
@pytest.mark.parametrize("mode", ["dark", "light", "contrast_dark"])
def test_another_look_draws_every_icon_in_its_own_ink(
    mode: str, window: MainWindow, request: pytest.FixtureRequest
) -> None:
    theme = window.findChild(Theme)
    assert theme is not None
    request.addfinalizer(lambda: theme.set_mode("system"))
    window.add_late_panels()
    for look in ("light", "dark", mode):
        theme.set_mode(look)
        QApplication.processEvents()
    inks = {QColor(getattr(BY_MODE[mode], name)).name() for name in NAMES}
    # The last is that of the crosses in fields, for all looks.
    inks |= {"", "#7d8799"}
    shown: list[QAction | QAbstractButton] = [*window.findChildren(QAction), *window.findChildren(QAbstractButton)]
    own = [one for one in shown if not one.objectName().endswith("_ext_button")]
    wrong = [(one, one.parent(), one.toolTip(), _ink(one.icon())) for one in own if _ink(one.icon()) not in inks]
    assert wrong == []
    end_preview(window)


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "\ud800", "[" * 100_000),
        *(pytest.param(one, marks=pytest.mark.proof) for one in ("é", "AAAAA", '{"sizes": 1e400}', "9" * 5000)),
    ],
)
def test_a_window_opens_whatever_damaged_settings_say(
    text: str, window: MainWindow, again: Callable[[MainWindow], MainWindow]
) -> None:
    first = window.docks.layout
    window.close()
    for name in ("geometry", "workspace", "workspace_draw", "theme", "text_step", "folder"):
        Settings(settings_folder()).set(name, text)
    RecentFiles(settings_folder()).add(Path(text))
    other = again(window)
    other.show_start()
    assert other.docks.layout == first
    assert other.filing.first_folder().is_dir()


def test_the_page_is_made_large_and_comes_back_by_the_same_key_by_escape_and_by_a_button(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.add_late_panels()
    for workspace in WORKSPACES:
        press(window, workspace.key)
        before = seen(window)
        for way_back in ("F12", "Esc", ""):
            press(window, "F12")
            assert seen(window) == {"preview"}
            place = window.docks.room.places[window.docks.layout.place_of("preview")]
            qtbot.waitUntil(lambda place=place: place.width() == window.docks.room.width())  # type: ignore[misc]
            # The first browser makes Qt create the window anew, which offscreen leaves it inactive.
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
            if way_back:
                press(window, way_back)
            else:
                back = next(one for one in window.findChildren(QToolButton) if one.text() == "Back" and one.isVisible())
                QTest.mouseClick(back, Qt.MouseButton.LeftButton)
            assert seen(window) == before
    end_preview(window)


@pytest.mark.parametrize("key", [workspace.key for workspace in WORKSPACES])
def test_the_window_fits_on_a_low_screen_in_every_workspace(window: MainWindow, key: str) -> None:
    press(window, key)
    window.resize(window.minimumSize())
    assert window.size() == window.minimumSize()
    assert window.minimumHeight() <= 540 - 48
    assert [fault for fault in faults(window) if "behind" not in fault] == []


def test_a_block_that_is_dragged_over_a_tab_brings_its_panel_to_the_front(window: MainWindow, qtbot: QtBot) -> None:
    place = window.docks.room.places["left"]
    bar, before = place.tabs.tabBar(), place.tabs.currentIndex()
    other = next(number for number in range(bar.count()) if number != before)
    come_over(bar, bar.tabRect(other).center(), "text")
    qtbot.waitUntil(lambda: place.tabs.currentIndex() == other)
