"""The window's menus and tool bar: words, keys and icons of its own actions, and where panels put theirs behind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionEvent, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QToolBar, QToolButton, QWidget

import resources
from app.theme import MODES, Theme, icon

MENUS = ("file", "edit", "view", "insert", "flow", "play", "help")

KEYS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "new": ("Ctrl+N",),
        "open": ("Ctrl+O",),
        "save": ("Ctrl+S",),
        "save_as": ("Ctrl+Shift+S",),
        "save_copy": ("Ctrl+Alt+S",),
        "reload": ("Ctrl+Alt+R",),
        "export": ("Ctrl+E",),
        "start": ("Ctrl+Shift+N",),
        "quit": ("Ctrl+Q",),
        "undo": ("Ctrl+Z",),
        "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
        "find": ("Ctrl+F",),
        "find_anything": ("Ctrl+K",),
        "add_block": ("Ctrl+B",),
        "new_table": ("Ctrl+Shift+T",),
        "new_variable": ("Ctrl+Shift+B",),
        "new_task": ("Ctrl+Shift+K",),
        "new_section": ("Ctrl+Shift+G",),
        "larger_text": ("Ctrl+Alt+=", "Ctrl+Alt++"),
        "smaller_text": ("Ctrl+Alt+-",),
        "full_screen": ("F11",),
        "reset_panels": ("Alt+0",),
        "large_page": ("F12",),
        "next_panel": ("F6",),
        "previous_panel": ("Shift+F6",),
        "close_panel": ("Ctrl+Shift+W",),
        "flow_properties": ("Alt+Return",),
        "site_properties": ("Ctrl+Alt+Return",),
        "shortcuts": ("Ctrl+/",),
        "theme_system": ("Ctrl+Alt+1",),
        "theme_light": ("Ctrl+Alt+2",),
        "theme_dark": ("Ctrl+Alt+3",),
        "theme_contrast_light": ("Ctrl+Alt+4",),
        "theme_contrast_dark": ("Ctrl+Alt+5",),
        "about": ("Shift+F1",),
        "open_log": ("Ctrl+Shift+F1",),
        "clear_recent": (),
    }
)


class Menus(QObject):
    """The menus by name and the tool bar of one window; the window's own actions are made here."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._ideas: dict[QAction, str] = {}
        self.by_name = _made_menus(window.menuBar())
        self.tools = _made_tools(window)

    def make(self, name: str, slot: Callable[[], object], idea: str = "") -> QAction:
        """Return an action of the window, worded from the catalogue, with its keys and the icon of an idea."""
        action = QAction(resources.text(f"shell.action.{name}"), self.window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in KEYS[name]])
        tip = f"shell.tip.{name}"
        if tip in resources.catalogue():
            action.setToolTip(resources.text(tip))
            action.setStatusTip(resources.text(tip))
        if idea:
            self._ideas[action] = idea
            action.setIcon(icon(idea, self.window.palette()))
        action.triggered.connect(lambda: slot())
        return action

    def add(self, name: str, *actions: QAction | QMenu | None) -> None:
        """Put actions at the end of a menu behind a separator; `None` is a separator of its own."""
        menu = self.by_name[name]
        if not menu.isEmpty():
            menu.addSeparator()
        for action in actions:
            if action is None:
                menu.addSeparator()
            elif isinstance(action, QMenu):
                menu.addMenu(action)
            else:
                menu.addAction(action)
        menu.menuAction().setVisible(True)

    def add_tools(self, actions: Sequence[QAction]) -> None:
        """Put actions at the end of the tool bar behind a separator."""
        if self.tools.actions():
            self.tools.addSeparator()
        self.tools.addActions(actions)
        for action in actions:
            self.tools.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def add_workspaces(self, actions: Iterable[QAction]) -> None:
        """Put the switch between the workspaces at the end of the menu bar."""
        bar = QWidget(self.window)
        bar.setObjectName("workspaces")
        bar.setAccessibleName(resources.text("shell.workspaces"))
        line = QHBoxLayout(bar)
        line.setContentsMargins(4, 1, 6, 0)
        line.setSpacing(2)
        for action in actions:
            button = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        self.window.menuBar().setCornerWidget(bar)

    def actions(self) -> list[QAction]:
        """Return the actions of all menus."""
        return [action for menu in self.by_name.values() for action in actions_in(menu)]

    def redraw(self) -> None:
        """Draw all icons anew after the palette changed."""
        for action, idea in self._ideas.items():
            action.setIcon(icon(idea, self.window.palette()))


def actions_in(menu: QMenu) -> list[QAction]:
    """Return the actions of a menu and its submenus, without separators."""
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found.extend(actions_in(inner))
        elif not action.isSeparator():
            found.append(action)
    return found


def theme_menu(menus: Menus, theme: Theme) -> QMenu:
    """Return the menu that chooses the colours."""
    menu = QMenu(resources.text("shell.menu.theme"), menus.by_name["view"])
    group = QActionGroup(menu)
    by_mode = {mode: menus.make(f"theme_{mode}", _setting(theme, mode), mode) for mode in MODES}
    for mode, action in by_mode.items():
        action.setCheckable(True)
        action.setChecked(theme.mode == mode)
        group.addAction(action)
        menu.addAction(action)
    theme.changed.connect(lambda mode: by_mode[mode].setChecked(True))
    return menu


def _setting(theme: Theme, mode: str) -> Callable[[], object]:
    return lambda: theme.set_mode(mode)


def _made_menus(bar: QMenuBar) -> dict[str, QMenu]:
    """Add the menus to a menu bar, in their order; a menu without actions stays hidden until it has one."""
    menus = {name: bar.addMenu(resources.text(f"shell.menu.{name}")) for name in MENUS}
    for name, menu in menus.items():
        menu.setObjectName(f"menu_{name}")
        menu.setToolTipsVisible(True)
        menu.menuAction().setVisible(False)
    return menus


class Tools(QToolBar):
    """A tool bar whose buttons give up words where not all have room, those in the middle first: none goes behind »."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit letters of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def actionEvent(self, event: QActionEvent) -> None:
        """Fit what comes in, and other words."""
        super().actionEvent(event)
        self._fit()

    def _fit(self) -> None:
        buttons = [self.widgetForAction(action) for action in self.actions() if not action.isSeparator()]
        with_icons = [one for one in buttons if isinstance(one, QToolButton) and not one.icon().isNull()]
        for button in with_icons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        middle = len(with_icons) / 2
        for button in sorted(with_icons, key=lambda one: abs(with_icons.index(one) - middle)):
            button.updateGeometry()
            if self.sizeHint().width() <= self.width():
                return
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def _made_tools(window: QMainWindow) -> QToolBar:
    """Add the window's tool bar: icons with words, reachable by Tab."""
    bar = Tools(resources.text("shell.toolbar"), window)
    bar.setObjectName("tools")
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.setMovable(False)
    window.addToolBar(bar)
    return bar
