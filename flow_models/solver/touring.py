"""Walks that touch what solutions leave out: few, each as long as an attempt may be, found by playing.

From where a walk stands, everything that is one move away is played: each control with good input, with bad input,
back, the address again, and leaving with something typed. The move that touches most that is new for its steps is
made; where none does, the nearest state from which one does is looked for. A new walk begins where nothing new can be
reached. That no fewer would do is not proven: finding the fewest is hard even where every transition can be taken.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.runtime.machine.pages.plan import Page
from flow_models.runtime.machine.pages.uses import giving, is_enabled

from .candidates import Candidates
from .comparisons import Comparisons
from .coverage import Coverage, Touch, Watch
from .field_texts import is_answered
from .outline import Outline
from .walk import Walk, walk_in

STEPS: Final = 40_000
"""Steps of the machine that all tours of a program may try together: two seconds."""

_ROWS: Final = 2
"""Rows of a list beside which a control is tried."""

_TEXTS: Final = 3
"""Ways in which a form is filled well, so that guards that ask for the one or the other are met and not met."""

_FAR: Final = 150
"""Moves that are tried at most to find a place with something new."""

Move = tuple[Event, ...]


class Tour(NamedTuple):
    """Walks that touch much, and what they touch together with what was touched before."""

    walks: tuple[Walk, ...]
    coverage: Coverage


class _Reached(NamedTuple):
    """Where a move leads: the state, what it touches, and whether the attempt has ended."""

    state: State
    events: Move
    touches: frozenset[Touch]
    has_ended: bool


def tour(machine: Machine, starts: Sequence[Start], known: Coverage | None = None, *, steps: int = STEPS) -> Tour:
    """Return few walks from some instances that touch as much as can be found of what nothing has touched.

    Args:
        machine: The machine that plays.
        starts: The instances from which walks may begin, the best ones first.
        known: What other walks have touched already.
        steps: Steps of the machine that may be tried.
    """
    watch = Watch(machine)
    found = Coverage(watch.whole)
    if known is not None:
        found.touched.update(known.touched)
    guide = _Guide(machine, watch, found, steps)
    walks = []
    for start in starts:
        while guide.left > 0 and found.missing and (events := guide.walked(start)):
            walks.append(walk_in(start, events))
    return Tour(tuple(walks), found)


@dataclass
class _Guide:
    """Finds walks.

    Attributes:
        machine: The machine that plays.
        watch: Says what steps touch.
        found: What was touched so far.
        left: Steps of the machine that may still be tried.
    """

    machine: Machine
    watch: Watch
    found: Coverage
    left: int
    _moves: "_Moves" = field(init=False)

    def __post_init__(self) -> None:
        self._comparisons = Comparisons(Outline(self.machine.program))

    def walked(self, start: Start) -> Move:
        """Return what one walk does, nothing if it would touch nothing new; what it touches is noted."""
        self._moves = _Moves(self.machine, start, self._comparisons)
        state, events, fresh = start.state, Move(), 0
        missing = set(self.found.missing)
        limit = self.machine.rules(start.task).max_steps
        while True:
            way = self._best(start, state, missing, limit - len(events))
            if way is None:
                return events if fresh else ()
            fresh += len(way.touches & missing)
            missing -= way.touches
            self.found.touched.update(way.touches)
            state, events = way.state, events + way.events
            if way.has_ended:
                return events

    def _best(self, start: Start, state: State, missing: set[Touch], most: int) -> _Reached | None:
        """Return the nearest ways on that touch something new, and of these the one that touches most for its steps."""
        seen = {self.machine.key(start, state)}
        waiting: deque[_Reached] = deque([_Reached(state, (), frozenset(), False)])
        tried = 0
        while waiting and tried < _FAR:
            here = waiting.popleft()
            ways = []
            for move in self._moves.of(here.state):
                if len(here.events) + len(move) > most or self.left <= 0:
                    continue
                tried += 1
                way = self._after(start, here, move)
                if way is not None:
                    ways.append(way)
            fresh = [way for way in ways if not missing.isdisjoint(way.touches)]
            if fresh:
                return max(fresh, key=lambda way: (not way.has_ended, len(way.touches & missing) / len(way.events)))
            for way in ways:
                key = self.machine.key(start, way.state)
                if not way.has_ended and key not in seen:
                    seen.add(key)
                    waiting.append(way)
        return None

    def _after(self, start: Start, here: _Reached, move: Move) -> _Reached | None:
        """Return where a move leads, None if it cannot be made."""
        state, touches, has_ended = here.state, set(here.touches), False
        for event in move:
            if has_ended:
                return None
            step = self.machine.step(start, state, event)
            self.left -= 1
            if step.error or step.fault:
                return None
            touches.update(self.watch.touches(start, state, event, step))
            state, has_ended = step.state, self._ends(start, step)
        return _Reached(state, here.events + move, frozenset(touches), has_ended)

    def _ends(self, start: Start, step: Step) -> bool:
        """Say whether an attempt ends with a step."""
        verdict = self.machine.verdict(start, step.state)
        is_done = verdict.success and not self.machine.rules(start.task).is_question
        return is_done or verdict.failure >= 0 or bool(verdict.fault)


class _Moves:
    """What can be done where one stands in an instance, with good and with bad input."""

    def __init__(self, machine: Machine, start: Start, comparisons: Comparisons) -> None:
        self._machine = machine
        self._start = start
        self._candidates = Candidates(machine, start, {}, (), comparisons)

    def of(self, state: State) -> Iterator[Move]:
        """Yield the moves from a state."""
        view, page = self._machine.view(self._start, state), self._machine.plan.page(state.top.page)
        rows: dict[str, int] = {}
        for control in view.controls():
            if isinstance(control, shown.Field):
                yield from self._changes(state, page, control)
            elif is_enabled(control) and rows.setdefault(control.id, 0) < _ROWS:
                rows[control.id] += 1
                yield from self._uses(state, page, view, control)
        if page is not None and page.on("wait"):
            yield (Event("noop"),)
        if state.position:
            yield (Event("back"),)
        if state.dialog is None and state.base.path:
            yield (Event("goto", value=state.base.path),)

    def _changes(self, state: State, page: Page | None, control: shown.Field) -> Iterator[Move]:
        """Yield the filling of a field by itself: with something to whose change the page may listen."""
        if page is not None:
            texts = self._texts(state, page, page.fields[page.by_block[control.id]], _TEXTS)
            yield from (giving(control, text) for text in texts[: _TEXTS if page.on("change", control.id) else 1])

    def _uses(
        self, state: State, page: Page | None, view: shown.View, control: shown.Button | shown.Link
    ) -> Iterator[Move]:
        """Yield the use of a button or link: as things are, or with its form filled well and badly."""
        use = Event("use", control.id, control.row)
        form = view.form_of(control.id) if isinstance(control, shown.Button) and control.submit else None
        yield (use,)
        if form is None or page is None:
            return
        fields = [page.fields[page.by_block[one.id]] for one in shown.walk(form) if isinstance(one, shown.Field)]
        good = [self._texts(state, page, one, _TEXTS) for one in fields]
        for turn in range(max(map(len, good), default=0)):
            texts = [one[min(turn, len(one) - 1)] if one else None for one in good]
            yield (*self._filled(state, page, fields, texts), use)
        for place, one in enumerate(fields):
            for bad in self._bad(state, page, one):
                texts = [one[0] if one else None for one in good]
                texts[place] = bad
                yield (*self._filled(state, page, fields, texts), use)

    def _filled(
        self, state: State, page: Page, fields: Iterable[AnyField], texts: Iterable[str | None]
    ) -> Iterator[Event]:
        """Yield the steps that fill fields, of those that hold something else."""
        for one, text in zip(fields, texts, strict=True):
            if text is not None and text != state.top.fields[page.places[one.name]]:
                yield from giving(one, text)

    def _texts(self, state: State, page: Page, one: AnyField, count: int) -> list[str]:
        """Return texts that a form takes in a field, the likeliest first."""
        scene = self._machine.plan.scene(self._start, state, state.top)
        scene.texts = state.top.fields
        now = state.top.fields[page.places[one.name]]
        choices = self._candidates.choices(page.id, one, now, state, scene, is_checked=True)
        return [choice.text for choice in sorted(choices, key=lambda choice: choice.rank) if choice.text][:count]

    def _bad(self, state: State, page: Page, one: AnyField) -> Iterator[str]:
        """Yield a text that a form refuses in a field, if there is one; what the site answers while one types is left."""
        scene = self._machine.plan.scene(self._start, state, state.top)
        fill = one.block.traits.fill
        tried = ("?", "") if fill == "typed" else ("",) if fill == "ticked" else ()
        if not is_answered(one):
            yield from [text for text in tried if one.complaint(one.held(text), scene)][:1]
