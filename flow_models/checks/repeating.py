"""Does a form accept the same thing twice, so that two rows come about between which nobody can choose?

A form that adds a row should refuse one that reads like a row that is there, where rows are chosen by just the columns
that the form fills, or have their address from them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import nodes
from flow_models.checks.twin_rows import choice_in, is_chosen_in
from flow_models.document.behaviour import AddEffect, Page, Transition
from flow_models.document.blocks import AnyBlock, Button, table_shown
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.formulas import Node, parse_template

_Told = tuple[Page, Element, frozenset[str]]
"""A page, the place there that tells rows apart, and the columns by which it does."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the forms that add a row with which another row can read alike."""
    told = _told(context)
    for (kind, table_id), arrows in context.makers.items():
        table = context.flow.tables_by_id.get(table_id)
        if kind == "added" and table is not None:
            for arrow in dict.fromkeys(arrow.id for arrow in arrows):
                yield from _of_arrow(context, context.flow.transitions_by_id[arrow], table, told.get(table.id, ()))


def _of_arrow(context: Context, arrow: Transition, table: Table, told: Sequence[_Told]) -> Iterator[Problem]:
    """Yield that a transition adds a row by which two can read alike; one that does more may use something up."""
    index = next(place for place, one in enumerate(arrow.do) if isinstance(one, AddEffect) and one.table == table.id)
    typed = _typed(context, arrow, index, table)
    if len(arrow.do) > 1 or not any(typed.values()) or not _is_unasked(context, arrow, table, typed):
        return
    for page, element, columns in told:
        if _can_be_alike(columns, typed):
            yield problem(
                "repeating.alike",
                "warning",
                Element("transition", arrow.id, f"do.{index}"),
                element,
                arrow=arrow_label(context.flow, arrow),
                table=table.title or table.name,
                page=page.title,
            )
            return


def _is_sent(context: Context, arrow: Transition) -> bool:
    """Say whether a transition follows when a form is sent."""
    block = context.control(arrow)
    return isinstance(block, Button) and block.submit


def _typed(context: Context, arrow: Transition, index: int, table: Table) -> dict[str, bool]:
    """Return the columns that a form fills with what is the same when it is sent again, and whether it is typed."""
    found: dict[str, bool] = {}
    for column in table.columns:
        tree = context.formula(arrow, f"do.{index}.values.{column.id}")
        ops = {node["op"] for node in nodes(tree)}
        # What is not filled is empty each time.
        if ops.isdisjoint({"aggregate", "table", "variable"}):
            found[column.name] = "field" in ops
    return found


def _is_unasked(context: Context, arrow: Transition, table: Table, typed: Mapping[str, bool]) -> bool:
    """Say whether a transition is sent by hand, and no condition asks for the rows that are there."""
    return _is_sent(context, arrow) and not _is_asked(context, arrow, table, typed)


def _told(context: Context) -> dict[str, list[_Told]]:
    """Return by table where the pages tell its rows apart, in the order of the file."""
    found: dict[str, list[_Told]] = {}
    for page in context.flow.pages:
        told = context.kept(f"told apart {page.id}", (page, context.flow.tables), partial(_told_apart, context, page))
        for table, places in told.items():
            found.setdefault(table, []).extend((page, *place) for place in places)
    return found


def _can_be_alike(columns: frozenset[str], typed: Mapping[str, bool]) -> bool:
    """Say whether rows that are told apart by some columns can read alike: these are filled alike, some by typing."""
    return columns <= typed.keys() and any(typed[column] for column in columns)


def _is_asked(context: Context, arrow: Transition, table: Table, typed: Mapping[str, bool]) -> bool:
    """Say whether a condition of the same trigger asks for the rows that are there, and not for some of them only."""
    rivals = [context.formula(one, "when") for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on]
    asked = list(nodes(rivals))
    part = [node["rows"] for node in asked if node["op"] == "aggregate" and _is_of_some(node, typed)]
    return any(node["op"] == "table" and node["name"] == table.name and node not in part for node in asked)


def _is_of_some(tree: Node, typed: Mapping[str, bool]) -> bool:
    """Say whether a formula looks at one row, whatever it holds, or at rows with a fixed value in what is typed."""
    where = tree.get("where")
    if where is None:
        return tree["fn"] in ("first", "last")
    parts = where["args"] if where["op"] == "and" else [where]
    return any(_wants_fixed(one["left"], one["right"], typed) for one in parts if one.get("test") == "==")


def _wants_fixed(left: Node, right: Node, typed: Mapping[str, bool]) -> bool:
    """Say whether a comparison wants a fixed value in a column of the row that is typed."""
    sides = {side["op"]: side for side in (left, right)}
    own = sides.get("column")
    return own is not None and "value" in sides and own["of"]["op"] == "bound" and typed.get(own["name"], False)


def _told_apart(context: Context, page: Page) -> dict[str, list[tuple[Element, frozenset[str]]]]:
    """Return by table where a page tells its rows apart: in a block or by their address, and by which columns."""
    found: dict[str, list[tuple[Element, frozenset[str]]]] = {}
    for block in page.blocks_by_id.values():
        columns = _chosen_by(context, page, block)
        if columns:
            found.setdefault(table_shown(block) or "", []).append((Element("block", block.id), columns))
    if page.record is not None and page.kind == "page":
        found.setdefault(page.record, []).append((Element("page", page.id, "path"), _addressed(context, page)))
    return found


def _chosen_by(context: Context, page: Page, block: AnyBlock) -> frozenset[str]:
    """Return the columns by which a row is chosen in a block; none where it is known otherwise, or not chosen."""
    table = context.flow.tables_by_id.get(table_shown(block) or "")
    choice = choice_in(context, page, block, table) if table is not None and is_chosen_in(block) else None
    paths = () if choice is None else choice.paths
    return frozenset() if () in paths else frozenset(path[0] for path in paths)


def _addressed(context: Context, page: Page) -> frozenset[str]:
    """Return the columns that the address of a page says."""
    parsed = parse_template(page.path, context.scopes.page(page))
    return frozenset(use.name for use in parsed.references if use.space == "column")
