"""Best-first search over moves (A*): the first goal that comes up is one of the shortest.

Moves are only played when their turn comes: an offer waits in the queue with the least number of steps that it can
lead to, and gives its next filling when the one before has been played.
"""

import heapq
import itertools
from collections.abc import Hashable, Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.state import Surface

from .bounds import FAR, Distances
from .goals import Goal, lower_bound
from .moves import ANSWERED, Filling, Moves, Offer
from .solution import Budget

_STAY_PUT: Final = Filling(0, 0, ())


class Found(NamedTuple):
    """How a search ended.

    Attributes:
        events: The steps of a shortest way to the goal, None if there is none or the search was ended.
        ended: Which bound ended or narrowed the search; empty if everything that can be reached was visited.
    """

    events: tuple[Event, ...] | None
    ended: str


class Visit:
    """A state that has been reached, and how."""

    __slots__ = ("event", "filling", "mask", "parent", "repeats", "seen", "state", "steps")

    def __init__(
        self,
        state: State,
        seen: int,
        steps: int,
        parent: "Visit | None" = None,
        filling: Filling = _STAY_PUT,
        event: Event | None = None,
        repeats: int = 1,
    ) -> None:
        self.state = state
        self.seen = seen
        self.steps = steps
        self.parent = parent
        self.filling = filling
        self.event = event
        self.repeats = repeats
        self.mask = 0


class Played(NamedTuple):
    """Where a move led."""

    state: State
    steps: int
    repeats: int


