"""The slow way to honest solutions: every way, the shortest first, over the sets of starts that look alike so far.

It knows nothing of evidence and does not learn from what went wrong: all starts that could be meant are taken along
from the first. What is done has to be right in each of them that no page has told apart.
"""

import heapq
import itertools
from collections.abc import Hashable, Sequence

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.site import Rendered, Site
from flow_models.runtime.site.phrasing import to_action
from flow_models.runtime.site.resolve import resolve
from flow_models.solver.lookalikes import Lookalikes
from flow_models.solver.outline import Outline
from tests.flow_models.solver.brute import Keys, Texts, moves_in, played, tried

Belief = tuple[State | None, ...]
"""Where one would stand in each start, None in those that are told apart; the first is the start itself."""


def all_lookalikes(machine: Machine, start: Start, most: int = 60) -> tuple[Start, ...]:
    """Return starts for which an instance could be taken as long as no page has shown anything."""
    made = Lookalikes(machine, Outline(machine.program))
    keys = {schema.name: [row[0] for row in start.drawn[schema.index].rows] for schema in machine.schema.table_list}
    every = made.of(
        start,
        lambda column: [frozenset(keys[column.table]), *({key} for key in keys[column.table])],
        frozenset(machine.program.pages),
    )
    return tuple(itertools.islice(every, most))


class TooManyWaysError(Exception):
    """There are more ways than a test should try."""


