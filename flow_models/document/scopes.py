"""What formulas may name at each place of a flow: scopes from tables, variables, pages, sections and tasks.

Forgiving: a name whose table is missing is left out, the first of two equal names counts; the checks report both.
Equal parts give the same scope objects again, so that parsing stays cached while other parts are edited.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from flow_models.document.base import ValueType
from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, is_field, table_shown
from flow_models.document.data import Column, Table
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.flow import Flow
from flow_models.document.rooms import children, walk
from flow_models.document.tasks import Task
from flow_models.formulas.scope import Names, Scope, TableInfo
from flow_models.runtime.machine.base.kinds import KINDS

RULES = frozenset({"before", "answer"})
"""What the rules of a task may use beyond other formulas."""

ACTIONS = frozenset({"chance"})
"""What guards and effects of transitions may use beyond other formulas."""


class Typed(NamedTuple):
    """The type of a column, variable, parameter or field, with the allowed values of a choice."""

    kind: str
    choices: tuple[str, ...] = ()


class _Member(NamedTuple):
    """One name with its type, hashable; `choices` is empty for all but choices."""

    name: str
    kind: str
    choices: tuple[str, ...]


class Scopes:
    """The scopes of one flow, each made when first asked for."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.table_names: dict[str, str] = {table.id: table.name for table in reversed(flow.tables)}
        self._owners: dict[str, Scope] = {}
        self._controls: dict[str, dict[str, str]] = {}
        variables = self._members((variable.name, variable.type) for variable in flow.variables)
        tables = tuple((table.name, self._columns(table.columns), table.durable) for table in reversed(flow.tables))
        self.base = _base(variables, tables)

    def typed(self, value_type: ValueType) -> Typed | None:
        """Return a type as formulas know it; `None` if it refers to a table that is not there."""
        if value_type.kind == "row":
            name = self.table_names.get(value_type.table or "")
            return None if name is None else Typed(f"row:{name}")
        return Typed(value_type.kind, value_type.choices if value_type.kind == "choice" else ())

    def column(self, table_id: str | None, column_id: str) -> Typed | None:
        """Return the type of a column; `None` if it is not there."""
        table = self.flow.tables_by_id.get(table_id or "")
        columns = () if table is None else table.columns
        found = next((column for column in columns if column.id == column_id), None)
        return None if found is None else self.typed(found.type)

    def field(self, block: FieldBlock) -> Typed | None:
        """Return the type of a field's value, as the class of its kind says."""
        value = KINDS[block.kind].traits.value
        table, choices = table_shown(block), getattr(block, "choices", ())
        places: int = getattr(block, "places", 0)
        if value == "row" or (value == "choice" and table is not None):
            name = self.table_names.get(table or "")
            return None if name is None else Typed(f"row:{name}")
        return Typed("decimal" if value == "integer" and places else value, choices)

    def with_row(self, scope: Scope, table_id: str | None) -> Scope:
        """Return a scope in which `row` is a row of a table."""
        return variant(scope, self.table_names.get(table_id or ""), scope.used, scope.allow)

    def page(self, page: Page) -> Scope:
        """Return what the blocks of a page may name: its fields, with those of its section, and its record."""
        if page.id not in self._owners:
            section = self.flow.section_of.get(page.id)
            shared = () if section is None else (*section.header, *section.footer)
            self._owners[page.id] = self._of_blocks((*shared, *page.blocks), self.address(page))
        return self._owners[page.id]

    def address(self, page: Page) -> Scope:
        """Return what a page may name before it is shown: its record, but no fields."""
        return replace(self.base, record=self.table_names.get(page.record or ""))

    def section(self, section: Section) -> Scope:
        """Return what the blocks of a section may name: the fields that stand in header and footer."""
        if section.id not in self._owners:
            self._owners[section.id] = self._of_blocks((*section.header, *section.footer), self.base)
        return self._owners[section.id]

    def transition(self, transition: Transition) -> Scope:
        """Return what guard and effects of a transition may name; `row` and `used` are the row whose control it has."""
        flow, source = self.flow, transition.source
        scope = self.base
        table = None
        if source in flow.pages_by_id:
            page = flow.pages_by_id[source]
            section = flow.section_of.get(page.id)
            scope = self.page(page)
            table = self._used(page, transition) or (self._used(section, transition) if section else None)
        elif source in flow.sections_by_id:
            section = flow.sections_by_id[source]
            scope = self.section(section)
            table = self._used(section, transition)
        return variant(scope, table, table, ACTIONS)

    def task(self, task: Task, parameters: int | None = None) -> Scope:
        """Return what a task may name; with `parameters`, only its first so many parameters."""
        members = self._members((parameter.name, parameter.type) for parameter in task.parameters[:parameters])
        return replace(
            self.base,
            task=Names({member.name: member.kind for member in members}),
            choices=_with_choices(self.base, "task.", members),
        )

    def generated(self, table: Table, columns: int) -> Scope:
        """Return what a generated row may name: the first so many of its own columns, and the other tables."""
        name = table.name
        info = _table(self._columns(table.columns[:columns]), table.durable)
        return replace(self.base, row=name, tables=Names({**self.base.tables, name: info}))

    def _of_blocks(self, blocks: tuple[AnyBlock, ...], scope: Scope) -> Scope:
        members = []
        for block in walk(blocks):
            if is_field(block):
                typed = self.field(block)
                if typed is not None:
                    members.append(_Member(block.name, *typed))
        if not members:
            return scope
        members.reverse()
        return replace(
            scope,
            fields=Names({member.name: member.kind for member in members}),
            choices=_with_choices(scope, "field.", members),
        )

    def _used(self, owner: Page | Section, transition: Transition) -> str | None:
        """Return the table of the list whose row control triggers a transition."""
        if not isinstance(transition.on, UseTrigger | ChangeTrigger):
            return None
        if owner.id not in self._controls:
            self._controls[owner.id] = dict(self._row_controls(owner.blocks_by_id.values()))
        return self._controls[owner.id].get(transition.on.block)

    def _row_controls(self, blocks: Iterable[AnyBlock]) -> Iterator[tuple[str, str]]:
        """Yield the id of each control in the rows of a block with the name of its table."""
        for block in blocks:
            name = self.table_names.get(table_shown(block) or "")
            if name is not None:
                yield from ((control.id, name) for control in children(block))

    def _columns(self, columns: tuple[Column, ...]) -> tuple[_Member, ...]:
        return self._members((column.name, column.type) for column in columns)

    def _members(self, named: Iterable[tuple[str, ValueType]]) -> tuple[_Member, ...]:
        """Return names with their types, the first of equal names only, without those whose table is missing."""
        found: dict[str, _Member] = {}
        for name, value_type in named:
            typed = self.typed(value_type)
            if typed is not None and name not in found:
                found[name] = _Member(name, *typed)
        return tuple(found.values())


