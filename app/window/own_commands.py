"""The window's own commands: what each menu begins and ends with; what stands between comes from the panels."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

import resources
from app.blocks.palette import BlockPalette
from app.blocks.placing import add_selected
from app.document.recent import RecentFiles
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.theme import Theme
from app.widgets.bars import BarArea
from app.window.docks import Docks, next_after
from app.window.filing import Filing
from app.window.finder import Finder
from app.window.help import open_log, show_about, show_shortcuts
from app.window.inserting import MAKERS, insert
from app.window.menus import Menus, theme_menu
from app.words.menus import unmarked
from flow_models.document.elements import Element, ElementKind


class FileCommands(QObject):
    """New, open, save and their like, with the list of recent files."""

    def __init__(
        self,
        menus: Menus,
        session: DocumentSession,
        filing: Filing,
        recent: RecentFiles,
        show_start: Callable[[], object],
    ) -> None:
        super().__init__(menus)
        self._filing = filing
        self._recent = recent
        make = menus.make
        self._clear = make("clear_recent", recent.clear)
        self._recent_menu = QMenu(resources.text("shell.menu.recent"), menus.window)
        self._recent_menu.aboutToShow.connect(self._list_recent)
        self._reload = make("reload", filing.reload, "reload")
        new = make("new", show_start, "new")
        opened = make("open", filing.choose_and_open, "open")
        save = make("save", lambda: filing.save(), "save")
        menus.add(
            "file",
            new,
            opened,
            self._recent_menu,
            None,
            save,
            make("save_as", lambda: filing.choose_and_save(), "save_as"),
            make("save_copy", filing.choose_and_copy, "copy"),
            self._reload,
        )
        menus.add_tools([save])
        session.path_changed.connect(self._allow_reload)
        self._allow_reload(session.path)

    def _allow_reload(self, path: Path | None) -> None:
        self._reload.setEnabled(path is not None)

    def _list_recent(self) -> None:
        self._recent_menu.clear()
        for path in self._recent.paths():
            action = self._recent_menu.addAction(f"{path.name}   {path.parent}")
            action.triggered.connect(lambda _checked=False, path=path: self._filing.open_path(path))
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction(resources.text("shell.action.no_recent")).setEnabled(False)
            return
        self._recent_menu.addSeparator()
        self._recent_menu.addAction(self._clear)


class StepCommands(QObject):
    """Undo and redo, named after the step that they take."""

    def __init__(self, menus: Menus, session: DocumentSession, say: Callable[[str], object]) -> None:
        super().__init__(menus)
        self._session = session
        self._say = say
        self._undo = menus.make("undo", self._step_back, "undo")
        self._redo = menus.make("redo", self._step_forward, "redo")
        menus.add("edit", self._undo, self._redo)
        menus.add_tools([self._undo, self._redo])
        session.steps_changed.connect(self._name_steps)
        self._name_steps()

    def _step_back(self) -> None:
        step = self._session.undo_stack.undoText()
        self._session.undo()
        self._say(resources.text("shell.status.undone", step=step))

    def _step_forward(self) -> None:
        step = self._session.undo_stack.redoText()
        self._session.redo()
        self._say(resources.text("shell.status.redone", step=step))

    def _name_steps(self) -> None:
        """Name the next step back and forth in the menu; the tool bar's words stay short, so that nothing moves."""
        stack = self._session.undo_stack
        for action, step, can in (
            (self._undo, stack.undoText(), stack.canUndo()),
            (self._redo, stack.redoText(), stack.canRedo()),
        ):
            words = resources.text(f"shell.action.{action.objectName()}")
            action.setText(f"{words} {step}" if step else words)
            action.setIconText(unmarked(words))
            action.setToolTip(unmarked(action.text()))
            action.setEnabled(can)


def add_leaving(menus: Menus, export: Callable[[], object]) -> None:
    """End the File menu with exporting and closing, and the tools with exporting."""
    action = menus.make("export", export, "export")
    menus.add_tools([action])
    menus.add("file", action)
    menus.add("file", menus.make("quit", menus.window.close, "close"))


def add_finding(menus: Menus, finder: Finder) -> None:
    """End the Edit menu with what finds things."""
    menus.add(
        "edit",
        menus.make("find", finder.find, "search"),
        menus.make("find_anything", finder.find_anything, "search"),
    )


def add_view(
    menus: Menus, theme: Theme, docks: Docks, stops: Callable[[], list[QWidget]], show_start: Callable[[], object]
) -> None:
    """End the View menu with the panels, the looks, and what fills the window."""
    make, window = menus.make, menus.window
    menus.add(
        "view",
        *docks.actions.values(),
        None,
        docks.menu,
        make("large_page", lambda: docks.toggle_large("preview"), "large"),
        make("next_panel", lambda: next_after(window.focusWidget(), stops())),
        make("previous_panel", lambda: next_after(window.focusWidget(), stops(), -1)),
        make("close_panel", docks.close_current),
        make("reset_panels", docks.reset),
        None,
        theme_menu(menus, theme),
        make("larger_text", lambda: theme.set_text_step(theme.text_step + 1)),
        make("smaller_text", lambda: theme.set_text_step(theme.text_step - 1)),
        make("full_screen", lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)),
        make("start", show_start, "start"),
    )


def add_blocks(menus: Menus, session: DocumentSession, selection: Selection, say: Callable[[str], object]) -> QAction:
    """Offer the palette of blocks in the Insert menu; it opens under the button that the tool bar makes of the action.

    Returns:
        The action, for the tool bar.
    """

    def add(kind: str) -> None:
        refused = add_selected(session, selection, kind)
        if refused:
            say(refused)

    def offer() -> None:
        BlockPalette(menus.window, add).open_under(menus.tools.widgetForAction(action))

    action = menus.make("add_block", offer, "block")
    # Short, so that in large text nothing of the tool bar goes behind ».
    action.setIconText(resources.text("shell.palette.tool"))
    menus.add("insert", action)
    return action


def add_elements(menus: Menus, session: DocumentSession, selection: Selection) -> None:
    """End the Insert menu with what has no place on the canvas, and the Flow menu with the forms of the whole."""

    def inserting(kind: ElementKind) -> Callable[[], object]:
        return lambda: insert(session, selection, kind)

    make = menus.make
    menus.add("insert", *(make(f"new_{kind}", inserting(kind), kind) for kind in MAKERS))
    menus.add(
        "flow",
        make("flow_properties", lambda: selection.reveal(Element("flow", session.flow.id)), "flow"),
        make("site_properties", lambda: selection.reveal(Element("site", "site")), "site"),
    )


def add_help(menus: Menus, bars: BarArea) -> None:
    """Fill the Help menu."""
    make, window = menus.make, menus.window
    menus.add(
        "help",
        make("shortcuts", lambda: show_shortcuts(window), "help"),
        make("open_log", lambda: open_log(bars)),
        make("about", lambda: show_about(window), "about"),
    )
