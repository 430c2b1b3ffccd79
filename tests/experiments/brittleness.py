"""Is a policy brittle that saw one appearance of a site, and does variation cure it?

The same text policy learns from the same instances, for as many steps, once on the site as drawn and once in training's
appearances of all axes. Both play the same episodes in appearances that neither saw, one axis at a time.

What a policy reads decides what it can stumble over, so there are three of each: one knows elements by what they say,
one by where they stand, one by both. And each is tested twice: after what it was shown, and after its own episodes.
"""

import json
import time
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine.episodes.variation import Variation
from tests.experiments.bundle import Material
from tests.experiments.choosing import Weights
from tests.experiments.learning import CAREFUL, GROUP, clone, earn
from tests.experiments.offers import READS
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

SHOWN: Final = "shown"
TRIED: Final = "tried"
STAGES: Final = (SHOWN, TRIED)
"""After demonstrations, and after episodes of its own."""

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
    kinds = list(product(READS, size.seeds, POLICIES))
    found = [_kept(material, policy, reads, seed, size, kept) for reads, seed, policy in kinds]
    return {
        "size": size._asdict() | {"group": GROUP},
        "runs": found,
        "axes": {
            reads: {stage: {axis: verdict(found, axis, reads, stage) for axis in AXES} for stage in STAGES}
            for reads in READS
        },
        "cpu_s": round(sum(one["cpu_s"] for one in found)),
    }


def earned(runs: Sequence[Mapping[str, Any]], policy: str, test: str, reads: str, stage: str = TRIED) -> float:
    """Return what the seeds of a policy earned in a test, on average."""
    return float(np.mean([one[stage][test] for one in runs if (one["policy"], one["reads"]) == (policy, reads)]))


def verdict(runs: Sequence[Mapping[str, Any]], axis: str, reads: str, stage: str = TRIED) -> dict[str, Any]:
    """Return how much a policy loses on an axis that saw one appearance, and how much of it variation saves."""
    on_one = earned(runs, FIXED, axis, reads, stage)

    lost = earned(runs, FIXED, TRAINED, reads, stage) - on_one
    saved = earned(runs, MANY, axis, reads, stage) - on_one
    is_brittle = lost >= BRITTLE
    return {
        "lost": round(lost, 3),
        "saved": round(saved / lost, 3) if is_brittle else None,
        "is_cured": saved / lost >= CURED if is_brittle else None,
    }


def _kept(material: Material, policy: str, reads: str, seed: int, size: Size, kept: Path) -> dict[str, Any]:
    """Return what a policy earns in each test, which is worked out where that was not done before."""
    told = "-".join(map(str, (policy, reads, seed, size.shown, size.steps, size.groups, size.episodes)))
    file = kept / material.bundle.hash[:12] / f"{told.replace(' ', '_')}.json"
    if not file.exists():
        began = time.process_time()
        found = _learnt(material, policy, reads, seed, size)
        found = {"policy": policy, "reads": reads, "seed": seed, "cpu_s": time.process_time() - began, **found}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**found, "cpu_s": round(found["cpu_s"], 1)}), encoding="utf-8")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def _learnt(material: Material, policy: str, reads: str, seed: int, size: Size) -> dict[str, Any]:
    """Let a policy learn, and return what it earns in each test, after each stage."""
    rng, variation, bundle = np.random.default_rng(seed), POLICIES[policy], material.bundle
    weights = Weights(rng, reads=reads)
    tests = {test: TextEnv(bundle, bundle.task_names, *where) for test, where in _tests(variation).items()}
    clone(weights, Shown(bundle, material.solutions, variation, seed, reads), size.shown, size.steps, rng)
    shown = {test: tested(weights, env, size.episodes) for test, env in tests.items()}
    earn(weights, TextEnv(bundle, bundle.task_names, "train", variation), size.groups, rng, CAREFUL)
    return {SHOWN: shown, TRIED: {test: tested(weights, env, size.episodes) for test, env in tests.items()}}


def tested(weights: Weights, env: TextEnv, episodes: int) -> float:
    """Return what a policy earns on average, the same episodes for all."""
    begins: list[dict[str, Any]] = [{"seed": 0}, *({} for _ in range(episodes - 1))]
    return round(float(np.mean([play(env, weights, **begin).reward for begin in begins])), 4)


def _tests(variation: Variation) -> dict[str, tuple[str, Variation]]:
    """Return the split and variation of each test."""
    return {
        TRAINED: ("train", variation),
        DRAWN: ("train", "none"),
        NEW: ("validation", "none"),
        **{axis: (f"test:{axis}", {axis: True}) for axis in AXES},
    }
