"""The ring around what has the keyboard: drawn here and nowhere else, around every kind of widget alike.

A style sheet would need a rule for each kind, and what draws itself, such as the canvas, would have none.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QApplication, QFocusFrame, QTabBar, QWidget

from app.theme.colours import colours_of

WIDTH = 2
"""Pixels of the ring; a line in the colour of the ground inside it shows it on grounds of its own colour too."""


class FocusRing(QFocusFrame):
    """Lies over a widget, sees no pointer, and is no part of it to screen readers, as Qt's own frame is not."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        widget.installEventFilter(self)
        self._fit()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget's size; a tab bar's ring is around the tab that is chosen."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.KeyRelease, QEvent.Type.Show):
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the whole ring is painted
        """Draw the ring."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width, inset in (("base", 1, WIDTH), ("accent", WIDTH, 0)):
            edge = inset + width / 2
            painter.setPen(QPen(colours.colour(colour), width))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(edge, edge, -edge, -edge), 4, 4)

    def _fit(self) -> None:
        place = self._widget.rect()
        if isinstance(self._widget, QTabBar):
            place = self._widget.tabRect(self._widget.currentIndex()) or place
        self.setGeometry(place)
        inner = QRect(0, 0, place.width(), place.height()).adjusted(4, 4, -4, -4)
        # Only the edge lies over the widget: what scrolls below it moves as it would without it.
        self.setMask(QRegion(0, 0, place.width(), place.height()) - QRegion(inner))


class FocusMarker(QObject):
    """Puts the ring around whatever gets the keyboard."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: FocusRing | None = None
        application.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Qt also tells of widgets that go just now, with the window or form around them.
        around = None if new is None or not shiboken6.isValid(new) else _around(new)
        if around is not None and around.window().windowType() == Qt.WindowType.Popup:
            return
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None
        if around is not None and shiboken6.isValid(around):
            ring = FocusRing(around)
            ring.destroyed.connect(lambda: self._gone(ring))
            self._ring = ring

    def _gone(self, ring: FocusRing) -> None:
        if self._ring is ring:
            self._ring = None


def _around(widget: QWidget) -> QWidget:
    """Return what the ring goes around: of a browser the whole, of which a part that Qt made has the keyboard.

    Only there the parent is asked for: PySide takes a widget of Qt's own, such as the editor of a table's cell, for
    gone as soon as nobody holds the parent that was asked of it.
    """
    above = widget.parentWidget() if widget.metaObject().className().startswith("QtWebEngine") else None
    return widget if above is None else above
