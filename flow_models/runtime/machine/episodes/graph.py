"""The states of one instance as a graph that is filled while somebody walks it: what follows is computed once.

A node is a state together with the milestones already paid; `Machine.key` says which states are the same. The step
limit is not part of a node: whoever walks the graph counts the steps. What comes between in a variant is part of the
state, so all variants of an instance are in one graph, and meet where it is over. How a node looks is not here: the
interfaces are views of it.

Most states of a site differ only in what is typed on a page and where the focus is. They stand in one page node,
which knows what such a step leads to without playing it (`steps/drafts`); a node that is reached only so is made when
somebody comes, and kept once something else follows from it.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from ..base.errors import MachineError
from ..base.events import Event
from ..base.results import Result
from ..pages.interruptions import NO_INTERFERENCE, Interference, comes_by_steps
from ..pages.state import Carets, Focus, Start, State
from ..steps.drafts import PUTTING, Draft, Onward, drafted, leads_on, may_be_known, put, retyped, way_of
from .aftermath import Aftermath, forget_way, with_room
from .edge import Edge
from .episode import Episode
from .forgetting import swept, unlinked

if TYPE_CHECKING:
    from ..pages.view import View
    from .machine import Machine

NOTHING: Final = Event("noop")


class DataNode:
    """The states with the same data: whatever page they show.

    Attributes:
        reached: Which milestones have paid.
        idle: What a step brings that changes no data and says nothing; None where it has to be played.
        pages: By what tells pages apart.
        ways: Where links lead whatever is typed on their pages.
        arrivals: One of the ways to each place to which plain transitions lead, by `Onward.arrival`.
    """

    __slots__ = ("arrivals", "idle", "pages", "reached", "ways")

    def __init__(self, reached: tuple[bool, ...], idle: Result | None) -> None:
        self.reached = reached
        self.idle = idle
        self.pages: dict[Hashable, PageNode] = {}
        self.ways: dict[Hashable, Edge] = {}
        self.arrivals: dict[Hashable, Edge] = {}


class PageNode:
    """The states of a page that differ only in what is typed there and where the focus is.

    Attributes:
        graph: The graph to which they belong.
        data: The states with the same data.
        state: One of them, whose step count and history are those of whoever came first.
        idle: What a step brings that only types; None where it has to be played.
        nodes: The nodes that are kept, by what tells them apart.
        is_kept: Whether the graph still knows it; else it goes with whoever stands there.
        seen: What a view keeps of it.
    """

    __slots__ = ("data", "graph", "idle", "is_kept", "nodes", "seen", "state")

    def __init__(self, graph: "Graph[Any]", data: DataNode, state: State, idle: Result | None) -> None:
        self.graph = graph
        self.data = data
        self.state = state
        self.idle = idle
        self.nodes: dict[Hashable, Any] = {}
        self.is_kept = True
        self.seen: Any = None


class Node:
    """One state: what is typed and where the focus is on a page, what is known to follow, what a view keeps of it.

    Two nodes are equal if they stand for the same state on the same page; only those that are kept are one object.
    """

    __slots__ = ("_state", "carets", "edges", "fields", "focus", "is_kept", "is_used", "page", "seen")

    def __init__(self, page: PageNode, fields: tuple[str, ...], focus: Focus, carets: Carets) -> None:
        self.page = page
        self.fields = fields
        self.focus = focus
        self.carets = carets
        self.edges: dict[Event, Edge] | None = None
        self.is_kept = False
        self.is_used = True
        self.seen: Any = None
        self._state: State | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        return self is other or (self.page is other.page and self.key == other.key)

    def __hash__(self) -> int:
        return hash((id(self.page), self.key))

    @property
    def key(self) -> Hashable:
        """What tells it from the other nodes of its page."""
        return (self.fields, self.focus, self.carets)

    @property
    def reached(self) -> tuple[bool, ...]:
        """Which milestones have paid."""
        return self.page.data.reached

    @property
    def state(self) -> State:
        """The state; step count and history are those of whoever came first to its page."""
        if self._state is None:
            self._state = self.page.graph.retyped(self)
        return self._state

    def clear(self) -> None:
        """Let go of what is kept here: it is forgotten, or written down elsewhere."""
        self.edges = self.seen = None


N = TypeVar("N", bound=Node)


class Graph(Generic[N]):
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        start: Where the instance begins.
        made: The class of the nodes.
        look: Called with each new page node, for a view that keeps something there.
        infeasible: Whether the instance is known to be impossible.
        remembers: Whether states with other carets are others, and edges say what they leave behind, as for whoever
            can press keys and go back.

    Attributes:
        count: How many nodes and ways are kept.
    """

    def __init__(
        self,
        machine: "Machine",
        start: Start,
        made: Callable[[PageNode, tuple[str, ...], Focus, Carets], N],
        look: Callable[[PageNode], None] | None = None,
        *,
        infeasible: bool = False,
        remembers: bool = False,
    ) -> None:
        self.machine = machine
        self.start = start
        self._made = made
        self._look = look
        self._remembers = remembers
        self._clock = machine.follows_clock(start.task)
        self._begun = Episode(machine, start, infeasible=infeasible, has_limit=False)
        # By `_key`; whoever holds the graph bounds it and calls `forget`. What somebody has done before is looked up:
        # without that symbolic play takes four times as long and more.
        self._data_nodes: dict[Hashable, DataNode] = {}
        self.count = 0
        self._player = self._begun.copy()

    def __len__(self) -> int:
        """Return how many nodes and ways are kept."""
        return self.count

    def first(self, interference: Interference = NO_INTERFERENCE) -> N:
        """Return where an episode begins in which this is to come between."""
        state = self.start.state
        if interference is not NO_INTERFERENCE:
            state = state.replaced(interference=interference)
        return self.node(state, self._begun.reached)

    def node(self, state: State, reached: tuple[bool, ...]) -> N:
        """Return the node of a state, the one made earlier where there is one."""
        key = self._key(state, reached)
        data = self._data_nodes.get(key)
        if data is None:
            data = self._data_nodes[key] = self._made_data(state, reached)
        page_key = self.machine.page_key(state)
        page = data.pages.get(page_key)
        if page is None:
            page = data.pages[page_key] = self._paged(data, state)
        node = self._made(page, state.top.fields, state.focus, state.carets if self._remembers else ())
        return self._kept(node)

    def after(self, node: N, event: Event) -> Edge:
        """Return what an event brings at a node."""
        page = node.page
        if page.idle is not None:
            if event.kind in PUTTING:
                draft = self.draft(page, event)
                if draft is not None:
                    return self.typed(node, draft, draft.holds(put(event)), event.row)
            elif event == NOTHING:
                return Edge(node, page.idle)
        return self.followed(node, event, self.way(page, event))

    def way(self, page: PageNode, event: Event) -> Hashable:
        """Return by what it is known where an event leads from all nodes of a page alike, None if it may not."""
        if event.kind != "use" or page.idle is None:
            return None
        return way_of(self.machine.plan, self._view(page), page.state, event)

    def followed(self, node: N, event: Event, way: Hashable) -> Edge:
        """Return what an event brings that does not only put a text into a field; `way` is its own."""
        edge = None if way is None else node.page.data.ways.get(way)
        if edge is None:
            if node.edges is None:
                node = node.page.nodes.get(node.key, node)
            edge = None if node.edges is None else node.edges.get(event)
            if edge is None:
                edge = self._arrived(node, way) or self._played(node, event, way)
        edge.node.is_used = True
        return edge

    def _view(self, page: PageNode) -> "View":
        """Return what a page shows, with any texts."""
        return self.machine.view(self.start, page.state)

    def draft(self, page: PageNode, event: Event) -> Draft | None:
        """Return the field of which an event of `PUTTING` only changes the text, from all nodes of a page alike.

        None if the machine has to play it.
        """
        known = page.idle is not None
        return drafted(self.machine.plan, self._view(page), page.state.top, event) if known else None

    def typed(self, node: N, draft: Draft, text: str, selected: str = "") -> Edge:
        """Return what it brings to put a text into a field.

        Args:
            node: Where.
            draft: The field, of the node's page.
            text: The text as the field holds it.
            selected: What is selected there, as of `Event.row`.

        Raises:
            MachineError: The page has no such fields.
        """
        page = node.page
        if page.idle is None:
            raise MachineError("a step has to be played here, whatever is typed")
        carets = draft.carets(node.carets, text, selected) if self._remembers else ()
        return Edge(self._made(page, draft.fields(node.fields, text), draft.focus(node.focus, text), carets), page.idle)

    def retyped(self, node: N) -> State:
        """Return the state of a node from that of its page."""
        page = node.page
        state = page.state
        if node.fields == state.top.fields and node.focus == state.focus:
            if not self._remembers or node.carets == state.carets:
                return state
            new = state.replaced(carets=node.carets)
            new.known_view = state.known_view
        else:
            new = retyped(self.machine.plan, state, node.fields, node.focus)
            if self._remembers:
                new.carets = node.carets
        if page.data.idle is not None:
            new.known_verdict = state.known_verdict
        return new

    def drop(self, node: N, before: Node | None = None) -> None:
        """Forget a node for which there is no room, and what led there from the one before."""
        page, data = node.page, node.page.data
        ways: dict[Hashable, Edge] = {} if before is None else before.page.data.ways
        gone = [way for way, edge in ways.items() if edge.node is node]
        for way in gone:
            del ways[way]
        if before is not None:
            arrivals = before.page.data.arrivals
            before.page.data.arrivals = {to: edge for to, edge in arrivals.items() if edge.node is not node}
        self.count -= len(gone) + (page.nodes.pop(node.key, None) is not None)
        node.is_kept = False
        if not page.nodes:
            page.is_kept = False
            data.pages = {key: other for key, other in data.pages.items() if other is not page}
        if not data.pages:
            self._data_nodes.pop(self._key(node.state, node.reached), None)

    def sweep(self) -> int:
        """Forget what nobody has come to since the last time, and return how much it was."""
        before = self.count
        self.count = sum([swept(data) for data in self._data_nodes.values()])
        self._data_nodes = {key: data for key, data in self._data_nodes.items() if data.pages}
        for data in self._data_nodes.values():
            self.count += unlinked(data)
        return before - self.count

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""
        return self.sweep() + self.sweep()

    def _made_data(self, state: State, reached: tuple[bool, ...]) -> DataNode:
        """Return a new data node."""
        idle = None if self._clock else self._begun.at(state, reached).idle()
        return DataNode(reached, idle if idle is None else self.machine.same_result(idle))

    def _paged(self, data: DataNode, state: State) -> PageNode:
        """Return a new page node."""
        page = PageNode(self, data, state, data.idle if may_be_known(self.machine.plan, state) else None)
        if self._look is not None:
            self._look(page)
        return page

    def _kept(self, node: N) -> N:
        """Return a node to keep: itself, or the equal one kept before; on one that was forgotten it is not kept."""
        page = node.page
        if not page.is_kept:
            return node  # else whoever stands there for long, and has copies go on, would hold all that they do
        found: N = page.nodes.setdefault(node.key, node)
        found.is_used = True
        if not found.is_kept:
            found.is_kept = True
            self.count += 1
        return found

    def _arrived(self, node: N, way: Hashable) -> Edge | None:
        """Return what a plain transition brings if another one has led to the same place from the same data."""
        known = node.page.data.arrivals.get(way.arrival) if isinstance(way, Onward) else None
        if known is None or not isinstance(way, Onward):
            return None
        result = known.result._replace(transition=way.transition)
        return self._went(node, way, Edge(known.node, self.machine.same_result(result), known.aftermath))

    def _went(self, node: N, way: Hashable, edge: Edge) -> Edge:
        """Keep where a way leads."""
        data = node.page.data
        data.ways[way] = edge
        if isinstance(way, Onward):
            data.arrivals[way.arrival] = edge
        self.count += 1
        return edge

    def _played(self, node: N, event: Event, way: Hashable) -> Edge:
        """Let the machine play an event, and keep what it brings."""
        state = with_room(node.state) if self._remembers else node.state
        episode = self._player
        episode.go_on(state, node.reached)
        result = episode.step(event)
        aftermath = None
        if self._remembers:
            aftermath = Aftermath.between(state, episode.state)
            aftermath = self.machine.same_aftermath(aftermath)
        else:
            forget_way(episode.state, self.start)
        edge = Edge(self.node(episode.state, episode.reached), self.machine.same_result(result), aftermath)
        if way is not None and leads_on(self.machine.plan, state, event, result.transition):
            return self._went(node, way, edge)
        self._note(self._kept(node), event, edge)
        return edge

    def _note(self, node: N, event: Event, edge: Edge) -> None:
        """Take note of what an event brings at a kept node; its state is let go, which can be made again.

        Not where somebody remembers, who asks for states: these are what is written as text.
        """
        if node.edges is None:
            node.edges = {}
        node.edges[event] = edge
        if not self._remembers and node._state is not node.page.state:  # noqa: SLF001
            node._state = None  # noqa: SLF001

    def _key(self, state: State, reached: tuple[bool, ...]) -> Hashable:
        """Return what tells data nodes apart."""
        interference = state.interference
        steps = state.steps if self._clock else -1
        if not interference.is_shown and comes_by_steps(interference):
            steps = max(steps, min(state.steps, interference.waits))
        return self.machine.data_key(state), reached, steps
