"""What makes a window ready for the embedded browser before it is shown.

Qt paints a window on the processor until a widget in it is drawn by the graphics card, as the browser is. It then makes
the window anew: the screen flashes, white parts stay for a moment, and the keyboard is lost.
"""

from PySide6.QtWidgets import QRhiWidget, QWidget


class _Nothing(QRhiWidget):
    """A widget of one pixel in the corner, drawn by the graphics card, that draws nothing."""

    def initialize(self, _commands: object) -> None:
        """Need nothing."""

    def render(self, _commands: object) -> None:  # type: ignore[override]
        """Draw nothing."""


def prepare_surface(window: QWidget) -> None:
    """Let a window that is not shown yet be painted as it has to be once it holds a browser."""
    pixel = _Nothing(window)
    pixel.setFixedSize(1, 1)
    pixel.lower()
