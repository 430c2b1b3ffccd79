"""Every place of a flow that holds a formula or a text with formulas, with what may be named and is wanted there.

Checks, the compiler and renaming all walk these places, so that none forgets one. Blank sources are not places, but
for the editor, which asks for one place by its element and field. Reading the formulas is not done here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from flow_models.document.base import ColumnId, Model
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    Effect,
    Page,
    RemoveEffect,
    Section,
    SetEffect,
    Transition,
)
from flow_models.document.blocks import AnyBlock, is_field, table_shown
from flow_models.document.data import FormulaGenerator, Generator, RangeGenerator, RowGenerator, Table
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.rooms import children
from flow_models.document.scopes import RULES, Scopes, Typed, variant
from flow_models.document.tasks import FormulaSource, Parameter, RangeSource, RowSource, Task
from flow_models.formulas.kinds import table_of
from flow_models.formulas.parsing import parse
from flow_models.formulas.scope import Scope
from flow_models.runtime.machine.base.kinds import KINDS, OVER_ROWS, contents, slots
from flow_models.runtime.machine.base.parts import Part, PerClass
from flow_models.runtime.machine.base.traits import Asks, Sees, Wants

_ANY = Typed("")
_YES_NO = Typed("boolean")
_SHOWN = Typed("scalar")
_WANTED: Mapping[Wants, Typed | None] = MappingProxyType(
    {"text": None, "condition": _YES_NO, "shown": _SHOWN, "row": _ANY}
)
"""The type of what is wanted in a block, but for a value of a field's own type; None for a text with formulas."""


Owner = Table | Section | Page | Transition | Task
"""A part of a flow that has formulas or texts."""


class Slot(NamedTuple):
    """One formula or template of a part: its field, its source, and what it may name and should be."""

    field: str
    source: str
    scope: Scope
    wanted: Typed | None = None
    """The type that is wanted; `None` for a template."""


class Place(NamedTuple):
    """One formula or template of a flow.

    `elements` are the parts around it from the outside in, without fields; `field` is the path in the innermost;
    `expected` is a type, `scalar`, or `None` for any; `choices` the allowed values where a choice is expected.
    """

    elements: tuple[Element, ...]
    field: str
    source: str
    scope: Scope
    expected: str | None
    template: bool
    choices: tuple[str, ...] = ()

    @property
    def element(self) -> Element:
        """The innermost element with the field, as edits and problems name it."""
        return self.elements[-1]._replace(field=self.field)


def places(flow: Flow) -> Iterator[Place]:
    """Yield every formula and template that a flow holds, in the order of the file."""
    scopes = Scopes(flow)
    parts: tuple[Owner, ...] = (*flow.tables, *flow.sections, *flow.pages, *flow.transitions, *flow.tasks)
    for part in parts:
        yield from places_of(scopes, part)


def place_at(flow: Flow, element: Element) -> Place | None:
    """Return the place of one field, blank or not; `None` if the field holds no formula or the element is gone."""
    bare = element._replace(field="")
    for place in _around(Scopes(flow), bare):
        if place.field == element.field and place.elements[-1] == bare:
            return place
    return None


def _around(scopes: Scopes, element: Element) -> Iterator[Place]:
    """Yield the places of the part of a flow that has an element, blank ones too."""
    part = _owner(scopes.flow, element)
    return iter(()) if part is None else places_of(scopes, part, blank=True)


def _owner(flow: Flow, element: Element) -> Owner | None:
    """Return the part of a flow to whose formulas those of an element belong."""
    match element.kind:
        case "block":
            return flow.owners_by_block.get(element.id)
        case "parameter":
            owning = (task for task in flow.tasks if any(one.id == element.id for one in task.parameters))
            return next(owning, None)
        case kind:
            return part_with_formulas(flow, kind, element.id)


def part_with_formulas(flow: Flow, kind: ElementKind, part_id: str) -> Owner | None:
    """Return a table, section, page, transition or task; None if there is none of this id, or the kind is another."""
    parts: dict[str, Mapping[str, Owner]] = {
        "table": flow.tables_by_id,
        "section": flow.sections_by_id,
        "page": flow.pages_by_id,
        "transition": flow.transitions_by_id,
        "task": flow.tasks_by_id,
    }
    return parts.get(kind, {}).get(part_id)


