"""Does an amount that is taken arrive somewhere, and does an order take what it costs?

A transition that takes an amount from a row should write it down or give it to another row. One that adds a row which
names an account and an amount should change the balance of the account, where that is known to follow from such rows.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.domains import number
from flow_models.checks.facts import Facts
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.checks.senses import says_reckoning
from flow_models.checks.trees import key, nodes
from flow_models.document.behaviour import AddEffect, ChangeEffect, SetEffect, Transition
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.formulas import Node, to_source

NUMBERS = frozenset({"integer", "decimal", "money"})

MARKS = frozenset({"boolean", "choice"})
"""Types of columns that say how it stands with a row."""


class Cell(NamedTuple):
    """A column of a lasting table to which an effect gives a value.

    Attributes:
        place: The number of the effect.
        table: The table.
        column: The column.
        tree: The formula of the value.
        is_new: Whether the effect adds a row.
    """

    place: int
    table: Table
    column: Column
    tree: Node
    is_new: bool

    @property
    def taken(self) -> Node | None:
        """What the effect takes from the column, None if it takes nothing."""
        return self._moved("-")

    @property
    def given(self) -> Node | None:
        """What the effect adds to the column, None if it adds nothing."""
        return self._moved("+")

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers or amounts."""
        return self.column.type.kind in NUMBERS

    @property
    def is_mark(self) -> bool:
        """Whether the effect gives a row that is there already a fixed value which says how it stands with it."""
        return not self.is_new and self.tree["op"] == "value" and self.column.type.kind in MARKS

    def element(self, arrow: Transition) -> Element:
        """Return where the formula stands in a transition."""
        return Element("transition", arrow.id, f"do.{self.place}.values.{self.column.id}")

    def source(self, arrow: Transition) -> str:
        """Return the formula as it is written in a transition, empty if it is not there."""
        return str(getattr(arrow.do[self.place], "values", {}).get(self.column.id, ""))

    def _moved(self, sign: str) -> Node | None:
        match self.tree:
            case {"op": "arith", "sign": "+" | "-" as found, "left": {"op": "column", "name": name}, "right": right}:
                bare = _without_minus(right)
                turned = found if bare is right else "+" if found == "-" else "-"
                return bare if turned == sign and name == self.column.name and not self.is_new else None
        return None


def _without_minus(tree: Node) -> Node:
    """Return what a formula takes from nothing, itself if it does no such thing."""
    match tree:
        case {"op": "neg", "arg": arg}:
            return dict(arg)
        case {"op": "arith", "sign": "-", "left": {"op": "value", "value": 0 | "0" | "0.0" | "0.00"}, "right": right}:
            return dict(right)
    return tree


def problems(context: Context) -> Iterator[Problem]:
    """Yield amounts that are taken and written nowhere, and balances that stay although something was ordered."""
    for arrow in context.flow.transitions:
        cells = cells_of(context, arrow) if arrow.do else ()
        for cell in cells:
            yield from _of_cell(context, arrow, cell, cells)


