"""What gestures, commands and the panel share: the document, the selection, and the layout that is shown."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from app.canvas.changes import Made
from app.canvas.looks import Badge, Play, Reported, badges_of
from app.canvas.scene import DiagramScene
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.drawing import strokes
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.geometry.arrows import Arrow
from flow_models.geometry.frames import Chip
from flow_models.geometry.homes import Homes, rehomed
from flow_models.geometry.layout import Layout, layout_of

LATELY = 8
"""Layouts that are kept for undo and redo."""


class Wish(NamedTuple):
    """A new page that is wanted.

    Attributes:
        at: Where in the scene it was asked for; `None` for beside what is selected.
        page: The page from which an arrow was drawn there; empty if none was.
        block: The button or link where the arrow begins; empty for a new one.
    """

    at: QPointF | None = None
    page: str = ""
    block: str = ""


class Board(QObject):
    """Keeps the scene in step with the flow, makes the canvas's edits, and passes on what is asked for by hand."""

    layout_changed = Signal()
    """The layout that is shown is another one."""
    page_wanted = Signal(object)
    """Carries a `Wish`."""
    rename_wanted = Signal(object)
    """Carries the page or section whose title is to be typed."""
    bring_wanted = Signal(object)
    """Carries the element that is to come into view."""
    seen_wanted = Signal(object)
    """Carries the elements that are to be seen whole and together."""
    menu_wanted = Signal(object)
    """Carries the place of the screen where the context menu is to open."""

    def __init__(self, session: DocumentSession, selection: Selection, scene: DiagramScene, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.selection = selection
        self.scene = scene
        self._settled = layout_of(session.flow)
        self._lately: list[tuple[Flow, Layout]] = [(session.flow, self._settled)]
        self._shown = self._settled
        self._previewed: tuple[Homes | None, Flow, Flow] = (None, session.flow, session.flow)
        self._problems: tuple[Reported, ...] = ()
        self.badges: Mapping[str, Badge] = {}
        self.keeps_view = False
        """Whether what is selected just now is not to come into view, as when everything is."""
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

    def make(self, made: Made, label: str) -> None:
        """Make an edit and select what it made."""
        self.session.edit(made.flow, label)
        self.selection.select(*made.elements)

    def foresee(self, flow: Flow, layout: Layout) -> None:
        """Know the layout of a flow that comes next."""
        self._lately.append((flow, layout))

    def area_of(self, element: Element) -> QRectF | None:
        """Return where an element, or the page that it is on, lies in the scene."""
        layout = self.layout
        if element.kind == "transition" and element.id in layout.arrows:
            return self._area_of_arrow(layout.arrows[element.id], layout.chip_of(element.id))
        owner = _owner_of(self.flow, element)
        part = layout.frames.get(owner) or layout.cards.get(owner)
        return None if part is None else strokes.qrect(part.rect)

    def _area_of_arrow(self, arrow: Arrow, chip: Chip | None) -> QRectF:
        if chip is not None:
            return strokes.qrect(chip.rect)
        area = strokes.qrect(arrow.bounds)
        return area if arrow.label is None else area.united(strokes.qrect(arrow.label.rect))

    def shift(self, shifts: Mapping[str, tuple[float, float]], in_sections: Homes | None = None) -> None:
        """Show pages elsewhere, and in other sections, for the time of a gesture; without any, where they are."""
        if in_sections != self._previewed[0] or self._previewed[1] is not self.flow:
            self._previewed = (in_sections, self.flow, rehomed(self.flow, in_sections or {}))
        self._show(layout_of(self._previewed[2], self._shown, shifts) if shifts else self._settled)

    def show_problems(self, problems: Sequence[Reported]) -> None:
        """Put badges on the cards of the pages that have problems."""
        self._problems = tuple(problems)
        self.badges = badges_of(self._problems, pages_of(self.flow)) if self._problems else {}
        self.scene.set_badges(self.badges)

    def show_play(self, play: Play) -> None:
        """Light up what is played."""
        self.scene.set_play(play)

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        known = next((layout for flow, layout in self._lately if flow is after), None)
        if known is None:
            known = layout_of(after, self._settled if before.id == after.id else None)
        others = [entry for entry in self._lately if entry[0] is not after and after.id == entry[0].id]
        # A step back and forth leads to flows whose layout was made a moment ago.
        self._lately = [*others[-LATELY + 1 :], (after, known)]
        self._settled = known
        self._show(self._settled)

    def _show(self, layout: Layout) -> None:
        self._shown = layout
        self.scene.show_layout(layout)
        self.layout_changed.emit()


def _owner_of(flow: Flow, element: Element) -> str:
    """Return the page or section on which an element is shown: itself, or where a block stands or an arrow starts."""
    if element.kind == "block":
        owner = flow.owners_by_block.get(element.id)
        return owner.id if owner else ""
    transition = flow.transitions_by_id.get(element.id) if element.kind == "transition" else None
    return element.id if transition is None else transition.source


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
