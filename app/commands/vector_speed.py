"""Speed of the vector of symbolic episodes on tables, in turns with FrozenLake.

What is measured is warm: the same seeds and random legal actions were played once before, so that every step is a
look-up; how long filling took stands beside it, and what a new episode costs. Time is that of the processor.
"""

import statistics
import time
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode

from app.commands.lake import TURNS, Lake
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.instances import InstanceChooser
from flow_models.runtime.envs.tables.batch import Batch
from flow_models.runtime.envs.tables.tables import Tables

ROOM: Final = 10**6
"""States for which there is room: all that are met."""


class VectorSpeed(NamedTuple):
    """Medians over the turns.

    Attributes:
        states: Steps a second for next state, reward, flags and state number.
        seen: The same with an int16 observation and a mask packed into bits.
        lake: Steps a second of FrozenLake.
        fill_s: Seconds in which the tables were filled.
        megabytes: What they take, without what the machine needs to go on from each state.
        held: States that they hold.
        begin_us: Millionths of a second that choosing a new episode takes, its instance being drawn already.
    """

    states: float
    seen: float
    lake: float
    fill_s: float
    megabytes: float
    held: int
    begin_us: float


def vector_speed(bundle: Bundle, *, count: int, steps: int) -> VectorSpeed:
    """Measure.

    Args:
        bundle: What is played.
        count: How many episodes run side by side.
        steps: How many steps each makes.
    """
    tables = Tables(bundle, ROOM, ROOM)
    batch = Batch(tables, InstanceChooser(bundle, bundle.task_names, "train"), count, AutoresetMode.SAME_STEP)
    _begin(batch)
    begin_us = 1e6 * _seconds(lambda: batch.begin(np.arange(count))) / count
    _begin(batch)
    actions, fill_s = _filled(batch, steps)
    found: list[tuple[float, float, float]] = []
    lake = Lake()
    for _ in range(TURNS):
        told = [_replayed(batch, actions, is_seen=is_seen) for is_seen in (False, True)]
        found.append((told[0], told[1], lake.steps_a_second()))
    states, seen, reference = (statistics.median(column) for column in zip(*found, strict=True))
    return VectorSpeed(states, seen, reference, fill_s, tables.nbytes / 1e6, len(tables), begin_us)


def _begin(batch: Batch) -> None:
    """Begin the first episode of the seed of each slot."""
    for slot in range(batch.count):
        batch.seed(slot, slot)
    batch.begin(np.arange(batch.count))


def _filled(batch: Batch, steps: int) -> tuple[list[npt.NDArray[np.int64]], float]:
    """Play random legal actions and return them, with the seconds that the steps took."""
    rng, actions, taken = np.random.default_rng(0), [], 0.0
    for _ in range(steps):
        chosen = _legal(batch, rng)
        actions.append(chosen)
        taken += _seconds(lambda chosen=chosen: batch.step(chosen))  # type: ignore[misc]
    return actions, taken


def _legal(batch: Batch, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return a random legal action for each episode."""
    rows, luck = batch.tables.mask_number(batch.states), rng.random(batch.count)
    chosen = np.zeros(batch.count, np.int64)
    for row in np.unique(rows).tolist():
        legal, slots = np.flatnonzero(batch.tables.masks.array[row]), np.flatnonzero(rows == row)
        chosen[slots] = legal[(luck[slots] * len(legal)).astype(np.int64)]
    return chosen


def _replayed(batch: Batch, actions: list[npt.NDArray[np.int64]], *, is_seen: bool) -> float:
    """Return steps a second of what was played before."""
    tables = batch.tables
    observations = np.zeros((batch.count, tables.encoding.length), np.int16)
    bits = np.zeros((batch.count, tables.bits.array.shape[1]), np.uint8)
    _begin(batch)

    def play() -> None:
        for chosen in actions:
            batch.step(chosen)
            if is_seen:
                batch.observations(observations)
                batch.bits(bits)

    return batch.count * len(actions) / _seconds(play)


def _seconds(action: Callable[[], object]) -> float:
    """Return the processor's seconds that something takes."""
    began = time.process_time()
    action()
    return time.process_time() - began
