"""What somebody must have seen to do a task honestly: the cells that the answer, or a wanted value, is read from.

For an aggregate those are the rows that it picks, with the column that it computes over; for a column of one row, that
cell, unless the goal itself says its text. A cell counts as seen where a list shows its row with that text, or where
the page of its row says the text. The option not taken, solving by the answer or the wanted value alone, would give
demonstrations in which an agent knows what no page has told it.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    BoundRow,
    ColumnValue,
    Node,
    TaskValue,
    Template,
    nodes_in,
    table_of,
)
from flow_models.runtime.machine.base.parts import inner_fields
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.formulas.limits import computed_or
from flow_models.runtime.machine.formulas.selections import selection
from flow_models.runtime.machine.pages import view as shown

from .items import Item, items_of
from .outline import Outline
from .telling import cell_texts


class Cell(NamedTuple):
    """One thing to see: a text of a row, or only the row where `text` is empty."""

    table: str
    row: str
    text: str


class Evidence:
    """The cells behind the answer of one instance.

    Args:
        machine: The machine that plays.
        start: The instance.
        outline: The program.
        is_asked: Whether anything has to be seen; not for somebody who knows it all.

    Attributes:
        cells: What is to be seen.
        tables: The tables to which those belong, in the order of their bits.
        everything: The mask in which every cell has been seen.
    """

    def __init__(self, machine: Machine, start: Start, outline: Outline, *, is_asked: bool = True) -> None:
        self._machine = machine
        self._start = start
        self._outline = outline
        self.tables = evidence_tables(machine.program, start.task)
        told = _told(machine.program, start.task) if is_asked else []
        cells = dict.fromkeys(_cells(machine, start, told))
        is_question = machine.program.tasks[start.task].answer is not None
        self.cells = tuple(cell for cell in cells if is_question or not cell.text or cell.text not in start.goal)
        self.everything = (1 << len(self.cells)) - 1
        self._of_table = {
            table: sum(1 << place for place, cell in enumerate(self.cells) if cell.table == table)
            for table in self.tables
        }
        self._known: dict[int, tuple[shown.View, int]] = {}

    def tables_seen(self, mask: int) -> int:
        """Return the tables of whose cells all have been seen, as bits in the order of `tables`.

        The distances tell tables apart and not cells: a bit for each cell would double their size, with each of the
        rows that an answer is computed over.
        """
        return sum(1 << place for place, table in enumerate(self.tables) if not self._of_table[table] & ~mask)

    def tables_unseen(self, mask: int) -> list[str]:
        """Return the tables of whose cells some have not been seen."""
        seen = self.tables_seen(mask)
        return [table for place, table in enumerate(self.tables) if not seen >> place & 1]

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen, with what a state's page shows."""
        if seen == self.everything:
            return seen
        return seen | self.shown_in(self._machine.view(self._start, state), state)

    def shown_in(self, view: shown.View, state: State) -> int:
        """Return which cells a page shows; kept, as the machine gives the same view for equal states."""
        top = view.top
        known = self._known.get(id(top))
        if known is None or known[0] is not top:
            known = self._known[id(top)] = (top, self._shown(top, state.top.record))
        return known[1]

    def _shown(self, view: shown.View, record: str | None) -> int:
        """Return which cells a page shows, computed anew."""
        told = told_of_rows(self._outline, view, record)
        return sum(1 << place for place, cell in enumerate(self.cells) if _is_among(cell, told))


def told_of_rows(outline: Outline, view: shown.View, record: str | None) -> dict[tuple[str, str], list[str]]:
    """Return what a page says of each row, by table and row.

    What stands outside of lists is said of the page's own row; which of its texts come from it does not matter, as
    a cell is looked for by its text.
    """
    tables = outline.lists(view.page)
    found: dict[tuple[str, str], list[str]] = {}
    own: list[str] = []
    for inner in itertools.chain.from_iterable(map(shown.walk, view.parts)):
        if isinstance(inner, shown.ListView):
            for row in inner.rows:
                found.setdefault((tables.get(inner.id, ""), row.key), []).extend(cell_texts(row))
        else:
            own += _own_texts(inner)
    if record is not None and view.page:
        table = outline.program.pages[view.page].record or ""
        found.setdefault((table, record), []).extend(own)
    return found


def _own_texts(part: shown.Shown) -> list[str]:
    """Return what a part outside of lists says of the page's own row."""
    match part:
        case shown.Text() | shown.Heading() | shown.NoticeBox():
            return [part.text]
        case shown.Details():
            return [text for _, text in part.items]
        case _:
            return []


def _is_among(cell: Cell, told: dict[tuple[str, str], list[str]]) -> bool:
    """Say whether a cell is among what is said of rows."""
    texts = told.get((cell.table, cell.row))
    return texts is not None and (not cell.text or any(cell.text in text for text in texts))