def places_of(scopes: Scopes, part: Owner, *, blank: bool = False) -> Iterator[Place]:
    """Yield the places of a table, section, page, transition or task."""
    match part:
        case Table():
            return table_places(scopes, part, blank=blank)
        case Section():
            return section_places(scopes, part, blank=blank)
        case Page():
            return page_places(scopes, part, blank=blank)
        case Transition():
            return transition_places(scopes, part, blank=blank)
        case Task():
            return task_places(scopes, part, blank=blank)


def table_places(scopes: Scopes, table: Table, *, blank: bool = False) -> Iterator[Place]:
    """Yield the formulas of a table's generators, each over the columns before its own."""
    columns = {} if table.generate is None else table.generate.columns
    at = (Element("table", table.id),)
    for index, column in enumerate(table.columns):
        generator = columns.get(column.id)
        if generator is not None:
            scope = scopes.generated(table, index)
            typed = scopes.typed(column.type)
            yield from _placed(at, _generator(scopes, generator, scope, typed, f"generate.columns.{column.id}"), blank)


def section_places(scopes: Scopes, section: Section, *, blank: bool = False) -> Iterator[Place]:
    """Yield the formulas and texts of a section's header and footer."""
    at = (Element("section", section.id),)
    scope = scopes.section(section)
    yield from _blocks(scopes, (*section.header, *section.footer), scope, scopes.base, at, blank)


def page_places(scopes: Scopes, page: Page, *, blank: bool = False) -> Iterator[Place]:
    """Yield the formulas and texts of a page and its own blocks."""
    at = (Element("page", page.id),)
    address, scope = scopes.address(page), scopes.page(page)
    own = (
        Slot("title", page.title, scope),
        Slot("path", page.path, address),
        Slot("open_by_url", page.open_by_url, address, _YES_NO),
    )
    yield from _placed(at, own, blank)
    yield from _blocks(scopes, page.blocks, scope, address, at, blank)


def transition_places(scopes: Scopes, transition: Transition, *, blank: bool = False) -> Iterator[Place]:
    """Yield the guard, effects, record and notice of a transition."""
    at = (Element("transition", transition.id),)
    scope = scopes.transition(transition)
    yield from _placed(at, (Slot("when", transition.when, scope, _YES_NO),), blank)
    for index, effect in enumerate(transition.do):
        yield from _placed(at, _effect(scopes, effect, scope, f"do.{index}", blank), blank)
    plain = variant(scope, scope.row, scope.used, frozenset())
    yield from _placed(at, (Slot("record", transition.record, plain, _target(scopes, transition)),), blank)
    if transition.notice is not None:
        yield from _placed(at, (Slot("notice.text", transition.notice.text, plain),), blank)


def task_places(scopes: Scopes, task: Task, *, blank: bool = False) -> Iterator[Place]:
    """Yield the wordings, parameters, setup, rules and answer of a task."""
    at = (Element("task", task.id),)
    scope = scopes.task(task)
    yield from _placed(at, (Slot(f"wordings.{i}", text, scope) for i, text in enumerate(task.wordings)), blank)
    for index, parameter in enumerate(task.parameters):
        inside = (*at, Element("parameter", parameter.id))
        yield from _placed(inside, _parameter(scopes, parameter, scopes.task(task, index)), blank)
    yield from _placed(at, (Slot("require", task.require, scope, _YES_NO),), blank)
    start = scopes.flow.pages_by_id.get(task.start or scopes.flow.site.start or "")
    record = _row(scopes, None if start is None else start.record)
    yield from _placed(at, (Slot("start_record", task.start_record, scope, record),), blank)
    for index, effect in enumerate(task.setup):
        yield from _placed(at, _effect(scopes, effect, scope, f"setup.{index}", blank), blank)
    yield from _placed(at, _rules(scopes, task, scope, blank), blank)


