"""Plays an installed package: each task by its demonstrations, and by random clicks and texts of the goal.

Run by path with the interpreter of the environment that holds the package (`python -I tryout.py MODULE`), so nothing
but the standard library and Gymnasium is imported. Prints one JSON object: by task, the attempts, successes and mean
steps of each policy.
"""

import importlib
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gymnasium as gym

RANDOM_EPISODES = 10
FILLS = 0.3
"""The share of random actions that fill something in."""

Env = gym.Env[Any, Any]
Result = dict[str, float]
End = tuple[int, int]
"""How an episode ended, as a position in `END_REASONS`, and after how many steps."""


def main(module: str) -> None:
    """Play all tasks of a package and print what came of it."""
    package = importlib.import_module(module)
    success = importlib.import_module(f"{module}.runtime.machine").END_REASONS.index("success")
    folder = Path(str(package.__file__)).parent
    lines = (folder / "demonstrations" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    found: dict[str, dict[str, Result]] = {}
    for name in package.IDS:
        task = name.partition("/")[2].rpartition("-v")[0]
        own = [record for record in records if record["task"] == task]
        if own:
            env = gym.make(name, interface="text", split="train")
            found[task] = {
                "solution": _summary([by_solution(env, record) for record in own], success),
                "random": _summary([by_chance(env, seed) for seed in range(RANDOM_EPISODES)], success),
            }
    print(json.dumps(found))  # noqa: T201  # printing is what this program does


def by_solution(env: Env, record: dict[str, Any]) -> End:
    """Replay a demonstration."""
    _, info = env.reset(options={"instance": record["instance"], "variant": record["variant"]})
    for action in record["actions"]:
        _, _, terminated, truncated, info = env.step(action)
        if terminated or truncated:
            break
    return info["end_reason"], info["steps"]


def by_chance(env: Env, seed: int) -> End:
    """Play one episode at random."""
    rng = random.Random(seed)
    observation, info = env.reset(seed=seed)
    is_over = False
    while not is_over:
        observation, _, terminated, truncated, info = env.step(_any_action(observation, rng))
        is_over = terminated or truncated
    return info["end_reason"], info["steps"]


def _any_action(observation: dict[str, str], rng: random.Random) -> str:
    """Return a click on a random element, or a word of the goal filled into one."""
    number = rng.choice(re.findall(r"^\s*\[(\d+)\]", observation["axtree_txt"], re.MULTILINE))
    if rng.random() < FILLS:
        return f"fill('{number}', {rng.choice(observation['goal'].split())!r})"
    return f"click('{number}')"


def _summary(ends: Sequence[End], success: int) -> Result:
    """Return attempts, successes and mean steps."""
    return {
        "attempts": len(ends),
        "successes": sum(reason == success for reason, _ in ends),
        "steps": sum(steps for _, steps in ends) / len(ends),
    }


if __name__ == "__main__":
    main(sys.argv[1])
