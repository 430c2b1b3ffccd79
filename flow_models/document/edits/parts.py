"""Finding and replacing any element of a flow by kind and id; what the other edits stand on.

An edit never changes a model: it builds the parts on the way from the element to the root anew, through their
constructors, and keeps every other part as the same object, so that comparing two flows costs nothing.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.block_base import BlockBase
from flow_models.document.blocks import AnyBlock, is_field
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.edits.tree import mapped_tree
from flow_models.document.elements import Element
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow, Site
from flow_models.document.paths import inside, with_inside
from flow_models.document.reasons import reason_of
from flow_models.document.tasks import Parameter, Task

Part = Flow | Site | Table | Column | Row | Variable | Section | Page | AnyBlock | Transition | Task | Parameter
"""What an `Element` can stand for."""

TOP_LEVEL = {
    "table": "tables",
    "variable": "variables",
    "section": "sections",
    "page": "pages",
    "transition": "transitions",
    "task": "tasks",
}
"""The flow's field that holds each kind of element."""

INNER = {"column": ("tables", "columns"), "row": ("tables", "rows"), "parameter": ("tasks", "parameters")}
"""For elements inside others: the flow's field, then the owner's field."""

_Item = TypeVar("_Item", bound=Page | Section | Transition | Table | Column | Row | Variable | Task | Parameter)


def part_of(flow: Flow, element: Element) -> Part | None:
    """Return the part that an element stands for; `None` if the flow has it no more."""
    match element.kind:
        case "flow":
            return flow
        case "site":
            return flow.site
        case "block":
            owner = flow.owners_by_block.get(element.id)
            return owner.blocks_by_id[element.id] if owner else None
        case "column" | "row" | "parameter":
            _, part = _inner(flow, element)
            return part
        case kind:
            found: Part | None = getattr(flow, f"{TOP_LEVEL[kind]}_by_id").get(element.id)
            return found


def replace(flow: Flow, element: Element, part: Part) -> Flow:
    """Return the flow with one element replaced by a part of the same kind, wherever it is; the id must stay.

    Raises:
        UnknownElementError: The flow has no such element.
        EditError: The part is of another kind, or has another id.
    """
    old = part_of(flow, element)
    if old is None:
        raise UnknownElementError(element.kind, element.id)
    if isinstance(part, Flow):
        return part
    if isinstance(part, Site):
        return flow.rebuilt(site=part)
    is_kept = isinstance(part, BlockBase) if isinstance(old, BlockBase) else type(part) is type(old)
    if not is_kept or part.id != element.id:
        raise EditError("edit.other_element", kind=element.kind, id=element.id)
    if isinstance(part, BlockBase):
        return _with_block(flow, element.id, part)
    if isinstance(part, Column | Row | Parameter):
        return _with_inner(flow, element, part)
    field = TOP_LEVEL[element.kind]
    return flow.rebuilt(**{field: swapped(getattr(flow, field), part)})


def value_at(flow: Flow, element: Element) -> object:
    """Return the value of an element's field, by its path (`when`, `do.0.values.c_amount`); the part if it has none.

    Raises:
        UnknownElementError: The flow has no such element, or the element no such field.
    """
    part = part_of(flow, element)
    if part is None:
        raise UnknownElementError(element.kind, element.id)
    try:
        return inside(part, element.field.split(".") if element.field else ())
    except KeyError as error:
        raise UnknownElementError(element.kind, f"{element.id}.{element.field}") from error


def with_value(flow: Flow, element: Element, value: object) -> Flow:
    """Return the flow with one field of an element set, by its path.

    Raises:
        UnknownElementError: The flow has no such element, or the element no such field.
        EditError: The value does not fit the field.
    """
    part = part_of(flow, element)
    if part is None:
        raise UnknownElementError(element.kind, element.id)
    try:
        changed = with_inside(part, element.field.split("."), value)
    except KeyError as error:
        raise UnknownElementError(element.kind, f"{element.id}.{element.field}") from error
    except ValidationError as error:
        raise EditError("edit.value", field=element.field, reason=reason_of(error)) from error
    return replace(flow, element, changed)


