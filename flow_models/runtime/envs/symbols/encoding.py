"""A page as a fixed number of integers, and numbered actions as events.

Where which number stands is in `layout`. An observation is what the page shows and what the goal names; it says nothing
of guards or success. The actions are

    0                                do nothing
    1                                report the task as infeasible, where a task may be
    2 .. 2 + ANSWERS - 1             answer the question with one of the plausible answers
    2 + ANSWERS + slot * VALUES + v  use the control in this slot; a field gets value v, one that offers something its
                                     option v, a checkbox is cleared (0) or ticked (1), buttons and links take v = 0

where a slot is the place of a control in document order. Going back, opening addresses and free text are not in it.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeGuard

import numpy as np
import numpy.typing as npt

from ...machine.base.events import Event
from ...machine.base.program import Program
from ...machine.pages.fields import TICKED
from ...machine.pages.uses import (
    ABSENT,
    NOT_OFFERED,
    Refusal,
    giving,
    is_optioned,
    is_slid,
    is_suggesting,
    is_tickable,
    scale_of,
    texts_of,
)
from ...machine.pages.view import Control, Field, Link, Shown, View, controls_in
from .counting import Counted, part_of
from .layout import OPTIONS_NAMED, TONES, Layout
from .moves import Mask, Shape
from .reading import reading
from .vocabulary import ANSWERS, GOALS, KINDS, VALUES, Term, Vocabulary

Numbers = npt.NDArray[np.int16]

_STATES: Final = {"": 0, "closed": 0, "chosen": 0b10, "open": 0b100}
"""State bits of buttons besides the one for enabled."""

_FIRST: Final = ("noop", "infeasible")
"""The events of the first actions."""

_Slot = tuple[int, int, int, int, int, int, int]
"""The numbers of one slot, see `Layout.slot`."""

_NO_NUMBERS: Final[Numbers] = np.zeros(0, np.int16)

SHAPES: Final = 1024
"""Masks that are kept by the controls of their pages, with where these stand, 3 KB each; all forgotten when there are
more."""

_FLAGS: Final = 8
"""Bytes of the flags of all values and answers."""


Said = tuple[Numbers, tuple[int, ...], tuple[tuple[str, str], ...], int]
"""What an observation says of one part of a page; it depends on the part and the vocabulary alone.

