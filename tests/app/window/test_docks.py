"""The places of the panels."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.folders import state_folder
from app.desktop.settings import Settings
from app.theme import Theme
from app.window.main_window import MainWindow
from tests.app.window.hands import press


def test_the_keyboard_reaches_every_panel(window: MainWindow, qtbot: QtBot) -> None:
    reached: set[str] = set()
    window.canvas.setFocus()
    for _ in range(2 + len(window.docks.by_name)):
        press(window, "F6")
        focus = window.focusWidget()
        reached |= {
            name for name, dock in window.docks.by_name.items() if focus is not None and dock.isAncestorOf(focus)
        }
    shown = {name for name, dock in window.docks.by_name.items() if not dock.visibleRegion().isEmpty()}
    assert shown
    assert shown <= reached


def test_places_of_the_panels_are_kept(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    window.docks.by_name["outline"].hide()
    window.close()
    theme = Theme(qapp, Settings(state_folder()))
    again = MainWindow(window.session.flow, theme, tries_tasks=False)
    theme.setParent(again)
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    assert not again.docks.by_name["outline"].isVisible()
    press(again, "Alt+0")
    assert again.docks.by_name["outline"].isVisible()


def test_the_window_fits_on_a_low_screen(window: MainWindow) -> None:
    window.add_late_panels()
    assert window.minimumSizeHint().height() <= 720
