"""Walking along the arrows by keys: from a page to the next and back, and over the arrows that leave a page."""

from typing import Literal

from app.canvas.board import Board
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element


class Following:
    """Selects pages and arrows one after the other, and remembers the way that one came."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._trail: list[tuple[str, str]] = []
        self._begun: Element | None = None

    def follow(self) -> None:
        """Go along the selected arrow, or the selected page's first that leads elsewhere."""
        flow, current = self._board.flow, self._board.selection.current
        if current is None or current.kind not in ("page", "section", "transition"):
            return
        arrows = [current.id] if current.kind == "transition" else self._leaving(current)
        for arrow in (flow.transitions_by_id[one] for one in arrows):
            source = self._source(arrow.source)
            to = source if arrow.to == "stay" and current.kind == "transition" else arrow.to
            if to in flow.pages_by_id and (current.kind == "transition" or to != source):
                self._trail.append((source, to))
                self._select("page", to)
                return

    def back(self) -> None:
        """Go back to where the selected arrow begins, or to the page from which one came to the selected one."""
        flow, current = self._board.flow, self._board.selection.current
        if current is None:
            return
        if current.kind == "transition":
            self._select("page", self._source(flow.transitions_by_id[current.id].source))
            return
        while self._trail and self._trail[-1][1] != current.id:
            self._trail.pop()
        came = [self._trail.pop()[0]] if self._trail else []
        arriving = [arrow.source for arrow in flow.transitions if arrow.to == current.id != arrow.source]
        self._select("page", next((page for page in (*came, *arriving) if page in flow.pages_by_id), ""))

    def step(self, by: int) -> None:
        """Select the next arrow of the same page, or the first or last one of the selected page."""
        current = self._board.selection.current
        if current is None:
            return
        if current.kind in ("page", "section"):
            self._begun = current
            arrows = self._leaving(current)
            self._select("transition", arrows[0 if by > 0 else -1] if arrows else "")
        elif current.kind == "transition":
            arrows = self._beside(current.id)
            self._select("transition", arrows[(arrows.index(current.id) + by) % len(arrows)])

    def _beside(self, transition: str) -> list[str]:
        """Return an arrow with the others among which one steps: those of the page where that was begun, or its own."""
        if self._begun is not None and part_of(self._board.flow, self._begun) is not None:
            arrows = self._leaving(self._begun)
            if transition in arrows:
                return arrows
        source = self._board.flow.transitions_by_id[transition].source
        return self._leaving(Element("page" if source in self._board.flow.pages_by_id else "section", source))

    def _leaving(self, element: Element) -> list[str]:
        """Return the arrows that leave a page or section, a page's own before those of its section."""
        flow = self._board.flow
        section = flow.section_of.get(flow.pages_by_id[element.id].id) if element.kind == "page" else None
        sources = (element.id, section.id) if section else (element.id,)
        return [arrow.id for source in sources for arrow in flow.transitions if arrow.source == source]

    def _source(self, source: str) -> str:
        """Return the page where an arrow begins; a section's on the one from which one stepped to it, or its first."""
        section = self._board.flow.sections_by_id.get(source)
        if section is None:
            return source
        begun = self._begun.id if self._begun is not None else ""
        return begun if begun in section.pages else next(iter(section.pages), "")

    def _select(self, kind: Literal["page", "transition"], element_id: str) -> None:
        if element_id:
            element = Element(kind, element_id)
            self._board.selection.select(element)
            self._board.bring_wanted.emit(element)
