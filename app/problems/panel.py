"""The problems panel: score, list, the walk that shows the chosen one, its fix with its preview, all fixes at once."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.fixing import fix, fix_all, fixes_for_all
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.problems.model import FIX, SENTENCE, WHERE, ProblemsModel
from app.problems.score import by_severity, ready_tasks
from app.problems.strip import WalkStrip
from app.theme import icon
from app.widgets.columns import Wrapped
from app.widgets.labels import Elided
from app.words.counts import counted
from flow_models.checks.problem import SEVERITIES, Problem

PREVIEW_LINES = 12

SENTENCE_SHARE = 0.55
"""Of the width, for the sentence: the rest says where and what would mend it."""


NARROW = 380
"""Pixels below which the list shows kinds and sentences alone."""

WIDE = 620
"""Pixels from which on the walk of a problem stands beside the list."""

TREE_SHARE, STRIP_SHARE = 2, 3
"""How list and walk share the room at first."""


class ProblemsPanel(QWidget):
    """Lists what is not right yet. Nothing here blocks or asks."""

    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._model = ProblemsModel(self.palette())
        self.score = QLabel()
        self.score.setProperty("role", "heading")
        self.counts = Elided("", self)
        self.counts.setProperty("role", "muted")
        self.trial = Elided("", self)
        self.trial.setProperty("role", "muted")
        self.fix_button = QPushButton()
        self.fix_all_button = QPushButton()
        self.tree = self._made_tree()
        self.strip = WalkStrip(session, self)
        self.strip.said.connect(self.said)
        self._none = QLabel(resources.text("shell.problems.none"), alignment=Qt.AlignmentFlag.AlignCenter)
        self._none.setProperty("role", "muted")
        self._actions = self._made_actions()
        self._lay_out()
        session.problems_changed.connect(self._show)
        session.trial_progressed.connect(self._show_trial)
        session.flow_changed.connect(lambda *_: self._show_score())
        self._show(session.problems)

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Return the commands for the window's menus."""
        return {"flow": list(self._actions.values())}

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) problem and reveal it."""
        count = self._model.rowCount()
        if not count:
            self.said.emit(resources.text("shell.problems.none"))
            return
        current = self.tree.currentIndex()
        start = current.row() if current.isValid() else (-1 if by > 0 else 0)
        index = self._model.index((start + by) % count, SENTENCE)
        self.tree.setCurrentIndex(index)
        self._reveal(index)
        self.said.emit(self._model.problems[index.row()].sentence())

    def stops(self) -> Sequence[QWidget]:
        """Return the pages of the walk that is shown: F6 goes there besides the list."""
        return [] if self.strip.isHidden() else [self.strip.cards]

    def shut_down(self) -> None:
        """End what is looked for in the background."""
        self.strip.shut_down()

    def fix_current(self) -> None:
        """Apply the chosen problem's fix as one step that can be undone."""
        problem = self._current()
        if problem is None or problem.fix is None:
            return
        self.said.emit(fix(self._session, problem) or problem.fix.sentence())

    def fix_all(self) -> None:
        """Apply every fix that still fits, as one step that can be undone."""
        words = fix_all(self._session, self._model.problems)
        if words:
            self.said.emit(words)

    # Building

    def _made_tree(self) -> QTreeView:
        tree = QTreeView(rootIsDecorated=False, allColumnsShowFocus=True)
        tree.setModel(self._model)
        tree.setAccessibleName(resources.text("shell.panel.problems"))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        Wrapped(tree, SENTENCE, SENTENCE_SHARE, spare=(WHERE, FIX), narrow=NARROW)
        tree.selectionModel().currentChanged.connect(self._show_fix)
        tree.doubleClicked.connect(self._reveal)
        jump = QAction(tree)
        jump.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        jump.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        jump.triggered.connect(lambda: self._reveal(tree.currentIndex()))
        tree.addAction(jump)
        return tree

    def _made_actions(self) -> dict[str, QAction]:
        slots = {
            "next_problem": ("F8", lambda: self.step(1)),
            "previous_problem": ("Shift+F8", lambda: self.step(-1)),
            "fix": ("Ctrl+.", self.fix_current),
            "fix_all": ("Ctrl+Shift+.", self.fix_all),
        }
        actions: dict[str, QAction] = {}
        for name, (keys, slot) in slots.items():
            action = QAction(resources.text(f"shell.action.{name}"), self)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            actions[name] = action
        return actions

    def _lay_out(self) -> None:
        self.fix_button.clicked.connect(self.fix_current)
        self.fix_all_button.clicked.connect(self.fix_all)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.score)
        head.addWidget(self.counts, 1)
        head.addWidget(self.trial, 1)
        head.addWidget(self.fix_button)
        head.addWidget(self.fix_all_button)
        self._split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._split.addWidget(self.tree)
        self._split.addWidget(self.strip)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    # Showing

    def _show(self, problems: tuple[Problem, ...]) -> None:
        former = self._current()
        self._model.show(problems, self._session.flow)
        if former in self._model.problems:
            self.tree.setCurrentIndex(self._model.index(self._model.problems.index(former), SENTENCE))
        self._stack.setCurrentWidget(self._split if problems else self._none)
        found = by_severity(problems)
        counts = [counted(severity, found[severity]) for severity in SEVERITIES if found[severity]]
        self.counts.show_full(", ".join(counts))
        fixes = [offered.sentence() for offered in fixes_for_all(self._session, problems)]
        self.fix_all_button.setText(resources.text("shell.problems.fix_all", count=len(fixes)))
        self.fix_all_button.setToolTip("\n".join(fixes[:PREVIEW_LINES] + ["…"] * (len(fixes) > PREVIEW_LINES)))
        self.fix_all_button.setEnabled(bool(fixes))
        self._actions["fix_all"].setEnabled(bool(fixes))
        self._show_fix()
        self._show_score()

    def _show_score(self) -> None:
        flow = self._session.flow
        if not flow.tasks:
            self.score.setText(resources.text("shell.problems.no_tasks"))
            return
        ready = len(ready_tasks(flow, self._session.found))
        self.score.setText(resources.text("shell.problems.score", ready=ready, tasks=counted("task", len(flow.tasks))))

    def _show_trial(self, done: int, parts: int) -> None:
        self.trial.show_full(resources.text("shell.problems.trying", done=done, parts=parts) if parts else "")

    def _show_fix(self, *_: QModelIndex) -> None:
        problem = self._current()
        offered = problem.fix if problem else None
        words = resources.text("shell.problems.fix")
        missing = "none" if problem else "pick"
        preview = offered.sentence() if offered else resources.text(f"shell.problems.fix_{missing}")
        self.fix_button.setText(words)
        self.fix_button.setIcon(icon("fix", self.palette()))
        self.fix_button.setToolTip(preview)
        self.fix_button.setAccessibleName(resources.text("shell.problems.fix_named", preview=preview))
        was_hidden = self.strip.isHidden()
        self.strip.show_problem(problem)
        if was_hidden and not self.strip.isHidden():
            self._split.setSizes([TREE_SHARE * self.width(), STRIP_SHARE * self.width()])
        self.fix_button.setEnabled(offered is not None)
        self._actions["fix"].setEnabled(offered is not None)

    def _current(self) -> Problem | None:
        row = self.tree.currentIndex().row()
        problems = self._model.problems
        return problems[row] if 0 <= row < len(problems) else None

    def _reveal(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.problems[index.row()].elements:
            self._selection.reveal(self._model.problems[index.row()].elements[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the walk beside the list where the panel is wide, else below it."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._model.set_palette(self.palette())
            self.strip.redraw(self.palette())
            self._show_fix()
