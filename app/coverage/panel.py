"""The coverage panel: measures what walks touch of the site, says how far that is, and lists what nothing touches."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QTreeView, QVBoxLayout, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.document.work import Work
from app.widgets.columns import Wrapped
from app.widgets.labels import Elided
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.processes.jobs import Data
from flow_models.processes.process import Failed

COVERING = "flow_models.checks.covering:cover"
"""The job by its name: what it needs is loaded by the other process alone."""

PAGE, WORDS = range(2)
COLUMNS = ("page", "missing")
WORDS_SHARE = 0.6
"""Of the width, for what is missing: the rest says on which page."""

NICENESS = 10
"""The window comes first where the system knows of manners."""

_ELEMENT = Qt.ItemDataRole.UserRole


class CoveragePanel(QWidget):
    """Measures the flow as it is; an edit makes the numbers go away, since they are of another one then."""

    measured = Signal(object)
    """Carries the share of each page in words, by its id; empty once they hold no more."""
    asked = Signal()
    """Somebody wants to see this panel."""
    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.state = Elided(resources.text("shell.coverage.not_yet"), self)
        self.button = QPushButton()
        self.button.clicked.connect(self.toggle)
        self.missing = QStandardItemModel(0, 2)
        self.missing.setHorizontalHeaderLabels([resources.text(f"shell.coverage.column.{name}") for name in COLUMNS])
        self.list = self._made_list()
        self._measure = QAction(resources.text("shell.action.measure_coverage"), self)
        self._measure.setObjectName("measure_coverage")
        self._measure.triggered.connect(self._ask)
        self._work = Work(self)
        self._work.progressed.connect(self._show_progress)
        self._work.finished.connect(self._show_result)
        self._work.failed.connect(self._show_failure)
        self._work.cancelled.connect(lambda: self._rest("stopped"))
        self._lay_out()
        self._name_button()
        session.flow_changed.connect(lambda *_: self._forget())

    @property
    def is_measuring(self) -> bool:
        """Whether something is being measured."""
        return self._work.is_running

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Return the commands for the window's menus."""
        return {"flow": [self._measure]}

    def shut_down(self) -> None:
        """End what is being measured."""
        self._work.end()

    def toggle(self) -> None:
        """Begin to measure, or end it."""
        if self._work.is_running:
            self._work.cancel()
            return
        self._clear()
        self._work.start(COVERING, {"flow": storage.dumps(self._session.flow)}, niceness=NICENESS)
        self.state.show_full(resources.text("shell.coverage.begun"))
        self._name_button()

    # Building

    def _made_list(self) -> QTreeView:
        made = QTreeView(rootIsDecorated=False, allColumnsShowFocus=True)
        made.setModel(self.missing)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setAccessibleName(resources.text("shell.coverage.list"))
        made.activated.connect(self._reveal)
        self._columns = Wrapped(made, WORDS, WORDS_SHARE)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.state, 1)
        head.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    # Showing

    def _ask(self) -> None:
        """Show this panel, and measure unless that is under way."""
        self.asked.emit()
        if not self._work.is_running:
            self.toggle()

    def _show_progress(self, parts: Sequence[int]) -> None:
        done, of = parts
        self.state.show_full(resources.text("shell.coverage.measuring", done=done, of=of))

    def _show_result(self, found: Data) -> None:
        words = resources.text("shell.coverage.whole", share=_in_words(found["share"]), count=len(found["missing"]))
        self.state.show_full(words)
        self.said.emit(words)
        for one in found["missing"]:
            self.missing.appendRow(_line(one))
        self._columns.fit()
        self._name_button()
        self.measured.emit({page: _in_words(share) for page, share in found["pages"].items()})

    def _show_failure(self, failure: object) -> None:
        self.state.show_full(failure.words if isinstance(failure, Failed) else resources.text("shell.coverage.failed"))
        self._name_button()

    def _forget(self) -> None:
        """Let go of what was measured, or is being: the flow is another one."""
        if self._work.is_running or self.missing.rowCount():
            self._work.end()
            self._rest("changed")
        self._clear()

    def _rest(self, why: str) -> None:
        """Say why there are no numbers."""
        self.state.show_full(resources.text(f"shell.coverage.{why}"))
        self._name_button()

    def _clear(self) -> None:
        self.missing.setRowCount(0)
        self.measured.emit({})

    def _name_button(self) -> None:
        self.button.setText(resources.text("shell.coverage.stop" if self.is_measuring else "shell.coverage.measure"))

    def _reveal(self, index: QModelIndex) -> None:
        self._selection.reveal(Element(*index.siblingAtColumn(PAGE).data(_ELEMENT)))


def _line(one: Data) -> list[QStandardItem]:
    """Return the line of something that nothing touches."""
    page = QStandardItem(one["title"] or resources.text("shell.coverage.shared"))
    page.setData((one["kind"], one["id"]), _ELEMENT)
    return [page, QStandardItem(one["words"])]


def _in_words(share: float) -> str:
    """Return a share in words; all of it is said only where nothing is missing."""
    return resources.text("shell.coverage.share", share=int(share * 100))
