"""What follows when an element gets another title, or a page another record: names, addresses, headings, labels.

Whatever was made from the old title is made again from the new one; what a person wrote stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from flow_models.document.base import ValueType
from flow_models.document.behaviour import Page, UseTrigger
from flow_models.document.blocks import AnyBlock, Heading, is_control
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.asking import source_called
from flow_models.document.edits.blocks import replace_block
from flow_models.document.edits.guesses import table_called
from flow_models.document.edits.ids import address_from, escaped, first_wording, name_from, slug_from
from flow_models.document.edits.pages import address_of, get_page, replace_page
from flow_models.document.edits.parts import holder_of, part_of, with_value
from flow_models.document.edits.renames import (
    rename_column,
    rename_field,
    rename_parameter,
    rename_table,
    rename_task,
    rename_variable,
)
from flow_models.document.edits.retyping import retyped
from flow_models.document.elements import Element, ElementKind
from flow_models.document.errors import EditError
from flow_models.document.field_blocks import FieldBase
from flow_models.document.flow import Flow
from flow_models.document.scopes import Scopes
from flow_models.document.tasks import ChoiceSource, Parameter, Task
from flow_models.formulas import parse_template

_TRIES = 20
"""Names tried, with numbers behind them, before a part keeps its old one."""


def retitle(flow: Flow, element: Element, title: str) -> Flow:
    """Return the flow with an element retitled, and what was made from its old title made from the new one.

    Raises:
        UnknownElementError: The flow has no such element, or it has no title.
        EditError: The title does not fit.
    """
    bare = element._replace(field="")
    return followed(flow, with_value(flow, element._replace(field="title"), title.strip()), bare)


def named_first(flow: Flow, page_id: str, title: str) -> Flow:
    """Return the flow with a page that was just made retitled: unlike later, buttons that lead there keep their words.

    Raises:
        UnknownElementError: The flow has no such page.
    """
    old = get_page(flow, page_id)
    return _remade(flow, old, old.rebuilt(title=title.strip()))


def followed(before: Flow, now: Flow, element: Element) -> Flow:
    """Return a flow in which what was made from an element's title and record, as they were before, follows them."""
    old, new = part_of(before, element), part_of(now, element)
    match new:
        case Page() if isinstance(old, Page):
            return _page_followed(now, old, new)
        case Task() if isinstance(old, Task):
            return _task_followed(now, old, new)
        case Column() | Parameter() if isinstance(old, type(new)):
            return _meant(_renamed(now, element, old.title, new.title, new.name), element)
        case FieldBase() | Table() | Variable() if isinstance(old, type(new)):
            return _renamed(now, element, old.title, new.title, new.name)
        case _:
            return now


def with_record(flow: Flow, page_id: str, table_id: str | None) -> Flow:
    """Return the flow with a page that shows a row of another table, or of none; a made address follows.

    Raises:
        UnknownElementError: The flow has no such page.
    """
    changed = replace_page(flow, get_page(flow, page_id).rebuilt(record=table_id))
    return followed(flow, changed, Element("page", page_id))


def _meant(flow: Flow, element: Element) -> Flow:
    """Return the flow in which a new column or parameter is what its title says: a row of a table, a ready list."""
    part = part_of(flow, element)
    if not isinstance(part, Column | Parameter) or part.type != ValueType() or not _is_blank(flow, part):
        return flow
    own = next((table for table in flow.tables if part in table.columns), None)
    named = table_called((table for table in flow.tables if table is not own), part.title)
    if named is not None and name_from(part.title, ()) != named.name:
        return retyped(flow, element, "row")
    if isinstance(part, Parameter):
        return with_value(flow, element._replace(field="source"), source_called(part.name, part.type))
    return flow


def _is_blank(flow: Flow, part: Column | Parameter) -> bool:
    """Say whether a part has no values yet that another type could not hold."""
    if isinstance(part, Parameter):
        return part.source == ChoiceSource()
    tables = (table for table in flow.tables if part in table.columns)
    return not any(part.id in row.values for table in tables for row in table.rows)


