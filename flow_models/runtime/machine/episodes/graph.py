"""The states of one instance as a graph that is filled while somebody walks it: what follows is computed once.

A node is a state together with the milestones already paid; `Machine.key` says which states are the same. The step
limit is not part of a node: whoever walks the graph counts the steps. What comes between in a variant is part of the
state, so all variants of an instance are in one graph, and meet where it is over. How a node looks is not here: the
interfaces are views of it.

Most states of a site differ only in what is typed on a page and where the focus is. They stand in one frame, which
knows what such a step leads to without playing it (`steps/drafts`); a node that is reached only so is made when
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
from .edge import Edge
from .episode import Episode
from .forgetting import swept, unlinked
from .trail import Trail, with_room

if TYPE_CHECKING:
    from ..pages.view import View
    from .machine import Machine

NOTHING: Final = Event("noop")


class World:
    """The states with the same data: whatever page they show.

    Attributes:
        reached: Which milestones have paid.
        idle: What a step brings that changes no data and says nothing; None where it has to be played.
        frames: By what tells pages apart.
        ways: Where links lead whatever is typed on their pages.
        arrivals: One of the ways to each place to which plain transitions lead, by `Onward.arrival`.
    """

    __slots__ = ("arrivals", "frames", "idle", "reached", "ways")

    def __init__(self, reached: tuple[bool, ...], idle: Result | None) -> None:
        self.reached = reached
        self.idle = idle
        self.frames: dict[Hashable, Frame] = {}
        self.ways: dict[Hashable, Edge] = {}
        self.arrivals: dict[Hashable, Edge] = {}


class Frame:
    """The states of a page that differ only in what is typed there and where the focus is.

    Attributes:
        graph: The graph to which they belong.
        world: The states with the same data.
        state: One of them, whose step count and history are those of whoever came first.
        idle: What a step brings that only types; None where it has to be played.
        nodes: The nodes that are kept, by what tells them apart.
        is_kept: Whether the graph still knows it; else it goes with whoever stands there.
        seen: What a view keeps of it.
    """

    __slots__ = ("graph", "idle", "is_kept", "nodes", "seen", "state", "world")

    def __init__(self, graph: "Graph[Any]", world: World, state: State, idle: Result | None) -> None:
        self.graph = graph
        self.world = world
        self.state = state
        self.idle = idle
        self.nodes: dict[Hashable, Any] = {}
        self.is_kept = True
        self.seen: Any = None


class Node:
    """One state: what is typed and where the focus is in a frame, what is known to follow, what a view keeps of it.

    Two nodes are equal if they stand for the same state in the same frame; only those that are kept are one object.
    """

    __slots__ = ("_state", "carets", "edges", "fields", "focus", "frame", "is_kept", "is_used", "seen")

    def __init__(self, frame: Frame, fields: tuple[str, ...], focus: Focus, carets: Carets) -> None:
        self.frame = frame
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
        return self is other or (self.frame is other.frame and self.key == other.key)

    def __hash__(self) -> int:
        return hash((id(self.frame), self.key))

    @property
    def key(self) -> Hashable:
        """What tells it from the other nodes of its frame."""
        return (self.fields, self.focus, self.carets)

    @property
    def reached(self) -> tuple[bool, ...]:
        """Which milestones have paid."""
        return self.frame.world.reached

    @property
    def state(self) -> State:
        """The state; step count and history are those of whoever came first to its frame."""
        if self._state is None:
            self._state = self.frame.graph.retyped(self)
        return self._state


N = TypeVar("N", bound=Node)


class Graph(Generic[N]):
    """The visited states of one instance.

    Args:
        machine: The machine of the program.
        start: Where the instance begins.
        made: The class of the nodes.
        look: Called with each new frame, for a view that keeps something there.
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
        made: Callable[[Frame, tuple[str, ...], Focus, Carets], N],
        look: Callable[[Frame], None] | None = None,
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
        self._worlds: dict[Hashable, World] = {}
        self.count = 0
        # By content, a few for each task and page, gone with the graph.
        self._results: dict[Result, Result] = {}
        self._trails: dict[Trail, Trail] = {}
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
        world = self._worlds.get(key)
        if world is None:
            world = self._worlds[key] = self._made_world(state, reached)
        page = self.machine.page_key(state)
        frame = world.frames.get(page)
        if frame is None:
            frame = world.frames[page] = self._framed(world, state)
        node = self._made(frame, state.top.fields, state.focus, state.carets if self._remembers else ())
        return self._kept(node)

    def after(self, node: N, event: Event) -> Edge:
        """Return what an event brings at a node."""
        frame = node.frame
        if frame.idle is not None:
            if event.kind in PUTTING:
                draft = self.draft(frame, event)
                if draft is not None:
                    return self.typed(node, draft, draft.holds(put(event)), event.row)
            elif event == NOTHING:
                return Edge(node, frame.idle)
        return self.followed(node, event, self.way(frame, event))

    def way(self, frame: Frame, event: Event) -> Hashable:
        """Return by what it is known where an event leads from all nodes of a frame alike, None if it may not."""
        if event.kind != "use" or frame.idle is None:
            return None
        return way_of(self.machine.plan, self._view(frame), frame.state, event)

    def followed(self, node: N, event: Event, way: Hashable) -> Edge:
        """Return what an event brings that does not only put a text into a field; `way` is its own."""
        edge = None if way is None else node.frame.world.ways.get(way)
        if edge is None:
            if node.edges is None:
                node = node.frame.nodes.get(node.key, node)
            edge = None if node.edges is None else node.edges.get(event)
            if edge is None:
                edge = self._arrived(node, way) or self._played(node, event, way)
        edge.node.is_used = True
        return edge

    def _view(self, frame: Frame) -> "View":
        """Return what a frame shows, with any texts."""
        return self.machine.view(self.start, frame.state)

    def draft(self, frame: Frame, event: Event) -> Draft | None:
        """Return the field of which an event of `PUTTING` only changes the text, from all nodes of a frame alike.

        None if the machine has to play it.
        """
        known = frame.idle is not None
        return drafted(self.machine.plan, self._view(frame), frame.state.top, event) if known else None

    def typed(self, node: N, draft: Draft, text: str, selected: str = "") -> Edge:
        """Return what it brings to put a text into a field.

        Args:
            node: Where.
            draft: The field, of the node's frame.
            text: The text as the field holds it.
            selected: What is selected there, as of `Event.row`.

        Raises:
            MachineError: The frame has no such fields.
        """
        frame = node.frame
        if frame.idle is None:
            raise MachineError("a step has to be played here, whatever is typed")
        carets = draft.carets(node.carets, text, selected) if self._remembers else ()
        return Edge(
            self._made(frame, draft.fields(node.fields, text), draft.focus(node.focus, text), carets), frame.idle
        )

    def retyped(self, node: N) -> State:
        """Return the state of a node from that of its frame."""
        frame = node.frame
        state = frame.state
        if node.fields == state.top.fields and node.focus == state.focus:
            if not self._remembers or node.carets == state.carets:
                return state
            new = state.replaced(carets=node.carets)
            new.known_view = state.known_view
        else:
            new = retyped(self.machine.plan, state, node.fields, node.focus)
            if self._remembers:
                new.carets = node.carets
        if frame.world.idle is not None:
            new.known_verdict = state.known_verdict
        return new

    def drop(self, node: N, before: Node | None = None) -> None:
        """Forget a node for which there is no room, and what led there from the one before."""
        frame, world = node.frame, node.frame.world
        ways: dict[Hashable, Edge] = {} if before is None else before.frame.world.ways
        gone = [way for way, edge in ways.items() if edge.node is node]
        for way in gone:
            del ways[way]
        if before is not None:
            arrivals = before.frame.world.arrivals
            before.frame.world.arrivals = {to: edge for to, edge in arrivals.items() if edge.node is not node}
        self.count -= len(gone) + (frame.nodes.pop(node.key, None) is not None)
        node.is_kept = False
        if not frame.nodes:
            frame.is_kept = False
            world.frames = {key: other for key, other in world.frames.items() if other is not frame}
        if not world.frames:
            self._worlds.pop(self._key(node.state, node.reached), None)

    def sweep(self) -> int:
        """Forget what nobody has come to since the last time, and return how much it was."""
        before = self.count
        self.count = sum([swept(world) for world in self._worlds.values()])
        self._worlds = {key: world for key, world in self._worlds.items() if world.frames}
        for world in self._worlds.values():
            self.count += unlinked(world)
        return before - self.count

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""
        return self.sweep() + self.sweep()

    def _made_world(self, state: State, reached: tuple[bool, ...]) -> World:
        """Return a new world."""
        idle = None if self._clock else self._begun.at(state, reached).idle()
        return World(reached, idle if idle is None else self._results.setdefault(idle, idle))

    def _framed(self, world: World, state: State) -> Frame:
        """Return a new frame."""
        frame = Frame(self, world, state, world.idle if may_be_known(self.machine.plan, state) else None)
        if self._look is not None:
            self._look(frame)
        return frame

    def _kept(self, node: N) -> N:
        """Return a node to keep: itself, or the equal one kept before; in a frame that was forgotten it is not kept."""
        frame = node.frame
        if not frame.is_kept:
            return node  # else whoever stands there for long, and has copies go on, would hold all that they do
        found: N = frame.nodes.setdefault(node.key, node)
        found.is_used = True
        if not found.is_kept:
            found.is_kept = True
            self.count += 1
        return found

    def _arrived(self, node: N, way: Hashable) -> Edge | None:
        """Return what a plain transition brings if another one has led to the same place from the same data."""
        known = node.frame.world.arrivals.get(way.arrival) if isinstance(way, Onward) else None
        if known is None or not isinstance(way, Onward):
            return None
        result = known.result._replace(transition=way.transition)
        return self._went(node, way, Edge(known.node, self._results.setdefault(result, result), known.trail))

    def _went(self, node: N, way: Hashable, edge: Edge) -> Edge:
        """Keep where a way leads."""
        world = node.frame.world
        world.ways[way] = edge
        if isinstance(way, Onward):
            world.arrivals[way.arrival] = edge
        self.count += 1
        return edge

    def _played(self, node: N, event: Event, way: Hashable) -> Edge:
        """Let the machine play an event, and keep what it brings."""
        state = with_room(node.state) if self._remembers else node.state
        episode = self._player
        episode.go_on(state, node.reached)
        result = episode.step(event)
        trail = None
        if self._remembers:
            trail = Trail.between(state, episode.state)
            trail = self._trails.setdefault(trail, trail)
        edge = Edge(self.node(episode.state, episode.reached), self._results.setdefault(result, result), trail)
        if way is not None and leads_on(self.machine.plan, state, event, result.transition):
            return self._went(node, way, edge)
        self._note(self._kept(node), event, edge)
        return edge

    def _note(self, node: N, event: Event, edge: Edge) -> None:
        """Take note of what an event brings at a kept node; its state, which can be made again, is let go."""
        if node.edges is None:
            node.edges = {}
        node.edges[event] = edge
        if node._state is not node.frame.state:  # noqa: SLF001
            node._state = None  # noqa: SLF001

    def _key(self, state: State, reached: tuple[bool, ...]) -> Hashable:
        """Return what tells worlds apart."""
        interference = state.interference
        steps = state.steps if self._clock else -1
        if not interference.is_shown and comes_by_steps(interference):
            steps = max(steps, min(state.steps, interference.waits))
        return self.machine.data_key(state), reached, steps
