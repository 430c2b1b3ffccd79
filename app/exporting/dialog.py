"""The export dialog: where to, how many instances, progress and a report; the window stays usable beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

import resources
from app.desktop.settings import Settings
from app.document.changing import Change
from app.document.session import DocumentSession
from app.document.work import Work
from app.exporting.report import ReportView
from app.exporting.stages import Stages
from app.widgets.bars import BarArea, Choice
from app.widgets.screen import resize_within
from app.words.counts import counted
from exporters.job import export_flow
from flow_models.document import storage
from flow_models.document.edits.tasks import raise_versions
from flow_models.document.packages import choose_package, package_of
from flow_models.processes.process import Crashed, Failed
from flow_models.runtime.machine.base.splits import SPLITS
from flow_models.solver.instances import COUNTS

SIZE = QSize(860, 560)
MOST = 10_000
FOLDER_SETTING = "export_folder"
TELLING = ("running.never", "running.impossible", "running.allowed")
"""What was found of instances that cannot be done."""

MOMENT_S = 1.5
"""How long an export may clear up when the dialog or the window closes."""


class ExportDialog(QDialog):
    """Exports the session's flow in a process of its own; closing the dialog cancels that.

    Args:
        session: The open document.
        settings: Where the last folder is kept.
        folder: The folder that is offered the first time.
    """

    def __init__(self, session: DocumentSession, settings: Settings, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.job = Work(self)
        self.setWindowTitle(resources.text("export.dialog.title"))
        self.bars = BarArea()
        self.folder = QLineEdit(settings.get(FOLDER_SETTING) or str(folder))
        self.choose = QPushButton(resources.text("export.dialog.choose"))
        self.counts = {split: QSpinBox(minimum=0, maximum=MOST) for split in SPLITS}
        self.size_note = QLabel(wordWrap=True)
        self.cannot = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.stages = Stages()
        self.report = ReportView()
        self.export = QPushButton(resources.text("export.dialog.export"))
        self.cancel = QPushButton(resources.text("export.dialog.cancel"))
        self.close_button = QPushButton(resources.text("export.dialog.close"))
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self._describe()
        self._show_running(is_running=False)
        resize_within(self, SIZE)

    def start(self) -> None:
        """Export the flow as it is now."""
        self.bars.drop("export")
        self._settings.set(FOLDER_SETTING, self.folder.text())
        self.stages.begin()
        self._pages.setCurrentWidget(self.stages)
        train, validation, test = (self.counts[split].value() for split in SPLITS)
        out = Path(self.folder.text()).expanduser()
        flow = storage.dumps(self._session.flow)
        self.job.start(export_flow, {"flow": flow, "out": str(out), "counts": [train, validation, test]})
        self._show_running(is_running=True)

    def shut_down(self) -> None:
        """End an export under way; the window closes next."""
        self.job.end(MOMENT_S)

    def reject(self) -> None:
        """Close on Escape; an export under way is cancelled first and the dialog stays to say so."""
        if self.job.is_running:
            self._cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, and end an export under way."""
        self.job.end(MOMENT_S)
        self._show_running(is_running=False)
        super().closeEvent(event)

    # Building

    def _arrange(self) -> None:
        where = QHBoxLayout()
        label = QLabel(resources.text("export.dialog.folder"))
        label.setBuddy(self.folder)
        where.addWidget(label)
        where.addWidget(self.folder, 1)
        where.addWidget(self.choose)
        many = QHBoxLayout()
        many.addWidget(QLabel(resources.text("export.dialog.counts")))
        for split, count in zip(SPLITS, COUNTS, strict=True):
            box = self.counts[split]
            box.setValue(count)
            box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            name = QLabel(resources.text(f"export.dialog.{split}"))
            name.setBuddy(box)
            many.addSpacing(8)
            many.addWidget(name)
            many.addWidget(box)
        self.counts["train"].setMinimum(1)
        many.addStretch(1)
        self.size_note.setProperty("role", "muted")
        self._pages.addWidget(self._about_page())
        self._pages.addWidget(self.stages)
        self._pages.addWidget(self.report)
        # On a low screen what is told scrolls; the buttons stay.
        scroll = QScrollArea(widgetResizable=True)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidget(self._pages)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel, self.close_button, self.export):
            buttons.addWidget(button)
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.bars)
        layout.addLayout(where)
        layout.addLayout(many)
        layout.addWidget(self.size_note)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def _about_page(self) -> QWidget:
        """Return what the person sees before an export: what cannot be done, and what an export does."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        self.cannot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.cannot)
        layout.addWidget(_about(), 1)
        return page

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose)
        self.export.clicked.connect(self.start)
        self.cancel.clicked.connect(self._cancel)
        self.close_button.clicked.connect(self.close)
        for box in self.counts.values():
            box.valueChanged.connect(self._describe)
        self.folder.textChanged.connect(self._describe)
        self._session.flow_changed.connect(self._describe)
        self._session.opened.connect(self._describe)
        self._session.problems_changed.connect(self._describe)
        self.job.progressed.connect(self._advance)
        self.job.finished.connect(self._finish)
        self.job.failed.connect(self._fail)
        self.job.cancelled.connect(self._tell_cancelled)

    # What happens

    def _choose(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, resources.text("export.dialog.choose_title"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _describe(self) -> None:
        """Say how much is asked for, and what stands in the way."""
        tasks = len(self._session.flow.tasks)
        if not tasks:
            words = resources.text("export.dialog.no_tasks")
        elif any(problem.severity == "error" for problem in self._session.found):
            words = resources.text("export.dialog.errors")
        else:
            instances = tasks * sum(box.value() for box in self.counts.values())
            words = resources.text(
                "export.dialog.size",
                package=package_of(self._session.flow),
                version=self._session.flow.version,
                tasks=counted("task", tasks),
                instances=f"{instances:,}",
            )
        self.size_note.setText(words)
        told = [problem.sentence() for problem in self._session.found if problem.code in TELLING]
        lines = [resources.text("export.dialog.cannot"), *(f"• {sentence}" for sentence in told)]
        self.cannot.setText("\n".join(lines))
        self.cannot.setVisible(bool(told))
        self.export.setEnabled(bool(tasks) and bool(self.folder.text().strip()))

    def _cancel(self) -> None:
        self.job.cancel()
        self.cancel.setEnabled(False)
        self.cancel.setText(resources.text("export.dialog.cancelling"))

    def _advance(self, told: tuple[Any, ...]) -> None:
        """Show how far the export is; a task is called by its title."""
        stage, done, of, *at = told
        self.stages.advance(stage, done, of, *(self._titles().get(name, name) for name in at))

    def _titles(self) -> dict[str, str]:
        """Return what tasks are called, by name."""
        return {task.name: task.title or task.name for task in self._session.flow.tasks}

    def _finish(self, report: dict[str, object]) -> None:
        self.stages.finish()
        self._show_running(is_running=False)
        self.report.show_report(report, self._titles())
        self._pages.setCurrentWidget(self.report)

    def _refuse(self, tasks: Sequence[str]) -> None:
        self._show_running(is_running=False)
        choice = (resources.text("export.dialog.raise"), lambda: self._raise(tuple(tasks)))
        self._tell("warning", resources.text("export.dialog.refused", tasks=self._called(tasks)), choice)

    def _called(self, tasks: Sequence[str]) -> str:
        return ", ".join(f"“{self._titles().get(name, name)}”" for name in tasks)

    def _raise(self, tasks: Sequence[str]) -> None:
        """Raise the versions of tasks as an edit, and export again."""
        self._start_with(lambda flow: raise_versions(flow, tasks), "raise_step")

    def _rename(self, name: str) -> None:
        """Give the package another name as an edit, and export again."""
        self._start_with(lambda flow: choose_package(flow, name), "rename_step")

    def _start_with(self, change: Change, step: str) -> None:
        """Make an edit and export again; say why if it cannot be made."""
        refused = self._session.attempt(change, resources.text(f"export.dialog.{step}"))
        if refused:
            self._tell("error", refused)
        else:
            self.start()

    def _fail(self, failure: Failed | Crashed) -> None:
        """Say what stood in the way; versions that must rise can rise from here."""
        match failure:
            case Failed(facts={"tasks": tasks}):
                self._refuse(tasks)
            case Failed(words, {"package": name}):
                self._show_running(is_running=False)
                choice = (resources.text("export.dialog.rename", name=name), lambda: self._rename(str(name)))
                self._tell("warning", words, choice)
            case Failed(words):
                self._show_running(is_running=False)
                self._tell("error", words)
            case Crashed(words):
                self._show_running(is_running=False)
                self._tell("error", resources.text("export.dialog.ended", reason=words))

    def _tell_cancelled(self) -> None:
        self._show_running(is_running=False)
        is_written = self.stages.bars["wheel"].value() == self.stages.bars["wheel"].maximum()
        self._tell("info", resources.text(f"export.dialog.{'cancelled_late' if is_written else 'cancelled'}"))

    def _tell(self, tone: str, words: str, *choices: Choice) -> None:
        """Show a message above everything."""
        self.bars.tell("export", tone, words, choices)

    def _show_running(self, *, is_running: bool) -> None:
        """Offer what can be done while an export is under way, or while none is."""
        if not is_running:
            self.stages.end()
        self.cancel.setText(resources.text("export.dialog.cancel"))
        self.cancel.setEnabled(is_running)
        self.cancel.setVisible(is_running)
        self.close_button.setVisible(not is_running)
        for widget in (self.folder, self.choose, *self.counts.values()):
            widget.setEnabled(not is_running)
        self.export.setVisible(not is_running)
        (self.cancel if is_running else self.export).setFocus()


def _about() -> QLabel:
    """Return what the person gets, in words."""
    label = QLabel(resources.text("export.dialog.about"), wordWrap=True, textFormat=Qt.TextFormat.MarkdownText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setProperty("role", "muted")
    return label
