"""Walks that touch what solutions leave out: few, each as long as an attempt may be, found by playing.

Everything that is one move away is played, see `tour_moves`. The move that touches most that is new for its steps is
made; where none does, the nearest state from which one does is looked for, and where there is none the way of a
solution to such a state is taken. A new walk begins where nothing new can be reached. That no fewer would do is not
proven: finding the fewest is hard even where every transition can be taken at any time.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from flow_models.runtime.machine import Machine, Start, State, Step

from .candidates import Candidates
from .comparisons import Comparisons
from .coverage import Coverage, Solved, Touch, Watch, coverage
from .demands import Demands
from .outline import Outline
from .tour_moves import Move, TourMoves
from .walk import Walk, walk_in

STEPS: Final = 40_000
"""Steps of the machine that all walks through a program may try together: two seconds."""

_FAR: Final = 200
"""Moves that are tried at most to find a place with something new."""


class Tour(NamedTuple):
    """Walks that touch much, and what they touch together with what was touched before."""

    walks: tuple[Walk, ...]
    coverage: Coverage


class _Reached(NamedTuple):
    """Where a move leads: the state, what it touches, and whether the attempt has ended."""

    state: State
    events: Move
    touches: frozenset[Touch] = frozenset()
    has_ended: bool = False


def tour(machine: Machine, solved: Sequence[Solved], known: Coverage | None = None, *, steps: int = STEPS) -> Tour:
    """Return few walks that touch as much as can be found of what nothing has touched.

    Args:
        machine: The machine that plays.
        solved: The instances from which walks may begin, the best ones first, with their solutions as far as known.
        known: What other walks have touched already.
        steps: Steps of the machine that may be tried.
    """
    guide = _Guide(machine, known, steps)
    walks: list[Walk] = []
    for start, solution in solved:
        while guide.is_looking and (events := guide.walked(start, solution)):
            walks.append(walk_in(start, events))
    return Tour(_needed(machine, walks, known), guide.found)


def _needed(machine: Machine, walks: Sequence[Walk], known: Coverage | None) -> tuple[Walk, ...]:
    """Return walks without those of which all is touched by others too: later ones may do what an early one did."""
    each = [set(coverage(machine, [(one.start(machine), one.events)]).touched) for one in walks]
    times = Counter(touch for touches in each for touch in touches)
    times.update([] if known is None else known.touched.keys())
    kept = []
    for one, touches in zip(walks, each, strict=True):
        if all(times[touch] > 1 for touch in touches):
            times.subtract(touches)
        else:
            kept.append(one)
    return tuple(kept)


class _Guide:
    """Finds walks.

    Attributes:
        found: What was touched so far.
    """

    def __init__(self, machine: Machine, known: Coverage | None, steps: int) -> None:
        self._machine = machine
        self._watch = Watch(machine)
        outline = Outline(machine.program)
        self._comparisons, self._demands = Comparisons(outline), Demands(outline, "")
        self.found = Coverage(self._watch.whole)
        if known is not None:
            self.found.touched.update(known.touched)
        self._missing = set(self.found.missing)
        self._left = steps

    @property
    def is_looking(self) -> bool:
        """Whether something is missing and may still be looked for."""
        return self._left > 0 and bool(self._missing)

    def walked(self, start: Start, solution: Move) -> Move:
        """Return what one walk does, nothing if it would touch nothing new; what it touches is noted."""
        candidates = Candidates(self._machine, start, {}, (), self._comparisons, self._demands)
        moves = TourMoves(self._machine, start, candidates, self._missing)
        here = _Reached(start.state, ())
        while not here.has_ended:
            way = self._best(start, moves, here) or (None if here.events else self._along(start, moves, solution))
            if way is None:
                break
            self._missing -= way.touches
            self.found.touched.update(way.touches)
            here = _Reached(way.state, here.events + way.events, frozenset(), way.has_ended)
        return here.events

    def _along(self, start: Start, moves: TourMoves, solution: Move) -> _Reached | None:
        """Return the way of a solution to the first place from which a move touches something new."""
        here = _Reached(start.state, ())
        for event in solution:
            way = self._after(start, here, (event,))
            if way is None or way.has_ended:
                return None
            here = way
            onward = self._fresh(self._ways(start, moves, here, self._room(start) - len(here.events)))
            if onward is not None:
                return onward
        return None

    def _best(self, start: Start, moves: TourMoves, here: _Reached) -> _Reached | None:
        """Return the nearest way on that touches something new."""
        seen = {self._machine.key(start, here.state)}
        most = self._room(start) - len(here.events)
        waiting: deque[_Reached] = deque([_Reached(here.state, ())])
        tried = 0
        while waiting and tried < _FAR:
            ways = list(self._ways(start, moves, waiting.popleft(), most))
            tried += len(ways)
            fresh = self._fresh(ways)
            if fresh is not None:
                return fresh
            for way in ways:
                key = self._machine.key(start, way.state)
                if not way.has_ended and key not in seen:
                    seen.add(key)
                    waiting.append(way)
        return None

    def _fresh(self, ways: Sequence[_Reached] | Iterator[_Reached]) -> _Reached | None:
        """Return the way that touches most that is new for its steps, one that ends the attempt last; None if none."""
        fresh = [way for way in ways if not self._missing.isdisjoint(way.touches)]
        return max(
            fresh,
            key=lambda way: (not way.has_ended, len(way.touches & self._missing) / len(way.events)),
            default=None,
        )

    def _ways(self, start: Start, moves: TourMoves, here: _Reached, most: int) -> Iterator[_Reached]:
        """Yield where the moves from a place lead, within so many steps of the whole way."""
        for move in moves.of(here.state):
            if len(here.events) + len(move) <= most and self._left > 0:
                way = self._after(start, here, move)
                if way is not None:
                    yield way

    def _after(self, start: Start, here: _Reached, move: Move) -> _Reached | None:
        """Return where a move leads, None if it cannot be made."""
        state, touches, has_ended = here.state, set(here.touches), False
        for event in move:
            step = self._machine.step(start, state, event)
            self._left -= 1
            if has_ended or step.error or step.fault:
                return None
            touches.update(self._watch.touches(start, state, event, step))
            state, has_ended = step.state, self._ends(start, step)
        return _Reached(state, here.events + move, frozenset(touches), has_ended)

    def _room(self, start: Start) -> int:
        """Return how many steps an attempt may have."""
        return self._machine.rules(start.task).max_steps

    def _ends(self, start: Start, step: Step) -> bool:
        """Say whether an attempt ends with a step."""
        verdict = self._machine.verdict(start, step.state)
        is_done = verdict.success and not self._machine.rules(start.task).is_question
        return is_done or verdict.failure >= 0 or bool(verdict.fault)
