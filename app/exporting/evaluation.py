"""The dialog in which a policy is scored on a package: who plays, how much, how far it is, and the HTML file."""

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.work import Work
from app.theme import icon
from app.widgets.popups import ListBox
from app.widgets.screen import resize_within
from app.widgets.styling import set_look
from exporters.scoring import evaluate_package
from flow_models.processes.process import Crashed, Failed

SIZE = QSize(560, 340)
ICON = QSize(20, 20)
POLICIES = ("keyword", "random", "endpoint")
MOST = 1000
MOMENT_S = 1.5
"""How long an evaluation may clear up when the dialog closes; what was played is kept anyway."""


class EvaluationDialog(QDialog):
    """Scores a policy in a process of its own; closing the dialog ends that, and starting it again goes on.

    Args:
        package: The folder of the exported package; runs lie beside it.
    """

    def __init__(self, package: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._package = package
        self._report = Path()
        self.job = Work(self)
        self.setWindowTitle(resources.text("export.evaluate.title"))
        self.policy = ListBox()
        self.url = QLineEdit(placeholderText="http://127.0.0.1:8000/v1")
        self.model = QLineEdit()
        self.instances = QSpinBox(minimum=1, maximum=MOST, value=5)
        self.progress = QProgressBar(textVisible=False)
        self.mark = QLabel()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.start_button = QPushButton(resources.text("export.evaluate.start"))
        self.cancel = QPushButton(resources.text("export.dialog.cancel"))
        self.open_report = QPushButton(resources.text("export.evaluate.open"))
        self.close_button = QPushButton(resources.text("export.dialog.close"))
        self._form = QFormLayout()
        self._arrange()
        self._connect()
        self._show_running(is_running=False)
        resize_within(self, SIZE)

    @property
    def out(self) -> Path:
        """The folder of the run: one for each policy and number of instances."""
        who = self.model.text() if self._asks_model else self.policy.currentData()
        name = re.sub(r"[^\w.-]+", "-", f"{who}-{self.instances.value()}")
        return self._package.with_name(f"{self._package.name}-evaluation") / name

    def start(self) -> None:
        """Begin, or go on."""
        self.progress.setRange(0, 0)
        wanted = {"policy": self.policy.currentData(), "url": self.url.text().strip(), "model": self.model.text()}
        places = {"package": str(self._package), "out": str(self.out), "instances": self.instances.value()}
        self.job.start(evaluate_package, {**wanted, **places})
        self._show_running(is_running=True)

    def reject(self) -> None:
        """Close on Escape; an evaluation under way is cancelled first and the dialog stays to say so."""
        if self.job.is_running:
            self.job.cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, and end an evaluation under way."""
        self.job.end(MOMENT_S)
        self._show_running(is_running=False)
        super().closeEvent(event)

    @property
    def _asks_model(self) -> bool:
        """Whether a model behind an address plays."""
        return str(self.policy.currentData()) == "endpoint"

    def _arrange(self) -> None:
        for name in POLICIES:
            self.policy.addItem(resources.text(f"export.evaluate.policy.{name}"), name)
        self.instances.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.instances.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for name, field in (
            ("who", self.policy),
            ("url", self.url),
            ("model", self.model),
            ("instances", self.instances),
        ):
            self._form.addRow(resources.text(f"export.evaluate.{name}"), field)
        self.progress.setAccessibleName(resources.text("export.dialog.stages"))
        self.mark.setFixedWidth(ICON.width())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told, buttons = QHBoxLayout(), QHBoxLayout()
        told.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.words, 1)
        buttons.addStretch(1)
        for button in (self.cancel, self.close_button, self.start_button, self.open_report):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(self._form)
        layout.addWidget(self.progress)
        layout.addLayout(told, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.cancel.clicked.connect(self.job.cancel)
        self.close_button.clicked.connect(self.close)
        self.open_report.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report))))
        self.policy.currentIndexChanged.connect(self._choose)
        for field in (self.url, self.model):
            field.textChanged.connect(self._choose)
        self.job.progressed.connect(self._advance)
        self.job.finished.connect(self._finish)
        self.job.failed.connect(self._fail)
        self.job.cancelled.connect(self._tell_cancelled)

    def _choose(self) -> None:
        """Ask for an address only where one is needed, start only where all is given, and say what that does."""
        for field in (self.url, self.model):
            self._form.setRowVisible(field, self._asks_model)
        about = ["about", "key"] if self._asks_model else ["about"]
        self._tell("\n".join(resources.text(f"export.evaluate.{name}") for name in about))
        self._offer(self.start_button)
        self.start_button.setEnabled(
            not self._asks_model or bool(self.url.text().strip() and self.model.text().strip())
        )

    def _advance(self, told: list[int]) -> None:
        done, of = told
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self._tell(resources.text("export.dialog.count", done=done, of=of))

    def _finish(self, told: dict[str, str]) -> None:
        self._report = Path(told["report"])
        self._show_running(is_running=False)
        self._offer(self.open_report)
        self.open_report.setFocus()
        self._tell(resources.text("export.evaluate.done", path=self._report), "success")

    def _fail(self, failure: Failed | Crashed) -> None:
        self._show_running(is_running=False)
        self._tell(failure.words, "error")

    def _tell_cancelled(self) -> None:
        self._show_running(is_running=False)
        self._tell(resources.text("export.evaluate.cancelled"), "hint")

    def _tell(self, words: str, sign: str = "") -> None:
        """Say something below the form: how it went behind a sign, else what the dialog does, in the background."""
        self.words.setText(words)
        self.mark.setVisible(bool(sign))
        set_look(self.words, "role", "" if sign else "muted")
        if sign:
            self.mark.setPixmap(icon(sign, self.palette(), sign).pixmap(ICON))
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def _offer(self, wanted: QPushButton) -> None:
        """Let one button be what is most likely wanted next."""
        self.open_report.setVisible(wanted is self.open_report)
        for button in (self.start_button, self.open_report):
            set_look(button, "primary", button is wanted)
        wanted.setDefault(True)

    def _show_running(self, *, is_running: bool) -> None:
        """Offer what can be done while an evaluation is under way, or while none is."""
        self.progress.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.close_button.setVisible(not is_running)
        self.start_button.setVisible(not is_running)
        for field in (self.policy, self.url, self.model, self.instances):
            field.setEnabled(not is_running)
        self._choose()
