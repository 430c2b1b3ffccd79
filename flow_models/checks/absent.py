"""Do details on a page show a row that is looked for and may not be found, or that a column may leave out?"""

from collections.abc import Iterator

from flow_models.checks.before import before
from flow_models.checks.blanks import both, conditions
from flow_models.checks.context import Context
from flow_models.checks.graph import starts
from flow_models.checks.labels import block_label, page_label
from flow_models.checks.missing import always_has_rows, is_asked, is_first, is_left_out, table_named
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.checks.sessions import parts_of, set_by
from flow_models.checks.setting import at
from flow_models.checks.trees import key, nodes
from flow_models.document.behaviour import Page, SetEffect
from flow_models.document.blocks import Details
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.formulas import Node


def problems(context: Context) -> Iterator[Problem]:
    """Yield the details on pages of a row that may not be there."""
    for page in context.flow.pages:
        facts = context.facts.get(Element("page", page.id))
        for block in page.blocks_by_id.values() if facts else ():
            tree = facts.trees.get(at(block, "record")) if facts else None
            if tree is not None and isinstance(block, Details) and _may_be_missing(context, page, block, tree):
                wanted = both(block.show_if.strip(), f"{block.record.strip()} != empty")
                yield problem(
                    "blank.row",
                    "warning",
                    at(block, "record"),
                    fix=fix("show_if_there", SetValue(at(block, "show_if"), wanted), block=block_label(block)),
                    block=block_label(block),
                    page=page_label(page),
                )


def _may_be_missing(context: Context, page: Page, block: Details, tree: Node) -> bool:
    """Say whether no row need be there of which details are shown."""
    asked = [*conditions(context, page, block), *parts_of(context, page)]
    if tree["op"] == "column":
        return not any(key(node) == key(tree) for node in nodes(asked)) and _is_left_out(context, tree)
    if not is_first(tree) or tree.get("default") is not None or any(is_asked(one, tree) for one in asked):
        return False
    table = table_named(context, tree["rows"].get("name"))
    # A page about a row that shows another one is told by itself.
    return table is not None and table.id != page.record and _may_lack(context, page, table, tree)


def _may_lack(context: Context, page: Page, table: Table, tree: Node) -> bool:
    """Say whether a table may have no row that is as it is looked for, when a page is there."""
    return (bool(tree.get("where")) or not always_has_rows(context, table)) and _is_before(context, page, table)


def _is_left_out(context: Context, tree: Node) -> bool:
    """Say whether rows may have nothing in a column."""
    table = table_named(context, str(tree["of"]["type"]).removeprefix("row:"))
    columns = [one.id for one in table.columns if one.name == tree["name"]] if table else []
    return table is not None and any(is_left_out(context, table, one) for one in columns)


def _is_before(context: Context, page: Page, table: Table) -> bool:
    """Say whether a page can be there before a row has been added, which then is the one that it is about."""
    adding = {arrow.id for arrow in context.makers.get(("added", table.id), ())}
    if not adding or ("removed", table.id) in context.makers:
        return True
    setups = (one for task in context.flow.tasks for one in task.setup if isinstance(one, SetEffect))
    filled = {set_by(context, one) for one in setups}
    return page.id in before(context, starts(context.flow), filled, adding).pages
