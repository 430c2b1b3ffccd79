"""Acting at random under any interface, and what one meets in words that can be compared."""

import random
import re
from typing import Any

import gymnasium as gym
import numpy as np

Env = gym.Env[Any, Any]

Met = list[object]
"""What resets and steps brought: observation, reward, ends and info, arrays as lists."""


def any_action(observation: dict[str, Any], info: dict[str, Any], rng: random.Random) -> Any:
    """Return an allowed number, or a click or word on some element of the page."""
    if "action_mask" in info:
        return np.int64(rng.choice(np.flatnonzero(info["action_mask"]).tolist()))
    number = rng.choice(re.findall(r"^\s*\[(\d+)\]", observation["axtree_txt"], re.MULTILINE))
    return f"fill('{number}', 'a')" if rng.random() < 0.2 else f"click('{number}')"


def plain(value: Any) -> Any:
    """Return what was met with arrays as lists, so that it can be compared."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value.tolist() if isinstance(value, np.ndarray) else value


def rollout(env: Env, steps: int, seed: int, met: tuple[Any, Any] | None = None) -> Met:
    """Act at random from what was met last, or from a reset in the present sequence on; resets are in it.

    The last thing in it is what the environment's random numbers give next.
    """
    rng = random.Random(seed)
    observation, info = env.reset() if met is None else met
    found: Met = [] if met is not None else [plain((observation, info))]
    for _ in range(steps):
        observation, reward, terminated, truncated, info = env.step(any_action(observation, info, rng))
        found.append(plain((observation, reward, terminated, truncated, info)))
        if terminated or truncated:
            observation, info = env.reset()
            found.append(plain((observation, info)))
    return [*found, int(env.unwrapped.np_random.integers(2**40)), plain(env.action_space.sample())]
