"""What an export made and found: how verification went, a table of tasks, and where the wheel lies."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import resources
from app.exporting.evaluation import EvaluationDialog
from app.theme import colours_of, icon
from exporters.card import POLICIES

FACTS = ("instances", "infeasible", "longest")
ICON = QSize(20, 20)

Data = Mapping[str, Any]


class ReportView(QWidget):
    """Shows one report at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._package = Path()
        self.evaluation: EvaluationDialog | None = None
        self._mark = QLabel()
        self._mark.setFixedSize(ICON)
        self.headline = QLabel(wordWrap=True)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.detail = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = QTableWidget()
        self.table.setAccessibleName(resources.text("export.dialog.table"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self.wheel = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.wheel.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_folder = QPushButton(resources.text("export.dialog.open_folder"))
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        self.evaluate = QPushButton(resources.text("export.evaluate.offer"))
        self.evaluate.clicked.connect(self._evaluate)
        self._arrange()

    def _evaluate(self) -> None:
        """Open the dialog in which a policy is scored on the package."""
        if self.evaluation is None:
            self.evaluation = EvaluationDialog(self._package, self)
        self.evaluation.show()
        self.evaluation.raise_()

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.headline, 1)
        foot.addWidget(self.wheel, 1)
        foot.addWidget(self.evaluate, alignment=Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.open_folder, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.detail)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addLayout(foot)

    def show_report(self, report: Data, titles: Mapping[str, str]) -> None:
        """Show a report, as `Report.as_data` tells it; tasks are called by their titles."""
        self._folder, self._package = Path(report["wheel"]).parent, Path(report["folder"])
        if self.evaluation is not None:
            self.evaluation.close()
            self.evaluation.deleteLater()
            self.evaluation = None
        headline, mark = _headline(report)
        self.headline.setText(resources.text(f"export.dialog.{headline}"))
        self._mark.setPixmap(icon(mark, self.palette(), mark).pixmap(ICON))
        lines = [*_details(report), *report["remarks"]]
        self.detail.setText("\n".join(lines))
        self.detail.setVisible(bool(lines))
        self._fill(report["tasks"], report["policies"], titles)
        seeds = max((found["seeds"] for found in report["policies"].values()), default=0)
        self.note.setText(resources.text("export.dialog.policies", seeds=seeds))
        self.wheel.setText(resources.text("export.wheel", path=report["wheel"]))

    def _fill(self, tasks: Sequence[Data], policies: Mapping[str, Data], called: Mapping[str, str]) -> None:
        """Put a row for each task into the table."""
        titles = [resources.text("cli.column.task"), *(resources.text(f"export.dialog.{fact}") for fact in FACTS)]
        titles += [resources.text(f"export.policy.{policy}") for policy in POLICIES]
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels([_in_two_lines(title) for title in titles])
        self.table.setRowCount(len(tasks))
        for row, facts in enumerate(tasks):
            self.table.setItem(row, 0, QTableWidgetItem(called.get(facts["task"], str(facts["task"]))))
            for column, fact in enumerate(FACTS, 1):
                self.table.setItem(row, column, _number(str(facts[fact])))
            for column, policy in enumerate(POLICIES, 1 + len(FACTS)):
                found = policies[facts["task"]]["policies"][policy]
                item = _number(f"{found['share']:.1%}")
                item.setToolTip(resources.text("export.dialog.limit", limit=f"{found['limit']:.0%}"))
                if not found["passed"]:
                    item.setForeground(colours_of(self.palette()).colour("error"))
                    item.setBackground(colours_of(self.palette()).colour("error_ground"))
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)


def _headline(report: Data) -> tuple[str, str]:
    """Return which sentence sums a report up, and its tone."""
    match (report["verification"] or {}).get("status"):
        case "failed":
            return "broken", "error"
        case "verified":
            return ("ready", "success") if report["held_down"] else ("loose", "warning")
        case _:
            return "unverified", "warning"


def _details(report: Data) -> list[str]:
    """Return how verification went, in lines."""
    found = report["verification"]
    match found and found["status"]:
        case "failed":
            return [line for line in (resources.text("export.failed", detail=found["detail"]), found["place"]) if line]
        case "verified":
            return [resources.text("export.verified", walks=found["walks"])]
        case "not verified":
            return [
                resources.text("export.not_verified", reason=found["detail"]),
                resources.text("export.verify_with", command=report["command"]),
            ]
        case _:
            return []


def _in_two_lines(title: str) -> str:
    """Return a title broken at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(title) if letter == " "]
    if not spaces:
        return title
    middle = min(spaces, key=lambda place: abs(place - len(title) // 2))
    return f"{title[:middle]}\n{title[middle + 1 :]}"


def _number(words: str) -> QTableWidgetItem:
    """Return a cell that stands at the right."""
    item = QTableWidgetItem(words)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