def evidence_tables(program: Program, task: str) -> tuple[str, ...]:
    """Return the tables from whose rows an answer or a wanted value is read."""
    found = {item[1] for item in items_of(_told(program, task)) if item[0] in ("table", "column")}
    return tuple(sorted(found))


def _told(program: Program, task: str) -> list[Node]:
    """Return the formulas whose value a page must have told: the answer, and wanted values read from rows."""
    rules = program.tasks[task]
    if rules.answer is not None:
        return [rules.answer]
    values = [tree for change in rules.success.changes for tree in change.values.values()]
    return [tree for tree in values if tree is not None and is_told(tree)]


def is_told(tree: Node | None) -> bool:
    """Say whether a wanted value is read from a row, so that a page has to tell it."""
    return isinstance(tree, ColumnValue) and isinstance(_root(tree), TaskValue)


def _root(node: Node) -> Node:
    """Return that of which a column is read in the end."""
    while isinstance(node, ColumnValue):
        node = node.of
    return node


def pages_that_show(outline: Outline, task: str, table: str) -> tuple[str, ...]:
    """Return the pages on which everything of a table's rows that a task asks for may be seen.

    Such a page shows rows of the table and names every column of one row that is read. A text that stands on another
    page by chance, because two columns hold the same, is not counted on.
    """
    wanted = _columns_read(_told(outline.program, task), table)
    found = []
    for page_id, page in outline.program.pages.items():
        if table in {page.record, *outline.lists(page_id).values()} and wanted <= outline.items_on(page_id):
            found.append(page_id)
    return tuple(found)


def _columns_read(trees: Iterable[Node], table: str) -> frozenset[Item]:
    """Return the columns of a table that formulas read of one row, not over many."""
    columns = (node for node in _of_one_row(trees) if isinstance(node, ColumnValue))
    return frozenset(
        ("column", table, node.name)
        for node in columns
        if table_of(node.of.type) == table and table_of(node.type) is None
    )


def _rows_named(program: Program, task: str) -> frozenset[Node]:
    """Return the formulas of rows of which the goal itself says something, whichever of its wordings is drawn.

    Who is asked for "the book that {task.wish.book.title} is" need not see the wish to know which book is meant.
    """
    found = [frozenset(_rows_read(wording)) for wording in program.tasks[task].wordings]
    return frozenset.intersection(*found) if found else frozenset()


def _rows_read(wording: Template) -> Iterator[Node]:
    """Yield the formulas of the rows of which a wording reads a column, or a column of what that leads to."""
    for node in nodes_in(wording):
        if isinstance(node, ColumnValue) and isinstance(_root(node), TaskValue):
            yield node.of


def _of_one_row(trees: Iterable[object]) -> Iterator[Node]:
    """Yield the nodes of formulas from left to right; of an aggregate itself, but nothing that stands in it."""
    for tree in trees:
        if isinstance(tree, Node):
            yield tree
            if not isinstance(tree, Aggregate):
                yield from _of_one_row([getattr(tree, name) for name in inner_fields(type(tree))])
        elif isinstance(tree, tuple):
            yield from _of_one_row(tree)


def _cells(machine: Machine, start: Start, trees: Iterable[Node]) -> Iterator[Cell]:
    """Yield the cells that formulas read, without those that say which row is meant where the goal says so."""
    named = _rows_named(machine.program, start.task)
    for node in _of_one_row(trees):
        match node:
            case Aggregate():
                yield from _picked(machine, start, node)
            case ColumnValue() if node not in named and not isinstance(_root(node), BoundRow):
                yield from _cell(machine, start, node)
            case _:
                pass


def _picked(machine: Machine, start: Start, node: Aggregate) -> Iterator[Cell]:
    """Yield the cells of the rows that an aggregate picks: the column it computes over, or the row."""
    plan = machine.plan
    table = node.rows.type.removeprefix("rows:")
    find = selection(plan.formulas, node.rows, node.bind, node.where)
    rows = find(plan.context(start, start.state))
    match node.value:
        case ColumnValue(of=BoundRow(), name=name, type=kind):
            text = formats.formatter(kind, plan.schema.currency, plan.schema.locale)
            place = plan.schema.table(table).columns.get(name, 0)
            yield from (Cell(table, row[0], text(row[place])) for row in rows)
        case _:
            yield from (Cell(table, row[0], "") for row in rows)


def _cell(machine: Machine, start: Start, node: ColumnValue) -> Iterator[Cell]:
    """Yield the cell of a column of one row."""
    plan = machine.plan
    table = table_of(node.of.type)
    row = computed_or(plan.formulas.row(node.of), plan.context(start, start.state), lambda _fault: None)
    if table is None or row is None:
        return
    if table_of(node.type) is not None:
        yield Cell(table, row[0], "")
        return
    text = formats.formatter(node.type, plan.schema.currency, plan.schema.locale)
    yield Cell(table, row[0], text(row[plan.schema.table(table).columns[node.name]]))
