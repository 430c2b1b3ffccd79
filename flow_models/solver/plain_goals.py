"""Goals that need no knowledge of what a task wants: its success rule alone, or just a page."""

from flow_models.runtime.machine import Event, Machine, Start, State


class SuccessGoal:
    """A task's success rule and nothing else: no evidence, no needs, no way that is known to be hopeless."""

    finish: tuple[Event, ...] = ()
    untold = 0
    everything = 0

    def __init__(self, machine: Machine, start: Start) -> None:
        self._machine = machine
        self._start = start

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen: it does not matter."""
        del state
        return seen

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the task has succeeded."""
        del seen
        return self._machine.verdict(self._start, state).success

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether the episode has ended otherwise."""
        del seen
        return state.broken or self._machine.verdict(self._start, state).failure >= 0

    def mask(self, state: State, seen: int) -> int:
        """No needs are known."""
        del state, seen
        return 0

    def filled_apart(self, state: State, mask: int) -> int:
        """Nothing is to be filled in."""
        del state, mask
        return 0


class PageGoal:
    """A page that is to be reached, whatever happens on the way."""

    finish: tuple[Event, ...] = ()
    untold = 0
    everything = 1

    def __init__(self, page: str) -> None:
        self._page = page

    def observed(self, state: State, seen: int) -> int:
        """Return 1 once the page is there."""
        return 1 if state.top.page == self._page or seen else 0

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the page is there."""
        del state
        return bool(seen)

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a formula failed."""
        del seen
        return state.broken

    def mask(self, state: State, seen: int) -> int:
        """Return 1 once the page is there."""
        del state
        return seen

    def filled_apart(self, state: State, mask: int) -> int:
        """Nothing is to be filled in."""
        del state, mask
        return 0
