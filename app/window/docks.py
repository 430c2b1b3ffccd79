"""The places of the panels around the canvas: making docks, raising them, keeping where the person put them."""

import base64

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget

import resources
from app.desktop.settings import Settings
from app.theme import icon
from app.window.panels import PanelSpec


class Docks(QObject):
    """The docks of one window by the names of their panels."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.menu = QMenu(resources.text("shell.menu.panels"), window)
        self._specs: dict[str, PanelSpec] = {}
        self._default = QByteArray()
        self._aside: QByteArray | None = None
        self._came_aside: list[QDockWidget] = []
        self.by_name: dict[str, QDockWidget] = {}
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)

    def add(self, spec: PanelSpec, panel: QWidget) -> QDockWidget:
        """Put a panel where its specification says; its switch goes into the menu of panels."""
        dock = QDockWidget(resources.text(f"shell.panel.{spec.name}"), self._window)
        dock.setObjectName(f"dock_{spec.name}")
        dock.setWidget(panel)
        toggle = dock.toggleViewAction()
        toggle.setShortcut(spec.shortcut)
        toggle.setIcon(icon(spec.icon, self._window.palette()))
        toggle.triggered.connect(lambda shown: self.show(spec.name) if shown else None)
        self.menu.addAction(toggle)
        self._window.addDockWidget(spec.area, dock)
        if spec.beside in self.by_name:
            self._window.tabifyDockWidget(self.by_name[spec.beside], dock)
            self.by_name[spec.beside].raise_()
        if self._aside is not None:
            self._came_aside.append(dock)
            dock.hide()
        self.by_name[spec.name] = dock
        self._specs[spec.name] = spec
        return dock

    def show(self, name: str) -> None:
        """Show a panel in front of those beside it and put the keyboard there."""
        dock = self.by_name[name]
        dock.show()
        dock.raise_()
        widget = dock.widget()
        if widget is not None:
            _focus_inside(widget)

    def next_after(self, focus: QWidget | None, centre: QWidget) -> None:
        """Put the keyboard into the next visible panel after the one that has it; the centre is one of them."""
        stops = [centre, *(dock.widget() for dock in self.by_name.values())]
        shown = [stop for stop in stops if stop is not None and not stop.visibleRegion().isEmpty()]
        if not shown:
            return
        here = (number for number, stop in enumerate(shown) if stop is focus or stop.isAncestorOf(focus or centre))
        _focus_inside(shown[(next(here, -1) + 1) % len(shown)])

    def put_aside(self) -> None:
        """Hide all docks until `bring_back`."""
        if self._aside is None:
            self._aside = self._window.saveState()
            for dock in self.by_name.values():
                dock.hide()

    def bring_back(self) -> None:
        """Show the docks as they were before `put_aside`, and those that came meanwhile."""
        if self._aside is not None:
            # A state says nothing of docks that were not there when it was saved.
            self._window.restoreState(self._aside)
            self._aside = None
            for dock in self._came_aside:
                dock.show()
            self._came_aside.clear()

    def remember_defaults(self) -> None:
        """Give the panels their first sizes, and take the places of now as those that `reset` goes back to."""
        sides = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
        for name, spec in self._specs.items():
            if spec.extent:
                along = Qt.Orientation.Horizontal if spec.area in sides else Qt.Orientation.Vertical
                self._window.resizeDocks([self.by_name[name]], [spec.extent], along)
        if self._aside is None:
            self._default = self._window.saveState()

    def places(self) -> QByteArray:
        """Return where everything stands now, for `go_back_to`."""
        return self._window.saveState()

    def go_back_to(self, places: QByteArray) -> None:
        """Put the panels where they once stood; while they are put aside, that is where they come back to."""
        if self._aside is not None:
            self._aside = places
        else:
            self._window.restoreState(places)

    def share_column(self, *names: str) -> None:
        """Give panels that stand above each other the same height."""
        docks = [self.by_name[name] for name in names if name in self.by_name]
        self._window.resizeDocks(docks, [100] * len(docks), Qt.Orientation.Vertical)

    def make_high(self, name: str, height: int) -> None:
        """Give a panel at the top or bottom a height."""
        self._window.resizeDocks([self.by_name[name]], [height], Qt.Orientation.Vertical)

    def put_together(self, behind: str, front: str, width: int) -> None:
        """Make one panel a tab behind another, if they stand in the same place, and give them a width."""
        area = self._window.dockWidgetArea
        back, dock = self.by_name.get(behind), self.by_name[front]
        if back is not None and not back.isFloating() and not dock.isFloating() and area(back) == area(dock):
            self._window.tabifyDockWidget(back, dock)
        if not dock.isFloating():
            self._window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

    def reset(self) -> None:
        """Put all panels back where they stand at first."""
        self._window.restoreState(self._default)
        for name, dock in self.by_name.items():
            if not self._specs[name].beside:
                dock.raise_()

    def restore(self) -> None:
        """Put the window and its panels where they were when it was last closed."""
        geometry, places = self._settings.get("geometry"), self._settings.get("panels")
        if geometry:
            self._window.restoreGeometry(QByteArray(base64.b64decode(geometry)))
        if places and self._aside is None:
            self._window.restoreState(QByteArray(base64.b64decode(places)))

    def keep(self) -> None:
        """Keep the places for the next start."""
        places = self._aside if self._aside is not None else self._window.saveState()
        self._settings.set("geometry", base64.b64encode(self._window.saveGeometry().data()).decode())
        self._settings.set("panels", base64.b64encode(places.data()).decode())

    def redraw(self) -> None:
        """Draw the icons anew after the palette changed."""
        for name, dock in self.by_name.items():
            dock.toggleViewAction().setIcon(icon(self._specs[name].icon, self._window.palette()))


def _focus_inside(widget: QWidget) -> None:
    """Put the keyboard into a widget, or into the first widget inside that takes it."""
    candidates = [widget, *widget.findChildren(QWidget)]
    takes_keys = (
        one
        for one in candidates
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(widget) and one.isEnabled()
    )
    (widget.focusProxy() or next(takes_keys, widget)).setFocus(Qt.FocusReason.ShortcutFocusReason)