def _page_followed(flow: Flow, old: Page, new: Page) -> Flow:
    if not new.title.strip() or (old.title, old.record) == (new.title, new.record):
        return flow
    flow = _remade(flow, old, new)
    return flow if old.title == new.title else _relabelled(flow, old, new)


def _remade(flow: Flow, old: Page, new: Page) -> Flow:
    """Return the flow with a page whose address and heading follow its title and record, if they were made."""
    if new.path and _is_made(flow, new.path, old):
        new = new.rebuilt(path=address_of(flow, new))
    words = _as_text(flow, new)
    return replace_page(flow, new.rebuilt(blocks=tuple(_reheaded(block, old.title, words) for block in new.blocks)))


def _is_made(flow: Flow, path: str, page: Page) -> bool:
    """Say whether an address is one that a page's title and record make; a number may be in it."""
    table = flow.tables_by_id.get(page.record or "")
    bare, whole = address_from(page.title, (), None), address_from(page.title, (), table)
    ending = whole.removeprefix(bare)
    return re.fullmatch(rf"{re.escape(bare)}(-\d+)?({re.escape(ending)})?", path) is not None


def _as_text(flow: Flow, page: Page) -> str:
    """Return a page's title as a text on the page: with its values, or as it stands where it names none."""
    return page.title if parse_template(page.title, Scopes(flow).page(page)).parts is not None else escaped(page.title)


def _reheaded(block: AnyBlock, old: str, words: str) -> AnyBlock:
    """Return a heading that says the old title with other words; any other block as it is."""
    return block.rebuilt(text=words) if isinstance(block, Heading) and block.text in (old, escaped(old)) else block


def _relabelled(flow: Flow, old: Page, new: Page) -> Flow:
    """Return the flow in which buttons and links that lead to a page and are called like it take its new title."""
    leading = {arrow.on.block for arrow in flow.transitions if arrow.to == new.id and isinstance(arrow.on, UseTrigger)}
    for block_id in sorted(leading):
        owner = flow.owners_by_block.get(block_id)
        block = None if owner is None else owner.blocks_by_id[block_id]
        if block is not None and getattr(block, "title", "") == escaped(old.title) and is_control(block):
            flow = replace_block(flow, block.rebuilt(title=escaped(new.title)))
    return flow


def _task_followed(flow: Flow, old: Task, new: Task) -> Flow:
    """Return the flow in which a task's name and its made wording follow its title."""
    if new.title.strip() and new.wordings == (first_wording(old.title),):
        flow = with_value(flow, Element("task", new.id, "wordings"), (first_wording(new.title),))
    return _renamed(flow, Element("task", new.id), old.title, new.title, new.name)


def _renamed(flow: Flow, element: Element, old_title: str, title: str, name: str) -> Flow:
    """Return the flow with the name of a part made from its new title, if it was made from its old one."""
    made, joint = (slug_from, "-") if element.kind == "task" else (name_from, "_")
    wanted = made(title, ()) if title.strip() else ""
    if not wanted or wanted == name or not re.fullmatch(rf"{re.escape(made(old_title, ()))}({joint}\d+)?", name):
        return flow
    rename = _RENAMES[element.kind]
    for number in range(1, _TRIES):
        try:
            return rename(flow, element.id, wanted if number == 1 else f"{wanted}{joint}{number}")
        except EditError:
            continue
    return flow


def _rename_inner(
    rename: Callable[[Flow, str, str, str], Flow], kind: ElementKind, flow: Flow, part_id: str, name: str
) -> Flow:
    """Return the flow with a column or parameter renamed, whose table or task is looked for."""
    holder = holder_of(flow, Element(kind, part_id))
    return flow if holder is None else rename(flow, holder.id, part_id, name)


_RENAMES: Mapping[str, Callable[[Flow, str, str], Flow]] = MappingProxyType(
    {
        "table": rename_table,
        "variable": rename_variable,
        "task": rename_task,
        "block": rename_field,
        "column": partial(_rename_inner, rename_column, "column"),
        "parameter": partial(_rename_inner, rename_parameter, "parameter"),
    }
)
