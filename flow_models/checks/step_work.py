"""What the parts of a step cost at most: a page, what happens on a trigger with all that follows, a task's rules."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar, cast

from flow_models.checks.context import Context
from flow_models.checks.estimates import Estimator, is_suggesting
from flow_models.checks.figures import Figures, Size
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base import behaviour, limits, program
from flow_models.runtime.machine.base.blocks import Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import inside, walk
from flow_models.runtime.machine.base.nodes import BoundRow, ColumnValue, Node
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.formulas.work import EFFECT, TRIED
from flow_models.runtime.machine.pages.offered import OfferingBlock

ROUNDS: Final = 3
"""How often lengths of texts are followed through effects before they count as growing without end."""

Trigger = tuple[str, str, str]
"""The page, and the kind and block of what triggers."""

Sizes = tuple[Mapping[str, Size], Mapping[str, int], Mapping[str, float]]
"""Sizes of tables, lengths of texts, and the units of finding out what fields mean, each by name."""

P = TypeVar("P")
T = TypeVar("T")

Arrows = tuple[behaviour.Transition, ...]


class StepWork:
    """The work of steps of one flow.

    Attributes:
        estimate: Estimates formulas of the flow.
        pages: Its pages as the machine reads them, by id.
        triggers: The transitions that are tried for each trigger of each page, its section's among them.
    """

    def __init__(self, context: Context) -> None:
        flow, self._context = context.flow, context
        self.pages = _those(context, program.Page)
        self._arrows = _those(context, behaviour.Transition)
        self._sections = _those(context, program.Section)
        self._blocks: dict[str, tuple[object, object, tuple[Block, ...]]] = context.kept("work.blocks", None, dict)
        ways = (flow.transitions, tuple(page.id for page in flow.pages), flow.sections, self._arrows)
        self.triggers = context.kept("work.triggers", ways, lambda: _by_trigger(flow, self._arrows))
        self._waiting = {place[0]: arrows for place, arrows in self.triggers.items() if place[1] == "wait"}
        self._known_arrivals: dict[str, float] = {}
        self._known_fields: dict[str, tuple[float, float]] = {}
        inputs = (flow.tables, flow.transitions, flow.tasks)
        figures = self._figures(context.kept("work.tables", inputs, lambda: Figures(flow).tables))
        # The same object as before while nothing has another size: what was found with it is kept.
        self._tables, lengths, asked = self._sizes = context.kept("work.sizes", figures, lambda: figures)
        self.estimate = Estimator(self._tables, lengths, asked)
        self._found: dict[str, dict[str, tuple[object, object]]] = context.kept("work.found", self._sizes, dict)

    def blocks(self, owner: str, place: str, blocks: tuple[Block, ...]) -> dict[str, float]:
        """Return the units of showing each block of a page, header or footer, by id."""

        def found() -> dict[str, float]:
            return {one.id: self.estimate.block(one) for one in walk(blocks)}

        return self._kept(place, owner, blocks, found)

    def dear_steps(self, most: float) -> dict[Trigger, float]:
        """Return the units of what happens on each trigger for which they are more than some."""
        shown = tuple((self._blocks_of(name), page.path) for name, page in self.pages.items())
        inputs = (self.triggers, shown, self._sizes)

        def found() -> dict[Trigger, float]:
            every = ((trigger, self.step(trigger)) for trigger in self.triggers)
            return {trigger: units for trigger, units in every if units > most}

        return self._context.kept(f"work.steps {most}", inputs, found)

    def step(self, trigger: Trigger) -> float:
        """Return the units of what happens on a trigger, with the form that it sends and what follows by itself."""
        page = trigger[0]
        sent = self._field_units(page)[1] if trigger[1] == "use" else 0
        return sent + self.tried(self._waiting.get(page, ())) + self.tried(self.triggers[trigger])

    def tried(self, arrows: Arrows) -> float:
        """Return the units of trying some transitions and taking the dearest, with all that follows by itself."""
        tried, dearest = 0.0, 0.0
        for arrow in arrows:
            trying, taking = self._arrow(arrow)
            tried += trying
            dearest = max(dearest, taking + self._arrived(arrow.to))
        return tried + dearest

    def rules(self, task: behaviour.Task) -> float:
        """Return the units of judging a task's rules, or its answer where that takes more."""
        units, success = self.estimate.units, task.success
        rules = units(*[one.when for one in task.failures], *[one.when for one in task.milestones], success.also)
        rules += sum(map(self.estimate.compared, self._tables)) + sum(map(self._expected, success.changes))
        return max(rules, units(task.answer))

    def address(self, page_id: str) -> float:
        """Return the units of finding out whether an address is one of a page, and with which row."""
        page = self.pages[page_id]
        return self._kept("address", page_id, page, lambda: self._address(page))

    def _address(self, page: program.Page) -> float:
        """Return the units of comparing addresses with that of a page."""
        nodes = [one for one in page.path if isinstance(one, Node)]
        size = self._tables.get(page.record or "")
        rows = 1 if size is None else size.rows
        match nodes:
            case []:
                rows = 1
            case [ColumnValue(type="text" | "choice" | "integer", of=BoundRow(name="record"), name=name)]:
                rows = 1 if size is None else size.alike.get(name, rows)
            case _:
                pass
        return self.estimate.each(rows, page.path, bind="record")

    def _kept(self, question: str, name: str, part: object, make: Callable[[], T]) -> T:
        """Return what was found before for the same part while nothing has another size, else find and keep it."""
        answers = self._found.setdefault(question, {})
        known = answers.get(name)
        if known is None or known[0] is not part:
            known = answers[name] = (part, make())
        return cast(T, known[1])

    def _arrow(self, arrow: behaviour.Transition) -> tuple[float, float]:
        """Return the units of trying a transition, and those of taking it."""

        def found() -> tuple[float, float]:
            text: object = () if arrow.notice is None else arrow.notice.text
            taken = self.estimate.units(arrow.record, text) + sum(map(self._effect, arrow.do))
            return TRIED + self.estimate.units(arrow.when), taken

        return self._kept("arrow", arrow.id, arrow, found)

    def _field_units(self, page_id: str) -> tuple[float, float]:
        """Return the units of filling the fields of a page on arrival, and of checking them."""
        known = self._known_fields.get(page_id)
        if known is not None:
            return known
        blocks = self._blocks_of(page_id)

        def found() -> tuple[float, float]:
            fields = [one for one in blocks if isinstance(one, FieldBlock)]
            checked = {field.id: self.estimate.block(field) for field in fields}
            filled = [field for field in fields if field.begins_filled or field.initial is not None]
            begun = self.estimate.units(*[field.initial for field in filled])
            return begun + sum(checked[field.id] for field in filled), sum(checked.values())

        units = self._known_fields[page_id] = self._kept("fields", page_id, blocks, found)
        return units

    def _blocks_of(self, page_id: str) -> tuple[Block, ...]:
        """Return all blocks of a page, with those of its section."""
        page, owner = self.pages.get(page_id), self._context.flow.section_of.get(page_id)
        section = None if owner is None else self._sections.get(owner.id)
        known = self._blocks.get(page_id)
        if known is None or known[0] is not page or known[1] is not section:
            own = () if page is None else page.blocks
            blocks = tuple(walk(own if section is None else (*section.header, *own, *section.footer)))
            known = self._blocks[page_id] = (page, section, blocks)
        return known[2]

    def _arrived(self, page_id: str) -> float:
        """Return the units of arriving on a page; one that leads back to itself is asked about elsewhere."""
        page = self.pages.get(page_id)
        if page is None:
            return 0
        if page_id not in self._known_arrivals:
            self._known_arrivals[page_id] = 0
            units = self._kept("path", page_id, page, lambda: self.estimate.units(page.path))
            units += self._field_units(page_id)[0]
            for kind in ("open", "enter"):
                units += self.tried(self.triggers.get((page_id, kind, ""), ()))
            self._known_arrivals[page_id] = units
        return self._known_arrivals[page_id]

    def _figures(self, tables: Mapping[str, Size]) -> "Sizes":
        """Return the sizes of tables, the lengths of texts, and what finding out the meaning of fields takes."""
        blocks = [self._blocks_of(page_id) for page_id in self.pages]
        known: dict[str, int] = {}
        suggesting: list[OfferingBlock] = []
        for page_id, whole in zip(self.pages, blocks, strict=True):
            lengths, fields = self._context.kept(f"work.lengths.{page_id}", whole, partial(_typed, whole))
            known |= lengths
            suggesting += fields
        flow, arrows = self._context.flow, tuple(self._arrows.values())
        inputs = (flow.variables, tables, known, arrows)
        lengths = self._context.kept("work.texts", inputs, lambda: _lengths(flow, tables, known, arrows))
        plain = Estimator(tables, lengths)
        return tables, lengths, {field.name: plain.offered(field) for field in suggesting}

    def _effect(self, effect: behaviour.Effect) -> float:
        """Return the units of one effect."""
        match effect:
            case behaviour.SetVariable():
                return EFFECT + self.estimate.units(effect.value)
            case behaviour.AddRow():
                return EFFECT + self.estimate.units(*effect.values.values()) + self._changing(effect.table)
            case behaviour.ChangeRows():
                found, units = self.estimate.picked(effect.table, effect.where, "row")
                columns = 1 + len(effect.values)
                each = self.estimate.each(found, *effect.values.values())
                return EFFECT + units + each + found * columns * 2 + self._changing(effect.table)
            case behaviour.RemoveRows():
                return (
                    EFFECT + self.estimate.picked(effect.table, effect.where, "row")[1] + self._changing(effect.table)
                )
            case behaviour.Clear():
                return EFFECT + self._changing(effect.target)
            case _:
                return EFFECT

    def _changing(self, table: str) -> float:
        """Return the units of making a table of another; every row may be another."""
        size = self._tables.get(table)
        return 0 if size is None else size.rows * 4

    def _expected(self, change: behaviour.ExpectedChange) -> float:
        """Return the units of judging an expected change."""
        found, units = self.estimate.picked(change.table, change.where, "row")
        each = self.estimate.each(found, *change.values.values())
        return units + each + found * 20 + self.estimate.compared(change.table)