def _placed(at: tuple[Element, ...], slots: Iterator[Slot] | tuple[Slot, ...], blank: bool) -> Iterator[Place]:
    """Yield places from the slots of one part, without blank ones unless they are asked for."""
    for slot in slots:
        if not blank and _is_blank(slot.source):
            continue
        wanted = slot.wanted
        expected = None if wanted is None or wanted is _ANY else wanted.kind
        yield Place(at, slot.field, slot.source, slot.scope, expected, wanted is None, wanted.choices if wanted else ())


def _is_blank(source: str) -> bool:
    return not source or source.isspace()


def _row(scopes: Scopes, table_id: str | None) -> Typed:
    """Return the type of a row of a table; anything if the table is missing."""
    name = scopes.table_names.get(table_id or "")
    return _ANY if name is None else Typed(f"row:{name}")


def _target(scopes: Scopes, transition: Transition) -> Typed:
    """Return the type of the row that a transition's target shows."""
    is_page = transition.to in scopes.flow.pages_by_id
    page = scopes.flow.pages_by_id.get(transition.to if is_page else transition.source)
    return _row(scopes, None if page is None else page.record)


def _blocks(
    scopes: Scopes, blocks: tuple[AnyBlock, ...], scope: Scope, bare: Scope, at: tuple[Element, ...], blank: bool
) -> Iterator[Place]:
    """Yield the formulas and texts of blocks and everything in them; `bare` is the scope without fields."""
    for block in blocks:
        inside = (*at, Element("block", block.id))
        placed = _Surroundings(scopes, block, scope, bare, blank).slots(block, KINDS[block.kind])
        yield from _placed(inside, placed, blank)
        # What stands in a block over rows stands in each of its rows.
        inner = scopes.with_row(scope, table_shown(block)) if block.kind in OVER_ROWS else scope
        yield from _blocks(scopes, children(block), inner, bare, at, blank)


class _Surroundings(NamedTuple):
    """A block, the scopes with and without the fields of its page, and whether blank formulas and texts are wanted."""

    scopes: Scopes
    block: AnyBlock
    scope: Scope
    bare: Scope
    blank: bool

    def slots(self, part: Model, kind: type[Part], path: str = "") -> Iterator[Slot]:
        """Yield the formulas and texts of the block or of a part inside it, as its class says.

        Most are blank: unless these are asked for, nothing is worked out about them.
        """
        for name, asks, inner_kind in _worded(kind):
            value = getattr(part, name)
            if asks is not None:
                if self.blank or not _is_blank(value):
                    yield Slot(path + name, value, self._seen(asks.sees), self._wanted(asks.wants))
            elif inner_kind is not None:
                for index, inner in enumerate(value):
                    yield from self.slots(inner, inner_kind, f"{path}{name}.{index}.")

    def _seen(self, sees: Sees) -> Scope:
        """Return what may be named."""
        match sees:
            case "page":
                return self.scope
            case "bare":
                return self.bare
            case "row":
                return self.scopes.with_row(self.scope, table_shown(self.block))
            case "bare row":
                return self.scopes.with_row(self.bare, table_shown(self.block))
            case "record":
                return variant(self.scope, self._record(), self.scope.used, self.scope.allow)

    def _wanted(self, wants: Wants) -> Typed | None:
        """Return the type that is wanted."""
        if wants == "value":
            return (self.scopes.field(self.block) if is_field(self.block) else None) or _ANY
        return _WANTED[wants]

    def _record(self) -> str | None:
        """Return the table of the row that the block shows: that of its formula, without one the page's record."""
        rows = (slot.name for slot in slots(KINDS[self.block.kind]) if slot.asks.wants == "row")
        source = "".join(getattr(self.block, name) for name in rows)
        return table_of(parse(source, self.scope).kind or "") if source.strip() else self.scope.record


@PerClass
def _worded(kind: type[Part]) -> tuple[tuple[str, Asks | None, type[Part] | None], ...]:
    """Return the fields of a class in which formulas and texts stand, or parts that may have some."""
    return tuple((one.name, one.asks, one.part) for one in contents(kind) if one.asks or one.part)