class Search:
    """A search in one instance.

    Args:
        machine: The machine that plays.
        start: The instance.
        goal: What is looked for.
        distances: What the goal needs at least from anywhere.
        moves: What can be done.
        content_pages: The pages on which what is typed decides what is offered.
    """

    def __init__(
        self,
        machine: Machine,
        start: Start,
        goal: Goal,
        distances: Distances,
        moves: Moves,
        content_pages: frozenset[str],
    ) -> None:
        self._machine = machine
        self._start = start
        self._goal = goal
        self._distances = distances
        self._moves = moves
        self._content_pages = content_pages
        self._clock = frozenset(machine.program.get("reads") or ())
        self._best: dict[Hashable, list[tuple[int, int, int]]] = {}
        self._offered: dict[Hashable, int] = {}
        self._count = itertools.count()
        self._heap: list[tuple[int, int, int, int, Visit, Offer | None, Filling]] = []

    def run(self, budget: Budget, limit: int, *, addresses: bool = False) -> Found:
        """Search from the instance's start.

        Args:
            budget: What may be spent; steps tried are noted there.
            limit: The length that a solution may have.
            addresses: Whether addresses are opened too, and not only what is on the page is used.
        """
        start = self._start.state
        self._best.clear()
        self._offered.clear()
        self._heap.clear()
        is_cut = self._reached(Visit(start, self._goal.observed(start, 0), 0), limit, addresses)
        while self._heap:
            reason = budget.over()
            if reason:
                return Found(None, reason)
            _, _, _, _, visit, offer, filling = heapq.heappop(self._heap)
            if offer is None:
                if self._goal.is_reached(visit.state, visit.seen):
                    return Found(self._events(visit), "")
                if self._is_worse(visit, strictly=True):
                    continue
                is_cut |= self._expand(visit, limit, addresses)
                continue
            following = next(offer.fillings, None)
            if following is not None:
                self._push_offer(visit, offer, following, limit, addresses)
            budget.spent += 1
            played = self._play(visit.state, offer.event, filling)
            if played is not None:
                steps = visit.steps + played.steps
                seen = self._goal.observed(played.state, visit.seen)
                new = Visit(played.state, seen, steps, visit, filling, offer.event, played.repeats)
                if not self._is_pointless(visit, new):
                    is_cut |= self._reached(new, limit, addresses)
        return Found(None, "max_steps" if is_cut else "")

    def _reached(self, visit: Visit, limit: int, addresses: bool) -> bool:
        """Put a state into the queue unless it is known or hopeless; say whether it was left out for its length."""
        if self._is_worse(visit, strictly=False) or self._goal.is_dead(visit.state, visit.seen):
            return False
        visit.mask = self._goal.mask(visit.state, visit.seen)
        left = 0 if addresses else lower_bound(self._goal, self._distances, self._machine, visit.state, visit.seen)
        if left >= FAR:
            return False
        if visit.steps + left > limit:
            return True
        self._note(visit)
        entry = (visit.steps + left, visit.filling.rank, -visit.steps, next(self._count), visit, None, _STAY_PUT)
        heapq.heappush(self._heap, entry)
        return False

    def _expand(self, visit: Visit, limit: int, addresses: bool) -> bool:
        """Put everything that can be done in a state into the queue; say whether something was too long."""
        is_cut = False
        data = (visit.state.variables, visit.state.tables, visit.state.tries, visit.seen)
        untold = 0 if visit.seen == self._goal.everything else self._goal.untold
        for offer in self._moves.offers(visit.state):
            if offer.met & untold or self._was_offered(offer, data, visit.steps):
                continue
            filling = next(offer.fillings, None)
            if filling is not None:
                is_cut |= self._push_offer(visit, offer, filling, limit, addresses)
        if addresses:
            for event in addresses_of(self._machine, self._start, visit.state):
                offer = Offer(event, (), iter(()))
                is_cut |= self._push_offer(visit, offer, _STAY_PUT, limit, addresses)
        return is_cut

    def _was_offered(self, offer: Offer, data: Hashable, steps: int) -> bool:
        """Say whether a move that leads to the same state from anywhere was offered before, in no more steps."""
        if offer.meaning is None or self._clock & {"time", "step"}:
            return False
        known = self._offered.get((offer.meaning, data))
        if known is not None and known <= steps:
            return True
        self._offered[offer.meaning, data] = steps
        return False

    def _push_offer(self, visit: Visit, offer: Offer, filling: Filling, limit: int, addresses: bool) -> bool:
        """Put a move into the queue by the least number of steps that it can lead to; say whether that is too many."""
        left = 0 if addresses else self._least_after(visit, offer)
        if left >= FAR:
            return False
        total = visit.steps + filling.cost + 1 + left
        if total > limit:
            return True
        entry = (total, filling.rank, -visit.steps, next(self._count), visit, offer, filling)
        heapq.heappush(self._heap, entry)
        return False

    def _least_after(self, visit: Visit, offer: Offer) -> int:
        """Return the least number of steps that are left once a move has been made."""
        page = visit.state.top.page
        mask = visit.mask & ~self._distances.filled_on(page) | offer.met
        if offer.behind is not None:
            left = self._least_behind(page, visit.mask | offer.met, offer.behind)
        elif offer.positions:
            left = min(self._distances.after(page, position, mask) for position in offer.positions)
        else:
            left = self._distances.at(page, True, mask) if page else 0
        if left >= FAR:
            return FAR
        more = max(self._goal.rows_left(visit.state) - 2, 0) * self._distances.between_rows
        return left + more + len(self._goal.finish)

    def _least_behind(self, page: str, mask: int, behind: tuple[int, ...]) -> int:
        """Return the least number of steps that are left once something has been unfolded, in order to use it next."""
        if not behind:
            return self._distances.at(page, True, mask)
        filled = mask | self._distances.filled_on(page)
        return 1 + min(self._distances.after(page, position, filled) for position in behind)

    def _play(self, state: State, event: Event, filling: Filling) -> Played | None:
        """Return where a move leads, None if it cannot be made or breaks the site."""
        machine, start = self._machine, self._start
        steps = 1 + filling.cost
        if filling.texts:
            if self._is_watched(state, filling):
                for fill in self._moves.events(state, filling, event)[:-1]:
                    before = state
                    state = machine.step(start, state, fill).state
                    if state.broken or state.top.page != before.top.page:
                        return None
            else:
                state = machine.typed(start, state, dict(filling.texts)).replaced(steps=state.steps + filling.cost)
        if event.kind == "noop":
            return self._wait(state)
        step = machine.step(start, state, event)
        if step.error or step.fault:
            return None
        return Played(step.state, steps, 1)

    def _wait(self, state: State) -> Played | None:
        """Return where doing nothing leads, once a transition fires."""
        for count in range(1, self._longest_wait(state) + 1):
            step = self._machine.step(self._start, state, Event("noop"))
            if step.fault:
                return None
            if step.transition is not None:
                return Played(step.state, count, count)
            state = step.state
        return None

    def _longest_wait(self, state: State) -> int:
        """Return after how many more steps the last waiting transition of the page or dialog may fire."""
        left = 0
        for surface in (state.base, state.dialog):
            page = None if surface is None else self._machine.plan.page(surface.page)
            if surface is not None and page is not None:
                for transition in page.on("wait"):
                    left = max(left, surface.entered + transition.steps - state.steps)
        return left

    def _is_watched(self, state: State, filling: Filling) -> bool:
        """Say whether something may happen while fields are filled."""
        if self._clock & {"time", "step"} or self._longest_wait(state) > 0:
            return True
        page = self._machine.plan.page(state.top.page)
        if page is None:
            return False
        filled = [page.fields[page.places[name]] for name, _ in filling.texts]
        return any(field.kind in ANSWERED or ("change", field.id) in page.transitions for field in filled)

    def _is_pointless(self, before: Visit, after: Visit) -> bool:
        """Say whether a move has done nothing but fill fields, which the next move can do as well."""
        old, new = before.state, after.state
        if new.tables is not old.tables and any(a is not b for a, b in zip(new.tables, old.tables, strict=True)):
            return False
        if new.variables != old.variables or new.tries != old.tries or before.seen != after.seen:
            return False
        same_base = (old.base.page, old.base.record) == (new.base.page, new.base.record)
        if not same_base or (old.dialog is None) != (new.dialog is None):
            return False
        if old.top.unfolded != new.top.unfolded:
            return False
        if old.dialog is not None and new.dialog is not None:
            if (old.dialog.page, old.dialog.record) != (new.dialog.page, new.dialog.record):
                return False
        elif new.base.fields != _filled(self._machine, old, after.filling):
            return False
        return new.top.page not in self._content_pages

    def _is_worse(self, visit: Visit, *, strictly: bool) -> bool:
        """Say whether a state was reached before in no more steps (`strictly`: in fewer), with as much time left."""
        waited = self._waited(visit.state)
        for steps, on_page, on_dialog in self._best.get(self._key(visit), ()):
            if on_page <= waited[0] and on_dialog <= waited[1]:
                if steps < visit.steps or (not strictly and steps == visit.steps):
                    return True
                if strictly and steps == visit.steps and (on_page, on_dialog) != waited:
                    return True
        return False

    def _note(self, visit: Visit) -> None:
        """Remember in how many steps a state can be reached."""
        waited = self._waited(visit.state)
        known = self._best.setdefault(self._key(visit), [])
        mine = (visit.steps, *waited)
        known[:] = [one for one in known if not all(a <= b for a, b in zip(mine, one, strict=True))]
        known.append(mine)

    def _waited(self, state: State) -> tuple[int, int]:
        """Return how long one has been on a page and dialog, 0 where nothing waits."""
        waited = [0, 0]
        for place, surface in enumerate((state.base, state.dialog)):
            page = None if surface is None else self._machine.plan.page(surface.page)
            if surface is not None and page is not None and page.on("wait"):
                waited[place] = state.steps - surface.entered
        return waited[0], waited[1]

    def _key(self, visit: Visit) -> Hashable:
        """Return what tells states apart for whoever wants to reach a goal: notices, focus and the way here do not."""
        state = visit.state
        clock: Hashable = None
        if "step" in self._clock:
            clock = state.steps
        elif "time" in self._clock:
            clock = self._machine.schema.moment(state.steps)
        elif "date" in self._clock:
            clock = self._machine.schema.moment(state.steps)[0]
        return (
            _surface_key(state.base),
            None if state.dialog is None else _surface_key(state.dialog),
            state.variables,
            tuple([table.content() for table in state.tables]),
            state.tries,
            clock,
            visit.seen,
        )

    def _events(self, visit: Visit) -> tuple[Event, ...]:
        """Return the single steps that lead to a state, and those that end the episode there."""
        moves: list[tuple[Event, ...]] = [self._goal.finish]
        while visit.parent is not None and visit.event is not None:
            if visit.event.kind == "noop":
                moves.append((visit.event,) * visit.repeats)
            else:
                moves.append(self._moves.events(visit.parent.state, visit.filling, visit.event))
            visit = visit.parent
        return tuple(itertools.chain.from_iterable(reversed(moves)))


def addresses_of(machine: Machine, start: Start, state: State) -> Iterator[Event]:
    """Yield the opening of every address of the site as it is now."""
    for page_id, page in machine.program["pages"].items():
        if page["kind"] == "dialog":
            continue
        keys: list[str | None] = [None]
        if page["record"] is not None:
            table = state.tables[machine.schema.table(page["record"]).index]
            keys = [row[0] for row in table.rows]
        for key in keys:
            path = machine.address(start, state, page_id, key)
            if path:
                yield Event("goto", value=path)


def _surface_key(surface: Surface) -> Hashable:
    """Return what tells pages with their fields apart."""
    return (*surface[:5], surface.unfolded)


def _filled(machine: Machine, state: State, filling: Filling) -> tuple[str, ...]:
    """Return the texts of a page's fields once some have been filled."""
    page = machine.plan.page(state.base.page)
    fields = list(state.base.fields)
    if page is not None:
        for name, text in filling.texts:
            fields[page.places[name]] = text
    return tuple(fields)
