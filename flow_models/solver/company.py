"""The starts that look like an instance so far, taken along by a search.

What a solution types, chooses or answers has to be right in each of them until a page has told it apart. So they are
played in step with the instance: a move is no way on where it is right in one only, and the goal is reached only where
it is reached in all that still look the same. What is typed on one page may be refused on a later one; so whoever has
chosen otherwise than a start's own solution does must not be refused anything there from then on.
"""

from collections.abc import Hashable, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step

from .honesty import Choices, Honesty, Parting, choices_of, is_stray


class Stand(NamedTuple):
    """Where one of the starts stands.

    Attributes:
        state: The state.
        strays: Whether something was chosen on the way there in place of which its own solution chooses another.
    """

    state: State
    strays: bool = False


Alike = tuple[Stand | None, ...]
"""Where each of the starts stands, None once it has been told apart."""


class _End(Enum):
    """How a start ends to look the same: it is told apart, or what was done is wrong in it."""

    APART = auto()
    WRONG = auto()


class Company:
    """Starts that look like an instance as it begins.

    Attributes:
        others: Those starts.
    """

    def __init__(self, machine: Machine, start: Start, honesty: Honesty, others: tuple[Start, ...] = ()) -> None:
        self._machine = machine
        self._start = start
        self._honesty = honesty
        self.others = others

    def joined_by(self, others: Sequence[Start]) -> "Company":
        """Return the company with more of them."""
        return Company(self._machine, self._start, self._honesty, (*self.others, *others))

    @cached_property
    def _own(self) -> tuple[Choices, ...]:
        """What their own solutions choose."""
        return tuple(choices_of(self._honesty.solve(other)) for other in self.others)

    def knows(self, others: Sequence[Start]) -> bool:
        """Say whether all of some starts are with them already."""
        known = [(one.drawn, one.parameters) for one in self.others]
        return all((other.drawn, other.parameters) in known for other in others)

    def begun(self) -> Alike:
        """Return where they stand as the episode begins."""
        return tuple(Stand(other.state) for other in self.others)

    def followed(self, alike: Alike, state: State, events: Sequence[Event]) -> Alike | None:
        """Return where they stand once something has been done in a state; None if it is right in the instance only."""
        for event in events:
            if not any(alike):
                return alike
            step = self._machine.step(self._start, state, event)
            found: list[Stand | None] = []
            for place, stand in enumerate(alike):
                after = _End.APART if stand is None else self._after(place, stand, state, event, step)
                if after is _End.WRONG:
                    return None
                found.append(None if isinstance(after, _End) else after)
            alike, state = tuple(found), step.state
        return alike

    def _after(self, place: int, stand: Stand, state: State, event: Event, step: Step) -> Stand | _End:
        """Return where one of the starts stands after an event, or how it ends to look the same."""
        other, there, pages = self.others[place], stand.state, self._honesty.pages
        meant = pages.meant(self._start, state, event, other, there)
        strays = stand.strays or is_stray(meant, self._own[place])
        after = pages.followed(self._start, step, other, there, meant)
        if after is Parting.REFUSED:
            return _End.WRONG if strays else _End.APART
        if after is Parting.TOLD:
            return _End.WRONG if self._ends_here_only(step, other, there, meant) else _End.APART
        return Stand(after, strays)

    def _ends_here_only(self, step: Step, other: Start, there: State, meant: Event) -> bool:
        """Say whether it is nothing but success that tells another start apart, in which there is none."""
        if not self._machine.verdict(self._start, step.state).success:
            return False
        done = self._machine.step(other, there, meant)
        return not self._machine.verdict(other, done.state).success

    def agrees(self, alike: Alike, finish: Sequence[Event]) -> bool:
        """Say whether the goal is reached wherever one may be."""
        pairs = zip(self.others, alike, strict=True)
        return all(self._is_done(other, stand.state, finish) for other, stand in pairs if stand is not None)

    def _is_done(self, other: Start, there: State, finish: Sequence[Event]) -> bool:
        """Say whether the goal is reached in one of the starts."""
        if finish:
            return all(self._machine.is_right_answer(other, there, event.value) for event in finish)
        return self._machine.verdict(other, there).success

    def key(self, alike: Alike) -> Hashable:
        """Return what tells states of the company apart."""
        pairs = zip(self.others, alike, strict=True)
        return tuple(
            None if stand is None else (self._machine.key(other, stand.state, focus=False), stand.strays)
            for other, stand in pairs
        )

    @staticmethod
    def data(alike: Alike) -> Hashable:
        """Return what they hold, wherever they stand, and what was chosen in them."""
        return tuple(
            None if stand is None else (stand.state.variables, stand.state.tables, stand.strays) for stand in alike
        )
