"""The panels of one window: showing and moving them, the three workspaces, and keeping what the person made of each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

import resources
from app.desktop.settings import Settings
from app.theme import icon
from app.window.panels import HasStops, PanelSpec
from app.window.places import Frame, Place, Room
from app.window.workspaces import BY_NAME, CANVAS, PLACES, WORKSPACES, Layout, read_layout

KEEP_MS = 400
"""A layout is written so long after the last change: a crash then finds it as it was seen."""

FIRST = WORKSPACES[0].name


class Docks(QObject):
    """The panels by name, in the places of a room."""

    large_changed = Signal(bool)
    """A place fills the room, and Escape brings the others back; or none does any longer."""
    wanted = Signal()
    """Somebody asked for a panel or a workspace: the room has to be seen."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self.room = Room()
        self.by_name: dict[str, Frame] = {}
        self._specs: dict[str, PanelSpec] = {}
        self._layouts: dict[str, Layout] = {}
        self._alone = ""
        self._before_alone: Layout | None = None
        self._came_from = ""
        self._is_arranging = False
        kept = settings.get("workspace", FIRST)
        self.workspace = kept if kept in BY_NAME else FIRST
        self.menu = QMenu(resources.text("shell.menu.panels"), window)
        self.actions = self._made_actions()
        self._escape = QAction(window, enabled=False)
        self._escape.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self._escape.triggered.connect(self.end_large)
        window.addAction(self._escape)
        self._keeper = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keeper.timeout.connect(self.keep)
        self._connect()

    def _connect(self) -> None:
        self.room.resized.connect(self._arrange)
        self.room.moved.connect(self._note_sizes)
        for place in self.room.places.values():
            place.tabs.tabBar().tabMoved.connect(lambda *_: self._note_tabs())
            place.tabs.currentChanged.connect(lambda *_: self._note_tabs())
            place.menu.aboutToShow.connect(lambda place=place: self._fill_menu(place))
            place.back_wanted.connect(self.end_large)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._mark)

    # Making

    def add(self, spec: PanelSpec) -> None:
        """Make a panel's frame, which is empty until `fill`; the way to it goes into the menu of panels."""
        title = resources.text(f"shell.panel.{spec.name}")
        self.by_name[spec.name] = Frame(spec.name, title, self.room)
        self.by_name[spec.name].hide()
        self._specs[spec.name] = spec
        action = QAction(icon(spec.icon, self._window.palette()), title, self._window)
        action.setObjectName(f"panel_{spec.name}")
        action.setShortcut(QKeySequence(spec.shortcut))
        action.triggered.connect(lambda: self.show(spec.name))
        self.menu.addAction(action)

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel into its frame."""
        self.by_name[name].fill(panel)

    def retitle(self, name: str, title: str) -> None:
        """Give a panel's tab other words."""
        frame = self.by_name[name]
        frame.title = title
        for place in self.room.places.values():
            place.retitle(frame)

    # Panels

    def show(self, name: str) -> None:
        """Show a panel in front of those beside it and put the keyboard there."""
        self.bring(name)
        self.wanted.emit()
        _focus_inside(self.by_name[name])

    def bring(self, name: str) -> None:
        """Bring a panel to the front without taking the keyboard from where it is."""
        place = self.layout.place_of(name) or self._specs[name].home
        if self._alone and self._alone != place:
            self._set_alone("")
        self._set(self.layout.with_panel(name, place))

    def close(self, name: str) -> None:
        """Close a panel; the canvas stays."""
        if name != CANVAS:
            self._set_alone("")
            self._set(self.layout.without(name))

    def move(self, name: str, place: str) -> None:
        """Put a panel into another place."""
        self._set(self.layout.with_panel(name, place))

    def close_current(self) -> None:
        """Close the panel that has the keyboard."""
        for name, frame in self.by_name.items():
            if frame.isAncestorOf(QApplication.focusWidget() or self.room):
                self.close(name)
                return

    def stops(self) -> list[QWidget]:
        """Return the panels that are seen, from left to right, downwards in the middle, each with its further stops."""
        fronts = [place.front for place in self.room.places.values() if place.isVisible()]
        frames = [self.by_name[name] for name in fronts if name]
        return [stop for frame in frames for stop in (frame, *_further_stops(frame.widget()))]

    # Large

    def toggle_large(self, name: str) -> None:
        """Let a panel fill the room, or bring the others back."""
        if self._alone and self._alone == self.layout.place_of(name):
            self.end_large()
            return
        before = self.layout
        self.show(name)
        self._set_alone(self.layout.place_of(name))
        self._before_alone = before

    def end_large(self) -> None:
        """Bring the other places back."""
        self._set_alone("")

    @property
    def is_large(self) -> bool:
        """Whether one place fills the room."""
        return bool(self._alone)

    def _set_alone(self, place: str) -> None:
        if place == self._alone:
            return
        for name in filter(None, (self._alone, place)):
            self.room.places[name].offer_back(is_large=name == place)
        self._alone = place
        if self._before_alone is not None:
            self._layouts[self.workspace] = self._before_alone
            self._before_alone = None
        self._escape.setEnabled(bool(place))
        self._arrange()
        self.large_changed.emit(bool(place))

    # Workspaces

    @property
    def layout(self) -> Layout:
        """What the person has made of the workspace."""
        if self.workspace not in self._layouts:
            kept = self._settings.get(f"workspace_{self.workspace}")
            self._layouts[self.workspace] = read_layout(kept, self._first(), self.by_name)
        return self._layouts[self.workspace]

    def switch(self, name: str) -> None:
        """Go to a workspace because the person wants it."""
        self._came_from = ""
        self._go(name)
        self.wanted.emit()

    def visit(self, name: str) -> None:
        """Go to a workspace for a while; `leave` goes back, unless the person went elsewhere meanwhile."""
        if name != self.workspace:
            self._came_from = self.workspace
            self._go(name)

    def leave(self, name: str) -> None:
        """Go back to where `visit` came from."""
        if self._came_from and self.workspace == name:
            self._go(self._came_from)
        self._came_from = ""

    def reset(self) -> None:
        """Put all panels of the workspace back where they stand at first."""
        self._set_alone("")
        self._set(self._first())

    def _first(self) -> Layout:
        return BY_NAME[self.workspace].first_layout(self._window.width(), self._window.height())

    def _go(self, name: str) -> None:
        self._set_alone("")
        self.workspace = name
        self.actions[name].setChecked(True)
        self._arrange()
        self._keeper.start()

    # Keeping

    def restore(self) -> None:
        """Put the window where it was when it was last seen; the panels follow from the layouts."""
        # Qt takes what it can read of a damaged text, and refuses what then is no geometry.
        kept = self._settings.get("geometry").encode("ascii", "ignore")
        self._window.restoreGeometry(QByteArray.fromBase64(QByteArray(kept)))

    def keep(self) -> None:
        """Keep the window's place and the layouts for the next start."""
        self._keeper.stop()
        self._settings.set("geometry", self._window.saveGeometry().toBase64().toStdString())
        self._settings.set("workspace", self._came_from or self.workspace)
        for name, layout in self._layouts.items():
            self._settings.set(f"workspace_{name}", layout.dumps())

    def keep_soon(self) -> None:
        """Keep everything once the hand rests."""
        self._keeper.start()

    def redraw(self) -> None:
        """Draw the icons anew after the palette changed."""
        for action, name in zip(self.menu.actions(), self.by_name, strict=False):
            action.setIcon(icon(self._specs[name].icon, self._window.palette()))
        for place in self.room.places.values():
            place.redraw()

    # How it is done

    def _made_actions(self) -> dict[str, QAction]:
        """Return the actions that switch between the workspaces."""
        group = QActionGroup(self)
        actions: dict[str, QAction] = {}
        for workspace in WORKSPACES:
            action = QAction(resources.text(f"shell.workspace.{workspace.name}"), self._window, checkable=True)
            action.setObjectName(f"workspace_{workspace.name}")
            action.setShortcut(QKeySequence(workspace.key))
            tip = resources.text(f"shell.workspace_tip.{workspace.name}")
            action.setToolTip(f"{tip} ({workspace.key})")
            action.setStatusTip(tip)
            action.setChecked(workspace.name == self.workspace)
            action.triggered.connect(_switching(self, workspace.name))
            group.addAction(action)
            actions[workspace.name] = action
        return actions

    def _set(self, layout: Layout) -> None:
        self._layouts[self.workspace] = layout
        self._arrange()
        self._keeper.start()

    def _arrange(self) -> None:
        """Show the layout."""
        if self._is_arranging or not self.by_name:
            return
        self._is_arranging = True
        self.room.setUpdatesEnabled(False)
        focus = QApplication.focusWidget()
        had_keys = focus is not None and self.room.isAncestorOf(focus)
        try:
            layout = self.layout
            for name, place in self.room.places.items():
                place.let_go_but(layout.panels.get(name, ()))
            for name, place in self.room.places.items():
                frames = [self.by_name[panel] for panel in layout.panels.get(name, ())]
                place.hold(frames, layout.front.get(name, ""))
            self.room.share(layout.sizes, self._alone)
        finally:
            self.room.setUpdatesEnabled(True)
            self._is_arranging = False
        if had_keys and focus is not None:
            self._keep_keys(focus)

    def _keep_keys(self, focus: QWidget) -> None:
        """Leave the keyboard with what had it; where that is not seen any longer, with what is in front in the middle.

        Qt takes it from what is hidden for a moment, and gives it to whatever comes next in the window. The canvas
        comes last: what somebody goes on typing was meant for something else.
        """
        if focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        places = self.room.places
        order = (places["centre"], places["page"], *places.values())
        seen = [place.front for place in order if place.isVisible() and place.front]
        _focus_inside(self.by_name[next((name for name in seen if name != CANVAS), CANVAS)])

    def _note_tabs(self) -> None:
        """Take note of which tabs stand where after somebody clicked or dragged one."""
        if self._is_arranging:
            return
        places = self.room.places
        panels = {name: place.panels for name, place in places.items()}
        front = {name: place.front for name, place in places.items()}
        self._layouts[self.workspace] = Layout(panels, front, self.layout.sizes)
        self._keeper.start()

    def _note_sizes(self) -> None:
        if not self._alone:
            layout = self.layout
            self._layouts[self.workspace] = Layout(layout.panels, layout.front, {**layout.sizes, **self.room.sizes()})
            self._keeper.start()

    def _fill_menu(self, place: Place) -> None:
        """Offer what can be done with the panel in front of a place."""
        name, menu = place.front, place.menu
        menu.clear()
        menu.addAction(resources.text("shell.place.large"), lambda: self.toggle_large(name))
        if name == CANVAS:
            return
        menu.addSeparator()
        for other in PLACES:
            if other != place.name:
                menu.addAction(resources.text(f"shell.place.to_{other}"), _moving(self, name, other))
        menu.addSeparator()
        menu.addAction(resources.text("shell.place.close", panel=self.by_name[name].title), lambda: self.close(name))

    def _mark(self, _old: QWidget | None, focus: QWidget | None) -> None:
        """Show in which place the keyboard is."""
        for place in self.room.places.values():
            place.mark(is_active=focus is not None and place.isAncestorOf(focus))


