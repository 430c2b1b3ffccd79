"""Which ways of a flow can ever be gone: transitions, addresses and blocks, by the values that data can ever have.

Pages, ways and values grow together from where a visit can begin: a way opens pages and sets values, a value opens
ways. What is left out can never happen, whatever a visitor does; what is in it may still not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flow_models.checks.domains import Values, joined
from flow_models.checks.gates import Gate, Written, begun, filled
from flow_models.checks.graph import sources
from flow_models.checks.possible import Subject, can_hold, values_of
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


_Way = tuple[Transition, str, list[Node]]
"""A transition, a page on which it is, and what must hold for it to be taken there."""


class _Growing:
    """Pages, ways and values as they become more."""

    def __init__(self, flow: Flow, gates: Gates, starts: Sequence[str]) -> None:
        self._flow, self._gates = flow, gates
        self._live = Live(dict(_begun(flow)), entries=tuple(starts))
        self._shown = {block: trees for gate in gates.values() for block, trees in gate.blocks}
        self._ways = _Ways(flow)
        self._writes: list[tuple[Written, Node | None]] = [
            (write, None) for task in flow.tasks for write in self._gate("task", task.id).writes
        ]
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
                frontier += self._onward(page)

    def _onward(self, page: str) -> Iterator[str]:
        """Take all ways of a page that are open, and yield where they lead; keep the others for later."""
        for arrow, earlier in self._ways.of(page):
            conditions = self._conditions(arrow, earlier)
            if conditions is None:
                continue
            if not conditions or self._live.can_hold(conditions):
                yield from self._taken(arrow, page)
            else:
                self._blocked.append((arrow, page, conditions))

    def _taken(self, arrow: Transition, page: str) -> Iterator[str]:
        """Take a transition on a page, and yield where it leads."""
        live = self._live
        if arrow.id not in live.arrows:
            gate = self._gate("transition", arrow.id)
            self._writes += [(write, gate.when) for write in gate.writes]
        live.arrows[arrow.id] = (*live.arrows.get(arrow.id, ()), page)
        if arrow.to in self._flow.pages_by_id:
            yield arrow.to

    def _unblocked(self) -> list[str]:
        """Return where ways lead that were closed and are open now."""
        found: dict[bool, list[_Way]] = {True: [], False: []}
        for way in self._blocked:
            found[self._live.can_hold(way[2])].append(way)
        self._blocked = found[False]
        return [to for arrow, page, _ in found[True] for to in self._taken(arrow, page)]

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

    def _conditions(self, arrow: Transition, earlier: Sequence[Transition]) -> list[Node] | None:
        """Return what must hold for a transition to be taken, None if one before it always is."""
        conditions = list(self._shown.get(_block(arrow), ()))
        when = self._gate("transition", arrow.id).when
        if when is not None:
            conditions.append(when)
        for one in earlier:
            if not one.when.strip():
                return None
            guard = self._gate("transition", one.id).when
            if guard is not None:
                conditions.append({"op": "not", "type": "boolean", "arg": guard})
        return conditions

    def _set(self) -> bool:
        """Let data have what the ways gone so far set; say whether it is more than before."""
        known, is_more = self._live.known, False
        for (subject, tree, is_read), when in self._writes:
            before = known.get(subject, frozenset())
            after = joined(before, values_of(tree, known, when) if is_read else None)
            if after != before:
                known[subject], is_more = after, True
        return is_more

    def _gate(self, kind: ElementKind, part: str) -> Gate:
        return self._gates.get(Element(kind, part), _OPEN)


class _Ways:
    """The transitions of each page in the order in which they are tried: its own before those of its section."""

    def __init__(self, flow: Flow) -> None:
        self._own: dict[str, list[Transition]] = {}
        self._shared: dict[str, list[Transition]] = {}
        for arrow in flow.transitions:
            if arrow.source in flow.pages_by_id:
                self._own.setdefault(arrow.source, []).append(arrow)
            else:
                for page in sources(flow, arrow):
                    self._shared.setdefault(page, []).append(arrow)

    def of(self, page: str) -> Iterator[tuple[Transition, list[Transition]]]:
        """Yield the transitions of a page, each with those of the same trigger that are tried before it."""
        tried: dict[tuple[str, object], list[Transition]] = {}
        for arrows in (self._own.get(page, ()), self._shared.get(page, ())):
            for arrow in arrows:
                group = tried.setdefault((arrow.on.kind, _block(arrow) or getattr(arrow.on, "steps", 0)), [])
                yield arrow, group
                group.append(arrow)


def _begun(flow: Flow) -> Iterator[tuple[Subject, Values | None]]:
    """Yield the values with which variables and columns begin."""
    for variable in flow.variables:
        yield ("", variable.name), begun(variable)
    for table in flow.tables:
        yield from filled(table)


def _block(arrow: Transition) -> str:
    """Return the block to which a transition listens, empty if it listens to none."""
    return arrow.on.block if isinstance(arrow.on, UseTrigger | ChangeTrigger) else ""
