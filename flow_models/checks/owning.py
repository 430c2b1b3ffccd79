"""Does a visitor see their own rows only, where lists or addresses keep those of others away?

Two questions. A page about a row that lists show to its owner only, and whose address shows it to others; and a list
that shows the rows of all, though the page of each opens by its address to its owner.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, page_label
from flow_models.checks.possible import decided
from flow_models.checks.problem import Problem, problem
from flow_models.checks.sessions import ending, parts_of, session_of, set_by
from flow_models.checks.trees import nodes, parts
from flow_models.document.behaviour import Page, Section, SetEffect, UseTrigger
from flow_models.document.blocks import ListBlock
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.document.rooms import children
from flow_models.formulas import Node


def open_to_others(context: Context) -> Iterator[Problem]:
    """Yield the pages about one row that lists show to its owner only, and that everybody opens by their address."""
    visitor = _visitor(context)
    for page in context.flow.pages if visitor else ():
        table = context.flow.tables_by_id.get(page.record or "")
        if table is None or page.open_by_url.strip() in ("", "false"):
            continue
        owning = _owning(context, page, table, visitor)
        if owning and _lets_others_in(context, page, owning):
            yield problem(
                "page.open_to_others",
                "warning",
                Element("page", page.id, "open_by_url"),
                page=page_label(page),
                table=table.title or table.name,
            )


def listed_to_others(context: Context) -> Iterator[Problem]:
    """Yield the lists that show everybody's rows, though the page of such a row opens by its address to its owner."""
    visitor = _visitor(context)
    owned = {str(one.record): one for one in context.flow.pages if one.record and _asks_owner(context, one, visitor)}
    for page in context.flow.pages if owned else ():
        for listed in _lists(page):
            other = owned.get(listed.table or "")
            if other is not None and not any(_owners(context, page.id, listed, visitor)):
                yield _listed(context, page, listed, other)


def _lists(page: Page) -> list[ListBlock]:
    return [one for one in page.blocks_by_id.values() if isinstance(one, ListBlock)]


def _listed(context: Context, page: Page, listed: ListBlock, other: Page) -> Problem:
    """Return that a list shows the rows of everybody."""
    table = context.flow.tables_by_id[other.record or ""]
    return problem(
        "signing.listed",
        "warning",
        Element("block", listed.id, "where"),
        Element("page", other.id, "open_by_url"),
        block=block_label(listed),
        page=page_label(page),
        table=table.title or table.name,
        other=page_label(other),
    )


def _asks_owner(context: Context, page: Page, visitor: frozenset[str]) -> bool:
    """Say whether the address of a page opens only to whom a column of its row names."""
    asked = [_equal_sides(part) for part in parts_of(context, page)]
    return any(_is_owners(sides) and any(_root(side) in visitor for side in sides) for sides in asked)


def _is_owners(sides: tuple[Node, ...]) -> bool:
    """Say whether one side of a comparison is a column of the row at hand."""
    return any(side["op"] == "column" and side["of"]["op"] == "bound" for side in sides)


def _visitor(context: Context) -> frozenset[str]:
    """Return the variables that say who is signed in: those that signing in sets."""
    session = session_of(context)
    if session is None:
        return frozenset()
    found = set(session.variables)
    signing_out = ending(context, session)
    for arrow in context.flow.transitions:
        names = {set_by(context, one) for one in arrow.do if isinstance(one, SetEffect)}
        if not names.isdisjoint(session.variables) and arrow.id not in signing_out:
            found |= names - {""}
    return frozenset(found)


def _owning(context: Context, page: Page, table: Table, visitor: frozenset[str]) -> frozenset[str]:
    """Return the columns by which every list that leads to a page keeps the rows of others away."""
    found: list[frozenset[str]] = []
    for arrow in context.arrows_to.get(page.id, ()):
        block = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
        owner = context.flow.owners_by_block.get(block)
        if owner is not None:
            leading = _leading(owner, table, block)
            found.extend(frozenset(_owners(context, owner.id, one, visitor)) for one in leading)
    return frozenset.intersection(*found) if found else frozenset()


def _leading(owner: Page | Section, table: Table, block: str) -> Iterator[ListBlock]:
    """Yield the lists of a table in whose rows a block stands."""
    lists = (one for one in owner.blocks_by_id.values() if isinstance(one, ListBlock) and one.table == table.id)
    yield from (one for one in lists if block in _inside(one))


def _inside(listed: ListBlock) -> frozenset[str]:
    return frozenset(block.id for block in children(listed))


def _owners(context: Context, page: str, listed: ListBlock, visitor: frozenset[str]) -> Iterator[str]:
    """Yield the columns that a list compares with who is signed in, which say whose rows it shows."""
    facts = context.facts.get(Element("page", page))
    tree = facts.trees.get(Element("block", listed.id, "where")) if facts else None
    for part in parts(tree):
        sides = _equal_sides(part)
        columns = [side["name"] for side in sides if side["op"] == "column" and side["of"]["op"] == "bound"]
        if columns and any(_root(side) in visitor for side in sides):
            yield str(columns[0])


def _equal_sides(tree: Node) -> tuple[Node, ...]:
    """Return both sides of a condition that asks whether they are equal, none for another one."""
    return (tree["left"], tree["right"]) if tree["op"] == "compare" and tree["test"] == "==" else ()


def _root(tree: Node) -> str:
    """Return the variable that a formula is or of whose row it is a column, empty if it is something else."""
    while tree["op"] == "column":
        tree = tree["of"]
    return str(tree["name"]) if tree["op"] == "variable" else ""


def _lets_others_in(context: Context, page: Page, owning: frozenset[str]) -> bool:
    """Say whether the address of a page can open to others than the owner of its row, and is not meant to.

    A row that says by a choice, or by a yes or no, that it may be seen is meant to be.
    """
    return all(decided(_of_others(tree, owning)) is not False for tree in parts_of(context, page))


def _of_others(tree: Node, owning: frozenset[str]) -> Node:
    """Return a condition as it is for whoever does not own the row, which says of itself nothing else."""
    if tree["op"] in ("and", "or"):
        return {**tree, "args": [_of_others(one, owning) for one in tree["args"]]}
    if tree["op"] == "not":
        return {**tree, "arg": _of_others(tree["arg"], owning)}
    own = {node["name"] for node in _columns(list(_equal_sides(tree)))}
    marks = [node for node in _columns(tree) if node["type"] in ("boolean", "choice")]
    return tree if own.isdisjoint(owning) and not marks else {"op": "value", "type": "boolean", "value": False}


def _columns(tree: Node | list[Node]) -> Iterator[Node]:
    return (node for node in nodes(tree) if node["op"] == "column")
