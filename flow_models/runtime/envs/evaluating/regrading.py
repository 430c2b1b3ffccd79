"""A stored run judged anew by the present package: what a visitor did is done again, whatever the pages look like now.

Events name blocks and rows by what lasts when a page is drawn anew, numbers of elements do not: so what flips has to do
with rules and data rather than with the order of a page.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ...machine.base.events import Event
from ...machine.base.variant import Variant
from ..bundle import Bundle
from .results import counted
from .running import Record, Run

GONE = "gone"
ASKS_OTHERWISE = "asks something else"
UNFINISHED = "unfinished"


class Regraded(NamedTuple):
    """One episode: how it ended, and how it ends now, or why that cannot be said."""

    record: Record
    before: str
    now: str

    @property
    def is_comparable(self) -> bool:
        """Whether the package still asks the same."""
        return self.now not in {GONE, ASKS_OTHERWISE}

    @property
    def is_flipped(self) -> bool:
        """Whether the verdict is another one."""
        return self.is_comparable and self.now != self.before


def regraded(bundle: Bundle, run: Run) -> Iterator[Regraded]:
    """Yield each episode of a run that counts, as the package judges it now."""
    for record in counted(run.records):
        yield Regraded(record, record["end_reason"], _now(bundle, record))


def _now(bundle: Bundle, record: Record) -> str:
    """Return how an episode ends now."""
    listed = bundle.instances.get(record["task"], ())
    instance = next((one for one in listed if one.n == record["instance"]), None)
    if instance is None:
        return GONE
    episode = bundle.episode(instance, Variant(**record["variant"]))
    if episode.goal != record["goal"]:
        return ASKS_OTHERWISE
    for event in record["events"]:
        if episode.end_reason:
            break
        episode.step(Event(*event))
    return episode.end_reason or UNFINISHED
