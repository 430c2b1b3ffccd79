"""The keyboard's place is always seen: every kind of widget that takes it looks another way while it has it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.window.main_window import MainWindow
from flow_models.document.elements import Element


def test_everything_that_tab_reaches_shows_that_it_has_the_keyboard(window: MainWindow) -> None:
    window.selection.select(Element("page", window.session.flow.pages[0].id))
    seen: set[QWidget] = set()
    unseen = []
    for _ in range(120):
        before = QApplication.focusWidget()
        QTest.keyClick(before or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in seen or focused.visibleRegion().isEmpty():
            continue
        seen.add(focused)
        with_ring = window.grab().toImage()
        focused.clearFocus()
        if window.grab().toImage() == with_ring:
            unseen.append(focused)
        focused.setFocus(Qt.FocusReason.TabFocusReason)
    assert len({type(widget) for widget in seen}) > 5
    assert [(type(one), one.accessibleName(), one.visibleRegion().boundingRect()) for one in unseen] == []
