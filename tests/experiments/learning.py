"""How a policy learns: from what was shown, then from what it earns."""

from itertools import islice
from typing import Final

import numpy as np

from flow_models.runtime.envs.interfaces.text import TextEnv
from tests.experiments.choosing import Weights
from tests.experiments.playing import Shown, Trail, play

GROUP: Final = 4
"""Episodes of one instance and appearance that are compared with each other."""

CAREFUL: Final = 0.1
"""How much a step of what did worse counts beside one that was shown: which of them was to blame is not known."""

_SEEDS: Final = 2**31


def clone(weights: Weights, shown: Shown, count: int, steps: int, rng: np.random.Generator) -> None:
    """Let a policy learn from demonstrations, over and over, for as many steps as it is given."""
    trails: list[Trail] = list(islice(shown.trails(), count))
    left = steps
    while left > 0:
        for seen, wanted in trails[int(rng.integers(count))][:left]:
            weights.learn(seen, wanted)
            left -= 1


def earn(weights: Weights, env: TextEnv, groups: int, rng: np.random.Generator, boldness: float) -> None:
    """Let a policy learn from what it earns: what did better than the others of its group becomes likelier.

    Args:
        weights: The policy.
        env: Where it plays.
        groups: How many groups of episodes.
        rng: Draws what is done.
        boldness: How much a step of what did better counts beside one that was shown.
    """
    for _ in range(groups):
        seed = int(rng.integers(_SEEDS))
        played = [play(env, weights, rng, seed=seed) for _ in range(GROUP)]
        middle = float(np.mean([one.reward for one in played]))
        for one in played:
            worth = one.reward - middle
            for seen, chosen in one.trail if worth else ():
                weights.learn(seen, chosen, (boldness if worth > 0 else CAREFUL) * worth)
