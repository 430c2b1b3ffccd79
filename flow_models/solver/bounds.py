"""How many steps a task needs at least, from any page and set of met needs: what guides the search to shortest ones.

The distances come from the graph of (page, needs met) in which every transition may be taken, whatever its guard says.
A real solution walks the same graph, so the distance never exceeds its length, and the first goal that a best-first
search comes to is one of the shortest. They are measured once for a task and serve all of its instances.
"""

import heapq
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import CLOSE, STAY, Clear, RemoveRows
from flow_models.runtime.machine.base.blocks import Button, Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Program

from .needs import Needs
from .outline import Outline

FAR: Final = 1_000_000
"""Stands for "cannot be reached"."""

Place = tuple[str, bool]
"""A page, and whether its form may be filled already: so it may once somebody has stayed there."""

_BY_ITSELF: Final = frozenset({"enter", "open"})
"""Triggers of transitions that follow an arrival without a step."""

_NOTHING_BLANK: Final[tuple[int, frozenset[str]]] = (0, frozenset())


class _Way(NamedTuple):
    """A transition as it can be taken from a page.

    Attributes:
        position: The transition.
        places: Where it may lead.
        cost: The steps it takes at least where the page's form may be filled already; FAR if it cannot be taken then.
        blank_cost: The same where the form is as on arrival.
    """

    position: int
    places: tuple[Place, ...]
    cost: int
    blank_cost: int


class Distances:
    """The fewest steps to meet all needs.

    A node of the graph is a place with the needs that are met there. Nodes are numbered, those of one place in a row,
    so that the number of a node is that of its place and the bits of its needs.

    Args:
        outline: The program.
        needs: What is needed.
        shown: For each thing to be seen the pages that may show it; each is a bit above those of `needs`.

    Attributes:
        blank_fields: For each page the submit buttons with the fields that must be filled before, and their number.
    """

    def __init__(self, outline: Outline, needs: Needs, shown: Sequence[Sequence[str]] = ()) -> None:
        self._outline = outline
        self._program = outline.program
        self._needs = needs
        self._shown: dict[str, int] = {}
        self._goal = needs.goal
        for place, pages in enumerate(shown, len(needs.bits)):
            self._goal |= 1 << place
            for page in pages:
                self._shown[page] = self._shown.get(page, 0) | 1 << place
        self._size = 1 << (len(needs.bits) + len(shown))
        self._filled = {page: sum(bits) for page, bits in needs.fills.items()}
        self._bases = _bases(outline.program)
        self.blank_fields = {page: _blank_fields(outline, page, needs) for page in self._program.pages}
        places = [(page, is_filled) for page in (*self._program.pages, "") for is_filled in (False, True)]
        self._first = {place: number * self._size for number, place in enumerate(places)}
        self._landings: dict[Place, list[int]] = {}
        self._distances = self._measured()
        self._after: dict[tuple[str, int, int], int] = {}

    def at(self, page: str, is_filled: bool, mask: int) -> int:
        """Return the least number of steps from a page with some needs met; what is folded there may be shown yet."""
        first = self._first.get((page, is_filled))
        return FAR if first is None else self._distances[first + (mask | self._shown.get(page, 0))]

    @cached_property
    def between_rows(self) -> int:
        """The least number of steps from one transition that brings about a row to the next one, that included.

        A bit says that some row has come about, not how many: where three are wanted, the distances know of one. This
        is what each row more costs; not to count it makes a fifth more steps to try.
        """
        if self._needs.one_by_one < 0 or self._goal != self._needs.goal:
            return 0
        rest = (self._size - 1) & ~self._goal
        found = [
            self._distances[self._landing(place)[rest] & ~self._goal]
            for position in self._needs.gives
            for page in self._outline.pages_with[position]
            for place in self._places(page, position)
        ]
        least = min(found, default=FAR)
        return 0 if least >= FAR else least

    def filled_on(self, page: str) -> int:
        """Return the needs that filling the fields of a page can meet."""
        return self._filled.get(page, 0)

    def after(self, page: str, position: int, mask: int) -> int:
        """Return the least number of steps that are left once a transition of a page has been taken."""
        key = (page, position, mask)
        known = self._after.get(key)
        if known is None:
            given = self._given(position, mask)
            known = self._after[key] = min(
                self._distances[self._landing(place)[given]] for place in self._places(page, position)
            )
        return known

    def _measured(self) -> list[int]:
        """Return the distance of every node, found by going back from those where the goal is reached."""
        behind = self._behind()
        goal = self._goal
        found = [0 if node % self._size & goal == goal else FAR for node in range(len(behind))]
        heap = [(0, node) for node, distance in enumerate(found) if not distance]
        while heap:
            distance, node = heapq.heappop(heap)
            if distance > found[node]:
                continue
            for previous, cost in behind[node]:
                if distance + cost < found[previous]:
                    found[previous] = distance + cost
                    heapq.heappush(heap, (distance + cost, previous))
        return found

    def _behind(self) -> list[list[tuple[int, int]]]:
        """Return for every node those from which one can come there, each with the steps that this takes."""
        behind: list[list[tuple[int, int]]] = [[] for _ in range(len(self._first) * self._size)]
        for place, first in self._first.items():
            for targets, cost in self._arrows(place):
                for node, target in enumerate(targets, first):
                    behind[target].append((node, cost))
        return behind

    def _arrows(self, place: Place) -> Iterator[tuple[Sequence[int], int]]:
        """Yield what can be done at a place: the nodes to which it leads, by the needs that are met, and its steps."""
        page, is_filled = place
        masks = range(self._size)
        for bit in self._needs.fills.get(page, ()):
            yield [self._first[place] + (mask | bit) for mask in masks], 1
        if not page:
            yield self._landing((self._program.site.start, False)), 1
        for way in self._ways(page):
            cost = way.cost if is_filled else way.blank_cost
            if cost < FAR:
                given = [self._given(way.position, mask) for mask in masks]
                for landing in map(self._landing, way.places):
                    yield [landing[mask] for mask in given], cost

    def _ways(self, page: str) -> Iterator[_Way]:
        """Yield the transitions that can be taken from a page, those for which the page under a dialog waits too."""
        if not page:
            return
        blank = self.blank_fields[page]
        for position in self._program.pages[page].transitions:
            trigger = self._outline.transitions[position].on
            places = self._places(page, position)
            if trigger.kind in _BY_ITSELF:
                yield _Way(position, places, FAR, 0)
            else:
                filled_first = blank.get(trigger.block, _NOTHING_BLANK)[0] if trigger.kind == "use" else 0
                yield _Way(position, places, 1, 1 + filled_first)
        for base in self._bases.get(page, ()):
            for position in self._program.pages[base].transitions:
                if self._outline.transitions[position].on.kind == "wait":
                    yield _Way(position, self._places(base, position), 1, 1)

    def _given(self, position: int, mask: int) -> int:
        """Return the needs met once a transition has been taken."""
        found = mask
        for bit, before in self._needs.gives.get(position, ()):
            if before & mask == before:
                found |= bit
        return found

    def _places(self, page: str, position: int) -> tuple[Place, ...]:
        """Return where a transition of a page may lead.

        Where it shows a row or takes rows away, the row may not be there, and the site shows its page for that; what is
        taken away can also close the dialog that showed it.
        """
        transition = self._outline.transitions[position]
        bases = [(base, True) for base in self._bases.get(page, ())]
        removes = any(isinstance(effect, RemoveRows | Clear) for effect in transition.do)
        found: list[Place] = [(transition.to, False)]
        if transition.to == STAY:
            found = [(page, True)]
        elif transition.to == CLOSE:
            found = bases or [(page, True)]
        if removes or transition.record is not None:
            found.append((self._program.site.not_found or "", False))
        if removes:
            found += bases
        return tuple(dict.fromkeys(found))

    def _landing(self, place: Place) -> list[int]:
        """Return the nodes in which one comes to a place, by the needs that are met before."""
        found = self._landings.get(place)
        if found is None:
            first = self._first[place]
            found = self._landings[place] = [first + self._landed(place, mask) for mask in range(self._size)]
        return found

    def _landed(self, place: Place, mask: int) -> int:
        """Return the needs met where one has come: what is shown there, and what its fields hold on arrival."""
        page, has_stayed = place
        mask |= self._shown.get(page, 0)
        for bit, before in () if has_stayed else self._needs.arrivals.get(page, ()):
            if before & mask == before:
                mask |= bit
        return mask