The numbers of its controls, shape (controls * slot length,), int16; how many actions each of them has; block and row of
each; which values and answers the part shows, see `Vocabulary.shown_in`. A plain tuple, for those that hold nothing
which holds others are the only ones that Python's collector does not walk.
"""


class Seen(NamedTuple):
    """A page as an agent sees it.

    Attributes:
        numbers: The observation, shape (length,), int16, each from 0 to 32,767.
        shape: What it can be used for; shared by all pages with the same controls.
    """

    numbers: Numbers
    shape: Shape


class Encoding:
    """The spaces of a program and the way from views to integers.

    Attributes:
        layout: Where which number stands.
        slots: How many controls of a page can be reached.
        length: How many integers an observation has.
        actions: How many actions there are.
        first_use: The first action that gives a value to a slot.
        focus_at: Where the number of the focus stands.
        values: How many of them there are for each control.
    """

    values = VALUES

    def __init__(self, program: Program) -> None:
        counted = Counted(program)
        self._tasks = {name: number for number, name in enumerate(program.tasks, 1)}
        self._pages = {page: number for number, page in enumerate(program.pages, 1)}
        self._blocks = counted.numbers
        self.layout = Layout.of(
            tasks=len(self._tasks), pages=len(self._pages), controls=len(self._blocks), slots=counted.slots
        )
        self.slots, self.length, self.actions = self.layout.slots, self.layout.length, self.layout.actions
        self._starts = {part.name: part.start for part in self.layout.observation}
        self.first_use, self._first_slot = self.layout.first_use, self.layout.first_slot
        self._per_slot = self.layout.slot_length
        self.focus_at = self._starts["focus"]
        # Pages with the same controls have equal masks, which would take a third of all memory.
        self._shapes: dict[Hashable, Shape] = {}

    def observe(self, task: str, view: View, vocabulary: Vocabulary) -> Numbers:
        """Return what a view shows, shape (length,), dtype int16, each from 0 to 32,767."""
        blank = self.blank(task, vocabulary)
        return self.seen(view, vocabulary, blank, lambda part: self.said(part, vocabulary)).numbers

    def blank(self, task: str, vocabulary: Vocabulary) -> Numbers:
        """Return an observation with what all pages of an instance have in common, shape (length,), int16."""
        numbers = np.zeros(self.length, dtype=np.int16)
        for name, told in (
            ("task", [self._tasks[task]]),
            ("goals", [goal + 1 for goal in vocabulary.goals]),
            ("kinds", [KINDS.index(kind) + 1 for kind in vocabulary.kinds]),
        ):
            at = self._starts[name]
            numbers[at : at + len(told)] = told
        return numbers

    def seen(self, view: View, vocabulary: Vocabulary, blank: Numbers, said: Callable[[Shown], Said]) -> Seen:
        """Return a page as an agent sees it.

        Args:
            view: The page.
            vocabulary: The values of the instance.
            blank: As from `blank`.
            said: As the method of this name, which depends on nothing but the part, so that it may be kept.
        """
        top = view.top
        used = [said(part) for part in view.usable()]
        counts = tuple(chain.from_iterable([counts for _, counts, _, _ in used]))[: self.slots]
        names = tuple(chain.from_iterable([names for _, _, names, _ in used]))[: self.slots]
        numbers, at = blank.copy(), self._starts
        numbers[at["page"]] = self._pages.get(view.page, 0)
        numbers[at["dialog"]] = 0 if view.dialog is None else self._pages.get(view.dialog.page, 0)
        numbers[at["tone"]] = TONES.index(top.notices[-1][0] if top.notices else "")
        numbers[at["errors"]] = len(top.errors)
        numbers[at["focus"]] = 0 if top.focus is None or top.focus[:2] not in names else names.index(top.focus[:2]) + 1
        numbers[at["used"]] = len(names)
        flags = _flags(_shown(top, vocabulary, said))
        numbers[at["shown"] : at["shown"] + VALUES] = flags[:VALUES]
        numbers[at["answers"] : at["answers"] + ANSWERS] = flags[VALUES : VALUES + ANSWERS]
        if names:
            slots = numbers[self._first_slot : self._first_slot + len(names) * self._per_slot]
            slots[:] = np.concatenate([numbers for numbers, _, _, _ in used])[: len(slots)]
        return Seen(numbers, self._shape(counts, names, vocabulary))

    def said(self, part: Shown, vocabulary: Vocabulary) -> Said:
        """Return what is to be said of a part of a page."""
        controls, (texts, beside) = controls_in(part), reading(part)
        slots = [self._slot(control, beside, vocabulary) for control in controls]
        return (
            np.array(slots, dtype=np.int16).reshape(-1) if slots else _NO_NUMBERS,
            tuple([len(_texts_of(control, vocabulary)) for control in controls]),
            tuple([(control.id, control.row) for control in controls]),
            vocabulary.shown_in("\n".join(texts)),
        )

    def _slot(self, control: Control, beside: Mapping[tuple[str, str], str], vocabulary: Vocabulary) -> _Slot:
        """Return the numbers of one control."""
        block = self._blocks.get(control.id, 0)
        if isinstance(control, Field):
            return block, *_field_numbers(control, vocabulary)
        block = block or self._blocks.get(part_of(control.id, control.row), 0)
        text = beside.get((control.id, control.row), control.text)
        state = 1 if isinstance(control, Link) else control.enabled | _STATES[control.state]
        number = 0 if (control.id, control.row) in beside else _number(control.row)
        return block, vocabulary.named_in(text), number, state, 0, 0, 0

    def _shape(self, counts: tuple[int, ...], names: tuple[tuple[str, str], ...], vocabulary: Vocabulary) -> Shape:
        """Return what a page with these controls can be used for."""
        key = (counts, names, vocabulary.may_report, len(vocabulary.answers))
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= SHAPES:
                self._shapes.clear()
            spots = {name: spot for spot, name in reversed([*enumerate(names)])}
            found = self._shapes[key] = Shape(counts, names, self.masked(counts, vocabulary), spots, {})
        return found

    def mask(self, view: View, vocabulary: Vocabulary) -> Mask:
        """Return which actions name something present and enabled, shape (actions,), dtype int8, each 0 or 1."""
        controls = view.controls()[: self.slots]
        return self.masked([len(_texts_of(control, vocabulary)) for control in controls], vocabulary)

    def masked(self, counts: Sequence[int], vocabulary: Vocabulary) -> Mask:
        """Return the mask where the control in each slot has so many actions."""
        allowed = np.zeros(self.actions, dtype=np.int8)
        allowed[0] = 1
        allowed[1] = vocabulary.may_report
        allowed[2 : 2 + len(vocabulary.answers)] = 1
        for slot, count in enumerate(counts):
            place = self.first_use + slot * VALUES
            allowed[place : place + count] = 1
        return allowed

    def place(self, slot: int) -> int:
        """Return where the two numbers of a slot stand that depend on what is typed there."""
        return self._first_slot + slot * self._per_slot + 1

    def told(self, field: Field, text: str, vocabulary: Vocabulary) -> tuple[int | None, int]:
        """Return these two numbers for a text; None for the first where it is the same whatever is typed."""
        if _is_offering(field):
            return None, _chosen_option(text, _offers(field, vocabulary))
        return _said(field, text, vocabulary)

    def event(self, action: int, view: View, vocabulary: Vocabulary) -> Event:
        """Return the event that an action stands for; one that the mask forbids is refused as the site would."""
        if action == 0:
            return Event("noop")
        if action == 1:
            return Event("infeasible") if vocabulary.may_report else _refused()
        if action < self.first_use:
            number = action - 2
            return (
                Event("message", value=vocabulary.answers[number]) if number < len(vocabulary.answers) else _refused()
            )
        slot, value = divmod(action - self.first_use, VALUES)
        controls = view.controls()
        return self.given(controls[slot], value, vocabulary) if slot < len(controls) else _refused(ABSENT)

    def given(self, control: Control, value: int, vocabulary: Vocabulary) -> Event:
        """Return the event of giving a value to a control; one that the mask forbids is refused as the site would."""
        texts = _texts_of(control, vocabulary)
        return _used(control, texts[value]) if value < len(texts) else _refused()

    def action(self, event: Event, view: View, vocabulary: Vocabulary) -> int | None:
        """Return the action that stands for an event, or None if this interface cannot express it."""
        if event.kind in _FIRST:
            return _FIRST.index(event.kind) if event.kind == "noop" or vocabulary.may_report else None
        if event.kind == "message":
            known = event.value in vocabulary.answers
            return 2 + vocabulary.answers.index(event.value) if known else None
        for slot, control in enumerate(view.controls()[: self.slots]):
            if control.id == event.block:
                events = [_used(control, text) for text in _texts_of(control, vocabulary)]
                if event in events:
                    return self.first_use + slot * VALUES + events.index(event)
        return None


def _refused(why: Refusal = NOT_OFFERED) -> Event:
    """Return the event of an action that the mask forbids."""
    return Event("reject", value=why.words)


def _texts_of(control: Control, vocabulary: Vocabulary) -> Sequence[str]:
    """Return the texts that a control takes by number: what it offers, as far as there are numbers, or all values."""
    if is_slid(control):
        return _positions(control, vocabulary)
    if _is_offering(control):
        return [text for text, _ in _offers(control, vocabulary)]
    texts = texts_of(control)
    return vocabulary.typed if texts is None else texts[:VALUES]


def _is_offering(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a field that takes one of several things that it offers, each with a label."""
    return is_optioned(control) or is_suggesting(control)


