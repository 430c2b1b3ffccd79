"""Does a page about one row show, or begin its fields with, another one?

The first or last row of the table, whatever row is at hand, is hardly what details or a field of such a page mean.
Beside details of the row itself those of another one may be meant, such as the newest.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, page_label
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import Page
from flow_models.document.blocks import AnyBlock, Details
from flow_models.document.elements import Element
from flow_models.formulas import Node


def problems(context: Context, page: Page) -> Iterator[Problem]:
    """Yield the only details of a page about a row, and its fields, that show another row."""
    for block, place, tree in _looked_up(context, page):
        column = _column_of(tree)
        if place.field == "record" and _is_alone(page, block):
            yield _problem("other_row", page, block, place, fix("own_row", SetValue(place, "")))
        elif place.field == "initial" and column:
            own = SetValue(place, f"record.{column}")
            yield _problem("other_begins", page, block, place, fix("begin_with", own))


def _looked_up(context: Context, page: Page) -> Iterator[tuple[AnyBlock, Element, Node]]:
    """Yield the formulas of blocks that look up a row of the table of a page, with the blocks and where they stand."""
    facts, table = context.facts.get(Element("page", page.id)), context.flow.tables_by_id.get(page.record or "")
    for place, tree in facts.trees.items() if facts and table else ():
        block = page.blocks_by_id.get(place.id) if place.kind == "block" else None
        if block is not None and table is not None and _is_looked_up(tree, table.name):
            yield block, place, tree


def _problem(code: str, page: Page, block: AnyBlock, place: Element, mending: Fix) -> Problem:
    words = {"block": block_label(block), "page": page_label(page)}
    return problem(f"mismatch.{code}", "warning", place, fix=mending, **words)


def _is_alone(page: Page, block: AnyBlock) -> bool:
    """Say whether a block is all the details on a page."""
    return [one for one in page.blocks_by_id.values() if isinstance(one, Details)] == [block]


def _is_looked_up(tree: Node, table: str) -> bool:
    """Say whether a formula looks up the first or last row of a table, whatever row is at hand."""
    search = _search(tree)
    is_search = search["op"] == "aggregate" and search["fn"] in ("first", "last")
    return (
        is_search
        and search["rows"].get("name") == table
        and not any(node["op"] == "bound" and node["name"] == "record" for node in nodes(tree))
    )


def _search(tree: Node) -> Node:
    """Return what looks up the row of which a formula is a column, the formula itself if it is none."""
    return dict(tree["of"]) if tree["op"] == "column" else tree


def _column_of(tree: Node) -> str:
    """Return the column of the row that a formula looks up, empty if it is the row itself or something else."""
    found = tree if tree["op"] == "column" else tree.get("value")
    return str(found["name"]) if found is not None and found["op"] == "column" else ""
