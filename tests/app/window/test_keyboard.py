"""Everything by keyboard alone: the order of Tab, what Return and Space press, and what a screen reader says."""

from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
from app.preview.panel import PreviewPanel
from app.theme import Theme
from app.theme.theme import TEXT_STEPS
from app.widgets.letters import WindowLetters
from app.widgets.order import go_on, reading_order
from app.widgets.pressing import ReturnPresses
from app.window.main_window import MainWindow
from app.window.panels import PANELS
from app.window.workspaces import WORKSPACES
from flow_models.document import storage
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from tests.app.window.fitting import _is_of_a_browser, faults, name_of
from tests.app.window.hands import press
from tests.daily import daily

DIALOGS = ("shortcuts", "about", "export")


@pytest.fixture
def bank(open_window: Callable[[Flow], MainWindow], qtbot: QtBot) -> Iterator[MainWindow]:
    """A window of a small laptop with a flow in which there is one of nearly everything."""
    window = open_window(storage.load(resources.path("examples", "north_bank.flow.json")))
    window.resize(1264, 672)
    window.add_late_panels()
    # The first web view makes Qt create the window anew, which offscreen leaves it inactive.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    preview = window.panels["preview"]
    assert isinstance(preview, PreviewPanel)
    preview.shut_down()


def nameless(around: QWidget) -> list[str]:
    """Return what can have the keyboard and has no name for people who do not see it."""
    found = []
    for widget in around.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisibleTo(around) and not _is_of_a_browser(widget) and widget.window() is around.window():
            said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            if not said.strip():
                found.append(name_of(widget))
    return found


def forms_of(flow: Flow) -> Iterator[Element]:
    yield from (Element("flow", flow.id), Element("site", "site"))
    for kind in get_args(ElementKind):
        parts = getattr(flow, f"{kind}s", ())
        yield from (Element(kind, part.id) for part in parts[: 12 if kind == "transition" else 2])
    seen: set[type] = set()
    for block in (block for page in flow.pages for block in page.blocks):
        if type(block) not in seen:
            seen.add(type(block))
            yield Element("block", block.id)


def walked(window: MainWindow, key: Qt.Key, first: QWidget) -> list[QWidget]:
    """Press a key until the keyboard is back, and return where it was."""
    places: list[QWidget] = []
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(300):
        focused = QApplication.focusWidget()
        assert focused is not None, f"the keyboard is nowhere after {name_of(places[-1])}"
        if places and focused is first:
            return places
        if not places or focused is not places[-1]:
            places.append(focused)
        if _is_of_a_browser(focused) or focused is window.canvas.focusProxy():
            # The page and the canvas go through their own things first, and then hand the keyboard on themselves.
            go_on(window, focused, is_next=key == Qt.Key.Key_Tab)
        else:
            QTest.keyClick(focused, key)
    raise AssertionError(f"a trap: {[name_of(place) for place in places[-5:]]}")


@pytest.mark.parametrize("workspace", daily([workspace.name for workspace in WORKSPACES], ["draw"]))
def test_tab_goes_through_the_whole_window_as_the_eye_reads_and_back(bank: MainWindow, workspace: str) -> None:
    # With something selected: coming to the canvas selects, and more can be done then.
    bank.selection.reveal(Element("page", "p_send"))
    bank.docks.switch(workspace)
    first = next(reading_order(bank))
    there = walked(bank, Qt.Key.Key_Tab, first)
    back = walked(bank, Qt.Key.Key_Backtab, first)
    assert {name_of(place) for place in there} == {name_of(place) for place in back}
    assert back[1:] == there[:0:-1]
    fronts = [one for one in bank.stops() if one.isVisible() and any(one.isAncestorOf(place) for place in there)]
    assert bank.tools in fronts
    for stop in fronts:
        inside = [number for number, place in enumerate(there) if stop.isAncestorOf(place)]
        assert inside == list(range(inside[0], inside[-1] + 1)), f"{name_of(stop)} is left and entered again"


@pytest.mark.proof
def test_tab_scrolls_what_it_reaches_into_view(bank: MainWindow) -> None:
    bank.selection.reveal(Element("page", "p_send"))
    for place in walked(bank, Qt.Key.Key_Tab, next(reading_order(bank))):
        if bank.panels["inspector"].isAncestorOf(place):
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            go_on(bank, bank.focusWidget(), is_next=True)
            focused = bank.focusWidget()
            assert not focused.visibleRegion().isEmpty(), name_of(focused)