def _bases(program: Program) -> dict[str, tuple[str, ...]]:
    """Return for each dialog the pages over which it can stand, also by way of other dialogs."""
    openers = _openers(program)
    dialogs = openers.keys()
    for _ in dialogs:
        for pages in openers.values():
            pages.update(*[openers[dialog] for dialog in pages & dialogs])
    return {dialog: tuple(sorted(pages - dialogs)) for dialog, pages in openers.items()}


def _openers(program: Program) -> dict[str, set[str]]:
    """Return for each dialog the pages and dialogs from which a transition leads there."""
    openers: dict[str, set[str]] = {page: set() for page, one in program.pages.items() if one.kind == "dialog"}
    for page, one in program.pages.items():
        for position in one.transitions:
            to = program.transitions[position].to
            if to in openers:
                openers[to].add(page)
    return openers


def _blank_fields(outline: Outline, page: str, needs: Needs) -> dict[str, tuple[int, frozenset[str]]]:
    """Return for each submit button the fields that are blank on arrival and must be filled, and their number.

    Fields with a bit of their own are left out: their filling is counted there.
    """
    counted = {need.name for need in needs.bits if need.kind == "field" and need.page == page}
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for form in outline.blocks(page):
        if isinstance(form, Form) and form.check:
            blank = frozenset(block.name for block in _must_be_filled(form)) - counted
            found.update(dict.fromkeys(_submits(form), (len(blank), blank)))
    return found


def _must_be_filled(form: Form) -> Iterator[FieldBlock]:
    """Yield the fields directly in a form that always begin blank and must not stay so."""
    for block in form.blocks:
        if not isinstance(block, FieldBlock) or not block.required or block.show_if is not None:
            continue
        if block.initial is None and not block.begins_filled:
            yield block


def _submits(form: Form) -> Iterator[str]:
    """Yield the buttons that send a form."""
    return (block.id for block in walk(form.blocks) if isinstance(block, Button) and block.submit)
