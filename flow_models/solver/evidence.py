"""What somebody must have seen to do a task honestly: the cells that the answer, or a wanted value, is read from.

For an aggregate those are the rows that it picks, with the column that it computes over; for a column of one row, that
cell, unless the goal itself says its text. A cell counts as seen where a list shows its row with that text, or where
the page of its row says the text. The option not taken, solving by the answer or the wanted value alone, would give
demonstrations in which an agent knows what no page has told it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.program import Json, Node, table_of
from flow_models.runtime.machine.formulas.selections import selection
from flow_models.runtime.machine.pages import view as shown

from .influence import Item, all_blocks, items_of


class Cell(NamedTuple):
    """One thing to see: a text of a row, or only the row where `text` is empty."""

    table: str
    row: str
    text: str


class Evidence:
    """The cells behind the answer of one instance.

    Attributes:
        cells: What is to be seen.
        tables: The tables to which those belong, in the order of their bits.
        everything: The mask in which every cell has been seen.
    """

    def __init__(self, machine: Machine, start: Start) -> None:
        self.tables = evidence_tables(machine.program, start.task)
        cells = dict.fromkeys(_cells(machine, start, _told(machine.program, start.task)))
        is_question = machine.program["tasks"][start.task]["answer"] is not None
        self.cells = tuple(cell for cell in cells if is_question or not cell.text or cell.text not in start.goal)
        self.everything = (1 << len(self.cells)) - 1
        self._schema = machine.schema
        self._program = machine.program
        self._of_table = {
            table: sum(1 << place for place, cell in enumerate(self.cells) if cell.table == table)
            for table in self.tables
        }
        self._known: dict[int, tuple[shown.View, int]] = {}

    def tables_seen(self, mask: int) -> int:
        """Return the tables of whose cells all have been seen, as bits in the order of `tables`."""
        return sum(1 << place for place, table in enumerate(self.tables) if not self._of_table[table] & ~mask)

    def shown_in(self, view: shown.View, state: State) -> int:
        """Return which cells a page shows."""
        top = view.top
        known = self._known.get(id(top))
        if known is None or known[0] is not top:
            known = self._known[id(top)] = (top, self._shown(top, state))
        return known[1]

    def _shown(self, view: shown.View, state: State) -> int:
        """Return which cells a page shows, computed anew."""
        rows: dict[tuple[str, str], set[str]] = {}
        texts: list[str] = []
        lists = {block["id"]: block["table"] for block in self._blocks(view.page) if block["kind"] == "list"}
        for part in view.parts:
            for inner in shown.walk(part):
                if isinstance(inner, shown.ListView):
                    table = lists.get(inner.id) or ""
                    for row in inner.rows:
                        cells = [cell if isinstance(cell, str) else cell.text for cell in row.cells]
                        rows.setdefault((table, row.key), set()).update(cells)
                elif isinstance(inner, shown.Text | shown.Heading | shown.NoticeBox):
                    texts.append(inner.text)
                elif isinstance(inner, shown.Details):
                    texts += [text for _, text in inner.items]
        record = state.top.record
        is_drawn = record is not None and view.page != ""
        table = (self._program["pages"][view.page]["record"] or "") if is_drawn else ""
        mask = 0
        for place, cell in enumerate(self.cells):
            told = rows.get((cell.table, cell.row))
            in_list = told is not None and (not cell.text or any(cell.text in text for text in told))
            in_record = (cell.table, cell.row) == (table, record) and (
                not cell.text or any(cell.text in text for text in texts)
            )
            if in_list or in_record:
                mask |= 1 << place
        return mask

    def _blocks(self, page: str) -> list[Json]:
        """Return the blocks of a page, none for the built-in ones."""
        return all_blocks(self._program, page) if page in self._program["pages"] else []


def evidence_tables(program: Json, task: str) -> tuple[str, ...]:
    """Return the tables from whose rows an answer or a wanted value is read."""
    found = {item[1] for item in items_of(_told(program, task)) if item[0] in ("table", "column")}
    return tuple(sorted(found))


def _told(program: Json, task: str) -> list[Node]:
    """Return the formulas whose value a page must have told: the answer, and wanted values read from rows."""
    rules = program["tasks"][task]
    if rules["answer"] is not None:
        return [rules["answer"]]
    values = [tree for change in rules["success"]["changes"] for tree in change["values"].values()]
    return [tree for tree in values if is_told(tree)]


def is_told(tree: Node) -> bool:
    """Say whether a wanted value is read from a row, so that a page has to tell it."""
    return bool(tree["op"] == "column" and _root(tree)["op"] == "task")


def _root(node: Node) -> Node:
    """Return that of which a column is read in the end."""
    while node["op"] == "column":
        node = node["of"]
    return node


def pages_that_show(program: Json, task: str, table: str) -> tuple[str, ...]:
    """Return the pages on which everything of a table's rows that a task asks for may be seen.

    Such a page shows rows of the table and names every column of one row that is read. A text that stands on another
    page by chance, because two columns hold the same, is not counted on.
    """
    wanted = _columns_read(_told(program, task), table)
    found = []
    for page_id, page in program["pages"].items():
        blocks = all_blocks(program, page_id)
        lists = [block["table"] for block in blocks if block["kind"] == "list"]
        if (page["record"] == table or table in lists) and wanted <= items_of(blocks):
            found.append(page_id)
    return tuple(found)


def _columns_read(node: object, table: str) -> frozenset[Item]:
    """Return the columns of a table that formulas read of one row, not over many."""
    if isinstance(node, list | tuple):
        return frozenset().union(*(_columns_read(part, table) for part in node))
    if not isinstance(node, dict) or node.get("op") == "aggregate":
        return frozenset()
    own = frozenset().union(*(_columns_read(part, table) for part in node.values()))
    if node.get("op") == "column" and table_of(node["of"]["type"]) == table and table_of(node["type"]) is None:
        return own | {("column", table, node["name"])}
    return own


def _cells(machine: Machine, start: Start, node: object) -> Iterator[Cell]:
    """Yield the cells that a formula reads."""
    if isinstance(node, list | tuple):
        for part in node:
            yield from _cells(machine, start, part)
        return
    if not isinstance(node, dict):
        return
    op = node.get("op")
    if op == "aggregate":
        yield from _picked(machine, start, node)
        return
    if op == "column" and not _is_inner(node):
        yield from _cell(machine, start, node)
    for part in node.values():
        yield from _cells(machine, start, part)


def _picked(machine: Machine, start: Start, node: Node) -> Iterator[Cell]:
    """Yield the cells of the rows that an aggregate picks: the column it computes over, or the row."""
    plan = machine.plan
    table = node["rows"]["type"].removeprefix("rows:")
    find = selection(plan.formulas, node["rows"], node["bind"], node.get("where"))
    value = node.get("value")
    text = None
    if value is not None and value["op"] == "column" and value["of"]["op"] == "bound":
        text = formats.formatter(value["type"], plan.schema.currency, plan.schema.locale)
        place = plan.schema.table(table).columns.get(value["name"], 0)
    for row in find(plan.context(start, start.state)):
        yield Cell(table, row[0], "" if text is None else text(row[place]))


def _cell(machine: Machine, start: Start, node: Node) -> Iterator[Cell]:
    """Yield the cell of a column of one row."""
    plan = machine.plan
    table = table_of(node["of"]["type"])
    row = plan.formulas.row(node["of"])(plan.context(start, start.state))
    if table is None or row is None:
        return
    if table_of(node["type"]) is not None:
        yield Cell(table, row[0], "")
        return
    text = formats.formatter(node["type"], plan.schema.currency, plan.schema.locale)
    yield Cell(table, row[0], text(row[plan.schema.table(table).columns[node["name"]]]))


def _is_inner(node: Node) -> bool:
    """Say whether a column belongs to a row that is bound elsewhere."""
    return bool(_root(node)["op"] == "bound")
