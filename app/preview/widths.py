"""The line above the page: its address, the three widths at which it can be looked at, and the way to a large one."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

import resources
from app.theme import icon
from app.words.menus import unmarked

SITE_WIDTHS: Mapping[str, int] = MappingProxyType({"phone": 360, "tablet": 768, "desk": 1440})
"""CSS pixels across of a page, by what it is looked at with; where there is less room it is shown smaller."""

KEYS: Mapping[str, str] = MappingProxyType({"phone": "Ctrl+F1", "tablet": "Ctrl+F2", "desk": "Ctrl+F3"})

FIRST = "tablet"


class AddressLine(QWidget):
    """The address of the shown page, cut where there is no room, beside the choice of its width."""

    width_chosen = Signal(str)
    """Carries what the page is looked at with: phone, tablet or desk."""
    large_wanted = Signal()
    """The page should fill the window, or no longer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.address = QLabel()
        self.address.setProperty("role", "muted")
        self.address.setAccessibleName(resources.text("preview.label.address"))
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 2, 6, 2)
        line.setSpacing(2)
        line.addWidget(self.address, 1)
        self.actions_by_name = {name: self._action(name) for name in KEYS}
        group = QActionGroup(self)
        for action in self.actions_by_name.values():
            group.addAction(action)
            line.addWidget(self._button(action))
        self.actions_by_name[FIRST].setChecked(True)
        self.large = QAction(resources.text("preview.large"), self, checkable=True)
        self.large.setToolTip(resources.text("preview.large_tip"))
        self.large.setStatusTip(resources.text("preview.large_tip"))
        self.large.triggered.connect(lambda _checked=False: self.large_wanted.emit())
        line.addWidget(self._button(self.large))
        self.redraw()

    def show_address(self, address: str) -> None:
        """Show an address."""
        self.address.setText(address)
        self.address.setToolTip(address)

    def redraw(self) -> None:
        """Draw the icons in the palette's colours."""
        for name, action in self.actions_by_name.items():
            action.setIcon(icon(name, self.palette()))
        self.large.setIcon(icon("large", self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "large"):
            self.redraw()

    def _action(self, name: str) -> QAction:
        action = QAction(resources.text(f"preview.width.{name}"), self, checkable=True)
        action.setObjectName(f"preview_width_{name}")
        action.setShortcut(QKeySequence(KEYS[name]))
        tip = resources.text(f"preview.width_tip.{name}")
        action.setToolTip(f"{tip} ({KEYS[name]})")
        action.setStatusTip(tip)
        action.triggered.connect(lambda _checked=False: self.width_chosen.emit(name))
        return action

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setProperty("role", "compact")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(unmarked(action.text()))
        return button
