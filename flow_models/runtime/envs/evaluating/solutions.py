"""The oracle: solutions from files, played as they stand or adapted to a variant."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from ...machine.base.events import Event
from ...machine.pages.clearing import first_to_do, goes_on, way_on
from ..bundle import Bundle
from ..listing import BundleError
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

    def knows(self, planned: Planned) -> bool:
        """Say whether there is a solution of the instance."""
        return (planned.task, planned.instance) in self._known

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:
        """Begin an attempt.

        Raises:
            PolicyError: There is no solution of it.
        """
        if not self.knows(planned):
            raise PolicyError("there is no solution of this instance; `gymwright oracle` writes them")
        plan = list(self._plan(planned))
        doing: list[Event] = []

        def choose() -> Choice:
            episode = attempt.episode.env.episode
            if doing and episode.state.interference.held is not None:
                event = way_on(episode.view) or doing[-1]
                if goes_on(event):
                    doing.clear()
            elif doing and (first := first_to_do(episode.view, doing[-1])) is not None:
                event = first
            else:
                event = _next(plan, doing, first_to_do(episode.view, plan[0]) if plan else None)
            try:
                return Choice({"said": attempt.episode.env.action_for(event)})
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


def _next(plan: list[Event], doing: list[Event], first: Event | None) -> Event:
    """Return what stands before the next event of a plan, or this, which is then being done."""
    if first is not None:
        return first
    if not plan:
        return Event("noop")
    doing[:] = [plan.pop(0)]
    return doing[0]


def by_instance(records: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], list[str]]:
    """Return the actions that solve the site as drawn, by task and instance."""
    return {(one["task"], one["instance"]): list(one["actions"]) for one in records if not one["variant"]}


def read_solutions(bundle: Bundle, path: Path | None) -> list[dict[str, Any]]:
    """Return the solutions that a package ships, and those of a file.

    Raises:
        BundleError: The file cannot be read.
    """
    own = None if bundle.folder is None else bundle.folder / "demonstrations" / "train.jsonl"
    found: list[dict[str, Any]] = []
    for place in (own, path):
        if place is None or (place is own and not place.exists()):
            continue
        try:
            found += [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
        except (OSError, ValueError) as error:
            raise BundleError(f"The solutions in {place} cannot be read: {error}") from error
    return found
