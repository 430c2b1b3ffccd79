"""Inspect AI: a task whose solver plays by calling tools, with a dataset and a scorer."""

from collections.abc import Sequence
from typing import Any

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import Score, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, TaskState, solver
from inspect_ai.tool import ToolDef, ToolParams
from inspect_ai.util import store

from ...machine.base.results import REWARD_PARTS
from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.offers import OFFERS, Offer
from ..dialogue.prompts import OVER, PromptStyle
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

    The score has `solved` (1 or 0), `total` and each part of the reward; why an attempt ended is its explanation. A
    site that breaks is an error of the sample, which Inspect counts apart from scores.

    Args:
        bundle: The exported package.
        tasks: The tasks; None for all.
        split: Which instances are played.
        variation: In which variants they appear.
        seed: By what the variants are drawn.
        style: How attempts are told: by tools, unless its `speech` is `calls`.

    Raises:
        BundleError: A task, split or variation does not exist.
    """
    listed = rows(bundle, split, variation, tasks=tasks, seed=seed)
    samples = [Sample(id=row["id"], input=row["goal"], metadata=dict(row)) for row in listed]
    dataset = MemoryDataset(samples, name=f"{bundle.module} {split}")
    played = play(bundle, style or PromptStyle(speech="tools"))
    return Task(dataset=dataset, solver=played, scorer=earned(), name=bundle.module)


@solver
def play(bundle: Bundle, style: PromptStyle) -> Any:
    """Play an attempt with the model until it ends, or until a limit of Inspect is reached."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        episode = TextEpisode(bundle, style=style)
        system, first = episode.begin(state.metadata)
        state.messages = [ChatMessageSystem(content=system["content"]), ChatMessageUser(content=first["content"])]
        if style.speech == "tools":
            state.tools = [_tool(episode, offer) for offer in OFFERS]
        _note(episode)
        while not (episode.is_over or state.completed):
            state = await generate(state, tool_calls="single")
            if not state.output.message.tool_calls:
                turn = episode.step(state.output.completion).checked()
                state.messages.append(ChatMessageUser(content=turn.text))
            _note(episode)
        state.completed = True
        return state

    return solve


def _tool(episode: TextEpisode, offer: Offer) -> ToolDef:
    """Return an action as a tool, whose pages Inspect does not cut."""

    async def act(**arguments: Any) -> str:
        return OVER if episode.is_over else episode.call(offer.name, arguments).checked().text

    parameters = ToolParams.model_validate(offer.schema["function"]["parameters"])
    return ToolDef(act, offer.name, offer.about, parameters, parallel=False, max_output=0)


def _note(episode: TextEpisode) -> None:
    """Keep where the scorer looks what an attempt has earned so far."""
    store().set("info", {**episode.info, "parts": dict(episode.parts)})


@scorer(metrics={"*": [mean(), stderr()]})
def earned() -> Any:
    """Say what an attempt has earned."""

    async def score(state: TaskState, target: Target) -> Score:
        del state, target
        info = store().get("info")
        parts = {name: info["parts"][name] for name in REWARD_PARTS}
        return Score(
            value={"solved": float(info["end_reason"] == "success"), "total": info["total"], **parts},
            explanation=info["end_reason"] or "stopped before the end",
            metadata={"end_reason": info["end_reason"], "task": info["task"], "steps": info["steps"]},
        )

    return score
