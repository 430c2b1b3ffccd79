"""Tables as tensors of torch play what the same tables play in NumPy, also while they grow; what differs is printed."""

import json
import warnings
from typing import Any

import gymnasium as gym
import numpy as np
import torch
from librarydesk import runtime  # noqa: F401  # registers the environments
from librarydesk.runtime.envs.listing import BundleError
from librarydesk.runtime.envs.tables.tables import FullTablesWarning, Tables

COUNT, STEPS = 64, 80


def made(tables: Any = None) -> Any:
    """Return a vector of environments on tables of its own."""
    options = {} if tables is None else {"tables": tables}
    return gym.make_vec("librarydesk/all-v1", COUNT, variation="full", autoreset_mode="SameStep", **options).unwrapped


bundle = made().bundle
ours = made(Tables(bundle)).tensors("cpu")
theirs = made(Tables(bundle))
_, infos = theirs.reset(seed=3)
ours.reset(3)
rng = np.random.default_rng(0)
differing, ends = 0, 0
for _ in range(STEPS):
    masks = theirs.batch.masks()
    differing += not np.array_equal(ours.masks().numpy(), masks)
    differing += not np.array_equal(ours.observations().numpy(), theirs.batch.observations())
    differing += not np.array_equal(ours.bits().numpy(), theirs.batch.bits())
    actions = np.array(
        [rng.choice(np.flatnonzero(row)) if rng.random() < 0.9 else rng.integers(len(row)) for row in masks]
    )
    stepped, expected = ours.step(torch.from_numpy(actions)), theirs.batch.step(actions)
    for name in ("states", "rewards", "terminated", "truncated"):
        differing += not np.array_equal(getattr(stepped, name).numpy(), getattr(expected, name))
    ended = theirs.batch.ended
    over = (stepped.reasons > 0).nonzero()[:, 0].numpy()
    differing += not np.array_equal(over, [] if ended is None else ended.slots)
    if ended is not None:
        ends += len(over)
        differing += not np.array_equal(stepped.reasons.numpy()[over], ended.facts["end_reason"])
        differing += not np.array_equal(stepped.last.numpy()[over], ended.states)

warnings.simplefilter("ignore", FullTablesWarning)
full = made(Tables(bundle, 20, 20)).tensors("cpu")
refused = ""
try:
    full.reset(0)
    for _ in range(STEPS):
        full.step(torch.zeros(COUNT, dtype=torch.int64) + 30)
except BundleError as error:
    refused = str(error)
print(json.dumps({"differing": differing, "ends": ends, "refused": refused}))
