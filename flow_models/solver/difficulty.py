"""How difficult a task is before any model runs: what its shortest solutions take, and how far cheap policies come.

All of it is counted along solutions. That people or models find one task harder than another is said by none of these
numbers; they order tasks by how much has to be got right, which is known to go along with it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import Any, Final, Literal

from flow_models.runtime.machine import Event, Machine, Start, State, View
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.values import read_date
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.uses import is_enabled, texts_of

from .audit import Audit
from .telling import as_read, cell_texts

Level = Literal["plain", "moderate", "demanding", "hard"]

LEVELS: Final[Mapping[Level, float]] = {"plain": 0, "moderate": 20, "demanding": 50, "hard": 100}
"""From how many points on a task is called so. A point is one choice between two things that must be got right: ten
steps with eight things to choose from each are 30."""

LETTERS: Final = 3
"""Characters from which on a text is taken for something told: shorter ones stand everywhere."""

FACT: Final = 4.0
"""Points of a value that was read on one page and is needed on another: one of sixteen that might be meant."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one solution takes.

    Attributes:
        steps: Its steps.
        choices: How many things could have been done at each step, on average (the geometric mean).
        bits: How many choices between two things are as many: the logarithm of their product.
        pages: The different pages on its way.
        told: Values that it types, chooses or answers and that the goal tells.
        remembered: Those that stood on an earlier page, and neither in the goal nor on the page where they are needed.
        guards: Transitions on its way that ask for something.
        distractors: Rows and options beside those that it chooses.
    """

    steps: int
    choices: float
    bits: float
    pages: int
    told: int
    remembered: int
    guards: int
    distractors: int

    @property
    def points(self) -> float:
        """How much has to be got right."""
        return self.bits + FACT * self.remembered


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How difficult a task is.

    Attributes:
        task: The task.
        efforts: What the solutions of some of its instances take.
        cheap: The largest share of success of a cheap policy; 0 if none was measured.
    """

    task: str
    efforts: tuple[Effort, ...]
    cheap: float = 0.0

    def middle(self, name: str) -> float:
        """Return the median of something over the solutions; 0 without any."""
        return float(median(getattr(one, name) for one in self.efforts)) if self.efforts else 0.0

    @property
    def points(self) -> float:
        """By what tasks are ordered: what has to be got right, but no more than whoever does it cheaply has to.

        A policy that succeeds in one of four attempts has two choices between two things to make, whatever others do.
        """
        cheaply = max(0.0, -math.log2(self.cheap)) if self.cheap > 0 else math.inf
        return min(self.middle("points"), cheaply)

    @property
    def level(self) -> Level:
        """What such a task is called."""
        return [name for name, least in LEVELS.items() if self.points >= least][-1]

    def as_data(self) -> dict[str, Any]:
        """Return the difficulty as JSON tells it: medians over the instances."""
        names = ("steps", "choices", "pages", "told", "remembered", "guards", "distractors")
        return {
            "level": self.level,
            "points": round(self.points, 1),
            "cheap": round(self.cheap, 4),
            "lengths": spread(one.steps for one in self.efforts),
            **{name: round(self.middle(name), 1) for name in names},
        }


def difficulty(
    machine: Machine, task: str, solved: Iterable[tuple[Start, Sequence[Event]]], audit: Audit | None = None
) -> Difficulty:
    """Return how difficult a task is, from instances with their solutions and from what cheap policies earned."""
    efforts = tuple(effort(machine, start, events) for start, events in solved)
    cheap = max((audit.share(policy) for policy in audit.limits), default=0.0) if audit is not None else 0.0
    return Difficulty(task, efforts, cheap)


def ordered(those: Iterable[Difficulty]) -> tuple[Difficulty, ...]:
    """Return tasks by their difficulty, the plainest first."""
    return tuple(sorted(those, key=lambda one: (one.points, one.middle("steps"), one.task)))


def spread(lengths: Iterable[int]) -> dict[int, int]:
    """Return how many instances have a shortest solution of each length."""
    listed = sorted(lengths)
    return {length: listed.count(length) for length in dict.fromkeys(listed)}


def _played(machine: Machine, start: Start, events: Sequence[Event]) -> tuple[list[State], list[str | None]]:
    """Return the states that events lead through, the start's first, and the transitions that they take."""
    states, taken = [start.state], list[str | None]()
    for event in events:
        step = machine.step(start, states[-1], event)
        states.append(step.state)
        taken.append(step.transition)
    return states, taken


