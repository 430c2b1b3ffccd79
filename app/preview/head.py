"""What stands around the browser: commands, the task's words, and the answer line."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
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
from app.preview.tool_line import FEW_WORDS, FIRST_WORDS, OTHER_WORDS, WORDS, ToolLine
from app.theme import icon
from app.widgets.labels import Elided
from flow_models.runtime.machine import Event

SEEDS = 9999
SPEED_WIDTH = 44

# Style sheets draw the small arrows of a spin box badly, and without any its text has no room: buttons stand beside it.
_PLAIN = "QSpinBox::up-button, QSpinBox::down-button { width: 1px; border: none; background: transparent; }"


class PlayHead(QWidget):
    """Everything above the page while playing, and the commands that lead there."""

    seed_chosen = Signal(int)
    speed_chosen = Signal(int)

    def __init__(self, controls: Controls, parent: QWidget) -> None:
        # Before Qt's part is made, which already tells of the palette.
        self._ideas: dict[QToolButton, str] = {}
        self._kind = ""
        super().__init__(parent)
        self.title = Elided("", self)
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
        self.speed.setFixedWidth(SPEED_WIDTH)
        self.speed.valueChanged.connect(self.speed_chosen)
        self.tools = ToolLine(self)
        self._fill_tools(controls)
        self._played = QWidget(self)
        self._instance = [self.seed, self._stepper("down", "earlier", -1), self._stepper("up", "later", 1)]
        line = QHBoxLayout(self._played)
        line.setContentsMargins(10, 2, 8, 2)
        line.setSpacing(2)
        line.addWidget(self.title, 1)
        for widget in self._instance:
            line.addWidget(widget)
        self.goal.setContentsMargins(10, 2, 10, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.tools, self._played, self.goal):
            layout.addWidget(part)
        self.show_snapshot(None)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the commands that make sense now, and what is played."""
        is_play = snapshot is not None and snapshot.mode == "play"
        is_task = is_play and snapshot is not None and snapshot.origin.rules
        kind = "task" if is_task else "free" if is_play else "idle"
        if kind != self._kind:
            self._kind = kind
            self.tools.leave_out(self._absent[kind])
        self._played.setVisible(is_play)
        for widget in self._instance:
            widget.setVisible(is_task)
        self.goal.setVisible(is_task)
        if snapshot is None or not is_play:
            return
        words = f"{wording.progress_words(snapshot)} · {wording.play_title(snapshot)}"
        self.title.show_full(words)
        self.title.setAccessibleName(words)
        self.goal.setText(snapshot.goal)
        # Showing a seed is no choice of one, but the box tells both alike.
        self.seed.blockSignals(True)
        self.seed.setValue(snapshot.origin.seed)
        self.seed.blockSignals(False)

    def _fill_tools(self, controls: Controls) -> None:
        """Put all commands into one line, and note which of them make no sense when."""
        idle = [controls.button(name) for name in ("test", "play")]
        free = [controls.button(name) for name in ("stop", "restart", "back", "forward")]
        task = [controls.button(name) for name in ("solution", "solution_step")]
        task[0].setProperty(OTHER_WORDS, [resources.text("preview.action.pause")])
        variants = [controls.button(name) for name in ("shuffle", "as_drawn", "compare")]
        menu = QToolButton(self, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.setProperty("role", "compact")
        menu.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu.setToolTip(resources.text("preview.tip.variants"))
        menu.setAccessibleName(resources.text("preview.label.variants"))
        self._ideas[menu] = "shuffle"
        menu.setIcon(icon("shuffle", self.palette()))
        words = {idle[0]: FIRST_WORDS, free[0]: FIRST_WORDS, idle[1]: FEW_WORDS, task[0]: FEW_WORDS}
        words.update(dict.fromkeys(variants, WORDS))
        self.tools.hold([*idle, *free, *task, self.speed, *variants], words, variants, menu)
        self._absent: dict[str, list[QWidget]] = {
            "idle": [*free, *task, self.speed],
            "free": [*idle, *task, self.speed],
            "task": [*idle],
        }

    def _stepper(self, idea: str, name: str, by: int) -> QToolButton:
        """Return a button that goes to the instance beside the chosen one."""
        button = QToolButton(self)
        button.setProperty("role", "compact")
        button.setIcon(icon(idea, self.palette()))
        button.setToolTip(resources.text(f"preview.tip.{name}"))
        button.setAccessibleName(resources.text(f"preview.tip.{name}"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.seed.setValue(self.seed.value() + by))
        self._ideas[button] = idea
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button, idea in self._ideas.items():
                button.setIcon(icon(idea, self.palette()))


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
        """Be there while a task is played, after its end without use; the answer only where one is asked for."""
        self.setVisible(snapshot.mode == "play" and snapshot.origin.rules)
        self.setEnabled(not snapshot.end_reason)
        self.line.setVisible(snapshot.is_question)
        self.send.setVisible(snapshot.is_question)
        if snapshot.at == 0:
            self.line.clear()

    def _answer(self) -> None:
        words = self.line.text().strip()
        if words:
            self.acted.emit(Event("message", value=words))
