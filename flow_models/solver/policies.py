"""Cheap policies: what somebody earns who does not read the goal. A task on which they earn much teaches little.

Each plays one attempt at one instance. They may know the site, the task's kind of solution and training instances, but
not this instance's solution.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from flow_models.runtime.machine import Episode, Event
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.uses import is_enabled

Plan = Sequence[Event]


class Attempt(NamedTuple):
    """What a policy is given.

    Attributes:
        episode: The attempt, not yet begun.
        max_steps: When it ends at the latest.
        rng: Luck, from the number of the attempt.
        donor: The solution of another training instance, empty if there is none.
        frequent: The most frequent answer among training instances, empty if the task is no question.
        texts: Texts that a visitor might type: parameters of the instance and of others.
    """

    episode: Episode
    max_steps: int
    rng: random.Random
    donor: Plan
    frequent: str
    texts: Sequence[str]


def nothing(attempt: Attempt) -> None:
    """Do nothing until the end."""
    while not attempt.episode.end_reason:
        attempt.episode.step(Event("noop"))


def wander(attempt: Attempt) -> None:
    """Use controls and fill fields at random; say a random one of the texts shown where a question is asked.

    Reporting that the task is impossible is left to the policy that does nothing else.
    """
    episode, rng = attempt.episode, attempt.rng
    is_question = episode.machine.rules(episode.start.task).is_question
    while not episode.end_reason:
        controls = [one for one in episode.view.controls() if is_enabled(one)]
        if is_question and rng.randrange(len(controls) + 1) == 0:
            episode.step(Event("message", value=rng.choice(_texts_on(episode.view) or ("",))))
        elif controls:
            episode.step(random_event(rng.choice(controls), rng, attempt.texts))
        else:
            episode.step(Event("back"))


def random_event(control: shown.Control, rng: random.Random, texts: Sequence[str]) -> Event:
    """Return the use of a control, or some content for a field."""
    if not isinstance(control, shown.Field):
        return Event("use", control.id, control.row)
    if control.kind == "checkbox":
        return Event(rng.choice(("check", "uncheck")), control.id)
    if control.kind == "file_field":
        return Event("use", control.id, rng.choice(control.buttons).row)
    if control.options:
        return Event("select", control.id, "", rng.choice(control.options)[0])
    return Event("fill", control.id, "", rng.choice(texts) if texts else "")


def report(attempt: Attempt) -> None:
    """Say at once that the task is impossible."""
    attempt.episode.step(Event("infeasible"))


def frequent(attempt: Attempt) -> None:
    """Give the most frequent answer of training instances at once; without a question, do nothing."""
    if attempt.frequent:
        attempt.episode.step(Event("message", value=attempt.frequent))


def first_row(attempt: Attempt) -> None:
    """Do what another instance's solution does, but always with the first row and the first option."""
    for event in attempt.donor:
        if attempt.episode.end_reason:
            return
        attempt.episode.step(_with_first(event, attempt.episode.view))


def replay(attempt: Attempt) -> None:
    """Do exactly what another instance's solution does."""
    for event in attempt.donor:
        if attempt.episode.end_reason:
            return
        attempt.episode.step(event)


POLICIES: Final[Mapping[str, Callable[[Attempt], None]]] = {
    "nothing": nothing,
    "random": wander,
    "infeasible": report,
    "frequent": frequent,
    "first_row": first_row,
    "replay": replay,
}

LIMITS: Final[Mapping[str, float]] = {
    "nothing": 0.0,
    "random": 0.02,
    "infeasible": 0.0,
    "frequent": 0.1,
    "first_row": 0.2,
    "replay": 0.1,
}
"""The share of success that a policy may have."""

INFEASIBLE_LIMIT: Final = 0.5
"""The same for always reporting, in a task that has infeasible instances."""


def _with_first(event: Event, view: shown.View) -> Event:
    """Return an event that names the first row or option instead of its own."""
    for control in view.controls():
        if control.id != event.block:
            continue
        if isinstance(control, shown.Field):
            keys = [key for key, _ in control.options if key]
            return event._replace(value=keys[0]) if event.kind == "select" and keys else event
        return event._replace(row=control.row)
    return event


def _texts_on(view: shown.View) -> tuple[str, ...]:
    """Return the texts in the lists and details of a page."""
    found: list[str] = []
    for part in view.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.ListView):
                found += [cell for row in inner.rows for cell in row.cells if isinstance(cell, str)]
            elif isinstance(inner, shown.Details):
                found += [text for _, text in inner.items]
    return tuple(found)
