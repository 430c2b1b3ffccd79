"""What is selected: a few elements of the flow, shared by all panels, and no part of the document.

`changed` says that other elements are selected; `revealed` asks every panel to bring one element (and the field inside
it that its `field` names) into view and, where it can, to put the keyboard there.
"""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from app.document.neighbours import beside
from app.document.session import DocumentSession
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

REMEMBERED = 300
"""Flows of the history for which is known what was selected; each holds little that the next one does not."""


class Selection(QObject):
    """The selected elements in the order in which they were chosen; their `field` is always empty."""

    changed = Signal(object)
    """Carries the new `elements`."""
    revealed = Signal(object)
    """Carries the `Element` to show, its `field` included."""

    def __init__(self, session: DocumentSession) -> None:
        """Begin with nothing selected.

        Made right after its session, so that it hears of an edit first: panels find nothing selected that is gone.
        """
        super().__init__(session)
        self._elements: tuple[Element, ...] = ()
        self._left: OrderedDict[int, tuple[Flow, tuple[Element, ...]]] = OrderedDict()
        self._session = session
        session.flow_changed.connect(self._follow)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The selected elements."""
        return self._elements

    @property
    def current(self) -> Element | None:
        """The element chosen last, which the inspector shows."""
        return self._elements[-1] if self._elements else None

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the selected elements of one kind."""
        return tuple(element.id for element in self._elements if element.kind == kind)

    def select(self, *elements: Element) -> None:
        """Select exactly these elements; without any, select nothing."""
        chosen = tuple(dict.fromkeys(element._replace(field="") for element in elements))
        if chosen != self._elements:
            self._elements = chosen
            self.changed.emit(chosen)

    def add(self, *elements: Element) -> None:
        """Select these elements besides those selected now."""
        self.select(*self._elements, *elements)

    def toggle(self, element: Element) -> None:
        """Select an element besides the others, or take it out."""
        bare = element._replace(field="")
        if bare in self._elements:
            self.select(*(other for other in self._elements if other != bare))
        else:
            self.add(bare)

    def clear(self) -> None:
        """Select nothing."""
        self.select()

    def reveal(self, element: Element) -> None:
        """Select an element and ask all panels to show it, down to its field."""
        self.select(element)
        self.revealed.emit(element)

    def _follow(self, before: Flow, after: Flow) -> None:
        """Stay with what is worked on: what an undo gives back, else what is still there, else what stood beside it."""
        if self._session.is_replacing:
            self._left.clear()
            self.select(*_there(after, self._elements))
            return
        self._left[id(before)] = (before, self._elements)
        self._left.move_to_end(id(before))
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        known = self._left.get(id(after))
        if known is not None and known[0] is after and known[1]:
            self.select(*_there(after, known[1]))
            return
        kept = _there(after, self._elements)
        if self._elements and not kept:
            last = self._elements[-1]
            kept = next(((one,) for one in beside(before, last) if part_of(after, one) is not None), ())
        self.select(*kept)


def _there(flow: Flow, elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return those of some elements that a flow has."""
    return tuple(element for element in elements if part_of(flow, element) is not None)
