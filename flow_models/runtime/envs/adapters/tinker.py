"""Tinker cookbook: a dataset whose groups are attempts at the same row, each a `MessageEnv`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tinker_cookbook.renderers import Renderer
from tinker_cookbook.rl.message_env import EnvFromMessageEnv, MessageEnv, MessageStepResult
from tinker_cookbook.rl.types import STOP_METRIC_PREFIX, Env, EnvGroupBuilder, RLDataset, StopReason

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import Message, PromptStyle
from ..dialogue.rows import Listed, Row

STOPS: Final[Mapping[str, StopReason]] = {
    "success": StopReason.COMPLETED,
    "failure": StopReason.COMPLETED,
    "answered_wrong": StopReason.COMPLETED,
    "infeasible_reported": StopReason.COMPLETED,
    "step_limit": StopReason.MAX_TURNS,
}
"""Our end reasons in its words; a site that breaks is none of them, it raises."""


class Tinker(RLDataset):
    """The rows of a split in batches; give it to the cookbook by a `RLDatasetBuilder` of your own.

    Args:
        bundle: The exported package.
        renderer: The renderer of the model.
        tasks: The tasks; None for all.
        split: Which instances are listed.
        variation: In which variants they appear.
        seed: By what the variants are drawn.
        style: How attempts are told.
        group_size: How many attempts at a row make a group.
        batch_size: How many groups make a batch; the last batch may have fewer.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    def __init__(
        self,
        bundle: Bundle,
        renderer: Renderer,
        tasks: Sequence[str] | str | None = None,
        split: str = "train",
        variation: Variation = "none",
        *,
        seed: int = 0,
        style: PromptStyle | None = None,
        group_size: int = 8,
        batch_size: int = 16,
    ) -> None:
        self._made = (bundle, renderer, style or PromptStyle(), group_size)
        self._rows = Listed(bundle, split, variation, tasks, seed)
        self._batch_size = batch_size

    def __len__(self) -> int:
        return -(-len(self._rows) // self._batch_size)

    def get_batch(self, index: int) -> list["Group"]:
        """Return the groups of a batch."""
        begin = index * self._batch_size
        return [Group(row, *self._made) for row in self._rows[begin : begin + self._batch_size]]


class Group(EnvGroupBuilder):
    """Attempts at one row, which all begin alike."""

    def __init__(self, row: Row, bundle: Bundle, renderer: Renderer, style: PromptStyle, size: int) -> None:
        self._row, self._bundle, self._renderer, self._style, self._size = row, bundle, renderer, style, size

    async def make_envs(self) -> list[Env]:
        """Return new attempts."""
        attempts = [Attempt(self._bundle, self._row, self._style) for _ in range(self._size)]
        return [EnvFromMessageEnv(self._renderer, attempt) for attempt in attempts]

    def logging_tags(self) -> list[str]:
        """Return by what metrics are grouped: the package and the task."""
        return [self._bundle.module, self._row["task"]]


class Attempt(MessageEnv):
    """One attempt at a row.

    Args:
        bundle: The exported package.
        row: What is played.
        style: How it is told.
    """

    def __init__(self, bundle: Bundle, row: Row, style: PromptStyle) -> None:
        self._episode = TextEpisode(bundle, style=style)
        self._row = row
        self.example_id = row["id"]

    async def initial_observation(self) -> list[Message]:
        """Begin the attempt and return the first messages."""
        return self._episode.begin(self._row)

    async def step(self, message: Mapping[str, Any]) -> MessageStepResult:
        """Do what a message of the assistant says.

        Raises:
            FaultError: The site broke, so that the cookbook's strategy drops the rollout.
        """
        turn = self._episode.step(_text(message["content"])).checked()
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


def _text(content: str | Sequence[Mapping[str, Any]]) -> str:
    """Return the text of a message; parts of other kinds, such as thoughts, are no action."""
    if isinstance(content, str):
        return content
    return "".join(str(part["text"]) for part in content if part["type"] == "text")
