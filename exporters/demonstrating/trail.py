"""A way while it is worked out on the machine, step by step, with what of it is worth learning."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Self, TypeVar

from flow_models.runtime.machine import Event, Machine, State
from flow_models.runtime.machine.base.randomness import shuffled, stream
from flow_models.runtime.machine.pages.state import Start
from flow_models.runtime.machine.pages.view import Field, Pagination, View, walk
from flow_models.solver.variants import AdaptedWalk, BlockedError

T = TypeVar("T")


class Step(NamedTuple):
    """One step of a way; one that is not to be learnt is a mistake that is put right later."""

    event: Event
    is_learnt: bool


Way = tuple[Step, ...]


class Dice:
    """Choices that follow from a seed and a number alone."""

    def __init__(self, seed: int, number: int) -> None:
        self._seed = seed
        self._number = number
        self._bits = stream(seed, "dice", number)
        self._shuffles = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 up to, but not including, a positive limit."""
        return next(self._bits) * limit >> 64

    def is_heads(self) -> bool:
        """Toss a coin."""
        return self.below(2) == 1

    def some(self, items: Sequence[T], most: int) -> Iterator[T]:
        """Yield some of the items in a random order, each once."""
        if items:
            self._shuffles += 1
            purpose = f"shuffle {self._shuffles}"
            yield from islice(shuffled(items, self._seed, purpose, self._number), min(most, len(items)))


class Trail:
    """A way through one instance as a variant shows it.

    Args:
        machine: Runs the program.
        start: The instance, as the variant shows it.
        infeasible: Whether it is known to be impossible.
    """

    def __init__(self, machine: Machine, start: Start, *, infeasible: bool = False) -> None:
        self._walk = AdaptedWalk(machine, start)
        if infeasible:
            self._walk.episode = self._walk.episode.known_infeasible()
        self._mistaken: frozenset[int] = frozenset()

    @property
    def view(self) -> View:
        """What the page shows."""
        return self._walk.episode.view

    @property
    def goal(self) -> str:
        """What is wanted."""
        return self._walk.episode.goal

    @property
    def state(self) -> State:
        """Where the way has led."""
        return self._walk.episode.state

    @property
    def events(self) -> Sequence[Event]:
        """What was done so far."""
        return self._walk.events

    @property
    def way(self) -> Way | None:
        """The way, if it has led to success."""
        if self._walk.episode.end_reason != "success":
            return None
        return tuple(Step(event, place not in self._mistaken) for place, event in enumerate(self._walk.events))

    def copy(self) -> Self:
        """Return a trail that goes its own way from here."""
        other = object.__new__(type(self))
        other._walk, other._mistaken = self._walk.copy(), self._mistaken
        return other

    def follow(self, events: Iterable[Event]) -> Self:
        """Do events as one who knows the way.

        Raises:
            BlockedError: One cannot be done.
        """
        for event in events:
            self._walk.do(event)
        return self

    def err(self, event: Event) -> Self:
        """Do an event by mistake.

        Raises:
            BlockedError: It cannot be done, or ends the attempt.
        """
        before = len(self._walk.events)
        self._walk.do(event)
        self._mistaken |= frozenset(range(before, len(self._walk.events)))
        if self._walk.episode.end_reason:
            raise BlockedError("a mistake has ended it")
        return self

    def has_changed(self, before: State) -> bool:
        """Say whether data are others than before."""
        return self.state.tables != before.tables

    def is_elsewhere(self, before: State) -> bool:
        """Say whether it stands on another page or dialog than before."""
        return _place(self.state) != _place(before)

    def holds(self, event: Event) -> bool:
        """Say whether a field on the page holds already what an event would put there."""
        field = self.view.control(event.block)
        wanted = {"check": "true", "uncheck": ""}.get(event.kind, event.value)
        return isinstance(field, Field) and field.text == wanted

    def is_turning(self, event: Event) -> bool:
        """Say whether an event turns the pages of a list."""
        parts = (inner for part in self.view.top.parts for inner in walk(part))
        return any(isinstance(part, Pagination) and part.id == event.block for part in parts)


def _place(state: State) -> tuple[object, ...]:
    """Return which page, and which dialog over it, is shown."""
    return (*state.base[:3], state.dialog and state.dialog[:2])
