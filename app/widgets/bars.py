"""Messages with buttons for what to do: they have a place of their own, so that nothing moves when one comes or goes.

A message is one line, shortened where it has no room, with the whole of it in its tip. Where several wait, the newest
is seen and a button leads to the others.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

import resources
from app.theme import icon
from app.widgets.labels import Elided

Choice = tuple[str, Callable[[], object]]
"""A button's text and what it does; the bar goes away first."""

TONE_ICONS = {"info": "hint", "warning": "warning", "error": "error", "success": "success"}


class MessageBar(QFrame):
    """One message with its choices."""

    answered = Signal()
    """A choice was made, or the message was closed."""

    def __init__(self, tone: str, text: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("tone", tone)
        self.text = text
        idea = TONE_ICONS[tone]
        sign = QLabel()
        sign.setPixmap(icon(idea, self.palette(), idea).pixmap(18))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(6)
        layout.addWidget(sign)
        layout.addWidget(Elided(text, self), 1)
        self.buttons: list[QPushButton] = []
        for number, (words, action) in enumerate(choices):
            button = QPushButton(words)
            button.setProperty("primary", number == 0)
            button.clicked.connect(self.answered)
            button.clicked.connect(action)
            self.buttons.append(button)
            layout.addWidget(button)
        close = QToolButton()
        close.setIcon(icon("close", self.palette()))
        close.setToolTip(resources.text("shell.word.close"))
        close.setAccessibleName(resources.text("shell.word.close"))
        close.clicked.connect(self.answered)
        layout.addWidget(close)
        self.setAccessibleName(text)


class BarArea(QWidget):
    """The place of the messages, the newest in front; a message of the same topic takes the place of the last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: dict[str, MessageBar] = {}
        self._others = QToolButton()
        self._others.clicked.connect(self._turn)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._others)
        # As high as a message with buttons; the place stays when there is none.
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.setFixedHeight(QPushButton(resources.text("shell.word.close")).sizeHint().height() + 2)
        self._show_newest()

    def tell(self, topic: str, tone: str, text: str, choices: Sequence[Choice] = ()) -> MessageBar:
        """Show a message; its words also reach a screen reader."""
        self.drop(topic)
        bar = MessageBar(tone, text, choices, self)
        bar.answered.connect(lambda: self.drop(topic))
        self._bars[topic] = bar
        self._layout.insertWidget(0, bar, 1)
        self._show_newest()
        QAccessible.updateAccessibility(QAccessibleEvent(bar, QAccessible.Event.Alert))
        return bar

    def drop(self, topic: str) -> None:
        """Take a topic's message away, if there is one."""
        bar = self._bars.pop(topic, None)
        if bar is not None:
            bar.hide()
            bar.deleteLater()
            self._show_newest()

    def messages(self) -> dict[str, MessageBar]:
        """Return the bars by topic, the newest last."""
        return dict(self._bars)

    def _turn(self) -> None:
        """Show the message that has waited longest."""
        oldest = next(iter(self._bars))
        self._bars[oldest] = self._bars.pop(oldest)
        self._show_newest()

    def _show_newest(self) -> None:
        waiting = list(self._bars.values())
        for bar in waiting:
            bar.setVisible(bar is waiting[-1])
        self._others.setVisible(len(waiting) > 1)
        self.setVisible(bool(waiting))
        words = resources.text("shell.bar.others", count=len(waiting) - 1)
        self._others.setText(words)
        self._others.setToolTip(resources.text("shell.tip.others"))
