"""What is selected: a few elements of the flow, shared by all panels, and no part of the document.

`changed` says that other elements are selected; `revealed` asks every panel to bring one element (and the field inside
it that its `field` names) into view and, where it can, to put the keyboard there.
"""

from PySide6.QtCore import QObject, Signal

from app.document.session import DocumentSession
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


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
        session.flow_changed.connect(self._drop_what_is_gone)

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

    def _drop_what_is_gone(self, _before: Flow, after: Flow) -> None:
        self.select(*(element for element in self._elements if part_of(after, element) is not None))
