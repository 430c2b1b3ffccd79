"""What the pages of a program have to do with transitions and fields, for one task.

The search asks this in every state: which transitions a control may take, which fields are worth filling before, and
whether it matters where on the site a move is made.
"""

from typing import Final

from flow_models.runtime.machine.base.behaviour import CLOSE, STAY, Transition
from flow_models.runtime.machine.base.nodes import BoundRow, FieldValue, nodes_in
from flow_models.runtime.machine.formulas.reads import reads_of

from .hidden import Hidden
from .influence import Influence
from .outline import Outline

Meaning = tuple[tuple[str, ...], int]
"""What tells transitions apart that lead to the same state from anywhere: where they lead, and a number."""

_PLACED: Final = frozenset({"record", "used"})
"""Rows that are bound by where one stands: the page's, and that of the control."""


class Layout:
    """What the pages of a program have to do with transitions and fields, for one task.

    Attributes:
        hidden: What the blocks of the pages hide.
    """

    def __init__(self, outline: Outline, influence: Influence, tables: tuple[str, ...] = ()) -> None:
        """Look at a program; `tables` are those from whose rows something must be seen."""
        self._outline = outline
        self._influence = influence
        self.hidden = Hidden(outline, influence.fields_read, frozenset(tables))
        self._positions: dict[str, dict[tuple[str, str], tuple[int, ...]]] = {}
        self._meanings: dict[tuple[int, ...], Meaning | None] = {}
        self._alike: dict[tuple[str, ...], list[list[object]]] = {}
        self._read: dict[tuple[str, tuple[int, ...]], frozenset[str]] = {}

    def positions(self, page: str, kind: str, block: str) -> tuple[int, ...]:
        """Return the transitions of a page with a trigger, in the order in which they are tried."""
        known = self._positions.get(page)
        if known is None:
            gathered: dict[tuple[str, str], list[int]] = {}
            for position in self._outline.program.pages[page].transitions:
                trigger = self._outline.transitions[position].on
                gathered.setdefault((trigger.kind, trigger.block), []).append(position)
            known = self._positions[page] = {key: tuple(found) for key, found in gathered.items()}
        return known.get((kind, block), ())

    def all_positions(self, page: str) -> tuple[int, ...]:
        """Return all transitions of a page."""
        return tuple(self._outline.program.pages[page].transitions)

    def fields_read(self, page: str, positions: tuple[int, ...]) -> frozenset[str]:
        """Return the fields whose values matter when transitions are tried, or to what the page then offers.

        What the page would offer does not matter to whoever is certain to leave it.
        """
        key = (page, positions)
        found = self._read.get(key)
        if found is None:
            found = frozenset() if self._leaves(positions) else self._outline.content_fields(page)
            found = self._read[key] = found.union(*(self._influence.fields_read(one) for one in positions))
        return found

    def content_fields(self, page: str) -> frozenset[str]:
        """Return the fields that decide what a page offers once the site has answered."""
        return self._outline.content_fields(page)

    def may_stay(self, positions: tuple[int, ...]) -> bool:
        """Say whether one may still stand on the page once one of some transitions has been taken."""
        return any(self._outline.transitions[position].to in (STAY, CLOSE) for position in positions)

    def _leaves(self, positions: tuple[int, ...]) -> bool:
        """Say whether the first of some transitions is always taken and one of them leads to another page."""
        parts = [self._outline.transitions[position] for position in positions]
        return any(part.to not in (STAY, CLOSE) for part in parts) and parts[0].when is None

    def everywhere(self, positions: tuple[int, ...]) -> Meaning | None:
        """Return what tells transitions apart that lead to the same state wherever on the site they are taken.

        Such transitions read and write data alone, no field and no page's row, and lead to a page without a row and
        on which nothing happens by itself. None for all others. Links of a header are such: to follow each of them
        once, and not once from every page, spares one step in eight.
        """
        if positions not in self._meanings:
            parts = [self._outline.transitions[position] for position in positions]
            is_bound = not parts or any(self._is_bound_to_page(part) for part in parts)
            self._meanings[positions] = None if is_bound else self._meaning(parts)
        return self._meanings[positions]

    def _is_bound_to_page(self, part: Transition) -> bool:
        """Say whether it matters where a transition is taken, or what happens where it leads."""
        target = self._outline.program.pages.get(part.to)
        if target is None or target.record is not None or part.record is not None:
            return True
        if target.kind == "dialog" or self.positions(part.to, "enter", ""):
            return True
        return any(
            isinstance(node, FieldValue) or (isinstance(node, BoundRow) and node.name in _PLACED)
            for node in nodes_in(part.when, part.do)
        )

    def _meaning(self, parts: list[Transition]) -> Meaning:
        """Return the number of transitions among those that lead to the same pages; triggers do not count.

        Two that are alike are still told apart where luck has a say, as each has luck of its own.
        """
        own: list[object] = [(part.when, part.do, part.id if _is_lucky(part) else "") for part in parts]
        targets = tuple(part.to for part in parts)
        known = self._alike.setdefault(targets, [])
        if own not in known:
            known.append(own)
        return targets, known.index(own)


def _is_lucky(part: Transition) -> bool:
    """Say whether luck has a say in a transition."""
    return "chance" in reads_of(part.when, part.do).flags