def test_tab_goes_line_by_line_and_part_by_part(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    made = {name: QLineEdit() for name in ("right_low", "left_low", "right", "left", "below")}
    columns, all_of_it = QHBoxLayout(), QVBoxLayout(around)
    for names in (("left", "left_low"), ("right", "right_low")):
        part = QWidget()
        column = QVBoxLayout(part)
        for name in names:
            column.addWidget(made[name])
        columns.addWidget(part)
    all_of_it.addLayout(columns)
    area = QScrollArea(widgetResizable=True)
    area.setWidget(made["below"])
    all_of_it.addWidget(area)
    with qtbot.waitExposed(around):
        around.show()
    assert list(reading_order(around)) == [made[name] for name in ("left", "left_low", "right", "right_low", "below")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox])
def test_return_presses_what_space_presses(qtbot: QtBot, kind: type[QPushButton], key: Qt.Key) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    ReturnPresses(around)
    button = kind(around)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == [True]


class Greedy(QLineEdit):
    """A field that takes every key for itself, as fields on Linux take some."""

    def event(self, event: QEvent) -> bool:
        """Say yes to each key before it becomes a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize(("keys", "is_the_windows"), [("Ctrl+E", True), ("Ctrl+K", True), ("Ctrl+C", False)])
def test_a_field_takes_no_key_of_the_window_but_what_fields_do(qtbot: QtBot, keys: str, is_the_windows: bool) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    WindowLetters(around)
    action = QAction(around)
    action.setShortcut(QKeySequence(keys))
    around.addAction(action)
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(True))
    field = Greedy("some words", around)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    field.setFocus()
    QTest.keySequence(field, QKeySequence(keys))
    assert bool(done) is is_the_windows
    assert field.text() == "some words"


def test_return_opens_a_list(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    ReturnPresses(around)
    box = QComboBox(around)
    box.addItems(["One", "Two"])
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.view().isVisible()
    QTest.keyClick(box.view(), Qt.Key.Key_Escape)
    assert not box.view().isVisible()
    assert QApplication.focusWidget() is box


def test_return_on_a_start_card_starts_a_flow(window: MainWindow) -> None:
    window.show_start()
    card = window.start.cards()[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is window.docks.room


def test_everything_in_every_panel_has_a_name(bank: MainWindow) -> None:
    for spec in PANELS:
        bank.docks.show(spec.name)
        assert nameless(bank) == [], spec.name
    bank.show_start()
    assert nameless(bank) == []


def test_everything_in_every_form_has_a_name(bank: MainWindow) -> None:
    bank.docks.show("inspector")
    for element in forms_of(bank.session.flow):
        bank.selection.reveal(element)
        assert nameless(bank.panels["inspector"]) == [], element


@pytest.mark.parametrize("name", DIALOGS)
def test_everything_in_every_dialog_has_a_name_and_escape_gives_the_keyboard_back(bank: MainWindow, name: str) -> None:
    press(bank, "Alt+1")
    before = QApplication.focusWidget()
    action = next(
        action for action in bank.menus.actions() if isinstance(action, QAction) and action.objectName() == name
    )
    action.trigger()
    dialog = next(one for one in bank.findChildren(QDialog) if one.isVisible())
    dialog.activateWindow()
    assert nameless(dialog) == []
    order = list(reading_order(dialog))
    spots = [place.mapTo(dialog, QPoint(0, 0)) for place in order]
    assert spots, name
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    bank.activateWindow()
    assert QApplication.focusWidget() is before


@pytest.mark.proof
@pytest.mark.parametrize("step", [TEXT_STEPS[0], TEXT_STEPS[-1]])
def test_in_small_and_large_text_nothing_is_cut_or_covered(bank: MainWindow, qapp: QApplication, step: int) -> None:
    bank.selection.reveal(Element("page", "p_send"))
    theme = bank.findChild(Theme)
    assert theme is not None
    theme.set_text_step(step)
    for workspace in WORKSPACES:
        bank.docks.switch(workspace.name)
        QTest.qWait(50)
        assert [fault for fault in faults(bank) if "outside the screen" not in fault] == [], workspace.name
    theme.set_text_step(0)
