"""Graphs that are kept as long as all together hold no more than there is room for: symbolic boards, graphs of texts.

What counts as how much, and what a graph can spare, the graphs say.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Bounded(Protocol):
    """A graph in a set.

    Attributes:
        is_kept: Whether it is in the set; whoever plays on one that was forgotten goes on alone.
    """

    is_kept: bool

    def thin(self) -> int:
        """Forget what can be spared and return how much it was."""

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""


K = TypeVar("K", bound=Hashable)
G = TypeVar("G", bound=Bounded)


class GraphSet(Generic[K, G]):
    """Graphs by what they belong to.

    Args:
        limit: How much they hold at most.
        most: How many there are at most; None for as many as have room.

    Attributes:
        held: How much they hold.
    """

    def __init__(self, limit: int, most: int | None = None) -> None:
        self._limit = limit
        self._most = most
        self._graphs: OrderedDict[K, G] = OrderedDict()
        self.held = 0

    def begun(self, key: K) -> G | None:
        """Return a graph on which somebody begins, None if there is none."""
        found = self._graphs.get(key)
        if found is not None:
            self._graphs.move_to_end(key)
        return found

    def put(self, key: K, graph: G) -> G:
        """Put an empty graph into the set and return it."""
        self._graphs[key] = graph
        graph.is_kept = True
        if self._most is not None and len(self._graphs) > self._most:
            self._forget_oldest(graph)
        return graph

    def grown(self, graph: G, count: int) -> None:
        """Take note that a graph holds so much more, if it is in the set, and forget what is too much."""
        if graph.is_kept:
            self.held += count
            if self.held > self._limit:
                self._make_room(graph)

    def _make_room(self, growing: G) -> None:
        """Make a quarter of the room free: forget what can be spared, then the graphs begun longest ago."""
        enough = self._limit * 3 // 4
        for graph in self._graphs.values():
            self.held -= graph.thin()
            if self.held <= enough:
                return
        while self.held > enough:
            self._forget_oldest(growing)

    def _forget_oldest(self, growing: G) -> None:
        """Forget what the graph begun longest ago holds; it stays in the set if it is the one that grows now."""
        key, oldest = self._graphs.popitem(last=False)
        self.held -= oldest.forget()
        oldest.is_kept = oldest is growing
        if oldest.is_kept:
            self._graphs[key] = oldest
