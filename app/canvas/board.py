"""What gestures, commands and the panel share: the document, the selection, and the layout that is shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.canvas.looks import Badge, Play, Reported, badges_of
from app.canvas.scene import DiagramScene
from app.document.selection import Selection
from app.document.session import DocumentSession
from flow_models.document.blocks import walk
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.layout import Layout, layout_of


class Board(QObject):
    """Keeps the scene in step with the flow."""

    layout_changed = Signal()
    """The layout that is shown is another one."""

    def __init__(self, session: DocumentSession, selection: Selection, scene: DiagramScene, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.selection = selection
        self.scene = scene
        self._settled = layout_of(session.flow)
        self._shown = self._settled
        self._problems: tuple[Reported, ...] = ()
        self.badges: Mapping[str, Badge] = {}
        session.flow_changed.connect(self._flow_changed)
        selection.changed.connect(scene.set_chosen)
        scene.show_layout(self._settled)
        scene.set_chosen(selection.elements)

    @property
    def flow(self) -> Flow:
        """The flow as it is now."""
        return self.session.flow

    @property
    def layout(self) -> Layout:
        """The layout of the flow, without what a gesture shifts."""
        return self._settled

    @property
    def shown(self) -> Layout:
        """The layout as it is shown."""
        return self._shown

    def shift(self, shifts: Mapping[str, tuple[float, float]]) -> None:
        """Show pages elsewhere for the time of a gesture; without any, show them where they are."""
        self._show(layout_of(self.flow, self._shown, shifts) if shifts else self._settled)

    def show_problems(self, problems: Sequence[Reported]) -> None:
        """Put badges on the cards of the pages that have problems."""
        self._problems = tuple(problems)
        self.badges = badges_of(self._problems, pages_of(self.flow)) if self._problems else {}
        self.scene.set_badges(self.badges)

    def show_play(self, play: Play) -> None:
        """Light up what is played."""
        self.scene.set_play(play)

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        keeps = before.id == after.id
        self._settled = layout_of(after, self._settled if keeps else None)
        self._show(self._settled)

    def _show(self, layout: Layout) -> None:
        self._shown = layout
        self.scene.show_layout(layout)
        self.layout_changed.emit()


def pages_of(flow: Flow) -> dict[Element, str]:
    """Return the page on which the problems of an element are shown, by element without field.

    A section's elements are shown on none of its pages; its transitions neither.
    """
    found: dict[Element, str] = {}
    for page in flow.pages:
        found[Element("page", page.id)] = page.id
        for block in walk(page.blocks):
            found[Element("block", block.id)] = page.id
    for transition in flow.transitions:
        if transition.source in flow.pages_by_id:
            found[Element("transition", transition.id)] = transition.source
    return found
