"""A page as a fixed number of integers, and numbered actions as events.

The sizes follow from the program alone, so they are the same for all tasks and instances of a bundle. An observation
is what the page shows and what the goal names; it says nothing of guards or success. The actions are

    0                                do nothing
    1                                report the task as infeasible
    2 .. 2 + ANSWERS - 1             answer the question with one of the plausible answers
    2 + ANSWERS + slot * VALUES + v  use the control in this slot; a field gets value v, a choice its option v,
                                     a checkbox is cleared (0) or ticked (1), buttons and links take v = 0

where a slot is the place of a control in document order. Going back, opening addresses and free text are not in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from ...machine.base.appearance import Obstacle
from ...machine.base.blocks import RowList, Tabs
from ...machine.base.data import Table
from ...machine.base.events import Event
from ...machine.base.kinds import controls as controls_of
from ...machine.base.kinds import inside
from ...machine.base.program import Program
from ...machine.base.traits import Block
from ...machine.pages.fields import TICKED
from ...machine.pages.interruptions import INTERRUPTION, PAUSE
from ...machine.pages.uses import (
    ABSENT,
    NOT_OFFERED,
    Refusal,
    giving,
    is_optioned,
    is_slid,
    is_tickable,
    scale_of,
    texts_of,
)
from ...machine.pages.view import Control, Details, Field, Link, ListRow, ListView, NoticeBox, Text, View, walk
from .vocabulary import ANSWERS, GOALS, VALUES, Term, Vocabulary

Integers = npt.NDArray[np.int32]
Mask = npt.NDArray[np.int8]

SLOTS_LIMIT: Final = 64
"""Controls on one page that can be reached; a longer list is cut off."""

GROWTH: Final = 4
"""Rows by which a table is expected to grow during an episode."""

HEAD: Final = 7
"""Task, page, dialog, tone of the notice, number of wrong fields, slot in focus, number of slots in use."""

PER_SLOT: Final = 5
"""Control, goal values in its row or label (a bit each), chosen value, state bits, option that the goal names.

