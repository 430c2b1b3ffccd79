"""Formulas as rows that a person edits without typing, and back: `left comparison right`, joined by ALL or ANY.

A condition is a `Sentence` of rows and of groups of rows, one level deep. A value (of an effect, a limit) is one
operand. Both ways are exact: reading the source that `from_sentence` writes gives the tree that `to_sentence` was
given. What rows cannot show has no sentence (`None`) and stays a formula. Words for people are in `document.wording`,
what a drop-down can offer in `offers`.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from flow_models.formulas.kinds import Node
from flow_models.formulas.printing import to_source

Join = Literal["all", "any"]

SEARCHES: Final = ("contains", "starts_with", "ends_with")
"""Comparisons of texts that formulas write as functions."""

YES: Final = "yes"
"""The comparison of something that is yes or no by itself; such a row has no right side."""

_NAMES: Final = frozenset({"field", "variable", "task", "bound", "clock", "answer"})
_JOINS: Final[dict[str, Join]] = {"and": "all", "or": "any"}
_OPS: Final = {"all": "and", "any": "or"}


class Plain(NamedTuple):
    """A literal, or a name with columns behind it: `field.amount`, `record.owner.name`."""

    node: Node

    @property
    def kind(self) -> str:
        """The type of the value."""
        return str(self.node["type"])


class Called(NamedTuple):
    """A function of plain values or of other functions: `lower(trim(field.word))`, `days(record.opened, today())`."""

    fn: str
    args: "tuple[Simple, ...]"
    kind: str


Simple = Plain | Called


class Sum(NamedTuple):
    """Two values with a sign between them: `record.balance - field.amount`."""

    sign: str
    left: "Simple | OfTable"
    right: "Simple | OfTable"
    kind: str
    default: Simple | None = None
    """What a division gives where its right side is zero."""


class Items(NamedTuple):
    """Several values, of which the left side is one or none."""

    items: tuple[Simple, ...]
    kind: str
    """`list:TYPE`."""


class Step(NamedTuple):
    """One column read from the row that `first` or `last` finds."""

    name: str
    kind: str
    is_before: bool


@dataclass(frozen=True)
class OfTable:
    """What is computed from the rows of a table: how many there are, whether there is one, a sum, the first."""

    fn: str
    rows: Node
    """The node of the rows: a table, its changes, or either sorted by a simple value."""
    bind: str
    kind: str
    value: Simple | None = None
    where: "Sentence | None" = None
    default: Simple | None = None
    steps: tuple[Step, ...] = ()
    found: str = ""
    """The type before the steps; empty if there are none."""


Operand = Plain | Called | Sum | Items | OfTable


@dataclass(frozen=True)
class Row:
    """One comparison.

    `comparison` is `== != < <= > >= in`, `not in`, `contains starts_with ends_with`, or `yes`, where `right` is `None`.
    """

    left: Operand
    comparison: str
    right: Operand | None = None
    is_negated: bool = False


@dataclass(frozen=True)
class Group:
    """Rows inside a sentence that belong together."""

    join: Join
    rows: tuple[Row, ...]
    is_negated: bool = False


@dataclass(frozen=True)
class Sentence:
    """A condition as rows and groups; without any it always holds."""

    join: Join = "all"
    parts: tuple[Row | Group, ...] = ()


def to_sentence(tree: Node | None) -> Sentence | None:
    """Return a condition as rows, `None` if rows cannot show it; no condition is a sentence without rows."""
    if tree is None:
        return Sentence()
    join = _JOINS.get(tree["op"])
    parts = [_part(arg) for arg in tree["args"]] if join else [_part(tree)]
    found = tuple(part for part in parts if part is not None)
    return Sentence(join or "all", found) if len(found) == len(parts) else None


def to_value(tree: Node) -> Operand | None:
    """Return a value as one operand, `None` if it is more than that."""
    return _operand(tree)


def from_sentence(sentence: Sentence) -> str:
    """Return the source of a condition; empty for a sentence without rows."""
    tree = sentence_tree(sentence)
    return "" if tree is None else to_source(tree)


def sentence_tree(sentence: Sentence) -> Node | None:
    """Return the tree of a condition; `None` for a sentence without rows."""
    return _joined(sentence.join, [_part_tree(part) for part in sentence.parts if not _is_blank(part)])


def from_value(operand: Operand) -> str:
    """Return the source of a value."""
    return to_source(operand_tree(operand))


def _part(tree: Node) -> Row | Group | None:
    """Return a row, or a group of rows, for one part of a condition."""
    is_negated = tree["op"] == "not"
    inner: Node = tree["arg"] if is_negated else tree
    join = _JOINS.get(inner["op"])
    if join is None:
        return _row(inner, is_negated)
    rows = [_row(arg["arg"], True) if arg["op"] == "not" else _row(arg, False) for arg in inner["args"]]
    found = tuple(row for row in rows if row is not None)
    return Group(join, found, is_negated) if len(found) == len(rows) else None


def _row(tree: Node, is_negated: bool) -> Row | None:
    if tree["op"] == "compare":
        left, right = _operand(tree["left"]), _operand(tree["right"])
        comparison = str(tree["test"])
    elif tree["op"] == "call" and tree["fn"] in SEARCHES:
        left, right = _operand(tree["args"][0]), _operand(tree["args"][1])
        comparison = str(tree["fn"])
    else:
        left = _operand(tree) if tree["type"] == "boolean" else None
        return None if left is None else Row(left, YES, None, is_negated)
    return None if left is None or right is None else Row(left, comparison, right, is_negated)


def _operand(tree: Node) -> Operand | None:
    match tree["op"]:
        case "arith":
            return _sum(tree)
        case "list":
            items = tuple(item for item in map(_simple, tree["items"]) if item is not None)
            return Items(items, tree["type"]) if len(items) == len(tree["items"]) else None
        case "aggregate":
            return _of_table(tree)
        case "column":
            return _simple(tree) or _stepped(tree)
        case _:
            return _simple(tree)


def _simple(tree: Node) -> Simple | None:
    """Return a literal, a name with columns behind it, or a function of such."""
    if tree["op"] == "call":
        args = tuple(arg for arg in map(_simple, tree["args"]) if arg is not None)
        return Called(tree["fn"], args, tree["type"]) if len(args) == len(tree["args"]) else None
    inner = tree
    while inner["op"] == "column":
        inner = inner["of"]
    return Plain(tree) if inner["op"] in _NAMES or tree["op"] == "value" else None


def _sum(tree: Node) -> Sum | None:
    left, right = _side(tree["left"]), _side(tree["right"])
    default = _simple(tree["default"]) if "default" in tree else None
    if left is None or right is None or ("default" in tree and default is None):
        return None
    return Sum(tree["sign"], left, right, tree["type"], default)


def _side(tree: Node) -> Simple | OfTable | None:
    """Return one side of a sum."""
    return _of_table(tree) if tree["op"] == "aggregate" else _simple(tree)


def _of_table(tree: Node) -> OfTable | None:
    """Return an aggregate whose value is simple and whose condition is a sentence."""
    value = _simple(tree["value"]) if "value" in tree else None
    default = _simple(tree["default"]) if "default" in tree else None
    where = to_sentence(tree["where"]) if "where" in tree else None
    is_lost = any(
        part in tree and made is None for part, made in (("value", value), ("default", default), ("where", where))
    )
    if is_lost or not _are_simple(tree["rows"]):
        return None
    return OfTable(tree["fn"], tree["rows"], tree["bind"], tree["type"], value, where, default)


def _are_simple(rows: Node) -> bool:
    """Say whether rows are a table or its changes, sorted at most once by a simple value."""
    if rows["op"] == "sorted":
        return _simple(rows["key"]) is not None and rows["rows"]["op"] in ("table", "changes")
    return rows["op"] in ("table", "changes")


def _stepped(tree: Node) -> OfTable | None:
    """Return columns read from the row that `first` or `last` finds."""
    steps: list[Step] = []
    while tree["op"] == "column":
        steps.append(Step(tree["name"], tree["type"], "before" in tree))
        tree = tree["of"]
    found = _of_table(tree) if tree["op"] == "aggregate" else None
    if found is None:
        return None
    steps.reverse()
    return OfTable(
        found.fn,
        found.rows,
        found.bind,
        steps[-1].kind,
        found.value,
        found.where,
        found.default,
        tuple(steps),
        found.kind,
    )


def _is_blank(part: Row | Group) -> bool:
    return isinstance(part, Group) and not part.rows


def _joined(join: Join, trees: list[Node]) -> Node | None:
    if len(trees) < 2:
        return trees[0] if trees else None
    return {"op": _OPS[join], "type": "boolean", "args": trees}


def _part_tree(part: Row | Group) -> Node:
    if isinstance(part, Row):
        return row_tree(part)
    tree = _joined(part.join, [row_tree(row) for row in part.rows])
    if tree is None:
        raise ValueError("a group without rows has no formula")
    return _negated(tree) if part.is_negated else tree


def row_tree(row: Row) -> Node:
    """Return the tree of one comparison."""
    left = operand_tree(row.left)
    if row.right is None:
        tree = left
    elif row.comparison in SEARCHES:
        args = [left, operand_tree(row.right)]
        tree = {"op": "call", "type": "boolean", "fn": row.comparison, "args": args}
    else:
        tree = {"op": "compare", "type": "boolean", "test": row.comparison, "left": left}
        tree["right"] = operand_tree(row.right)
    return _negated(tree) if row.is_negated else tree


def _negated(tree: Node) -> Node:
    return {"op": "not", "type": "boolean", "arg": tree}


def operand_tree(operand: Operand) -> Node:
    """Return the tree of an operand."""
    match operand:
        case Plain():
            return operand.node
        case Items():
            return {"op": "list", "type": operand.kind, "items": [operand_tree(item) for item in operand.items]}
        case Called():
            args = [operand_tree(arg) for arg in operand.args]
            return {"op": "call", "type": operand.kind, "fn": operand.fn, "args": args}
        case Sum():
            tree: Node = {"op": "arith", "type": operand.kind, "sign": operand.sign}
            tree |= {"left": operand_tree(operand.left), "right": operand_tree(operand.right)}
            return tree if operand.default is None else {**tree, "default": operand_tree(operand.default)}
        case OfTable():
            return _table_tree(operand)


def _table_tree(operand: OfTable) -> Node:
    kind = operand.found or operand.kind
    tree: Node = {"op": "aggregate", "type": kind, "fn": operand.fn, "rows": operand.rows, "bind": operand.bind}
    if operand.value is not None:
        tree["value"] = operand_tree(operand.value)
    if operand.where is not None:
        where = sentence_tree(operand.where)
        if where is not None:
            tree["where"] = where
    if operand.default is not None:
        tree["default"] = operand_tree(operand.default)
    for step in operand.steps:
        tree = {"op": "column", "type": step.kind, "of": tree, "name": step.name}
        if step.is_before:
            tree["before"] = True
    return tree
