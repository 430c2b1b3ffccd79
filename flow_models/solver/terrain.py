"""The ground on which distances are measured: the places of a site, what leads from one to another and what it gives.

Every transition may be taken, whatever its guard says, so nothing here is longer than it is on the site.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import CLOSE, STAY, AddRow, Clear, RemoveRows, Transition
from flow_models.runtime.machine.base.blocks import Button, Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk

from .needs import Gift, Needs
from .outline import BY_ITSELF, Outline

Place = tuple[str, bool]
"""A page, and whether its form may be filled already: so it may once somebody has stayed there."""

MOST_ROWS: Final = 31
"""Rows of one expected change that are told apart where they come about one by one; more count as so many."""

ROW_BITS: Final = 5

_NOTHING_BLANK: Final[tuple[int, frozenset[str]]] = (0, frozenset())


class Way(NamedTuple):
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
        self._first_row_bit = len(needs.groups) + len(shown)
        self.filled = {page: sum(bits) for page, bits in needs.fills.items()}
        self._bases = outline.bases
        self.blank_fields = {page: _blank_fields(outline, page, needs) for page in self._program.pages}
        self.places: tuple[Place, ...] = tuple(
            (page, is_filled) for page in (*self._program.pages, "") for is_filled in (False, True)
        )
        self.numbers = {place: number for number, place in enumerate(self.places)}
        self._ways = {place: tuple(self._ways_from(*place)) for place in self.places}
        self._gifts: dict[tuple[int, bool], tuple[tuple[Gift, ...], ...]] = {}
        self.telling = self._telling()

    def behind(self, free: frozenset[int]) -> list[list[tuple[int, int]]]:
        """Return for every place those from which one can come there, each with the steps that this takes.

        Args:
            free: Transitions whose own step is counted elsewhere.
        """
        fewest: list[dict[int, int]] = [{} for _ in self.places]
        for number, place in enumerate(self.places):
            for way in self._ways[place]:
                cost = way.cost - (way.position in free)
                for target in way.places:
                    reached = fewest[self.numbers[target]]
                    reached[number] = min(cost, reached.get(number, cost))
        return [list(one.items()) for one in fewest]

    def _telling(self) -> list[tuple[int, Way]]:
        """Return the ways on which needs are met, each with the number of the place from which it leads."""
        told = self.shown.keys() | self.needs.arrivals.keys()
        return [
            (number, way)
            for number, place in enumerate(self.places)
            for way in self._ways[place]
            if way.position in self.needs.gives or any(page in told for page, _ in way.places)
        ]

    def _ways_from(self, page: str, is_filled: bool) -> Iterator[Way]:
        """Yield the transitions that can be taken at a place, those for which the page under a dialog waits too.

        What is waited for comes with whatever step is made meanwhile, so it takes none where others are counted.
        """
        if not page:
            yield Way(-1, ((self._program.site.start, False),), 1)
            return
        blank = self.blank_fields[page]
        for position in self._program.pages[page].transitions:
            trigger = self._outline.transitions[position].on
            places = self.places_after(page, position)
            if trigger.kind in BY_ITSELF:
                if not is_filled:
                    yield Way(position, places, 0)
                continue
            if trigger.kind == "wait":
                yield Way(position, places, 0 if is_filled or self._has_fields(page) else 1)
                continue
            needs_filling = trigger.kind == "use" and not is_filled
            yield Way(position, places, 1 + (blank.get(trigger.block, _NOTHING_BLANK)[0] if needs_filling else 0))
        for base in self._bases.get(page, ()):
            for position in self._program.pages[base].transitions:
                if self._outline.transitions[position].on.kind == "wait":
                    yield Way(position, self.places_after(page, position), 0)

    def _has_fields(self, page: str) -> bool:
        """Say whether steps may be counted for the fields of a page on which nobody has stayed."""
        return any(isinstance(block, FieldBlock) for block in self._outline.blocks(page))

    def places_after(self, page: str, position: int) -> tuple[Place, ...]:
        """Return where a transition of a page may lead.

        Where it shows a row or takes rows away, the row may not be there, and the site shows its page for that; what is
        taken away can also close the dialog that showed it.
        """
        transition = self._outline.transitions[position]
        bases = [(base, True) for base in self._bases.get(page, ())]
        removes = _takes_away(transition)
        target = self._program.pages.get(transition.to)
        found = _led_to(transition.to, page, bases)
        shows_row = target is None or target.record is not None
        if transition.record is not None or (removes and shows_row):
            found.append((self._program.site.not_found or "", False))
        if removes and (target is None or target.kind == "dialog"):
            found += bases
        return tuple(dict.fromkeys(found))

    def given(self, position: int, mask: int, *, is_apart: bool) -> Iterator[int]:
        """Yield the needs that can be met once a transition has been taken.

        Args:
            position: The transition.
            mask: The needs met before.
            is_apart: Whether a row that is there is concerned by one expected change at most.
        """
        choices = self._gifts.get((position, is_apart))
        if choices is None:
            choices = self._gifts[position, is_apart] = tuple(self._choices(position, is_apart))
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
        return self._first_row_bit + ROW_BITS * (bit.bit_length() - 1)

    def _choices(self, position: int, is_apart: bool) -> Iterator[tuple[Gift, ...]]:
        """Yield what a transition gives, as the sets of gifts of which one comes about each time.

        An effect on one row brings about one of the expected changes, not several of them; others all that they can.
        """
        effects = self._outline.transitions[position].do if position >= 0 else ()
        single: dict[int, dict[int, list[Gift]]] = {}
        given: list[Gift] = []
        for gift in self.needs.gives.get(position, ()):
            need = self.needs.groups[gift.bit.bit_length() - 1][0]
            is_change = need.kind == "change" and need.aim[0] >= 0
            if is_change and gift.is_single and (is_apart or isinstance(effects[gift.effect], AddRow)):
                single.setdefault(gift.effect, {}).setdefault(need.aim[0], []).append(gift)
            else:
                given.append(gift)
        for chosen in product(*(each.values() for each in single.values())):
            yield (*given, *chain.from_iterable(chosen))


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


def _takes_away(transition: Transition) -> bool:
    """Say whether a transition takes rows away."""
    return any(isinstance(effect, RemoveRows | Clear) for effect in transition.do)


def _led_to(to: str, page: str, bases: list[Place]) -> list[Place]:
    """Return where a transition of a page leads if nothing is gone: on, nowhere or back to what is under a dialog."""
    if to == STAY:
        return [(page, True)]
    if to == CLOSE:
        return [*bases] or [(page, True)]
    return [(to, False)]
