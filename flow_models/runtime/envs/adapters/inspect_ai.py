"""Inspect AI: a task whose solver plays, with a dataset and a scorer."""

from collections.abc import Sequence
from typing import Any

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import Score, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, TaskState, solver
from inspect_ai.util import store

from ...machine.base.results import REWARD_PARTS
from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.rows import rows


def task(
    bundle: Bundle,
    tasks: Sequence[str] | str | None = None,
    split: str = "test:instances",
    variation: Variation = "none",
    *,
    seed: int = 0,
    style: PromptStyle | None = None,
) -> Task:
    """Return an evaluation over the instances of a split.

    The score has `success` (1 or 0), `total` and each part of the reward. A site that breaks is an error of the sample,
    which Inspect counts apart from scores.

    Raises:
        BundleError: A task, split or variation does not exist.
    """
    listed = rows(bundle, split, variation, tasks=tasks, seed=seed)
    samples = [Sample(id=row["id"], input=row["goal"], metadata=dict(row)) for row in listed]
    dataset = MemoryDataset(samples, name=f"{bundle.module} {split}")
    return Task(dataset=dataset, solver=play(bundle, style or PromptStyle()), scorer=earned(), name=bundle.module)


@solver
def play(bundle: Bundle, style: PromptStyle) -> Any:
    """Play an attempt with the model until it ends, or until a limit of Inspect is reached."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        episode = TextEpisode(bundle, style=style)
        system, first = episode.begin(state.metadata)
        state.messages = [ChatMessageSystem(content=system["content"]), ChatMessageUser(content=first["content"])]
        is_over = False
        while not is_over:
            state = await generate(state)
            turn = episode.step(state.output.completion).checked()
            is_over = turn.is_over or state.completed
            state.messages.append(ChatMessageUser(content=turn.text))
            store().set("info", {**turn.info, "parts": dict(episode.parts)})
        state.completed = True
        return state

    return solve


@scorer(metrics={"*": [mean(), stderr()]})
def earned() -> Any:
    """Say what an attempt has earned."""

    async def score(state: TaskState, target: Target) -> Score:
        del state, target
        info = store().get("info", {})
        parts = info.get("parts", dict.fromkeys(REWARD_PARTS, 0.0))
        won = float(info.get("end_reason") == "success")
        return Score(
            value={"solved": won, "total": info.get("total", 0.0), **parts}, explanation=info.get("end_reason")
        )

    return score
