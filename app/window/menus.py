"""The window's own actions: their words, keys and places in the menus and tools; panels add theirs behind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QToolBar

import resources
from app.theme import MODES, Theme, icon

MENUS = ("file", "edit", "view", "insert", "flow", "play", "help")

Slot = Callable[[], object]

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
        "new_table": ("Ctrl+Shift+T",),
        "new_variable": ("Ctrl+Shift+B",),
        "new_task": ("Ctrl+Shift+K",),
        "new_section": ("Ctrl+Shift+G",),
        "larger_text": ("Ctrl+Alt+=", "Ctrl+Alt++"),
        "smaller_text": ("Ctrl+Alt+-",),
        "full_screen": ("F11",),
        "reset_panels": ("Alt+0",),
        "next_panel": ("F6",),
        "flow_properties": ("Alt+Return",),
        "site_properties": ("Ctrl+Alt+Return",),
        "shortcuts": ("Ctrl+/",),
        "theme_system": ("Ctrl+Alt+1",),
        "theme_light": ("Ctrl+Alt+2",),
        "theme_dark": ("Ctrl+Alt+3",),
        "about": ("Shift+F1",),
        "open_log": ("Ctrl+Shift+F1",),
        "clear_recent": (),
    }
)


@dataclass(frozen=True, slots=True)
class Spec:
    """One action of the window: its name, what it does, its icon, and whether the tool bar shows it."""

    name: str
    slot: Slot
    icon: str = ""


class Actions(QObject):
    """Makes actions and keeps their icons in the palette's colours."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._ideas: dict[QAction, str] = {}

    def make(self, spec: Spec) -> QAction:
        """Return an action from its specification, worded from the catalogue."""
        action = QAction(resources.text(f"shell.action.{spec.name}"), self._window)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in KEYS[spec.name]])
        tip = f"shell.tip.{spec.name}"
        if tip in resources.catalogue():
            action.setToolTip(resources.text(tip))
            action.setStatusTip(resources.text(tip))
        if spec.icon:
            self._ideas[action] = spec.icon
            action.setIcon(icon(spec.icon, self._window.palette()))
        action.triggered.connect(lambda: spec.slot())
        return action

    def redraw(self) -> None:
        """Draw all icons anew after the palette changed."""
        for action, idea in self._ideas.items():
            action.setIcon(icon(idea, self._window.palette()))


def made_menus(bar: QMenuBar) -> dict[str, QMenu]:
    """Add the menus to a menu bar, in their order; a menu without actions stays hidden until it has one."""
    menus = {name: bar.addMenu(resources.text(f"shell.menu.{name}")) for name in MENUS}
    for name, menu in menus.items():
        menu.setObjectName(f"menu_{name}")
        menu.setToolTipsVisible(True)
        menu.menuAction().setVisible(False)
    return menus


def add_to_menu(menu: QMenu, actions: Sequence[QAction | QMenu | None]) -> None:
    """Put actions at the end of a menu behind a separator; `None` is a separator of its own."""
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


def theme_menu(parent: QMenu, theme: Theme, actions: Actions) -> QMenu:
    """Return the menu that chooses the colours."""
    menu = QMenu(resources.text("shell.menu.theme"), parent)
    group = QActionGroup(menu)
    for mode in MODES:
        action = actions.make(Spec(f"theme_{mode}", lambda mode=mode: theme.set_mode(mode), mode))  # type: ignore[misc]  # mypy cannot type a lambda's default
        action.setCheckable(True)
        action.setChecked(theme.mode == mode)
        group.addAction(action)
        menu.addAction(action)
    theme.changed.connect(
        lambda mode: next(action for action in group.actions() if action.objectName() == f"theme_{mode}").setChecked(
            True
        )
    )
    return menu


def made_toolbar(window: QMainWindow) -> QToolBar:
    """Add the window's tool bar: icons with words, reachable by Tab."""
    bar = QToolBar(resources.text("shell.toolbar"), window)
    bar.setObjectName("tools")
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.setMovable(False)
    window.addToolBar(bar)
    return bar
