"""How large the window is: it fits the screen with its frame, and never grows by itself."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QMainWindow, QWidget

from app.widgets.screen import resize_within, room_for

FIRST = QSize(1440, 900)
"""Where the screen is large enough for it."""

LEAST = QSize(800, 440)
"""A screen of 1920 by 1080 at twice the size leaves 960 by 540 to a window and its frame."""


def fit_first(window: QMainWindow) -> None:
    """Give a window that is not shown yet its first size."""
    # What is inside asks for room and gets what there is: Qt would otherwise make the window larger while it is used.
    layout = window.layout()
    if layout is not None:
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.setMinimumSize(LEAST.boundedTo(room_for(window)))
    resize_within(window, FIRST)


def stay_on_screen(window: QWidget) -> None:
    """Make a window smaller and move it, so that all of it lies on its screen."""
    if window.isMaximized() or window.isFullScreen():
        return
    screen, frame = window.screen().availableGeometry(), window.frameGeometry()
    size = (window.size() - (frame.size() - screen.size()).expandedTo(QSize(0, 0))).expandedTo(window.minimumSize())
    if size != window.size():
        window.resize(size)
        frame.setSize(frame.size().boundedTo(screen.size()))
    corner = _inside(frame, screen)
    if corner != frame.topLeft():
        window.move(corner)


def _inside(frame: QRect, screen: QRect) -> QPoint:
    """Return the corner at which a frame lies on the screen."""
    left = max(screen.left(), min(frame.left(), screen.right() + 1 - frame.width()))
    top = max(screen.top(), min(frame.top(), screen.bottom() + 1 - frame.height()))
    return QPoint(left, top)
