"""Walks over all visible widgets and says what is cut off, covered, or outside the screen.

`faults(window)` looks at one window, `all_faults()` at every window that is open. Both return sentences, so that a test
can assert that there are none. What scrolls may be longer than its place; everything else has to be seen whole.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

UNSEEN = Qt.WidgetAttribute.WA_DontShowOnScreen

LEAST_PANEL = QSize(120, 110)
"""Below this a panel shows nothing that anybody could use."""

SLACK = 2
"""Pixels by which styles miscount."""

BROWSERS = ("RenderWidgetHostViewQtDelegateWidget", "QtWebEngineCore::", "QWebEngineView", "QQuickWidget")


def all_faults() -> list[str]:
    """Return what is wrong in every window that is open now."""
    return [fault for window in _windows() for fault in faults(window)]


def faults(window: QWidget) -> list[str]:
    """Return in words what is cut off, covered or outside the screen in a window that is shown."""
    found = list(_outside_the_screen(window))
    for widget in _seen(window):
        found.extend(_cut(widget))
        found.extend(_hidden(widget))
        found.extend(_covered(widget, window))
        found.extend(_outside(widget, window))
    found.extend(_flat_panels(window))
    return found


def _windows() -> list[QWidget]:
    """Return the open windows; menus and lists that pop up come and go."""
    kinds = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one.windowType() not in kinds and not one.testAttribute(UNSEEN)
    ]


def _seen(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and not _is_of_a_browser(widget):
            yield widget


def _is_of_a_browser(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.metaObject().className().startswith(BROWSERS):
            return True
        widget = widget.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    """Return what somebody who looks for the widget needs: its class, its name, its words."""
    words = next(
        (
            said()
            for said in (getattr(widget, "text", None), widget.accessibleName, widget.objectName)
            if said and said()
        ),
        "",
    )
    around = widget.parentWidget()
    return f"{type(widget).__name__} “{words[:50]}” in {type(around).__name__}"


def _scroller(widget: QWidget, window: QWidget) -> QAbstractScrollArea | None:
    """Return the closest area around a widget in which it scrolls."""
    around = widget.parentWidget()
    while around is not None and around is not window:
        above = around.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is around:
            return above
        around = above
    return None


def _outside_the_screen(window: QWidget) -> Iterator[str]:
    screen, frame = window.screen().availableGeometry(), window.frameGeometry()
    if not screen.contains(frame):
        yield f"the window {name_of(window)} is outside the screen: {_words(frame)} on {_words(screen)}"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Say which widget sticks out of the one around it, unless it scrolls there."""
    around = widget.parentWidget()
    if around is None or _scroller(widget, window) is not None or isinstance(around, QAbstractScrollArea):
        return
    spot = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if not window.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(spot):
        yield f"{name_of(widget)} is outside its window: {_words(spot)} in {_words(window.rect())}"
    elif not around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        yield f"{name_of(widget)} sticks out: {_words(widget.geometry())} in {_words(around.rect())}"


def _cut(widget: QWidget) -> Iterator[str]:
    """Say what shows only a part of its words and does not tell them otherwise."""
    if isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QTabBar):
        yield from _cut_tabs(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        wanted = widget.sizeHint()
        if not (isinstance(widget, QToolButton) and _shows_no_words(widget)) and _is_less(widget.size(), wanted):
            yield f"{name_of(widget)} is cut: {_size(widget.size())} for {_size(wanted)}"
    elif isinstance(widget, (QLineEdit, QComboBox, QAbstractSpinBox)):
        least = widget.minimumSizeHint().height()
        if widget.height() < least - SLACK and not isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox)):
            yield f"{name_of(widget)} is cut: {widget.height()} high for {least}"


def _cut_label(label: QLabel) -> Iterator[str]:
    words, room = label.text(), label.size()
    if not words or label.toolTip():
        return
    whole = getattr(label, "_full", words)
    if whole != words:
        yield f"{name_of(label)} is shortened and has no tip: “{whole}”"
    elif label.wordWrap():
        wanted = label.heightForWidth(room.width())
        if room.height() < wanted - SLACK:
            yield f"{name_of(label)} is cut: {room.height()} high for {wanted}"
    elif _is_less(room, label.minimumSizeHint()):
        yield f"{name_of(label)} is cut: {_size(room)} for {_size(label.minimumSizeHint())}"


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    for number in range(bar.count()):
        spot = bar.tabRect(number)
        if not bar.isTabVisible(number):
            continue
        if not bar.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(spot):
            if _scrolls(bar):
                continue
            yield f"the tab “{bar.tabText(number)}” is outside its bar: {_words(spot)} in {_words(bar.rect())}"
        elif bar.fontMetrics().horizontalAdvance(bar.tabText(number)) > spot.width() and not bar.tabToolTip(number):
            yield f"the tab “{bar.tabText(number)}” is shortened and has no tip"


def _scrolls(bar: QTabBar) -> bool:
    """Say whether a tab bar shows the buttons that bring its other tabs."""
    return any(button.isVisible() for button in bar.findChildren(QToolButton))


def _hidden(widget: QWidget) -> Iterator[str]:
    """Say what a tool bar keeps behind its arrow."""
    if isinstance(widget, QToolBar):
        more = widget.findChild(QToolButton, "qt_toolbar_ext_button")
        if more is not None and more.isVisible():
            gone = [action.iconText() for action in widget.actions() if not _is_shown(widget, action)]
            yield f"behind » in {name_of(widget)}: {', '.join(gone)}"


def _is_shown(bar: QToolBar, action: QAction) -> bool:
    button = bar.widgetForAction(action)
    return button is None or button.isVisible()


def _covered(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Say over what one cannot click because something else lies there."""
    is_used = isinstance(widget, (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox))
    if (
        not is_used
        or widget.visibleRegion().isEmpty()
        or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ):
        return
    middle = widget.mapTo(window, widget.rect().center())
    if not widget.visibleRegion().contains(widget.rect().center()):
        # Scrolled away or covered: only what does not scroll has to be seen.
        if _scroller(widget, window) is None:
            yield f"{name_of(widget)} is covered"
        return
    there = window.childAt(middle)
    if there is not None and there is not widget and not widget.isAncestorOf(there) and not there.isAncestorOf(widget):
        yield f"{name_of(widget)} is covered by {name_of(there)}"


def _flat_panels(window: QWidget) -> Iterator[str]:
    """Say which panel is there and shows nothing."""
    docks = getattr(window, "docks", None)
    for name, dock in {} if docks is None else docks.by_name.items():
        if dock.isVisible() and (dock.width() < LEAST_PANEL.width() or dock.height() < LEAST_PANEL.height()):
            yield f"the panel {name} is only {_size(dock.size())}"


def _shows_no_words(button: QToolButton) -> bool:
    return button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly


def _is_less(size: QSize, wanted: QSize) -> bool:
    return size.width() < wanted.width() - SLACK or size.height() < wanted.height() - SLACK


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def _words(rect: QRect) -> str:
    return f"{rect.width()}x{rect.height()} at {rect.x()}, {rect.y()}"
