"""Is it clear which row every detail page shows?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.behaviour import Page, Transition
from flow_models.document.blocks import AnyBlock, Details
from flow_models.document.edits.ids import record_ending
from flow_models.document.edits.pages import get_page, replace_page
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def page_problems(context: Context, page: Page) -> Iterator[Problem]:
    """Yield details without a row, a record of a table that is not there, and an address without the record."""
    flow = context.flow
    if page.record is not None and page.record not in flow.tables_by_id:
        forgetting = fix("no_record", lambda now: replace_page(now, get_page(now, page.id).rebuilt(record=None)))
        yield problem(
            "page.record_missing",
            "error",
            Element("page", page.id, "record"),
            fix=None if any(_needs_row(block) for block in page.blocks_by_id.values()) else forgetting,
            page=page_label(page),
        )
        return
    if page.record is None:
        for block in page.blocks_by_id.values():
            if _needs_row(block):
                yield problem(
                    "page.no_record",
                    "error",
                    Element("page", page.id, "record"),
                    Element("block", block.id, "record"),
                    fix=_record_of_arrivals(context, page),
                    page=page_label(page),
                )
    elif page.kind == "page" and page.path and "{" not in page.path:
        yield problem(
            "page.path_without_record",
            "error",
            Element("page", page.id, "path"),
            fix=_record_in_path(flow, page),
            page=page_label(page),
        )


def arrow_problems(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield transitions to a detail page that do not say which row it shows."""
    flow = context.flow
    target = flow.pages_by_id.get(arrow.to)
    if target is None or target.record is None or arrow.record.strip():
        return
    table = context.scopes.table_names.get(target.record)
    scope = context.scopes.transition(arrow)
    if table is not None and table not in (scope.used, scope.record):
        yield problem(
            "transition.no_record",
            "error",
            Element("transition", arrow.id, "record"),
            Element("page", target.id, "record"),
            arrow=arrow_label(flow, arrow),
            page=page_label(target),
        )


def _needs_row(block: AnyBlock) -> bool:
    """Say whether a block shows details of the row that its page is about."""
    return isinstance(block, Details) and not block.record.strip()


def _with_row(flow: Flow, page_id: str, table_id: str) -> Flow:
    """Return the flow with a page about a row, with an address of its own for each."""
    page = get_page(flow, page_id)
    ending = record_ending(flow.tables_by_id[table_id])
    is_plain = page.kind == "page" and page.path and "{" not in page.path
    path = page.path.rstrip("/") + ending if is_plain else page.path
    return replace_page(flow, page.rebuilt(record=table_id, path=path))


def _record_of_arrivals(context: Context, page: Page) -> Fix | None:
    """Return the fix that makes a page show the row whose button leads to it, if all that do agree on a table."""
    flow = context.flow
    ids = {name: table_id for table_id, name in context.scopes.table_names.items()}
    used = {context.scopes.transition(arrow).used for arrow in flow.transitions if arrow.to == page.id} - {None}
    if len(used) != 1:
        return None
    table = flow.tables_by_id[ids[str(used.pop())]]
    return fix(
        "show_record",
        lambda now: _with_row(now, page.id, table.id),
        page=page_label(page),
        table=table.title or table.name,
    )


def _record_in_path(flow: Flow, page: Page) -> Fix | None:
    """Return the fix that adds what tells the record's rows apart to an address."""
    ending = record_ending(flow.tables_by_id[page.record or ""])
    if not ending:
        return None
    path = page.path.rstrip("/") + ending
    return fix("path_record", lambda now: replace_page(now, get_page(now, page.id).rebuilt(path=path)), path=path)
