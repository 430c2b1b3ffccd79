"""The main window: builds every part, connects them, and holds nothing else.

Panels come from `panels`; the File menu's work is done by `filing`; menus are worded in `menus`.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

import resources
from app.desktop.errors import TopHook
from app.desktop.folders import log_folder, settings_folder, state_folder
from app.desktop.settings import Settings
from app.document.checking import Checking
from app.document.journal import Journal, journal_folder, left_behind
from app.document.recent import RecentFiles
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.document.trial import Trial
from app.exporting.opener import ExportOpener
from app.finding.candidates import elements_of, problems_of
from app.finding.commands import commands_of, found_commands
from app.finding.palette import Palette
from app.outline.panel import OutlinePanel
from app.problems.score import by_severity
from app.start.screen import StartScreen
from app.theme import Theme, icon
from app.widgets.bars import BarArea
from app.window.docks import Docks
from app.window.filing import Filing
from app.window.help import actions_in, show_about, show_shortcuts
from app.window.inserting import MAKERS, insert
from app.window.menus import Actions, Spec, add_to_menu, made_menus, made_toolbar, theme_menu
from app.window.panels import CANVAS_MENUS, PANELS, OffersMenus, OffersTools, PanelSpec, ShutsDown, central_panel
from app.window.playing import connect_play
from app.words.counts import counted
from app.words.elements import kind_word, title_of, title_of_part
from flow_models.checks import SEVERITIES, Checker, Problem
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

STATUS_MS = 6000


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
        self._build_centre()
        self.filing = Filing(self.session, self.recent, self._state, self.bars, self)
        self.exporting = ExportOpener(self.session, self._settings, self)
        self._actions = Actions(self)
        self.menus = made_menus(self.menuBar())
        self._panels_menu = QMenu(resources.text("shell.menu.panels"), self)
        self.docks = Docks(self, self._settings, self._panels_menu)
        self.tools = made_toolbar(self)
        self._build_status()
        self._build_menus()
        for name, commands in CANVAS_MENUS.items():
            add_to_menu(self.menus[name], [self.canvas.actions_by_name[command] for command in commands])
        for spec in PANELS:
            if not spec.is_late:
                self.add_panel(spec)
        self._add_history()
        self._finish_menus()
        self._connect()
        self._show_title()
        self._show_counts()
        self._show_problems(())
        self.resize(1440, 900)
        self.docks.remember_defaults()
        self.docks.restore()

    # Building

    def _build_centre(self) -> None:
        self.bars = BarArea()
        self.start = StartScreen()
        self.canvas = central_panel(self.session, self.selection)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.canvas)
        self.pages.addWidget(self.start)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bars)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

    def _build_status(self) -> None:
        self._selected = QLabel()
        self._counts = QLabel()
        for label in (self._selected, self._counts):
            label.setContentsMargins(6, 0, 6, 0)
            self.statusBar().addPermanentWidget(label)
        self._badge = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon, autoRaise=True)
        self._badge.setToolTip(resources.text("shell.tip.problems"))
        self._badge.clicked.connect(lambda: self.docks.show("problems"))
        self.statusBar().addPermanentWidget(self._badge)

    def _build_menus(self) -> None:
        make, filing, stack = self._actions.make, self.filing, self.session.undo_stack
        self._recent_menu = QMenu(resources.text("shell.menu.recent"), self)
        self._recent_menu.aboutToShow.connect(self._list_recent)
        new = make(Spec("new", self.show_start, "new"))
        opened = make(Spec("open", filing.choose_and_open, "open"))
        save = make(Spec("save", lambda: filing.save(), "save"))
        self._reload = make(Spec("reload", filing.reload, "reload"))
        file = [
            new,
            opened,
            self._recent_menu,
            None,
            save,
            make(Spec("save_as", lambda: filing.choose_and_save(), "save_as")),
            make(Spec("save_copy", filing.choose_and_copy, "copy")),
            self._reload,
        ]
        add_to_menu(self.menus["file"], file)
        self._undo = make(Spec("undo", self._step_back, "undo"))
        self._redo = make(Spec("redo", self._step_forward, "redo"))
        for signal in (stack.undoTextChanged, stack.redoTextChanged, stack.canUndoChanged, stack.canRedoChanged):
            signal.connect(self._name_steps)
        self._name_steps()
        add_to_menu(self.menus["edit"], [self._undo, self._redo])
        self.tools.addActions([new, opened, save])
        self.tools.addSeparator()
        self.tools.addActions([self._undo, self._redo])

    def _step_back(self) -> None:
        step = self.session.undo_stack.undoText()
        self.session.undo()
        self.say(resources.text("shell.status.undone", step=step))

    def _step_forward(self) -> None:
        step = self.session.undo_stack.redoText()
        self.session.redo()
        self.say(resources.text("shell.status.redone", step=step))

    def _name_steps(self) -> None:
        """Name the next step back and forth in the menu; the tool bar's words stay short, so that nothing moves."""
        stack = self.session.undo_stack
        for action, step, can in (
            (self._undo, stack.undoText(), stack.canUndo()),
            (self._redo, stack.redoText(), stack.canRedo()),
        ):
            words = resources.text(f"shell.action.{action.objectName()}")
            action.setText(f"{words} {step}" if step else words)
            action.setIconText(words.replace("&", ""))
            action.setToolTip(action.text().replace("&", ""))
            action.setEnabled(can)

    def _finish_menus(self) -> None:
        """Add what stands behind the panels' own actions."""
        make, theme = self._actions.make, self._theme
        export = make(Spec("export", self.exporting.show, "export"))
        self.tools.addSeparator()
        self.tools.addAction(export)
        add_to_menu(self.menus["file"], [export])
        add_to_menu(self.menus["file"], [make(Spec("quit", self.close, "close"))])
        add_to_menu(
            self.menus["edit"],
            [make(Spec("find", self._find, "search")), make(Spec("find_anything", self._find_anything, "search"))],
        )
        view = [
            self._panels_menu,
            make(Spec("next_panel", lambda: self.docks.next_after(self.focusWidget(), self.canvas))),
            make(Spec("reset_panels", self.docks.reset)),
            None,
            theme_menu(self.menus["view"], theme, self._actions),
            make(Spec("larger_text", lambda: theme.set_text_step(theme.text_step + 1))),
            make(Spec("smaller_text", lambda: theme.set_text_step(theme.text_step - 1))),
            make(Spec("full_screen", self._toggle_full_screen)),
            make(Spec("start", self.show_start, "start")),
        ]
        add_to_menu(self.menus["view"], view)
        news = [
            make(Spec(f"new_{kind}", lambda kind=kind: insert(self.session, self.selection, kind), kind))  # type: ignore[misc]  # mypy cannot type a lambda's default
            for kind in MAKERS
        ]
        add_to_menu(self.menus["insert"], news)
        properties = [
            make(Spec("flow_properties", lambda: self.selection.reveal(Element("flow", self.session.flow.id)), "flow")),
            make(Spec("site_properties", lambda: self.selection.reveal(Element("site", "site")), "site")),
        ]
        add_to_menu(self.menus["flow"], properties)
        helping = [
            make(Spec("shortcuts", lambda: show_shortcuts(self), "help")),
            make(Spec("open_log", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder()))))),
            make(Spec("about", lambda: show_about(self), "about")),
        ]
        add_to_menu(self.menus["help"], helping)

    def add_panel(self, spec: PanelSpec) -> None:
        """Make a panel, put it into its dock, and take in what it offers."""
        panel = spec.make(self.session, self.selection)
        self.panels[spec.name] = panel
        self.docks.add(spec, panel)
        self._take_in(panel)

    def add_late_panels(self) -> None:
        """Make the panels that load much; the window is on the screen by now."""
        for spec in PANELS:
            if spec.is_late and spec.name not in self.panels:
                self.add_panel(spec)
        connect_play(self.panels, self.canvas, self.docks)
        self.docks.remember_defaults()
        self.docks.restore()

    def _take_in(self, panel: QWidget) -> None:
        if isinstance(panel, OffersMenus):
            for name, actions in panel.menu_actions().items():
                add_to_menu(self.menus[name], list(actions))
        if isinstance(panel, OffersTools):
            self.tools.addSeparator()
            self.tools.addActions(list(panel.toolbar_actions()))
        said = getattr(panel, "said", None)
        if said is not None:
            said.connect(self.say)

    def _add_history(self) -> None:
        view = QUndoView(self.session.undo_stack)
        view.setEmptyLabel(resources.text("shell.history_start"))
        view.setAccessibleName(resources.text("shell.panel.history"))
        spec = PanelSpec(
            "history", lambda *_: view, Qt.DockWidgetArea.LeftDockWidgetArea, "history", "Alt+9", "outline"
        )
        self.docks.add(spec, view)

    def _connect(self) -> None:
        session = self.session
        session.flow_changed.connect(self._flow_changed)
        session.path_changed.connect(self._show_title)
        session.dirty_changed.connect(self.setWindowModified)
        session.opened.connect(self._document_opened)
        session.problems_changed.connect(self._show_problems)
        self.selection.changed.connect(self._show_selected)
        self.filing.said.connect(self.say)
        self.hook.told.connect(self._tell_crash)
        self.journal.failed.connect(self._tell_unsafe)
        self.start.flow_chosen.connect(self.filing.start_from)
        self.start.file_chosen.connect(self.filing.open_path)
        self.start.open_wanted.connect(self.filing.choose_and_open)
        self.start.restore_wanted.connect(self.filing.restore)
        self.start.back_wanted.connect(self.show_canvas)

    # Showing

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar for a while."""
        self.statusBar().showMessage(sentence, STATUS_MS)

    def show_start(self) -> None:
        """Show the start screen in place of the canvas and its panels."""
        if self.pages.currentWidget() is self.start:
            return
        self.start.show_choices(left_behind(journal_folder(self._state)), self.recent.paths())
        self.docks.put_aside()
        self.pages.setCurrentWidget(self.start)
        self.start.setFocus()

    def show_canvas(self) -> None:
        """Show the canvas, with the panels as they were."""
        if self.pages.currentWidget() is self.canvas:
            return
        self.pages.setCurrentWidget(self.canvas)
        self.docks.bring_back()
        self.canvas.setFocus()

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
        self._show_counts()
        self.show_canvas()

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        if before.title != after.title:
            self._show_title()
        self._show_counts()

    def _show_title(self, _path: Path | None = None) -> None:
        path = self.session.path
        title = title_of_part(self.session.flow, self.session.flow)
        file = f" ({path.name})" if path else ""
        self.setWindowTitle(resources.text("shell.title", title=f"{title}{file}[*]", app=resources.text("shell.app")))
        self.setWindowFilePath(str(path) if path else "")
        self.setWindowModified(self.session.is_dirty)
        self._reload.setEnabled(path is not None)

    def _show_counts(self) -> None:
        flow = self.session.flow
        counts = {
            "pages": counted("page", len(flow.pages)),
            "transitions": counted("transition", len(flow.transitions)),
            "tasks": counted("task", len(flow.tasks)),
        }
        self._counts.setText(resources.text("shell.status.counts", **counts))

    def _show_selected(self, _elements: Sequence[Element]) -> None:
        current = self.selection.current
        if current is None:
            self._selected.clear()
            return
        title = title_of(self.session.flow, current)
        self._selected.setText(resources.text("shell.status.selected", kind=kind_word(current.kind), title=title))

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Put badges on the pages, and the count where it is seen with the panel closed."""
        self.canvas.show_problems(problems)
        found = by_severity(problems)
        worst = next((severity for severity in SEVERITIES if found[severity]), "success")
        self._badge.setIcon(icon(worst, self.palette(), worst))
        name = "badge" if problems else "badge_none"
        self._badge.setText(resources.text(f"shell.problems.{name}", count=len(problems)))
        self.docks.by_name["problems"].setWindowTitle(
            self._badge.text() if problems else resources.text("shell.panel.problems")
        )

    def _list_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.recent.paths():
            action = self._recent_menu.addAction(f"{path.name}   {path.parent}")
            action.triggered.connect(lambda _checked=False, path=path: self.filing.open_path(path))
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction(resources.text("shell.action.no_recent")).setEnabled(False)
            return
        self._recent_menu.addSeparator()
        self._recent_menu.addAction(self._actions.make(Spec("clear_recent", self.recent.clear)))

    def _tell_crash(self, sentence: str) -> None:
        folder = QUrl.fromLocalFile(str(log_folder()))
        choice = (resources.text("shell.crash.log"), lambda: QDesktopServices.openUrl(folder))
        self.bars.tell("crash", "error", sentence, [choice])

    def _tell_unsafe(self, reason: str) -> None:
        choice = (resources.text("shell.word.save"), self.filing.save)
        self.bars.tell("journal", "warning", resources.text("shell.bar.unsafe", reason=reason), [choice])

    # Moving about

    def _find(self) -> None:
        self.docks.show("outline")
        outline = self.panels["outline"]
        if isinstance(outline, OutlinePanel):
            outline.focus_filter()

    def _find_anything(self) -> None:
        commands = commands_of(action for menu in self.menus.values() for action in actions_in(menu))
        candidates = [
            *elements_of(self.session.flow),
            *problems_of(self.session.problems),
            *found_commands(commands),
        ]
        palette = Palette(candidates, commands, self)
        palette.element_chosen.connect(self._go_to)
        palette.open()

    def _go_to(self, element: Element) -> None:
        self.show_canvas()
        self.selection.reveal(element)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # Ending and looks

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
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_actions"):
            self._actions.redraw()
            self._show_problems(self.session.problems)
            self.docks.redraw()
