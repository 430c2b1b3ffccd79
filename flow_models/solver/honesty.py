"""Whether a solution uses only what the goal and the pages seen so far have told: the test by lookalikes.

A lookalike is a possible start with the same goal. As long as it shows the same texts under the same actions, nobody
can know which of the two it is; so what an action types, chooses or answers must be right in both. It is not where the
solution, played there, looks the same to its end and does not succeed, or where what it typed or chose is refused or of
no use in the end, and something else is right.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from enum import Enum, auto
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step
from flow_models.runtime.machine.base import formats
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.phrasing import to_action
from flow_models.runtime.site.resolve import resolve

from .deciding import Column
from .evidence import told_of_rows
from .lookalikes import LEAST, Lookalikes
from .outline import Outline
from .solution import Solution

LOOKALIKES: Final = 20
"""Different lookalikes with which a solution is compared while it is looked for, what is meant before all: in wild
sites, none beyond these showed more, so that only some of all others are drawn. Tests compare with all."""

SAMPLED: Final = 4
"""Lookalikes drawn by the seed of the instance with which each solution is compared besides: another instance of the
task is compared with others."""

_AT_ONCE: Final = 4
"""Lookalikes that join a search at once: each makes it slower, and so does a further search."""


Choices = Mapping[tuple[str, str], Set[str]]
"""What somebody types and chooses, by the kind of the event and its block."""


class Untold(NamedTuple):
    """Something that a solution knows although nothing has told it.

    Attributes:
        step: Which of its events types, chooses or answers it, from 0.
        other: A start that looks the same until then, and in which something else is right.
    """

    step: int
    other: Start


class Parting(Enum):
    """How two starts that looked the same part: the site has told them apart, or took only in one what was chosen."""

    TOLD = auto()
    REFUSED = auto()


class Pages:
    """What a machine's pages say, as whoever plays reads it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    @cached_property
    def _site(self) -> Site:
        """The site on which the pages stand."""
        return Site.of(self._machine.program)

    def are_alike(self, start: Start, state: State, other: Start, there: State) -> bool:
        """Say whether two states say the same."""
        return self._read(start, state) == self._read(other, there)

    def followed(self, start: Start, step: Step, other: Start, there: State, meant: Event) -> State | Parting:
        """Return where the same action leads in a start that says the same so far, or how the two part.

        Args:
            start: The instance.
            step: What the action does in it.
            other: The other start.
            there: The state in which it says the same.
            meant: What the action means there.
        """
        done = self._machine.step(other, there, meant)
        if done.fault:
            return Parting.TOLD
        if done.error or done.transition != step.transition:
            return Parting.REFUSED
        return done.state if self.are_alike(start, step.state, other, done.state) else Parting.TOLD

    def meant(self, start: Start, state: State, event: Event, other: Start, there: State) -> Event:
        """Return the event that an action means in a state that says the same: rows may have other keys there."""
        if not event.block:
            return event
        here, view_there = self._shown(start, state), self._machine.view(other, there)
        site = self._dressed(start)
        return resolve(to_action(event, here, site), Rendered(view_there, site), view_there, site)

    def _read(self, start: Start, state: State) -> tuple[str, str]:
        """Return what a page says, and its address."""
        shown = self._shown(start, state)
        return shown.axtree, shown.view.path

    def _shown(self, start: Start, state: State) -> Rendered:
        """Return a page as it is shown."""
        return Rendered(self._machine.view(start, state), self._dressed(start))

    def _dressed(self, start: Start) -> Site:
        """Return the site as it appears in an instance's variant."""
        return self._site.dressed(start.variant)


