"""How much of a screen a window may take: all of it has to be seen, its frame and its buttons too."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 48)
"""What a frame takes at most, as long as the window has none that could be measured."""


def resize_within(window: QWidget, size: QSize) -> None:
    """Give a window a size, or what its screen leaves of it."""
    window.resize(size.boundedTo(room_for(window)))


def room_for(window: QWidget) -> QSize:
    """Return the largest size of a window that its screen shows whole."""
    return window.screen().availableGeometry().size() - FRAME
