"""The mark that shows where something that is dragged would land: a line or a frame, with the place in words."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme import colours_of

_PADDING = 6
_GAP = 16
"""Pixels between the pointer and the words."""


class LandingMark(QWidget):
    """Lies over what takes blocks in, and sees no pointer."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area.parentWidget())
        self._area = area
        self._line = QRect()
        self._at = QPoint()
        self.words = ""
        self.is_refused = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, line: QRect, at: QPoint, words: str, *, is_refused: bool) -> None:
        """Show a line (or a frame, if it is high) and words near the pointer."""
        self._line, self._at, self.words, self.is_refused = line, at, words, is_refused
        self.setGeometry(self._area.geometry())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # little is drawn, all of it each time
        """Draw the line and the words."""
        colours = colours_of(self.palette())
        colour = QColor(colours.error if self.is_refused else colours.accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 3))
        if self._line.height() > 2 and self._line.width() > 2:
            painter.drawRoundedRect(self._line.adjusted(1, 1, -2, -2), 4, 4)
        elif not self._line.isNull():
            painter.drawLine(self._line.topLeft(), self._line.bottomRight())
        self._write(painter, colour, QColor(colours.base))

    def _write(self, painter: QPainter, ground: QColor, ink: QColor) -> None:
        """Write the words on a ground of their own, inside the area and beside the pointer."""
        if not self.words:
            return
        room = self.rect().adjusted(4, 4, -4, -4)
        flags = int(Qt.TextFlag.TextWordWrap)
        most = QRect(0, 0, max(60, min(300, room.width()) - 2 * _PADDING), 400)
        size = self.fontMetrics().boundingRect(most, flags, self.words).size()
        box = QRect(self._at + QPoint(_GAP, _GAP), size).adjusted(0, 0, 2 * _PADDING, 2 * _PADDING)
        if box.bottom() > room.bottom():
            box.moveBottom(self._at.y() - _GAP)
        box.moveLeft(max(room.left(), min(box.left(), room.right() - box.width())))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        painter.drawText(box.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING), flags, self.words)
