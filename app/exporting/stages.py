"""The stages of an export, one under the other, each with a bar and how far it is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

import resources
from app.theme import icon
from exporters.stages import STAGES

BAR_HEIGHT = 8
ICON = QSize(16, 16)


class Stages(QWidget):
    """Shows how far each stage is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(resources.text("export.dialog.stages"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 14, 0, 4)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(14)
        layout.setColumnStretch(2, 1)
        layout.setColumnMinimumWidth(3, 110)
        self.bars: dict[str, QProgressBar] = {}
        self.words: dict[str, QLabel] = {}
        self._marks: dict[str, QLabel] = {}
        for row, stage in enumerate(STAGES):
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
        layout.setRowStretch(len(STAGES), 1)
        self.begin()

    def begin(self) -> None:
        """Show all stages as not yet begun."""
        for stage in STAGES:
            self.bars[stage].setRange(0, 1)
            self.bars[stage].setValue(0)
            self.words[stage].setText(resources.text("export.dialog.waiting"))
            self._marks[stage].clear()

    def advance(self, stage: str, done: int, of: int) -> None:
        """Show how far a stage is; one without parts is shown as busy until it ends."""
        is_done = done >= of
        is_busy = of <= 1 and not is_done
        self.bars[stage].setRange(0, 0 if is_busy else max(of, 1))
        self.bars[stage].setValue(max(of, 1) if is_done else done)
        if is_done:
            self.words[stage].setText(resources.text("export.dialog.done"))
            self._marks[stage].setPixmap(icon("success", self.palette(), "success").pixmap(ICON))
        elif is_busy:
            self.words[stage].clear()
        else:
            self.words[stage].setText(resources.text("export.dialog.count", done=f"{done:,}", of=f"{of:,}"))