def _with_choices(scope: Scope, prefix: str, members: Iterable[_Member]) -> Names[tuple[str, ...]]:
    """Return the scope's known choices with those of more names."""
    return Names({**scope.choices, **{prefix + member.name: member.choices for member in members if member.choices}})


@lru_cache(maxsize=16384)
def variant(scope: Scope, row: str | None, used: str | None, allow: frozenset[str]) -> Scope:
    """Return a scope with other rows and permissions; the same object for the same ones."""
    return replace(scope, row=row, used=used, allow=allow)


@lru_cache(maxsize=256)
def _table(columns: tuple[_Member, ...], durable: bool) -> TableInfo:
    return TableInfo(
        Names({member.name: member.kind for member in columns}),
        Names({member.name: member.choices for member in columns if member.choices}),
        durable,
    )


@lru_cache(maxsize=64)
def _base(variables: tuple[_Member, ...], tables: tuple[tuple[str, tuple[_Member, ...], bool], ...]) -> Scope:
    """Return the scope that every place of a flow shares; the same object for the same variables and tables."""
    return Scope(
        variables=Names({member.name: member.kind for member in variables}),
        tables=Names({name: _table(columns, durable) for name, columns, durable in tables}),
        choices=Names({member.name: member.choices for member in variables if member.choices}),
    )
