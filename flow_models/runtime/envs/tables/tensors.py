"""The same tables as tensors of torch, on any of its devices: a step of n episodes is a few look-ups there.

What the tables do not know yet is played and written down as ever, and what was added is sent after; where an episode
begins is chosen as ever too. There is no playing outside of the tables here: who runs out of room is told so. torch is
imported when somebody makes such a batch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import gymnasium as gym
import numpy as np

from ...machine.base.results import END_REASONS
from ..instances import InstanceChooser
from ..listing import BundleError
from .growing import Growing
from .starts import Starts
from .tables import OUTCOME_BITS, OUTSIDE, UNKNOWN, Ints, Tables

if TYPE_CHECKING:
    import torch

_OUTCOME = (1 << OUTCOME_BITS) - 1
_STEP_LIMIT = END_REASONS.index("step_limit")


class TensorStep(NamedTuple):
    """What a step brings, tensors of shape (n,) on the device.

    Attributes:
        states: int64, the state of each in the tables; where an episode ended, the one in which the next begins.
        last: int64, the state to which the step led, also where the episode ended there.
        rewards: float64.
        terminated, truncated: bool.
        reasons: int64, why each ended, the place in `END_REASONS`; 0 where it goes on.
    """

    states: "torch.Tensor"
    last: "torch.Tensor"
    rewards: "torch.Tensor"
    terminated: "torch.Tensor"
    truncated: "torch.Tensor"
    reasons: "torch.Tensor"


class _Mirror:
    """A growing table on a device."""

    def __init__(self, table: Growing, device: "torch.device") -> None:
        self._torch: Any = import_module("torch")
        self._table = table
        self._device = device
        self._sent = 0
        self.rows = self._whole()

    def send(self) -> None:
        """Send the rows that were added."""
        table = self._table
        if len(table.array) > len(self.rows):
            self.rows = self._whole()
        elif table.size > self._sent:
            self.rows[self._sent : table.size] = self._torch.from_numpy(table.array[self._sent : table.size]).to(
                self._device
            )
        self._sent = table.size

    def _whole(self) -> "torch.Tensor":
        """Return all rows and the spare ones."""
        self._sent = self._table.size
        tensor: torch.Tensor = self._torch.tensor(self._table.array, device=self._device)
        return tensor


class TensorBatch:
    """n episodes on tables on a device; where one ends, the next begins in the same step.

    Args:
        tables: The tables.
        chooser: Chooses what they play.
        count: How many there are.
        device: Such as `cuda`.

    Attributes:
        states: int64, where each stands.
        steps: int64, how many steps each has made.
    """

    def __init__(self, tables: Tables, chooser: InstanceChooser, count: int, device: "str | torch.device") -> None:
        self._torch: Any = import_module("torch")
        self.tables = tables
        self.count = count
        self.device: torch.device = self._torch.device(device)
        self._starts = Starts(tables, chooser, count)
        self._has_begun = False
        names = ("edges", "firsts", "ranks_at", "ranks", "observations", "masks", "bits")
        brought = ("rewards", "terminated", "truncated", "reasons")
        self._on = {name: _Mirror(getattr(tables, name), self.device) for name in (*names, *brought)}
        self.states, self.steps, self._limits = (self._zeros(count) for _ in range(3))

    def reset(self, seed: int) -> None:
        """Begin the first episodes that belong to a seed, in slot i to the seed + i."""
        self._has_begun = True
        for slot in range(self.count):
            self._starts.seed(slot, seed + slot)
        self._begin(self._torch.arange(self.count, device=self.device))

    def step(self, actions: "torch.Tensor") -> TensorStep:
        """Do an action in each episode; their numbers have shape (n,), int64, and are not checked.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
            BundleError: The tables have no more room.
        """
        if not self._has_begun:
            raise gym.error.ResetNeeded("Call reset(seed) before: no episode has begun yet")
        edges = self._edges(actions)
        last, outcomes = edges >> OUTCOME_BITS, edges & _OUTCOME
        self.steps += 1
        terminated, truncated = self._of("terminated")[outcomes], self._of("truncated")[outcomes]
        at_limit = (self.steps >= self._limits) & ~(terminated | truncated)
        truncated = truncated | at_limit
        reasons = self._of("reasons")[outcomes].masked_fill(at_limit, _STEP_LIMIT)
        self.states = last.clone()
        over = (terminated | truncated).nonzero()[:, 0]
        if len(over):
            self._begin(over)
        return TensorStep(self.states, last, self._of("rewards")[outcomes], terminated, truncated, reasons)

    def observations(self, states: "torch.Tensor | None" = None) -> "torch.Tensor":
        """Return what is seen in states, or by each now, int16 of shape (n, length)."""
        return self._of("observations")[self.states if states is None else states]

    def masks(self, states: "torch.Tensor | None" = None) -> "torch.Tensor":
        """Return which actions are allowed there, int8 of shape (n, actions), each 0 or 1."""
        return self._of("masks")[self._rows(states)]

    def bits(self, states: "torch.Tensor | None" = None) -> "torch.Tensor":
        """Return the same packed into bytes, uint8, the first action highest."""
        return self._of("bits")[self._rows(states)]

    def _rows(self, states: "torch.Tensor | None") -> "torch.Tensor":
        """Return the numbers of the masks of states."""
        return self._of("ranks_at")[self.states if states is None else states] // self.tables.encoding.actions

    def _edges(self, actions: "torch.Tensor") -> "torch.Tensor":
        """Return the edges of actions, which the machine plays first where nobody has."""
        ranks = self._of("ranks").view(-1)[self._of("ranks_at")[self.states] + actions]
        places = self._of("firsts")[self.states] + ranks
        edges = self._of("edges")[places]
        unknown = (edges == UNKNOWN).nonzero()[:, 0]
        if len(unknown):
            pairs = self._torch.stack([self.states[unknown], actions[unknown]]).tolist()
            played = [self._played(*pair) for pair in zip(*pairs, strict=True)]
            found = self._torch.tensor(played, device=self.device)
            self._send()
            edges[unknown] = self._of("edges")[places[unknown]] = found
        return edges

    def _played(self, state: int, action: int) -> int:
        """Let the machine play a step."""
        edge = self.tables.fill(state, action)
        if edge == UNKNOWN:
            raise self._full()
        return edge

    def _begin(self, slots: "torch.Tensor") -> None:
        """Begin the next episodes of slots."""
        begun = self._starts.begin(slots.cpu().numpy())
        if (begun.states == OUTSIDE).any():
            raise self._full()
        self._send()
        self.states[slots] = self._told(begun.states)
        self._limits[slots] = self._told(self._starts.facts[begun.instances, 2])
        self.steps[slots] = 0

    def _full(self) -> BundleError:
        """Return the refusal to go on without room."""
        return BundleError(
            f"The tables are full at {len(self.tables)} states: make them with more room, as "
            "Tables(bundle, states=..., of_instance=...), or play fewer instances"
        )

    def _send(self) -> None:
        """Send what was added to the tables."""
        for mirror in self._on.values():
            mirror.send()

    def _of(self, name: str) -> "torch.Tensor":
        """Return a table on the device."""
        return self._on[name].rows

    def _told(self, numbers: Ints) -> "torch.Tensor":
        """Return numbers on the device."""
        told: torch.Tensor = self._torch.from_numpy(np.ascontiguousarray(numbers)).to(self.device)
        return told

    def _zeros(self, count: int) -> "torch.Tensor":
        """Return zeros on the device."""
        zeros: torch.Tensor = self._torch.zeros(count, dtype=self._torch.int64, device=self.device)
        return zeros
