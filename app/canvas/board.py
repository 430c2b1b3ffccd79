"""What gestures, commands and the panel share: the document, the selection, and the layout that is shown."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

import resources
from app.canvas import strokes
from app.canvas.changes import Made
from app.canvas.looks import Badge, Play, Reported, badges_of
from app.canvas.scene import DiagramScene
from app.document.selection import Selection
from app.document.session import DocumentSession
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.geometry.layout import Layout, layout_of


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

    def edit(self, flow: Flow, label: str, merge_key: str | None = None, **args: object) -> None:
        """Make an edit, whose name in the history is the message `canvas.edit.LABEL`."""
        self.session.edit(flow, resources.text(f"canvas.edit.{label}", **args), merge_key)

    def make(self, made: Made, label: str) -> None:
        """Make an edit and select what it made."""
        self.edit(made.flow, label)
        self.selection.select(*made.elements)

    def area_of(self, element: Element) -> QRectF | None:
        """Return where an element, or the page that it is on, lies in the scene."""
        layout = self.layout
        if element.kind == "section" and element.id in layout.frames:
            return strokes.qrect(layout.frames[element.id].rect)
        if element.kind == "transition" and element.id in layout.arrows:
            chip = layout.chip_of(element.id)
            return strokes.qrect(chip.rect if chip else layout.arrows[element.id].bounds)
        page = pages_of(self.flow).get(element._replace(field=""))
        return strokes.qrect(layout.cards[page].rect) if page is not None and page in layout.cards else None

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
