"""Do payer and receiver stand where they belong? Whoever pays should lose, and who is paid should not.

Which row pays is told by what it is called: by the field or variable that holds it, and by the columns into which it
is written (*From account*, *Payee*).
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.checks.balances import Cell, cells_of
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.senses import has_sense, words_in, words_of
from flow_models.checks.signed import turning
from flow_models.checks.trees import key
from flow_models.document.behaviour import Page, Section, Transition, UseTrigger
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.formulas import Node


class Move(NamedTuple):
    """An amount that a row gains or loses.

    Attributes:
        cell: The column of the row.
        is_gained: Whether the row has more than before.
        is_payer: Whether the row is called like who pays; it is called like who is paid otherwise.
    """

    cell: Cell
    is_gained: bool
    is_payer: bool

    @property
    def is_wrong(self) -> bool:
        """Whether who pays gains, or who is paid loses."""
        return self.is_gained == self.is_payer


def problems(context: Context) -> Iterator[Problem]:
    """Yield the transitions by which who pays gains or who is paid loses."""
    for arrow in context.flow.transitions:
        cells = cells_of(context, arrow) if arrow.do else ()
        crossed = [cell for cell in cells if cell.is_new and _is_crossed(context, cell)]
        if crossed:
            yield _problem(context, arrow, "noted", crossed[0], _exchanging(arrow, crossed))
        if any(cell.given or cell.taken for cell in cells) and not _is_undoing(context, arrow, cells):
            yield from _of_arrow(context, arrow, cells)


def _of_arrow(context: Context, arrow: Transition, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Yield what is wrong with who gains and who loses by a transition."""
    moves = list(_moves(context, arrow, cells))
    wrong = [move for move in moves if move.is_wrong]
    if len(wrong) == len(moves) == 2 and wrong[0].is_payer != wrong[1].is_payer:
        yield _problem(context, arrow, "swapped", wrong[0].cell, _swapping(arrow, wrong[0].cell, wrong[1].cell))
    elif any(cell.is_new and cell.is_number for cell in cells):
        for move in wrong[:1]:
            code = "gains" if move.is_payer else "loses"
            yield _problem(context, arrow, code, move.cell, turning(arrow, move.cell))


def _is_undoing(context: Context, arrow: Transition, cells: tuple[Cell, ...]) -> bool:
    """Say whether a transition calls off or pays back what was paid."""
    block = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
    owner = context.flow.owners_by_block.get(block)
    is_called_off = owner is not None and has_sense(owner.blocks_by_id[block], "calling_off")
    is_marked = any(cell.is_mark for cell in cells) or any(effect.kind == "remove" for effect in arrow.do)
    return is_called_off or is_marked


def _moves(context: Context, arrow: Transition, cells: tuple[Cell, ...]) -> Iterator[Move]:
    """Yield what rows gain and lose of which is known whether they pay or are paid."""
    for cell in cells:
        row = _row_of(context, arrow, cell) if cell.is_number and (cell.given or cell.taken) else None
        side = None if row is None else _side(context, row, cells)
        if side is not None:
            yield Move(cell, cell.given is not None, side)


def _row_of(context: Context, arrow: Transition, cell: Cell) -> Node | None:
    """Return the formula of the one row that an effect changes, None if it is not said so."""
    where = context.formula(arrow, f"do.{cell.place}.where")
    if where is None or where["op"] != "compare" or where["test"] != "==":
        return None
    sides = [where["left"], where["right"]]
    others = [side for side in sides if side["op"] != "bound" or side["name"] != "row"]
    return others[0] if len(others) == 1 else None


def _side(context: Context, row: Node, cells: tuple[Cell, ...]) -> bool | None:
    """Say whether a row is called like one that pays, and not like one that is paid; None if nobody can tell."""
    return _called_like(
        " ".join([*_names(context, row), *(_called(cell) for cell in cells if key(cell.tree) == key(row))])
    )


def _is_crossed(context: Context, cell: Cell) -> bool:
    """Say whether a column that is called like who pays gets a row that is called like who is paid, or the contrary."""
    if cell.column.type.kind != "row":
        return False
    sides = [_called_like(_called(cell)), _called_like(" ".join(_names(context, cell.tree)))]
    return None not in sides and sides[0] != sides[1]


def _called_like(names: str) -> bool | None:
    """Say whether names are those of one that pays, and not of one that is paid; None if nobody can tell."""
    words = set(words_in(names))
    is_payer = not words.isdisjoint(words_of("moving", "payer"))
    is_paid = not words.isdisjoint(words_of("moving", "receiver"))
    return is_payer if is_payer != is_paid else None


def _names(context: Context, row: Node) -> Iterator[str]:
    """Yield what a row is called where it is chosen."""
    if row["op"] == "field":
        yield row["name"]
        owners: tuple[Page | Section, ...] = (*context.flow.pages, *context.flow.sections)
        fields = (one for owner in owners for one in owner.blocks_by_id.values())
        yield from (one.title for one in fields if getattr(one, "name", "") == row["name"] and hasattr(one, "title"))
    elif row["op"] in ("variable", "column"):
        yield row["name"]
        titles = (one.title for one in context.flow.variables if row["op"] == "variable" and one.name == row["name"])
        yield from titles


def _called(cell: Cell) -> str:
    """Return what a column is called."""
    return f"{cell.column.name} {cell.column.title}"


def _exchanging(arrow: Transition, crossed: list[Cell]) -> Fix | None:
    """Return the edit that exchanges what two columns get; None where it is not just two."""
    if len(crossed) != 2 or crossed[0].place != crossed[1].place:  # a pair
        return None

    def edit(now: Flow) -> Flow:
        values = [cell.source(now.transitions_by_id[arrow.id]) for cell in reversed(crossed)]
        for cell, value in zip(crossed, values, strict=True):
            now = with_value(now, cell.element(arrow), value)
        return now

    return fix("swap_rows", edit)


def _swapping(arrow: Transition, one: Cell, other: Cell) -> Fix:
    """Return the edit that lets two effects change each other's rows."""

    def edit(now: Flow) -> Flow:
        rows = [str(getattr(now.transitions_by_id[arrow.id].do[cell.place], "where", "")) for cell in (other, one)]
        for cell, where in zip((one, other), rows, strict=True):
            now = with_value(now, Element("transition", arrow.id, f"do.{cell.place}.where"), where)
        return now

    return fix("swap_rows", edit)


def _problem(context: Context, arrow: Transition, code: str, cell: Cell, mending: Fix | None) -> Problem:
    """Return that who pays gains, or who is paid loses."""
    return problem(
        f"moving.{code}",
        "warning",
        Element("transition", arrow.id, f"do.{cell.place}"),
        Element("table", cell.table.id),
        fix=mending,
        arrow=arrow_label(context.flow, arrow),
        column=cell.column.title or cell.column.name,
        account=cell.table.title or cell.table.name,
    )