def _effect(scopes: Scopes, effect: Effect, scope: Scope, path: str, blank: bool) -> Iterator[Slot]:
    """Yield the formulas of an effect; where it changes or removes rows, `row` is the row concerned."""
    match effect:
        case SetEffect():
            variable = scopes.flow.variables_by_id.get(effect.variable)
            typed = None if variable is None else scopes.typed(variable.type)
            yield Slot(f"{path}.value", effect.value, scope, typed or _ANY)
        case AddEffect():
            yield from _values(scopes, effect.table, effect.values, scope, path, blank)
        case ChangeEffect():
            inner = scopes.with_row(scope, effect.table)
            yield Slot(f"{path}.where", effect.where, inner, _YES_NO)
            yield from _values(scopes, effect.table, effect.values, inner, path, blank)
        case RemoveEffect():
            yield Slot(f"{path}.where", effect.where, scopes.with_row(scope, effect.table), _YES_NO)
        case _:
            pass


def _values(
    scopes: Scopes, table_id: str, values: Mapping[ColumnId, str], scope: Scope, path: str, blank: bool
) -> Iterator[Slot]:
    """Yield the formulas for columns of a row; those without one only if blank places are asked for."""
    table = scopes.flow.tables_by_id.get(table_id)
    sources = {str(column): source for column, source in values.items()}
    if blank and table is not None:
        sources = {column.id: "" for column in table.columns} | sources
    for column_id, source in sources.items():
        yield Slot(f"{path}.values.{column_id}", source, scope, scopes.column(table_id, column_id) or _ANY)


def _generator(scopes: Scopes, generator: Generator, scope: Scope, typed: Typed | None, path: str) -> Iterator[Slot]:
    match generator:
        case RangeGenerator():
            yield from _range(generator, scope, typed, path)
        case RowGenerator():
            name = table_of(typed.kind) if typed else None
            yield Slot(f"{path}.where", generator.where, replace(scopes.base, row=name), _YES_NO)
        case FormulaGenerator():
            yield Slot(f"{path}.formula", generator.formula, scope, typed or _ANY)
        case _:
            pass


def _range(source: RangeGenerator | RangeSource, scope: Scope, typed: Typed | None, path: str) -> Iterator[Slot]:
    """Yield the bounds and the step of a range; steps of dates are days, of times minutes."""
    step = Typed("integer") if typed and typed.kind in ("date", "time") else typed
    yield Slot(f"{path}.minimum", source.minimum, scope, typed or _ANY)
    yield Slot(f"{path}.maximum", source.maximum, scope, typed or _ANY)
    yield Slot(f"{path}.step", source.step, scope, step or _ANY)


def _parameter(scopes: Scopes, parameter: Parameter, scope: Scope) -> Iterator[Slot]:
    typed = scopes.typed(parameter.type)
    match parameter.source:
        case RowSource():
            inner = replace(scope, row=table_of(typed.kind) if typed else None)
            yield Slot("source.where", parameter.source.where, inner, _YES_NO)
        case RangeSource():
            yield from _range(parameter.source, scope, typed, "source")
        case FormulaSource():
            yield Slot("source.formula", parameter.source.formula, scope, typed or _ANY)
        case _:
            pass


def _rules(scopes: Scopes, task: Task, scope: Scope, blank: bool) -> Iterator[Slot]:
    """Yield success, answer, failures and milestones; they may look at the start of the episode and the answer."""
    rules = replace(scope, allow=RULES)
    for index, change in enumerate(task.success.changes):
        path = f"success.changes.{index}"
        inner = rules if change.kind == "added" else scopes.with_row(rules, change.table)
        if change.kind != "added":
            yield Slot(f"{path}.where", change.where, inner, _YES_NO)
        if change.kind != "removed":
            yield from _values(scopes, change.table, change.values, inner, path, blank)
    yield Slot("success.also", task.success.also, rules, _YES_NO)
    yield Slot("answer", task.answer, replace(scope, allow=frozenset({"before"})), _SHOWN)
    for index, failure in enumerate(task.failures):
        yield Slot(f"failures.{index}.when", failure.when, rules, _YES_NO)
    for index, milestone in enumerate(task.milestones):
        yield Slot(f"milestones.{index}.when", milestone.when, rules, _YES_NO)
