"""One attempt of an evaluation, whichever interface it is played in: begun, acted in by moves, looked at.

A move is what a policy did, as JSON: `{"said": TEXT}`, `{"call": [NAME, ARGUMENTS]}` or `{"number": ACTION}`. Played
again on the same instance and variant, moves lead to the same again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from ...machine.base.events import Event
from ...machine.base.results import END_REASONS, REWARD_PARTS
from ...machine.pages.state import State
from ...site import Rendered
from ...site.phrasing import to_action
from ..bundle import Bundle
from ..dialogue.answers import FormatError, action_in, called
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.shortening import shortened
from ..dialogue.told import FAULTS
from ..instances import naming
from ..interfaces.symbolic import SymbolicEnv
from .plan import Planned

Move = dict[str, Any]


class Outcome(NamedTuple):
    """What a move brought.

    Attributes:
        reward: What it earned.
        parts: Of what that is made, in the order of `REWARD_PARTS`.
        error: What went wrong, empty if nothing.
        is_format_fault: Whether it held no action.
        end_reason: Why the attempt has ended, empty while it runs.
    """

    reward: float
    parts: tuple[float, ...]
    error: str
    is_format_fault: bool
    end_reason: str

    @property
    def is_fault(self) -> bool:
        """Whether the site itself broke: the attempt says nothing about the policy."""
        return self.end_reason in FAULTS


class Attempt(Protocol):
    """One attempt after the other."""

    def begin(self, planned: Planned) -> None:
        """Begin an attempt."""

    def do(self, move: Move) -> Outcome:
        """Do a move."""

    def action_of(self, move: Move) -> str:
        """Return what a move does on the page as it is now, as an action of the text interface."""

    @property
    def goal(self) -> str:
        """What is asked."""

    @property
    def page(self) -> str:
        """What the page says, in few words."""

    @property
    def heard(self) -> int:
        """How many characters a model is told for its next move."""

    @property
    def seen(self) -> Any:
        """What is told for the next move: the last message as a text, or a dictionary of arrays."""

    @property
    def events(self) -> Sequence[Event]:
        """What was done so far, as the machine knows it: by names that last when a page is drawn anew."""

    @property
    def rendered(self) -> Rendered:
        """The page as it is now."""

    @property
    def state(self) -> State:
        """Where the visit stands."""


class TextAttempt:
    """Attempts as talks with a language model.

    Args:
        bundle: The package.
        style: How they are told.

    Attributes:
        episode: The present one.
    """

    interface: Final = "text"

    def __init__(self, bundle: Bundle, style: PromptStyle | None = None) -> None:
        self._bundle, self._style = bundle, style or PromptStyle()
        # By task and split, a few each.
        self._episodes: dict[tuple[str, str], TextEpisode] = {}
        self.planned: Planned | None = None

    def begin(self, planned: Planned) -> None:
        """Begin an attempt."""
        key = (planned.task, naming(planned.split))
        if key not in self._episodes:
            self._episodes[key] = TextEpisode(self._bundle, *key, style=self._style)
        self.episode = self._episodes[key]
        self.episode.reset(instance=planned.instance, variant=planned.variant, seed=planned.seed)
        self.planned = planned

    def do(self, move: Move) -> Outcome:
        """Say what a model said, or do the call that it made."""
        turn = self.episode.call(*move["call"]) if "call" in move else self.episode.step(move["said"])
        info = turn.info
        parts = tuple(info["reward_parts"][name] for name in REWARD_PARTS)
        return Outcome(turn.reward, parts, info["error"], info["is_format_fault"], info["end_reason"])

    def action_of(self, move: Move) -> str:
        """Return the action that a move says, or all of it where it says none."""
        try:
            return called(*move["call"]) if "call" in move else action_in(move["said"])
        except FormatError:
            return str(move.get("said", move.get("call")))

    @property
    def goal(self) -> str:
        """What is asked."""
        return self.episode.goal

    @property
    def page(self) -> str:
        """What the page says, in few words."""
        return shortened(self.rendered.axtree)

    @property
    def seen(self) -> str:
        """The last message: the goal with the first page, or what the last move brought."""
        return str(self.episode.messages[-1]["content"])

    @property
    def heard(self) -> int:
        """How many characters a model is told for its next move."""
        return sum(len(str(one["content"])) for one in self.episode.messages)

    @property
    def events(self) -> Sequence[Event]:
        """What was done so far, as the machine knows it."""
        return self.episode.env.episode.log

    @property
    def rendered(self) -> Rendered:
        """The page as it is now."""
        env = self.episode.env
        return Rendered(env.episode.view, env.attempt.site)

    @property
    def state(self) -> State:
        """Where the visit stands."""
        return self.episode.env.episode.state


class SymbolicAttempt:
    """Attempts as numbers.

    Args:
        bundle: The package.

    Attributes:
        observation: What is seen now: `observations` and `action_mask`.
    """

    interface: Final = "symbolic"

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        # By task and split, a few each.
        self._envs: dict[tuple[str, str], SymbolicEnv] = {}
        self.observation: dict[str, Any] = {}
        self._events: list[Event] = []

    def begin(self, planned: Planned) -> None:
        """Begin an attempt."""
        key = (planned.task, naming(planned.split))
        if key not in self._envs:
            self._envs[key] = SymbolicEnv(self._bundle, [key[0]], split=key[1])
        self._env = self._envs[key]
        options = {"instance": planned.instance, "variant": planned.variant}
        self.observation, _ = self._env.reset(seed=planned.seed % 2**32, options=options)
        self._events = []

    def do(self, move: Move) -> Outcome:
        """Do an action by its number."""
        self._events.append(self._event(move))
        self.observation, reward, _, _, info = self._env.step(np.int64(move["number"]))
        reason = END_REASONS[info["end_reason"]]
        return Outcome(float(reward), tuple(map(float, info["reward_parts"])), "", False, reason)

    def action_of(self, move: Move) -> str:
        """Return what an action by its number does here as text; its number where the page has nothing for it."""
        event, rendered = self._event(move), self.rendered
        try:
            return to_action(event, rendered, rendered.site)
        except LookupError:
            return f"{event.kind} (action {move['number']})"

    def _event(self, move: Move) -> Event:
        """Return what a move does here."""
        played = self._env.attempt.played
        return self._env.encoding.event(move["number"], played.view, played.board.vocabulary)

    @property
    def goal(self) -> str:
        """What is asked."""
        return self._env.attempt.played.board.start.goal

    @property
    def page(self) -> str:
        """What the page says, in few words."""
        return shortened(self.rendered.axtree)

    @property
    def seen(self) -> dict[str, Any]:
        """What the environment shows."""
        return self.observation

    @property
    def heard(self) -> int:
        """How many characters a model is told for its next move."""
        return 0

    @property
    def events(self) -> Sequence[Event]:
        """What was done so far, as the machine knows it."""
        return self._events

    @property
    def rendered(self) -> Rendered:
        """The page as it is now."""
        return Rendered(self._env.attempt.played.page, self._env.attempt.site)

    @property
    def state(self) -> State:
        """Where the visit stands."""
        return self._env.attempt.played.node.state


def attempt_for(bundle: Bundle, interface: str, style: Mapping[str, Any]) -> TextAttempt | SymbolicAttempt:
    """Return what plays in an interface; the style is that of the prompts, as JSON."""
    return (
        SymbolicAttempt(bundle) if interface == SymbolicAttempt.interface else TextAttempt(bundle, PromptStyle(**style))
    )
