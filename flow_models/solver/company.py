"""The starts that look like an instance so far, taken along by a search.

What a solution types, chooses or answers has to be right in each of them until a page has told it apart. So they are
played in step with the instance: a move is no way on where it is right in one only, and the goal is reached only where
it is reached in all that still look the same.
"""

from collections.abc import Hashable, Sequence

from flow_models.runtime.machine import Event, Machine, Start, State, Step

from .honesty import Pages, Parting, is_choice

Alike = tuple[State | None, ...]
"""Where each of the starts stands, None once it has been told apart."""


class Company:
    """Starts that look like an instance as it begins.

    Attributes:
        others: Those starts.
    """

    def __init__(
        self, machine: Machine, start: Start, others: tuple[Start, ...] = (), pages: Pages | None = None
    ) -> None:
        self._machine = machine
        self._start = start
        self._pages = Pages(machine) if pages is None else pages
        self.others = others

    def joined_by(self, others: Sequence[Start]) -> "Company":
        """Return the company with more of them."""
        return Company(self._machine, self._start, (*self.others, *others), self._pages)

    def knows(self, others: Sequence[Start]) -> bool:
        """Say whether all of some starts are with them already."""
        known = [(one.drawn, one.parameters) for one in self.others]
        return all((other.drawn, other.parameters) in known for other in others)

    def begun(self) -> Alike:
        """Return where they stand as the episode begins."""
        return tuple(other.state for other in self.others)

    def followed(self, alike: Alike, state: State, events: Sequence[Event]) -> Alike | None:
        """Return where they stand once something has been done in a state; None if it is right in the instance only."""
        if not any(alike):
            return alike
        chooses = any(map(is_choice, events))
        for event in events:
            step = self._machine.step(self._start, state, event)
            found: list[State | None] = []
            for other, there in zip(self.others, alike, strict=True):
                if there is None:
                    found.append(None)
                    continue
                after = self._pages.followed(self._start, state, event, step, other, there)
                if after is Parting.REFUSED and chooses:
                    return None
                if after is Parting.TOLD and self._ends_here_only(state, event, step, other, there):
                    return None
                found.append(None if isinstance(after, Parting) else after)
            alike, state = tuple(found), step.state
        return alike

    def _ends_here_only(self, state: State, event: Event, step: Step, other: Start, there: State) -> bool:
        """Say whether it is nothing but success that tells another start apart, in which there is none."""
        if not self._machine.verdict(self._start, step.state).success:
            return False
        done = self._pages.done(self._start, state, event, other, there)
        return not self._machine.verdict(other, done.state).success

    def agrees(self, alike: Alike, finish: Sequence[Event]) -> bool:
        """Say whether the goal is reached wherever one may be."""
        pairs = zip(self.others, alike, strict=True)
        return all(self._is_done(other, there, finish) for other, there in pairs if there is not None)

    def _is_done(self, other: Start, there: State, finish: Sequence[Event]) -> bool:
        """Say whether the goal is reached in one of the starts."""
        if finish:
            return all(self._machine.is_right_answer(other, there, event.value) for event in finish)
        return self._machine.verdict(other, there).success

    def key(self, alike: Alike) -> Hashable:
        """Return what tells states of the company apart."""
        pairs = zip(self.others, alike, strict=True)
        return tuple(None if there is None else self._machine.key(other, there, focus=False) for other, there in pairs)

    @staticmethod
    def data(alike: Alike) -> Hashable:
        """Return what they hold, wherever they stand."""
        return tuple(None if there is None else (there.variables, there.tables) for there in alike)
