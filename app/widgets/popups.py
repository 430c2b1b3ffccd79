"""Lists and menus that pop up: under what they belong to, as wide as their texts, whole or with a bar to scroll by.

What this leaves out: what stands in them.
"""

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QMenu, QWidget

from app.widgets.mouse_wheel import scrolls_by
from app.words.menus import unmarked

MOST_SHOWN = 16
"""Entries of a list that show at once, where the screen has room."""

PAUSE_MS = 1000
"""Letters that follow each other faster belong to one word."""


def place_for(size: QSize, anchor: QRect, screen: QRect) -> QRect:
    """Return where a popup goes: below its anchor, above it where there is more room, and never off the screen."""
    width = min(max(size.width(), anchor.width()), screen.width())
    below, above = screen.bottom() - anchor.bottom(), anchor.top() - screen.top()
    is_below = size.height() <= below or below >= above
    height = min(size.height(), below if is_below else above)
    top = anchor.bottom() + 1 if is_below else anchor.top() - height
    left = min(max(anchor.left(), screen.left()), screen.right() + 1 - width)
    return QRect(left, top, width, height)


def room_around(anchor: QRect) -> QRect:
    """Return what can be used of the screen on which something stands."""
    screen = QGuiApplication.screenAt(anchor.center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def anchor_of(widget: QWidget, part: QRect | None = None) -> QRect:
    """Return where a widget, or a part of it, is on the screen."""
    inside = widget.rect() if part is None else part
    return QRect(widget.mapToGlobal(inside.topLeft()), inside.size())


def open_under(menu: QMenu, widget: QWidget) -> None:
    """Open a menu under the button that it belongs to; it deletes itself when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    anchor = anchor_of(widget)
    menu.popup(place_for(menu.sizeHint(), anchor, room_around(anchor)).topLeft())


def show_under(popup: QWidget, widget: QWidget) -> None:
    """Show a pop-up of its own kind under what it belongs to, lower than it would be where there is less room."""
    anchor = anchor_of(widget)
    popup.setGeometry(place_for(popup.sizeHint(), anchor, room_around(anchor)))
    popup.show()


def show_at(popup: QWidget, place: QPoint) -> None:
    """Show a pop-up with its corner at a place of the screen, or as near as the whole of it has room."""
    room = room_around(QRect(place, QSize(1, 1)))
    x = max(room.left(), min(place.x(), room.right() - popup.width()))
    y = max(room.top(), min(place.y(), room.bottom() - popup.height()))
    popup.move(x, y)
    popup.show()


def show_list(view: QAbstractItemView, anchor: QRect, widths: int = 0) -> None:
    """Place a list that is open as a window of its own, and its frame with it."""
    frame = view.window()
    shown = min(view.model().rowCount(), MOST_SHOWN)
    rows = sum(max(view.sizeHintForRow(row), 1) for row in range(shown))
    edges = frame.height() - view.viewport().height()
    bar = view.verticalScrollBar().sizeHint().width() if view.model().rowCount() > shown else 0
    width = max(view.sizeHintForColumn(0), widths) + bar + 12
    place = place_for(QSize(width, rows + max(edges, 4)), anchor, room_around(anchor))
    frame.setGeometry(place)
    view.scrollTo(view.currentIndex())


class Menu(QMenu):
    """A menu that letters walk through: the next entry that begins so, then one that holds them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""
        self._since = QElapsedTimer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what is typed."""
        if not event.text().isprintable() or not event.text().strip():
            super().keyPressEvent(event)
            return
        is_going_on = self._since.isValid() and self._since.elapsed() < PAUSE_MS
        self._since.start()
        self._typed = (self._typed if is_going_on else "") + event.text().casefold()
        entries = [action for action in self.actions() if action.isEnabled() and not action.isSeparator()]
        words = {action: unmarked(action.text()).casefold() for action in entries}
        ranked = sorted(entries, key=lambda action: not words[action].startswith(self._typed))
        found = next((action for action in ranked if self._typed in words[action]), None)
        if found is not None:
            self.setActiveAction(found)


class ListBox(QComboBox):
    """A drop-down whose list opens under it, as wide as its texts, and which lets a form scroll by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_SHOWN)
        scrolls_by(self)

    def showPopup(self) -> None:
        """Open the list."""
        super().showPopup()
        show_list(self.view(), anchor_of(self))
