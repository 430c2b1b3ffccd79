"""Can what has been given be given again: a book that is lent, a seat that is taken?

A transition that adds a row for another one and marks that one should be barred where the mark stands already, by its
own condition, by what is shown, or on all ways to its page. A place of a grid that is written down should not stay
free there. What one transition marks, another one that gives it too should mark as well.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from flow_models.checks.balances import Cell, cells_of
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.trees import key, nodes
from flow_models.checks.writers import Writers
from flow_models.document.behaviour import ChangeEffect, Page, Section, Transition, UseTrigger
from flow_models.document.edits.data import target_of
from flow_models.document.edits.parts import with_value
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


class Given(NamedTuple):
    """A row that is given away by a transition: another one is added for it, and it is marked."""

    arrow: Transition
    mark: Cell
    named: Cell


def problems(context: Context) -> Iterator[Problem]:
    """Yield the transitions that give away what has been given already, or do not say that they do."""
    given = [one for arrow in context.flow.transitions if arrow.do for one in _given(context, arrow)]
    for arrow, every in groupby(given, key=lambda one: one.arrow):
        marks, cells = [one.mark for one in every], cells_of(context, arrow)
        if not any(_is_asked(context, arrow, _told_by(cells, mark), set()) for mark in marks):
            yield _again(context, arrow, marks[0])
    yield from _unmarked(context, given)
    yield from _free(context)


def _free(context: Context) -> Iterator[Problem]:
    """Yield the transitions that write down a place of a grid which stays free there."""
    for arrow in context.flow.transitions:
        cells = cells_of(context, arrow) if arrow.do else ()
        for cell in (one for one in cells if one.column.type.kind == "row"):
            for grid in _grids_of(context, arrow, cell):
                if not _is_noted(context, grid, cells, cell):
                    yield _stays_free(context, arrow, cell, grid[1])


def _given(context: Context, arrow: Transition) -> Iterator[Given]:
    """Yield the rows that a transition marks, with a fixed value, and for which it adds another one."""
    cells = cells_of(context, arrow)
    for mark in (cell for cell in cells if cell.is_mark):
        where = context.formula(arrow, f"do.{mark.place}.where")
        sides = {key(where["left"]), key(where["right"])} if where and where["op"] == "compare" else set()
        adding = (one for one in cells if one.is_new and one.column.type.table == mark.table.id)
        named = next((one for one in adding if key(one.tree) in sides), None)
        if named is not None:
            yield Given(arrow, mark, named)


def _unmarked(context: Context, given: list[Given]) -> Iterator[Problem]:
    """Yield the transitions that add a row for another one as others do, but do not mark that one as they do."""
    met = set[str]()
    for one in given:
        for arrow in context.makers.get(("added", one.named.table.id), ()):
            named = _named_as(context, arrow, one) if arrow.id not in met else None
            if named is not None:
                met.add(arrow.id)
                yield _stays_unmarked(context, arrow, one, named)


def _named_as(context: Context, arrow: Transition, given: Given) -> Cell | None:
    """Return where a transition names a row as another one does that marks it, if it leaves all such rows alone."""
    cells = cells_of(context, arrow)
    touched = {target_of(effect) for effect in arrow.do if effect.kind != "add"}
    if given.mark.table.id in touched or _is_other_kind(cells_of(context, given.arrow), cells):
        return None
    named = (cell for cell in cells if cell.is_new and cell.column.id == given.named.column.id)
    return next((cell for cell in named if cell.tree["op"] != "value"), None)


def _is_other_kind(cells: tuple[Cell, ...], others: tuple[Cell, ...]) -> bool:
    """Say whether two transitions add rows of other kinds, told apart by a fixed value: a loan, and a wish for one."""
    pairs = ((one, other) for one in cells for other in others if one.is_new and one.column.id == other.column.id)
    fixed = ((one.tree, other.tree) for one, other in pairs if one.tree["op"] == other.tree["op"] == "value")
    return any(one["value"] != other["value"] for one, other in fixed)


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


def _grids_of(context: Context, arrow: Transition, cell: Cell) -> Iterator[_Grid]:
    """Yield the grids that say which places are free, and whose chosen place a cell writes down, at once or later."""
    grids = context.kept("giving.grids", (context.flow.pages, context.flow.sections), lambda: tuple(_grids(context)))
    sources: list[tuple[str, Node]] = [(arrow.source, cell.tree)] if grids else []
    if grids and cell.tree["op"] == "variable":
        sources += _kept_from(context, cell.tree["name"])
    for source, tree in sources:
        if tree["op"] == "field":
            yield from (grid for grid in grids if grid[0].id == source and grid[1].name == tree["name"])


def _grids(context: Context) -> Iterator[_Grid]:
    """Yield the grids that say which places are free."""
    owners: tuple[Page | Section, ...] = (*context.flow.pages, *context.flow.sections)
    for owner in owners:
        for block in owner.blocks_by_id.values():
            if isinstance(block, ChoiceGrid) and block.free_if.strip():
                yield owner, block


def _kept_from(context: Context, name: str) -> Iterator[tuple[str, Node]]:
    """Yield what a variable is given, each with where that happens."""
    writers = Writers(context)
    for variable in (one for one in context.flow.variables if one.name == name):
        for writer in writers.of("", variable.id):
            tree = writers.tree(writer)
            if tree is not None:
                yield writer.arrow.source, tree


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


def _stays_unmarked(context: Context, arrow: Transition, given: Given, named: Cell) -> Problem:
    """Return that a row is given without being marked."""
    mark = given.mark
    values = {mark.column.id: mark.source(given.arrow)}
    effect = ChangeEffect(table=mark.table.id, where=f"row == ({named.source(arrow)})", values=values)
    where = Element("transition", arrow.id, "do")
    return problem(
        "giving.unmarked",
        "warning",
        where,
        Element("transition", given.arrow.id, f"do.{given.mark.place}"),
        fix=fix("mark_too", lambda now: with_value(now, where, (*now.transitions_by_id[arrow.id].do, effect))),
        arrow=arrow_label(context.flow, arrow),
        rival=arrow_label(context.flow, given.arrow),
        table=given.mark.table.title or given.mark.table.name,
        column=given.mark.column.title or given.mark.column.name,
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
