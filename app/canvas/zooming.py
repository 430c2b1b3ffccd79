"""The zoom in the lower left corner: smaller, how much, larger, and everything."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

import resources
from app.canvas.viewport import CORNER, DiagramView


class ZoomBar(QFrame):
    """Four buttons over the canvas."""

    def __init__(self, actions: Mapping[str, QAction], view: DiagramView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(1)
        self.percent = QToolButton(self)
        for name in ("zoom_out", "zoom_full", "zoom_in", "fit"):
            button = self.percent if name == "zoom_full" else QToolButton(self)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(actions[name].toolTip())
            button.setAccessibleName(actions[name].text())
            if name == "zoom_full":
                button.clicked.connect(actions[name].trigger)
            else:
                button.setDefaultAction(actions[name])
            row.addWidget(button)
        view.zoomed.connect(self._show)
        view.moved.connect(self.place)
        self._show(view.zoom)
        self._keep_room()

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the number in a larger text too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "percent"):
            self._keep_room()
            self.place()

    def _keep_room(self) -> None:
        """Be as wide for any number, so that nothing moves."""
        widest = resources.text("canvas.zoom", percent=100)
        self.percent.setFixedWidth(self.percent.fontMetrics().horizontalAdvance(widest) + 24)

    def place(self) -> None:
        """Stand in the lower left corner, whatever part of the scene is seen."""
        self.adjustSize()
        self.move(CORNER, self._view.viewport().rect().bottom() - self.height() - CORNER)

    def _show(self, zoom: float) -> None:
        self.percent.setText(resources.text("canvas.zoom", percent=round(zoom * 100)))