def owner_of(flow: Flow, element: Element) -> Element | None:
    """Return the page, section, transition, table or task that an element is or belongs to; `None` if it is gone."""
    bare = element._replace(field="")
    match element.kind:
        case "block":
            owner = flow.owners_by_block.get(element.id)
            return None if owner is None else Element("page" if isinstance(owner, Page) else "section", owner.id)
        case "column" | "row" | "parameter":
            holder = holder_of(flow, element)
            return None if holder is None else Element("table" if isinstance(holder, Table) else "task", holder.id)
        case _:
            return bare if part_of(flow, bare) is not None else None


def holder_of(flow: Flow, element: Element) -> Table | Task | None:
    """Return the table that has a column or row, or the task that has a parameter; `None` if none has it."""
    return _inner(flow, element)[0]


def owner_of_block(flow: Flow, block_id: str) -> Page | Section:
    """Return the page or section on which a block stands.

    Raises:
        UnknownElementError: No page or section has it.
    """
    owner = flow.owners_by_block.get(block_id)
    if owner is None:
        raise UnknownElementError("block", block_id)
    return owner


def with_owner(flow: Flow, owner: Page | Section) -> Flow:
    """Return the flow with a page or section replaced by one of the same id."""
    if isinstance(owner, Page):
        return flow.rebuilt(pages=swapped(flow.pages, owner))
    return flow.rebuilt(sections=swapped(flow.sections, owner))


def field_names(flow: Flow, owner: Page | Section) -> frozenset[str]:
    """Return the names of all fields that can meet on a page with this one: its own and its section's."""
    owners: list[Page | Section] = [owner]
    if isinstance(owner, Page):
        section = flow.section_of.get(owner.id)
        owners += [section] if section else []
    else:
        owners += [flow.pages_by_id[page_id] for page_id in owner.pages if page_id in flow.pages_by_id]
    return frozenset(block.name for part in owners for block in part.blocks_by_id.values() if is_field(block))


def swapped(items: Sequence[_Item], item: _Item) -> tuple[_Item, ...]:
    """Return a sequence in which the item of the same id is replaced."""
    return tuple(item if old.id == item.id else old for old in items)


def without(items: Sequence[_Item], ids: set[str]) -> tuple[_Item, ...]:
    """Return a sequence without the items of these ids."""
    return tuple(item for item in items if item.id not in ids)


def inserted(items: Sequence[_Item], item: _Item, index: int | None) -> tuple[_Item, ...]:
    """Return a sequence with one item more, at an index or at the end."""
    position = len(items) if index is None else max(0, min(index, len(items)))
    return (*items[:position], item, *items[position:])


def moved(items: Sequence[_Item], item_id: str, index: int, kind: str) -> tuple[_Item, ...]:
    """Return a sequence in which one item stands at an index, counted without it.

    Raises:
        UnknownElementError: No item has this id.
    """
    item = next((item for item in items if item.id == item_id), None)
    if item is None:
        raise UnknownElementError(kind, item_id)
    return inserted(without(items, {item_id}), item, index)


def map_owner_blocks(
    owner: Page | Section, change: Callable[[tuple[AnyBlock, ...]], tuple[AnyBlock, ...]]
) -> Page | Section:
    """Return a page or section with a change applied to each of its sequences of blocks."""
    if isinstance(owner, Page):
        return owner.rebuilt(blocks=change(owner.blocks))
    return owner.rebuilt(header=change(owner.header), footer=change(owner.footer))


def _inner(flow: Flow, element: Element) -> tuple[Table | Task | None, Column | Row | Parameter | None]:
    """Return the table or task that has an element, and the element; None for both if nothing has it."""
    owner_field, field = INNER[element.kind]
    for owner in getattr(flow, owner_field):
        for part in getattr(owner, field):
            if part.id == element.id:
                return owner, part
    return None, None


def _with_inner(flow: Flow, element: Element, part: Column | Row | Parameter) -> Flow:
    """Return the flow with a column, row or parameter replaced."""
    owner, _ = _inner(flow, element)
    if owner is None:
        raise UnknownElementError(element.kind, element.id)
    owner_field, field = INNER[element.kind]
    changed = owner.rebuilt(**{field: swapped(getattr(owner, field), part)})
    return flow.rebuilt(**{owner_field: swapped(getattr(flow, owner_field), changed)})


def _with_block(flow: Flow, block_id: str, block: AnyBlock) -> Flow:
    """Return the flow with one block replaced."""
    owner = owner_of_block(flow, block_id)
    return with_owner(flow, map_owner_blocks(owner, lambda blocks: mapped_tree(blocks, block_id, lambda _: (block,))))
