"""Stored moves played again: what the pages looked like, what each move changed, and how it ends now."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from ..bundle import Bundle
from ..solutions import by_instance
from .attempts import Move, Outcome, TextAttempt, attempt_for
from .changes import changes
from .plan import Planned
from .running import Record, Run

_NUMBER: Final = re.compile(r"\w+\('(\d+)'")
_SEED: Final = b"as it looked"
"""Names of fields in pages that nobody sends."""


class Frame(NamedTuple):
    """What was before a policy, and what it did about it.

    Attributes:
        page: The page in few words.
        html: The page as the site sends it.
        style: What its look adds to the style sheet.
        action: What was done; empty for the last page.
        element: The line of the page that tells what it was done with.
        said: The whole answer.
        outcome: What it brought; None for the last page.
        changed: What it changed in the data.
    """

    page: str
    html: str
    style: str
    action: str = ""
    element: str = ""
    said: str = ""
    outcome: Outcome | None = None
    changed: tuple[str, ...] = ()


class Film(NamedTuple):
    """Moves played again: the frames, and what they changed in the data together."""

    frames: tuple[Frame, ...]
    changed: tuple[str, ...]

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, None if no move was made."""
        return next((one.outcome for one in reversed(self.frames) if one.outcome is not None), None)


def planned_of(record: Record) -> Planned:
    """Return the episode that a record is of."""
    return Planned(**{name: record[name] for name in Planned._fields})


class Projector:
    """Plays the episodes of a run again.

    Args:
        bundle: The package.
        run: The run; its interface and prompts are used.
        solutions: Solutions as demonstrations and `gymwright oracle` write them.
    """

    def __init__(self, bundle: Bundle, run: Run, solutions: Iterable[Mapping[str, Any]] = ()) -> None:
        self._bundle = bundle
        self._attempt = attempt_for(bundle, run.about["interface"], run.about["style"])
        self._plain = TextAttempt(bundle)
        self._solutions = by_instance(solutions)

    def film(self, record: Record) -> Film:
        """Return an episode as it was."""
        return self._filmed(self._attempt, planned_of(record), [turn["move"] for turn in record["turns"]])

    def solution(self, record: Record) -> Film | None:
        """Return the solution of an episode's instance on the site as drawn, None if it is not known."""
        actions = self._solutions.get((record["task"], record["instance"]))
        if actions is None:
            return None
        return self._filmed(
            self._plain, planned_of(record)._replace(variant={}), [{"said": action} for action in actions]
        )

    def _filmed(self, attempt: Any, planned: Planned, moves: Sequence[Move]) -> Film:
        """Play moves and return what they showed."""
        attempt.begin(planned)
        differing = partial(changes, self._bundle.machine)
        first = attempt.state
        frames: list[Frame] = []
        for move in moves:
            if frames and frames[-1].outcome is not None and frames[-1].outcome.end_reason:
                break
            frame, before = _looked(attempt), attempt.state
            action = attempt.action_of(move)
            outcome = attempt.do(move)
            frames.append(
                frame._replace(
                    action=action,
                    element=_element(frame.page, action),
                    said=str(move.get("said", action)),
                    outcome=outcome,
                    changed=tuple(differing(before, attempt.state)),
                )
            )
        return Film((*frames, _looked(attempt)), tuple(differing(first, attempt.state)))


def _looked(attempt: Any) -> Frame:
    """Return the page as it is now."""
    rendered = attempt.rendered
    return Frame(attempt.page, rendered.html(_SEED), rendered.site.style())


def _element(page: str, action: str) -> str:
    """Return the line of a page with the element that an action names, empty if it names none."""
    named = _NUMBER.match(action)
    if named is None:
        return ""
    mark = f"[{named[1]}] "
    line = next((line for line in page.split("\n") if mark in line), "")
    return (mark + line.partition(mark)[2]).partition(" | ")[0] if line else ""
