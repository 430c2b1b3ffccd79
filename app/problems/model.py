"""The problems as Qt's table model: kind, sentence, where, fix."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QPalette

import resources
from app.theme import colours_of, icon
from app.words.elements import kind_word, title_of
from flow_models.checks.problem import Problem
from flow_models.document.flow import Flow

Index = QModelIndex | QPersistentModelIndex

SEVERITY, SENTENCE, WHERE, FIX = range(4)
NAMES = ("severity", "sentence", "where", "fix")

_NOWHERE = QModelIndex()


class ProblemsModel(QAbstractTableModel):
    """One line for each problem, in their order."""

    def __init__(self, palette: QPalette) -> None:
        super().__init__()
        self._problems: tuple[Problem, ...] = ()
        self._places: tuple[str, ...] = ()
        self._palette = palette
        self._icons: dict[str, QIcon] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems in the order of the lines."""
        return self._problems

    def show(self, problems: Sequence[Problem], flow: Flow) -> None:
        """List other problems."""
        self.beginResetModel()
        self._problems = tuple(problems)
        self._places = tuple(place_of(problem, flow) for problem in self._problems)
        self.endResetModel()

    def set_palette(self, palette: QPalette) -> None:
        """Draw the icons in a palette's colours from the next painting on."""
        self._palette = palette
        self._icons.clear()

    # What Qt asks a model for.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of problems."""
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return resources.text(f"shell.problems.column.{NAMES[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        problem = self._problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index, problem)
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem.sentence()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == SEVERITY:
            if problem.severity not in self._icons:
                self._icons[problem.severity] = icon(problem.severity, self._palette, problem.severity)
            return self._icons[problem.severity]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == SEVERITY:
            return colours_of(self._palette).colour(problem.severity)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_severity(problem)}: {problem.sentence()}"
        return None

    def _text(self, index: Index, problem: Problem) -> str:
        match index.column():
            case 0:
                return _severity(problem)
            case 1:
                return problem.sentence()
            case 2:
                return self._places[index.row()]
            case _:
                return problem.fix.sentence() if problem.fix else ""


def place_of(problem: Problem, flow: Flow) -> str:
    """Return in words where a problem lies."""
    if not problem.elements:
        return ""
    first = problem.elements[0]
    return resources.text("shell.status.selected", kind=kind_word(first.kind), title=title_of(flow, first))


def _severity(problem: Problem) -> str:
    return resources.text(f"shell.problems.severity.{problem.severity}")