class Played:
    """A solution as it was played in its instance.

    Attributes:
        start: The instance.
        events: The solution.
        states: The states that it passes, the first one included.
        steps: What each event does.
    """

    def __init__(self, machine: Machine, outline: Outline, start: Start, events: Sequence[Event]) -> None:
        self.start = start
        self.events = events
        self.states = [start.state]
        self.steps: list[Step] = []
        self._machine = machine
        self._outline = outline
        for event in events:
            step = machine.step(start, self.states[-1], event)
            self.states.append(step.state)
            self.steps.append(step)

    def is_of(self, start: Start, events: Sequence[Event]) -> bool:
        """Say whether this is a solution of an instance."""
        return self.start is start and tuple(self.events) == tuple(events)

    @property
    def typing(self) -> frozenset[str]:
        """The pages that it passes, if anything is typed or chosen in fields."""
        types = any(event.kind in ("fill", "select") for event in self.events)
        return frozenset(state.top.page for state in self.states) if types else frozenset()

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The rows and texts that are chosen, typed or answered."""
        chosen = (text for event in self.events if is_choice(event) for text in (event.row, event.value))
        return frozenset(filter(None, chosen))

    def hidden(self, column: Column) -> Sequence[Set[str]]:
        """Return the rows in which a column has not been shown when something was typed, chosen or answered."""
        rows = self.start.drawn[self._machine.schema.table(column.table).index].rows
        first = {row[0]: self._first_shown(column, row) for row in rows}
        moments = [place for place, event in enumerate(self.events) if is_choice(event)] or [len(self.events) - 1]
        found = [frozenset(key for key, shown in first.items() if shown > moment) for moment in reversed(moments)]
        return tuple(filter(None, dict.fromkeys(found)))

    def _first_shown(self, column: Column, row: tuple[object, ...]) -> int:
        """Return before which event a cell has first been shown for certain, beyond all of them if never."""
        schema = self._machine.schema.table(column.table)
        show = formats.formatter(
            schema.type_of(column.name).kind, self._machine.schema.currency, self._machine.schema.locale
        )
        text = show(row[schema.columns[column.name]])  # type: ignore[arg-type]
        place = (column.table, str(row[0]))
        for number, told in enumerate(self._told):
            if text and any(text == one or (text in one and len(text) >= LEAST) for one in told.get(place, ())):
                return number
        return len(self.events)

    @cached_property
    def _told(self) -> list[dict[tuple[str, str], list[str]]]:
        """What the pages say of rows, page by page."""
        views = ((state, self._machine.view(self.start, state)) for state in self.states[:-1])
        return [told_of_rows(self._outline, view, state.top.record) for state, view in views]


class Honesty:
    """Tells what solutions of one machine know although nothing has told it.

    Args:
        machine: The machine.
        outline: The program.
        solve: Solves a start, with no heed to what was told.

    Attributes:
        solve: The same.
        pages: What the machine's pages say.
    """

    def __init__(self, machine: Machine, outline: Outline, solve: Callable[[Start], Solution]) -> None:
        self._machine = machine
        self._outline = outline
        self._lookalikes = Lookalikes(machine, outline)
        self.solve = solve
        self.pages = Pages(machine)
        self._fair: Played | None = None
        """The last solution that was looked for, if none of those it was compared with spoke against it."""

    def mistaken(self, start: Start, events: Sequence[Event]) -> tuple[Start, ...]:
        """Return some starts in which a solution goes wrong although nothing has told them apart."""
        played = Played(self._machine, self._outline, start, events)
        likeliest = self._untold(played, first=LOOKALIKES)
        # Whoever compares with this sample later would find what is wrong in it, and then it is too late to mend.
        sampled = self._untold(played, sample=SAMPLED)
        others = tuple(one.other for one in islice(chain(likeliest, sampled), _AT_ONCE))
        self._fair = None if others else played
        return others

    def guess(self, start: Start, events: Sequence[Event], sample: int | None = None) -> int | None:
        """Return which event of a solution does what nothing has told, by a sample of lookalikes or all of them."""
        if sample == SAMPLED and self._fair is not None and self._fair.is_of(start, events):
            return None
        return next((one.step for one in self.untold(start, events, sample=sample)), None)

    def untold(self, start: Start, events: Sequence[Event], *, sample: int | None = None) -> Iterator[Untold]:
        """Yield what a solution knows untold, by all lookalikes or a sample of them."""
        yield from self._untold(Played(self._machine, self._outline, start, events), sample=sample)

    def _untold(self, played: Played, *, first: int | None = None, sample: int | None = None) -> Iterator[Untold]:
        """Yield what a solution knows untold, by all lookalikes, or the first or a sample of them."""
        others = self._lookalikes.of(
            played.start, played.hidden, played.typing, chosen=played.chosen, first=first, sample=sample
        )
        for other in others:
            step = self._parts(played, other)
            if step is not None:
                yield Untold(step, other)

    def _parts(self, played: Played, other: Start) -> int | None:
        """Return which event of a solution is wrong in a lookalike that looks the same until then; None if none is."""
        start, there, done = played.start, other.state, list[Event]()
        if self._is_right_in(played, other) or not self.pages.are_alike(start, start.state, other, there):
            return None
        for place, event in enumerate(played.events):
            if event.kind == "message":
                return (
                    None if self._machine.is_right_answer(other, there, event.value) else self._if_solved(place, other)
                )
            done.append(self.pages.meant(start, played.states[place], event, other, there))
            after = self.pages.followed(start, played.steps[place], other, there, done[-1])
            if after is Parting.TOLD:
                return self._told_too_late(done, other) if place + 1 == len(played.events) else None
            if after is Parting.REFUSED:
                return self._other_choice(done, other)
            there = after
        if self._machine.verdict(other, there).success:
            return None
        return self._if_solved(_last_choice(played.events), other)

    def _is_right_in(self, played: Played, other: Start) -> bool:
        """Say whether it is plain that nothing in a solution is wrong in a lookalike: so it is in most.

        It succeeds there too, and the rows that it chooses are those that the same words mean.
        """
        pairs = zip(played.start.drawn, other.drawn, strict=True)
        rows = chain.from_iterable(
            zip(own.rows, others.rows, strict=True) for own, others in pairs if own is not others
        )
        changed = {str(own[0]) for own, there in rows if own != there}
        return changed.isdisjoint(played.chosen) and self._succeeds(played.events, other)

    def _succeeds(self, events: Sequence[Event], other: Start) -> bool:
        """Say whether some steps lead to success in a start."""
        state = other.state
        for event in events:
            if event.kind == "message":
                return self._machine.is_right_answer(other, state, event.value)
            step = self._machine.step(other, state, event)
            if step.error or step.fault:
                return False
            state = step.state
        return self._machine.verdict(other, state).success

    def _if_solved(self, place: int, other: Start) -> int | None:
        """Return an event that is wrong in a lookalike if another way is right there."""
        return place if self.solve(other).status == "solved" else None

    def _told_too_late(self, done: Sequence[Event], other: Start) -> int | None:
        """Return the last choice if the end shows that something else had to be chosen before it in a lookalike.

        So it is where the lookalike's own solution ends in the same way, but not any more with what was chosen here.
        """
        solution, last = self.solve(other), done[-1]
        if solution.status != "solved" or solution.events[-1][:2] != last[:2]:
            return None
        typed = defaultdict[tuple[str, str], deque[Event]](deque)
        for event in filter(_is_typed, done):
            typed[event[:2]].append(event)
        as_here = [typed[one[:2]].popleft() if typed[one[:2]] else one for one in solution.events[:-1]]
        # What the lookalike leaves as it is stands in the same form, or its own solution would not end in the same way.
        more = [event for event in takewhile(_is_typed, reversed(done[:-1])) if event in typed[event[:2]]]
        return None if self._succeeds((*as_here, *more, last), other) else _last_choice(done)

    def _other_choice(self, done: Sequence[Event], other: Start) -> int | None:
        """Return the event up to the one that was refused in place of which the lookalike's own solution does another.

        Without one it is the data that decides whether the site accepts something.
        """
        own = choices_of(self.solve(other))
        return next((place for place, event in enumerate(done) if is_stray(event, own)), None)


def choices_of(solution: Solution) -> Choices:
    """Return what a solution types and chooses, by the kind of the event and its block."""
    found = defaultdict[tuple[str, str], set[str]](set)
    for event in solution.events:
        found[event[:2]].add(event.row or event.value)
    return found


def is_stray(event: Event, own: Choices) -> bool:
    """Say whether an event chooses something in place of which a start's own solution chooses another."""
    return is_choice(event) and event[:2] in own and (event.row or event.value) not in own[event[:2]]


def is_choice(event: Event) -> bool:
    """Say whether an event types, chooses or answers something, and does not only lead somewhere."""
    return _is_typed(event) or event.kind == "message" or bool(event.row)


def _is_typed(event: Event) -> bool:
    """Say whether an event types or chooses something in a field."""
    return event.kind in ("fill", "select", "check", "uncheck")


def _last_choice(events: Sequence[Event]) -> int:
    """Return the last event that types, chooses or answers something, without one the last at all."""
    return max((place for place, event in enumerate(events) if is_choice(event)), default=len(events) - 1)
