"""The states that a search has reached, and in how few steps, so that none is gone on from twice."""

from collections.abc import Hashable
from typing import NamedTuple

from flow_models.runtime.machine import Event, Machine, State
from flow_models.runtime.machine.pages.interruptions import comes_by_steps
from flow_models.runtime.machine.pages.state import Surface

from .company import Alike, Company
from .fillings import NO_FILLING, Filling


class Visit:
    """A state that has been reached, and how.

    Attributes:
        state: The state.
        seen: What pages have told so far.
        steps: The steps it took.
        parent: Where the last move was made.
        filling: What was filled in by that move.
        event: What was done then.
        repeats: How often that was done, where it was to wait.
        alike: Where the starts stand that look the same so far.
        mask: The needs that are met.
        key: What tells the state from others, and
        reach: how well it was reached, once they were asked for.
    """

    __slots__ = ("alike", "event", "filling", "key", "mask", "parent", "reach", "repeats", "seen", "state", "steps")

    def __init__(
        self,
        state: State,
        seen: int,
        steps: int,
        parent: "Visit | None" = None,
        filling: Filling = NO_FILLING,
        event: Event | None = None,
        repeats: int = 1,
        alike: Alike = (),
    ) -> None:
        self.state = state
        self.seen = seen
        self.steps = steps
        self.parent = parent
        self.filling = filling
        self.event = event
        self.repeats = repeats
        self.alike = alike
        self.mask = 0
        self.key: Hashable = None
        self.reach: Reach | None = None


class Reach(NamedTuple):
    """In how many steps a state was reached, and how long one had been on its page and dialog then."""

    steps: int
    on_page: int
    on_dialog: int

    def is_as_good_as(self, other: "Reach") -> bool:
        """Say whether whoever is here has everything ahead that the other has, in no more steps."""
        return self.steps <= other.steps and self.on_page <= other.on_page and self.on_dialog <= other.on_dialog


class Visits:
    """The states that one search has reached.

    Where something happens after some steps on a page, a state that was reached later but waited less is not the same:
    less has happened yet. So for one key there may be several, none of which is as good as another.

    Attributes:
        is_timed: Whether formulas read the time or the number of the step, so that no two steps are alike.
    """

    def __init__(self, machine: Machine, company: Company) -> None:
        self._machine = machine
        self._company = company
        self._clock = machine.program.reads
        self.is_timed = bool(self._clock & {"time", "step"})
        self._best: dict[Hashable, list[Reach]] = {}

    def is_worse(self, visit: Visit, *, strictly: bool) -> bool:
        """Say whether a state was reached before in no more steps (`strictly`: in fewer), with as much time left."""
        found = self._best.get(self._key(visit))
        if found is None:
            return False
        mine = self._reach(visit)
        return any(known.is_as_good_as(mine) and not (strictly and known == mine) for known in found)

    def note(self, visit: Visit) -> None:
        """Remember in how many steps a state can be reached."""
        mine = self._reach(visit)
        known = self._best.setdefault(self._key(visit), [])
        known[:] = [one for one in known if not mine.is_as_good_as(one)]
        known.append(mine)

    def _reach(self, visit: Visit) -> Reach:
        """Return how well a state was reached; where nothing waits, nobody has waited."""
        if visit.reach is None:
            state, waiting = visit.state, self._machine.plan.waiting
            waited = [
                0 if surface is None or surface.page not in waiting else state.steps - surface.entered
                for surface in (state.base, state.dialog)
            ]
            visit.reach = Reach(visit.steps, *waited)
        return visit.reach

    def _key(self, visit: Visit) -> Hashable:
        """Return what tells states apart for whoever wants to reach a goal: notices, focus and the way here do not."""
        if visit.key is None:
            state = visit.state
            visit.key = (
                _surface_key(state.base),
                None if state.dialog is None else _surface_key(state.dialog),
                state.variables,
                tuple([table.content() for table in state.tables]),
                state.tries,
                self._now(state),
                _beside(state),
                visit.seen,
                self._company.key(visit.alike),
            )
        return visit.key

    def _now(self, state: State) -> Hashable:
        """Return what formulas read of the clock; None where they read nothing of it."""
        if "step" in self._clock:
            return state.steps
        if "time" in self._clock:
            return self._machine.schema.moment(state.steps)
        return self._machine.schema.moment(state.steps)[0] if "date" in self._clock else None


def _beside(state: State) -> Hashable:
    """Return what stands in the way or is still to come; where that waits for steps, how many there were."""
    interference = state.interference
    is_waiting = comes_by_steps(interference) and not interference.is_shown
    return interference, min(state.steps, interference.waits) if is_waiting else 0


def _surface_key(surface: Surface) -> Hashable:
    """Return what tells pages with their fields apart: not what they say is wrong, nor when they were entered."""
    return (*surface[:5], surface.unfolded)


def has_same_data(old: State, new: State) -> bool:
    """Say whether nothing that the site keeps has changed, nor what stands in the way."""
    if new.interference != old.interference:
        return False
    if new.tables is not old.tables and any(a is not b for a, b in zip(new.tables, old.tables, strict=True)):
        return False
    return new.variables == old.variables and new.tries == old.tries


def is_same_place(old: State, new: State) -> bool:
    """Say whether one stands on the same page and dialog, with the same unfolded there."""
    if (old.base.page, old.base.record) != (new.base.page, new.base.record) or old.top.unfolded != new.top.unfolded:
        return False
    if old.dialog is None or new.dialog is None:
        return old.dialog is new.dialog
    return (old.dialog.page, old.dialog.record) == (new.dialog.page, new.dialog.record)
