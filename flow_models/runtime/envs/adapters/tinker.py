"""Tinker cookbook: one attempt as a `MessageEnv`."""

from collections.abc import Mapping
from typing import Any, Final

from tinker_cookbook.rl.message_env import MessageEnv, MessageStepResult
from tinker_cookbook.rl.types import STOP_METRIC_PREFIX, StopReason

from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import Message, PromptStyle

STOPS: Final[Mapping[str, StopReason]] = {
    "success": StopReason.COMPLETED,
    "failure": StopReason.COMPLETED,
    "answered_wrong": StopReason.COMPLETED,
    "infeasible_reported": StopReason.COMPLETED,
    "step_limit": StopReason.MAX_TURNS,
}
"""Our end reasons in its words; a site that breaks is none of them, it raises."""


class Tinker(MessageEnv):
    """One attempt at a row of `rows`.

    Args:
        bundle: The exported package.
        row: What is played.
        style: How it is told.

    Raises:
        BundleError: There is no such row.
    """

    def __init__(self, bundle: Bundle, row: Mapping[str, Any], style: PromptStyle | None = None) -> None:
        self._episode = TextEpisode(bundle, style=style)
        self._row = row
        self.example_id = str(row["id"])

    async def initial_observation(self) -> list[Message]:
        """Begin the attempt and return the first messages."""
        return self._episode.begin(self._row)

    async def step(self, message: Message) -> MessageStepResult:
        """Do what a message of the assistant says.

        Raises:
            FaultError: The site broke.
        """
        turn = self._episode.step(str(message["content"])).checked()
        metrics = {f"reward/{name}": part for name, part in turn.info["reward_parts"].items()}
        if turn.is_over:
            metrics[STOP_METRIC_PREFIX + STOPS[turn.info["end_reason"]]] = 1.0
        return MessageStepResult(
            reward=turn.reward,
            episode_done=turn.is_over,
            next_messages=list(self._episode.messages),
            metrics=metrics,
            logs={"end_reason": turn.info["end_reason"], "task": turn.info["task"]},
        )
