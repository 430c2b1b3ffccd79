"""Gives `librarydesk` to Gymnasium's checker, its asynchronous vectors, Stable-Baselines3 and sb3-contrib."""

import json
import warnings
from typing import Any

import gymnasium as gym
import librarydesk
import numpy as np
from gymnasium.utils.env_checker import check_env
from librarydesk.runtime.envs.dialogue.rows import rows
from sb3_contrib import MaskablePPO
from scripted import BUNDLE, solution
from stable_baselines3 import PPO
from stable_baselines3.common import env_checker
from stable_baselines3.common.env_util import make_vec_env

ID = f"librarydesk:{librarydesk.IDS[0]}"
SYMBOLIC: dict[str, Any] = {"interface": "symbolic"}


def checked() -> list[str]:
    """Return what the checkers let pass, warnings taken for errors."""
    kinds: dict[str, dict[str, Any]] = {
        "symbolic int32": SYMBOLIC,
        "symbolic float32": {**SYMBOLIC, "dtype": "float32"},
        "text": {},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, options in kinds.items():
            check_env(gym.make(ID, **options).unwrapped, skip_render_check=True)
            if name != "text":
                env_checker.check_env(gym.make(ID, **options).unwrapped, warn=False)
    return list(kinds)


def earned(actions: list[Any], options: dict[str, Any]) -> float:
    """Return what actions earn as numbers."""
    env: Any = gym.make(ID, **SYMBOLIC).unwrapped
    env.reset(options=options)
    return float(sum(env.step(env.action_for(action))[1] for action in actions))


def updated(trainer: Any) -> dict[str, Any]:
    """Return what one training of some steps did."""
    envs = make_vec_env(ID, n_envs=2, seed=0, env_kwargs=SYMBOLIC)
    model = trainer("MultiInputPolicy", envs, n_steps=32, batch_size=32, device="cpu", seed=0)
    before = [weights.detach().clone() for weights in model.policy.parameters()]
    model.learn(128)
    after = list(model.policy.parameters())
    changed = any(not bool((old == new).all()) for old, new in zip(before, after, strict=True))
    return {"steps": model.num_timesteps, "changed": changed}


def masked_actions() -> int:
    """Return how many of a trained policy's actions its mask forbids."""
    envs = make_vec_env(ID, n_envs=1, seed=0, env_kwargs=SYMBOLIC)
    model = MaskablePPO("MultiInputPolicy", envs, n_steps=32, batch_size=32, device="cpu", seed=0)
    seen, wrong = envs.reset(), 0
    for _ in range(64):
        [mask] = envs.env_method("action_masks")
        action, _ = model.predict(seen, action_masks=mask)
        wrong += not mask[action[0]]
        seen, *_ = envs.step(action)
    return wrong


def vectored(*, shared: bool) -> list[bool]:
    """Say at each of three steps whether an asynchronous vector of texts shows what one in this process shows."""
    there: Any = gym.make_vec(ID, num_envs=2, vectorization_mode="async", vector_kwargs={"shared_memory": shared})
    here: Any = gym.make_vec(ID, num_envs=2, vectorization_mode="sync")
    seen = [(there.reset(seed=[0, 1])[0], here.reset(seed=[0, 1])[0])]
    steps = (("noop()", "click('31')"), ("click('16')", "go_back()"))
    seen += [(there.step(actions)[0], here.step(actions)[0]) for actions in steps]
    there.close()
    return [all(one[key] == other[key] for key in other) for one, other in seen]


def main() -> None:
    """Print what was found."""
    listed = rows(BUNDLE)
    fresh: Any = gym.make(ID, **SYMBOLIC).unwrapped
    found = {
        "checked": checked(),
        "oracle": [earned(solution(row), {"instance": row["instance"]}) for row in listed],
        "noop": earned(["noop()"] * 3, {"instance": 0}),
        "PPO": updated(PPO),
        "MaskablePPO": updated(MaskablePPO),
        "mask before the start": np.flatnonzero(fresh.action_masks()).tolist(),
        "masked actions": masked_actions(),
        "asynchronous, shared": vectored(shared=True),
        "asynchronous, not shared": vectored(shared=False),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
