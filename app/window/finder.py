"""Finding: the outline's search line, and one list of everything, commands included."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.document.selection import Selection
from app.document.session import DocumentSession
from app.finding.candidates import elements_of, problems_of
from app.finding.commands import commands_of, found_commands
from app.finding.palette import Palette
from app.outline.panel import OutlinePanel
from app.window.docks import Docks
from app.window.menus import Menus
from flow_models.document.elements import Element


class Finder(QObject):
    """Finds things on behalf of a window."""

    def __init__(
        self,
        menus: Menus,
        session: DocumentSession,
        selection: Selection,
        docks: Docks,
        panels: Mapping[str, QWidget],
        show_canvas: Callable[[], object],
    ) -> None:
        super().__init__(menus)
        self._menus = menus
        self._session = session
        self._selection = selection
        self._docks = docks
        self._panels = panels
        self._show_canvas = show_canvas

    def find(self) -> None:
        """Put the keyboard into the outline's search line."""
        self._docks.show("outline")
        outline = self._panels["outline"]
        if isinstance(outline, OutlinePanel):
            outline.focus_filter()

    def find_anything(self) -> None:
        """Open the list of elements, problems and commands."""
        commands = commands_of(self._menus.actions())
        candidates = [
            *elements_of(self._session.flow),
            *problems_of(self._session.problems),
            *found_commands(commands),
        ]
        palette = Palette(candidates, commands, self._menus.window)
        palette.element_chosen.connect(self._go_to)
        palette.open()

    def _go_to(self, element: Element) -> None:
        self._show_canvas()
        self._selection.reveal(element)
