"""SkyRL-gym: one attempt as a `BaseTextEnv`, and the rows of its dataset."""

from collections.abc import Sequence
from typing import Any

import skyrl_gym
from skyrl_gym.envs.base_text_env import BaseTextEnv, BaseTextEnvStepOutput
from skyrl_gym.envs.registration import registry

from ...machine.base.results import END_REASONS
from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.rows import rows


class SkyRL:
    """What SkyRL takes: the id of the environment, which is registered here, and its dataset.

    Args:
        bundle: The exported package.
        tasks: The tasks; None for all.
        split: Which instances are listed.
        variation: In which variants they appear.
        seed: By what the variants are drawn.
        variants: In how many variants each instance is listed.
        style: How attempts are told.

    Attributes:
        env_class: The id under which it is registered, the package's name.
        rows: The dataset: `prompt`, `env_class`, `reward_spec` and `extra_info`.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    def __init__(
        self,
        bundle: Bundle,
        tasks: Sequence[str] | str | None = None,
        split: str = "train",
        variation: Variation = "none",
        *,
        seed: int = 0,
        variants: int = 1,
        style: PromptStyle | None = None,
    ) -> None:
        style = style or PromptStyle()
        self.env_class = bundle.module
        system = {"role": "system", "content": style.system}
        self.rows = [
            {
                "prompt": [system],
                "env_class": self.env_class,
                "reward_spec": {"method": "rule", "ground_truth": ""},
                "extra_info": row,
                "max_turns": bundle.program.tasks[row["task"]].max_steps,
            }
            for row in rows(bundle, split, variation, tasks=tasks, seed=seed, variants=variants)
        ]
        registry.pop(self.env_class, None)
        skyrl_gym.register(id=self.env_class, entry_point=Attempt, kwargs={"bundle": bundle, "style": style})


class Attempt(BaseTextEnv):
    """One attempt at a row. A site that breaks raises `FaultError`, so that the rollout is dropped.

    Args:
        env_config: Not used.
        extras: The row of the dataset.
        bundle: The exported package.
        style: How the attempt is told.
    """

    def __init__(
        self, env_config: Any = None, extras: dict[str, Any] | None = None, *, bundle: Bundle, style: PromptStyle
    ) -> None:
        super().__init__()
        del env_config
        self._row = (extras or {})["extra_info"]
        self._episode = TextEpisode(bundle, style=style)
        self.max_turns = bundle.program.tasks[self._row["task"]].max_steps

    def init(self, prompt: list[dict[str, str]]) -> tuple[list[dict[str, str]], dict[str, Any]]:
        """Return the first messages, and what is known of the attempt."""
        first = self._episode.begin(self._row)[-1]
        return [*prompt, first], dict(self._episode.info)

    def step(self, action: str) -> BaseTextEnvStepOutput:
        """Do what an answer says.

        Raises:
            FaultError: The site broke.
        """
        self.turns += 1
        turn = self._episode.step(action).checked()
        said = [] if turn.is_over else [{"role": "user", "content": turn.text}]
        return BaseTextEnvStepOutput(
            observations=said, reward=turn.reward, done=turn.is_over, metadata=turn.info, postprocessed_action=action
        )

    def get_metrics(self) -> dict[str, float]:
        """Return steps, reward parts and the end reason as numbers, always the same keys, so that means are true."""
        info = self._episode.info
        ends = {f"end/{reason}": float(info["end_reason"] == reason) for reason in END_REASONS if reason}
        parts = {f"reward/{name}": part for name, part in self._episode.parts.items()}
        return {"steps": float(info["steps"]), **parts, **ends}
