"""What a formula may name at one place of a flow: fields, variables, task parameters, tables, and bound rows.

Scopes are values: equal content is an equal scope with an equal hash, so parsing is cached by source and scope. How a
scope follows from a place in a flow is not here: `flow_models.document.places` builds them.
"""

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from flow_models.formulas.kinds import Node, table_of

V = TypeVar("V")

WORDS = frozenset(
    {
        "row",
        "record",
        "used",
        "task",
        "field",
        "before",
        "clock",
        "answer",
        "empty",
        "true",
        "false",
    }
)
"""Names with a meaning of their own; a column, table or variable with such a name cannot be reached."""

RESERVED = WORDS | frozenset(keyword.kwlist)
"""Names that nothing in a flow should carry: words of the language and keywords of Python."""


class Names(Mapping[str, V]):
    """A mapping that never changes and hashes by content, so that scopes can be keys of a cache."""

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        self._items: dict[str, V] = dict(items or {})
        self._hash = hash(frozenset(self._items.items()))

    def __getitem__(self, name: str) -> V:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Names) and self._hash == other._hash and self._items == other._items

    def __repr__(self) -> str:
        return f"Names({self._items!r})"


def names(items: Mapping[str, V]) -> "Names[V]":
    """Return a mapping as `Names`, itself if it is one already."""
    return items if isinstance(items, Names) else Names(items)


@dataclass(frozen=True)
class TableInfo:
    """What formulas know of a table.

    `columns` maps names to types, in the order of the table; `choices` holds the allowed values of choice columns.
    """

    columns: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] = Names[tuple[str, ...]]()
    durable: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", names(self.columns))
        object.__setattr__(self, "choices", names(self.choices))


@dataclass(frozen=True)
class Scope:
    """Everything that a formula at one place may name.

    Types are `text integer decimal money boolean date time choice row:TABLE`.
    """

    fields: Mapping[str, str] = Names[str]()
    """The page's fields by name; read as `field.NAME`."""
    variables: Mapping[str, str] = Names[str]()
    task: Mapping[str, str] = Names[str]()
    """The task's parameters; read as `task.NAME`."""
    tables: Mapping[str, TableInfo] = Names[TableInfo]()
    record: str | None = None
    """The table of the page's record."""
    row: str | None = None
    """The table of the place's own row: `row`, whose columns are also bare names."""
    used: str | None = None
    """The table of the row whose control was used: `used`; in effects that change rows, `row` is the changed one."""
    allow: frozenset[str] = frozenset()
    """Which of `before` (with `added`, `changed`, `removed`), `answer` and `chance` may be used."""
    choices: Mapping[str, tuple[str, ...]] = Names[tuple[str, ...]]()
    """Allowed values of choices, by how a formula writes them: `field.plan`, `task.plan`, or a variable's name."""

    def __post_init__(self) -> None:
        for name in ("fields", "variables", "task", "tables", "choices"):
            object.__setattr__(self, name, names(getattr(self, name)))

    def allowed_values(self, node: Node) -> tuple[str, ...]:
        """Return the allowed values of a node of type choice, empty if they are not known."""
        if node["type"] != "choice":
            return ()
        match node["op"]:
            case "field" | "task":
                return self.choices.get(f"{node['op']}.{node['name']}", ())
            case "variable":
                return self.choices.get(node["name"], ())
            case "column":
                info = self.tables.get(table_of(node["of"]["type"]) or "")
                return () if info is None else info.choices.get(node["name"], ())
            case _:
                return ()


class Binding(NamedTuple):
    """A row that is bound while a part of a formula is read; `is_before` if it has the values of the start."""

    bind: str
    table: str
    is_alias: bool
    is_before: bool
