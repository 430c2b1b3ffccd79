"""What the checks say about an element as a whole, above its form, each with its fix where there is one."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.inspector.pictures import picture
from app.inspector.shared import Shared
from flow_models.checks.problem import Problem

MOST = 4
"""More would push the form away; the list of all problems is elsewhere."""


class Remarks(QWidget):
    """A few problems below each other."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._shown: tuple[Problem, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 8)
        self._layout.setSpacing(6)
        self._frames: list[QFrame] = []
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems, worst first as the checks order them."""
        shown = problems[:MOST]
        if shown == self._shown:
            return
        self._shown = shown
        for frame in self._frames:
            self._layout.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self._frames = [self._frame(problem) for problem in shown]
        for frame in self._frames:
            self._layout.addWidget(frame)
        self.setVisible(bool(shown))

    def _frame(self, problem: Problem) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("tone", "info" if problem.severity == "hint" else problem.severity)
        mark = QLabel(frame)
        mark.setPixmap(picture(problem.severity, self.palette(), problem.severity).pixmap(16, 16))
        words = QLabel(problem.sentence(), frame)
        words.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(mark)
        line.addWidget(words, 1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(line)
        if problem.fix is not None:
            column.addWidget(fix_button(self._shared, problem, frame))
        return frame


def fix_button(shared: Shared, problem: Problem, parent: QWidget) -> QPushButton:
    """Return the button that fixes a problem, worded as what it does."""
    words = "" if problem.fix is None else problem.fix.sentence()
    button = QPushButton(words.replace("&", "&&"), parent)
    button.setProperty("role", "fix")
    button.setIcon(picture("fix", button.palette(), "accent"))
    button.clicked.connect(lambda _=False: shared.fix(problem))
    return button
