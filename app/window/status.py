"""The status bar: what happened, what is selected, how much there is, and the worst problem as a badge."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QStatusBar, QToolButton

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.problems.score import by_severity
from app.theme import icon
from app.widgets.bars import BarArea
from app.widgets.labels import Elided
from app.words.counts import counted
from app.words.elements import kind_word, title_of
from flow_models.checks import SEVERITIES, Problem
from flow_models.document.elements import Element

STATUS_MS = 6000
_INDENT = 8


class StatusLine(QObject):
    """Keeps a window's status bar in step with the session and the selection."""

    def __init__(self, bar: QStatusBar, messages: BarArea, session: DocumentSession, selection: Selection) -> None:
        super().__init__(bar)
        self._bar = bar
        self._session = session
        self._selection = selection
        self.said = Elided("", bar)
        self._selected = Elided("", bar)
        self._counts = Elided("", bar)
        self._quiet = QTimer(self, singleShot=True, interval=STATUS_MS)
        self._quiet.timeout.connect(lambda: self.said.show_full(""))
        # All in fixed parts of the line: what comes and goes in one of them moves none of the others.
        for widget, part in ((self.said, 4), (messages, 6), (self._selected, 3), (self._counts, 3)):
            bar.addPermanentWidget(widget, part)
        # Words begin where those of the panels above begin.
        bar.setContentsMargins(_INDENT, 0, 0, 0)
        bar.setSizeGripEnabled(False)
        self.badge = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon, autoRaise=True)
        self.badge.setToolTip(resources.text("shell.tip.problems"))
        bar.addPermanentWidget(self.badge)
        session.flow_changed.connect(lambda *_: self._show_counts())
        selection.changed.connect(self._show_selected)
        self._show_counts()
        self.show_problems(session.problems)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.said.show_full(sentence)
        self._quiet.start()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show on the badge how many problems there are, and how bad the worst is."""
        found = by_severity(problems)
        # A note is nothing that one has to mend.
        count = found.total() - found["note"]
        worst = next((severity for severity in SEVERITIES if found[severity] and severity != "note"), "success")
        self.badge.setIcon(icon(worst, self._bar.window().palette(), worst))
        name = "badge" if count else "badge_none"
        self.badge.setText(resources.text(f"shell.problems.{name}", count=count))

    def _show_counts(self) -> None:
        flow = self._session.flow
        counts = {
            "pages": counted("page", len(flow.pages)),
            "transitions": counted("transition", len(flow.transitions)),
            "tasks": counted("task", len(flow.tasks)),
        }
        self._counts.show_full(resources.text("shell.status.counts", **counts))

    def _show_selected(self, _elements: Sequence[Element]) -> None:
        current = self._selection.current
        if current is None:
            self._selected.show_full("")
            return
        title = title_of(self._session.flow, current)
        self._selected.show_full(resources.text("shell.status.selected", kind=kind_word(current.kind), title=title))
