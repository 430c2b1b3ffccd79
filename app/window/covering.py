"""Connects the coverage panel with the canvas that shows its numbers, and with its dock."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.canvas.view import CanvasPanel
from app.coverage.panel import CoveragePanel
from app.window.docks import Docks


def connect_coverage(panels: Mapping[str, QWidget], canvas: CanvasPanel, docks: Docks) -> None:
    """Let the canvas show what the panel has measured, and the command of the menu show the panel."""
    panel = panels["coverage"]
    if not isinstance(panel, CoveragePanel):
        raise TypeError("the coverage panel has another name")
    panel.measured.connect(canvas.show_coverage)
    panel.asked.connect(lambda: docks.show("coverage"))
