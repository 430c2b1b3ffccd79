"""The panels of the window: one line each. A panel is a widget made from the session and the selection.

A panel may also offer `menu_actions` and `toolbar_actions`, which the window puts into its menus and tools, and a
signal `said` with a sentence for the status bar, and `shut_down` for what it holds. Panels never import each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.canvas.view import CanvasPanel
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.inspector.panel import InspectorPanel
from app.outline.panel import OutlinePanel
from app.preview.contact_sheet import SheetPanel
from app.preview.data import DataPanel
from app.preview.panel import PreviewPanel
from app.preview.steps import StepsPanel
from app.problems.panel import ProblemsPanel
from app.variation.panel import VariationPanel

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea

Make = Callable[[DocumentSession, Selection], QWidget]


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """Where a panel stands and how it is made; its title is the wording `shell.panel.NAME`."""

    name: str
    make: Make
    area: Qt.DockWidgetArea
    icon: str
    shortcut: str
    beside: str = ""
    """The panel with which this one shares its place as a tab."""
    extent: int = 0
    """Its width at the sides, its height at the bottom, in the beginning; 0 leaves that to Qt."""
    is_late: bool = False
    """Made once the window is on the screen, because it loads much."""


@runtime_checkable
class OffersMenus(Protocol):
    """A panel with actions for the menus, by the menu's name."""

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Return actions by menu: file, edit, view, insert, flow, play, help."""


@runtime_checkable
class OffersTools(Protocol):
    """A panel with actions for the tool bar."""

    def toolbar_actions(self) -> Sequence[QAction]:
        """Return the actions in their order."""


@runtime_checkable
class ShutsDown(Protocol):
    """A panel that holds more than widgets, such as a browser or a server."""

    def shut_down(self) -> None:
        """Give it all back; the window closes next."""


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("outline", OutlinePanel, LEFT, "outline", "Alt+1", extent=288),
    PanelSpec("inspector", InspectorPanel, RIGHT, "edit", "Alt+3"),
    PanelSpec("variation", VariationPanel, RIGHT, "variation", "Alt+8", beside="inspector", is_late=True),
    PanelSpec("problems", ProblemsPanel, BOTTOM, "problems", "Alt+2", extent=200),
    PanelSpec("preview", PreviewPanel, RIGHT, "site", "Alt+4", extent=420, is_late=True),
    PanelSpec("data", DataPanel, BOTTOM, "data", "Alt+5", beside="problems", is_late=True),
    PanelSpec("sheet", SheetPanel, BOTTOM, "sheet", "Alt+7", beside="problems", is_late=True),
    PanelSpec("log", StepsPanel, LEFT, "history", "Alt+6", beside="outline", is_late=True),
)


def central_panel(session: DocumentSession, selection: Selection) -> CanvasPanel:
    """Return the widget in the middle of the window."""
    return CanvasPanel(session, selection)


CANVAS_MENUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "edit": ("cut", "copy", "paste", "duplicate", "rename", "delete", "select_all"),
        "view": ("fit", "zoom_selection", "zoom_full", "zoom_in", "zoom_out"),
        "insert": ("new_page", "connect", "group"),
        "flow": ("start", "tidy"),
    }
)
"""In which menu each command of the canvas stands."""
