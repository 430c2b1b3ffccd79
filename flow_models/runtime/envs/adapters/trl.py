"""TRL: a dataset of prompts, environments whose methods are tools, and the parts of the reward for `GRPOTrainer`.

TRL has no sign for an end: after it every tool says so. A rollout in which the site broke has no reward (None), which
TRL leaves out. Each row names instance and variant, so a group of rollouts shares its start.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import torch
from datasets import Dataset

from ...machine.base.results import REWARD_PARTS
from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.offers import IN_PYTHON, OFFERS, Offer
from ..dialogue.prompts import OVER, PromptStyle
from ..dialogue.rows import rows

Reward = Callable[..., list[float | None]]

TOKENS: Final = 8192
"""Tokens of answers and pages together, of which a page has some hundreds."""


class Trl:
    """What to pass to `GRPOTrainer`: `train_dataset`, `environment_factory`, `reward_funcs`; `settings` for its config.

    Args:
        bundle: The exported package.
        tasks: The tasks; None for all.
        split: Which instances the dataset lists.
        variation: In which variants they appear.
        seed: By what the variants are drawn.
        variants: In how many variants each instance is listed.
        style: How attempts are told; its `speech` is `tools` here.

    Attributes:
        train_dataset: A `datasets.Dataset` with the columns of `rows` and `prompt`.
        environment_factory: Makes an environment; its class is named after the package.
        reward_funcs: One function for each of `REWARD_PARTS`, to see the parts each for itself.
        settings: What `GRPOConfig` should be told: room for the pages of an attempt, as many calls of tools as it has
            steps, no weight for `reward_funcs`, since the whole reward is the environment's own, and whether there is
            but a processor to train on.

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
        style = style or PromptStyle(speech="tools")
        system = {"role": "system", "content": style.system}
        listed = rows(bundle, split, variation, tasks=tasks, seed=seed, variants=variants)
        # TRL appends what `reset` returns to the last message of the prompt.
        prompts = [{"prompt": [system, {"role": "user", "content": ""}], **row} for row in listed]
        self.train_dataset = Dataset.from_list(prompts)
        self.environment_factory = _environment(bundle, style)
        self.reward_funcs = [_part(name) for name in REWARD_PARTS]
        self.settings = {
            "max_completion_length": TOKENS,
            "max_tool_calling_iterations": max(task.max_steps for task in bundle.program.tasks.values()) + 1,
            "reward_weights": [0.0] * len(self.reward_funcs),
            "use_cpu": not torch.accelerator.is_available(),
        }


def _environment(bundle: Bundle, style: PromptStyle) -> type[Any]:
    """Return a class without a base whose every public method but two is a tool, as TRL wants it."""

    class Web:
        def __init__(self) -> None:
            self.episode = TextEpisode(bundle, style=style)

        def reset(self, **row: Any) -> str:
            return str(self.episode.begin(row)[-1]["content"])

        def get_reward(self) -> float | None:
            return None if self.episode.info.get("is_fault") else float(self.episode.total)

    return type(bundle.module.title().replace("_", ""), (Web,), {offer.name: _tool(offer) for offer in OFFERS})


def _tool(offer: Offer) -> Callable[..., str]:
    """Return an action as a method with the signature and docstring that TRL makes a tool of."""

    def act(self: Any, **arguments: Any) -> str:
        if self.episode.is_over:
            return OVER
        return str(self.episode.call(offer.name, arguments).text)

    given = [
        inspect.Parameter(one.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=IN_PYTHON[one.type])
        for one in offer.parameters
    ]
    itself = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    about = "".join(f"\n    {one.name}: {one.about}" for one in offer.parameters)
    act.__name__ = act.__qualname__ = offer.name
    act.__doc__ = offer.about + (f"\n\nArgs:{about}" if about else "")
    act.__annotations__ = {**{one.name: IN_PYTHON[one.type] for one in offer.parameters}, "return": str}
    cast(Any, act).__signature__ = inspect.Signature([itself, *given], return_annotation=str)
    return act


def _part(name: str) -> Reward:
    """Return the function that tells one part of the rewards of rollouts."""

    def part(environments: Sequence[Any], **_: Any) -> list[float | None]:
        return [env.episode.parts.get(name) if env.get_reward() is not None else None for env in environments]

    part.__name__ = name
    return part
