"""How many steps a task needs at least, from any page and set of met needs: what guides the search to shortest ones.

The distances come from the graph of (page, needs met) in which every transition may be taken, whatever its guard says.
A real solution walks the same graph, so the distance never exceeds its length, and the first goal that a best-first
search comes to is one of the shortest. They are measured for one set of met needs at a time, when it is first asked
for: most of the sets that can be thought of never come about.
"""

import heapq
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import CLOSE, STAY, AddRow, Clear, RemoveRows
from flow_models.runtime.machine.base.blocks import Button, Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Program

from .needs import Gift, Needs
from .outline import Outline

FAR: Final = 1_000_000
"""Stands for "cannot be reached"."""

MOST_ROWS: Final = 31
"""Rows of one expected change that are told apart where they come about one by one; more count as so many."""

ROW_BITS: Final = 5

Place = tuple[str, bool]
"""A page, and whether its form may be filled already: so it may once somebody has stayed there."""

_BY_ITSELF: Final = frozenset({"enter", "open"})
"""Triggers of transitions that follow an arrival without a step."""

_NOTHING_BLANK: Final[tuple[int, frozenset[str]]] = (0, frozenset())


class _Way(NamedTuple):
    """A transition as it can be taken from a place: where it may lead, and the steps that it takes at least."""

    position: int
    places: tuple[Place, ...]
    cost: int


class Terrain:
    """The places of a program, what leads from one to another, and what is needed for a task.

    Args:
        outline: The program.
        needs: What is needed.
        shown: For each thing to be seen the pages that may show it; each is a bit above those of `needs`.

    Attributes:
        needs: What is needed.
        goal: All bits that are wanted in the end.
        blank_fields: For each page the submit buttons with the fields that must be filled before, and their number.
        numbers: The places, numbered.
        shown: For each page the bits of what may be seen there.
    """

    def __init__(self, outline: Outline, needs: Needs, shown: Sequence[Sequence[str]] = ()) -> None:
        self._outline = outline
        self._program = outline.program
        self.needs = needs
        self.goal = needs.goal
        self.shown: dict[str, int] = {}
        for place, pages in enumerate(shown, len(needs.groups)):
            self.goal |= 1 << place
            for page in pages:
                self.shown[page] = self.shown.get(page, 0) | 1 << place
        self.first_row_bit = len(needs.groups) + len(shown)
        self.filled = {page: sum(bits) for page, bits in needs.fills.items()}
        self._bases = _bases(outline.program)
        self.blank_fields = {page: _blank_fields(outline, page, needs) for page in self._program.pages}
        self.places: tuple[Place, ...] = tuple(
            (page, is_filled) for page in (*self._program.pages, "") for is_filled in (False, True)
        )
        self.numbers = {place: number for number, place in enumerate(self.places)}
        self._ways = {place: tuple(self._ways_from(*place)) for place in self.places}
        self.behind = self._behind()
        self.telling = self._telling()

    def _behind(self) -> list[list[tuple[int, int]]]:
        """Return for every place those from which one can come there, each with the steps that this takes."""
        fewest: list[dict[int, int]] = [{} for _ in self.places]
        for number, place in enumerate(self.places):
            for way in self._ways[place]:
                for target in way.places:
                    reached = fewest[self.numbers[target]]
                    reached[number] = min(way.cost, reached.get(number, FAR))
        return [list(one.items()) for one in fewest]

    def _telling(self) -> list[tuple[int, _Way]]:
        """Return the ways on which needs are met, each with the number of the place from which it leads."""
        told = self.shown.keys() | self.needs.arrivals.keys()
        return [
            (number, way)
            for number, place in enumerate(self.places)
            for way in self._ways[place]
            if way.position in self.needs.gives or any(page in told for page, _ in way.places)
        ]

    def _ways_from(self, page: str, is_filled: bool) -> Iterator[_Way]:
        """Yield the transitions that can be taken at a place, those for which the page under a dialog waits too."""
        if not page:
            yield _Way(-1, ((self._program.site.start, False),), 1)
            return
        blank = self.blank_fields[page]
        for position in self._program.pages[page].transitions:
            trigger = self._outline.transitions[position].on
            places = self.places_after(page, position)
            if trigger.kind in _BY_ITSELF:
                if not is_filled:
                    yield _Way(position, places, 0)
                continue
            needs_filling = trigger.kind == "use" and not is_filled
            yield _Way(position, places, 1 + (blank.get(trigger.block, _NOTHING_BLANK)[0] if needs_filling else 0))
        for base in self._bases.get(page, ()):
            for position in self._program.pages[base].transitions:
                if self._outline.transitions[position].on.kind == "wait":
                    yield _Way(position, self.places_after(base, position), 1)

    def places_after(self, page: str, position: int) -> tuple[Place, ...]:
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

    def choices(self, position: int) -> tuple[tuple[Gift, ...], ...]:
        """Return what a transition gives, as the sets of gifts of which one comes about each time.

        A row that is added is one of the expected ones, not several of them; other effects give all that they can.
        """
        effects = self._outline.transitions[position].do if position >= 0 else ()
        adding: dict[int, list[Gift]] = {}
        given: list[Gift] = []
        for gift in self.needs.gives.get(position, ()):
            need = self.needs.groups[gift.bit.bit_length() - 1][0]
            is_row = need.kind == "change" and isinstance(effects[gift.effect], AddRow)
            (adding.setdefault(gift.effect, []) if is_row else given).append(gift)
        return tuple((*given, *one) for one in product(*adding.values()))


