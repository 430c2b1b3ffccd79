"""An attempt that looks up what another attempt at the same instance has done before: an `Episode` on a graph.

Nodes stand for states whatever way led there, so what a way leaves behind is the player's own: the step count, the
browser's history, and when the site last answered and a page was entered. An edge says how a step changes them. What
reads the history, going back and forward, is played by the machine.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ..base.events import Event
from ..base.results import Result
from ..pages.state import Carets, Start, State, Visited
from ..steps.turns import HISTORY_LIMIT
from .edge import Edge
from .episode import Episode
from .graph import Graph, Node
from .saved import Standing

if TYPE_CHECKING:
    from ..pages.view import View
    from .machine import Machine

LONG: Final = 1000
"""Characters of an event's text above which nothing is kept of it."""

_TRAVELS: Final = frozenset({"back", "forward"})


class EpisodeGraph(Graph[Node]):
    """The visited states of an instance in one variant, for whoever can go back and press keys; all of them are kept.

    Args:
        machine: The machine of the program.
        start: Where the instance begins.
        infeasible: Whether the instance is known to be impossible.
    """

    def __init__(self, machine: "Machine", start: Start, *, infeasible: bool = False) -> None:
        super().__init__(machine, start, Node, infeasible=infeasible, remembers=True)

    def gone(self, node: Node, event: Event) -> Edge:
        """Return what an event brings at a node, where nobody has done it before."""
        edge = self.after(node, event)
        kept = self._kept(edge.node)
        if kept is not edge.node:
            edge = Edge(kept, edge.result, edge.aftermath)
        # All edges, also those that are ways: finding by which way one goes takes longer than the step.
        self._note(node, event, edge)
        return edge


class GraphEpisode(Episode):
    """An attempt whose steps are looked up where there is a graph on which somebody has made them before.

    Args:
        machine: The machine that plays it.
        start: The instance.
        graph: Returns the graph of an instance, given whether it is impossible; None for one without.
        infeasible: Whether the instance is known to be impossible, so that reporting it is right.
    """

    _graph: EpisodeGraph | None
    _node: Any
    _is_ahead: bool
    _steps: int
    _answered_at: int
    _entered: int
    _dialog_entered: int
    _history: tuple[Visited, ...]
    _position: int

    def __init__(
        self,
        machine: "Machine",
        start: Start,
        graph: Callable[[Start, bool], EpisodeGraph | None],
        *,
        infeasible: bool = False,
    ) -> None:
        self._graph_of = graph
        super().__init__(machine, start, infeasible=infeasible)

    @property
    def graph(self) -> EpisodeGraph | None:
        """The graph, None where every step is played by the machine."""
        return self._graph

    @property
    def node(self) -> Any:
        """The node of the graph, None without one; where that was forgotten, the one that is kept now."""
        if self._node is not None and not self._node.is_kept:
            self._state, self._is_ahead = self.state, False
            self._stand()
        return self._node

    @property
    def state(self) -> State:
        """The present state; made when somebody asks."""
        if self._is_ahead:
            self._state, self._is_ahead = self._whole(), False
        return self._state

    @property
    def carets(self) -> Carets:
        """What is selected in the boxes of the page."""
        return self._state.carets if self._node is None else self._node.carets

    @property
    def view(self) -> "View":
        """What the page shows now."""
        return self.machine.view(self._start, self._state if self._node is None else self._node.state)

    @property
    def steps(self) -> int:
        """How many steps have been made."""
        return self._steps if self._is_ahead else self._state.steps

    def step(self, event: Event) -> Result:
        """Play one event.

        Raises:
            MachineError: The episode has ended.
        """
        graph = self._graph
        if graph is None or self._end_reason or event.kind in _TRAVELS or len(event.value) > LONG:
            return self._played(event)
        node = self.node
        # Asked of the node itself: this is most of a step that somebody has made before.
        edge = None if node.edges is None else node.edges.get(event)
        if edge is None:
            edge = graph.gone(node, event)
        result: Result = edge.result
        if result.end_reason == "environment_error":
            return self._played(event)
        self._log.append(event)
        self._go(edge)
        if self._steps >= self._rules.max_steps and not result.end_reason:
            result = result._replace(truncated=True, end_reason="step_limit")
        self._end_reason = result.end_reason
        return result

    def _go(self, edge: Edge) -> None:
        """Stand where an edge leads, and take note of what it leaves behind."""
        self._node, self._reached, self._is_ahead = edge.node, edge.node.reached, True
        steps = self._steps = self._steps + 1
        aftermath = edge.aftermath
        if aftermath is None:
            return
        if aftermath.is_answered:
            self._answered_at = steps
        if aftermath.is_page_entered:
            self._entered = steps
        if aftermath.is_dialog_entered:
            self._dialog_entered = steps
        if aftermath.visited is not None:
            before = self._history[: self._position + aftermath.is_behind]
            if aftermath.is_push:
                self._history = (*before, *aftermath.visited)[-HISTORY_LIMIT:]
                self._position = len(self._history) - 1
            else:
                self._history = (*before, *aftermath.visited, *self._history[self._position + 1 :])

    def _whole(self) -> State:
        """Return the node's state as it is for whoever has come this way."""
        state: State = self._node.state
        base, dialog = state.base, state.dialog
        if dialog is not None and dialog.entered != self._dialog_entered:
            dialog = dialog._replace(entered=self._dialog_entered)
        new = state.replaced(
            base=base if base.entered == self._entered else base._replace(entered=self._entered),
            dialog=dialog,
            history=self._history,
            position=self._position,
            steps=self._steps,
            answered=self._answered_at,
        )
        new.known_view = state.known_view
        return new

    def type(self, texts: dict[str, str]) -> None:
        """Take over drafts that a browser holds, by field name; this is no step."""
        super().type(texts)
        self._stand()

    def copy(self) -> "GraphEpisode":
        """Return an attempt that goes its own way from here; the graph is shared."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._log = list(self._log)
        return other

    def _played(self, event: Event) -> Result:
        """Let the machine play an event."""
        self._state = self.state
        result = super().step(event)
        self._stand()
        return result

    def _take_place(self, standing: Standing) -> None:
        """Remember what another attempt did, instead of one's own."""
        self._graph = self._graph_of(standing.start, standing.infeasible)
        self._node, self._is_ahead = None, False
        super()._take_place(standing)
        self._stand()

    def _stand(self) -> None:
        """Find the node of the present state, if there is a graph."""
        if self._graph is not None:
            self._node = self._graph.node(self._state, self._reached)
            state = self._state
            self._steps, self._answered_at, self._entered = state.steps, state.answered, state.base.entered
            self._dialog_entered = 0 if state.dialog is None else state.dialog.entered
            self._history, self._position = state.history, state.position
