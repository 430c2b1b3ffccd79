"""Rolls `librarydesk` out with torchrl: its check of specs, its mask, its reader of infos."""

import json

import librarydesk
import torch
from librarydesk.runtime.machine.base.results import END_REASONS
from torchrl.data import Composite, Unbounded
from torchrl.envs import ActionMask, Compose, DTypeCastTransform, GymEnv, TransformedEnv, check_env_specs
from torchrl.envs.gym_like import default_info_dict_reader

INFOS = Composite(
    end_reason=Unbounded(shape=(), dtype=torch.int64), reward_parts=Unbounded(shape=(3,), dtype=torch.float64)
)


def made() -> GymEnv:
    """Return an environment."""
    return GymEnv(f"librarydesk:{librarydesk.IDS[0]}", interface="symbolic", categorical_action_encoding=True)


def main() -> None:
    """Print what was found."""
    check_env_specs(made())
    env = made()
    env.set_info_dict_reader(default_info_dict_reader(list(INFOS.keys()), spec=INFOS))
    masks = DTypeCastTransform(torch.int8, torch.bool, in_keys=["action_mask"])
    env = TransformedEnv(env, Compose(masks, ActionMask(mask_key="action_mask")))
    torch.manual_seed(0)
    done = env.rollout(200)
    allowed = [bool(mask[action]) for mask, action in zip(done["action_mask"], done["action"], strict=True)]
    found = {
        "specs": True,
        "masked": all(allowed),
        "end_reason": END_REASONS[int(done["next", "end_reason"].flatten()[-1])],
        "parts": done["next", "reward_parts"][-1].tolist(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
