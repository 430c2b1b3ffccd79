"""The visited states of one instance as a graph that is filled while playing: what follows is computed once.

A node is a state together with the milestones already paid; `Machine.key` says which states are the same. The step
limit is not part of a node: whoever walks the graph counts the steps. What comes between in a variant is part of the
state, so all variants of an instance are on one board, and meet where it is over.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ...machine.episodes.episode import Episode
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import NO_INTERFERENCE, Interference
from ...machine.pages.state import Start, State
from ..listing import Instance
from .encoding import Encoding, Mask
from .layout import Integers
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ...machine.pages.view import View

Parts = npt.NDArray[np.float64]


class Edge(NamedTuple):
    """What an action brings: the node behind it, reward, and how the episode ends there (empty: it goes on)."""

    node: "Node"
    reward: float
    terminated: bool
    truncated: bool
    end_reason: str
    reward_parts: Parts


class Node:
    """One state: what the agent sees there, what it may do, and what is known to follow."""

    __slots__ = ("edges", "mask", "observation", "reached", "state")

    def __init__(self, state: State, reached: tuple[bool, ...], observation: Integers, mask: Mask) -> None:
        self.state = state
        self.reached = reached
        self.observation = observation
        self.mask = mask
        self.edges: dict[int, Edge] = {}


class Board:
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        instance: The instance, and `start` where it begins.
        encoding: How pages become integers.
        vocabulary: The values of the instance.
    """

    def __init__(
        self, machine: Machine, instance: Instance, start: Start, encoding: Encoding, vocabulary: Vocabulary
    ) -> None:
        self.vocabulary = vocabulary
        self.machine = machine
        self.instance = instance
        self.start = start
        self.max_steps = machine.rules(start.task).max_steps
        self._encoding = encoding
        self._begun = Episode(machine, start, infeasible=instance.infeasible, has_limit=False)
        # By `Machine.key` and the milestones paid; `Boards` bounds them and calls `forget`. Steps that somebody has
        # made before, kept on the nodes, are looked up: without that symbolic play takes four times as long and more.
        self._nodes: dict[Hashable, Node] = {}
        # By identity of the view, which is held, and by content; forgotten with the nodes.
        self._seen: dict[int, tuple[View, Integers, Mask]] = {}
        self._masks: dict[bytes, Mask] = {}
        # By content, a few for each task, gone with the board.
        self._parts: dict[tuple[float, ...], Parts] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def first(self, interference: Interference) -> Node:
        """Return where an episode begins in which this is to come between."""
        state = self.start.state
        if interference is not NO_INTERFERENCE:
            state = state.replaced(interference=interference)
        return self.node(state, self._begun.reached)

    def edge(self, node: Node, action: int) -> Edge:
        """Return what an action brings at a node."""
        edge = node.edges.get(action)
        if edge is None:
            edge = node.edges[action] = self._played(node, action)
        return edge

    def node(self, state: State, reached: tuple[bool, ...]) -> Node:
        """Return the node of a state, the one made earlier where there is one."""
        key = (self.machine.key(self.start, state), reached)
        node = self._nodes.get(key)
        if node is None:
            observation, mask = self._encoded(self.machine.view(self.start, state))
            node = self._nodes[key] = Node(state, reached, observation, mask)
        return node

    def forget(self) -> int:
        """Forget all nodes and return how many they were; whoever stands on one can go on from it."""
        count = len(self._nodes)
        for node in self._nodes.values():
            # Else whoever stands on one of them would hold all that can be reached from there.
            node.edges.clear()
        self._nodes.clear()
        self._seen.clear()
        self._masks.clear()
        return count

    def _played(self, node: Node, action: int) -> Edge:
        """Let the machine play an action."""
        episode = self._begun.at(node.state, node.reached)
        result = episode.step(self._encoding.event(action, episode.view, self.vocabulary))
        # Few different ones occur: an array for each edge would take a good part of its memory.
        parts = self._parts.setdefault(result.reward_parts, np.array(result.reward_parts, dtype=np.float64))
        after = self.node(episode.state, episode.reached)
        return Edge(after, result.reward, result.terminated, result.truncated, result.end_reason, parts)

    def _encoded(self, view: "View") -> tuple[Integers, Mask]:
        """Return a view as integers; many states look the same, and the machine gives them one view."""
        found = self._seen.get(id(view))
        if found is None:
            observation = self._encoding.observe(self.start.task, view, self.vocabulary)
            mask = self._encoding.mask(view, self.vocabulary)
            # Pages with the same controls have equal masks, which would take a third of all memory.
            mask = self._masks.setdefault(mask.tobytes(), mask)
            found = self._seen[id(view)] = (view, observation, mask)
        return found[1], found[2]
