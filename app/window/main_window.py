"""The main window: builds every part, connects them, and shows the start screen or the canvas.

Panels come from `panels`; the window's own commands are in `own_commands`, what stands at its foot in `status`, and
the work of the File menu is done by `filing`.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

import resources
from app.canvas.view import CanvasPanel
from app.desktop.errors import TopHook
from app.desktop.folders import settings_folder, state_folder
from app.desktop.settings import Settings
from app.document.checking import Checking
from app.document.journal import Journal
from app.document.recent import RecentFiles
from app.document.recovery import journal_folder, left_behind
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.document.trial import Trial
from app.exporting.opener import ExportOpener
from app.start.screen import StartScreen
from app.theme import Theme
from app.widgets.bars import BarArea
from app.widgets.letters import WindowLetters
from app.widgets.order import go_on
from app.widgets.pressing import ReturnPresses
from app.window import own_commands
from app.window.covering import connect_coverage
from app.window.docks import Docks
from app.window.filing import Filing
from app.window.finder import Finder
from app.window.help import open_log
from app.window.menus import Menus
from app.window.panels import CANVAS_MENUS, CANVAS_TOOLS, PANELS, OffersMenus, PanelSpec, ShutsDown
from app.window.playing import connect_play
from app.window.screen import fit_first, stay_on_screen
from app.window.status import StatusLine
from app.window.workspaces import CANVAS
from app.words.elements import title_of_part
from flow_models.checks import Checker, Problem
from flow_models.document.flow import Flow

FRAMING_MS = (0, 300)
"""When a window that was just shown has its frame: a window manager may take a while."""


class MainWindow(QMainWindow):
    """One window with one open document."""

    def __init__(self, flow: Flow, theme: Theme, settings: Settings | None = None, *, tries_tasks: bool = True) -> None:
        """Build the window.

        Args:
            flow: What an untitled document starts with.
            theme: The look.
            settings: What the person chose; `None` reads it from the usual place.
            tries_tasks: Whether a process of its own tries the tasks out in pauses.
        """
        super().__init__()
        self._theme = theme
        self._settings = settings or Settings(settings_folder())
        self._state = state_folder()
        self.recent = RecentFiles(settings_folder())
        self.session = DocumentSession(flow, self)
        self.selection = Selection(self.session)
        self.journal = Journal(self.session, journal_folder(self._state), self)
        trial = Trial(self) if tries_tasks else None
        self.checking = Checking(self.session, Checker().check, trial, self)
        self.hook = TopHook(self.session, self._state, self)
        self.panels: dict[str, QWidget] = {}
        self._closes_for_good = False
        ReturnPresses(self)
        WindowLetters(self)
        self.bars = BarArea()
        self.filing = Filing(self.session, self.recent, self._state, self._settings, self.bars, self)
        self.exporting = ExportOpener(self.session, self._settings, self)
        self.menus = Menus(self)
        self.tools = self.menus.tools
        self.docks = Docks(self, self._settings)
        self._build_centre()
        self.status = StatusLine(self.statusBar(), self.bars, self.session, self.selection)
        self._build_commands()
        self._connect()
        self._show_title()
        self._show_problems(())
        fit_first(self)
        self.docks.restore()

    # Building

    def _build_centre(self) -> None:
        self.start = StartScreen()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.docks.room)
        self.pages.addWidget(self.start)
        self.setCentralWidget(self.pages)
        for spec in PANELS:
            self.docks.add(spec)
        self.canvas = CanvasPanel(self.session, self.selection)
        self.panels[CANVAS] = self.canvas
        self.docks.fill(CANVAS, self.canvas)

    def _build_commands(self) -> None:
        """Fill the menus and tools: what they begin with, the panels' own, what they end with."""
        menus, session = self.menus, self.session
        self._take_in(self.canvas)
        own_commands.FileCommands(menus, session, self.filing, self.recent, self.show_start)
        own_commands.StepCommands(menus, session, self.status.say)
        for name, commands in CANVAS_MENUS.items():
            menus.add(name, *(self.canvas.actions_by_name[command] for command in commands))
        self._add_panels(is_late=False)
        block = own_commands.add_blocks(menus, session, self.selection, self.status.say)
        page, *others = (self.canvas.actions_by_name[name] for name in CANVAS_TOOLS)
        menus.add_tools([page, block, *others])
        own_commands.add_leaving(menus, self.exporting.show)
        finder = Finder(menus, session, self.selection, self.docks, self.panels, self.show_canvas)
        own_commands.add_finding(menus, finder)
        own_commands.add_view(menus, self._theme, self.docks, self.stops, self.show_start)
        menus.add_workspaces(self.docks.actions.values())
        own_commands.add_elements(menus, session, self.selection)
        own_commands.add_help(menus, self.bars)

    def add_panel(self, spec: PanelSpec) -> None:
        """Make a panel, put it into its frame, and take in what it offers."""
        panel = spec.make(self.session, self.selection)
        self.panels[spec.name] = panel
        self.docks.fill(spec.name, panel)
        self._take_in(panel)

    def add_late_panels(self) -> None:
        """Make the panels that load much; the window is on the screen by now."""
        self._add_panels(is_late=True)
        connect_play(self.panels, self.canvas, self.docks)
        connect_coverage(self.panels, self.canvas, self.docks)

    def _add_panels(self, *, is_late: bool) -> None:
        for spec in PANELS:
            if spec.is_late == is_late and spec.name not in self.panels:
                self.add_panel(spec)

    def _take_in(self, panel: QWidget) -> None:
        if isinstance(panel, OffersMenus):
            for name, actions in panel.menu_actions().items():
                self.menus.add(name, *actions)
        said = getattr(panel, "said", None)
        if said is not None:
            said.connect(self.status.say)

    def _connect(self) -> None:
        session = self.session
        session.flow_changed.connect(self._flow_changed)
        session.path_changed.connect(self._show_title)
        session.dirty_changed.connect(self.setWindowModified)
        session.opened.connect(self._document_opened)
        session.problems_changed.connect(self._show_problems)
        self.docks.wanted.connect(self.show_canvas)
        self.status.badge.clicked.connect(lambda: self.docks.show("problems"))
        self.filing.said.connect(self.status.say)
        self.hook.told.connect(self._tell_crash)
        self.journal.failed.connect(self._tell_unsafe)
        self.filing.restored.connect(self.journal.replace)
        self.start.flow_chosen.connect(self.filing.start_from)
        self.start.file_chosen.connect(self.filing.open_path)
        self.start.open_wanted.connect(self.filing.choose_and_open)
        self.start.restore_wanted.connect(self.filing.restore)
        self.start.back_wanted.connect(self.show_canvas)

    # Showing

    def show_start(self) -> None:
        """Show the start screen in place of the canvas and its panels."""
        if self.pages.currentWidget() is self.start:
            return
        self.start.show_choices(left_behind(journal_folder(self._state)), self.recent.paths())
        self.pages.setCurrentWidget(self.start)
        self.start.setFocus()

    def show_canvas(self) -> None:
        """Show the canvas, with the panels as they were."""
        if self.pages.currentWidget() is self.docks.room:
            return
        self.pages.setCurrentWidget(self.docks.room)
        self.canvas.setFocus()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard goes through: the panels or the start screen, then messages and tools."""
        places = self.docks.stops() if self.pages.currentWidget() is self.docks.room else [self.start]
        return [*places, *self.bars.messages().values(), self.tools]

    def offer_recovery(self) -> bool:
        """Show the start screen if a crash left unsaved work behind; return whether it did."""
        if left_behind(journal_folder(self._state)):
            self.show_start()
            return True
        return False

    def mention_recovery(self) -> None:
        """Say above the work that a crash left unsaved work behind, if it did."""
        if left_behind(journal_folder(self._state)):
            choice = (resources.text("shell.bar.show_recovered"), self.show_start)
            self.bars.tell("recovered", "info", resources.text("shell.bar.recovered"), [choice])

    def _document_opened(self) -> None:
        self.selection.clear()
        self._show_title()
        self.show_canvas()

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        if before.title != after.title:
            self._show_title()

    def _show_title(self, _path: Path | None = None) -> None:
        path = self.session.path
        title = title_of_part(self.session.flow, self.session.flow)
        file = f" ({path.name})" if path else ""
        self.setWindowTitle(resources.text("shell.title", title=f"{title}{file}[*]", app=resources.text("shell.app")))
        self.setWindowFilePath(str(path) if path else "")
        self.setWindowModified(self.session.is_dirty)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Put badges on the pages, and the count where it is seen with the panel closed."""
        self.canvas.show_problems(problems)
        self.status.show_problems(problems)
        words = self.status.badge.text() if problems else resources.text("shell.panel.problems")
        self.docks.retitle("problems", words)

    def _tell_crash(self, sentence: str) -> None:
        self.bars.tell("crash", "error", sentence, [(resources.text("shell.crash.log"), lambda: open_log(self.bars))])

    def _tell_unsafe(self, reason: str) -> None:
        choice = (resources.text("shell.word.save"), self.filing.save)
        self.bars.tell("journal", "warning", resources.text("shell.bar.unsafe", reason=reason), [choice])

    # Ending and looks

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on by Tab as the eye reads."""
        return go_on(self, self.focusWidget(), is_next=is_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once if everything is saved; else ask, without blocking, and close when that is answered."""
        if self.session.is_dirty and not self._closes_for_good:
            event.ignore()
            self.filing.make_safe(self._close_for_good)
            return
        self.docks.keep()
        for panel in self.panels.values():
            if isinstance(panel, ShutsDown):
                panel.shut_down()
        self.exporting.shut_down()
        self.checking.stop()
        self.journal.remove()
        self.hook.remove()
        event.accept()

    def _close_for_good(self) -> None:
        self._closes_for_good = True
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        # Qt tells of the first palette while the window is still being built.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "status"):
            self.menus.redraw()
            self._show_problems(self.session.problems)
            self.docks.redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether all of the window is on the screen, once it has its frame."""
        super().showEvent(event)
        for delay in FRAMING_MS:
            QTimer.singleShot(delay, self, lambda: stay_on_screen(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the size, for a start after a crash too."""
        super().resizeEvent(event)
        self.docks.keep_soon()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the place."""
        super().moveEvent(event)
        self.docks.keep_soon()