def _of_cell(context: Context, arrow: Transition, cell: Cell, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Yield what is wrong with what a transition writes into one cell."""
    if cell.taken is not None and is_lost(cell, cells):
        yield _problem(context, arrow, "balance.lost", cell, cell.table, cell.column)
    elif cell.taken is not None and _is_other(context, arrow, cell, cells):
        yield _problem(context, arrow, "balance.other", cell, cell.table, cell.column)
    elif cell.given is not None:
        yield from _unequal(context, arrow, cell, _less(cell, cells))
    elif cell.is_new and (staying := _staying(context, arrow, cell, cells)) is not None:
        yield _problem(context, arrow, "balance.stays", cell, *staying)


def _less(cell: Cell, cells: tuple[Cell, ...]) -> Node | None:
    """Return what another row of the column loses to which a cell gives surely more, None if there is none."""
    taken = (one.taken for one in cells if one.column.id == cell.column.id and one is not cell)
    return next(
        (one for one in taken if one is not None and cell.given is not None and _is_more(cell.given, one)), None
    )


def _is_more(given: Node, taken: Node) -> bool:
    """Say whether an amount is another one and something, or a multiple of it."""
    if given["op"] != "arith" or given["sign"] not in "+*":
        return False
    bound = 0 if given["sign"] == "+" else 1
    return any(key(part) == key(taken) and _is_over(rest, bound) for part, rest in _sides(given))


def _sides(tree: Node) -> tuple[tuple[Node, Node], tuple[Node, Node]]:
    return (tree["left"], tree["right"]), (tree["right"], tree["left"])


def _is_over(tree: Node, bound: int) -> bool:
    """Say whether a formula is a fixed number over a bound."""
    found = number(tree["value"]) if tree["op"] == "value" else None
    return found is not None and found > bound


def _says_more(context: Context, arrow: Transition) -> bool:
    """Say whether the control of a transition says that it reckons, such as *Give twice as much*."""
    block = context.control(arrow)
    return block is not None and says_reckoning(str(getattr(block, "title", "")))


def _unequal(context: Context, arrow: Transition, cell: Cell, taken: Node | None) -> Iterator[Problem]:
    """Yield that a cell gets more than another one loses, unless that is said."""
    if taken is not None and not _says_more(context, arrow):
        same = fix("give_same", SetValue(cell.element(arrow), f"{cell.column.name} + {to_source(taken)}"))
        yield replace(_problem(context, arrow, "balance.unequal", cell, cell.table, cell.column), fix=same)


def cells_of(context: Context, arrow: Transition) -> tuple[Cell, ...]:
    """Return what a transition writes into lasting tables, as far as it can be read."""
    facts = context.facts.get(Element("transition", arrow.id))
    inputs = (arrow, facts, context.data_shape)
    return context.kept(f"cells {arrow.id}", inputs, lambda: tuple(_cells(context, arrow, facts)))


def _cells(context: Context, arrow: Transition, facts: Facts | None) -> Iterator[Cell]:
    """Yield what a transition writes into lasting tables."""
    for index, effect in enumerate(arrow.do):
        table = context.flow.tables_by_id.get(effect.table) if isinstance(effect, AddEffect | ChangeEffect) else None
        if facts is None or table is None or not table.durable or not isinstance(effect, AddEffect | ChangeEffect):
            continue
        for column in table.columns:
            tree = facts.trees.get(Element("transition", arrow.id, f"do.{index}.values.{column.id}"))
            if tree is not None:
                yield Cell(index, table, column, tree, isinstance(effect, AddEffect))


def is_lost(cell: Cell, cells: tuple[Cell, ...]) -> bool:
    """Say whether what a cell loses is an amount, and nothing else that is written holds a number or stands for it."""
    taken = cell.taken
    if taken is None or taken["op"] == "value" or not cell.is_number:
        return False
    others = [other for other in cells if other is not cell]
    if any(other.is_number for other in others):
        return False
    return not is_named(taken, cells)


def is_named(taken: Node, cells: tuple[Cell, ...]) -> bool:
    """Say whether the row whose amount is taken is itself what a transition writes down."""
    rows = {key(node["of"]) for node in nodes(taken) if node["op"] == "column"}
    return any(key(cell.tree) in rows for cell in cells)


def _is_other(context: Context, arrow: Transition, cell: Cell, cells: tuple[Cell, ...]) -> bool:
    """Say whether an amount is taken from another row than those that are written down, or of which it is asked.

    A row that is found by what has just been written down is not looked into.
    """
    where = context.formula(arrow, f"do.{cell.place}.where")
    if where is None or where["op"] == "value" or not cell.is_number:
        return False
    written = [one.tree for one in cells if one.is_new and one.column.type.table == cell.table.id]
    meant = [tree for tree in written or _asked(context, arrow, cell.column) if _is_one(tree)]
    added, said = {one.table.name for one in cells if one.is_new}, list(nodes(where))
    if not meant or any(node["op"] == "table" and node["name"] in added for node in said):
        return False
    return not any(_is_same(context, one, node) for one in meant for node in said)


def _is_one(tree: Node) -> bool:
    """Say whether a formula names a row that is not always the same, nor each of some rows in turn."""
    return bool(tree["op"] != "value" and (tree["op"] != "bound" or tree["name"] == "record"))


def _asked(context: Context, arrow: Transition, balance: Column) -> list[Node]:
    """Return the rows of which conditions of the trigger of a transition ask what they hold."""
    rivals = [one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on]
    columns = [node for one in rivals for node in nodes(context.formula(one, "when")) if node["op"] == "column"]
    return [node["of"] for node in columns if node["name"] == balance.name]


def _is_same(context: Context, one: Node, other: Node) -> bool:
    """Say whether two formulas name the same row: they say the same, or one is kept in a variable from the other."""
    if key(one) == key(other):
        return True
    pairs = {(kept["name"], key(tree)) for kept, tree in ((one, other), (other, one)) if kept["op"] == "variable"}
    return bool(pairs) and not pairs.isdisjoint(_kept(context))


def _kept(context: Context) -> frozenset[tuple[str, str]]:
    """Return what variables are given, by their names."""
    inputs = (context.flow.transitions, context.data_shape)
    return context.kept("values of variables", inputs, lambda: frozenset(_given(context)))


def _given(context: Context) -> Iterator[tuple[str, str]]:
    """Yield what transitions give variables."""
    for arrow in context.flow.transitions:
        for place, effect in enumerate(arrow.do):
            if isinstance(effect, SetEffect) and effect.variable in context.flow.variables_by_id:
                tree = context.formula(arrow, f"do.{place}.value")
                yield context.flow.variables_by_id[effect.variable].name, key(tree)


def _staying(context: Context, arrow: Transition, cell: Cell, cells: tuple[Cell, ...]) -> tuple[Table, Column] | None:
    """Return the account that an added row names and its balance, if that stays as it is."""
    account = context.flow.tables_by_id.get(cell.column.type.table or "")
    if account is None or not account.durable or cell.tree["op"] == "value" or not _has_amount(cell.place, cells):
        return None
    for balance in account.columns:
        is_left = balance.type.kind == "money" and not _is_changed(account, balance, cells)
        if is_left and _follows(context, arrow, cell, balance):
            return account, balance
    return None


def _has_amount(place: int, cells: tuple[Cell, ...]) -> bool:
    """Say whether an effect writes an amount of money."""
    return any(cell.place == place and cell.column.type.kind == "money" for cell in cells)


def _is_changed(table: Table, column: Column, cells: tuple[Cell, ...]) -> bool:
    """Say whether cells give a column of a table a value."""
    return any(cell.table.id == table.id and cell.column.id == column.id for cell in cells)


def _follows(context: Context, arrow: Transition, cell: Cell, balance: Column) -> bool:
    """Say whether a balance follows from rows of a table: it is derived, or others that add some change it."""
    adding = context.makers.get(("added", cell.table.id), ())
    written = (other.column.id for one in adding if one.id != arrow.id for other in cells_of(context, one))
    return (balance.derived and _is_compared(context, arrow, cell, balance)) or balance.id in written


def _is_compared(context: Context, arrow: Transition, cell: Cell, balance: Column) -> bool:
    """Say whether a condition of the same trigger asks what the named account holds."""
    for one in context.arrows_from.get(arrow.source, ()):
        tree = context.formula(one, "when") if one.on == arrow.on else None
        columns = (node for node in nodes(tree) if node["op"] == "column" and node["name"] == balance.name)
        if any(key(node["of"]) == key(cell.tree) for node in columns):
            return True
    return False


def _problem(context: Context, arrow: Transition, code: str, cell: Cell, account: Table, balance: Column) -> Problem:
    """Return what is wrong with what a transition writes into a cell."""
    return problem(
        code,
        "warning",
        Element("transition", arrow.id, f"do.{cell.place}"),
        Element("table", account.id),
        arrow=arrow_label(context.flow, arrow),
        column=balance.title or balance.name,
        table=cell.table.title or cell.table.name,
        account=account.title or account.name,
    )
