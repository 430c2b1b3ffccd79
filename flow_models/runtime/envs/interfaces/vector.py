"""Many episodes of the symbolic interface side by side, on tables: what `gymnasium.make_vec` gives.

Episode k of slot i is the one that a single environment with the seed of the slot plays: states, rewards, ends, masks
and infos are the same, so nothing has to be learnt anew. Whoever needs neither Gymnasium's spaces nor its infos steps
`batch`, which is many times faster.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from ...machine.episodes.variation import Variation
from ..bundle import Bundle, as_bundle
from ..given import as_options, as_seed, as_whole
from ..instances import InstanceChooser
from ..listing import BundleError
from ..symbols.layout import Layout
from ..tables.batch import Batch, Ended
from ..tables.tables import Tables
from .symbolic import SymbolicEnv

Observations = dict[str, npt.NDArray[Any]]
Infos = dict[str, Any]


class SymbolicVectorEnv(VectorEnv[Observations, npt.NDArray[np.int64], npt.NDArray[Any]]):
    """n symbolic environments as one.

    Task, Actions, Answers, Rewards, End of episode:
        As in `SymbolicEnv`, of which the spaces and infos are those of n.

    Observations:
        `observations` of shape (n, length) and `action_mask` of shape (n, actions).

    Start:
        `reset(seed=s)` gives slot i the seed s + i; a list gives each its own, where None goes on in the present
        sequence. `options` are those of a single environment, for all slots, and `reset_mask`, bool of shape (n,),
        which says what begins.

    Autoreset:
        `autoreset_mode`, see Gymnasium: the next episode begins at the next step, which does nothing else; at once,
        with `final_obs` and `final_info`; or with `reset` alone.

    Args:
        bundle: The exported package or its folder.
        tasks: The tasks to play; several are mixed by weight.
        num_envs: How many there are.
        split: See `InstanceChooser`.
        variation: See `InstanceChooser`.
        render_mode: None, for there is nothing to look at.
        autoreset_mode: See above.
        dtype: Of `observations`.
        tables: Those of the bundle, with other bounds than usual, say; without them all vectors of a bundle share some.

    Attributes:
        batch: The episodes, for whoever steps them without spaces and infos.

    Raises:
        BundleError: A task, split, variation or mode does not exist, or the tables are those of something else.
    """

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        num_envs: int = 1,
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
        *,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        dtype: Literal["int32", "float32"] = "int32",
        tables: Tables | None = None,
    ) -> None:
        bundle = as_bundle(bundle)
        count, mode = as_whole(num_envs), _as_mode(autoreset_mode)
        if count is None or count < 1:
            raise BundleError(f"A vector has a whole number of environments from 1, not {num_envs!r}")
        single = SymbolicEnv(bundle, tasks, split, variation, render_mode, dtype=dtype)
        self._dtype = np.dtype(dtype).type
        self._has_seed = np.zeros(count, np.bool_)
        self.num_envs = count
        self.metadata = {**single.metadata, "autoreset_mode": mode}
        self.single_action_space = single.action_space
        self.single_observation_space = single.observation_space
        self.action_space = batch_space(single.action_space, count)
        self.observation_space = batch_space(single.observation_space, count)
        self._chooser = InstanceChooser(bundle, tasks, split, variation)
        self.batch = Batch(_as_tables(tables, bundle), self._chooser, count, mode)

    @property
    def bundle(self) -> Bundle:
        """The exported package."""
        return self.batch.tables.bundle

    @property
    def layout(self) -> Layout:
        """Where each number of observations and actions stands, of which kind it is, and how many values it has."""
        return self.batch.tables.encoding.layout

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observations, Infos]:
        """Begin episodes.

        Raises:
            gymnasium.error.Error: The seeds do not fit.
            BundleError: The options name something that does not exist.
        """
        seeds = self._seeds(seed)
        told = dict(as_options(options))
        slots = np.flatnonzero(_as_reset_mask(told.pop("reset_mask", None), self.num_envs))
        super().reset(seed=as_seed(next(iter(seeds), None)))
        for slot in slots.tolist():
            self._give_seed(slot, seeds[slot])
        self.batch.begin(slots, told)
        return self._seen(), self._infos(slots)

    def step(
        self, actions: npt.NDArray[np.int64]
    ) -> tuple[Observations, npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_], Infos]:
        """Do an action in each episode.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or an episode has ended that begins no new one.
            gymnasium.error.InvalidAction: An action is no number of one; nothing has changed.
        """
        if not self._has_seed.all():
            raise gym.error.ResetNeeded("Call reset() before using the environment: no episode has begun yet")
        stepped = self.batch.step(actions)
        infos = self._infos(np.arange(self.num_envs))
        if self.batch.ended is not None:
            infos.update(self._final(self.batch.ended))
        return self._seen(), stepped.rewards.copy(), stepped.terminated.copy(), stepped.truncated.copy(), infos

    def action_masks(self) -> npt.NDArray[np.bool_]:
        """Return which actions name something present and enabled, shape (n, actions), dtype bool."""
        return self.batch.masks().astype(np.bool_)

    def tensors(self, device: Any) -> Any:
        """Return a `TensorBatch`: as many episodes of the same tasks on the same tables on a device of torch."""
        tensors = import_module("..tables.tensors", __package__)  # it needs torch
        return tensors.TensorBatch(self.batch.tables, self._chooser, self.num_envs, device)

    def _seeds(self, seed: int | Sequence[int | None] | None) -> list[int | None]:
        """Return the seed of each slot."""
        if seed is None or as_whole(seed) is not None:
            first = as_seed(seed)
            return [None if first is None else first + slot for slot in range(self.num_envs)]
        seeds = list(seed) if isinstance(seed, Sequence | np.ndarray) else []
        if len(seeds) != self.num_envs:
            raise gym.error.Error(f"Seeds are one number, or one for each of {self.num_envs} slots, not {seed!r}")
        return [as_seed(one) for one in seeds]

    def _give_seed(self, slot: int, seed: int | None) -> None:
        """Begin a sequence of episodes; None goes on in the present one if there is one."""
        if seed is None and self._has_seed[slot]:
            return
        self.batch.seed(slot, int(self.np_random.integers(2**62)) if seed is None else seed)
        self._has_seed[slot] = True

    def _seen(self) -> Observations:
        """Return what all see; the arrays are the caller's."""
        return {"observations": self.batch.observations().astype(self._dtype), "action_mask": self.batch.masks()}

    def _infos(self, slots: npt.NDArray[np.int64]) -> Infos:
        """Return the infos of slots as Gymnasium puts them together, zeros for the others."""
        facts = {**self.batch.facts(slots), "action_mask": self.batch.masks()[slots]}
        return _joined(facts, slots, self.num_envs)

    def _final(self, ended: Ended) -> Infos:
        """Return what the infos say of episodes that ended before others began."""
        seen, masks = self.batch.shown(ended)
        last = np.full(self.num_envs, None, object)
        for place, slot in enumerate(ended.slots.tolist()):
            last[slot] = {"observations": seen[place].astype(self._dtype), "action_mask": masks[place].copy()}
        there = np.zeros(self.num_envs, np.bool_)
        there[ended.slots] = True
        joined = _joined({**ended.facts, "action_mask": masks}, ended.slots, self.num_envs)
        return {"final_obs": last, "_final_obs": there, "final_info": joined, "_final_info": there.copy()}


