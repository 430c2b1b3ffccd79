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

from ...machine.base.appearance import Aside
from ...machine.base.blocks import RowList, Tabs
from ...machine.base.data import Table
from ...machine.base.events import Event
from ...machine.base.kinds import OPTIONED, inside
from ...machine.base.kinds import controls as controls_of
from ...machine.base.program import Program
from ...machine.base.traits import Block
from ...machine.pages.interruptions import INTERRUPTION, PAUSE
from ...machine.pages.view import Button, Control, Details, Field, Link, ListRow, ListView, NoticeBox, Text, View, walk
from .vocabulary import ANSWERS, GOALS, VALUES, Vocabulary

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
        most += max((self._count_aside(*one) for one in _asides(program)), default=0)
        self.slots = max(1, min(most, SLOTS_LIMIT))
        self.length = HEAD + GOALS + VALUES + ANSWERS + self.slots * PER_SLOT
        self._first = 2 + ANSWERS
        self.actions = self._first + self.slots * VALUES

    def _count_aside(self, block: str, texts: Aside) -> int:
        """Number the buttons of an interruption or a pause and return how many they are."""
        for button in texts.buttons:
            self._blocks.setdefault(_aside(block, button.part), len(self._blocks) + 1)
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
        if isinstance(control, Button | Link):
            block = block or self._blocks.get(_aside(control.id, control.row), 0)
            text = beside.get((control.id, control.row), control.text)
            state = 1 if isinstance(control, Link) else _bits((control.enabled, *_STATES[control.state]))
            number = 0 if (control.id, control.row) in beside else _number(control.row)
            return block, _bits(term.shown in text for term in goals), number, state, 0
        named = 0
        for number, (key, label) in enumerate(control.options, 1):
            if key and any(term.shown and term.shown in label for term in goals):
                named = number
                break
        state = 1 | int(control.required) << 1 | int(bool(control.error)) << 2
        match = _bits(bool(control.text) and term.typed == control.text for term in goals)
        return block, match, _chosen(control, vocabulary), state, min(named, HIGH)

    def mask(self, view: View, vocabulary: Vocabulary) -> Mask:
        """Return which actions name something present and enabled, shape (actions,), dtype int8, each 0 or 1."""
        allowed = np.zeros(self.actions, dtype=np.int8)
        allowed[:2] = 1
        allowed[2 : 2 + len(vocabulary.answers)] = 1
        for slot, control in enumerate(view.controls()[: self.slots]):
            place = self._first + slot * VALUES
            allowed[place : place + _choices(control, vocabulary)] = 1
        return allowed

    def event(self, action: int, view: View, vocabulary: Vocabulary) -> Event:
        """Return the event that an action stands for; one that the mask forbids is refused as the site would."""
        if action == 0:
            return Event("noop")
        if action == 1:
            return Event("infeasible")
        if action < self._first:
            number = action - 2
            if number >= len(vocabulary.answers):
                return Event("reject", value="There is no such answer")
            return Event("message", value=vocabulary.answers[number])
        slot, value = divmod(action - self._first, VALUES)
        controls = view.controls()
        if slot >= len(controls) or value >= _choices(controls[slot], vocabulary):
            return Event("reject", value="There is no such element or value")
        return _used(controls[slot], value, vocabulary)

    def action(self, event: Event, view: View, vocabulary: Vocabulary) -> int | None:
        """Return the action that stands for an event, or None if this interface cannot express it."""
        if event.kind == "noop":
            return 0
        if event.kind == "infeasible":
            return 1
        if event.kind == "message":
            known = event.value in vocabulary.answers
            return 2 + vocabulary.answers.index(event.value) if known else None
        for slot, control in enumerate(view.controls()[: self.slots]):
            row = "" if isinstance(control, Field) else control.row
            if control.id != event.block or row != event.row:
                continue
            for value in range(_choices(control, vocabulary)):
                if _used(control, value, vocabulary) == event:
                    return self._first + slot * VALUES + value
        return None


def _asides(program: Program) -> Iterator[tuple[str, Aside]]:
    """Yield the interruptions and pauses of a program with the block of their buttons."""
    for texts in program.variation.interruptions.values():
        yield INTERRUPTION, texts
    for texts in program.variation.conduct.values():
        yield PAUSE, texts


def _aside(block: str, part: str) -> str:
    """Return the name by which a button of an interruption or pause is numbered."""
    return f"{block}:{part}"


def _most_rows(table: Table) -> int:
    """Return how many rows a table can be expected to have."""
    generated = 0 if table.generate is None else table.generate.maximum
    return len(table.rows) + generated + GROWTH


def _choices(control: Control, vocabulary: Vocabulary) -> int:
    """Return how many values a control takes; 0 if it is disabled."""
    if isinstance(control, Link):
        return 1
    if isinstance(control, Button):
        return int(control.enabled)
    if control.kind == "checkbox":
        return 2
    if control.kind in OPTIONED:
        return min(len(control.options), VALUES)
    if control.kind == "slider":
        return len(_positions(control, vocabulary))
    return 0 if control.kind == "file_field" else len(vocabulary.values)


def _used(control: Control, value: int, vocabulary: Vocabulary) -> Event:
    """Return the event of using a control with a value that it takes."""
    if isinstance(control, Button | Link):
        return Event("use", control.id, control.row)
    if control.kind == "checkbox":
        return Event("check" if value else "uncheck", control.id)
    if control.kind in OPTIONED:
        return Event("select", control.id, value=control.options[value][0])
    if control.kind == "slider":
        return Event("fill", control.id, value=_positions(control, vocabulary)[value])
    return Event("fill", control.id, value=vocabulary.values[value].typed)


def _chosen(field: Field, vocabulary: Vocabulary) -> int:
    """Return which value a field holds, from 1; 0 for none, one more than there are for any other."""
    if field.kind == "checkbox":
        return int(field.text == "true")
    if field.kind in OPTIONED:
        keys = [key for key, _ in field.options]
        return keys.index(field.text) + 1 if field.text in keys else 0
    if field.kind == "slider":
        positions = _positions(field, vocabulary)
        return positions.index(field.text) + 1 if field.text in positions else VALUES + 1
    if not field.text:
        return 0
    typed = [term.typed for term in vocabulary.values]
    return typed.index(field.text) + 1 if field.text in typed else VALUES + 1


def _number(part: str) -> int:
    """Return the number of a tab or page of a list, 0 for other parts."""
    return int(part) if part.isdecimal() and len(part) <= 4 else 0


def _positions(slider: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return where a slider can be put: to all of its steps, or to some of many and those that the values name."""
    steps = range(int(slider.minimum), int(slider.maximum) + 1, slider.step)
    if len(steps) <= VALUES:
        return tuple(map(str, steps))
    named = [int(term.typed) for term in vocabulary.values if term.typed.isdecimal() and int(term.typed) in steps]
    rest = steps[:: len(steps) // (VALUES - GOALS) + 1]
    return tuple(map(str, sorted(list(dict.fromkeys((*rest, *named)))[:VALUES])))


def _in_focus(control: Control, focus: tuple[str, str, str] | None) -> bool:
    """Say whether a control has the focus."""
    if focus is None or control.id != focus[0]:
        return False
    return isinstance(control, Field) or control.row == focus[1]


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
