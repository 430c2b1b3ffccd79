"""Formulas of a program as typed trees: one frozen class for each operation.

`type` is the type of the value, written as in programs (see `values`); rows of a table have `rows:TABLE`. The compiler
has checked that types fit. What a tree computes is not here: `formulas` makes closures of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from .parts import Json, Part, Say, fields_of, parts_in
from .values import Value, from_json, to_json


@dataclass(frozen=True, slots=True)
class Node(Part):
    """A formula or a part of one.

    Attributes:
        op: The operation, as JSON names it.
        type: The type of its value.
    """

    tag: ClassVar[str] = "op"
    op: ClassVar[str] = ""

    type: str


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A literal; None is the empty value."""

    op: ClassVar[str] = "value"

    value: Value

    @classmethod
    def made(cls, written: Json, say: Say) -> Self:
        """Return the literal, its value as one of its type."""
        del say
        return cls(written["type"], from_json(written["value"], written["type"]))


@dataclass(frozen=True, slots=True)
class FieldValue(Node):
    """What a field of the page means."""

    op: ClassVar[str] = "field"

    name: str


@dataclass(frozen=True, slots=True)
class VariableValue(Node):
    """The value of a variable."""

    op: ClassVar[str] = "variable"

    name: str


@dataclass(frozen=True, slots=True)
class TaskValue(Node):
    """A parameter of the task."""

    op: ClassVar[str] = "task"

    name: str


@dataclass(frozen=True, slots=True)
class BoundRow(Node):
    """A row by the name under which it is bound: `row`, `record`, `used`, or that of an aggregate."""

    op: ClassVar[str] = "bound"

    name: str


@dataclass(frozen=True, slots=True)
class ColumnValue(Node):
    """A column of a row; `before`: as the episode began."""

    op: ClassVar[str] = "column"

    of: Node
    name: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class TableRows(Node):
    """All rows of a table; `before`: as the episode began."""

    op: ClassVar[str] = "table"

    name: str
    before: bool


@dataclass(frozen=True, slots=True)
class ChangedRows(Node):
    """The rows of a table that were `added`, `changed` or `removed` since the episode began."""

    op: ClassVar[str] = "changes"

    change: str
    table: str


@dataclass(frozen=True, slots=True)
class SortedRows(Node):
    """Rows in the order of a key, each bound as `bind` while its key is computed."""

    op: ClassVar[str] = "sorted"

    rows: Node
    bind: str
    key: Node
    descending: bool


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`count sum avg min max first last any all` over rows, each bound as `bind`."""

    op: ClassVar[str] = "aggregate"

    fn: str
    rows: Node
    bind: str
    value: Node | None = None
    where: Node | None = None
    default: Node | None = None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of values."""

    op: ClassVar[str] = "call"

    fn: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ClockPart(Node):
    """The site's `date` or `time`, or the number of the `step`."""

    op: ClassVar[str] = "clock"

    part: str


@dataclass(frozen=True, slots=True)
class AnswerText(Node):
    """What was last said to the user."""

    op: ClassVar[str] = "answer"


@dataclass(frozen=True, slots=True)
class Items(Node):
    """Listed values."""

    op: ClassVar[str] = "list"

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Both(Node):
    """Conditions that must all hold."""

    op: ClassVar[str] = "and"

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """Conditions of which one must hold."""

    op: ClassVar[str] = "or"

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """A condition that must not hold."""

    op: ClassVar[str] = "not"

    arg: Node


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """One value if a condition holds, else another."""

    op: ClassVar[str] = "if"

    test: Node
    then: Node
    other: Node = field(metadata={"key": "else"})


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A number with the other sign."""

    op: ClassVar[str] = "neg"

    arg: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`== != < <= > >=`, `in` or `not in` of two values."""

    op: ClassVar[str] = "compare"

    test: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`+ - * / // %` of two values; the default stands where the right one is zero."""

    op: ClassVar[str] = "arith"

    sign: str
    left: Node
    right: Node
    default: Node | None = None


Template = tuple[str | Node, ...]
"""A text with formulas: texts and trees in turn."""


def nodes_in(*things: Any) -> Iterator[Node]:
    """Yield every node in formulas, templates, blocks and whatever else holds them, themselves included."""
    return (part for part in parts_in(*things) if isinstance(part, Node))


def tree_of(node: Node) -> dict[str, Any]:
    """Return a formula as the JSON from which it is read; what is not there is left out."""
    written: dict[str, Any] = {"op": node.op}
    for one in fields_of(type(node)):
        value = getattr(node, one.name)
        if value != one.default:
            written[one.metadata.get("key", one.name)] = _written(value)
    if isinstance(node, Constant):
        written["value"] = to_json(node.value)
    return written


def _written(value: Any) -> Any:
    """Return a field of a node as JSON."""
    if isinstance(value, Node):
        return tree_of(value)
    return [tree_of(one) for one in value] if isinstance(value, tuple) else value


def all_rows(table: str, *, before: bool = False) -> TableRows:
    """Return the node that means all rows of a table."""
    return TableRows(f"rows:{table}", table, before)


def table_of(kind: str) -> str | None:
    """Return the table of a `row:TABLE` type, or None for other types."""
    return kind[4:] if kind.startswith("row:") else None