class Player:
    """Somebody who plays by what was told, and tries everything.

    Args:
        machine: Runs the site.
        start: The instance.
        texts: What is typed.
        most: How many lookalikes at most are taken along.
        sifts: Whether those are left out that the texts cannot do at all.
        keys: What tells states apart for whoever only wants to know what can be done at all.
        tries: Whether something may be done to see that it was not enough, or is refused afterwards, which takes one
            trial for each value.
    """

    def __init__(
        self,
        machine: Machine,
        start: Start,
        texts: Texts,
        most: int = 60,
        *,
        sifts: bool = False,
        tries: bool = True,
        keys: Keys | None = None,
    ) -> None:
        self._machine = machine
        self._texts = texts
        self._tries = tries
        self._keys = keys
        others = all_lookalikes(machine, start, most)
        self._starts = (start, *(other for other in others if not sifts or self._can_be_done(other)))
        self._site = Site.of(machine.program)

    def _can_be_done(self, other: Start) -> bool:
        """Say whether a start can be done at all: nobody is asked what cannot.

        Raises:
            TooManyWaysError: That would take more moves than a test should make.
        """
        if self._machine.program.tasks[other.task].answer is not None:
            return bool(self._machine.expected_answer(other, other.state))
        found = tried(self._machine, other, self._texts, 2_000, by_forms=True, keys=self._keys)
        if found.length is None and not found.is_all:
            raise TooManyWaysError
        return found.length is not None

    def shortest(self, most: int = 20_000) -> int | None:
        """Return the length of a shortest honest way to the end, None if there is none.

        Raises:
            TooManyWaysError: There are more than a test should try.
        """
        begun = self._alike(tuple(one.state for one in self._starts))
        best: dict[Hashable, int] = {self._key(begun): 0}
        count, moves = itertools.count(), 0
        heap = [(0, next(count), begun)]
        while heap:
            steps, _, belief = heapq.heappop(heap)
            if steps and self._is_over(belief):
                return steps
            if self._can_answer(belief):
                return steps + 1
            for after, cost in self._following(belief):
                moves += 1
                if moves >= most:
                    raise TooManyWaysError
                if best.get(self._key(after), steps + cost + 1) > steps + cost:
                    best[self._key(after)] = steps + cost
                    heapq.heappush(heap, (steps + cost, next(count), after))
        return None

    def _following(self, belief: Belief) -> list[tuple[Belief, int]]:
        """Return where one may be after each move that is right wherever one may be."""
        start, state = self._starts[0], belief[0]
        assert state is not None
        found = []
        for events in moves_in(self._machine, start, state, self._texts, with_addresses=False, by_forms=True):
            after = self._after(belief, events)
            if after is not None:
                found.append((after, len(events)))
        return found

    def _after(self, belief: Belief, events: Sequence[Event]) -> Belief | None:
        """Return where one may be after a move, None if it cannot be made or is right here and there wrong."""
        first = belief[0]
        assert first is not None
        ends = [played(self._machine, self._starts[0], first, events)]
        if ends[0] is None:
            return None
        meant = [events, *(self._meant(place, belief, events) for place in range(1, len(belief)))]
        for start, state, there in zip(self._starts[1:], belief[1:], meant[1:], strict=True):
            ends.append(None if state is None else played(self._machine, start, state, there))
        taken = [self._taken(place, belief, there) for place, there in enumerate(meant)]
        chooses = len(events) > 1 or events[-1].kind not in ("use", "noop") or bool(events[-1].row)
        for place in range(1, len(belief)):
            if belief[place] is not None and taken[place] != taken[0]:
                if chooses or not self._tries:
                    return None
                ends[place] = None
        over = [self._is_over((end,), place) for place, end in enumerate(ends) if end is not None]
        if (over[0] or not self._tries) and any(one != over[0] for one in over):
            return None
        return self._alike(tuple(ends))

    def _meant(self, place: int, belief: Belief, events: Sequence[Event]) -> Sequence[Event]:
        """Return what a move means in another start: by the same words, another row may be meant there."""
        state, there, found = belief[0], belief[place], list[Event]()
        if state is None or there is None:
            return events
        for event in events:
            found.append(self._meant_there(place, state, event, there) if event.block else event)
            state = self._machine.step(self._starts[0], state, event).state
            there = self._machine.step(self._starts[place], there, found[-1]).state
        return found

    def _meant_there(self, place: int, state: State, event: Event, there: State) -> Event:
        """Return what one event means where the other start stands."""
        action = to_action(event, Rendered(self._machine.view(self._starts[0], state), self._site), self._site)
        view = self._machine.view(self._starts[place], there)
        return resolve(action, Rendered(view, self._site), view, self._site)

    def _taken(self, place: int, belief: Belief, events: Sequence[Event]) -> list[object]:
        """Return what a move makes happen in one of the starts."""
        found: list[object] = []
        start, state = self._starts[place], belief[place]
        if state is None:
            return found
        for event in events:
            step = self._machine.step(start, state, event)
            found.append((bool(step.error), step.transition))
            state = step.state
        return found

    def _alike(self, belief: Belief) -> Belief:
        """Return where one may be by what the page says."""
        says = [None if state is None else self._says(place, state) for place, state in enumerate(belief)]
        return tuple(state if said == says[0] else None for state, said in zip(belief, says, strict=True))

    def _says(self, place: int, state: State) -> tuple[str, str]:
        """Return what a page says."""
        view = self._machine.view(self._starts[place], state)
        return Rendered(view, self._site).axtree, view.path

    def _is_over(self, belief: Belief, first: int = 0) -> bool:
        """Say whether the task is done wherever one may be, in the starts from one on."""
        pairs = zip(self._starts[first:], belief, strict=False)
        return all(self._machine.verdict(start, state).success for start, state in pairs if state is not None)

    def _can_answer(self, belief: Belief) -> bool:
        """Say whether one answer is right wherever one may be."""
        start, state = self._starts[0], belief[0]
        assert state is not None
        answer = self._machine.expected_answer(start, state)
        pairs = [(one, there) for one, there in zip(self._starts, belief, strict=True) if there is not None]
        return bool(answer) and all(self._machine.is_right_answer(one, there, answer) for one, there in pairs)

    def _key(self, belief: Belief) -> Hashable:
        """Return what tells beliefs apart."""
        pairs = zip(self._starts, belief, strict=True)
        return tuple(None if there is None else self._machine.key(one, there, focus=False) for one, there in pairs)
