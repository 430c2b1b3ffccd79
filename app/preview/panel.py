"""The preview panel: the selected page as it is drawn, and the browser in which the flow is played.

It owns the preview's thread and tells the other panels, through the window, what is shown (`snapshot_changed`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview import host, wording
from app.preview.backstage import Backstage
from app.preview.controls import Controls, allowed_now
from app.preview.head import AnswerLine, PlayHead
from app.preview.message import Message
from app.preview.parts import Part
from app.preview.play import Edit, Origin
from app.preview.showing import Showing
from app.preview.snapshot import Snapshot
from app.preview.solution import SolutionPlayer
from app.preview.stage import Stage
from app.preview.taking import PageTaking
from app.preview.trimming import only_moved
from app.preview.widths import SITE_WIDTHS, AddressLine
from app.theme import icon
from app.words.elements import page_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.solver.walk import Walk

if TYPE_CHECKING:
    from app.preview.browser import Browser
    from app.preview.together import Together

NOTE_MS = 6000


class PreviewPanel(QWidget):
    """The browser inside the app."""

    snapshot_changed = Signal(object)
    """Carries the `Snapshot` that is shown now."""
    pictured = Signal(int)
    """Carries the serial number of the snapshot whose page the browser has painted."""
    page_changed = Signal()
    """Another page is selected."""
    lent = Signal(object, object)
    """Carries who asked for the shown page, and a `Showing`."""
    wants_to_be_seen = Signal()
    """A play begins: the panel should come to the front."""
    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._page = session.flow.site.start or ""
        self.snapshot: Snapshot | None = None
        self.together: Together | None = None
        self._shuffles = 0
        host.begin()
        self.backstage = Backstage(host.server())
        self.controls = Controls(self, self._slots())
        self.controls.actions["play"].setMenu(QMenu(self))
        self.solution = SolutionPlayer(self.backstage.solve, self.backstage.step, self)
        self._build()
        self._connect()
        self._list_tasks(session.flow)
        self._enable()
        self.ask()

    # Offered to the window

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Return the commands for the window's menus."""
        return {"view": list(self.address.actions_by_name.values()), "play": list(self.controls.actions.values())}

    def stops(self) -> Sequence[QWidget]:
        """Return the page: F6 goes there besides the commands above it."""
        return [] if self.browser is None or self.browser.isHidden() else [self.browser]

    def test_from(self, page: str) -> None:
        """Use a page in the browser, in the state of its picture."""
        self._page = page
        self.wants_to_be_seen.emit()
        self.backstage.test(self._session.flow, page)

    def play_task(self, task: str, seed: int = 0) -> None:
        """Play an instance of a task."""
        self.wants_to_be_seen.emit()
        self.backstage.play(self._session.flow, Origin(task, seed, rules=True))

    def play_walk(self, walk: Walk, done: int) -> None:
        """Let a walk play itself (-1), or stand where it is after some steps, for the person to go on."""
        self.wants_to_be_seen.emit()
        origin = Origin(walk.task, walk.seed, rules=True, variant=walk.variant)
        self.solution.await_play(origin, walk.events if done < 0 else ())
        self.backstage.walk(self._session.flow, origin, walk.events[: max(done, 0)])

    def shuffle(self) -> None:
        """Show the site in another variant."""
        self._shuffles += 1
        self.solution.forget()
        self.backstage.shuffle(self._session.flow, self._page, self._shuffles)

    def show_variant(self, variant: Variant) -> None:
        """Show the site in a variant."""
        self.solution.forget()
        self.backstage.dress(self._session.flow, self._page, variant)

    def lend(self, borrower: object) -> None:
        """Make the selected page ready for another view; `lent` tells."""
        if self._page:
            self.backstage.lend(borrower, self._session.flow, self._page)

    def compare(self) -> None:
        """Open a window in which two variants are played side by side, in step."""
        if self.together is None:
            from app.preview.together import Together

            self.together = Together(self)
        self.together.show()
        self.together.raise_()
        self.together.activateWindow()
        self.lend(self.together)

    def stop(self) -> None:
        """End the play and show the selected page."""
        self.solution.forget()
        self.backstage.stop(self._session.flow, self._page)

    def jump(self, number: int) -> None:
        """Go back to a moment of the play, or forward again."""
        self.solution.forget()
        self.backstage.jump(number)

    def edit_data(self, edit: Edit) -> None:
        """Change the site's data by hand."""
        self.backstage.edit(edit)

    def ask(self) -> None:
        """Ask for the page that is to be shown now."""
        if self._page:
            self.backstage.show_page(self._session.flow, self._page)
            if self.together is not None and self.together.isVisible():
                self.lend(self.together)
        elif not self._session.flow.pages:
            self._show(Snapshot(0, self._session.flow, "empty", trouble="preview.hint.no_pages"))

    @property
    def browser(self) -> "Browser | None":
        """The browser, once it was needed."""
        return self.stage.browser

    @property
    def is_playing(self) -> bool:
        """Whether a play is on."""
        return self.snapshot is not None and self.snapshot.mode == "play"

    def shut_down(self) -> None:
        """End the thread and the browser; nothing is asked of the panel afterwards."""
        self.solution.forget()
        self.backstage.close()
        if self.together is not None:
            self.together.shut_down()
            self.together = None
        self.stage.shut_down()

    # Building

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "test": self._test,
            "stop": self.stop,
            "restart": lambda: self.jump(0),
            "back": lambda: self._move(-1),
            "forward": lambda: self._move(1),
            "solution": lambda: self.solution.toggle(),
            "solution_step": lambda: self.solution.one(),
            "shuffle": self.shuffle,
            "as_drawn": lambda: self.show_variant(PLAIN),
            "compare": self.compare,
        }

    def _build(self) -> None:
        self.head = PlayHead(self.controls, self)
        self.address = AddressLine(self)
        self.message = Message("preview_message", self, resources.text("preview.action.go_there"))
        self.message.followed.connect(self._go_to_left_out)
        self._note = ""
        self._note_timer = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._note_timer.timeout.connect(lambda: self._note_down(""))
        self.answer = AnswerLine(self)
        self.stage = Stage(self)
        self.taking = PageTaking(self.stage, self._session, self._selection, self._shown_parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.head, self.address):
            layout.addWidget(widget)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self.answer)
        layout.addWidget(self.message)
        self.escape = QAction(self)
        self.escape.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self.escape.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.escape.triggered.connect(self._escape)
        self.addAction(self.escape)

    def _shown_parts(self) -> tuple[str, tuple[Part, ...]]:
        """Return the page that is shown, and its blocks; empty if none is."""
        if self.snapshot is None or self.snapshot.mode == "empty":
            return "", ()
        return self.snapshot.page, self.backstage.parts()

    def _connect(self) -> None:
        session, backstage = self._session, self.backstage
        session.flow_changed.connect(self._flow_changed)
        session.opened.connect(self._opened)
        self._selection.changed.connect(self._selected)
        # Told in the preview's thread and in the server's, and queued, so that widgets are touched in their own.
        backstage.shown.connect(self._show, Qt.ConnectionType.QueuedConnection)
        backstage.solved.connect(self._solved, Qt.ConnectionType.QueuedConnection)
        backstage.lent.connect(self._lent, Qt.ConnectionType.QueuedConnection)
        backstage.refused.connect(self._refuse, Qt.ConnectionType.QueuedConnection)
        self.solution.said.connect(self._say)
        self.solution.aimed.connect(self._point_at)
        self.solution.changed.connect(lambda: self.controls.show_solution(is_playing=self.solution.is_playing))
        self.head.seed_chosen.connect(self._choose_seed)
        self.head.speed_chosen.connect(self.solution.set_speed)
        self.address.width_chosen.connect(self._choose_width)
        self.stage.painted.connect(self._painted)
        self.stage.touched.connect(lambda: self._say(resources.text("preview.hint.picture")))
        self.stage.lost.connect(lambda: self._say(resources.text("preview.hint.lost")))
        self.answer.acted.connect(backstage.step)
        self.destroyed.connect(backstage.close)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(backstage.close)

    # What the person does

    def _test(self) -> None:
        if self._page:
            self.test_from(self._page)

    def _move(self, by: int) -> None:
        if self.snapshot is not None and self.is_playing:
            self.jump(self.snapshot.at + by)

    def _choose_seed(self, seed: int) -> None:
        if self.snapshot is not None and self.is_playing:
            self.play_task(self.snapshot.origin.task, seed)

    def _choose_width(self, name: str) -> None:
        self.wants_to_be_seen.emit()
        self.stage.set_site_width(SITE_WIDTHS[name])

    def _escape(self) -> None:
        if self.is_playing:
            self.stop()

    def _go_to_left_out(self) -> None:
        parts = () if self.snapshot is None else wording.left_out_here(self.snapshot)
        if parts:
            self._selection.reveal(parts[0].element)

    def _selected(self, elements: tuple[Element, ...]) -> None:
        page = page_of(self._session.flow, elements[-1]) if elements else None
        if page is not None and page != self._page:
            self._page = page
            self.ask()
            self.page_changed.emit()

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        if before.tasks != after.tasks:
            self._list_tasks(after)
        if self._page not in after.pages_by_id:
            self._page = after.site.start or (after.pages[0].id if after.pages else "")
        if before.id != after.id or not only_moved(before, after):
            self.ask()
        self._enable()

    def _opened(self) -> None:
        self.backstage.forget()
        self._page = self._session.flow.site.start or self._page
        self.ask()

    # What the preview says

    def _show(self, snapshot: Snapshot) -> None:
        was_playing = self.is_playing
        self.snapshot = snapshot
        self.solution.follow(snapshot)
        self.head.show_snapshot(snapshot)
        self.answer.show_snapshot(snapshot)
        if self.is_playing != was_playing or snapshot.end_reason:
            self._note = ""
        self._tell()
        self.address.show_address(snapshot.url)
        if snapshot.mode == "empty":
            self.stage.show_hint(snapshot.trouble)
        else:
            self.stage.show_snapshot(self.backstage.origin, snapshot)
        if self.is_playing and not was_playing:
            self.stage.take_keyboard()
        self._enable()
        self.snapshot_changed.emit(snapshot)

    def _painted(self) -> None:
        if self.snapshot is not None:
            if self.solution.aim is not None:
                self._point_at(self.solution.aim)
            self.pictured.emit(self.snapshot.serial)

    def _solved(self, found: tuple[str, int, str, tuple[Event, ...]]) -> None:
        task, seed, status, events = found
        origin = None if self.snapshot is None else self.snapshot.origin
        if origin is not None and self.is_playing and (origin.task, origin.seed) == (task, seed):
            self.solution.show_plan(status, events)

    def _lent(self, borrower: object, showing: Showing) -> None:
        if self.together is not None and borrower is self.together:
            shown = PLAIN if self.snapshot is None else self.snapshot.origin.variant
            self.together.begin(showing, shown)
        self.lent.emit(borrower, showing)

    def _point_at(self, event: Event) -> None:
        """Show which control the solution uses next."""
        self.stage.point_at(self.backstage.name_of(event))

    def _refuse(self, message_id: str) -> None:
        self._say(resources.text(message_id))

    def _say(self, words: str) -> None:
        self._note_down(words)
        self._note_timer.start()
        # Where the preview is seen, it says so itself.
        if not self.message.isVisible():
            self.said.emit(words)

    def _note_down(self, words: str) -> None:
        """Say something for a moment, or no longer."""
        self._note = words
        self._tell()

    def _tell(self) -> None:
        """Say what matters most: the last note, why a play stopped or ended, what is missing, what is shown."""
        snapshot = self.snapshot
        if self._note or snapshot is None:
            self.message.say(self._note, "info" if self._note else "")
            return
        left_out = wording.left_out_words(snapshot)
        for words, tone in (
            (wording.stop_words(snapshot), "warning"),
            (wording.end_words(snapshot), wording.end_tone(snapshot.end_reason)),
            (left_out, "warning"),
        ):
            if words:
                self.message.say(words, tone, leads_on=words is left_out)
                return
        self.message.say(wording.shown_words(snapshot))

    def _list_tasks(self, flow: Flow) -> None:
        menu = self.controls.actions["play"].menu()
        if not isinstance(menu, QMenu):
            return
        menu.clear()
        for task in flow.tasks:
            action = menu.addAction(icon("task", self.palette()), (task.title or task.name).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, name=task.name: self.play_task(name))

    def _enable(self) -> None:
        allowed = allowed_now(self.snapshot, has_page=bool(self._page), has_tasks=bool(self._session.flow.tasks))
        for name, is_allowed in allowed.items():
            self.controls.actions[name].setEnabled(is_allowed)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        """Load what was not loaded while nobody saw it."""
        super().showEvent(event)
        if self.snapshot is not None and self.snapshot.mode != "empty":
            self.stage.load_again(self.backstage.origin, self.snapshot)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "controls"):
            self.controls.redraw()
            self._list_tasks(self._session.flow)
