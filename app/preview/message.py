"""What the preview has to say, in a place that is kept for it: nothing moves when words come or go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.widgets.labels import Kept
from app.widgets.styling import set_look

LINES = 2


class Message(QFrame):
    """Two lines on a ground in the colour of what is said; more stands in the tip."""

    followed = Signal()
    """The button beside the words was used."""

    def __init__(self, name: str, parent: QWidget, button: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "said")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.label = Kept(LINES, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.addWidget(self.label, 1)
        self.button = QPushButton(button, self)
        self.button.clicked.connect(self.followed)
        self.button.hide()
        layout.addWidget(self.button)

    def say(self, words: str, tone: str = "", *, leads_on: bool = False) -> None:
        """Say something, or nothing.

        Args:
            words: One or more sentences.
            tone: The colour of the ground: `info`, `success`, `warning` or `error`; none for what is no news.
            leads_on: Whether the button leads to what is meant.
        """
        self.label.say(words)
        self.label.setAccessibleName(words)
        self.button.setVisible(leads_on)
        set_look(self, "tone", tone, self.label)

    @property
    def words(self) -> str:
        """What is said now."""
        return self.label.text()
