"""Renaming what formulas use: the name changes in one edit with every formula and text that means it.

A new name that is taken, reserved, or that would change what some other formula means is refused.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from flow_models.document.behaviour import Section
from flow_models.document.edits.data import get_table
from flow_models.document.edits.parts import TOP_LEVEL, field_names, owner_of_block, part_of, with_value
from flow_models.document.edits.tasks import get_task, replace_task
from flow_models.document.elements import Element
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.flow import Flow
from flow_models.document.places import Place, places
from flow_models.formulas import RESERVED, parse, parse_template, references, renamed
from flow_models.formulas.typer import Space

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")

_Meaning = list[tuple[str, str, str | None]]
"""Space, name and table of what each name in a place means, in order."""


def rename_table(flow: Flow, table_id: str, name: str) -> Flow:
    """Return the flow with a table renamed, in every formula too.

    Raises:
        UnknownElementError: The flow has no such table.
        EditError: The name cannot be used.
    """
    table = get_table(flow, table_id)
    return _renamed(flow, _Renaming(Element("table", table_id), "table", table.name, name), _data_names(flow))


def rename_column(flow: Flow, table_id: str, column_id: str, name: str) -> Flow:
    """Return the flow with a column renamed, in every formula too.

    Raises:
        UnknownElementError: The flow has no such table or column.
        EditError: The name cannot be used.
    """
    table = get_table(flow, table_id)
    column = next((column for column in table.columns if column.id == column_id), None)
    if column is None:
        raise UnknownElementError("column", column_id)
    renaming = _Renaming(Element("column", column_id), "column", column.name, name, table.name)
    return _renamed(flow, renaming, {other.name for other in table.columns})


def rename_variable(flow: Flow, variable_id: str, name: str) -> Flow:
    """Return the flow with a variable renamed, in every formula too.

    Raises:
        UnknownElementError: The flow has no such variable.
        EditError: The name cannot be used.
    """
    variable = flow.variables_by_id.get(variable_id)
    if variable is None:
        raise UnknownElementError("variable", variable_id)
    renaming = _Renaming(Element("variable", variable_id), "variable", variable.name, name)
    return _renamed(flow, renaming, _data_names(flow))


def rename_parameter(flow: Flow, task_id: str, parameter_id: str, name: str) -> Flow:
    """Return the flow with a parameter renamed, in every formula and wording of its task too.

    Raises:
        UnknownElementError: The flow has no such task or parameter.
        EditError: The name cannot be used.
    """
    task = get_task(flow, task_id)
    parameter = next((part for part in task.parameters if part.id == parameter_id), None)
    if parameter is None:
        raise UnknownElementError("parameter", parameter_id)
    renaming = _Renaming(Element("parameter", parameter_id), "task", parameter.name, name, owners=frozenset({task_id}))
    return _renamed(flow, renaming, {other.name for other in task.parameters})


def rename_field(flow: Flow, block_id: str, name: str) -> Flow:
    """Return the flow with a field renamed, in every formula of its page and of the page's transitions too.

    Raises:
        UnknownElementError: The flow has no such block.
        EditError: The block holds no value, or the name cannot be used.
    """
    owner = owner_of_block(flow, block_id)
    block = owner.blocks_by_id[block_id]
    if not isinstance(block, FieldBlock):
        raise EditError("edit.no_field")
    owners = frozenset({owner.id, *(owner.pages if isinstance(owner, Section) else ())})
    renaming = _Renaming(Element("block", block_id), "field", block.name, name, owners=owners)
    return _renamed(flow, renaming, field_names(flow, owner))


def rename_task(flow: Flow, task_id: str, name: str) -> Flow:
    """Return the flow with a task under another name, as it stands in the Gymnasium id.

    Raises:
        UnknownElementError: The flow has no such task.
        EditError: The name cannot be used.
    """
    task = get_task(flow, task_id)
    if not SLUG.fullmatch(name):
        raise EditError("edit.slug_shape", name=name)
    if any(other.name == name for other in flow.tasks if other.id != task_id):
        raise EditError("edit.name_taken", name=name)
    return replace_task(flow, task.rebuilt(name=name))


class _Renaming(NamedTuple):
    """One renaming: the element, the space of names it is in, and its names before and after."""

    element: Element
    space: Space
    old: str
    new: str
    table: str | None = None
    owners: frozenset[str] | None = None
    """The pages, sections or task in whose formulas the name is known; `None` for all."""


def _renamed(flow: Flow, renaming: _Renaming, taken: Collection[str]) -> Flow:
    """Return the flow with the name changed and every use of it rewritten."""
    if renaming.new == renaming.old:
        return flow
    _check_name(renaming.new, taken)
    known = tuple(_places(flow, renaming))
    doubtful = {
        (place.element, place.template): _meaning(place, renaming)
        for place in known
        if renaming.new in place.source and not _is_broken(place)
    }
    changed = _with_sources(flow, [place for place in known if renaming.old in place.source], renaming)
    changed = with_value(changed, renaming.element._replace(field="name"), renaming.new)
    if doubtful and any(_is_captured(place, doubtful) for place in _places(changed, renaming)):
        raise EditError("edit.name_captures", name=renaming.new)
    return changed


def _is_captured(place: Place, meant: Mapping[tuple[Element, bool], _Meaning]) -> bool:
    """Say whether the names in a place mean something else than they did before a renaming, where that is known."""
    before = meant.get((place.element, place.template))
    return before is not None and before != _meaning(place, None)


def _with_sources(flow: Flow, concerned: list[Place], renaming: _Renaming) -> Flow:
    """Return the flow with the sources of places rewritten; each page, transition… is rebuilt by itself."""
    groups: dict[Element, list[Place]] = {}
    for place in concerned:
        groups.setdefault(place.elements[0], []).append(place)
    changed: dict[str, dict[str, object]] = {}
    for top, members in groups.items():
        field = TOP_LEVEL[top.kind]
        part = part_of(flow, top)
        alone = Flow.model_validate({"id": flow.id, field: (part,)})
        for place in members:
            source = renamed(
                place.source,
                place.scope,
                renaming.space,
                renaming.old,
                renaming.new,
                table=renaming.table,
                template=place.template,
            )
            if source != place.source:
                alone = with_value(alone, place.element, source)
        changed.setdefault(field, {})[top.id] = getattr(alone, field)[0]
    return flow.rebuilt(
        **{field: tuple(new.get(old.id, old) for old in getattr(flow, field)) for field, new in changed.items()}
    )


def _places(flow: Flow, renaming: _Renaming) -> Iterator[Place]:
    """Yield the places where the name may be known."""
    for place in places(flow):
        if renaming.owners is None or _owner(flow, place.elements[0]) in renaming.owners:
            yield place


def _owner(flow: Flow, element: Element) -> str:
    """Return the page, section or task to which a top-level element belongs."""
    return flow.transitions_by_id[element.id].source if element.kind == "transition" else element.id


def _meaning(place: Place, renaming: _Renaming | None) -> _Meaning:
    """Return what the names in a place mean, in order; under their new names if a renaming is given."""
    meant: _Meaning = []
    for use in references(place.source, place.scope, template=place.template):
        name, table = use.name, use.table
        if renaming is not None:
            if (use.space, name) == (renaming.space, renaming.old) and table in (None, renaming.table):
                name = renaming.new
            if renaming.space == "table" and table == renaming.old:
                table = renaming.new
        meant.append((use.space, name, table))
    return meant


def _is_broken(place: Place) -> bool:
    """Say whether a formula has a mistake already: then it means nothing that a new name could change."""
    if place.template:
        return parse_template(place.source, place.scope).parts is None
    return parse(place.source, place.scope).tree is None


def _check_name(name: str, taken: Collection[str]) -> None:
    """Refuse a name that formulas could not use."""
    if not NAME.fullmatch(name):
        raise EditError("edit.name_shape", name=name)
    if name in RESERVED:
        raise EditError("edit.name_reserved", name=name)
    if name in taken:
        raise EditError("edit.name_taken", name=name)


def _data_names(flow: Flow) -> set[str]:
    """Return the names of all tables and variables: they share one scope."""
    return {table.name for table in flow.tables} | {variable.name for variable in flow.variables}
