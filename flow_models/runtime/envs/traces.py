"""Rollouts as fingerprints: two installations agree if they met the same observations, rewards and ends."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import gymnasium as gym
import numpy as np

from ..machine.base.randomness import below
from ..machine.base.results import END_REASONS
from .bundle import Bundle
from .instances import some_split
from .interfaces.text import TextEnv


class Walk(NamedTuple):
    """What a list of actions led to.

    `end_reason` is one of `END_REASONS`, empty if the actions ran out first; `steps` is how many were done; `error` is
    the first refusal; `total` the sum of rewards; `trace` the fingerprint of everything that was met.
    """

    end_reason: str
    steps: int
    error: str
    total: float
    trace: str


class Plain(Protocol):
    """An environment whose observations are dicts."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Begin an episode."""

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        """Do one action."""


def env_of(bundle: Bundle, task: str) -> TextEnv:
    """Return a new text environment of a task, in which any of its instances can be named."""
    return TextEnv(bundle, [task], split=some_split(bundle, task))


def walk(env: Plain, instance: int, actions: Sequence[str], variant: Mapping[str, Any]) -> Walk:
    """Play actions on one instance of a text environment of a single task, in the variant with some fields."""
    met = hashlib.sha256()
    observation, info = env.reset(options={"instance": instance, "variant": variant})
    _note(met, observation, 0.0, info)
    error, total, steps, reason = "", 0.0, 0, ""
    for action in actions:
        observation, reward, terminated, truncated, info = env.step(action)
        _note(met, observation, reward, info)
        steps += 1
        total += float(reward)
        error = error or str(observation["last_action_error"])
        if terminated or truncated:
            reason = END_REASONS[info["end_reason"]]
            break
    return Walk(reason, steps, error, total, met.hexdigest())


def seeded(env: Plain, seed: int, steps: int) -> str:
    """Return the fingerprint of a keyed random rollout, resets included: over allowed actions where there is a mask."""
    met = hashlib.sha256()
    observation, info = env.reset(seed=seed)
    _note(met, observation, 0.0, info)
    for step in range(steps):
        action = _random_number(info, seed, step) if "action_mask" in info else _random_text(observation, seed, step)
        observation, reward, terminated, truncated, info = env.step(action)
        _note(met, observation, reward, info)
        if terminated or truncated:
            observation, info = env.reset()
            _note(met, observation, 0.0, info)
    return met.hexdigest()


def plain(env: gym.Env[Any, Any]) -> Plain:
    """Return the environment below Gymnasium's wrappers, whose checks cost time and change nothing."""
    return env.unwrapped


def _random_number(info: dict[str, Any], seed: int, step: int) -> int:
    """Return one of the allowed actions."""
    allowed = np.flatnonzero(info["action_mask"])
    return int(allowed[below(len(allowed), seed, "action", step)])


def _random_text(observation: dict[str, str], seed: int, step: int) -> str:
    """Return a click or fill on a random numbered element of the page, or one of the actions without an element."""
    lines = [line.strip() for line in observation["axtree_txt"].splitlines()]
    numbers = [line[1 : line.index("]")] for line in lines if line.startswith("[")]
    number = numbers[below(len(numbers), seed, "element", step)]
    choice = below(8, seed, "kind", step)
    if choice == 0:
        return ("noop()", "go_back()")[below(2, seed, "plain", step)]
    if choice == 1:
        return f"fill('{number}', '{below(100, seed, 'text', step)}')"
    return f"click('{number}')"


def _note(met: "hashlib._Hash", observation: Any, reward: Any, info: dict[str, Any]) -> None:
    """Add what one step brought to a fingerprint."""
    for key in sorted(observation):
        value = observation[key]
        met.update(value.encode() if isinstance(value, str) else np.ascontiguousarray(value).tobytes())
        met.update(b"\0")
    numbers = [float(reward), *(int(info[name]) for name in ("end_reason", "task", "instance", "variant", "steps"))]
    met.update(json.dumps([*numbers, *map(float, info["reward_parts"])]).encode())
