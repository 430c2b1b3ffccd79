"""The same episodes as numbers, as text and in Chromium: a policy that sees numbers acts in all of them.

In the text and in Chromium it sees what the symbolic interface would show of the same state, and its actions are put
into words. So whatever it earns otherwise there is a difference between the interfaces.
"""

from typing import Any, NamedTuple

import numpy as np

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.browser import BrowserEnv
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.symbols.boards import Boards
from flow_models.runtime.machine.base.results import END_REASONS
from tests.experiments.numbered import Memory, Reading, Table


class Outcome(NamedTuple):
    """How an episode came out."""

    reward: float
    end_reason: str
    steps: int


def compared(bundle: Bundle, table: Table, split: str, count: int, *, chromium: bool) -> dict[str, Any]:
    """Play episodes in all interfaces.

    Args:
        bundle: The package.
        table: The policy.
        split: Whose instances.
        count: How many episodes.
        chromium: Whether in Chromium too.

    Returns:
        How many episodes there were, what each interface earned, and those that came out differently.
    """
    envs: dict[str, TextEnv] = {"text": TextEnv(bundle, bundle.task_names, split)}
    if chromium:
        envs["chromium"] = BrowserEnv(bundle, bundle.task_names, split)
    symbolic = SymbolicEnv(bundle, bundle.task_names, split)
    played: dict[str, list[Outcome]] = {"symbolic": [_symbolic(symbolic, table, seed) for seed in range(count)]}
    for name, env in envs.items():
        played[name] = [_as_text(env, table, seed) for seed in range(count)]
        env.close()
    different = [
        {"seed": seed, **{name: list(found[seed]) for name, found in played.items()}}
        for seed in range(count)
        if len({found[seed] for found in played.values()}) > 1
    ]
    earned = {name: round(float(np.mean([one.reward for one in found])), 4) for name, found in played.items()}
    return {"episodes": count, "earned": earned, "different": different}


def _symbolic(env: SymbolicEnv, table: Table, seed: int) -> Outcome:
    """Play an episode as numbers."""
    seen, info = env.reset(seed=seed)
    reading, total, is_over = Reading(env.layout, Memory(env.layout, 1)), 0.0, False
    while not is_over:
        action = _chosen(table, reading, seen["observations"], seen["action_mask"])
        seen, reward, terminated, truncated, info = env.step(np.int64(action))
        total, is_over = total + reward, terminated or truncated
    return Outcome(round(total, 6), END_REASONS[int(info["end_reason"])], int(info["steps"]))


def _as_text(env: TextEnv, table: Table, seed: int) -> Outcome:
    """Play an episode by actions in words."""
    _, info = env.reset(seed=seed)
    boards, task = Boards.of(env.bundle), env.bundle.task_names[info["task"]]
    instance = next(one for one in env.bundle.instances[task] if one.n == info["instance"])
    encoding, vocabulary = boards.encoding, boards.made(instance).vocabulary
    reading, total, is_over = Reading(encoding.layout, Memory(encoding.layout, 1)), 0.0, False
    while not is_over:
        view = env.episode.view
        seen = encoding.observe(task, view, vocabulary)
        action = _chosen(table, reading, seen, encoding.mask(view, vocabulary))
        said = env.action_for(encoding.event(action, view, vocabulary))
        _, reward, terminated, truncated, info = env.step(said)
        total, is_over = total + reward, terminated or truncated
    return Outcome(round(total, 6), END_REASONS[int(info["end_reason"])], int(info["steps"]))


def _chosen(table: Table, reading: Reading, seen: Any, mask: Any) -> int:
    """Return the likeliest action."""
    offered = reading.offered(seen[None], mask[None])
    action = offered.actions[table.best(offered)]
    reading.note(action)
    return int(action[0])
