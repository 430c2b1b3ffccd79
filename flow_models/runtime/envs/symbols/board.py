"""The graph of one instance as the symbolic interface sees it: nodes as integers and masks, events by number."""

from typing import TYPE_CHECKING

from ...machine.episodes import graph
from ...machine.episodes.graph import Edge, Graph
from ...machine.episodes.machine import Machine
from ...machine.pages.interruptions import Interference
from ...machine.pages.state import Start, State
from ..listing import Instance
from .encoding import Encoding, Mask
from .layout import Integers
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from ...machine.base.events import Event
    from ...machine.pages.view import View


class Node(graph.Node):
    """One state: what the agent sees there, what it may do, and what is known to follow."""

    __slots__ = ("mask", "observation")

    def __init__(self, state: State, reached: tuple[bool, ...], observation: Integers, mask: Mask) -> None:
        super().__init__(state, reached)
        self.observation = observation
        self.mask = mask


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
        self._graph = Graph(machine, start, self._made, infeasible=instance.infeasible)
        # By identity of the view, which is held, and by content; forgotten with the nodes.
        self._seen: dict[int, tuple[View, Integers, Mask, dict[int, Event]]] = {}
        self._masks: dict[bytes, Mask] = {}

    def __len__(self) -> int:
        return len(self._graph)

    def first(self, interference: Interference) -> Node:
        """Return where an episode begins in which this is to come between."""
        return self._graph.first(interference)

    def edge(self, node: Node, action: int) -> Edge:
        """Return what an action brings at a node."""
        view = self.machine.view(self.start, node.state)
        events = self._look(view)[3]
        event = events.get(action)
        if event is None:
            event = events[action] = self._encoding.event(action, view, self.vocabulary)
        return self._graph.after(node, event)

    def node(self, state: State, reached: tuple[bool, ...]) -> Node:
        """Return the node of a state, the one made earlier where there is one."""
        return self._graph.node(state, reached)

    def forget(self) -> int:
        """Forget all nodes and return how many they were; whoever stands on one can go on from it."""
        self._seen.clear()
        self._masks.clear()
        return self._graph.forget()

    def _made(self, state: State, reached: tuple[bool, ...]) -> Node:
        """Return a new node."""
        observation, mask = self._look(self.machine.view(self.start, state))[1:3]
        return Node(state, reached, observation, mask)

    def _look(self, view: "View") -> tuple["View", Integers, Mask, dict[int, "Event"]]:
        """Return a view as integers; many states look the same, and the machine gives them one view."""
        found = self._seen.get(id(view))
        if found is None:
            observation = self._encoding.observe(self.start.task, view, self.vocabulary)
            mask = self._encoding.mask(view, self.vocabulary)
            # Pages with the same controls have equal masks, which would take a third of all memory.
            mask = self._masks.setdefault(mask.tobytes(), mask)
            found = self._seen[id(view)] = (view, observation, mask, {})
        return found
