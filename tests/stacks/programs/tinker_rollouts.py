"""Plays `librarydesk` with the rollouts of the Tinker cookbook, a renderer of its own and a policy that is a script."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import librarydesk
from librarydesk.runtime.envs.dialogue.rows import rows
from scripted import BUNDLE, NOTHING, breaking, solution
from tinker_cookbook.completers import TokensWithLogprobs
from tinker_cookbook.renderers.role_colon import RoleColonRenderer
from tinker_cookbook.rl.rollout_strategy import RetryOnFailure
from tinker_cookbook.rl.rollouts import do_group_rollout

SOLUTIONS = {row["goal"]: solution(row) for row in rows(BUNDLE)}


class Letters:
    """A tokenizer whose tokens are characters."""

    bos_token = None
    eos_token_id = None

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        """Return the numbers of the characters."""
        del add_special_tokens
        return [ord(letter) for letter in text]

    def decode(self, tokens: list[int]) -> str:
        """Return the text of tokens."""
        return "".join(map(chr, tokens))


LETTERS = Letters()


def scripted(action: Callable[[list[str], int], str]) -> Any:
    """Return a policy that does what a function says of the solution and of how often it was asked."""

    async def say(prompt: Any, stop: Any, **_: Any) -> TokensWithLogprobs:
        del stop
        text = LETTERS.decode(prompt.to_ints())
        steps = next(steps for goal, steps in SOLUTIONS.items() if goal in text)
        tokens = LETTERS.encode(f" {action(steps, text.count('Assistant:') - 1)}\n\nUser:")
        return TokensWithLogprobs(tokens, [0.0] * len(tokens), stop_reason="stop")

    return say


async def played(action: Callable[[list[str], int], str], strategy: Any = None) -> list[dict[str, Any]]:
    """Return what the groups of all batches brought."""
    data = librarydesk.adapter("tinker", RoleColonRenderer(LETTERS), group_size=2, batch_size=3)
    groups = [group for index in range(len(data)) for group in data.get_batch(index)]
    return [await _one(group, scripted(action), strategy) for group in groups]


async def _one(group: Any, policy: Any, strategy: Any) -> dict[str, Any]:
    """Return what the rollouts of one group brought."""
    try:
        done = await do_group_rollout(group, policy, strategy)
    except Exception as error:  # noqa: BLE001  # whatever it is, the trainer sees it
        return {"raised": type(error).__name__}
    last = done.trajectories_G[0].transitions[-1]
    return {
        "tags": group.logging_tags(),
        "rewards": done.get_total_rewards(),
        "errors": [one.error_type for one in done.rollout_errors],
        "stop": done.trajectories_G[0].stop_reason,
        "metrics": last.metrics,
        "logs": last.logs,
    }


async def main() -> None:
    """Print what was found."""
    found = {
        "oracle": await played(lambda steps, k: steps[k]),
        "noop": await played(lambda *_: NOTHING),
    }
    with breaking():
        found["fault"] = await played(lambda *_: NOTHING)
    with breaking(times=1):
        found["one fault"] = await played(lambda steps, k: steps[k], RetryOnFailure())
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main())
