"""Is a policy brittle that saw one appearance of a site, and does variation cure it?

The same text policy learns from the same instances, for as many steps, once on the site as drawn and once in training's
appearances of all axes. Both play the same episodes in appearances that neither saw, one axis at a time.
"""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine.episodes.variation import Variation
from tests.experiments.bundle import Material
from tests.experiments.choosing import Weights
from tests.experiments.learning import CAREFUL, GROUP, clone, earn
from tests.experiments.playing import Shown, play

FIXED: Final = "fixed"
MANY: Final = "many"
POLICIES: Final[Mapping[str, Variation]] = {FIXED: "none", MANY: "full"}

COUNTED: Final = ("layout", "interruptions", "conduct")
"""The axes that are to show a cure; unseen words need a policy that knows words from elsewhere."""

AXES: Final = (*COUNTED, "wording")
TRAINED: Final = "trained"
DRAWN: Final = "drawn"
NEW: Final = "new instances"
VARIED: Final = "layout that varies"
"""Held-out values of those aspects of the layout only of which training sees several values."""

BRITTLE: Final = 0.2
CURED: Final = 0.5


class Size(NamedTuple):
    """How large the experiment is.

    Attributes:
        seeds: What learns anew.
        shown: Demonstrations that each policy sees.
        steps: Steps of demonstrations from which it learns.
        groups: Groups of episodes from which it learns by what they earn.
        episodes: Episodes of each test.
    """

    seeds: Sequence[int] = (0, 1, 2)
    shown: int = 1000
    steps: int = 24_000
    groups: int = 25
    episodes: int = 80


def run(material: Material, size: Size, kept: Path) -> dict[str, Any]:
    """Return what came out: what each policy earned in each test, and what that says of each axis.

    Args:
        material: What is learnt from.
        size: How large it is.
        kept: A folder in which what is done stays, so that a run that was stopped goes on.
    """
    found = [_kept(material, policy, seed, size, kept) for seed in size.seeds for policy in POLICIES]
    return {
        "size": size._asdict() | {"group": GROUP},
        "runs": found,
        "axes": {axis: verdict(found, axis) for axis in (*AXES, VARIED)},
        "cpu_s": round(sum(one["cpu_s"] for one in found)),
    }


def verdict(runs: Sequence[Mapping[str, Any]], axis: str) -> dict[str, Any]:
    """Return how much a policy loses on an axis that saw one appearance, and how much of it variation saves."""

    def earned(policy: str, test: str) -> float:
        return float(np.mean([one["earned"][test] for one in runs if one["policy"] == policy]))

    lost = earned(FIXED, TRAINED) - earned(FIXED, axis)
    saved = earned(MANY, axis) - earned(FIXED, axis)
    is_brittle = lost >= BRITTLE
    return {
        "lost": round(lost, 3),
        "saved": round(saved / lost, 3) if is_brittle else None,
        "is_cured": saved / lost >= CURED if is_brittle else None,
    }


def _kept(material: Material, policy: str, seed: int, size: Size, kept: Path) -> dict[str, Any]:
    """Return what a policy earns in each test, which is worked out where that was not done before."""
    told = "-".join(map(str, (policy, seed, size.shown, size.steps, size.groups, size.episodes)))
    file = kept / f"{told}.json"
    if not file.exists():
        began = time.process_time()
        earned = _earned(material, policy, seed, size)
        found = {"policy": policy, "seed": seed, "cpu_s": round(time.process_time() - began, 1), "earned": earned}
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), encoding="utf-8")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def _earned(material: Material, policy: str, seed: int, size: Size) -> dict[str, float]:
    """Let a policy learn, and return what it earns in each test."""
    rng, variation, bundle = np.random.default_rng(seed), POLICIES[policy], material.bundle
    weights = Weights(rng)
    clone(weights, Shown(bundle, material.solutions, variation, seed), size.shown, size.steps, rng)
    earn(weights, TextEnv(bundle, bundle.task_names, "train", variation), size.groups, rng, CAREFUL)
    return {
        test: tested(weights, TextEnv(bundle, bundle.task_names, *where), size.episodes)
        for test, where in _tests(bundle, variation).items()
    }


def tested(weights: Weights, env: TextEnv, episodes: int) -> float:
    """Return what a policy earns on average, the same episodes for all."""
    begins: list[dict[str, Any]] = [{"seed": 0}, *({} for _ in range(episodes - 1))]
    return round(float(np.mean([play(env, weights, **begin).reward for begin in begins])), 4)


def _tests(bundle: Bundle, variation: Variation) -> dict[str, tuple[str, Variation]]:
    """Return the split and variation of each test."""
    layout = bundle.program.variation.axes["layout"]
    varied = {aspect: values.held_out for aspect, values in layout.items() if len(values.train) > 1 and values.held_out}
    return {
        TRAINED: ("train", variation),
        DRAWN: ("train", "none"),
        NEW: ("validation", "none"),
        **{axis: (f"test:{axis}", {axis: True}) for axis in AXES},
        VARIED: ("validation", varied),
    }
