"""The page beside the drawing is a page: as wide as on a phone, a tablet or a desk, in whatever room the panel has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from app.preview.widths import KEYS, SITE_WIDTHS
from tests.app.preview.conftest import WAIT_MS, Bench

LISTENS = "(() => { window.hit ??= ''; document.onpointerdown = e => { window.hit = e.target.localName }; return 1 })()"


def choose(bench: Bench, name: str) -> None:
    """Choose a width and wait until the page has it."""
    bench.panel.address.actions_by_name[name].trigger()
    wanted = SITE_WIDTHS[name]
    bench.qtbot.waitUntil(lambda: abs(float(str(bench.script("window.innerWidth"))) - wanted) <= 4, timeout=WAIT_MS)


def is_hit(bench: Bench) -> bool:
    """Click the heading, and say whether a click has hit it: Chromium drops some while it paints anew."""
    bench.script(LISTENS)
    bench.click("h1")
    return bench.script("window.hit") == "h1"


@pytest.mark.parametrize("room", [380, 620, 900])
def test_the_page_is_as_wide_as_chosen_in_every_room(bench: Bench, room: int) -> None:
    bench.panel.resize(room, 640)
    browser = bench.panel.browser
    assert browser is not None
    for name in KEYS:
        choose(bench, name)
        view = browser.view.geometry()
        assert view.width() <= browser.width()
        assert abs(view.center().x() - browser.rect().center().x()) <= 1


def test_clicks_land_where_they_are_aimed_at_every_width(bench: Bench) -> None:
    bench.panel.test_from("p_books")
    bench.until(lambda: bench.panel.is_playing)
    for name in KEYS:
        choose(bench, name)
        bench.script("(window.hit = '')")
        bench.qtbot.waitUntil(lambda: is_hit(bench), timeout=WAIT_MS)


def test_the_widths_are_chosen_by_keys_and_said_to_screen_readers(bench: Bench) -> None:
    for name, keys in KEYS.items():
        action = bench.panel.address.actions_by_name[name]
        assert keys in action.toolTip()
        assert action.shortcut().toString() == keys
    buttons = bench.panel.address.findChildren(QToolButton)
    assert len({button.accessibleName() for button in buttons}) == len(buttons) == len(KEYS) + 1
    QTest.keyClick(bench.panel, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert bench.panel.address.actions_by_name["phone"].isChecked()
