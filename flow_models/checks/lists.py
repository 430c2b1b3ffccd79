"""Does every list show something, can all of its pages be seen, and do page numbers belong to a list?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.setting import at, setting
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import ListBlock, Pagination
from flow_models.document.edits.blocks import insert_block, slot_of
from flow_models.document.edits.ids import new_id
from flow_models.document.flow import Flow

PAGE_SIZE = 10
"""Rows at a time where a list shall have pages."""


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield lists without a table or columns, or of which only the first page can be seen, and idle page numbers."""
    page = owner_label(owner)
    lists: dict[str, ListBlock] = {
        block.id: block for block in owner.blocks_by_id.values() if isinstance(block, ListBlock)
    }
    turning = [block for block in owner.blocks_by_id.values() if isinstance(block, Pagination)]
    for block in turning:
        yield from _turning(block, lists, page)
    turned = frozenset(block.list for block in turning)
    for listed in lists.values():
        yield from _listed(context, listed, turned, page)


def _listed(context: Context, listed: ListBlock, turned: frozenset[str | None], page: str) -> Iterator[Problem]:
    """Yield what a list lacks; `turned` are the lists whose pages can be turned."""
    if listed.table not in context.flow.tables_by_id:
        yield problem("list.no_table", "error", at(listed, "table"), page=page)
    if not listed.columns:
        yield problem("list.no_columns", "warning", at(listed, "columns"), page=page)
    if listed.page_size and listed.id not in turned:
        adding = fix("add_pagination", partial(with_pagination, list_id=listed.id))
        label = block_label(listed)
        yield problem("list.no_pagination", "warning", at(listed, "page_size"), fix=adding, block=label, page=page)


def _turning(block: Pagination, lists: dict[str, ListBlock], page: str) -> Iterator[Problem]:
    """Yield what is wrong with page numbers: they need a list on the same page that shows some rows at a time."""
    turned = lists.get(block.list or "")
    if turned is None:
        yield problem("pagination.no_list", "error", at(block, "list"), fix=_choosing(block, lists), page=page)
    elif not turned.page_size:
        sizing = setting(turned, "page_size", PAGE_SIZE, "page_size", count=PAGE_SIZE)
        yield problem(
            "pagination.not_paged",
            "warning",
            at(turned, "page_size"),
            at(block),
            fix=sizing,
            block=block_label(turned),
            page=page,
        )


def _choosing(block: Pagination, lists: dict[str, ListBlock]) -> Fix | None:
    """Return the fix that lets page numbers turn the list that they seem to mean, if there is one."""
    paged = [listed for listed in lists.values() if listed.page_size]
    likely = next(iter([*paged, *lists.values()]), None)
    return None if likely is None else setting(block, "list", likely.id, "turn_list", named=likely)


def with_pagination(flow: Flow, list_id: str) -> Flow:
    """Return the flow with something behind a list that turns its pages."""
    slot, index = slot_of(flow, list_id)
    return insert_block(flow, slot, index + 1, Pagination.model_validate({"id": new_id("block"), "list": list_id}))
