"""What formulas and blocks cost at most, in the units in which the machine counts them.

The same weights as in `flow_models.runtime.machine.formulas.work`, times what the tables can hold (`figures`).
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeGuard

from flow_models.checks.figures import PLAIN, Size
from flow_models.runtime.machine.base import blocks as kinds
from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import controls
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    AnswerText,
    Arithmetic,
    BoundRow,
    Call,
    ChangedRows,
    Choice,
    ColumnValue,
    Comparison,
    Constant,
    FieldValue,
    Node,
    SortedRows,
    TableRows,
    TaskValue,
    VariableValue,
    all_rows,
    table_of,
)
from flow_models.runtime.machine.base.parts import Part, inner_fields
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.formulas.reads import conjuncts, mentions
from flow_models.runtime.machine.formulas.work import (
    ADDED,
    COMPARED,
    LOOKUP,
    OPTION,
    characters,
    searching,
    sorting,
    weight,
)
from flow_models.runtime.machine.pages.list_parts import row_units
from flow_models.runtime.machine.pages.offered import OfferingBlock

Turns = Mapping[str, float]
"""How often the row changes that is bound by a name, in one evaluation of the whole."""

NO_ROWS: Final[Turns] = {}

_TEXTS: Final = frozenset({"lower", "upper", "contains", "starts_with", "ends_with"})


class Estimator:
    """Estimates the work of formulas.

    Args:
        tables: The sizes of tables by name.
        lengths: The characters of the longest text of a variable (`variable:NAME`), parameter (`task:NAME`), field
            (`field:NAME`) or column to which effects put texts (`column:TABLE.NAME`).
        asked: The units of finding out what a field means, by its name, as far as that takes more than a few.
    """

    def __init__(
        self, tables: Mapping[str, Size], lengths: Mapping[str, int], asked: Mapping[str, float] | None = None
    ) -> None:
        self._tables = tables
        self._lengths = lengths
        self._asked = asked or {}

    def units(self, *things: object) -> float:
        """Return the units of formulas and texts, each computed once."""
        fields = {node.name for node in _nodes(things) if isinstance(node, FieldValue)}
        return sum(self._thing(one, NO_ROWS) for one in things) + sum(self._asked.get(name, 0) for name in fields)

    def block(self, block: Block) -> float:
        """Return the units of showing a block, those inside it aside."""
        match block:
            case kinds.RowList():
                return self._list(block)
            case FieldBlock() if isinstance(block, OfferingBlock):
                return self._offered(block)
            case _:
                return self.units(*_own(block), *[one for control in controls(block) for one in _own(control)])

    def offered(self, block: OfferingBlock) -> float:
        """Return the units of finding the row that a text means among all of a table."""
        rows = self._rows(block.table)
        return rows * (OPTION + weight(block.label)) + self._per_row(rows, block.label)

    def picked(self, table: str | None, where: Node | None, bind: str, turns: Turns = NO_ROWS) -> tuple[float, float]:
        """Return how many rows a condition leaves at most, and the units of finding them."""
        return (0, 0) if table is None else self._selection(all_rows(table), where, bind, turns)

    def each(self, rows: float, *things: object, bind: str = "row") -> float:
        """Return the units of computing formulas for so many rows."""
        own = weight(*things)
        return rows * own + self._per_row(rows, *things, bind=bind)

    def compared(self, table: str) -> float:
        """Return the units of finding in what a table differs from how it began."""
        size = self._tables.get(table)
        return 0 if size is None else COMPARED * size.differing

    def length(self, thing: object) -> int:
        """Return the characters of a text that a formula or template makes, at most."""
        if isinstance(thing, str):
            return len(thing)
        if isinstance(thing, tuple):
            return sum(map(self.length, thing))
        match thing:
            case Constant():
                return len(str(thing.value or ""))
            case Choice():
                return max(self.length(thing.then), self.length(thing.other))
            case Arithmetic(type="text"):
                return min(limits.TEXT, self.length(thing.left) + self.length(thing.right))
            case Call(type="text"):
                return max(PLAIN, *map(self.length, thing.args))
            case Aggregate(value=Node()):
                return max(self.length(thing.value), 0 if thing.default is None else self.length(thing.default))
            case ColumnValue(of=Node(type=kind)):
                return self._column(table_of(kind) or "", thing.name)
            case Node(type="text" | "choice"):
                return self._lengths.get(_KEYS.get(type(thing), "") + getattr(thing, "name", ""), limits.TEXT)
            case _:
                return PLAIN

    def _column(self, table: str, name: str) -> int:
        """Return the characters of the longest text of a column."""
        size = self._tables.get(table)
        known = PLAIN if size is None else size.lengths.get(name, PLAIN)
        return known if known >= 0 else self._lengths.get(f"column:{table}.{name}", limits.TEXT)

    def _rows(self, table: str | None) -> int:
        size = self._tables.get(table or "")
        return 0 if size is None else size.rows

    def _list(self, block: kinds.RowList) -> float:
        """Return the units of a list: finding its rows, putting them in order, showing them."""
        found, units = self.picked(block.table, block.where, "row")
        units += 0 if block.sort is None else self._sorted(found, block.sort, "row", NO_ROWS)
        shown = min(found, block.limit or found, block.page_size or found)
        cells = [column.text for column in block.columns]
        shown_things = [one for control in controls(block) for one in _own(control)]
        units += shown * row_units(block) + self._per_row(shown, *cells, *shown_things)
        return units + self.units(block.title, block.empty_text, block.show_if)

    def _offered(self, block: OfferingBlock) -> float:
        """Return the units of a field over rows: finding and showing them, and of suggestions searching them."""
        own = self.units(block.help, block.show_if)
        if block.table is None:
            return own + OPTION * len(getattr(block, "choices", ()))
        found, units = self.picked(block.table, block.where, "row")
        line, free = getattr(block, "line", None), getattr(block, "free_if", None)
        sort = getattr(block, "sort", None)
        units += 0 if sort is None else self._sorted(found, sort, "row", NO_ROWS)
        units += found * (2 * OPTION + weight(block.label, line, free)) + self._per_row(found, block.label, line, free)
        if is_suggesting(block):
            units += searching(int(found) * self.length(block.label), limits.TEXT) + self.offered(block)
        # A plan is asked for its lines, and for the places that are free.
        return own + (2 * units if hasattr(block, "free_if") else units)

    def _per_row(self, rows: float, *things: object, bind: str = "row") -> float:
        """Return what formulas cost for so many rows besides their own weight: aggregates and texts in them."""
        turns = {bind: rows}
        return rows * sum(self._thing(one, turns, bare=True) for one in things)

    def _thing(self, thing: object, turns: Turns, *, bare: bool = False) -> float:
        """Return the units of a formula, template or what holds such; `bare`: without their own weight."""
        if isinstance(thing, tuple | list):
            shown = characters(self.length(thing)) if isinstance(thing, tuple) else 0
            return sum(self._thing(one, turns, bare=bare) for one in thing) + shown
        if not isinstance(thing, Node):
            return 0
        return (0 if bare else weight(thing)) + self._within(thing, turns)

    def _within(self, node: Node, turns: Turns) -> float:
        """Return the units of a formula besides its own weight."""
        match node:
            case Aggregate():
                return self._aggregate(node, turns)
            case TableRows() | ChangedRows() | SortedRows():
                return self._found(node, turns)[1]
            case Call(fn=fn) if fn in _TEXTS:
                return self._text(node) + self._parts(node, turns)
            case Comparison(test="in" | "not in") if node.right.type in ("text", "choice"):
                return searching(self.length(node.right), self.length(node.left)) + self._parts(node, turns)
            case _:
                return self._parts(node, turns)

    def _parts(self, node: Node, turns: Turns) -> float:
        """Return what the formulas inside one cost besides their own weight."""
        return sum(self._within(one, turns) for one in _inner(node))

    def _text(self, node: Call) -> float:
        """Return the units of a function of texts."""
        first, *others = map(self.length, node.args)
        if not others:
            return characters(first)
        part = others[0] if any(isinstance(one, BoundRow) for one in _nodes(node.args[1:])) else 0
        return searching(first, min(first, others[0])) + characters(part)

    def _aggregate(self, node: Aggregate, turns: Turns) -> float:
        """Return the units of an aggregate."""
        where = None if node.fn == "all" and node.value is None else node.where
        judged = node.where if node.fn == "all" and node.value is None else node.value
        found, units = self._selection(node.rows, where, node.bind, turns)
        if judged is not None:
            units += found * (ADDED + weight(judged) + self._within(judged, {**turns, node.bind: found}))
        return units + (0 if node.default is None else self._within(node.default, turns))

    def _selection(self, node: Node, where: Node | None, bind: str, turns: Turns) -> tuple[float, float]:
        """Return how many rows a condition leaves at most, and the units of finding them."""
        rows, units = self._found(node, turns)
        conditions = list(conjuncts(where))
        if not conditions:
            return rows, units
        alike = self._alike(node, bind, conditions, turns)
        if alike is not None:
            # An index is made once for the rows with which an episode begins.
            left, equality = alike
            units = LOOKUP + min(left, rows)
            rows = min(left, rows)
            conditions = [one for one in conditions if one is not equality]
        own = weight(*conditions) + sum(self._within(one, {**turns, bind: rows}) for one in conditions)
        return rows, units + rows * own

    def _found(self, node: Node, turns: Turns) -> tuple[float, float]:
        """Return how many rows a table, its changes or a sorted table has, and the units of going through them."""
        match node:
            case TableRows():
                rows = self._rows(node.name)
                return rows, rows
            case ChangedRows():
                size = self._tables.get(node.table)
                return (0, 0) if size is None else (size.differing, self.compared(node.table) + size.differing)
            case SortedRows():
                rows_found, units = self._found(node.rows, turns)
                return rows_found, units + self._sorted(rows_found, node.key, node.bind, turns)
            case _:
                return 0, 0

    def _sorted(self, rows: float, key: Node, bind: str, turns: Turns) -> float:
        """Return the units of putting rows in the order of a key."""
        texts = characters(self.length(key)) if key.type in ("text", "choice") else 0
        return rows * (weight(key) + texts + self._within(key, {**turns, bind: rows})) + sorting(int(rows))

    def _alike(self, node: Node, bind: str, conditions: Iterable[Node], turns: Turns) -> tuple[float, Node] | None:
        """Return how many rows a look-up by one of the conditions finds at most, and by which; None without any."""
        size = self._tables.get(node.name) if isinstance(node, TableRows) else None
        best: tuple[float, Node] | None = None
        for condition in conditions:
            found = None if size is None else _looked_up(size, bind, condition, turns)
            if found is not None and (best is None or found < best[0]):
                best = (found, condition)
        return best


def is_suggesting(block: Block) -> TypeGuard[OfferingBlock]:
    """Say whether a block is a field into which one types what a row of a table is called."""
    return isinstance(block, OfferingBlock) and block.traits.fill == "typed"


def _looked_up(size: Size, bind: str, condition: Node, turns: Turns) -> float | None:
    """Return how many rows hold what a condition compares a column with; None if it is no such condition.

    Looked up for each row of another table in turn, all look-ups together find no row twice.
    """
    if not isinstance(condition, Comparison) or condition.test != "==":
        return None
    for side, other in ((condition.left, condition.right), (condition.right, condition.left)):
        if mentions(other, bind):
            continue
        match side:
            case BoundRow(name=name) if name == bind:
                return 1
            case ColumnValue(of=BoundRow(name=name)) if name == bind:
                alike: float = size.alike.get(side.name, size.rows)
                if isinstance(other, BoundRow) and turns.get(other.name, 0) > 1:
                    return min(alike, max(1, size.rows / turns[other.name]))
                return alike
            case _:
                pass
    return None


_KEYS: Final[dict[type[Node], str]] = {
    VariableValue: "variable:",
    TaskValue: "task:",
    FieldValue: "field:",
    AnswerText: "answer:",
}


def _own(block: Part) -> list[object]:
    """Return the formulas and texts of a block or a part of one, those of blocks inside it aside."""
    found: list[object] = []
    for name in inner_fields(type(block)):
        held = getattr(block, name)
        if isinstance(held, Node) or (isinstance(held, tuple) and any(isinstance(one, Node) for one in held)):
            found.append(held)
        elif isinstance(held, tuple):
            parts = [part for part in held if isinstance(part, Part) and not isinstance(part, Block)]
            found += [one for part in parts for one in _own(part)]
    return found


def _inner(node: Node) -> list[Node]:
    """Return the formulas directly inside one."""
    held = [getattr(node, name) for name in inner_fields(type(node))]
    flat = [one for part in held for one in (part if isinstance(part, tuple) else (part,))]
    return [one for one in flat if isinstance(one, Node)]


def _nodes(things: Iterable[object]) -> Iterable[Node]:
    """Yield every formula in formulas and templates."""
    for thing in things:
        if isinstance(thing, Node):
            yield thing
            yield from _nodes(_inner(thing))
        elif isinstance(thing, tuple | list):
            yield from _nodes(thing)