def _those(context: Context, kind: type[P]) -> dict[str, P]:
    """Return the parts of a kind by id."""
    return {element.id: part for element, part in context.read_parts.items() if isinstance(part, kind)}


def _by_trigger(flow: Flow, arrows: Mapping[str, behaviour.Transition]) -> dict[Trigger, Arrows]:
    """Return the transitions that are tried for each trigger of each page: its own, then its section's."""
    sources: dict[str, list[behaviour.Transition]] = {}
    for one in flow.transitions:
        if one.id in arrows:
            sources.setdefault(one.source, []).append(arrows[one.id])
    found: dict[Trigger, list[behaviour.Transition]] = {}
    for page in flow.pages:
        section = flow.section_of.get(page.id)
        for arrow in (*sources.get(page.id, ()), *sources.get("" if section is None else section.id, ())):
            place = (page.id, arrow.on.kind, arrow.on.block)
            found.setdefault(place, []).append(arrow)
    return {place: tuple(tried) for place, tried in found.items()}


def _lengths(flow: Flow, tables: Mapping[str, Size], typed: Mapping[str, int], arrows: Arrows) -> dict[str, int]:
    """Return the characters of the longest text of each name, followed through the effects that put texts there."""
    known = {f"variable:{one.name}": len(str(one.initial or "")) for one in flow.variables}
    known |= {f"column:{name}.{column}": 0 for name, size in tables.items() for column in size.lengths}
    known |= typed
    for _ in range(ROUNDS):
        grown = {**known, **_put(Estimator(tables, known), arrows, known)}
        if grown == known:
            return known
        known = grown
    return {name: limits.TEXT if not name.startswith("field:") else length for name, length in known.items()}


