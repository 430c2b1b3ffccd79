"""The words on an empty canvas, with the one button that starts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

import resources

WIDTH = 380


class EmptyHint(QWidget):
    """Says what to do first."""

    def __init__(self, new_page: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        title = QLabel(resources.text("canvas.empty.title"), self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        title.setFont(font)
        help_text = QLabel(resources.text("canvas.empty.help"), self)
        help_text.setWordWrap(True)
        self._help = help_text
        self.button = QPushButton(new_page.text(), self)
        self.button.setProperty("primary", True)
        self.button.clicked.connect(new_page.trigger)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for widget in (title, help_text, self.button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        for label in (title, help_text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.fit(WIDTH)

    def fit(self, room: int) -> None:
        """Be as wide as there is room, up to what reads well."""
        self._help.setFixedWidth(max(120, min(WIDTH, room - 40)))
        self.adjustSize()
