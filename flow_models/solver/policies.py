"""Cheap policies: what somebody earns who does not read the goal. A task on which they earn much teaches little.

Each plays one attempt at one instance. They may know the site, the task's kind of solution and training instances, but
not this instance's solution.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from flow_models.runtime.machine import Episode, Event
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, is_tickable

from .keyword import Keyword, row_in_goal

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
        answer: The right answer, empty if the task is no question: for the policy that denies it.
        usual: At which place in its list or among its options other instances' solutions choose, by block.
    """

    episode: Episode
    max_steps: int
    rng: random.Random
    donor: Plan
    frequent: str
    texts: Sequence[str]
    answer: str = ""
    usual: Mapping[str, int] = MappingProxyType({})


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
    if is_tickable(control):
        return Event(rng.choice(events_of(control)), control.id)
    if not events_of(control):
        # What a field takes no event for is picked by a button inside.
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


def dump(attempt: Attempt) -> None:
    """Go where another instance's solution goes and say all that is shown there; without a question, do nothing."""
    if not attempt.answer:
        return
    seen = dict.fromkeys(_texts_on(attempt.episode.view))
    for event in attempt.donor[:-1]:
        attempt.episode.step(event)
        if attempt.episode.end_reason:
            return
        seen.update(dict.fromkeys(_texts_on(attempt.episode.view)))
    attempt.episode.step(Event("message", value=", ".join(seen)))


def negate(attempt: Attempt) -> None:
    """Deny the right answer at once; without a question, do nothing."""
    if attempt.answer:
        attempt.episode.step(Event("message", value=f"It is not {attempt.answer}."))


def defaults(attempt: Attempt) -> None:
    """Do what another instance's solution does with the rows that the goal names, but leave every field as it is.

    Where that fills nothing there is nothing to leave.
    """
    if not any(event.kind in FILLING for event in attempt.donor):
        return
    for event in attempt.donor:
        if attempt.episode.end_reason:
            return
        if event.kind in FILLING:
            continue
        row = row_in_goal(attempt.episode.view, attempt.episode.goal, event.block) if event.row else None
        attempt.episode.step(event if row is None else event._replace(row=row))


def first_row(attempt: Attempt) -> None:
    """Do what another instance's solution does, but always with the first row and the first option."""
    _replayed(attempt, lambda _block, keys: keys[0])


def last_row(attempt: Attempt) -> None:
    """Do what another instance's solution does, but always with the last row and the last option."""
    _replayed(attempt, lambda _block, keys: keys[-1])


def usual_row(attempt: Attempt) -> None:
    """Do what another instance's solution does, but with rows and options at the place where most solutions choose."""
    _replayed(attempt, lambda block, keys: keys[min(attempt.usual.get(block, 0), len(keys) - 1)])


def replay(attempt: Attempt) -> None:
    """Do exactly what another instance's solution does."""
    for event in attempt.donor:
        if attempt.episode.end_reason:
            return
        attempt.episode.step(event)


def keyword(attempt: Attempt) -> None:
    """Match the words of the goal with those of the page."""
    Keyword(attempt.episode).play()


FILLING: Final = ("fill", "select", "check", "uncheck")
"""The events that give a field another text."""

POLICIES: Final[Mapping[str, Callable[[Attempt], None]]] = {
    "nothing": nothing,
    "random": wander,
    "infeasible": report,
    "frequent": frequent,
    "first_row": first_row,
    "last_row": last_row,
    "usual_row": usual_row,
    "replay": replay,
    "defaults": defaults,
    "dump": dump,
    "negate": negate,
    "keyword": keyword,
}

LIMITS: Final[Mapping[str, float]] = {
    "nothing": 0.0,
    "random": 0.02,
    "infeasible": 0.0,
    "frequent": 0.1,
    "first_row": 0.2,
    "last_row": 0.2,
    "usual_row": 0.25,
    "replay": 0.1,
    "defaults": 0.1,
    "dump": 0.02,
    "negate": 0.0,
    "keyword": 0.5,
}
"""The share of success that a policy may have. Who does nothing must earn nothing; who does anything may be lucky in
one of fifty; who knows other instances in one of ten, and one in five lists may well begin or end with the wanted row,
or hold it where it mostly stands. Who denies the answer must be wrong. Where the words of goal and page alone lead to
the end more often than not, the task teaches no more than to find them again."""

NOTED: Final = frozenset({"keyword"})
"""Those of which it is only said that they earn more: a plain task may be wanted, and its rule is right."""

ANSWERING: Final = ("random", "frequent", "first_row", "last_row", "usual_row", "replay", "defaults", "dump", "keyword")
"""Those that answer a question; one that offers its answers itself is judged against its own chance."""

WITHOUT_LUCK: Final = frozenset({"infeasible", "frequent", "negate", "keyword"})
"""Those that always do the same in an instance."""

INFEASIBLE_LIMIT: Final = 0.5
"""The same for always reporting, in a task that has infeasible instances."""


def _replayed(attempt: Attempt, pick: Callable[[str, Sequence[str]], str]) -> None:
    """Do what another instance's solution does, with the rows and options that are picked instead of its own."""
    for event in attempt.donor:
        if attempt.episode.end_reason:
            return
        keys = choices_of(event, attempt.episode.view)
        if not keys:
            attempt.episode.step(event)
        elif event.kind == "select":
            attempt.episode.step(event._replace(value=pick(event.block, keys)))
        else:
            attempt.episode.step(event._replace(row=pick(event.block, keys)))


def choices_of(event: Event, view: shown.View) -> tuple[str, ...]:
    """Return the keys of the rows or options among which an event chooses one, empty if it chooses none."""
    controls = [one for one in view.controls() if one.id == event.block]
    if not controls:
        return ()
    if isinstance(controls[0], shown.Field):
        return tuple(key for key, _ in controls[0].options if key) if event.kind == "select" else ()
    return tuple(one.row for one in controls)


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