def _put(estimate: Estimator, arrows: Arrows, known: Mapping[str, int]) -> dict[str, int]:
    """Return the lengths of what effects put into variables and columns, if they are longer than is known."""
    grown: dict[str, int] = {}
    for effect in (one for arrow in arrows for one in arrow.do):
        match effect:
            case behaviour.SetVariable(value=Node()):
                put = {f"variable:{effect.variable}": effect.value}
            case behaviour.AddRow() | behaviour.ChangeRows():
                put = {f"column:{effect.table}.{name}": value for name, value in effect.values.items()}
            case _:
                put = {}
        for name, value in put.items():
            grown[name] = max(known.get(name, 0), grown.get(name, 0), 0 if value is None else estimate.length(value))
    return grown


def _typed(blocks: tuple[Block, ...]) -> tuple[dict[str, int], list[OfferingBlock]]:
    """Return how long the texts of fields can be whose form lets no longer ones pass, and the fields that suggest."""
    forms = [one for one in blocks if isinstance(one, Form) and one.check]
    checked = {inner.id for form in forms for inner in walk(inside(form))}
    lengths = {
        f"field:{one.name}": getattr(one, "max_length", limits.TEXT)
        for one in blocks
        if isinstance(one, FieldBlock) and one.id in checked
    }
    return lengths, [one for one in blocks if is_suggesting(one)]
