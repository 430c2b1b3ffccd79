"""Messages above the work: what happened, with buttons for what to do, never in the way and never lost by a click."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

import resources
from app.theme import icon

Choice = tuple[str, Callable[[], object]]
"""A button's text and what it does; the bar goes away first."""

TONE_ICONS = {"info": "hint", "warning": "warning", "error": "error", "success": "success"}


class MessageBar(QFrame):
    """One message with its choices."""

    def __init__(self, tone: str, text: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", tone)
        self.text = text
        idea = TONE_ICONS[tone]
        sign = QLabel()
        sign.setPixmap(icon(idea, self.palette(), idea).pixmap(18))
        label = QLabel(text, wordWrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(sign)
        layout.addWidget(label, 1)
        self.buttons: list[QPushButton] = []
        for number, (words, action) in enumerate(choices):
            button = QPushButton(words)
            button.setProperty("primary", number == 0)
            button.clicked.connect(self.deleteLater)
            button.clicked.connect(action)
            self.buttons.append(button)
            layout.addWidget(button)
        close = QToolButton()
        close.setIcon(icon("close", self.palette()))
        close.setToolTip(resources.text("shell.word.close"))
        close.setAccessibleName(resources.text("shell.word.close"))
        close.clicked.connect(self.deleteLater)
        layout.addWidget(close)
        self.setAccessibleName(text)


class BarArea(QWidget):
    """The bars, the newest on top; a message of the same topic takes the place of the last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: dict[str, MessageBar] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def tell(self, topic: str, tone: str, text: str, choices: Sequence[Choice] = ()) -> MessageBar:
        """Show a message; its words also reach a screen reader."""
        self.drop(topic)
        bar = MessageBar(tone, text, choices, self)
        bar.destroyed.connect(lambda: self._gone(topic, bar))
        self._bars[topic] = bar
        self._layout.insertWidget(0, bar)
        QAccessible.updateAccessibility(QAccessibleEvent(bar, QAccessible.Event.Alert))
        return bar

    def drop(self, topic: str) -> None:
        """Take a topic's message away, if there is one."""
        bar = self._bars.pop(topic, None)
        if bar is not None:
            bar.hide()
            bar.deleteLater()

    def messages(self) -> dict[str, MessageBar]:
        """Return the bars by topic."""
        return dict(self._bars)

    def _gone(self, topic: str, bar: MessageBar) -> None:
        if self._bars.get(topic) is bar:
            del self._bars[topic]
