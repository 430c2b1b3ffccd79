"""What the editor can offer at one place: names with their types, comparisons that fit, literals to start from.

Offers are nodes like those of a tree, so that a chosen one goes straight into a sentence. Only what can be written is
offered: a name that another hides is left out. Titles for people are not here; the app finds them by names.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from flow_models.formulas import kinds
from flow_models.formulas.kinds import Node
from flow_models.formulas.literals import adapted, number
from flow_models.formulas.printing import to_source
from flow_models.formulas.scope import WORDS, Scope
from flow_models.formulas.sentences import SEARCHES, YES

LEVELS: Final = 2
"""How many columns may follow a name: `record.owner.name`."""

Origin = Literal["column", "field", "record", "row", "used", "variable", "task", "clock", "answer"]

_FIRST: Final[dict[str, str | int | bool]] = {
    "text": "",
    "choice": "",
    "integer": 0,
    "decimal": "0",
    "money": "0.00",
    "boolean": True,
    "date": "2027-01-01",
    "time": "09:00",
}


class Offer(NamedTuple):
    """One thing that can be chosen: its node, its source, its type, and to which part of the list it belongs."""

    node: Node
    source: str
    kind: str
    origin: Origin


class Inner(NamedTuple):
    """The rows of an aggregate inside which something is offered: `row1` or its alias, and the table."""

    bind: str
    table: str
    is_before: bool = False
    """Whether its rows have the values of the start of the episode."""


@lru_cache(maxsize=64)
def offers(
    scope: Scope, wanted: str | None = None, inner: Inner | None = None, *, is_compared: bool = False
) -> tuple[Offer, ...]:
    """Return every name that fits a wanted type, columns of rows included, the closest first.

    Args:
        scope: The scope of the place.
        wanted: A type, `scalar`, or `None` for all.
        inner: The aggregate in whose condition the name will stand.
        is_compared: Whether the name will be compared with something of the wanted type: money with a whole number,
            as the value of which it could not stand.
    """
    reached = ((node, origin) for name, origin in _names(scope, inner) for node in _reached(scope, name, origin))
    return tuple(
        Offer(node, to_source(node, is_inside=inner is not None), node["type"], origin)
        for node, origin in reached
        if wanted is None or _fits(wanted, node["type"], is_compared=is_compared)
    )


def columns(scope: Scope, inner: Inner) -> tuple[Node, ...]:
    """Return the columns of the row of an aggregate."""
    bound: Node = {"op": "bound", "type": f"row:{inner.table}", "name": inner.bind}
    return tuple(_columns(scope, bound, is_before=inner.is_before))


def comparisons(kind: str) -> tuple[str, ...]:
    """Return the comparisons that a left side of a type can have, the usual one first."""
    if kind == "boolean":
        return (YES, "==", "!=")
    equal = ("==", "!=")
    if kind in kinds.ORDERED:
        return (*equal, "<", "<=", ">", ">=")
    if kind in kinds.TEXTS:
        return (*equal, "in", "not in", *SEARCHES)
    return equal


def literal(kind: str, choices: tuple[str, ...] = ()) -> Node:
    """Return a literal of a type to start from; `empty` for rows, which have no literals."""
    if kind == "choice" and choices:
        return {"op": "value", "type": kind, "value": choices[0]}
    if kind in _FIRST:
        return {"op": "value", "type": kind, "value": _FIRST[kind]}
    return {"op": "value", "type": "none", "value": None}


def literal_of(kind: str, text: str) -> Node | None:
    """Return the literal that a person typed for a type, `None` if the text is not of it."""
    if kind in kinds.AMOUNTS:
        digits = text.strip().removeprefix("-")
        node = number(digits)
        if node is None:
            return None
        if text.strip().startswith("-"):
            node = {**node, "value": -node["value"] if node["type"] == "integer" else f"-{node['value']}"}
    elif kind == "boolean":
        return {"op": "value", "type": kind, "value": text == "true"}
    else:
        node = {"op": "value", "type": "text", "value": text}
    made, mistake = adapted(node, kind)
    return made if not mistake and kinds.is_assignable(kind, made["type"]) and made["type"] == kind else None


def _fits(wanted: str, kind: str, *, is_compared: bool) -> bool:
    """Say whether a type can stand for a wanted one, or be compared with it."""
    both = {wanted, kind}
    return kinds.is_assignable(wanted, kind) or (is_compared and (both <= kinds.TEXTS or both <= kinds.AMOUNTS))


def _names(scope: Scope, inner: Inner | None) -> Iterator[tuple[Node, Origin]]:
    """Yield everything that has a name, without columns behind it but for those of bound rows."""
    if inner is not None:
        yield from _inner_names(scope, inner)
    if scope.row is not None:
        own: Node = {"op": "bound", "type": f"row:{scope.row}", "name": "row"}
        for column in _columns(scope, own, is_before=False):
            yield column, "column"
    for name, table in (("row", scope.row), ("used", scope.used), ("record", scope.record)):
        if table is not None and not (name == "used" and scope.row == scope.used and inner is None):
            yield {"op": "bound", "type": f"row:{table}", "name": name}, _ORIGINS[name]
    yield from _plain_names(scope, _hidden(scope, inner))


def _inner_names(scope: Scope, inner: Inner) -> Iterator[tuple[Node, Origin]]:
    """Yield the columns of the row of an aggregate, and the row itself if it has an alias or there is no other row."""
    bound: Node = {"op": "bound", "type": f"row:{inner.table}", "name": inner.bind}
    for column in columns(scope, inner):
        yield column, "column"
    if _is_alias(inner) or scope.row is None:
        yield bound, "row"


def _hidden(scope: Scope, inner: Inner | None) -> set[str]:
    """Return the names that mean something else than a variable of this name."""
    rows = [scope.row, None if inner is None or _is_alias(inner) else inner.table]
    return {*WORDS, *(name for row in rows if row in scope.tables for name in scope.tables[str(row)].columns)}


def _is_alias(inner: Inner) -> bool:
    return not inner.bind.startswith("row")


def _plain_names(scope: Scope, hidden: set[str]) -> Iterator[tuple[Node, Origin]]:
    """Yield everything that has a name and is no row."""
    for name, kind in scope.fields.items():
        yield {"op": "field", "type": kind, "name": name}, "field"
    for name, kind in scope.task.items():
        yield {"op": "task", "type": kind, "name": name}, "task"
    for name, kind in scope.variables.items():
        if name not in hidden:
            yield {"op": "variable", "type": kind, "name": name}, "variable"
    for part in ("date", "time"):
        yield {"op": "clock", "type": part, "part": part}, "clock"
    if "answer" in scope.allow:
        yield {"op": "answer", "type": "text"}, "answer"


_ORIGINS: Final[dict[str, Origin]] = {"row": "row", "used": "used", "record": "record"}


def _reached(scope: Scope, node: Node, origin: Origin) -> Iterator[Node]:
    """Yield a node and, if it is a row, its columns and theirs; those of a bound row are names of their own."""
    nodes = [node]
    is_bare = node["op"] == "bound" and origin == "row"
    for _ in range(0 if is_bare else LEVELS):
        yield from nodes
        nodes = [column for inner in nodes for column in _columns(scope, inner, is_before="before" in inner)]
    yield from nodes


def _columns(scope: Scope, node: Node, *, is_before: bool) -> Iterator[Node]:
    info = scope.tables.get(kinds.table_of(node["type"]) or "")
    if info is not None:
        for name, kind in info.columns.items():
            column: Node = {"op": "column", "type": kind, "of": node, "name": name}
            yield {**column, "before": True} if is_before else column
