"""The stages of an export, one under the other, each with a bar, under a line that says what is being done now."""

from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

import resources
from app.theme import icon
from app.widgets.labels import Elided
from exporters.stages import STAGES

BAR_HEIGHT = 8
ICON = QSize(16, 16)
TICK_MS = 1000


class Stages(QWidget):
    """Shows how far each stage is, and at what the export works; that line moves on every second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(resources.text("export.dialog.stages"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 10, 0, 4)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(10)
        layout.setColumnStretch(2, 1)
        layout.setColumnMinimumWidth(3, 110)
        self.doing = Elided("", self)
        layout.addWidget(self.doing, 0, 0, 1, 4)
        self.bars: dict[str, QProgressBar] = {}
        self.words: dict[str, QLabel] = {}
        self._marks: dict[str, QLabel] = {}
        for row, stage in enumerate(STAGES, 1):
            name = resources.text(f"export.doing.{stage}")
            self._marks[stage] = QLabel()
            self._marks[stage].setFixedSize(ICON)
            self.bars[stage] = QProgressBar(textVisible=False)
            self.bars[stage].setFixedHeight(BAR_HEIGHT)
            self.bars[stage].setAccessibleName(name)
            self.words[stage] = QLabel()
            self.words[stage].setProperty("role", "muted")
            layout.addWidget(self._marks[stage], row, 0)
            layout.addWidget(QLabel(name), row, 1)
            layout.addWidget(self.bars[stage], row, 2, Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(self.words[stage], row, 3)
        layout.setRowStretch(len(STAGES) + 1, 1)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._say)
        self._stage, self._task = "", ""
        self._parts, self._since_s = (0, 1), monotonic()
        self._reset()

    def is_ticked(self, stage: str) -> bool:
        """Return whether a stage is marked as finished."""
        return not self._marks[stage].pixmap().isNull()

    def begin(self) -> None:
        """Show all stages as not yet begun; the export starts."""
        self._reset()
        self._say()
        self._ticking.start()

    def end(self) -> None:
        """Say no more what is being done: the export has ended, in whatever way."""
        self._ticking.stop()
        self.doing.show_full("")

    def finish(self) -> None:
        """Tick every stage: the export came to its end."""
        self.end()
        for stage in STAGES:
            self._tick(stage)

    def advance(self, stage: str, done: int, of: int, task: str = "") -> None:
        """Show how far a stage is, and at which task; one without parts is shown as busy until it ends.

        Stages come one after the other: with one of them all before it are finished, also where fewer parts were
        found than were asked for.
        """
        for former in STAGES[: STAGES.index(stage)]:
            self._tick(former)
        if stage != self._stage:
            self._stage, self._since_s = stage, monotonic()
        self._parts, self._task = (done, of), task
        self._show(stage, done, of)
        self._say()

    def _show(self, stage: str, done: int, of: int) -> None:
        """Show a stage's bar and count."""
        if done >= of:
            self._tick(stage)
            return
        self.bars[stage].setRange(0, 0 if of <= 1 else of)
        self.bars[stage].setValue(done)
        counted = resources.text("export.dialog.count", done=f"{done:,}", of=f"{of:,}") if of > 1 else ""
        self.words[stage].setText(counted)

    def _tick(self, stage: str) -> None:
        """Mark a stage as finished."""
        if self.is_ticked(stage):
            return
        self.bars[stage].setRange(0, 1)
        self.bars[stage].setValue(1)
        self.words[stage].setText(resources.text("export.dialog.done"))
        self._marks[stage].setPixmap(icon("success", self.palette(), "success").pixmap(ICON))

    def _reset(self) -> None:
        self._stage, self._task = "", ""
        self._parts, self._since_s = (0, 1), monotonic()
        for stage in STAGES:
            self.bars[stage].setRange(0, 1)
            self.bars[stage].setValue(0)
            self.words[stage].setText(resources.text("export.dialog.waiting"))
            self._marks[stage].clear()

    def _say(self) -> None:
        """Say what is being done, at which task, how far, and for how long."""
        done, of = self._parts
        what = (
            resources.text(f"export.doing.{self._stage}") if self._stage else resources.text("export.dialog.starting")
        )
        form = "task" if self._task else "parts" if of > 1 else "plain"
        words = resources.text(
            f"export.dialog.now.{form}",
            what=what,
            task=self._task,
            done=f"{done:,}",
            of=f"{of:,}",
            seconds=round(monotonic() - self._since_s),
        )
        self.doing.show_full(words)
