"""What stands around the browser: commands, the task's words, notices in words, and the answer line."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from app.preview import wording
from app.preview.controls import Controls
from app.preview.snapshot import Snapshot
from app.preview.solution import INTERVALS_MS, NORMAL_SPEED
from app.theme import icon
from app.widgets.labels import Elided
from app.words.variants import described
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import PLAIN

SEEDS = 9999

# Style sheets draw the small arrows of a spin box badly, and without any its text has no room: buttons stand beside it.
_PLAIN = "QSpinBox::up-button, QSpinBox::down-button { width: 1px; border: none; background: transparent; }"


class Notice(QFrame):
    """A sentence on a coloured ground, which is gone while there is nothing to say."""

    followed = Signal()
    """The button beside the sentence was used."""

    def __init__(self, name: str, parent: QWidget, button: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "bar")
        self.label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self.label, 1)
        if button:
            self.button = QPushButton(button)
            self.button.clicked.connect(self.followed)
            layout.addWidget(self.button)
        self.hide()

    def say(self, words: str, tone: str = "info") -> None:
        """Show a sentence, or nothing."""
        self.label.setText(words)
        self.label.setAccessibleName(words)
        if self.property("tone") != tone:
            # Qt reads properties in a style sheet once, when it polishes a widget.
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(words))


class PlayHead(QWidget):
    """Everything above the page while playing, and the commands that lead there."""

    seed_chosen = Signal(int)
    speed_chosen = Signal(int)

    def __init__(self, controls: Controls, parent: QWidget) -> None:
        # Before Qt's part is made, which already tells of the palette.
        self._steppers: dict[QToolButton, str] = {}
        super().__init__(parent)
        self.title = QLabel(wordWrap=True)
        self.title.setProperty("role", "muted")
        self.goal = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.goal.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.goal.setObjectName("preview_goal")
        font = self.goal.font()
        font.setBold(True)
        self.goal.setFont(font)
        self.seed = QSpinBox(maximum=SEEDS)
        self.seed.setKeyboardTracking(False)
        self.seed.setStyleSheet(_PLAIN)
        self.seed.setToolTip(resources.text("preview.tip.seed"))
        self.seed.setAccessibleName(resources.text("preview.label.seed"))
        self.seed.setPrefix(f"{resources.text('preview.label.seed')} ")
        self.seed.valueChanged.connect(self.seed_chosen)
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(INTERVALS_MS) - 1)
        self.speed.setValue(NORMAL_SPEED)
        self.speed.setToolTip(resources.text("preview.tip.speed"))
        self.speed.setAccessibleName(resources.text("preview.label.speed"))
        self.speed.setMaximumWidth(90)
        self.speed.valueChanged.connect(self.speed_chosen)
        self._idle, self._play, self._solution = QWidget(), QWidget(), QWidget()
        self._fill(self._idle, [controls.button("test"), controls.button("play")])
        short = [controls.button(name, has_words=False) for name in ("restart", "back", "forward")]
        self._instance = QWidget()
        steppers = [self._stepper("down", "earlier", -1), self._stepper("up", "later", 1)]
        self._fill(self._instance, [self.seed, *steppers])
        self._fill(self._play, [controls.button("stop"), *short, self._instance])
        step = controls.button("solution_step", has_words=False)
        self._fill(self._solution, [controls.button("solution"), step, self.speed])
        self._variants = QWidget()
        self._fill(self._variants, [controls.button(name) for name in ("shuffle", "as_drawn", "compare")])
        self.variant = Elided("", self)
        self.variant.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        for widget in (self._idle, self._play, self._solution, self._variants, self.variant, self.title, self.goal):
            layout.addWidget(widget)
        self.show_snapshot(None)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the commands that make sense now, and what is played."""
        is_play = snapshot is not None and snapshot.mode == "play"
        is_task = is_play and snapshot is not None and snapshot.origin.rules
        self._idle.setVisible(not is_play)
        self._play.setVisible(is_play)
        self._solution.setVisible(is_task)
        self._instance.setVisible(is_task)
        self.title.setVisible(is_play)
        self.goal.setVisible(is_task)
        self._show_variant(snapshot)
        if snapshot is None or not is_play:
            return
        self.title.setText(f"{wording.play_title(snapshot)}  {wording.progress_words(snapshot)}")
        self.goal.setText(snapshot.goal)
        # Showing a seed is no choice of one, but the box tells both alike.
        self.seed.blockSignals(True)
        self.seed.setValue(snapshot.origin.seed)
        self.seed.blockSignals(False)

    def _show_variant(self, snapshot: Snapshot | None) -> None:
        """Say in which variant the site is shown; nothing about the site as drawn."""
        is_varied = snapshot is not None and snapshot.origin.variant != PLAIN
        self.variant.setVisible(is_varied)
        if snapshot is not None and is_varied:
            words = described(snapshot.origin.variant, snapshot.looks)
            self.variant.show_full(words)
            self.variant.setToolTip(words)
            self.variant.setAccessibleName(words)

    def _stepper(self, idea: str, name: str, by: int) -> QToolButton:
        """Return a button that goes to the instance beside the chosen one."""
        button = QToolButton(self)
        button.setIcon(icon(idea, self.palette()))
        button.setToolTip(resources.text(f"preview.tip.{name}"))
        button.setAccessibleName(resources.text(f"preview.tip.{name}"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.seed.setValue(self.seed.value() + by))
        self._steppers[button] = idea
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button, idea in self._steppers.items():
                button.setIcon(icon(idea, self.palette()))

    @staticmethod
    def _fill(row: QWidget, widgets: list[QWidget]) -> None:
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)


class AnswerLine(QWidget):
    """What only the player of a task can do beside the page: say something, or report the task as impossible."""

    acted = Signal(object)
    """Carries an `Event`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(resources.text("preview.label.answer"))
        self.line.setAccessibleName(resources.text("preview.label.answer"))
        self.line.returnPressed.connect(self._answer)
        self.send = QPushButton(resources.text("preview.action.answer"))
        self.send.setToolTip(resources.text("preview.tip.answer"))
        self.send.clicked.connect(self._answer)
        self.report = QPushButton(resources.text("preview.action.infeasible"))
        self.report.setToolTip(resources.text("preview.tip.infeasible"))
        self.report.clicked.connect(lambda: self.acted.emit(Event("infeasible")))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.line, 3)
        layout.addWidget(self.send)
        layout.addStretch(1)
        layout.addWidget(self.report)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Be there while a task is played; the answer only where one is asked for."""
        runs = snapshot.mode == "play" and snapshot.origin.rules and not snapshot.end_reason
        self.setVisible(runs)
        self.line.setVisible(snapshot.is_question)
        self.send.setVisible(snapshot.is_question)
        if snapshot.at == 0:
            self.line.clear()

    def _answer(self) -> None:
        words = self.line.text().strip()
        if words:
            self.acted.emit(Event("message", value=words))
