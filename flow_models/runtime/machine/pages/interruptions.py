"""What interferes with the task in a variant: one interruption and one piece of conduct, each at most once an episode.

An `Interference` says what is still to come and what stands in the way now. It is part of the state, so that everything
remains a function of program, variant and events; when nothing is left to come, it is `NO_INTERFERENCE`, which costs a
step nothing.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from ..base.events import Event
from ..base.randomness import below
from ..base.variant import Variant

INTERRUPTION: Final = "interruption"
"""The block of an interruption's buttons."""

PAUSE: Final = "pause"
"""The block of the buttons on the page or dialog by which conduct holds an event back."""

GOES_ON: Final = frozenset({"wait", "again", "yes"})
"""The parts of pauses that do the event held back; every other one leads back to the page."""

SLOW: Final = "slow"
SURE: Final = "sure"
_AT_START: Final = "cookies"
_BY_STEPS: Final = "session"
_ARRIVALS: Final = (1, 3)
_STEPS: Final = (3, 8)
_USES: Final = (1, 4)


class Interference(NamedTuple):
    """What is to come, and what is there.

    Attributes:
        interruption: The name of the interruption that comes or is shown; empty once it is over.
        is_shown: Whether it is shown.
        waits: After how many arrivals it comes; of `session` after how many steps.
        conduct: The name of the conduct that comes or is shown; empty once it is over.
        uses: At which use that takes a transition it comes, from 1; 0 for `sure`, which comes at the first that
            changes durable data.
        held: The event that it holds back while it is shown, else None.
    """

    interruption: str = ""
    is_shown: bool = False
    waits: int = 0
    conduct: str = ""
    uses: int = 0
    held: Event | None = None

    def settled(self) -> "Interference":
        """Return this, or `NO_INTERFERENCE` itself if there is nothing left to come."""
        return self if self.interruption or self.conduct else NO_INTERFERENCE


NO_INTERFERENCE: Final = Interference()


def first_interference(variant: Variant) -> Interference:
    """Return the interference with which an episode begins in a variant."""
    if not variant.interruption and not variant.conduct:
        return NO_INTERFERENCE
    name, seed = variant.interruption, variant.seed
    waits = 0
    if name and name != _AT_START:
        waits = _between(_STEPS if name == _BY_STEPS else _ARRIVALS, seed, "interruption")
    uses = _between(_USES, seed, "conduct") if variant.conduct and variant.conduct != SURE else 0
    return Interference(name, name == _AT_START, waits, variant.conduct, uses)


def comes_by_steps(interference: Interference) -> bool:
    """Say whether an interruption waits for steps rather than for arrivals."""
    return interference.interruption == _BY_STEPS


def interference_to_json(interference: Interference) -> list[object]:
    """Return an interference as plain JSON."""
    return [*interference[:-1], None if interference.held is None else list(interference.held)]


def interference_from_json(saved: Sequence[Any], first: Interference) -> Interference:
    """Return the interference that was saved of an episode that began with a `first` one.

    Raises:
        ValueError: It is of another kind than that.
    """
    interruption, is_shown, waits, conduct, uses, held = saved
    if interruption not in ("", first.interruption) or conduct not in ("", first.conduct):
        raise ValueError(f"nothing called {interruption!r} or {conduct!r} comes in this variant")
    event = None if held is None else Event(*(str(part) for part in held))
    return Interference(str(interruption), bool(is_shown), int(waits), str(conduct), int(uses), event).settled()


def _between(bounds: tuple[int, int], seed: int, purpose: str) -> int:
    """Return a number between two bounds, both included."""
    least, most = bounds
    return least + below(most - least + 1, seed, purpose)
