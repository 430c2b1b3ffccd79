"""The log of a play: every step in words, and the way back to it."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTreeView, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview import wording
from app.preview.snapshot import Snapshot, StepLine
from app.theme import colours_of, icon

NUMBER: Final = 0
WHAT: Final = 1
OUTCOME: Final = 2
OUTCOME_SHARE: Final = 0.4
"""How much of the width what a step led to has; both columns keep theirs while one plays."""
NUMBER_WIDTH: Final = 44
_COLUMNS = ("number", "what", "outcome")

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StepsModel(QAbstractTableModel):
    """The steps of a snapshot as rows."""

    def __init__(self, palette: QPalette) -> None:
        super().__init__()
        self._palette = palette
        self._snapshot: Snapshot | None = None
        self._words: list[tuple[str, str, str]] = []

    @property
    def lines(self) -> Sequence[StepLine]:
        """The shown lines."""
        return () if self._snapshot is None else self._snapshot.steps

    @property
    def at(self) -> int:
        """The row of the shown moment."""
        return 0 if self._snapshot is None else self._snapshot.at

    def show(self, snapshot: Snapshot | None) -> None:
        """Show the steps of a play; lines that are there already stay where they are."""
        words = [] if snapshot is None else list(_worded(snapshot))
        here, there = len(self._words), len(words)
        if there > here:
            self.beginInsertRows(_ROOT, here, there - 1)
        elif there < here:
            self.beginRemoveRows(_ROOT, there, here - 1)
        self._snapshot, self._words = snapshot, words
        if there > here:
            self.endInsertRows()
        elif there < here:
            self.endRemoveRows()
        if there:
            self.dataChanged.emit(self.index(0, NUMBER), self.index(there - 1, OUTCOME))

    def set_palette(self, palette: QPalette) -> None:
        """Take other colours."""
        self._palette = palette
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many steps there are."""
        return 0 if parent.isValid() else len(self._words)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return resources.text(f"preview.steps.{_COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words[row][column]
        if role == Qt.ItemDataRole.FontRole and row == self.at:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.DecorationRole and column == NUMBER and row == self.at:
            return icon("play", self._palette, "playing")
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        return None

    def _colour(self, row: int, column: int) -> QColor | None:
        line, colours = self.lines[row], colours_of(self._palette)
        if row > self.at or line.number < 0:
            return colours.colour("muted")
        if column == OUTCOME and (line.error or line.refused):
            return colours.colour("warning")
        if column == OUTCOME and line.end_reason:
            return colours.colour("success" if line.end_reason == "success" else "error")
        return None


def _worded(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Yield for each step its number, what was done, and what it led to."""
    before = ""
    for line in snapshot.steps:
        outcome = wording.outcome_words(snapshot.flow, line, before)
        yield str(line.number) if line.number > 0 else "", wording.step_words(line, snapshot.flow), outcome
        before = line.page


class StepsPanel(QWidget):
    """Lists the steps of a play; choosing one goes there."""

    jump_wanted = Signal(int)
    """Carries the number of the moment to show."""

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del session, selection
        self.model = StepsModel(self.palette())
        self.tree = QTreeView(rootIsDecorated=False, uniformRowHeights=True, allColumnsShowFocus=True)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(resources.text("shell.panel.log"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(NUMBER, NUMBER_WIDTH)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.clicked.connect(self._chosen)
        self.tree.activated.connect(self._chosen)
        self._none = QLabel(resources.text("preview.steps.none"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._none.setProperty("role", "muted")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.tree)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the steps of the play that is on."""
        is_play = snapshot.mode == "play"
        self.model.show(snapshot if is_play else None)
        self._stack.setCurrentWidget(self.tree if is_play else self._none)
        if is_play:
            index = self.model.index(snapshot.at, WHAT)
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def _chosen(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        if line.number >= 0 and line.number != self.model.at:
            self.jump_wanted.emit(line.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between what was done and what it led to."""
        super().resizeEvent(event)
        self.tree.header().resizeSection(OUTCOME, round((self.width() - NUMBER_WIDTH) * OUTCOME_SHARE))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "model"):
            self.model.set_palette(self.palette())
