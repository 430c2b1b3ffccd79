"""The oracle: solutions from files, played as they stand or adapted to a variant."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ...machine.base.events import Event
from ...machine.pages.clearing import first_to_do, goes_on, way_on
from ..bundle import Bundle
from ..solutions import by_instance
from .attempts import TextAttempt
from .plan import Planned
from .policies import Choice, Choose, PolicyError


class Oracle:
    """Does what a file of solutions says; in a variant it first does away with what stands in the way.

    Args:
        bundle: The package.
        records: Solutions as demonstrations and `gymwright oracle` write them.
    """

    interface: Final = TextAttempt.interface
    may_wait: Final = False

    def __init__(self, bundle: Bundle, records: Iterable[Mapping[str, Any]]) -> None:
        self._attempt = TextAttempt(bundle)
        self._known = by_instance(records)
        # By task and instance, as many as are played.
        self._plans: dict[tuple[str, int], tuple[Event, ...]] = {}

    def knows(self, task: str, instance: int) -> bool:
        """Say whether there is a solution of an instance."""
        return (task, instance) in self._known

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:
        """Begin an attempt.

        Raises:
            PolicyError: There is no solution of it.
        """
        if not self.knows(planned.task, planned.instance):
            raise PolicyError("there is no solution of this instance; `gymwright oracle` writes them")
        following = _Following(self._plan(planned))

        def choose() -> Choice:
            try:
                return Choice({"said": attempt.episode.env.action_for(following.event(attempt))})
            except LookupError:
                raise PolicyError("the solution does not fit this variant") from None

        return choose

    def _plan(self, planned: Planned) -> tuple[Event, ...]:
        """Return the events of the solution of the site as drawn."""
        key = (planned.task, planned.instance)
        if key not in self._plans:
            self._attempt.begin(planned._replace(variant={}))
            for action in self._known[key]:
                self._attempt.do({"said": action})
            self._plans[key] = tuple(self._attempt.episode.env.episode.log)
        return self._plans[key]


class _Following:
    """A plan while it is done in a variant: its next event is tried until nothing holds it back."""

    def __init__(self, plan: Iterable[Event]) -> None:
        self._plan = list(plan)
        self._is_tried = False

    def event(self, attempt: TextAttempt) -> Event:
        """Return what to do next; nothing once the plan has been done."""
        episode = attempt.episode.env.episode
        if episode.state.interference.held is not None:
            return self._onward(way_on(episode.view))
        if self._is_tried:
            self._plan.pop(0)
        wanted = self._plan[0] if self._plan else None
        first = None if wanted is None else first_to_do(episode.view, wanted)
        self._is_tried = first is None and wanted is not None
        return first or wanted or Event("noop")

    def _onward(self, onward: Event | None) -> Event:
        """Return what leads on from where the tried event is held back; unless it goes on, this is tried again."""
        if onward is None:
            return self._plan[0]
        self._is_tried = goes_on(onward)
        return onward
