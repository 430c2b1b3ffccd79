"""The states of a bundle's instances, what is seen there and what follows, as arrays of integers.

A state has a row of edges: one for each action that its mask allows, in the order of their numbers, and before them one
for all that it forbids, which change nothing. An edge is one number, the state behind it and the number of what the
step brings (reward, end), or -1 as long as nobody has made the step. Equal masks stand there once; equal observations
are so rare that finding them would cost more than it saves.
"""

import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, NoReturn, Self

import numpy as np
import numpy.typing as npt

from ...machine.base.results import END_REASONS
from ...machine.episodes.edge import Edge
from ...machine.pages.interruptions import Interference
from ..bundle import Bundle
from ..given import as_at_least
from ..listing import Instance
from ..symbols.board import Board, Node
from ..symbols.boards import Boards
from .growing import Growing

STATES: Final = 200_000
"""States that tables hold over all instances, as many as have room in half a gigabyte.

One takes 2 to 3 KB with what the machine needs to go on from it.
"""

OF_INSTANCE: Final = 50_000
"""States of one instance that tables hold; what lies beyond is played step by step."""

OUTSIDE: Final = 0
"""The state of who plays step by step: it shows nothing, and nothing is known to follow."""

RESTING: Final = 1
"""The state of who waits for the next episode: every action leads back to it, and nothing is earned."""

UNKNOWN: Final = -1

OUTCOME_BITS: Final = 24
"""The low bits of an edge say what the step brings, the others which state is behind it."""

Ints = npt.NDArray[np.int64]


class FullTablesWarning(UserWarning):
    """Tables have no more room for new states."""


class Outcome(NamedTuple):
    """What a step brings besides the next state; see `Result`."""

    reward: float
    terminated: bool
    truncated: bool
    end_reason: str
    reward_parts: tuple[float, ...]


NOTHING: Final = Outcome(0.0, False, False, "", (0.0, 0.0, 0.0))


