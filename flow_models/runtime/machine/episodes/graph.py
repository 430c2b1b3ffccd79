"""The states of one instance as a graph that is filled while somebody walks it: what follows is computed once.

A node is a state together with the milestones already paid; `Machine.key` says which states are the same. The step
limit is not part of a node: whoever walks the graph counts the steps. What comes between in a variant is part of the
state, so all variants of an instance are in one graph, and meet where it is over. How a node looks is not here: the
interfaces are views of it.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ..base.events import Event
from ..base.results import Result
from ..pages.interruptions import NO_INTERFERENCE, Interference, comes_by_steps
from ..pages.state import Start, State
from .episode import Episode

if TYPE_CHECKING:
    from .machine import Machine


class Edge(NamedTuple):
    """What an event brings: the node behind it, and the result, which all edges with an equal one share."""

    node: Any
    result: Result

    @property
    def reward(self) -> float:
        """The sum of the reward's parts."""
        return self.result.reward

    @property
    def terminated(self) -> bool:
        """Whether the task is over."""
        return self.result.terminated

    @property
    def truncated(self) -> bool:
        """Whether the episode is broken off; the step limit is counted by whoever walks."""
        return self.result.truncated

    @property
    def end_reason(self) -> str:
        """Why it ends there, empty if it goes on."""
        return self.result.end_reason

    @property
    def reward_parts(self) -> tuple[float, ...]:
        """The parts of the reward, in the order of `REWARD_PARTS`."""
        return self.result.reward_parts


class Node:
    """One state, the milestones paid there, and what is known to follow."""

    __slots__ = ("edges", "reached", "state")

    def __init__(self, state: State, reached: tuple[bool, ...]) -> None:
        self.state = state
        self.reached = reached
        self.edges: dict[Event, Edge] = {}


N = TypeVar("N", bound=Node)


class Graph(Generic[N]):
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        start: Where the instance begins.
        make: Makes a node of a state and the milestones paid.
        infeasible: Whether the instance is known to be impossible.
        remembers: Whether states with another history or other carets are others, as for whoever can go back or press
            keys.
    """

    def __init__(
        self,
        machine: "Machine",
        start: Start,
        make: Callable[[State, tuple[bool, ...]], N],
        *,
        infeasible: bool = False,
        remembers: bool = False,
    ) -> None:
        self.machine = machine
        self.start = start
        self._make = make
        self._remembers = remembers
        self._counts = machine.counts_steps(start.task)
        self._begun = Episode(machine, start, infeasible=infeasible, has_limit=False)
        # By `_key`; whoever holds the graph bounds it and calls `forget`. What somebody has done before is looked up:
        # without that symbolic play takes four times as long and more.
        self._nodes: dict[Hashable, N] = {}
        # By content, a few for each task, gone with the graph.
        self._results: dict[Result, Result] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def first(self, interference: Interference = NO_INTERFERENCE) -> N:
        """Return where an episode begins in which this is to come between."""
        state = self.start.state
        if interference is not NO_INTERFERENCE:
            state = state.replaced(interference=interference)
        return self.node(state, self._begun.reached)

    def after(self, node: N, event: Event) -> Edge:
        """Return what an event brings at a node."""
        edge = node.edges.get(event)
        if edge is None:
            edge = node.edges[event] = self._played(node, event)
        return edge

    def node(self, state: State, reached: tuple[bool, ...]) -> N:
        """Return the node of a state, the one made earlier where there is one."""
        key = self._key(state, reached)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._make(state, reached)
        return node

    def forget(self) -> int:
        """Forget all nodes and return how many they were; whoever stands on one can go on from it."""
        count = len(self._nodes)
        for node in self._nodes.values():
            # Else whoever stands on one of them would hold all that can be reached from there.
            node.edges.clear()
        self._nodes.clear()
        return count

    def _played(self, node: N, event: Event) -> Edge:
        """Let the machine play an event."""
        episode = self._begun.at(node.state, node.reached)
        result = episode.step(event)
        return Edge(self.node(episode.state, episode.reached), self._results.setdefault(result, result))

    def _key(self, state: State, reached: tuple[bool, ...]) -> Hashable:
        """Return what tells nodes apart."""
        key = (self.machine.key(self.start, state), reached)
        interference = state.interference
        steps = state.steps if self._counts else -1
        if not interference.is_shown and comes_by_steps(interference):
            steps = max(steps, min(state.steps, interference.waits))
        if not self._remembers:
            return (*key, steps) if steps >= 0 else key
        return (*key, steps, state.history, state.position, state.carets)
