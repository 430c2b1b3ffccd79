"""Which ways of a flow can ever be gone: transitions, addresses and blocks, by the values that data can ever have.

Pages, ways and values grow together from where a visit can begin: a way opens pages and sets values, a value opens
ways. What is left out can never happen, whatever a visitor does; what is in it may still not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from flow_models.checks.gates import Gate, begun, filled
from flow_models.checks.graph import sources
from flow_models.checks.possible import Subject, Values, can_hold, joined, values_of
from flow_models.document.behaviour import ChangeTrigger, Page, Transition, UseTrigger
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.formulas import Node

Gates = Mapping[Element, Gate]
"""The gate of each page, section, transition and task."""

_OPEN: Final = Gate()


@dataclass(eq=False)
class Live:
    """What can happen in a flow.

    Attributes:
        known: The values that each variable and column can have.
        pages: The pages that can be shown.
        arrows: The transitions by id that can be taken, each with the pages on which it can.
        entries: The pages on which a visit can begin.
    """

    known: dict[Subject, Values | None]
    pages: set[str] = field(default_factory=set)
    arrows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entries: tuple[str, ...] = ()

    def can_hold(self, conditions: Sequence[Node]) -> bool:
        """Say whether conditions can ever hold together."""
        return can_hold(conditions, self.known)


def live_of(flow: Flow, gates: Gates, starts: Collection[str]) -> Live:
    """Return what can happen in a flow, whose visits begin on some pages or by an address that opens."""
    return _Growing(flow, gates, tuple(page for page in starts if page in flow.pages_by_id)).grown()


class _Growing:
    """Pages, ways and values as they become more."""

    def __init__(self, flow: Flow, gates: Gates, starts: Sequence[str]) -> None:
        self._flow, self._gates = flow, gates
        self._live = Live(dict(_begun(flow)), entries=tuple(starts))
        self._conditions = {block: trees for gate in gates.values() for block, trees in gate.blocks}
        self._ways = ways(flow)
        self._writes = [write for task in flow.tasks for write in self._gate("task", task.id).writes]
        self._blocked: list[_Way] = []

    def grown(self) -> Live:
        """Return what there is once nothing more comes."""
        self._set()
        new = [*self._live.entries, *self._opened()]
        while new:
            self._go(new)
            while self._set() and not (new := [*self._opened(), *self._unblocked()]):
                pass
        return self._live

    def _go(self, frontier: list[str]) -> None:
        """Go on from pages and from all to which this leads."""
        while frontier:
            page = frontier.pop()
            if page not in self._live.pages:
                self._live.pages.add(page)
                frontier += [to for way in self._ways.get(page, ()) for to in self._gone(way)]

    def _gone(self, way: "_Way") -> Iterator[str]:
        """Take a way if it is open, and yield where it leads; keep it for later if it is not."""
        if not self._is_open(way):
            self._blocked.append(way)
            return
        live, arrow = self._live, way.arrow
        if arrow.id not in live.arrows:
            self._writes += self._gate("transition", arrow.id).writes
        live.arrows[arrow.id] = (*live.arrows.get(arrow.id, ()), way.page)
        if arrow.to in self._flow.pages_by_id:
            yield arrow.to

    def _unblocked(self) -> list[str]:
        """Return where ways lead that were closed and are open now."""
        blocked, self._blocked = self._blocked, []
        return [to for way in blocked for to in self._gone(way)]

    def _opened(self) -> list[str]:
        """Return the pages whose addresses open now and did not before."""
        live = self._live
        found: list[str] = [page.id for page in self._flow.pages if page.id not in live.entries and self._opens(page)]
        live.entries = (*live.entries, *found)
        return found

    def _opens(self, page: Page) -> bool:
        """Say whether an address can open, other than to whoever has reached its page anyway."""
        gate = self._gate("page", page.id)
        if page.kind != "page" or gate.is_closed:
            return False
        return gate.when is None or self._live.can_hold((gate.when,))

    def _is_open(self, way: "_Way") -> bool:
        """Say whether a transition can be taken: its guard, its control, and no earlier one that always is."""
        conditions = list(self._conditions.get(_block(way.arrow), ()))
        when = self._gate("transition", way.arrow.id).when
        if when is not None:
            conditions.append(when)
        for earlier in way.earlier:
            guard = self._gate("transition", earlier.id).when
            if guard is None and not earlier.when.strip():
                return False
            if guard is not None:
                conditions.append({"op": "not", "type": "boolean", "arg": guard})
        return not conditions or self._live.can_hold(conditions)

    def _set(self) -> bool:
        """Let data have what the ways gone so far set; say whether it is more than before."""
        known, is_more = self._live.known, False
        for subject, tree, is_read in self._writes:
            before = known.get(subject, frozenset())
            after = joined(before, values_of(tree, known) if is_read else None)
            if after != before:
                known[subject], is_more = after, True
        return is_more

    def _gate(self, kind: ElementKind, part: str) -> Gate:
        return self._gates.get(Element(kind, part), _OPEN)


class _Way(NamedTuple):
    """A transition on one page, with those of the same trigger that are tried before it."""

    arrow: Transition
    page: str
    earlier: tuple[Transition, ...]


def ways(flow: Flow) -> dict[str, list[_Way]]:
    """Return the ways of each page, in the order in which they are tried: its own before those of its section."""
    found: dict[str, list[_Way]] = {}
    tried: dict[tuple[str, str, str], tuple[Transition, ...]] = {}
    own = (arrow for arrow in flow.transitions if arrow.source in flow.pages_by_id)
    shared = (arrow for arrow in flow.transitions if arrow.source in flow.sections_by_id)
    for arrow in (*own, *shared):
        for page in sources(flow, arrow):
            key = (page, arrow.on.kind, _block(arrow) or str(getattr(arrow.on, "steps", "")))
            earlier = tried.get(key, ())
            tried[key] = (*earlier, arrow)
            found.setdefault(page, []).append(_Way(arrow, page, earlier))
    return found


def _begun(flow: Flow) -> Iterator[tuple[Subject, Values | None]]:
    """Yield the values with which variables and columns begin."""
    for variable in flow.variables:
        yield ("", variable.name), begun(variable)
    for table in flow.tables:
        yield from filled(table)


def _block(arrow: Transition) -> str:
    """Return the block to which a transition listens, empty if it listens to none."""
    return arrow.on.block if isinstance(arrow.on, UseTrigger | ChangeTrigger) else ""
