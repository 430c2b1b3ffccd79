"""What the parts of the inspector share: the flow and how to change it, scopes of formulas, problems, the selection."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from app.document.changing import Change
from app.document.fixing import fix
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.words.steps import placed
from flow_models.checks.problem import Problem
from flow_models.document.edits.parts import owner_of, value_at, with_value
from flow_models.document.elements import Element
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.places import (
    Place,
    page_places,
    section_places,
    table_places,
    task_places,
    transition_places,
)
from flow_models.document.scopes import Scopes


class Shared(QObject):
    """The open document as all parts of the inspector use it."""

    said = Signal(str)
    """Carries one sentence for the status bar."""
    remarked = Signal()
    """There is something else to say about what stands in a field."""

    def __init__(self, session: DocumentSession, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.selection = selection
        self.folds: dict[object, bool] = {}
        """Which sections the person has opened or folded, by key: the next form of the kind starts so."""
        self._places_of: Flow | None = None
        self._scopes: Scopes | None = None
        self._places: dict[Element, dict[Element, Place]] = {}

    @property
    def flow(self) -> Flow:
        """The flow as it is now."""
        return self.session.flow

    def attempt(self, change: Change, label: str) -> bool:
        """Make an edit of one step and return whether it could be made; if not, say why in the status bar."""
        return self._is_done(self.session.attempt(change, self.placed(label)))

    def placed(self, label: str) -> str:
        """Return a step's name with what the form is about, where it happens."""
        return placed(self.flow, label, self.selection.current)

    def fix(self, problem: Problem) -> None:
        """Apply a problem's fix, and lead to the message that it added; if it no longer fits, say so."""
        before = self.flow.transitions_by_id.keys()
        if self._is_done(fix(self.session, problem)):
            made = (arrow for arrow in self.flow.transitions if arrow.id not in before and arrow.notice is not None)
            for arrow in made:
                self.selection.reveal(Element("transition", arrow.id, "notice.text"))

    def value(self, at: Element) -> object:
        """Return the value of a field; nothing if it is not there (yet)."""
        try:
            return value_at(self.flow, at)
        except UnknownElementError:
            return None

    def place(self, at: Element) -> Place | None:
        """Return what a formula in a field may name and should be."""
        if self._places_of is not self.flow or self._scopes is None:
            self._places_of = self.flow
            self._scopes = Scopes(self.flow)
            self._places = {}
        owner = owner_of(self.flow, at)
        if owner is None:
            return None
        if owner not in self._places:
            self._places[owner] = {place.element: place for place in _places(self._scopes, owner)}
        return self._places[owner].get(at)

    def _is_done(self, refused: str) -> bool:
        if refused:
            self.said.emit(refused)
        return not refused


def put(flow: Flow, at: Element, value: object) -> Flow:
    """Return the flow with a field set; a blank formula for a column leaves the effect's values."""
    head, _, key = at.field.rpartition(".")
    if head.endswith("values") and value == "":
        old = value_at(flow, at._replace(field=head))
        kept = {name: source for name, source in old.items() if name != key} if isinstance(old, dict) else old
        return with_value(flow, at._replace(field=head), kept)
    return with_value(flow, at, value)


def _places(scopes: Scopes, owner: Element) -> Iterator[Place]:
    """Yield the places of a part, blank ones too."""
    flow = scopes.flow
    match owner.kind:
        case "page":
            return page_places(scopes, flow.pages_by_id[owner.id], blank=True)
        case "section":
            return section_places(scopes, flow.sections_by_id[owner.id], blank=True)
        case "transition":
            return transition_places(scopes, flow.transitions_by_id[owner.id], blank=True)
        case "table":
            return table_places(scopes, flow.tables_by_id[owner.id], blank=True)
        case "task":
            return task_places(scopes, flow.tasks_by_id[owner.id], blank=True)
        case _:
            return iter(())