def effort(machine: Machine, start: Start, events: Sequence[Event]) -> Effort:
    """Return what one solution takes."""
    states, taken = _played(machine, start, events)
    views = [machine.view(start, state) for state in states]
    widths = [choices_on(view) for view in views[:-1]]
    guarded = {one.id for one in machine.program.transitions if one.when is not None}
    bits = sum(map(math.log2, widths))
    uses = [(view, event) for view, event in zip(views, events, strict=False)]
    told, remembered = _facts(start.goal, uses, machine.program.site.locale)
    return Effort(
        steps=len(events),
        choices=2 ** (bits / len(events)) if events else 1.0,
        bits=bits,
        pages=len({state.top.page for state in states}),
        told=told,
        remembered=remembered,
        guards=sum(one in guarded for one in taken),
        distractors=sum(_beside(view, event) for view, event in uses),
    )


def choices_on(view: View) -> int:
    """Return how many things can be done on a page: uses of controls, options of fields, one text in each box."""
    return max(1, sum(_choices(control) for control in view.controls()))


def _choices(control: shown.Control) -> int:
    """Return in how many ways a control can be used."""
    if not is_enabled(control):
        return 0
    texts = texts_of(control)
    return 1 if texts is None else len(texts)


def _beside(view: View, event: Event) -> int:
    """Return how many rows or options stand beside the one that an event chooses."""
    control = view.control(event.block, event.row) if event.block else None
    if isinstance(control, shown.Field):
        return max(0, len(control.options) - 1) if event.kind == "select" else 0
    return sum(one.id == event.block and one.row != event.row for one in view.controls()) if event.row else 0


def _facts(goal: str, uses: Sequence[tuple[View, Event]], locale: str) -> tuple[int, int]:
    """Return how many values on the way the goal tells, and how many must be remembered from an earlier page."""
    told, remembered = set[str](), set[str]()
    pages: list[str] = []
    asked = _plain(goal)
    for view, event in uses:
        here = _said(view)
        words = _long_words(view, event, locale)
        known = [word for word in words if word in asked]
        told.update(known[:1])
        if not known and not event.row:
            remembered.update(word for word in words if word not in here and _is_in_any(word, pages))
        pages.append(here)
    return len(told), len(remembered)


def _is_in_any(word: str, pages: Sequence[str]) -> bool:
    """Say whether one of some pages said a word."""
    return any(word in page for page in pages)


def _long_words(view: View, event: Event, locale: str) -> list[str]:
    """Return what an event says or chooses, as far as it is long enough to be taken for something told."""
    return [word for word in _words(view, event, locale) if len(word) >= LETTERS]


def _words(view: View, event: Event, locale: str) -> Iterator[str]:
    """Yield what an event says or chooses, as somebody would read it; nothing where it only uses something."""
    if event.kind in ("fill", "message"):
        day = read_date(event.value)
        yield _plain(event.value if day is None else formats.date(day, locale))
    elif event.kind == "select":
        control = view.control(event.block, event.row)
        labels = dict(control.options) if isinstance(control, shown.Field) else {}
        yield _plain(labels.get(event.value, ""))
    elif event.row:
        yield from map(_plain, chain.from_iterable(map(cell_texts, _rows_with(view, event.row))))


def _plain(text: str) -> str:
    """Return a text in small letters and with numbers as one types them."""
    return as_read(text).casefold().replace(",", "")


def _said(view: View) -> str:
    """Return all that a page says, on one line."""
    texts = (text for part in view.top.parts for inner in shown.walk(part) for text in _texts(inner))
    return _plain(" · ".join([view.top.title, *texts, *(text for _, text in view.top.notices)]))


def _rows_with(view: View, key: str) -> Iterator[shown.ListRow]:
    """Yield the rows with a key, of all lists on top of a page."""
    lists = (inner for part in view.top.parts for inner in shown.walk(part) if isinstance(inner, shown.ListView))
    return (row for one in lists for row in one.rows if row.key == key)


def _texts(part: shown.Shown) -> Iterator[str]:
    """Yield what a part of a page says by itself."""
    match part:
        case shown.ListView():
            yield from chain.from_iterable(map(cell_texts, part.rows))
        case shown.Details():
            yield from (text for _, text in part.items)
        case shown.Field():
            yield from (part.text, *(label for _, label in part.options))
        case shown.Heading() | shown.Text() | shown.NoticeBox() | shown.Button() | shown.Link():
            yield part.text
        case _:
            return
