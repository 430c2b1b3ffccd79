"""The panels of the window: one line each. A panel is a widget made from the session and the selection.

A panel may also offer `menu_actions`, which the window puts into its menus, `stops` for F6, a signal `said` with a
sentence for the status bar, and `shut_down` for what it holds. Panels never import each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QUndoView, QWidget

import resources
from app.canvas.view import CanvasPanel
from app.coverage.panel import CoveragePanel
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

Make = Callable[[DocumentSession, Selection], QWidget]


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """How a panel is made, and where it opens in a workspace that does not show it at first.

    Its title is the wording `shell.panel.NAME`.
    """

    name: str
    make: Make
    home: str
    """One of `workspaces.PLACES`."""
    icon: str
    shortcut: str = ""
    is_late: bool = False
    """Made once the window is on the screen, because it loads much."""


@runtime_checkable
class OffersMenus(Protocol):
    """A panel with actions for the menus, by the menu's name."""

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Return actions by menu: file, edit, view, insert, flow, play, help."""


@runtime_checkable
class HasStops(Protocol):
    """A panel with parts that F6 goes to besides its beginning."""

    def stops(self) -> Sequence[QWidget]:
        """Return these parts as the eye meets them; none that is not there."""


@runtime_checkable
class ShutsDown(Protocol):
    """A panel that holds more than widgets, such as a browser or a server."""

    def shut_down(self) -> None:
        """Give it all back; the window closes next."""


def _history(session: DocumentSession, _selection: Selection) -> QWidget:
    view = QUndoView(session.undo_stack)

    def begin() -> None:
        view.setEmptyLabel(resources.text("shell.step.restored" if session.is_restored else "shell.history_start"))

    session.opened.connect(begin)
    begin()
    view.setAccessibleName(resources.text("shell.panel.history"))
    return view


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("canvas", CanvasPanel, "centre", "flow"),
    PanelSpec("outline", OutlinePanel, "left", "outline", "Alt+1"),
    PanelSpec("problems", ProblemsPanel, "bottom", "problems", "Alt+2"),
    PanelSpec("inspector", InspectorPanel, "right", "edit", "Alt+3"),
    PanelSpec("preview", PreviewPanel, "page", "site", "Alt+4", is_late=True),
    PanelSpec("data", DataPanel, "bottom", "data", "Alt+5", is_late=True),
    PanelSpec("log", StepsPanel, "bottom", "record", "Alt+6", is_late=True),
    PanelSpec("sheet", SheetPanel, "bottom", "sheet", "Alt+7", is_late=True),
    PanelSpec("variation", VariationPanel, "right", "variation", "Alt+8", is_late=True),
    PanelSpec("coverage", CoveragePanel, "bottom", "measure", is_late=True),
    PanelSpec("history", _history, "left", "history", "Alt+9"),
)


CANVAS_MENUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "edit": ("cut", "copy", "paste", "duplicate", "rename", "delete", "select_all"),
        "view": (
            "fit",
            "zoom_selection",
            "zoom_full",
            "zoom_in",
            "zoom_out",
            "follow",
            "back",
            "next_arrow",
            "previous_arrow",
        ),
        "insert": ("new_page", "connect", "group"),
        "flow": ("start", "tidy"),
    }
)
"""In which menu each command of the canvas stands."""

CANVAS_TOOLS = ("new_page", "connect", "group", "tidy")
"""The commands of the canvas that stand in the tool bar."""
