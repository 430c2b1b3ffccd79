"""What is not right yet in the form, said in a place of its own at the foot, with the fix where there is one.

The place is kept whether there is something to say or not: checks finish at any moment, and what they find must not
move the form under somebody's hand.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

import resources
from app.inspector.pictures import picture
from app.inspector.shared import Shared
from app.widgets.labels import Kept
from app.widgets.styling import set_look
from flow_models.checks.problem import Problem

LINES = 2
"""Of a message; longer ones end in dots, and stand in the tooltip as a whole."""


class Remark(NamedTuple):
    """One thing to say: `error`, `warning`, `hint` or `note`, the sentence, and the problem if the checks found it."""

    severity: str
    sentence: str
    problem: Problem | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same remark; the checks make their problems anew."""
        return self.severity, self.sentence


NONE = Remark("", "")


def remark_of(problem: Problem) -> Remark:
    """Return what there is to say about a problem."""
    return Remark(problem.severity, problem.sentence(), problem)


class Remarks(QFrame):
    """Shows one remark of several, and leads from one to the next."""

    left = Signal()
    """The keyboard is on a fix that goes."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._remarks: tuple[Remark, ...] = ()
        self._shown = NONE
        self._is_held = False
        self.setProperty("role", "remarks")
        self._mark = QLabel(self)
        self._mark.setFixedSize(16, 16)
        self.words = Kept(LINES, self)
        self.fix = QPushButton(self)
        self.fix.setProperty("role", "fix")
        self.fix.setIcon(picture("fix", self.palette(), "accent"))
        self.fix.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.next = QToolButton(self)
        self.next.setProperty("role", "small")
        self.next.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.next.setToolTip(resources.text("inspector.remarks.next"))
        self.next.setAccessibleName(resources.text("inspector.remarks.next"))
        self._lay_out()
        self.fix.clicked.connect(self._fix)
        self.next.clicked.connect(self._step)
        self._show(NONE)

    def _lay_out(self) -> None:
        for widget in (self.fix, self.next):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.words, 1)
        foot.addWidget(self.fix, 1)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 4)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(foot)

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Say these things, one at a time; the one that is shown stays as long as it holds."""
        same = next((remark for remark in remarks if remark.key == self._shown.key), None)
        # A click on its way to this fix must not meet another one, nor the same once more.
        self._is_held = self.underMouse() and (self._is_held or (same is None and self._shown is not NONE))
        self._remarks = remarks
        self._show(same or next(iter(remarks), NONE))

    def lead(self, remarks: tuple[Remark, ...]) -> None:
        """Say these things from the first one on: the keyboard came to another field."""
        self._is_held = False
        self._remarks = remarks
        self._show(next(iter(remarks), NONE))

    def leaveEvent(self, event: QEvent) -> None:
        """Offer the fix that came while the pointer was here."""
        super().leaveEvent(event)
        self._is_held = False
        self._show(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the pictures in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "next"):
            self.fix.setIcon(picture("fix", self.palette(), "accent"))
            self._show(self._shown)

    def _show(self, remark: Remark) -> None:
        self._shown = remark
        self.words.say(remark.sentence or resources.text("inspector.remarks.none"))
        tone = {"hint": "info", "note": ""}.get(remark.severity, remark.severity)
        set_look(self, "tone", tone, self.words)
        idea = remark.severity or "check"
        self._mark.setPixmap(picture(idea, self.palette(), remark.severity or "muted").pixmap(16, 16))
        fix = None if remark.problem is None else remark.problem.fix
        words = "" if fix is None else fix.sentence()
        self.fix.setText(words.replace("&", "&&"))
        self.fix.setToolTip(words)
        self._offer(is_offered=fix is not None and not self._is_held)
        count = len(self._remarks)
        place = self._remarks.index(remark) + 1 if self._remarks else 0
        self.next.setText(resources.text("inspector.remarks.place", place=place, count=count))
        self.next.setVisible(count > 1)

    def _offer(self, *, is_offered: bool) -> None:
        """Show the fix or not; the keyboard goes back into the form with it, never to what comes next in the window."""
        if self.fix.hasFocus() and not is_offered:
            self.left.emit()
        self.fix.setVisible(is_offered)

    def _fix(self) -> None:
        if self._shown.problem is not None:
            self._shared.fix(self._shown.problem)

    def _step(self) -> None:
        if self._remarks:
            self._show(self._remarks[(self._remarks.index(self._shown) + 1) % len(self._remarks)])