def _offers(field: Field, vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Return what a field offers, each with its label; of too many those that the goal names, and the first others.

    A row that is suggested is typed by its label.
    """
    found: Sequence[tuple[str, str]] = field.options or [(label, label) for _, label in field.offered]
    if len(found) <= VALUES:
        return found
    named = [one for one in found if any(_is_named(term, one[1]) for term in vocabulary.named)]
    chosen = frozenset([*named, *(one for one in found if one not in named)][:VALUES])
    return [one for one in found if one in chosen]


def _is_named(term: Term, label: str) -> bool:
    """Say whether a value stands in a label."""
    return bool(term.shown) and term.shown in label


def _used(control: Control, text: str) -> Event:
    """Return the event of using a control with a text that it takes."""
    return giving(control, text)[0] if isinstance(control, Field) else Event("use", control.id, control.row)


def _field_numbers(field: Field, vocabulary: Vocabulary) -> tuple[int, int, int, int, int, int]:
    """Return the numbers of a field without that of its block."""
    state = 1 | int(field.required) << 1 | int(bool(field.error)) << 2
    if _is_offering(field):
        offers = _offers(field, vocabulary)
        named = [_named_option(term, offers) for term in vocabulary.named]
        first, second, third = ([option for option in named if option] + [0] * OPTIONS_NAMED)[:OPTIONS_NAMED]
        return _bits(map(bool, named)), _chosen_option(field.text, offers), state, first, second, third
    return *_said(field, field.text, vocabulary), state, 0, 0, 0


def _said(field: Field, text: str, vocabulary: Vocabulary) -> tuple[int, int]:
    """Return which goal values a text in a field is that offers nothing, as bits, and which value it holds."""
    bits, number = vocabulary.told(text)
    if is_tickable(field):
        return bits, int(text == TICKED)
    if is_slid(field):
        steps = _positions(field, vocabulary)
        return bits, steps.index(text) + 1 if text in steps else VALUES + 1 if text else 0
    return bits, number


def _named_option(term: Term, offers: Sequence[tuple[str, str]]) -> int:
    """Return the number of the option that a value names, from 1: the one that says it, else one that says more."""
    shown, found = term.shown, 0
    if not shown:
        return 0
    for number, (text, label) in enumerate(offers, 1):
        if text and shown in label:
            if shown == label:
                return number
            found = found or number
    return found


def _chosen_option(held: str, offers: Sequence[tuple[str, str]]) -> int:
    """Return which option a text is, from 1; 0 for none, one more than there are numbers for any other text."""
    texts = [text for text, _ in offers]
    if held in texts:
        return texts.index(held) + 1
    return VALUES + 1 if held else 0


def _number(part: str) -> int:
    """Return the number of a tab or page of a list, 0 for other parts."""
    return int(part) if part.isdecimal() and len(part) <= 4 else 0


def _positions(slider: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return where a slider can be put: to all of its steps, or to some of many and those that the values name."""
    steps = scale_of(slider)
    if len(steps) <= VALUES:
        return tuple(map(str, steps))
    named = [int(text) for text in vocabulary.typed if text.isdecimal() and int(text) in steps]
    rest = steps[:: len(steps) // (VALUES - GOALS) + 1]
    return tuple(map(str, sorted(list(dict.fromkeys((*rest, *named)))[:VALUES])))


def _bits(flags: Iterable[bool]) -> int:
    """Return flags as the bits of a number, the first one lowest."""
    return sum(int(flag) << place for place, flag in enumerate(flags))


def _shown(top: View, vocabulary: Vocabulary, said: Callable[[Shown], Said]) -> int:
    """Return which values and answers a page shows, as bits."""
    notices = [text for _, text in top.notices]
    if vocabulary.has_lines:
        return vocabulary.shown_in("\n".join([*notices, *(text for part in top.parts for text in reading(part).texts)]))
    shown = vocabulary.shown_in("\n".join(notices))
    for part in top.parts:
        shown |= said(part)[-1]
    return shown


def _flags(bits: int) -> npt.NDArray[np.uint8]:
    """Return bits as numbers, the lowest first."""
    return np.unpackbits(np.frombuffer(bits.to_bytes(_FLAGS, "little"), np.uint8), bitorder="little")
