"""What all questions share while one flow is checked: its facts, arrows and graphs, kept from check to check.

Everything kept is kept under the objects that it was made of. Edits leave untouched parts the same objects, so after an
edit only what hangs on the edited part is made anew.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import TypeVar, cast

from flow_models.checks.data_graph import DataGraph, data_graph, uses_of
from flow_models.checks.facts import Facts, facts_of
from flow_models.checks.graph import PageGraph, arrival_graph, entries, page_graph, reachable, shape
from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import (
    Place,
    page_places,
    section_places,
    table_places,
    task_places,
    transition_places,
)
from flow_models.document.scopes import Scopes

_Made = TypeVar("_Made")


class Memo:
    """Values by key, each good as long as the objects it was made of are the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[tuple[object, ...], object]] = {}
        self._used: set[tuple[str, str]] = set()

    def get(self, question: str, key: str, inputs: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        """Return the kept value if it was made of the very same inputs, else make and keep it.

        Tuples among the inputs count as the same if they hold the same objects.
        """
        name = (question, key)
        self._used.add(name)
        kept = self._kept.get(name)
        if kept is not None and _are_same(kept[0], inputs):
            return cast(_Made, kept[1])
        made = make()
        self._kept[name] = (inputs, made)
        return made

    def get_equal(self, question: str, value: object, make: Callable[[], _Made]) -> _Made:
        """Return the kept value if it was made for an equal value, else make and keep it."""
        name = (question, "")
        self._used.add(name)
        kept = self._kept.get(name)
        if kept is not None and kept[0] == (value,):
            return cast(_Made, kept[1])
        made = make()
        self._kept[name] = ((value,), made)
        return made

    def forget_unused(self) -> None:
        """Drop what was not asked for since the last call: parts that are gone."""
        if len(self._used) != len(self._kept):
            self._kept = {name: kept for name, kept in self._kept.items() if name in self._used}
        self._used = set()


def _are_same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """Say whether two tuples hold the same objects, looking into tuples among them."""
    if len(old) != len(new):
        return False
    for one, other in zip(old, new, strict=True):
        if one is other:
            continue
        if type(one) is not tuple or type(other) is not tuple or not _are_same(one, other):
            return False
    return True


class Context:
    """One flow while it is checked; everything is made when first asked for."""

    def __init__(self, flow: Flow, memo: Memo | None = None) -> None:
        self.flow = flow
        self.memo = memo or Memo()
        self.scopes = Scopes(flow)

    @cached_property
    def arrows_from(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions of each page and section, in the order in which they are tried."""
        found: dict[str, list[Transition]] = {}
        for transition in self.flow.transitions:
            found.setdefault(transition.source, []).append(transition)
        return {source: tuple(transitions) for source, transitions in found.items()}

    @cached_property
    def arrows_to(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions that lead to each page."""
        found: dict[str, list[Transition]] = {}
        for transition in self.flow.transitions:
            found.setdefault(transition.to, []).append(transition)
        return {target: tuple(transitions) for target, transitions in found.items()}

    @cached_property
    def arrows_on(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions that each block triggers."""
        found: dict[str, list[Transition]] = {}
        for transition in self.flow.transitions:
            if isinstance(transition.on, UseTrigger | ChangeTrigger):
                found.setdefault(transition.on.block, []).append(transition)
        return {block: tuple(transitions) for block, transitions in found.items()}

    @cached_property
    def data_shape(self) -> object:
        """Tables without their rows, and variables; the same object while these are equal."""
        flow = self.flow
        shape = (
            tuple((table.id, table.name, table.title, table.durable, table.columns) for table in flow.tables),
            flow.variables,
        )
        return self.memo.get_equal("data shape", shape, lambda: shape)

    @cached_property
    def _shape(self) -> tuple[object, ...]:
        return self.memo.get_equal("shape", shape(self.flow), lambda: shape(self.flow))

    @cached_property
    def graph(self) -> PageGraph:
        """Pages and transitions; see `page_graph`."""
        return self.memo.get("graph", "", self._shape, lambda: page_graph(self.flow))

    @cached_property
    def arrivals(self) -> PageGraph:
        """Ways that nobody chooses; see `arrival_graph`."""
        return self.memo.get("arrivals", "", self._shape, lambda: arrival_graph(self.flow))

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The pages on which a visit can begin."""
        return tuple(dict.fromkeys(entries(self.flow)))

    @cached_property
    def reached(self) -> set[str]:
        """The pages that a visit can reach."""
        return self.memo.get_equal(
            "reached", (self.entries, id(self.graph)), lambda: reachable(self.graph, self.entries)
        )

    @cached_property
    def facts(self) -> dict[Element, Facts]:
        """What the formulas of each table, section, page, transition and task say."""
        return dict(self._all_facts())

    @cached_property
    def data(self) -> DataGraph:
        """Which parts read and write which data; see `data_graph`."""
        flow = self.flow
        uses = tuple(
            self.memo.get(
                f"uses.{element.kind}",
                element.id,
                (facts, part_of(flow, element), self.scopes.base),
                partial(uses_of, flow, element, facts),
            )
            for element, facts in self.facts.items()
        )
        return self.memo.get_equal("data", (uses, self.scopes.base), lambda: data_graph(flow, uses))

    def owner(self, source: str) -> Page | Section | None:
        """Return the page or section from which a transition starts."""
        return self.flow.pages_by_id.get(source) or self.flow.sections_by_id.get(source)

    def _all_facts(self) -> Iterator[tuple[Element, Facts]]:
        flow, scopes, base = self.flow, self.scopes, self.scopes.base
        for table in flow.tables:
            yield self._kept(Element("table", table.id), (table, base), partial(table_places, scopes, table))
        for section in flow.sections:
            yield self._kept(Element("section", section.id), (section, base), partial(section_places, scopes, section))
        for page in flow.pages:
            around = (page, flow.section_of.get(page.id), base)
            yield self._kept(Element("page", page.id), around, partial(page_places, scopes, page))
        for arrow in flow.transitions:
            ends = (self.owner(arrow.source), flow.section_of.get(arrow.source), flow.pages_by_id.get(arrow.to))
            places = partial(transition_places, scopes, arrow)
            yield self._kept(Element("transition", arrow.id), (arrow, *ends, base), places)
        for task in flow.tasks:
            start = flow.pages_by_id.get(task.start or flow.site.start or "")
            yield self._kept(Element("task", task.id), (task, start, base), partial(task_places, scopes, task))

    def _kept(
        self, element: Element, inputs: tuple[object, ...], places: Callable[[], Iterable[Place]]
    ) -> tuple[Element, Facts]:
        """Return the facts of one part, made anew only if its inputs are others."""
        return element, self.memo.get(f"facts.{element.kind}", element.id, inputs, lambda: facts_of(places()))
