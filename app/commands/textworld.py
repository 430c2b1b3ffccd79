"""TextWorldExpress beside the text environment, in a Python that has it: another simulator of text, in Java.

Its steps are made in another process, whose processor time counts too, as far as the system tells it.
"""

import os
import random
import statistics
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.commands.lake import TURNS, Lake

PACKAGE: Final = "textworld_express"
GAME: Final = "cookingworld"
LIMIT: Final = 50
"""Steps of an episode."""

STEPS: Final = 5000
"""Steps of a turn; in the turn before the first, Java becomes warm."""

SEEDS: Final = 100


class TextWorldSpeed(NamedTuple):
    """Medians over the turns: steps a second, and the same as a part of FrozenLake's in the same turn."""

    speed: float
    ratio: float


def textworld_speed() -> TextWorldSpeed | None:
    """Measure random play of valid actions, whole episodes with resets; None where it is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    env = import_module(PACKAGE).TextWorldExpressEnv(envStepLimit=LIMIT)
    try:
        env.load(gameName=GAME, gameParams="")
        lake = Lake()
        _steps_a_second(env, 0)
        found = [(_steps_a_second(env, turn), lake.steps_a_second()) for turn in range(1, TURNS + 1)]
    finally:
        env.close()
    return TextWorldSpeed(
        statistics.median(speed for speed, _ in found), statistics.median(speed / theirs for speed, theirs in found)
    )


def _steps_a_second(env: Any, turn: int) -> float:
    """Return how fast random episodes are."""
    rng, steps, began = random.Random(turn), 0, _processor_time_s()
    while steps < STEPS:
        _, infos = env.reset(seed=rng.randrange(SEEDS), gameFold="train", generateGoldPath=False)
        is_over = False
        while not is_over:
            _, _, is_over, infos = env.step(rng.choice(infos["validActions"]))
            steps += 1
    return steps / (_processor_time_s() - began)


def _processor_time_s() -> float:
    """Return the processor time of this process and of those that it started, where the system lists them."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == os.getpid():
            ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK") if ticks else time.perf_counter()