def _joined(facts: Mapping[str, npt.NDArray[Any]], slots: npt.NDArray[np.int64], count: int) -> Infos:
    """Return facts of slots in arrays over all of them, zeros elsewhere, with which slots each is known of."""
    there = np.zeros(count, np.bool_)
    there[slots] = True
    joined: Infos = {}
    for name, told in facts.items():
        spread = told if len(slots) == count else np.zeros((count, *told.shape[1:]), told.dtype)
        if spread is not told:
            spread[slots] = told
        joined[name], joined[f"_{name}"] = spread, there.copy()
    return joined


def _as_mode(value: object) -> AutoresetMode:
    """Return what follows an end.

    Raises:
        BundleError: There is no such mode.
    """
    try:
        return AutoresetMode(value)
    except ValueError:
        known = ", ".join(repr(mode.value) for mode in AutoresetMode)
        raise BundleError(f"There is no autoreset mode {value!r}; there are {known}") from None


def _as_tables(value: object, bundle: Bundle) -> Tables:
    """Return the tables to play on, those that all vectors of the bundle share if nothing is said.

    Raises:
        BundleError: They are none, or those of another package.
    """
    if value is None:
        return Tables.of(bundle)
    if not isinstance(value, Tables) or value.bundle.hash != bundle.hash:
        raise BundleError(f"`tables` are Tables(envs.unwrapped.bundle, ...) of the same package, not {value!r}")
    return value


def _as_reset_mask(value: object, count: int) -> npt.NDArray[np.bool_]:
    """Return which episodes begin, all if nothing is said.

    Raises:
        BundleError: It is no array of truth values, one for each, of which one holds.
    """
    if value is None:
        return np.ones(count, np.bool_)
    if not isinstance(value, np.ndarray) or value.shape != (count,) or value.dtype != np.bool_ or not value.any():
        raise BundleError(f"`reset_mask` is an array of {count} truth values, at least one of them True, not {value!r}")
    return value
