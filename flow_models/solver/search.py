"""Best-first search over moves (A*): the first goal that comes up is one of the shortest.

Moves are only played when their turn comes: an offer waits in the queue with the least number of steps that it can
lead to, and gives its next filling when the one before has been played. Playing is what costs, and most of what could
be done is never done so.

Of entries with the same least number of steps the one with the likeliest filling comes first, then the one that has
most of its steps behind it (it is nearest to a goal of that length), then the one that was found first: so a search of
the same instance always takes the same way.
"""

import heapq
import itertools
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION, PAUSE

from .bounds import Distances
from .company import Company
from .field_texts import is_answered
from .fillings import NO_FILLING, Filling
from .goals import Goal
from .moves import Moves, Offer
from .outline import Outline
from .solution import Budget
from .table import FAR
from .visits import Visit, Visits, has_same_data, is_same_place


class Found(NamedTuple):
    """How a search ended.

    Attributes:
        events: The steps of a shortest way to the goal, None if there is none or the search was ended.
        ended: Which bound ended or narrowed the search, `typed` if fields could hold what was not tried; empty if
            everything that can be reached was visited.
        nearest: Where the search was nearest to the goal, as far as it knew; None if it was everywhere as near.
    """

    events: tuple[Event, ...] | None
    ended: str
    nearest: Visit | None = None


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
        outline: The program.
        company: The starts in which all that is done has to be right as well while they look the same.
    """

    def __init__(
        self,
        machine: Machine,
        start: Start,
        goal: Goal,
        distances: Distances,
        moves: Moves,
        outline: Outline,
        company: Company,
    ) -> None:
        self._machine = machine
        self._start = start
        self._goal = goal
        self._distances = distances
        self._moves = moves
        self._outline = outline
        self._company = company
        self._visits = Visits(machine, self._company)
        self._nearest: Visit | None = None
        self._least = FAR
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
        self._visits = Visits(self._machine, self._company)
        self._offered.clear()
        self._heap.clear()
        first = Visit(start, self._goal.observed(start, 0), 0, alike=self._company.begun())
        is_cut = self._reached(first, limit, addresses)
        while self._heap:
            reason = budget.over()
            if reason:
                return Found(None, reason, self._nearest)
            total, _, _, _, visit, offer, filling = heapq.heappop(self._heap)
            if offer is None:
                if self._is_reached(visit):
                    return Found(self._events(visit), "")
                if self._visits.is_worse(visit, strictly=True):
                    continue
                is_cut |= self._expand(visit, limit, addresses)
                continue
            following = next(offer.fillings, None)
            if following is not None:
                is_cut |= self._push_offer(visit, offer, following, limit, addresses)
            least = visit.steps + self._cost(visit.state, offer, filling)
            if least > total:
                # Fillings come by what they cost less what they gain: one that comes later may be done in fewer steps.
                is_cut |= self._push(least, visit, offer._replace(fillings=iter(())), filling, limit)
                continue
            budget.spent += 1
            new = self._played(visit, offer.event, filling)
            if new is not None and not self._is_pointless(visit, new):
                self._doubt(visit, new)
                is_cut |= self._reached(new, limit, addresses)
        return Found(None, self._why_none(is_cut), self._nearest)

    def _why_none(self, is_cut: bool) -> str:
        """Return why nothing was found though everything was tried, empty if that shows that there is nothing."""
        return "max_steps" if is_cut else "typed" if self._moves.doubts else ""

    def _doubt(self, before: Visit, after: Visit) -> None:
        """Note that what was typed has been written and may matter later, where that is no dead end."""
        if not after.filling.texts or has_same_data(before.state, after.state):
            return
        if not self._goal.is_dead(after.state, after.seen):
            self._moves.doubt_written(before.state, after.filling)

    def _is_reached(self, visit: Visit) -> bool:
        """Say whether nothing but the finishing steps is left, wherever one may be by what pages have told."""
        is_reached = self._goal.is_reached(visit.state, visit.seen)
        return is_reached and self._company.agrees(visit.alike, self._goal.finish)

    def _played(self, visit: Visit, event: Event, filling: Filling) -> Visit | None:
        """Return where a move leads, None if it cannot be made, breaks the site or is right by luck only."""
        played = self._play(visit.state, event, filling)
        if played is None:
            return None
        alike = visit.alike
        if any(alike):
            events = self._single(visit.state, filling, event, played.repeats)
            followed = self._company.followed(alike, visit.state, events)
            if followed is None:
                return None
            alike = followed
        seen = self._goal.observed(played.state, visit.seen)
        new = Visit(played.state, seen, visit.steps + played.steps, visit, filling, event, played.repeats, alike)
        return None if self._is_lucky(new) else new

    def _is_lucky(self, visit: Visit) -> bool:
        """Say whether the episode ends with success here, but not wherever one may be by what pages have told."""
        if not any(visit.alike) or self._goal.finish or not self._goal.is_reached(visit.state, visit.seen):
            return False
        return not self._company.agrees(visit.alike, ())

    def _single(self, state: State, filling: Filling, event: Event, repeats: int) -> tuple[Event, ...]:
        """Return the single steps of a move; what is waited for may take several."""
        *fills, last = self._moves.events(state, filling, event)
        return (*fills, *(last,) * (repeats if event.kind == "noop" else 1))

    def _reached(self, visit: Visit, limit: int, addresses: bool) -> bool:
        """Put a state into the queue unless it is known or hopeless; say whether it was left out for its length."""
        if self._visits.is_worse(visit, strictly=False) or self._goal.is_dead(visit.state, visit.seen):
            return False
        visit.mask = self._goal.mask(visit.state, visit.seen)
        left = 0 if addresses else _lower_bound(self._goal, self._distances, self._machine, visit.state, visit.mask)
        if left >= FAR:
            return False
        if left < self._least and not addresses:
            self._least, self._nearest = left, visit
        if visit.steps + left > limit:
            return True
        self._visits.note(visit)
        entry = (visit.steps + left, visit.filling.rank, -visit.steps, next(self._count), visit, None, NO_FILLING)
        heapq.heappush(self._heap, entry)
        return False

    def _expand(self, visit: Visit, limit: int, addresses: bool) -> bool:
        """Put everything that can be done in a state into the queue; say whether something was too long."""
        is_cut = False
        state = visit.state
        company = self._company.data(visit.alike)
        data = (state.variables, state.tables, state.tries, state.interference, visit.seen, company)
        untold = 0 if visit.seen == self._goal.everything else self._goal.untold
        for offer in self._moves.offers(visit.state):
            if offer.met & untold or self._was_offered(offer, data, visit.steps):
                continue
            filling = next(offer.fillings, None)
            if filling is not None:
                is_cut |= self._push_offer(visit, offer, filling, limit, addresses)
        if addresses:
            for event in _addresses(self._machine, self._outline, self._start, visit.state):
                offer = Offer(event, (), iter(()))
                is_cut |= self._push_offer(visit, offer, NO_FILLING, limit, addresses)
        return is_cut

    def _was_offered(self, offer: Offer, data: Hashable, steps: int) -> bool:
        """Say whether a move that leads to the same state from anywhere was offered before, in no more steps."""
        if offer.meaning is None or self._visits.is_timed:
            return False
        known = self._offered.get((offer.meaning, data))
        if known is not None and known <= steps:
            return True
        self._offered[offer.meaning, data] = steps
        return False

    def _push_offer(self, visit: Visit, offer: Offer, filling: Filling, limit: int, addresses: bool) -> bool:
        """Put a move into the queue by the least number of steps that it can lead to; say whether that is too many.

        No later filling of the offer leads to fewer.
        """
        left = 0 if addresses or self._comes_between(visit.state, filling) else self._least_after(visit, offer)
        if left >= FAR:
            return False
        total = visit.steps + self._cost(visit.state, offer, filling) + left - filling.gain
        return self._push(total, visit, offer, filling, limit)

    def _push(self, total: int, visit: Visit, offer: Offer, filling: Filling, limit: int) -> bool:
        """Put a move into the queue; say whether it takes too many steps."""
        if total > limit:
            return True
        entry = (total, filling.rank, -visit.steps, next(self._count), visit, offer, filling)
        heapq.heappush(self._heap, entry)
        return False

    def _cost(self, state: State, offer: Offer, filling: Filling) -> int:
        """Return the steps that a move takes, where something comes about while one fills fields at least."""
        is_early = offer.event.kind == "noop" and self._comes_between(state, filling)
        return filling.cost + (0 if is_early else 1)

    def _least_after(self, visit: Visit, offer: Offer) -> int:
        """Return the least number of steps that are left once a move has been made.

        What fields of the page held before does not count but for what this filling puts there: another text may go
        with it.
        """
        if offer.event.block in (INTERRUPTION, PAUSE):
            return 0  # It may do what was held back.
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
        return left + len(self._goal.finish)

    def _least_behind(self, page: str, mask: int, behind: tuple[int, ...]) -> int:
        """Return the least number of steps that are left once something has been unfolded, in order to use it next."""
        if not behind:
            return self._distances.at(page, True, mask)
        filled = mask | self._distances.filled_on(page)
        return 1 + min(self._distances.after(page, position, filled) for position in behind)

    def _play(self, state: State, event: Event, filling: Filling) -> Played | None:
        """Return where a move leads, None if it cannot be made or breaks the site."""
        filled = self._once_filled(state, event, filling)
        if filled is None:
            return None
        state, has_come = filled
        if event.kind == "noop":
            return Played(state, filling.cost, 0) if has_come else self._wait(state, filling.cost)
        step = self._machine.step(self._start, state, event)
        if step.error or step.fault:
            return None
        return Played(step.state, 1 + filling.cost, 1)

    def _once_filled(self, state: State, event: Event, filling: Filling) -> tuple[State, bool] | None:
        """Return the state once fields are filled, and whether something has come about meanwhile; None as above."""
        if not filling.texts:
            return state, False
        if not self._is_watched(state, filling):
            state = self._machine.typed(self._start, state, dict(filling.texts))
            return state.replaced(steps=state.steps + filling.cost), False
        has_come = False
        # Step by step, as a step between may lead away or change what the next one finds.
        for fill in self._moves.events(state, filling, event)[:-1]:
            step = self._machine.step(self._start, state, fill)
            if step.state.broken or step.state.top.page != state.top.page:
                return None
            state, has_come = step.state, has_come or step.transition is not None
        return state, has_come

    def _wait(self, state: State, filled: int) -> Played | None:
        """Return where doing nothing leads, once a transition fires; so many steps of filling went before."""
        for count in range(1, max(self._waits(state), default=0) + 1):
            step = self._machine.step(self._start, state, Event("noop"))
            if step.fault:
                return None
            if step.transition is not None:
                return Played(step.state, filled + count, count)
            state = step.state
        return None

    def _waits(self, state: State) -> list[int]:
        """Return after how many more steps waiting transitions of the page and dialog may fire."""
        left = []
        for surface in (state.base, state.dialog) if self._machine.plan.waiting else ():
            page = None if surface is None else self._machine.plan.page(surface.page)
            if surface is not None and page is not None:
                left += [surface.entered + transition.steps - state.steps for transition in page.on("wait")]
        return [steps for steps in left if steps > 0]

    def _comes_between(self, state: State, filling: Filling) -> bool:
        """Say whether something may come about by itself while fields are filled."""
        return any(steps <= filling.cost for steps in self._waits(state))

    def _is_watched(self, state: State, filling: Filling) -> bool:
        """Say whether something may happen while fields are filled."""
        if self._visits.is_timed or self._waits(state):
            return True
        page = self._machine.plan.page(state.top.page)
        if page is None:
            return False
        filled = [page.fields[page.places[name]] for name, _ in filling.texts]
        return any(is_answered(field) or ("change", field.id) in page.transitions for field in filled)

    def _is_pointless(self, before: Visit, after: Visit) -> bool:
        """Say whether a move has done nothing but fill fields, which the next move can do as well.

        A form that is refused leaves such a state. In mazes not going on from there spares 6 % of the steps.
        """
        old, new = before.state, after.state
        if before.seen != after.seen or not has_same_data(old, new) or not is_same_place(old, new):
            return False
        if old.dialog is None and new.base.fields != _filled(self._machine, old, after.filling):
            return False
        return new.top.page not in self._outline.content_pages

    def _events(self, visit: Visit) -> tuple[Event, ...]:
        """Return the single steps that lead to a state, and those that end the episode there."""
        moves: list[tuple[Event, ...]] = [self._goal.finish]
        while visit.parent is not None and visit.event is not None:
            moves.append(self._single(visit.parent.state, visit.filling, visit.event, visit.repeats))
            visit = visit.parent
        return tuple(itertools.chain.from_iterable(reversed(moves)))


def _lower_bound(goal: Goal, distances: Distances, machine: Machine, state: State, mask: int) -> int:
    """Return the least number of steps to the end of the episode, FAR if it cannot be reached."""
    surface = state.top
    is_filled = False
    blank = distances.blank_fields.get(surface.page)
    page = machine.plan.page(surface.page)
    if blank and page is not None:
        names = {name for _, names in blank.values() for name in names}
        is_filled = any(surface.fields[page.places[name]] for name in names)
    left = distances.at(surface.page, is_filled, mask)
    return FAR if left >= FAR else max(left - goal.filled_apart(state, mask), 0) + len(goal.finish)


def _addresses(machine: Machine, outline: Outline, start: Start, state: State) -> Iterator[Event]:
    """Yield the opening of every address of the site as it is now."""
    for page, table in outline.addressed:
        keys: list[str | None] = [None]
        if table is not None:
            keys = [row[0] for row in state.tables[machine.schema.table(table).index].rows]
        for key in keys:
            path = machine.address(start, state, page, key)
            if path:
                yield Event("goto", value=path)


def _filled(machine: Machine, state: State, filling: Filling) -> tuple[str, ...]:
    """Return the texts of a page's fields once some have been filled."""
    page = machine.plan.page(state.base.page)
    fields = list(state.base.fields)
    if page is not None:
        for name, text in filling.texts:
            fields[page.places[name]] = text
    return tuple(fields)