For the buttons of tabs and pages of a list the chosen value is their number.
"""

_STATES: Final = {"": (False, False), "closed": (False, False), "chosen": (True, False), "open": (False, True)}
"""State bits of buttons above the one for enabled."""

_FIRST: Final = ("noop", "infeasible")
"""The events of the first actions."""

TONES: Final = ("", "info", "success", "warning", "error")
HIGH: Final = 2**15 - 1


class Encoding:
    """The spaces of a program and the way from views to integers.

    Attributes:
        slots: How many controls of a page can be reached.
        length: How many integers an observation has.
        actions: How many actions there are.
        values: How many of them there are for each control.
    """

    values = VALUES

    def __init__(self, program: Program) -> None:
        self._tasks = {name: number for number, name in enumerate(program.tasks, 1)}
        self._pages = {page: number for number, page in enumerate(program.pages, 1)}
        self._blocks: dict[str, int] = {}
        sizes = {name: _most_rows(table) for name, table in program.tables.items()}
        shared = {
            section: self._count(parts.header, sizes) + self._count(parts.footer, sizes)
            for section, parts in program.sections.items()
        }
        most = max(
            (self._count(page.blocks, sizes) + shared.get(page.section or "", 0) for page in program.pages.values()),
            default=1,
        )
        most += max((self._count_obstacle(*one) for one in _obstacles(program)), default=0)
        self.slots = max(1, min(most, SLOTS_LIMIT))
        self.length = HEAD + GOALS + VALUES + ANSWERS + self.slots * PER_SLOT
        self._first = 2 + ANSWERS
        self.actions = self._first + self.slots * VALUES

    def _count_obstacle(self, block: str, texts: Obstacle) -> int:
        """Number the buttons of an interruption or a pause and return how many they are."""
        for button in texts.buttons:
            self._blocks.setdefault(_part_of(block, button.part), len(self._blocks) + 1)
        return len(texts.buttons)

    def _count(self, blocks: Sequence[Block], sizes: Mapping[str, int]) -> int:
        """Number the controls inside blocks and return how many a page can show of them at most."""
        total = 0
        for block in blocks:
            own = block.own_controls
            if own:
                self._blocks.setdefault(block.id, len(self._blocks) + 1)
            total += own
            if isinstance(block, RowList):
                limits = [limit for limit in (block.limit, block.page_size) if limit]
                rows = min([sizes.get(block.table or "", 0), *limits])
                total += rows * self._count(controls_of(block), sizes)
            elif isinstance(block, Tabs):
                total += max((self._count(tab.blocks, sizes) for tab in block.tabs), default=0)
            else:
                total += self._count([*controls_of(block), *inside(block)], sizes)
        return total

    def observe(self, task: str, view: View, vocabulary: Vocabulary) -> Integers:
        """Return what a view shows, shape (length,), dtype int32, each from 0 to 32,767.

        In order: the task, page, dialog and so on (`HEAD`); for each goal value its number among the values, from 1;
        for each value whether the page shows it; for each answer likewise; `PER_SLOT` numbers for each control.
        """
        numbers = np.zeros(self.length, dtype=np.int32)
        top = view.top
        controls = view.controls()[: self.slots]
        tone = top.notices[-1][0] if top.notices else ""
        focused = next((at for at, control in enumerate(controls, 1) if _in_focus(control, top.focus)), 0)
        texts = "\n".join(_texts(top))
        numbers[:HEAD] = (
            self._tasks[task],
            self._pages.get(view.page, 0),
            0 if view.dialog is None else self._pages.get(view.dialog.page, 0),
            TONES.index(tone),
            len(top.errors),
            focused,
            len(controls),
        )
        at = HEAD
        numbers[at : at + len(vocabulary.goals)] = [goal + 1 for goal in vocabulary.goals]
        at += GOALS
        numbers[at : at + len(vocabulary.values)] = [term.shown in texts for term in vocabulary.values]
        at += VALUES
        numbers[at : at + len(vocabulary.answers)] = [answer in texts for answer in vocabulary.answers]
        at += ANSWERS
        beside = _row_texts(top)
        for slot, control in enumerate(controls):
            place = at + slot * PER_SLOT
            numbers[place : place + PER_SLOT] = self._slot(control, beside, vocabulary)
        return numbers

    def _slot(
        self, control: Control, beside: Mapping[tuple[str, str], str], vocabulary: Vocabulary
    ) -> tuple[int, int, int, int, int]:
        """Return the numbers of one control."""
        goals = [vocabulary.values[goal] for goal in vocabulary.goals]
        block = self._blocks.get(control.id, 0)
        if isinstance(control, Field):
            return (block, *_field_numbers(control, goals, vocabulary))
        block = block or self._blocks.get(_part_of(control.id, control.row), 0)
        text = beside.get((control.id, control.row), control.text)
        state = 1 if isinstance(control, Link) else _bits((control.enabled, *_STATES[control.state]))
        number = 0 if (control.id, control.row) in beside else _number(control.row)
        return block, _bits(term.shown in text for term in goals), number, state, 0

    def mask(self, view: View, vocabulary: Vocabulary) -> Mask:
        """Return which actions name something present and enabled, shape (actions,), dtype int8, each 0 or 1."""
        allowed = np.zeros(self.actions, dtype=np.int8)
        allowed[:2] = 1
        allowed[2 : 2 + len(vocabulary.answers)] = 1
        for slot, control in enumerate(view.controls()[: self.slots]):
            place = self._first + slot * VALUES
            allowed[place : place + len(_texts_of(control, vocabulary))] = 1
        return allowed

    def event(self, action: int, view: View, vocabulary: Vocabulary) -> Event:
        """Return the event that an action stands for; one that the mask forbids is refused as the site would."""
        if action == 0:
            return Event("noop")
        if action == 1:
            return Event("infeasible")
        if action < self._first:
            number = action - 2
            return (
                Event("message", value=vocabulary.answers[number]) if number < len(vocabulary.answers) else _refused()
            )
        slot, value = divmod(action - self._first, VALUES)
        controls = view.controls()
        if slot >= len(controls):
            return _refused(ABSENT)
        texts = _texts_of(controls[slot], vocabulary)
        return _used(controls[slot], texts[value]) if value < len(texts) else _refused()

    def action(self, event: Event, view: View, vocabulary: Vocabulary) -> int | None:
        """Return the action that stands for an event, or None if this interface cannot express it."""
        if event.kind in _FIRST:
            return _FIRST.index(event.kind)
        if event.kind == "message":
            known = event.value in vocabulary.answers
            return 2 + vocabulary.answers.index(event.value) if known else None
        for slot, control in enumerate(view.controls()[: self.slots]):
            if control.id == event.block:
                events = [_used(control, text) for text in _texts_of(control, vocabulary)]
                if event in events:
                    return self._first + slot * VALUES + events.index(event)
        return None


def _obstacles(program: Program) -> Iterator[tuple[str, Obstacle]]:
    """Yield the interruptions and pauses of a program with the block of their buttons."""
    for texts in program.variation.interruptions.values():
        yield INTERRUPTION, texts
    for texts in program.variation.conduct.values():
        yield PAUSE, texts


def _part_of(block: str, part: str) -> str:
    """Return the name by which a button of an interruption or pause is numbered."""
    return f"{block}:{part}"


def _most_rows(table: Table) -> int:
    """Return how many rows a table can be expected to have."""
    generated = 0 if table.generate is None else table.generate.maximum
    return len(table.rows) + generated + GROWTH


def _refused(why: Refusal = NOT_OFFERED) -> Event:
    """Return the event of an action that the mask forbids."""
    return Event("reject", value=why.words)


def _texts_of(control: Control, vocabulary: Vocabulary) -> Sequence[str]:
    """Return the texts that a control takes by number: what it offers, as far as there are numbers, or all values."""
    if is_slid(control):
        return _positions(control, vocabulary)
    texts = texts_of(control)
    return vocabulary.typed if texts is None else texts[:VALUES]


def _used(control: Control, text: str) -> Event:
    """Return the event of using a control with a text that it takes."""
    return giving(control, text)[0] if isinstance(control, Field) else Event("use", control.id, control.row)


def _field_numbers(field: Field, goals: Sequence[Term], vocabulary: Vocabulary) -> tuple[int, int, int, int]:
    """Return the numbers of a field without that of its block."""
    wanted = (
        number
        for number, (key, label) in enumerate(field.options, 1)
        if key and any(term.shown and term.shown in label for term in goals)
    )
    state = 1 | int(field.required) << 1 | int(bool(field.error)) << 2
    match = _bits(bool(field.text) and term.typed == field.text for term in goals)
    return match, _chosen(field, vocabulary), state, min(next(wanted, 0), HIGH)


def _chosen(field: Field, vocabulary: Vocabulary) -> int:
    """Return which value a field holds, from 1; 0 for none, one more than there are for any other."""
    if is_tickable(field):
        return int(field.text == TICKED)
    if is_optioned(field):
        # Of many options those without a number are known all the same.
        keys = [key for key, _ in field.options]
        return keys.index(field.text) + 1 if field.text in keys else 0
    texts = _positions(field, vocabulary) if is_slid(field) else vocabulary.typed
    if not field.text:
        return 0
    return texts.index(field.text) + 1 if field.text in texts else VALUES + 1


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


def _in_focus(control: Control, focus: tuple[str, str, str] | None) -> bool:
    """Say whether a control has the focus."""
    return focus is not None and (control.id, control.row) == focus[:2]


def _bits(flags: Iterable[bool]) -> int:
    """Return flags as the bits of a number, the first one lowest."""
    return sum(int(flag) << place for place, flag in enumerate(flags))


def _row_text(row: ListRow) -> str:
    """Return what a row of a list says."""
    return "\n".join(cell if isinstance(cell, str) else cell.text for cell in row.cells)


def _row_texts(view: View) -> dict[tuple[str, str], str]:
    """Return what stands in the row of each row control, by block and row."""
    found: dict[tuple[str, str], str] = {}
    for part in view.parts:
        for inner in walk(part):
            if isinstance(inner, ListView):
                for row in inner.rows:
                    text = _row_text(row)
                    links = (cell for cell in row.cells if isinstance(cell, Link))
                    found.update({(control.id, row.key): text for control in (*links, *row.controls)})
    return found


def _texts(view: View) -> Iterator[str]:
    """Yield the texts of a page that can hold a value."""
    for _, text in view.notices:
        yield text
    for part in view.parts:
        for inner in walk(part):
            match inner:
                case Text() | NoticeBox():
                    yield inner.text
                case Details():
                    yield from (value for _, value in inner.items)
                case ListView():
                    yield from (_row_text(row) for row in inner.rows)
                case _:
                    continue
