"""The widgets of the room: the places in which panels stand as tabs, the frame around each panel, and the splitters.

No place asks for more than a little room, so the window never grows by itself: a panel that needs more scrolls in its
frame. How the room is shared follows from a layout and the window's size alone (`Room.share`), whatever was before.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from app.theme import colours_of, icon
from app.window.workspaces import PLACES

LEAST = QSize(130, 120)
"""Below this nothing can be used in a place."""

LEAST_CENTRE = QSize(300, 160)
"""What the places around leave to the centre."""

STRIPE, HANDLE = 2, 5
"""Pixels across: the line above a place, and the one between two places."""


class Frame(QScrollArea):
    """A panel in its place: it scrolls where the place is smaller than what the panel needs."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.title = title
        self.setObjectName(f"panel_{name}")
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fill(self, panel: QWidget) -> None:
        """Take the panel in."""
        self.setWidget(panel)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return next to nothing: what is inside scrolls."""
        return LEAST

    def sizeHint(self) -> QSize:
        """Return next to nothing: the layout says how large the place is."""
        return LEAST

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a panel that comes to need more or less room."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel the room that there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the panel as large as its place, or as it has to be."""
        panel = self.widget()
        if panel is None:
            return
        room, bar = self.maximumViewportSize(), self.verticalScrollBar().sizeHint().width()
        wide, high = panel.minimumSizeHint().expandedTo(panel.minimumSize()).width(), room.height()
        if wide > room.width():
            high -= bar
        width = max(wide, room.width())
        if _height(panel, width) > high:
            width = max(wide, room.width() - bar)
        panel.resize(width, max(high, _height(panel, width)))


def _height(panel: QWidget, width: int) -> int:
    """Return how high a panel of a width has to be at least."""
    layout = panel.layout()
    if layout is not None and layout.hasHeightForWidth():
        return max(layout.minimumHeightForWidth(width), panel.minimumHeight())
    return panel.minimumSizeHint().expandedTo(panel.minimumSize()).height()


