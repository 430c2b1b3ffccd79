"""FrozenLake-v1 without wrappers, against which speeds are told: a ratio means the same on every computer.

Both sides are measured in turns, in time of the processor, so that what else the computer does matters little.
"""

import time
from typing import Any, Final

import gymnasium as gym

from flow_models.runtime.machine.base.randomness import below

TURNS: Final = 5
"""How often what is compared is measured, in turns; medians count."""

_STEPS: Final = 20_000


class Lake:
    """The environment, with actions chosen beforehand."""

    def __init__(self) -> None:
        self._env: Any = gym.make("FrozenLake-v1").unwrapped
        self._actions = [below(4, 0, "lake", step) for step in range(_STEPS)]

    def steps_a_second(self) -> float:
        """Measure a turn, resets included."""
        env = self._env
        env.reset(seed=0)
        began = time.process_time()
        for action in self._actions:
            _, _, terminated, _, _ = env.step(action)
            if terminated:
                env.reset()
        return len(self._actions) / (time.process_time() - began)
