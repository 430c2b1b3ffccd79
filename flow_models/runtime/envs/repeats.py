"""What several attempts at one instance in one variant have in common: the pages that they came to, and what follows.

Trainers play an instance in groups: half of the steps of sixteen attempts do on a page what one of them has done there
before. So an instance in a variant that is begun a second time gets a graph, on whose nodes the page's text and the
meaning of actions are kept as well. Most are never begun again; those cost nothing.
"""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Self

from ..machine.base.events import Event
from ..machine.base.variant import PLAIN, Variant
from ..machine.episodes.edge import Edge
from ..machine.episodes.graph import Node
from ..machine.episodes.graph_episode import LONG, EpisodeGraph, GraphEpisode
from ..machine.pages.state import Start
from ..site import Rendered, Site, Written
from .bundle import Bundle
from .graph_set import GraphSet
from .listing import Instance

if TYPE_CHECKING:
    from ..machine.pages.view import View

BEGUN: Final = 4096
"""Instances in variants that are known to have been begun once, those begun longest ago go; half a KiB each."""

KEPT: Final = 100_000
"""What all graphs hold together, in pieces of about a KiB: an edge is one, so is the meaning of an action, and a page
is one for each `PIECE` characters. The graph begun longest ago goes. A hundred megabytes, as trainers run one process a
core."""

PIECE: Final = 300
"""Characters of a page that count as one, with what else is kept of it."""

ALONE: Final = 5_000
"""The same for a graph that was forgotten while somebody played on it, who may go on for long by copies."""

_Key = tuple[str, int, bool, Variant]


class Page:
    """What is kept at a state: its page as text, and what actions mean there.

    Attributes:
        written: What is written of its page; None until somebody looks at it. `view` is that page, and is there only
            then.
        events: By identity of a parsed action, which is held: what it means.
    """

    __slots__ = ("events", "view", "written")

    view: "View"

    def __init__(self) -> None:
        self.written: Written | None = None
        self.events: dict[int, tuple[object, Event]] = {}


class TextGraph(EpisodeGraph):
    """The graph of one instance in one variant.

    Attributes:
        site: The website as it appears there.
        held: How much it holds, see `KEPT`.
        is_kept: Whether others can still find it.
    """

    def __init__(self, repeats: "Repeats", start: Start, site: Site, *, infeasible: bool) -> None:
        super().__init__(repeats.bundle.machine, start, infeasible=infeasible)
        self._repeats = repeats
        self.site = site
        self.held = 0
        self.is_kept = False

    def gone(self, node: Node, event: Event) -> Edge:
        """Return what an event brings at a node, where nobody has done it before."""
        edge = super().gone(node, event)
        self._repeats.grown(self, 1)
        return edge

    def written(self, node: Node) -> Written:
        """Return what is written of the page at a node."""
        page = _page(node)
        written = page.written
        if written is None:
            view = page.view = self.machine.view(self.start, node.state)
            written = page.written = Written.of(view, self.site)
            self._repeats.grown(self, 1 + len(written.axtree) // PIECE)
        return written

    def rendered(self, node: Node) -> Rendered:
        """Return the page at a node."""
        written = self.written(node)
        return Rendered(_page(node).view, self.site, written)

    def meaning(self, node: Node, action: object) -> Event | None:
        """Return what an action means at a node, as far as it is known."""
        page: Page | None = node.seen
        known = None if page is None else page.events.get(id(action))
        return None if known is None else known[1]

    def note(self, node: Node, action: object, event: Event) -> None:
        """Take note of what an action means at a node, unless it says much."""
        if len(event.value) > LONG:
            return
        _page(node).events[id(action)] = (action, event)
        self._repeats.grown(self, 1)

    def thin(self) -> int:
        """Spare nothing: groups come and go, so the graph begun longest ago goes as a whole."""
        return 0

    def forget(self) -> int:
        """Forget everything and return how much it was; whoever stands on a node can go on from it."""
        super().forget()
        held, self.held = self.held, 0
        return held


def _page(node: Node) -> Page:
    """Return what is kept at a node."""
    if node.seen is None:
        node.seen = Page()
    page: Page = node.seen
    return page


class Repeats:
    """The graphs of a bundle; when they hold too much, those begun longest ago are forgotten.

    Args:
        bundle: The exported package.
        limit: How much they hold at most, see `KEPT`.
    """

    def __init__(self, bundle: Bundle, limit: int = KEPT) -> None:
        self.bundle = bundle
        self._limit = limit
        self._once: OrderedDict[_Key, None] = OrderedDict()
        self._graphs: GraphSet[_Key, TextGraph] = GraphSet(limit)

    @classmethod
    def of(cls, bundle: Bundle) -> "Repeats":
        """Return the graphs of a bundle, the same for all environments that play it."""
        return bundle.shared(cls)

    @property
    def held(self) -> int:
        """How much they hold, see `KEPT`."""
        return self._graphs.held

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Repeats.of, (self.bundle,)

    def episode(self, instance: Instance, variant: Variant = PLAIN) -> GraphEpisode:
        """Return a new attempt at an instance."""
        start = self.bundle.start(instance, variant)
        return GraphEpisode(self.bundle.machine, start, self._graph, infeasible=instance.infeasible)

    def grown(self, graph: TextGraph, count: int) -> None:
        """Take note that a graph holds so much more, and forget what is too much."""
        graph.held += count
        self._graphs.grown(graph, count)
        if not graph.is_kept and graph.held > min(ALONE, self._limit):
            graph.forget()

    def _graph(self, start: Start, infeasible: bool) -> TextGraph | None:
        """Return the graph of an instance in a variant, None if it is begun for the first time."""
        key = (start.task, start.seed, infeasible, start.variant)
        found = self._graphs.begun(key)
        if found is not None:
            return found
        if key in self._once:
            del self._once[key]
            site = self.bundle.dressed(start.variant)
            return self._graphs.put(key, TextGraph(self, start, site, infeasible=infeasible))
        self._once[key] = None
        if len(self._once) > BEGUN:
            self._once.popitem(last=False)
        return None