class _Stripe(QWidget):
    """The line above a place, in the accent's colour while the keyboard is in that place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_active = False
        self.setFixedHeight(STRIPE)

    def mark(self, *, is_active: bool) -> None:
        """Say whether the keyboard is here."""
        if is_active != self.is_active:
            self.is_active = is_active
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        colours = colours_of(self.palette())
        QPainter(self).fillRect(self.rect(), colours.accent if self.is_active else colours.window)


class Place(QWidget):
    """One place: its panels as tabs, which are its title line, and a menu of what can be done with the one in front."""

    back_wanted = Signal()
    """Asks for the other places again, while this one fills the room."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"place_{name}")
        self.tabs = QTabWidget(documentMode=True, movable=True, elideMode=Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setTabBarAutoHide(name == "centre")
        # The bar takes the keyboard itself: as Qt has it the tabs hand it on, and Tab ends at a bar that is hidden.
        self.tabs.setFocusProxy(None)  # type: ignore[arg-type]  # as Qt has it, no widget takes the proxy away
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        # A block that is dragged over a tab brings its panel to the front.
        self.tabs.tabBar().setAcceptDrops(True)
        self.tabs.tabBar().setChangeCurrentOnDrag(True)
        self.menu = QMenu(self)
        self._back = QToolButton()
        self._back.setText(resources.text("shell.place.back"))
        self._back.setToolTip(resources.text("shell.tip.back"))
        self._back.clicked.connect(self.back_wanted)
        self._back.hide()
        self._more = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setToolTip(resources.text("shell.place.menu"))
        self._more.setMenu(self.menu)
        self._more.setAccessibleName(resources.text("shell.place.menu"))
        self._more.setProperty("role", "plain_menu")
        corner = QWidget()
        line = QHBoxLayout(corner)
        line.setContentsMargins(0, 0, 4, 0)
        line.setSpacing(2)
        for button in (self._back, self._more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        self.tabs.setCornerWidget(corner)
        self._stripe = _Stripe(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stripe)
        column.addWidget(self.tabs)
        self.redraw()

    @property
    def panels(self) -> tuple[str, ...]:
        """The panels that are open here, in the order of their tabs."""
        return tuple(self._frame(number).name for number in range(self.tabs.count()))

    @property
    def front(self) -> str:
        """The panel that is seen; nothing if none is open here."""
        return self._frame(self.tabs.currentIndex()).name if self.tabs.count() else ""

    def let_go_but(self, names: Sequence[str]) -> None:
        """Take away the panels that are not among these, for other places to hold."""
        for number in reversed(range(self.tabs.count())):
            if self._frame(number).name not in names:
                self.tabs.removeTab(number)

    def hold(self, frames: list[Frame], front: str) -> None:
        """Show these panels as tabs, in this order."""
        names = [frame.name for frame in frames]
        if list(self.panels) != names:
            self.tabs.clear()
            for number, frame in enumerate(frames):
                self.tabs.addTab(frame, frame.title)
                self.tabs.setTabToolTip(number, frame.title)
        if front in names:
            self.tabs.setCurrentIndex(names.index(front))
        corner = self.tabs.cornerWidget()
        corner.setVisible(self.name != "centre" or len(frames) > 1)

    def retitle(self, frame: Frame) -> None:
        """Show a panel's title as it is now."""
        number = self.tabs.indexOf(frame)
        if number >= 0:
            self.tabs.setTabText(number, frame.title)
            self.tabs.setTabToolTip(number, frame.title)

    def mark(self, *, is_active: bool) -> None:
        """Show that the keyboard is in this place."""
        self._stripe.mark(is_active=is_active)

    @property
    def is_marked(self) -> bool:
        """Whether the keyboard is shown to be in this place."""
        return self._stripe.is_active and self.isVisible()

    def offer_back(self, *, is_large: bool) -> None:
        """Offer the way back while this place fills the room."""
        self._back.setVisible(is_large)
        self._more.setVisible(not is_large)

    def redraw(self) -> None:
        """Draw the icons in the palette's colours."""
        self._more.setIcon(icon("menu", self.window().palette()))

    def _frame(self, number: int) -> Frame:
        frame = self.tabs.widget(number)
        if not isinstance(frame, Frame):
            raise TypeError("a place holds frames only")
        return frame


class Room(QWidget):
    """All places, with lines between them that can be dragged."""

    resized = Signal()
    moved = Signal()
    """Somebody dragged a line between two places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = {name: Place(name, self) for name in PLACES}
        self._feet = _splitter(Qt.Orientation.Horizontal, self.places["bottom"], self.places["foot"])
        self._middle = _splitter(Qt.Orientation.Vertical, self.places["centre"], self._feet)
        self._across = _splitter(
            Qt.Orientation.Horizontal, self.places["left"], self._middle, self.places["page"], self.places["right"]
        )
        for splitter in (self._feet, self._middle, self._across):
            splitter.splitterMoved.connect(lambda *_: self.moved.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._across)

    def share(self, sizes: Mapping[str, int], alone: str = "") -> None:
        """Give each place its part of the room.

        Args:
            sizes: Pixels by place; they are less where the room is too small for all and the centre.
            alone: The place that fills the room; nothing where all that have panels are seen.
        """
        shown = {name for name, place in self.places.items() if place.tabs.count() and alone in ("", name)}
        for name, place in self.places.items():
            place.setVisible(name in shown)
        self._feet.setVisible(bool(shown & {"bottom", "foot"}))
        self._middle.setVisible(bool(shown & {"centre", "bottom", "foot"}))
        columns = [self.places["left"], self._middle, self.places["page"], self.places["right"]]
        width = self.width() - HANDLE * (sum(not column.isHidden() for column in columns) - 1)
        wanted: dict[str, int] = {name: sizes.get(name, 0) for name in ("left", "page", "right") if name in shown}
        sides = _fitting(wanted, width - LEAST_CENTRE.width())
        middle = width - sum(sides.values())
        self._across.setSizes([sides.get("left", 0), middle, sides.get("page", 0), sides.get("right", 0)])
        height = self.height() - HANDLE
        bottom = min(max(sizes.get("bottom", 0), LEAST.height()), height - LEAST_CENTRE.height())
        self._middle.setSizes([height - bottom, bottom])
        foot = min(max(sizes.get("foot", 0), LEAST.width()), middle - HANDLE - LEAST.width())
        self._feet.setSizes([middle - HANDLE - foot, foot])

    def sizes(self) -> dict[str, int]:
        """Return how large the places are that are seen now."""
        sizes = {name: self.places[name].width() for name in ("left", "page", "right", "foot")}
        sizes["bottom"] = self._feet.height()
        if self.places["bottom"].isHidden() or self.places["foot"].isHidden():
            del sizes["foot"]
        if self._feet.isHidden():
            del sizes["bottom"]
        return {name: size for name, size in sizes.items() if name == "bottom" or not self.places[name].isHidden()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell; the room is then shared anew."""
        super().resizeEvent(event)
        self.resized.emit()


def _splitter(along: Qt.Orientation, *parts: QWidget) -> QSplitter:
    splitter = QSplitter(along, childrenCollapsible=False, handleWidth=HANDLE)
    for part in parts:
        splitter.addWidget(part)
    return splitter


def _fitting(wanted: dict[str, int], room: int) -> dict[str, int]:
    """Return widths that are all as wanted, or all smaller by the same part where there is no room for that."""
    total = sum(wanted.values())
    part = min(1.0, max(room, 0) / total) if total else 1.0
    return {name: max(LEAST.width(), int(size * part)) for name, size in wanted.items()}
