"""The film strip of a problem: the pages of the walk that shows it, and what can be done with the walk."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

import resources
from app.document.session import DocumentSession
from app.document.work import Work
from app.problems.cards import Cards, CardsModel
from app.problems.filming import Film, Filming
from app.theme import icon
from app.widgets.labels import Elided
from flow_models.checks.problem import Problem
from flow_models.document import storage
from flow_models.solver.walk import Walk, walk_of

BUTTONS = {"play": "play", "another": "shuffle", "shorter": "forward", "from_here": "record", "save": "save"}
"""The buttons with their icons, in their order."""

SHOWING = "flow_models.checks.trying:show_otherwise"
"""The job that finds other walks, by its name."""

ROUND = 60
"""Seeds of the instances among which another way is looked for at a time, as many as a trial draws from."""


LOW = 130
"""Pixels below which the cards have all the height; the goal is in their description then."""


class WalkStrip(QWidget):
    """Shows one walk at a time; it is hidden where a problem has none."""

    wanted = Signal(object, int)
    """Carries a `Walk` that is to be played, and after how many steps somebody goes on otherwise; -1 for its end."""
    said = Signal(str)

    def __init__(self, session: DocumentSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._problem: Problem | None = None
        self._walks: list[Walk] = []
        self._at = 0
        self._rounds = 0
        self._flow = session.flow
        self.model = CardsModel()
        self.cards = Cards(self.model, self)
        self.cards.activated.connect(self._go_on)
        self.title = Elided("", self)
        self.title.setProperty("role", "muted")
        self.buttons = {name: self._made_button(name, idea) for name, idea in BUTTONS.items()}
        self._filming: Filming | None = None
        self._work = Work(self)
        self._work.finished.connect(self._take_others)
        self._work.failed.connect(lambda _failure: self._take_others([]))
        self._lay_out()
        self.hide()

    @property
    def walk(self) -> Walk | None:
        """The walk that is shown."""
        return self._walks[self._at] if self._walks else None

    def show_problem(self, problem: Problem | None) -> None:
        """Show the walk of a problem, or nothing; the same problem keeps what was found of it."""
        is_same = problem is not None and problem == self._problem and bool(self._walks)
        self._problem = problem
        if is_same and self._flow is self._session.flow:
            return
        if not is_same:
            self._work.end()
            self._rounds = 0
            self._at = 0
            self._walks = [] if problem is None or problem.walk is None else [problem.walk, *problem.others]
        self._show(self._at)

    def shut_down(self) -> None:
        """End the thread and what is looked for in another process."""
        self._work.end()
        if self._filming is not None:
            self._filming.jobs.close()
            self._filming = None

    def redraw(self, palette: QPalette) -> None:
        """Draw the icons in a palette's colours, which comes along: this strip hears of a new one only later."""
        for name, idea in BUTTONS.items():
            self.buttons[name].setIcon(icon(idea, palette))

    # What the person does

    def play(self) -> None:
        """Let the preview play the walk."""
        if self.walk is not None:
            self.wanted.emit(self.walk, -1)

    def another(self) -> None:
        """Show another walk to the same problem; one that is not known yet is looked for in other instances."""
        if self._at + 1 < len(self._walks):
            self._show(self._at + 1)
        elif self._problem is not None and self.walk is not None and not self._work.is_running:
            self._rounds += 1
            self.said.emit(resources.text("walk.strip.looking"))
            asked = {
                "flow": storage.dumps(self._session.flow),
                "task": self.walk.task,
                "first": self._rounds * ROUND,
                "code": self._problem.code,
                "elements": self._problem.elements,
            }
            self._work.start(SHOWING, asked)
            self._enable()

    def shorter(self) -> None:
        """Look for fewer steps to the same end."""
        if self.walk is not None:
            self._made_filming().shorten(self._session.flow, self.walk)

    def from_here(self) -> None:
        """Let the preview stand at the chosen page, where the person goes on."""
        index = self.cards.currentIndex()
        if self.walk is not None and index.isValid():
            self.wanted.emit(self.walk, index.row())

    def save(self) -> None:
        """Ask where the walk is to be written as one file for a browser."""
        dialog = QFileDialog(self, resources.text("walk.strip.save_title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(resources.text("walk.strip.save_filter"))
        dialog.setDefaultSuffix("html")
        # Where there is no screen there is no system's dialog either.
        is_bare = QGuiApplication.platformName() in ("offscreen", "minimal")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, is_bare)
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the walk as one file for a browser."""
        if self.walk is not None and self._problem is not None:
            self._made_filming().write(self._session.flow, self.walk, self._problem.sentence(), path)

    # How it is done

    def _made_button(self, name: str, idea: str) -> QToolButton:
        button = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("role", "small")
        button.setIcon(icon(idea, self.palette()))
        button.setText(resources.text(f"walk.strip.{name}"))
        button.setToolTip(resources.text(f"walk.strip.{name}_tip"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(getattr(self, name))
        return button

    def _lay_out(self) -> None:
        """Put the buttons below each other at the side, so that they stand whole in a low panel too."""
        side = QVBoxLayout()
        side.setSpacing(0)
        for button in self.buttons.values():
            side.addWidget(button)
        side.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.cards, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addLayout(side)
        line.addLayout(column, 1)

    def _show(self, number: int) -> None:
        """Show one of the walks that are known."""
        self._at = number
        self._flow = self._session.flow
        self.model.show(None)
        self.title.show_full("")
        self.setVisible(self.walk is not None)
        self._enable()
        if self.walk is not None:
            self._made_filming().film(self._session.flow, self.walk)

    def _made_filming(self) -> Filming:
        """Return what makes films; its thread begins with the first walk."""
        if self._filming is None:
            self._filming = Filming()
            self._filming.filmed.connect(self._take_film, Qt.ConnectionType.QueuedConnection)
            self._filming.shortened.connect(self._take_shorter, Qt.ConnectionType.QueuedConnection)
            self._filming.written.connect(self._tell_written, Qt.ConnectionType.QueuedConnection)
            self._filming.failed.connect(self._raise, Qt.ConnectionType.QueuedConnection)
            self.destroyed.connect(self._filming.jobs.close)
        return self._filming

    def _take_film(self, film: Film) -> None:
        if film.walk is not self.walk:
            return
        self.model.show(film)
        words = resources.text("walk.strip.title", count=len(film.walk.events), goal=film.goal)
        self.title.show_full(words if film.frames else resources.text("walk.file.lost"))
        self.cards.setAccessibleDescription(words)
        if film.frames:
            last = self.model.index(len(film.frames) - 1)
            self.cards.setCurrentIndex(last)
            self.cards.scrollTo(last)
        self._enable()

    def _take_shorter(self, walk: Walk, found: Walk | None) -> None:
        if walk is not self.walk:
            return
        if found is None:
            self.said.emit(resources.text("walk.strip.shortest"))
            return
        self._walks[self._at] = found
        self.said.emit(resources.text("walk.strip.shortened", count=len(walk.events) - len(found.events)))
        self._show(self._at)

    def _tell_written(self, path: Path, why_not: str) -> None:
        self.said.emit(why_not or resources.text("walk.strip.saved", file=path.name))

    def _take_others(self, told: list[dict[str, object]]) -> None:
        """Take the walks that were found in other instances; without any the first one comes again."""
        found = [walk_of(one) for one in told]
        self._walks += [walk for walk in found if walk not in self._walks]
        if self._at + 1 < len(self._walks):
            self._show(self._at + 1)
            return
        self.said.emit(resources.text("walk.strip.no_other"))
        self._show(0)

    def _enable(self) -> None:
        has_film = bool(self.model.frames)
        for name, button in self.buttons.items():
            button.setEnabled(has_film and not (name == "another" and self._work.is_running))

    def _go_on(self, _index: QModelIndex) -> None:
        self.from_here()

    def _raise(self, bug: Exception) -> None:
        """Let a bug that the thread met be told as any other."""
        raise bug

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the line above the cards out where every line counts."""
        super().resizeEvent(event)
        self.title.setVisible(self.height() >= LOW)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing while nobody sees it."""
        super().hideEvent(event)
        self._work.end()
        self._enable()