def next_after(focus: QWidget | None, stops: list[QWidget], by: int = 1) -> None:
    """Put the keyboard into the next of the stops after the one that has it, or into the one before it."""
    shown = [stop for stop in stops if stop.isVisible()]
    if shown:
        # The last one that holds the keyboard: a panel comes before the stops inside it.
        here = [number for number, stop in enumerate(shown) if focus and (stop is focus or stop.isAncestorOf(focus))]
        _focus_inside(shown[((here or [-1 if by > 0 else 0])[-1] + by) % len(shown)])


def _further_stops(panel: QWidget | None) -> Sequence[QWidget]:
    """Return what the keyboard goes to in a panel besides its beginning."""
    return panel.stops() if isinstance(panel, HasStops) else ()


def _focus_inside(widget: QWidget) -> None:
    """Put the keyboard into a widget, or into the first widget inside that takes it."""
    # A frame is empty until its panel is made.
    inside = (widget.widget() if isinstance(widget, Frame) else None) or widget
    takes_keys = (
        one
        for one in (inside, *inside.findChildren(QWidget))
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(inside) and one.isEnabled()
    )
    (inside.focusProxy() or next(takes_keys, inside)).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _switching(docks: Docks, name: str) -> Callable[[], object]:
    return lambda: docks.switch(name)


def _moving(docks: Docks, name: str, place: str) -> Callable[[], object]:
    return lambda: docks.move(name, place)
