"""Labels that several panels use."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Elided(QLabel):
    """A label that shortens its text to its width; what is left out then stands in its tip."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._full = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def show_full(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        short = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        if short != self.text():
            self.setText(short)
        self.setToolTip(self._full if short != self._full else "")


class Kept(QLabel):
    """A message in a place that is kept for it: as much of it as has room, and the whole in the tooltip."""

    def __init__(self, lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show another message; the place stays as it is."""
        self.setText(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """Return the place that is kept, whatever is said in it."""
        return QSize(1, self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Return the place that is kept, whatever is said in it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the whole label is painted
        """Paint the lines that have room, the last one shortened."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        step = self.fontMetrics().lineSpacing()
        most = max(1, self.height() // step)
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            rest = self.text()[line.textStart() :]
            words = rest if number == most - 1 else rest[: line.textLength()]
            short = self.fontMetrics().elidedText(words.strip(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QPointF(0, number * step + self.fontMetrics().ascent()), short)
        layout.endLayout()


def note(text: str, parent: QWidget) -> QLabel:
    """Return a remark in the weaker colour."""
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
