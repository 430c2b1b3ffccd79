"""n episodes side by side on tables: a step of all of them is a few look-ups.

What Gymnasium's spaces and infos ask for is not here (`interfaces.vector`); this is what trains fastest. Arrays that a
step returns are used again by the next one.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode

from ...machine.base.results import END_REASONS
from ..instances import InstanceChooser
from ..symbols.board import Node
from ..symbols.boards import BoardEpisode, Boards
from .starts import Begun, Starts
from .tables import OUTCOME_BITS, OUTSIDE, RESTING, UNKNOWN, Ints, Tables, outcome_of

_OUTCOME: Final = (1 << OUTCOME_BITS) - 1
_STEP_LIMIT: Final = END_REASONS.index("step_limit")

_NEVER: Final = 2**62

Flags = npt.NDArray[np.bool_]


class Stepped(NamedTuple):
    """What a step of n episodes brings, arrays of shape (n,) that the next step overwrites.

    Attributes:
        states: int64, the state of each in the tables; where an episode ended, in the mode of the same step the one in
            which the next begins.
        rewards: float64.
        terminated, truncated: bool.
    """

    states: Ints
    rewards: npt.NDArray[np.float64]
    terminated: Flags
    truncated: Flags


class Ended(NamedTuple):
    """The episodes that the last step ended, where it began the next ones too: slots, states, nodes outside, infos."""

    slots: Ints
    states: Ints
    nodes: Mapping[int, Node]
    facts: Mapping[str, npt.NDArray[Any]]


class Batch:
    """n episodes on tables.

    Args:
        tables: The tables.
        chooser: Chooses what they play.
        count: How many there are.
        mode: What follows an end: the next episode at the next step, which does nothing else; at once; or nothing
            until it is asked for.

    Attributes:
        states: int64, where each stands; `OUTSIDE` where it is played step by step.
        steps: int64, how many steps each has made.
        over: bool, whether each has ended.
        ended: What the last step ended, where `mode` is `SAME_STEP`; else None.
    """

    def __init__(self, tables: Tables, chooser: InstanceChooser, count: int, mode: AutoresetMode) -> None:
        self.tables = tables
        self.count = count
        self.mode = mode
        self.states = np.full(count, RESTING, np.int64)
        self.steps = np.zeros(count, np.int64)
        self.over = np.ones(count, np.bool_)
        self.ended: Ended | None = None
        self._any_over = True
        self._boards = Boards.of(tables.bundle)
        self._starts = Starts(tables, chooser, count)
        self._outside: dict[int, BoardEpisode] = {}
        self._limits = np.zeros(count, np.int64)
        self._instances, self._variants = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self._outcomes = np.zeros(count, np.int64)
        self._at_limit = np.zeros(count, np.bool_)
        self._places, self._edges = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self._ranks = np.zeros(count, np.int16)
        self._rewards = np.zeros(count)
        self._terminated, self._truncated = np.zeros(count, np.bool_), np.zeros(count, np.bool_)

    def seed(self, slot: int, seed: int) -> None:
        """Let a slot's episodes follow from a seed, from its next one on."""
        self._starts.seed(slot, seed)

    def begin(self, slots: Ints, options: Mapping[str, Any] | None = None) -> None:
        """Begin the next episodes of slots.

        Args:
            slots: Their numbers.
            options: What is played instead of what seeds choose, see `InstanceChooser.chosen`.

        Raises:
            BundleError: The options name something that does not exist.
        """
        begun = self._starts.named(slots, options) if options else self._starts.begin(slots)
        self._put(slots, begun)
        for slot in slots[begun.states == OUTSIDE].tolist():
            instance = self._starts.listed[self._instances[slot]]
            self._outside[slot] = self._boards.episode(instance, self._starts.variant(slot, options))

    def step(self, actions: npt.NDArray[np.integer[Any]]) -> Stepped:
        """Do an action in each episode.

        Args:
            actions: Their numbers, shape (n,); where an episode begins instead, none is done.

        Raises:
            gymnasium.error.ResetNeeded: One has ended, and its next one has to be asked for.
            gymnasium.error.InvalidAction: They are no numbers of actions; nothing has changed.
        """
        actions = self._checked(actions)
        begin = self._before()
        self._look_up(actions)
        self._count()
        if begin is not None:
            self.begin(begin)
        self._after()
        return Stepped(self.states, self._rewards, self._terminated, self._truncated)

    def observations(self, out: npt.NDArray[np.int16] | None = None) -> npt.NDArray[np.int16]:
        """Return what each sees, int16 of shape (n, length)."""
        seen = self.tables.observations.array.take(self.states, axis=0, out=out, mode="clip")
        for slot, episode in self._outside.items():
            seen[slot] = episode.node.observation
        return seen

    def masks(self, out: npt.NDArray[np.int8] | None = None) -> npt.NDArray[np.int8]:
        """Return which actions each may do, int8 of shape (n, actions), each 0 or 1."""
        rows = self.tables.mask_number(self.states)
        allowed = self.tables.masks.array.take(rows, axis=0, out=out, mode="clip")
        for slot, episode in self._outside.items():
            allowed[slot] = episode.node.mask
        return allowed

    def bits(self, out: npt.NDArray[np.uint8] | None = None) -> npt.NDArray[np.uint8]:
        """Return the same packed into bytes, the first action highest (`numpy.unpackbits`)."""
        rows = self.tables.mask_number(self.states)
        packed = self.tables.bits.array.take(rows, axis=0, out=out, mode="clip")
        for slot, episode in self._outside.items():
            packed[slot] = np.packbits(episode.node.mask)
        return packed

    def shown(self, ended: Ended) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int8]]:
        """Return the last observations, shape (k, length), and masks, shape (k, actions), of episodes that ended."""
        seen = self.tables.observations.array[ended.states]
        allowed = self.tables.masks.array[self.tables.mask_number(ended.states)]
        for place, slot in enumerate(ended.slots.tolist()):
            if slot in ended.nodes:
                seen[place], allowed[place] = ended.nodes[slot].observation, ended.nodes[slot].mask
        return seen, allowed

    def facts(self, slots: Ints) -> dict[str, npt.NDArray[Any]]:
        """Return what infos say of slots, as the single environment does, a row each; the arrays are the caller's."""
        instances, outcomes = self._instances[slots], self._outcomes[slots]
        reasons = self.tables.reasons.array[outcomes]
        reasons[self._at_limit[slots]] = _STEP_LIMIT
        return {
            "end_reason": reasons,
            "reward_parts": self.tables.parts.array[outcomes],
            "task": self._starts.facts[instances, 0],
            "instance": self._starts.facts[instances, 1],
            "variant": self._variants[slots],
            "steps": self.steps[slots],
        }

    def _put(self, slots: Ints, begun: Begun) -> None:
        """Put slots where episodes begin."""
        for slot in slots.tolist() if self._outside else ():
            self._outside.pop(slot, None)
        self.states[slots] = begun.states
        self._instances[slots] = begun.instances
        self._variants[slots] = begun.variants
        self._limits[slots] = self._starts.facts[begun.instances, 2]
        self._outcomes[slots] = self.steps[slots] = 0
        self._at_limit[slots] = self.over[slots] = False
        self._any_over = bool(self.over.any())

    def _checked(self, actions: npt.NDArray[np.integer[Any]]) -> Ints:
        """Return actions as whole numbers."""
        try:
            wanted = np.asarray(actions)
        except ValueError:  # rows of several lengths
            wanted = np.zeros(0)
        if wanted.shape != (self.count,) or wanted.dtype.kind not in "iu":
            raise gym.error.InvalidAction(f"Actions are {self.count} whole numbers, not {actions!r}")
        if wanted.min() < 0 or wanted.max() >= self.tables.encoding.actions:
            most = self.tables.encoding.actions - 1
            raise gym.error.InvalidAction(f"An action is a whole number from 0 to {most}, not {actions!r}")
        return wanted.astype(np.int64, copy=False)

    def _before(self) -> Ints | None:
        """Let those rest that have ended, and return them where their next episodes begin now."""
        self.ended = None
        if not self._any_over:
            return None
        over = np.flatnonzero(self.over)
        if self.mode is not AutoresetMode.NEXT_STEP:
            raise gym.error.ResetNeeded(
                f"Call reset(): episode {over[0]} has ended; options={{'reset_mask': ...}} begins only those that have"
            )
        for slot in over.tolist() if self._outside else ():
            self._outside.pop(slot, None)
        self.states[over] = RESTING
        self._limits[over] = _NEVER
        return over

    def _look_up(self, actions: Ints) -> None:
        """Take the edges of actions."""
        tables = self.tables
        places = self._places
        tables.ranks_at.array.take(self.states, out=places, mode="clip")
        places += actions
        tables.ranks.array.reshape(-1).take(places, out=self._ranks, mode="clip")
        tables.firsts.array.take(self.states, out=places, mode="clip")
        places += self._ranks
        tables.edges.array.take(places, out=self._edges, mode="clip")
        if self._edges.min() < 0:
            for slot in np.flatnonzero(self._edges < 0).tolist():
                self._edges[slot] = self._played(slot, int(actions[slot]))
        np.right_shift(self._edges, OUTCOME_BITS, out=self.states)
        np.bitwise_and(self._edges, _OUTCOME, out=self._outcomes)

    def _count(self) -> None:
        """Count the step, and note what it brought and what it ended."""
        tables = self.tables
        self.steps += 1
        tables.rewards.array.take(self._outcomes, out=self._rewards, mode="clip")
        tables.terminated.array.take(self._outcomes, out=self._terminated, mode="clip")
        tables.truncated.array.take(self._outcomes, out=self._truncated, mode="clip")
        np.logical_or(self._terminated, self._truncated, out=self.over)
        np.greater_equal(self.steps, self._limits, out=self._at_limit)
        self._at_limit &= ~self.over
        self._truncated |= self._at_limit
        self.over |= self._at_limit

    def _after(self) -> None:
        """Begin the next episodes at once where that is the mode."""
        self._any_over = bool(self.over.any())
        if self._any_over and self.mode is AutoresetMode.SAME_STEP:
            slots = np.flatnonzero(self.over)
            nodes = {slot: self._outside[slot].node for slot in slots.tolist() if slot in self._outside}
            self.ended = Ended(slots, self.states[slots], nodes, self.facts(slots))
            self.begin(slots)

    def _played(self, slot: int, action: int) -> int:
        """Let the machine play a step that the tables do not know, and return its edge."""
        state = int(self.states[slot])
        if state != OUTSIDE:
            edge = self.tables.fill(state, action)
            if edge != UNKNOWN:
                return edge
            self._outside[slot] = self._gone_outside(slot, state)
        self.tables.outside += 1
        return OUTSIDE << OUTCOME_BITS | self.tables.outcome(outcome_of(self._outside[slot].step(action)))

    def _gone_outside(self, slot: int, state: int) -> BoardEpisode:
        """Return an episode that goes on step by step where the tables have no more room."""
        node = self.tables.nodes[state]
        episode = self._boards.episode(self._starts.listed[self._instances[slot]])
        episode.node = self._boards.node(episode.board, node.state, node.reached)
        episode.steps = int(self.steps[slot])
        return episode
