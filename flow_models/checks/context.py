"""What all questions share while one flow is checked: its facts, arrows and graphs, taken over from check to check.

After an edit only what it touched (see `touched`) is made anew; graphs only when pages or ways between them changed.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar, cast

from flow_models.checks.data_graph import DataGraph, Uses, data_graph, uses_of
from flow_models.checks.facts import Facts, facts_of
from flow_models.checks.gates import Gate, gate_of
from flow_models.checks.graph import PageGraph, made_change, page_graph, shape, starts
from flow_models.checks.live import Live, live_of
from flow_models.checks.parts import Part, part_of
from flow_models.checks.touched import every_part, touched_parts
from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import Place, part_with_formulas, places_of
from flow_models.document.scopes import Scopes
from flow_models.formulas import Node

_Made = TypeVar("_Made")
_Key = TypeVar("_Key", str, tuple[str, str])


class Context:
    """One flow while it is checked; everything is made when first asked for.

    Attributes:
        flow: The flow.
        scopes: What formulas may name in it.
        touched: The parts to ask about; those that are gone since the check before are among them.
    """

    def __init__(self, flow: Flow, before: "Context | None" = None) -> None:
        self.flow = flow
        self.scopes = Scopes(flow)
        self._before = before
        self._memo: dict[str, tuple[object, object]] = {} if before is None else before._memo  # noqa: SLF001
        if before is None or before.data_shape != self.data_shape:
            self.touched = every_part(flow) | (every_part(before.flow) if before else set())
        else:
            self.touched = touched_parts(before.flow, flow, before.arrows_from, self.arrows_from)

    def release(self) -> None:
        """Make what the next check takes over, and let go of the check before."""
        self.facts, self.uses, self.read_parts, self.gates  # noqa: B018  # made when first asked for
        self._before = None

    @cached_property
    def arrows_from(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions of each page and section, in the order in which they are tried."""
        return _grouped((arrow.source, arrow) for arrow in self.flow.transitions)

    @cached_property
    def arrows_to(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions that lead to each page, in the order of the file."""
        return _grouped((arrow.to, arrow) for arrow in self.flow.transitions)

    @cached_property
    def used_blocks(self) -> frozenset[str]:
        """The blocks that trigger a transition."""
        triggers = (arrow.on for arrow in self.flow.transitions)
        return frozenset(on.block for on in triggers if isinstance(on, UseTrigger | ChangeTrigger))

    @cached_property
    def arrows_of(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions that the use of each block triggers, in the order of the file."""
        used = ((arrow.on.block, arrow) for arrow in self.flow.transitions if isinstance(arrow.on, UseTrigger))
        return _grouped(used)

    @cached_property
    def data_shape(self) -> object:
        """All of tables and variables that other parts depend on: everything but rows and generators."""
        return (
            tuple((table.id, table.name, table.title, table.durable, table.columns) for table in self.flow.tables),
            self.flow.variables,
        )

    @cached_property
    def live(self) -> Live:
        """What can happen, by the values that data can ever have; see `live_of`."""
        inputs = (self._shape, self.gates, self.flow.tables, self.flow.variables)
        return self.kept("live", inputs, lambda: live_of(self.flow, self.gates, tuple(starts(self.flow))))

    @cached_property
    def graph(self) -> PageGraph:
        """Pages and transitions that can be taken; see `page_graph`."""
        return self.kept("graph", (self._shape, self.live), lambda: page_graph(self.flow, self.live.arrows))

    @property
    def entries(self) -> tuple[str, ...]:
        """The pages on which a visit can begin."""
        return self.live.entries

    @property
    def reached(self) -> set[str]:
        """The pages that a visit can reach."""
        return self.live.pages

    @cached_property
    def makers(self) -> dict[tuple[str, str], tuple[Transition, ...]]:
        """The transitions that make each kind of change (`added`, `changed`, `removed`) of each table, by its id."""
        changes = ((change, arrow) for arrow in self.flow.transitions for change in map(made_change, arrow.do))
        return _grouped((change, arrow) for change, arrow in changes if change is not None)

    def kept(self, question: str, inputs: object, make: Callable[[], _Made]) -> _Made:
        """Return what an earlier check found for equal inputs, else find and keep it."""
        found = self._memo.get(question)
        if found is None or found[0] != inputs:
            found = self._memo[question] = (inputs, make())
        return cast(_Made, found[1])

    @cached_property
    def facts(self) -> dict[Element, Facts]:
        """What the formulas of each table, section, page, transition and task say; not in the order of the file."""
        kept = {} if self._before is None else dict(self._before.facts)
        for element in self.touched:
            places = self._places(element)
            if places is None:
                kept.pop(element, None)
            else:
                kept[element] = facts_of(places)
        return kept

    def control(self, arrow: Transition) -> AnyBlock | None:
        """Return the control whose use triggers a transition, None if something else does or it is gone."""
        if not isinstance(arrow.on, UseTrigger):
            return None
        owner = self.flow.owners_by_block.get(arrow.on.block)
        return None if owner is None else owner.blocks_by_id[arrow.on.block]

    def formula(self, arrow: Transition, field: str) -> Node | None:
        """Return a formula of a transition, None where there is none that can be read."""
        facts = self.facts.get(Element("transition", arrow.id))
        return facts.trees.get(Element("transition", arrow.id, field)) if facts else None

    @cached_property
    def gates(self) -> dict[Element, Gate]:
        """What stands before the ways of each part, and what it sets; parts with neither are left out."""
        kept = {} if self._before is None else dict(self._before.gates)
        for element in self.touched:
            part = part_with_formulas(self.flow, element.kind, element.id)
            gate = Gate() if part is None else gate_of(self.flow, part, self.facts.get(element))
            if gate == Gate():
                kept.pop(element, None)
            elif kept.get(element) != gate:
                kept[element] = gate
        return kept

    @cached_property
    def read_parts(self) -> dict[Element, Part]:
        """Each section, page, transition and task as the machine reads it, unless it is broken."""
        kept = {} if self._before is None else dict(self._before.read_parts)
        for element in self.touched:
            owner = part_with_formulas(self.flow, element.kind, element.id)
            part = None if owner is None else part_of(self.scopes, owner)
            if part is None:
                kept.pop(element, None)
            else:
                kept[element] = part
        return kept

    @cached_property
    def uses(self) -> dict[Element, Uses]:
        """What each table, section, page, transition and task reads and writes."""
        kept = {} if self._before is None else dict(self._before.uses)
        for element in self.touched:
            if element not in self.facts:
                kept.pop(element, None)
                continue
            made = uses_of(self.flow, element, self.facts[element])
            if kept.get(element) != made:
                kept[element] = made
        return kept

    @cached_property
    def data(self) -> DataGraph:
        """Which parts read and write which data; see `data_graph`."""
        return self.kept("data", (self.uses, self.data_shape), lambda: data_graph(self.flow, self.uses.values()))

    def owner(self, source: str) -> Page | Section | None:
        """Return the page or section from which a transition starts."""
        return self.flow.pages_by_id.get(source) or self.flow.sections_by_id.get(source)

    @cached_property
    def _shape(self) -> object:
        return shape(self.flow)

    def _places(self, element: Element) -> Iterable[Place] | None:
        """Return the formulas of a part; `None` if it is gone or holds none by its kind."""
        part = part_with_formulas(self.flow, element.kind, element.id)
        return None if part is None else places_of(self.scopes, part)


def _grouped(pairs: Iterable[tuple[_Key, Transition]]) -> dict[_Key, tuple[Transition, ...]]:
    """Return transitions by key, in their order."""
    found: dict[_Key, list[Transition]] = {}
    for key, arrow in pairs:
        found.setdefault(key, []).append(arrow)
    return {key: tuple(arrows) for key, arrows in found.items()}
