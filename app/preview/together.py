"""Two variants side by side, played in step: a click in one is done in the other, and differences are said in words.

Import this module late: Qt WebEngine takes a third of a second to load.
"""

import threading
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

import resources
from app.preview import host
from app.preview.browser import Browser
from app.preview.following import follow
from app.preview.message import Message
from app.preview.pair import Difference, apart
from app.preview.play import Play
from app.preview.showing import Showing
from app.preview.wording import page_words
from app.theme import icon
from app.widgets.labels import Elided
from app.widgets.screen import resize_within
from app.words.menus import unmarked
from app.words.variants import described
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, FormulaFaultError, Machine, MachineError, Result
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import draw
from flow_models.runtime.site.server import SiteServer
from flow_models.runtime.site.web import Session

WIDE_SITE = 1080
"""CSS pixels across: from 1,024 on, a navigation at the side stands there."""

RELOAD_MS = 150
"""Typing in one view loads the other one once for several letters."""


class Side(QWidget):
    """One of the two views, with its own episode."""

    stepped = Signal(object)
    """Carries an `Event` that somebody did in this view."""
    shuffle_wanted = Signal()
    plain_wanted = Signal()

    def __init__(self, server: SiteServer, parent: QWidget) -> None:
        super().__init__(parent)
        self._server = server
        self._session: Session | None = None
        self.play: Play | None = None
        self.origin = ""
        self.words = Elided("", self)
        self.browser = Browser(self, WIDE_SITE)
        self._buttons = {
            "shuffle": QPushButton(unmarked(resources.text("preview.action.shuffle"))),
            "undo": QPushButton(unmarked(resources.text("preview.action.as_drawn"))),
        }
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 6)
        head.setSpacing(6)
        head.addWidget(self.words, 1)
        for button in self._buttons.values():
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.browser, 1)
        self._buttons["shuffle"].clicked.connect(self.shuffle_wanted)
        self._buttons["undo"].clicked.connect(self.plain_wanted)
        self._timer = QTimer(self, singleShot=True, interval=RELOAD_MS)
        self._timer.timeout.connect(self.load)
        self._draw_icons()

    @property
    def variant(self) -> Variant:
        """The variant that is shown."""
        return PLAIN if self.play is None else self.play.origin.variant

    def begin(self, showing: Showing, machine: Machine, variant: Variant) -> None:
        """Show a page in a variant; what was done here since the same beginning is done again.

        Raises:
            MachineError: The task is not there or has no instance for this seed.
            KeyError: Data that was changed by hand is not there.
            FormulaFaultError: Data that was changed by hand is of another type.
        """
        origin = replace(showing.origin, variant=variant)
        old = self.play
        is_same = old is not None and replace(old.origin, variant=PLAIN) == replace(origin, variant=PLAIN)
        play = old.on(machine, variant) if old is not None and is_same else Play(machine, origin)
        site = showing.site.dressed(variant)
        if self._session is None:
            self._session = Session(play, site, reports_drafts=True, listener=self._heard)
            self.origin = self._server.add(self._session)
        else:
            with self._session.lock:
                self._session.visit, self._session.site = play, site
        self.play = play
        words = described(variant, showing.looks)
        self.words.show_full(words)
        self.words.setToolTip(words)
        self._buttons["undo"].setEnabled(variant != PLAIN)
        self.browser.view.setAccessibleName(words)
        self.load()

    def follow(self, event: Event) -> bool:
        """Do what was done in the other view; say whether that was possible."""
        session, play = self._session, self.play
        if session is None or play is None:
            return False
        with session.lock:
            is_done = follow(play, event)
        self._timer.start()
        return is_done

    def restart(self) -> None:
        """Go back to the beginning."""
        if self._session is not None and self.play is not None:
            with self._session.lock:
                self.play.jump(0)
            self.load()

    def load(self) -> None:
        """Let the browser show what the site shows now."""
        if self.play is not None:
            self.browser.show_site(self.origin, self.play.state.top.page, is_picture=False)

    def shut_down(self) -> None:
        """End the browser and the session."""
        self._timer.stop()
        self.browser.shut_down()
        if self.origin:
            self._server.remove(self.origin)

    def _heard(self, event: Event, result: Result) -> None:
        """Hear of a step of this view, in a thread of the server."""
        if threading.current_thread() is not threading.main_thread() and not result.error:
            self.stepped.emit(event)

    def _draw_icons(self) -> None:
        for idea, button in self._buttons.items():
            button.setIcon(icon(idea, self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._draw_icons()


class Together(QWidget):
    """A window with two variants of one site, played in step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(resources.text("variation.together.title"))
        self._showing: Showing | None = None
        self._shuffles = 0
        self.sides = (Side(host.server(), self), Side(host.server(), self))
        self.goal = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.goal.setProperty("role", "heading")
        self.again = QPushButton(unmarked(resources.text("preview.action.restart")))
        self.verdict = Message("together_verdict", self)
        top = QHBoxLayout()
        top.setContentsMargins(10, 8, 10, 4)
        top.addWidget(self.goal, 1)
        top.addWidget(self.again)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for side in self.sides:
            split.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(split, 1)
        layout.addWidget(self.verdict)
        resize_within(self, QSize(1280, 820))
        split.setSizes([640, 640])
        self.again.clicked.connect(self._restart)
        for number, side in enumerate(self.sides):
            side.stepped.connect(
                lambda event, number=number: self._stepped(number, event), Qt.ConnectionType.QueuedConnection
            )
            side.shuffle_wanted.connect(lambda number=number: self._shuffle(number))
            side.plain_wanted.connect(lambda number=number: self._dress(number, PLAIN))

    def begin(self, showing: Showing, shown: Variant) -> None:
        """Show a page twice: as it is drawn, and in another variant; a window that is open keeps its variants."""
        is_first = self._showing is None
        self._showing = showing
        self.goal.setText(self._goal(showing))
        variants = [side.variant for side in self.sides]
        if is_first:
            self._shuffles = 1
            variants = [PLAIN, draw(showing.program, self._shuffles) if shown == PLAIN else shown]
        for number, variant in enumerate(variants):
            self._dress(number, variant)

    def shut_down(self) -> None:
        """End both browsers."""
        for side in self.sides:
            side.shut_down()
        self.close()

    def _goal(self, showing: Showing) -> str:
        """Return what is played here."""
        if showing.origin.rules:
            return showing.begun(PLAIN)[0].goal
        return resources.text("variation.together.start", page=page_words(showing.flow, showing.page))

    def _shuffle(self, number: int) -> None:
        if self._showing is not None:
            self._shuffles += 1
            self._dress(number, draw(self._showing.program, self._shuffles))

    def _dress(self, number: int, variant: Variant) -> None:
        """Show one side in a variant, on a machine of its own."""
        showing = self._showing
        if showing is None:
            return
        try:
            self.sides[number].begin(showing, Machine(showing.program), variant)
        except (MachineError, KeyError, FormulaFaultError):
            self.verdict.say(resources.text("preview.trouble.no_start"), "warning")
        else:
            self._judge()

    def _restart(self) -> None:
        for side in self.sides:
            side.restart()
        self._judge()

    def _stepped(self, number: int, event: Event) -> None:
        """Do on the other side what somebody did on this one."""
        is_done = self.sides[1 - number].follow(event)
        self._judge(None if is_done else number)

    def _judge(self, ahead: int | None = None) -> None:
        """Say whether both sides are in step; `ahead` is the side whose event the other could not do."""
        left, right = (side.play for side in self.sides)
        if left is None or right is None or self._showing is None:
            return
        flow = self._showing.flow
        difference = apart(left, right)
        if difference.kind:
            self.verdict.say(_difference_words(flow, difference), "warning")
        elif ahead is not None:
            self.verdict.say(resources.text(f"variation.together.behind_{ahead}"), "warning")
        elif left.end_reason:
            words = resources.text(f"preview.end.{left.end_reason}.title")
            self.verdict.say(resources.text("variation.together.both_ended", end=words), "success")
        else:
            page = page_words(flow, left.state.top.page)
            self.verdict.say(resources.text("variation.together.in_step", page=page), "success")


def _difference_words(flow: Flow, difference: Difference) -> str:
    """Return where two plays stand apart."""
    if difference.kind == "end":
        left, right = (
            resources.text(f"preview.end.{reason}.title") if reason else resources.text("variation.together.running")
            for reason in (difference.left, difference.right)
        )
    else:
        left, right = (
            page_words(flow, page) if page or difference.kind == "page" else resources.text("variation.together.none")
            for page in (difference.left, difference.right)
        )
    return resources.text(f"variation.together.{difference.kind}", left=left, right=right)