class Distances:
    """The fewest steps to meet all needs of one instance.

    Args:
        terrain: Where one can go, and what is needed.
        weights: For each group of needs how many fields have to be filled for it.
    """

    def __init__(self, terrain: Terrain, weights: Sequence[int] = ()) -> None:
        self.terrain = terrain
        self._weights = weights or [1] * len(terrain.needs.groups)
        self._layers: dict[int, list[int]] = {}
        self._wanted: dict[int, int] = {}
        self._after: dict[tuple[str, int, int], int] = {}
        self._gifts: dict[int, tuple[tuple[Gift, ...], ...]] = {}

    @property
    def blank_fields(self) -> dict[str, dict[str, tuple[int, frozenset[str]]]]:
        """For each page the submit buttons with the fields that must be filled before, and their number."""
        return self.terrain.blank_fields

    def at(self, page: str, is_filled: bool, mask: int) -> int:
        """Return the least number of steps from a page with some needs met."""
        number = self.terrain.numbers.get((page, is_filled))
        return FAR if number is None else self._layer(mask)[number]

    def filled_on(self, page: str) -> int:
        """Return the needs that filling the fields of a page can meet."""
        return self.terrain.filled.get(page, 0)

    def after(self, page: str, position: int, mask: int) -> int:
        """Return the least number of steps that are left once a transition of a page has been taken."""
        key = (page, position, mask)
        known = self._after.get(key)
        if known is None:
            places = self.terrain.places_after(page, position)
            known = self._after[key] = min(
                self._landed(place, given) for given in self._given(position, mask) for place in places
            )
        return known

    def _landed(self, place: Place, mask: int) -> int:
        """Return the distance where one has come, with what is shown there and what its fields hold on arrival."""
        return self._layer(self._arrived(place, mask))[self.terrain.numbers[place]]

    def _arrived(self, place: Place, mask: int) -> int:
        """Return the needs met where one has come."""
        page, has_stayed = place
        mask |= self.terrain.shown.get(page, 0)
        for bit, before in () if has_stayed else self.terrain.needs.arrivals.get(page, ()):
            if before & mask == before:
                mask |= bit
        return mask

    def _given(self, position: int, mask: int) -> Iterator[int]:
        """Yield the needs that can be met once a transition has been taken."""
        choices = self._gifts.get(position)
        if choices is None:
            choices = self._gifts[position] = self.terrain.choices(position)
        for gifts in choices:
            found = mask
            for gift in gifts:
                if gift.before & mask == gift.before and not gift.bit & mask:
                    found = self._with(found, gift)
            yield found

    def _with(self, mask: int, gift: Gift) -> int:
        """Return the needs met with one gift more: a row less that is left, or the last one."""
        one = 1 << self.row_place(gift.bit)
        if mask & one * MOST_ROWS:
            if gift.is_single:
                return mask - one
            mask &= ~(one * MOST_ROWS)
        return mask | gift.bit

    def row_place(self, bit: int) -> int:
        """Return where a mask holds how many rows a change lacks, without the first one."""
        return self.terrain.first_row_bit + ROW_BITS * (bit.bit_length() - 1)

    def _layer(self, mask: int) -> list[int]:
        """Return the distances of all places with some needs met."""
        found = self._layers.get(mask)
        if found is None:
            narrow = self._narrowed(mask)
            found = self._layers.get(narrow) or self._measured(narrow)
            self._layers[narrow] = self._layers[mask] = found
        return found

    def _narrowed(self, mask: int) -> int:
        """Return the needs that are met, with those that are of no use any more."""
        useful = self._useful(self.terrain.goal & ~mask)
        every = (1 << len(self.terrain.needs.groups)) - 1
        return mask | every & ~useful

    def _useful(self, open_: int) -> int:
        """Return the needs that help to meet some."""
        known = self._wanted.get(open_)
        if known is not None:
            return known
        found, gifts = open_, [gift for given in self.terrain.needs.gives.values() for gift in given]
        pairs = [(gift.bit, gift.before) for gift in gifts]
        pairs += [pair for arriving in self.terrain.needs.arrivals.values() for pair in arriving]
        while True:
            more = found
            for bit, before in pairs:
                if bit & found:
                    more |= before
            if more == found:
                self._wanted[open_] = found
                return found
            found = more

    def _measured(self, mask: int) -> list[int]:
        """Return the distances of all places, found by going back from where a need is met or all of them are."""
        terrain = self.terrain
        if not terrain.goal & ~mask:
            return [0] * len(terrain.places)
        found = [FAR] * len(terrain.places)
        for number, distance in self._on(mask):
            found[number] = min(found[number], distance)
        heap = [(distance, number) for number, distance in enumerate(found) if distance < FAR]
        heapq.heapify(heap)
        while heap:
            distance, number = heapq.heappop(heap)
            if distance > found[number]:
                continue
            for previous, cost in terrain.behind[number]:
                if distance + cost < found[previous]:
                    found[previous] = distance + cost
                    heapq.heappush(heap, (distance + cost, previous))
        return found

    def _on(self, mask: int) -> Iterator[tuple[int, int]]:
        """Yield the places at which a need more can be met, and how far it is from there by doing so."""
        for page, bits in self.terrain.needs.fills.items():
            for bit in bits:
                if not mask & bit:
                    layer, weight = self._layer(mask | bit), self._weights[bit.bit_length() - 1]
                    for is_filled in (False, True):
                        number = self.terrain.numbers[page, is_filled]
                        yield number, weight + layer[number]
        for number, way in self.terrain.telling:
            for given in self._given(way.position, mask):
                for place in way.places:
                    arrived = self._arrived(place, given)
                    if self._narrowed(arrived) != mask:
                        yield number, way.cost + self._layer(arrived)[self.terrain.numbers[place]]


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
    counted = {need.name for group in needs.groups for need in group if need.kind == "field" and need.page == page}
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