class Tables:
    """The tables of a bundle.

    Args:
        bundle: The exported package.
        states: How many states they hold at most.
        of_instance: How many of them may belong to one instance.

    Raises:
        BundleError: These are no whole numbers from 0.

    Attributes:
        bundle: The exported package.
        encoding: How pages become integers.
        edges: int64 by place, see above.
        firsts: int64 by state, the place of its first edge.
        ranks_at: int64 by state, where in `ranks` the row of its mask begins.
        ranks: int16, for each mask a row of one number for each action: the place of its edge behind the first.
        observations: int16 by state, shape (n, length).
        masks: int8 of shape (n, actions), and `bits` the same packed into bytes, the first action highest.
        nodes: The node of each state, from which the machine can go on.
        outcomes: What steps bring, by number; 0 is nothing.
        played: How many steps the machine has played to fill the tables.
        outside: How many steps were played outside of them, because there was no room.
    """

    def __init__(self, bundle: Bundle, states: int = STATES, of_instance: int = OF_INSTANCE) -> None:
        self.bundle = bundle
        self._boards = Boards.of(bundle)
        self._limits = (as_at_least(states, 0, "states"), as_at_least(of_instance, 0, "of_instance"))
        self.encoding = self._boards.encoding
        actions = self.encoding.actions
        self.edges = Growing(np.int64)
        self.firsts, self.ranks_at = Growing(np.int64), Growing(np.int64)
        self.ranks = Growing(np.int16, actions)
        self.observations = Growing(np.int16, self.encoding.length)
        self.masks, self.bits = Growing(np.int8, actions), Growing(np.uint8, (actions + 7) // 8)
        self.outcomes: list[Outcome] = []
        self.rewards, self.parts = Growing(np.float64), Growing(np.float64, 3)
        self.terminated, self.truncated, self.reasons = Growing(np.bool_), Growing(np.bool_), Growing(np.int64)
        self.played = self.outside = 0
        self._is_full = False
        self._outcome_numbers: dict[Outcome, int] = {}
        self._of_mask: dict[bytes, tuple[int, int]] = {}
        self.nodes: dict[int, Node] = {}
        self._board_of: dict[int, Board] = {}
        self._numbers: dict[Node, int] = {}
        self._held: Counter[Instance] = Counter()
        self._begun: dict[Instance, tuple[Board, dict[Interference, int]]] = {}
        self.outcome(NOTHING)
        for _ in (OUTSIDE, RESTING):
            self._add(np.zeros(self.encoding.length, np.int16), np.zeros(actions, np.int8))
        self.edges.array[self.firsts.array[RESTING]] = _packed(RESTING, 0)

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "Tables, and vectors that stand on them, belong to one process and cannot be pickled: call gym.make_vec in "
            "the other one"
        )

    def __len__(self) -> int:
        """Return how many states there are, those that are none included."""
        return self.firsts.size

    @property
    def nbytes(self) -> int:
        """How many bytes the tables take, without spare room, and without what the machine needs to go on."""
        return sum(table.used.nbytes for table in self._all())

    @classmethod
    def of(cls, bundle: Bundle) -> "Tables":
        """Return the tables of a bundle, the same for all vectors that play it."""
        return bundle.shared(cls)

    def start(self, instance: Instance, interference: Interference) -> int:
        """Return the state in which an episode begins, `OUTSIDE` if there is no room for it."""
        if instance not in self._begun:
            self._begun[instance] = (self._boards.made(instance), {})
        board, starts = self._begun[instance]
        found = starts.get(interference)
        if found is None:
            first = board.first(interference)
            found = self._number(board, first)
            if found == OUTSIDE:
                board.graph.drop(first)
            else:
                starts[interference] = found
        return found

    def fill(self, state: int, action: int) -> int:
        """Let the machine play an action that nobody has tried, and return its edge.

        Returns:
            The edge, `UNKNOWN` if there is no room for the state behind it.
        """
        place = self.place(state, action)
        found = int(self.edges.array[place])
        if found != UNKNOWN or state == OUTSIDE:
            return found
        board, node = self._board_of[state], self.nodes[state]
        edge = board.tried(node, self.observations.array[state], action)
        self.played += 1
        after = self._number(board, edge.node)
        if after == OUTSIDE:
            board.graph.drop(edge.node, node)
            return UNKNOWN
        found = self.edges.array[place] = _packed(after, self.outcome(outcome_of(edge)))
        return int(found)

    def place(self, state: int, action: int) -> int:
        """Return where the edge of an action stands."""
        rank = self.ranks.array.reshape(-1)[self.ranks_at.array[state] + action]
        return int(self.firsts.array[state] + rank)

    def outcome(self, outcome: Outcome) -> int:
        """Return the number of what a step brings."""
        number = self._outcome_numbers.get(outcome)
        if number is None:
            number = self._outcome_numbers[outcome] = self.rewards.append(outcome.reward)
            self.outcomes.append(outcome)
            self.parts.append(outcome.reward_parts)
            self.terminated.append(outcome.terminated)
            self.truncated.append(outcome.truncated)
            self.reasons.append(END_REASONS.index(outcome.end_reason))
        return number

    def mask_number(self, states: Ints) -> Ints:
        """Return the rows of states in `masks` and `bits`."""
        return self.ranks_at.array[states] // self.encoding.actions

    def _number(self, board: Board, node: Node) -> int:
        """Return the state of a node, `OUTSIDE` if there is no room for it."""
        number = self._numbers.get(node)
        if number is None:
            if len(self) > self._limits[0] + RESTING or self._held[board.instance] >= self._limits[1]:
                self._say_full()
                return OUTSIDE
            number = self._numbers[node] = self._add(node.observation, node.mask)
            self.nodes[number], self._board_of[number] = node, board
            self._held[board.instance] += 1
        node.clear()  # what is seen is written down here
        return number

    def _say_full(self) -> None:
        """Say once that there is no more room."""
        if not self._is_full:
            self._is_full = True
            states, of_instance = self._limits
            warnings.warn(
                f"Tables are full ({len(self):,} of {states:,} states, {of_instance:,} of an instance): new states are "
                "played step by step, which is slower; Tables(bundle, states=..., of_instance=...) holds more",
                FullTablesWarning,
                stacklevel=2,
            )

    def _add(self, observation: npt.NDArray[Any], mask: npt.NDArray[np.int8]) -> int:
        """Add a state and return its number."""
        row, legal = self._mask(mask)
        self.observations.append(observation)
        self.ranks_at.append(row * self.encoding.actions)
        return self.firsts.append(self.edges.extend(legal + 1, UNKNOWN))

    def _mask(self, mask: npt.NDArray[np.int8]) -> tuple[int, int]:
        """Return the row of a mask, and how many actions it allows."""
        key = mask.tobytes()
        found = self._of_mask.get(key)
        if found is None:
            self.bits.append(np.packbits(mask))
            self.masks.append(mask)
            row = self.ranks.append(np.where(mask, np.cumsum(mask, dtype=np.int16), 0))
            found = self._of_mask[key] = (row, int(mask.sum()))
        return found

    def _all(self) -> Iterator[Growing]:
        """Yield every table."""
        yield from (value for value in vars(self).values() if isinstance(value, Growing))


def outcome_of(edge: Edge) -> Outcome:
    """Return what an edge brings besides the next node."""
    parts = tuple(map(float, edge.reward_parts))
    return Outcome(edge.reward, edge.terminated, edge.truncated, edge.end_reason, parts)


def _packed(state: int, outcome: int) -> int:
    """Return an edge as one number."""
    return state << OUTCOME_BITS | outcome
