"""Can what has been given be given again: a book that is lent, a seat that is taken?

A transition that adds a row for another one and marks that one should be barred where the mark stands already, by its
own condition, by what is shown, or on all ways to its page. A place of a grid that is written down should not stay
free there.
"""

from collections.abc import Iterator
from typing import Final

from flow_models.checks.balances import Cell, cells_of
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import key, nodes
from flow_models.document.behaviour import Page, Section, Transition, UseTrigger
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceGrid
from flow_models.document.rooms import walk
from flow_models.formulas import Node

_OFFERS: Final = "where", "free_if"
"""Formulas of blocks that decide which rows can be chosen there."""

_BARS: Final = "show_if", "enabled_if"
"""Formulas of a control, and of what it stands in, that decide whether it can be used."""

_Grid = tuple[Page | Section, ChoiceGrid]
"""A grid and where it stands."""

_Data = frozenset[tuple[str, str]]
"""Columns, by table and name, and tables, whose name is then empty."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the transitions that give away what has been given already."""
    for arrow in context.flow.transitions:
        cells = cells_of(context, arrow) if arrow.do else ()
        marks = [cell for cell in cells if _is_mark(context, arrow, cell, cells)]
        if marks and not any(_is_asked(context, arrow, _told_by(cells, mark), set()) for mark in marks):
            yield _again(context, arrow, marks[0])
        for cell in cells:
            grid = _grid_of(context, arrow, cell) if cell.is_new and cell.column.type.kind == "row" else None
            if grid is not None and not _is_noted(context, grid, cells, cell):
                yield _stays_free(context, arrow, cell, grid[1])


def _is_mark(context: Context, arrow: Transition, cell: Cell, cells: tuple[Cell, ...]) -> bool:
    """Say whether a cell marks the one row for which a transition adds another one, with a value that is fixed."""
    if not cell.is_mark:
        return False
    where = context.formula(arrow, f"do.{cell.place}.where")
    sides = {key(where["left"]), key(where["right"])} if where and where["op"] == "compare" else set()
    return any(
        other.is_new and other.column.type.table == cell.table.id and key(other.tree) in sides for other in cells
    )


def _told_by(cells: tuple[Cell, ...], mark: Cell) -> _Data:
    """Return the data by which one can know that a row has been given: its mark, and what was written down."""
    added = {(cell.table.name, "") for cell in cells if cell.is_new}
    return frozenset({(mark.table.name, mark.column.name), *added})


def _is_asked(context: Context, arrow: Transition, told: _Data, met: set[str]) -> bool:
    """Say whether anything asks for some data before a transition: where it stands, or on every way there."""
    owner = context.owner(arrow.source)
    if any(_reads(tree, told) for tree in _gates(context, arrow, owner)):
        return True
    if not isinstance(owner, Page) or owner.id in context.entries:
        return False
    met.add(owner.id)
    ways = [one for one in context.arrows_to.get(owner.id, ()) if one.source not in met]
    return bool(ways) and all(_is_asked(context, one, told, met) for one in ways)


def _gates(context: Context, arrow: Transition, owner: Page | Section | None) -> Iterator[Node]:
    """Yield the conditions that stand before a transition on its page or section."""
    rivals = (one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on)
    found = [context.formula(one, "when") for one in rivals]
    for part in (owner,) if owner is not None else ():
        found += [_of_owner(context, part, place) for place in _places(arrow, part)]
    yield from filter(None, found)


def _places(arrow: Transition, owner: Page | Section) -> Iterator[Element]:
    """Yield where a page or section has conditions that stand before a transition."""
    yield Element("page", owner.id, "open_by_url")
    used = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
    for block in owner.blocks_by_id.values():
        bars = _BARS if any(inner.id == used for inner in walk((block,))) else ()
        yield from (Element("block", block.id, name) for name in (*_OFFERS, *bars))


def _of_owner(context: Context, owner: Page | Section, place: Element) -> Node | None:
    """Return a formula of a page or section."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    return facts.trees.get(place) if facts is not None else None


def _reads(tree: Node, told: _Data) -> bool:
    """Say whether a formula reads any of some columns and tables."""
    for node in nodes(tree):
        if node["op"] == "column" and (node["of"]["type"].removeprefix("row:"), node["name"]) in told:
            return True
        if node["op"] == "table" and (node["name"], "") in told:
            return True
    return False


def _grid_of(context: Context, arrow: Transition, cell: Cell) -> _Grid | None:
    """Return the grid whose chosen place a cell writes down, if it says which places are free."""
    owner = context.owner(arrow.source)
    if owner is None or cell.tree["op"] != "field":
        return None
    grids = (block for block in owner.blocks_by_id.values() if isinstance(block, ChoiceGrid) and block.free_if.strip())
    return next(((owner, grid) for grid in grids if grid.name == cell.tree["name"]), None)


def _is_noted(context: Context, found: _Grid, cells: tuple[Cell, ...], cell: Cell) -> bool:
    """Say whether what a transition writes has a place of a grid be free no more."""
    owner, grid = found
    tree = _of_owner(context, owner, Element("block", grid.id, "free_if"))
    written = {(one.table.name, one.column.name) for one in cells} | {(cell.table.name, "")}
    return tree is None or _reads(tree, frozenset(written))


def _again(context: Context, arrow: Transition, mark: Cell) -> Problem:
    """Return that a row can be given again."""
    return problem(
        "giving.again",
        "warning",
        Element("transition", arrow.id, f"do.{mark.place}"),
        Element("table", mark.table.id),
        arrow=arrow_label(context.flow, arrow),
        table=mark.table.title or mark.table.name,
        column=mark.column.title or mark.column.name,
    )


def _stays_free(context: Context, arrow: Transition, cell: Cell, grid: ChoiceGrid) -> Problem:
    """Return that a place stays free although it has been given."""
    return problem(
        "giving.free",
        "warning",
        Element("transition", arrow.id, f"do.{cell.place}"),
        Element("block", grid.id, "free_if"),
        arrow=arrow_label(context.flow, arrow),
        table=cell.table.title or cell.table.name,
        block=block_label(grid),
    )
