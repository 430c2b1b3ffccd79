"""How sentences grow: what a new row holds, what fits beside a left side, how an operand over a table is made.

Everything here is a function from values to values; the widgets that show sentences are in `editors`.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from flow_models.document.wording import Titles
from flow_models.formulas import Node, Scope
from flow_models.formulas.kinds import table_of
from flow_models.formulas.offers import Inner, comparisons, literal, offers
from flow_models.formulas.sentences import SEARCHES, YES, Called, Group, Items, OfTable, Operand, Plain, Row, Sentence

NO = "no"
"""The comparison "is not true", which sentences hold as a negated `YES`."""

EMPTY: Node = {"op": "value", "type": "none", "value": None}
FUNCTIONS = ("count", "any", "all", "sum", "min", "max", "avg", "first", "last")
WITH_VALUE = frozenset({"sum", "min", "max", "avg"})
WITH_DEFAULT = frozenset({"min", "max", "avg", "first", "last"})


@dataclass(frozen=True)
class Ground:
    """What can be named where an operand stands, and how it is called."""

    scope: Scope
    titles: Titles
    inner: Inner | None = None


class Wanted(NamedTuple):
    """What an operand should be: a type, with the values of a choice; `None` for anything."""

    kind: str | None = None
    choices: tuple[str, ...] = ()
    is_compared: bool = False
    """Whether it need not be of the type, only comparable with it."""


ANYTHING = Wanted()


def choices_of(scope: Scope, node: Node) -> tuple[str, ...]:
    """Return the allowed values of a choice that a node names."""
    match node["op"]:
        case "column":
            info = scope.tables.get(table_of(node["of"]["type"]) or "")
            return () if info is None else info.choices.get(node["name"], ())
        case "field" | "task":
            return scope.choices.get(f"{node['op']}.{node['name']}", ())
        case "variable":
            return scope.choices.get(node["name"], ())
        case _:
            return ()


def tests_of(row: Row) -> list[str]:
    """Return the comparisons that a row can have."""
    if isinstance(row.left, OfTable) and row.left.kind == "boolean":
        tests = [YES, NO]
    else:
        tests = [*comparisons(row.left.kind)]
        if YES in tests:
            tests.insert(1, NO)
    return tests if row.comparison in tests else [*tests, row.comparison]


def wanted_of(row: Row, ground: Ground) -> Wanted:
    """Return what the right side of a row should be."""
    kind = row.left.kind
    if row.comparison in SEARCHES:
        return Wanted("text")
    choices = choices_of(ground.scope, row.left.node) if isinstance(row.left, Plain) else ()
    return Wanted(kind if kind != "none" else None, choices, is_compared=True)


def fitted(row: Row, ground: Ground) -> Row:
    """Return a row whose comparison and right side suit its left side."""
    if row.left.kind == "boolean" and (row.right is None or row.comparison == YES):
        return Row(row.left, YES, None, row.is_negated)
    tests = [test for test in tests_of(Row(row.left, "==")) if test not in (YES, NO)]
    comparison = row.comparison if row.comparison in tests else "=="
    wanted = wanted_of(Row(row.left, comparison), ground)
    right = _listed(row, wanted) if comparison in ("in", "not in") else _single(row.right, wanted)
    is_negated = row.is_negated and row.right is not None
    return replace(row, comparison=comparison, right=right, is_negated=is_negated)


def first_row(ground: Ground) -> Row | None:
    """Return a row to start from: the first name that exists here; `None` if there is none."""
    found = [offer for offer in offers(ground.scope, None, ground.inner) if not offer.kind.startswith("row:")]
    found.sort(key=lambda offer: offer.origin == "clock")
    return fitted(Row(Plain(found[0].node), "=="), ground) if found else None


def table_node(name: str, *, is_before: bool = False) -> Node:
    """Return the node of all rows of a table."""
    return {"op": "table", "type": f"rows:{name}", "name": name, "before": is_before}


def rows_of(name: str, ground: Ground) -> list[Node]:
    """Return the rows that can be asked about for a table: now and, in rules, at the start and what changed."""
    nodes = [table_node(name)]
    if "before" in ground.scope.allow and ground.scope.tables[name].durable:
        nodes.append(table_node(name, is_before=True))
        nodes += [
            {"op": "changes", "type": f"rows:{name}", "change": change, "table": name}
            for change in ("added", "changed", "removed")
        ]
    return nodes


def inner_of(operand: OfTable) -> Inner:
    """Return what the condition inside an operand is about."""
    rows = operand.rows
    is_before = bool(rows.get("before")) or rows.get("change") == "removed"
    return Inner(operand.bind, str(rows["type"]).removeprefix("rows:"), is_before)


def is_column_of(node: Node, operand: OfTable) -> bool:
    """Say whether a node is a column of the rows of an operand that its function can work on."""
    if node["op"] != "column" or node["of"].get("name") != operand.bind:
        return False
    kind = node["type"]
    if operand.fn in ("sum", "avg"):
        return kind in ("integer", "decimal", "money")
    if operand.fn in ("min", "max"):
        return kind in ("integer", "decimal", "money", "date", "time")
    return True


def of_table(
    fn: str,
    rows: Node,
    ground: Ground,
    value: Plain | Called | None = None,
    where: Sentence | None = None,
    bind: str = "",
) -> OfTable:
    """Return an operand over rows, with a value where its function needs one, and a default where it may lack."""
    name = bind or ("row1" if ground.inner is None or not ground.inner.bind.startswith("row") else "row2")
    made = OfTable(fn, rows, name, "integer", where=where)
    if fn == "count":
        return made
    if fn in ("any", "all"):
        condition = _first_condition(made, ground) if fn == "all" and where is None else where
        return replace(made, kind="boolean", where=condition)
    if fn in WITH_VALUE and not _can_work_on(value, made):
        value = _first_column(made, ground)
        if value is None:
            return replace(made, fn="count")
    default = Plain(EMPTY) if fn in WITH_DEFAULT and value is not None else None
    return replace(made, kind=_kind_of(fn, rows, value), value=value, default=default)


def _first_condition(made: OfTable, ground: Ground) -> Sentence | None:
    """Return a condition to start from: "all" without one would say nothing."""
    row = first_row(Ground(ground.scope, ground.titles, inner_of(made)))
    return None if row is None else Sentence("all", (row,))


def _can_work_on(value: Plain | Called | None, made: OfTable) -> bool:
    """Say whether a value is one for each row; what is called is taken as it is."""
    return isinstance(value, Called) or (value is not None and is_column_of(value.node, made))


def _first_column(made: OfTable, ground: Ground) -> Plain | None:
    """Return the first column that the function can work on."""
    nodes = (offer.node for offer in offers(ground.scope, None, inner_of(made)))
    return next((Plain(node) for node in nodes if is_column_of(node, made)), None)


def _kind_of(fn: str, rows: Node, value: Plain | Called | None) -> str:
    """Return the type of what a function makes of rows: a whole row, or a value; an average has places."""
    if value is None:
        return f"row:{str(rows['type']).removeprefix('rows:')}"
    return "decimal" if fn == "avg" and value.kind == "integer" else value.kind


def without_blank(sentence: Sentence) -> Sentence:
    """Return a sentence without groups that have no rows."""
    parts = tuple(part for part in sentence.parts if not (isinstance(part, Group) and not part.rows))
    return Sentence(sentence.join, parts)


def _listed(row: Row, wanted: Wanted) -> Items:
    """Return the right side of a row as a list, begun with what stood there if that was a literal."""
    right = row.right
    if isinstance(right, Items):
        return right
    is_kept = isinstance(right, Plain) and right.node["op"] == "value" and right.node["value"] is not None
    first = right if is_kept and isinstance(right, Plain) else Plain(literal(row.left.kind, wanted.choices))
    return Items((first,), f"list:{row.left.kind}")


def _single(right: Operand | None, wanted: Wanted) -> Operand:
    """Return a right side of which there is one: what stood there if it suits, else a literal."""
    if right is None or isinstance(right, Items) or not _suits(right, wanted):
        return Plain(literal(wanted.kind or "text", wanted.choices))
    return right


def _suits(operand: Operand, wanted: Wanted) -> bool:
    """Say whether an operand can stand where a type is wanted."""
    kind = operand.kind
    if wanted.kind is None or kind in (wanted.kind, "none"):
        return not (wanted.choices and isinstance(operand, Plain) and _is_other_choice(operand.node, wanted))
    texts, numbers = {"text", "choice"}, {"integer", "decimal", "money"}
    if isinstance(operand, Plain) and operand.node["op"] == "value":
        return wanted.kind in numbers and kind in numbers
    return {kind, wanted.kind} <= texts or {kind, wanted.kind} <= numbers


def _is_other_choice(node: Node, wanted: Wanted) -> bool:
    return bool(node["op"] == "value" and node["value"] is not None and node["value"] not in wanted.choices)
