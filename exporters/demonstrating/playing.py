"""Plays a way through the text episode, as whoever is trained will, and confirms what it earns before it is written."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from exporters.demonstrating.kinds import Case
from exporters.demonstrating.trail import Way
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.dialogue.episode import TextEpisode, Turn
from flow_models.runtime.envs.dialogue.offers import Schema
from flow_models.runtime.envs.dialogue.prompts import Message, PromptStyle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv

_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One step of a demonstration: what was seen, what was done, what that earned, and whether to learn it."""

    seen: Mapping[str, Any]
    action: str
    reward: float
    terminated: bool
    truncated: bool
    is_learnt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A demonstration that was played and earned what it should.

    Attributes:
        case: What it shows.
        kind: Which kind of way it turned out to be.
        goal: What was wanted.
        messages: What was said, up to the last action.
        tools: The schemas of the tools.
        moments: The steps.
        reward: The sum of the rewards.
        numbers: The actions of the symbolic interface; empty unless they are wanted.
    """

    case: Case
    kind: str
    goal: str
    messages: tuple[Message, ...]
    tools: tuple[Schema, ...]
    moments: tuple[Moment, ...]
    reward: float
    numbers: tuple[int, ...] = ()


class Player:
    """Plays ways through the text episode.

    Args:
        bundle: The package.
        split: One of its splits that has instances.
        is_told: Whether the messages are wanted, with pages in fewer words.
        symbolic: Whether ways are played through the symbolic interface too.
    """

    def __init__(self, bundle: Bundle, split: str, *, is_told: bool = True, symbolic: bool = False) -> None:
        self._bundle = bundle
        self._symbolic = SymbolicEnv(bundle, bundle.task_names, split) if symbolic else None
        style = PromptStyle(speech="tools", pages="short" if is_told else "axtree")
        self._episode = TextEpisode(bundle, split=split, style=style)

    def played(self, case: Case, kind: str, way: Way) -> Played | None:
        """Return a way with everything that was met, None if it does not earn what it should.

        What it should: success, less the cost of each step, without a fault of the site, and without an error in a step
        that is to be learnt.
        """
        instance, variant, episode = case.instance, case.variant.fields, self._episode
        episode.reset(instance.task, instance=instance.n, variant=variant, split=instance.split)
        moments: list[Moment] = []
        for event, is_learnt in way:
            seen, action = episode.observation, episode.env.action_for(event)
            turn = episode.call(*episode.call_for(action))
            if turn.info["is_fault"] or (turn.info["error"] and is_learnt):
                return None
            moments.append(_moment(seen, action, turn, is_learnt=is_learnt))
        numbers = () if self._symbolic is None else self._numbers(self._symbolic, case, way)
        if numbers is None or not self._is_right(instance.task):
            return None
        return Played(
            case=case,
            kind=kind,
            goal=episode.goal,
            messages=tuple(episode.messages[:-1]),
            tools=tuple(episode.tools),
            moments=tuple(moments),
            reward=episode.total,
            numbers=numbers,
        )

    def _numbers(self, env: SymbolicEnv, case: Case, way: Way) -> tuple[int, ...] | None:
        """Return the actions of a way in the symbolic interface, None if it lacks one or they earn something else."""
        asked = {"task": case.instance.task, "instance": case.instance.n, "variant": case.variant.fields}
        env.reset(options=asked)
        numbers, total = list[int](), 0.0
        for event, _ in way:
            number = None if env.attempt.played.end_reason else env.action_for(event)
            if number is None:
                return None
            _, reward, _, _, _ = env.step(np.int64(number))
            numbers.append(number)
            total += float(reward)
        return tuple(numbers) if math.isclose(total, self._episode.total, abs_tol=_TOLERANCE) else None

    def _is_right(self, task: str) -> bool:
        """Say whether the episode ended with the reward that its steps leave of success."""
        info = self._episode.info
        due = 1.0 - self._bundle.program.tasks[task].step_cost * info["steps"]
        return bool(info["end_reason"] == "success") and math.isclose(self._episode.total, due, abs_tol=_TOLERANCE)


def _moment(seen: Mapping[str, Any], action: str, turn: Turn, *, is_learnt: bool) -> Moment:
    """Return one step."""
    return Moment(
        seen=seen,
        action=action,
        reward=turn.reward,
        terminated=turn.terminated,
        truncated=turn.truncated,
        is_learnt=is_learnt,
    )
