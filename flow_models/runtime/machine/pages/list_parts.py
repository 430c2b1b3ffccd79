"""Lists of rows, ready to be shown: which rows, in what order, and what stands in each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from ..base import blocks as kinds
from ..base.kinds import controls as controls_of
from ..base.nodes import all_rows
from ..base.tables import Row
from ..formulas import selections
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.memo import kept
from ..formulas.reads import NOTHING, UNFOLDED, Reads, names_record, names_table, reads_of, without
from ..formulas.work import CELL, CONTROL, LINE, SHOWN, weight
from . import view
from .control_parts import Controls
from .scene import Builder, Control, Scene
from .unfolding import number_of
from .unfolding_parts import pages_of

ROWS_KEPT: Final = 4096
"""Rows of one list that are kept as they are shown, by the row, for one state of everything else that they read.

All are forgotten when there are more. An airline's list has 300 rows, of which a step changes one; a tenth of steps as
text.
"""

_KnownRows = tuple[dict[Row, view.ListRow], dict[Row, int]]
"""Rows as they are shown, and the work of those that look at more than themselves, by the row."""

_MakeRow = Callable[[Scene, Row], view.ListRow]
_ShowRows = Callable[[Scene, Sequence[Row]], tuple[view.ListRow, ...]]


def row_list(formulas: Formulas, controls: Controls, block: kinds.RowList) -> tuple[Reads, Builder]:
    """Return what a list reads, and what shows it."""
    title, empty = formulas.text(block.title), formulas.text(block.empty_text)
    block_id, style = block.id, block.style
    columns = tuple((column.title, column.align) for column in block.columns)
    reads = reads_of(block.title, block.empty_text, block.where, block.sort)
    table = block.table
    if table is None:
        return reads, lambda scene: view.ListView(block_id, title(scene), style, columns, (), empty(scene))
    find, size = list_rows(formulas, block, table), block.page_size
    row_reads, make = _row_maker(formulas, controls, block)
    units = row_units(block)
    shows = _made_anew(make)
    if not _reads_other_rows(controls, block, table):
        shows = _made_once(formulas, make, without(row_reads, table))

    def build(scene: Scene) -> view.Shown:
        outer = scene.bound.get("row")
        found = find(scene)
        if size:
            page = number_of(scene.unfolded, block_id, pages_of(len(found), size))
            found = found[(page - 1) * size : page * size]
        scene.charge(len(found) * units)
        rows = shows(scene, found)
        scene.bound["row"] = outer
        return view.ListView(block_id, title(scene), style, columns, rows, empty(scene))

    return reads | row_reads | Reads(frozenset({table})) | (UNFOLDED if size else NOTHING), build


def row_units(block: kinds.RowList) -> int:
    """Return what a row of a list costs: to be made, and to be written by whoever renders it."""
    own, links = controls_of(block), [column.link for column in block.columns]
    return (
        LINE
        + CELL * len(block.columns)
        + CONTROL * len(block.row_controls)
        + weight(*[column.text for column in block.columns])
        + sum(weight(one.title, one.show_if, getattr(one, "enabled_if", None)) for one in own)
        + SHOWN * sum(link is not None for link in links)
    )


def list_rows(formulas: Formulas, block: kinds.RowList, table: str) -> selections.Rows:
    """Return what finds the rows of a list in their order."""
    find = selections.selection(formulas, all_rows(table), "row", block.where)
    limit = block.limit
    if block.sort is None:
        return (lambda context: find(context)[:limit]) if limit else find
    order = formulas.value(block.sort)
    put = selections.in_order(block.sort, descending=block.descending)

    def rows(context: Context) -> Sequence[Row]:
        found = put(context, find(context), _for_row(order, context))
        return found[:limit] if limit else found

    return rows


def _made_anew(make: _MakeRow) -> _ShowRows:
    """Return what shows rows that must be made each time, because what they show depends on others."""

    def shown(scene: Scene, found: Sequence[Row]) -> tuple[view.ListRow, ...]:
        made = []
        for row in found:
            scene.bound["row"] = row
            made.append(make(scene, row))
        return tuple(made)

    return shown


def _made_once(formulas: Formulas, make: _MakeRow, reads: Reads) -> _ShowRows:
    """Return what shows rows and makes each only once; `reads` is what they depend on besides themselves."""

    def no_rows(_scene: Scene) -> _KnownRows:
        return {}, {}

    known_rows = kept(formulas.schema, reads, no_rows)

    def shown(scene: Scene, found: Sequence[Row]) -> tuple[view.ListRow, ...]:
        known, dear = known_rows(scene)
        if len(known) > ROWS_KEPT:
            known.clear()
            dear.clear()
        if dear:
            scene.charge(sum([dear.get(row, 0) for row in found]))
        rows = []
        for row in found:
            made = known.get(row)
            if made is None:
                scene.bound["row"] = row
                before = scene.work
                made = known[row] = make(scene, row)
                if scene.work > before:
                    dear[row] = scene.work - before
            rows.append(made)
        return tuple(rows)

    return shown


def _reads_other_rows(controls: Controls, block: kinds.RowList, table: str) -> bool:
    """Say whether what a list shows of a row depends on other rows of its table."""
    own = controls_of(block)
    trees: list[object] = [*(column.text for column in block.columns), *own]
    if any(names_table(tree, table) or names_record(tree, table) for tree in trees):
        return True
    return any(controls.depends_on(control, table) for control in own)


def _row_maker(formulas: Formulas, controls: Controls, block: kinds.RowList) -> tuple[Reads, _MakeRow]:
    """Return what one row of a list reads, and what makes it."""
    reads = NOTHING
    cells: list[tuple[Closure | None, Callable[[Scene, Row | None], Control] | None]] = []
    for column in block.columns:
        link = column.link
        if link is None:
            cells.append((formulas.text(column.text), None))
            reads = reads | reads_of(column.text)
        else:
            worded = replace(link, title=column.text or link.title)
            cells.append((None, controls.maker(worded, "")))
            reads = reads | controls.reads(worded) | reads_of(link.show_if)
    row_controls = []
    for control in block.row_controls:
        reads = reads | controls.reads(control) | reads_of(control.show_if)
        row_controls.append((formulas.judged(control.show_if), controls.maker(control, "")))

    def make(scene: Scene, row: Row) -> view.ListRow:
        made: list[Any] = [words(scene) if words else link and link(scene, row) for words, link in cells]
        shown_controls = tuple([control(scene, row) for holds, control in row_controls if holds(scene)])
        return view.ListRow(row[0], tuple(made), shown_controls)

    return reads, make


def _for_row(closure: Closure, context: Context) -> Callable[[Row], Any]:
    """Return what computes a formula for a row."""

    def compute(row: Row) -> Any:
        context.bound["row"] = row
        return closure(context)

    return compute
