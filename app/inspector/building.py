"""How sentences grow: what a new row holds, what fits beside a left side, how an operand over a table is made.

Everything here is a function from values to values; the widgets that show sentences are in `editors`.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from flow_models.document.wording import Titles
from flow_models.formulas import Node, Scope
from flow_models.formulas.kinds import (
    AMOUNTS,
    TEXTS,
    arithmetic,
    is_assignable,
    is_literal,
    is_scalar,
    is_zero,
    table_of,
)
from flow_models.formulas.offers import Inner, Offer, columns, comparisons, literal, offers
from flow_models.formulas.sentences import (
    SEARCHES,
    YES,
    Called,
    Group,
    Items,
    OfTable,
    Operand,
    Plain,
    Row,
    Sentence,
    Sum,
)

NO = "no"
"""The comparison "is not true", which sentences hold as a negated `YES`."""

EMPTY: Node = {"op": "value", "type": "none", "value": None}
COUNTED = AMOUNTS | {"date"}
"""Types that can be calculated with."""

DIVIDING = ("/", "//", "%")
"""Signs whose right side may not be zero."""

Side = Plain | Called | OfTable
"""One side of a calculation."""

FUNCTIONS = ("count", "any", "all", "sum", "min", "max", "avg", "first", "last")
WITH_VALUE = frozenset({"sum", "min", "max", "avg"})
WITH_DEFAULT = frozenset({"min", "max", "avg", "first", "last"})


@dataclass(frozen=True)
class Ground:
    """What can be named where an operand stands, and how it is called."""

    scope: Scope
    titles: Titles
    inner: Inner | None = None

    def table_words(self, origin: str) -> str:
        """Return what the table is called from which names of an origin come; nothing for other origins."""
        rows = {"column": self.scope.row if self.inner is None else self.inner.table, "used": self.scope.used}
        rows |= {"record": self.scope.record, "row": rows["column"]}
        table = rows.get(origin)
        return "" if table is None else self.titles.table(table)


class Wanted(NamedTuple):
    """What an operand should be: a type, with the values of a choice; `None` for anything."""

    kind: str | None = None
    choices: tuple[str, ...] = ()
    is_compared: bool = False
    """Whether it need not be of the type, only comparable with it."""
    among: frozenset[str] | None = None
    """The types of which it may be, whatever `kind` says; `None` for all."""
    takes: frozenset[str] = frozenset({"value", "empty", "sum", "table"})
    """What may stand here besides names: a typed value, nothing, two values combined, something from a table."""

    def fits(self, kind: str) -> bool:
        """Say whether something of a type may stand here."""
        if self.among is not None and kind not in self.among:
            return False
        both = {kind, self.kind}
        is_close = self.is_compared and (both <= AMOUNTS or both <= TEXTS)
        return self.kind is None or is_close or is_assignable(self.kind, kind)

    def literal(self) -> Node:
        """Return a value to start from; `empty` where none can be typed."""
        kind = self.kind if self.kind not in (None, "scalar") else "text"
        if self.among is not None and kind not in self.among:
            kind = next((one for one in ("integer", "decimal", "money") if one in self.among), kind)
        return literal(kind or "text", self.choices)

    def offered(self, ground: Ground) -> tuple[Offer, ...]:
        """Return the names that fit here."""
        found = offers(ground.scope, self.kind, ground.inner, is_compared=self.is_compared)
        return tuple(offer for offer in found if self.among is None or offer.kind in self.among)

    def start(self, ground: Ground) -> Plain:
        """Return what stands here as long as nothing was chosen."""
        if "value" in self.takes and not (self.kind or "").startswith("row:"):
            return Plain(self.literal())
        found = sorted(self.offered(ground), key=lambda offer: (offer.kind.startswith("row:"), offer.origin == "clock"))
        return Plain(found[0].node) if found and "empty" not in self.takes else Plain(EMPTY)


ANYTHING = Wanted(takes=frozenset({"sum", "table"}))
"""The left side of a comparison."""


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
    """Return what the right side of a row should be; only equality asks whether something is empty."""
    kind = row.left.kind
    if row.comparison in SEARCHES:
        return Wanted("text", takes=frozenset({"value", "table"}))
    choices = choices_of(ground.scope, row.left.node) if isinstance(row.left, Plain) else ()
    takes = {"value", "sum", "table"} | ({"empty"} if row.comparison in ("==", "!=") else set())
    return Wanted(kind if kind != "none" else None, choices, is_compared=True, takes=frozenset(takes))


def fitted(row: Row, ground: Ground) -> Row:
    """Return a row whose comparison and right side suit its left side."""
    tests = [test for test in tests_of(Row(row.left, "==")) if test not in (YES, NO)]
    is_lone = row.left.kind == "boolean" and (row.right is None or row.right.kind != "boolean")
    if is_lone and (row.comparison == YES or row.right is not None):
        return Row(row.left, YES, None, row.is_negated and row.right is None)
    if row.left.kind == "boolean" and row.right is None:
        return Row(row.left, row.comparison, Plain(literal("boolean"))) if row.comparison in tests else row
    comparison = row.comparison if row.comparison in tests else "=="
    wanted = wanted_of(Row(row.left, comparison), ground)
    right = _listed(row, wanted) if comparison in ("in", "not in") else _single(row.right, wanted)
    is_negated = row.is_negated and row.right is not None
    return replace(row, comparison=comparison, right=right, is_negated=is_negated)


def first_row(ground: Ground) -> Row | None:
    """Return a row to start from: the first name that exists here; `None` if there is none."""
    found = [offer for offer in offers(ground.scope, None, ground.inner) if not offer.kind.startswith("row:")]
    found.sort(key=lambda offer: offer.origin == "clock")
    return fitted(Row(Plain(found[0].node), YES), ground) if found else None


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
    fn: str, rows: Node, ground: Ground, wanted: Wanted = ANYTHING, old: OfTable | None = None
) -> OfTable | None:
    """Return an operand over rows that fits where it stands, with a value where its function needs one.

    Args:
        fn: The function.
        rows: The rows.
        ground: What can be named around it.
        wanted: What should stand there.
        old: The operand that it replaces: its value and condition stay if they can.

    Returns:
        `None` if this function of these rows cannot be what is wanted.
    """
    own = "row1" if ground.inner is None or not ground.inner.bind.startswith("row") else "row2"
    made = OfTable(fn, rows, own if old is None else old.bind, "integer", where=None if old is None else old.where)
    if fn in ("any", "all"):
        made = replace(made, kind="boolean")
        if fn == "all" and made.where is None:
            made = replace(made, where=_first_condition(made, ground))
    elif fn != "count":
        kept = () if old is None else (old.value,)
        values = [value for value in (*kept, *values_of(made, ground)) if _can_work_on(value, made)]
        kinds = [(value, _kind_of(fn, rows, value)) for value in values]
        found = next(((value, kind) for value, kind in kinds if wanted.fits(kind)), None)
        if found is None:
            return None
        default = Plain(EMPTY) if fn in WITH_DEFAULT and found[0] is not None else None
        made = replace(made, kind=found[1], value=found[0], default=default)
    return made if wanted.fits(made.kind) else None


def of_value(old: OfTable, value: Plain | Called | None) -> OfTable:
    """Return the same operand over rows with another value of each row."""
    default = Plain(EMPTY) if old.fn in WITH_DEFAULT and value is not None else None
    return replace(old, kind=_kind_of(old.fn, old.rows, value), value=value, default=default)


def values_of(operand: OfTable, ground: Ground) -> list[Plain | Called | None]:
    """Return what a function over rows can take of each row; `None` for the row itself."""
    found = (Plain(node) for node in columns(ground.scope, inner_of(operand)))
    whole: list[Plain | Called | None] = [None] if operand.fn in ("first", "last") else []
    return whole + [plain for plain in found if is_column_of(plain.node, operand)]


def any_of_table(ground: Ground, wanted: Wanted) -> OfTable | None:
    """Return something from a table that fits where it stands; `None` if nothing does."""
    kind = wanted.kind or ""
    first = ("first",) if kind.startswith("row:") else ("any",) if kind in ("", "boolean") else ("count",)
    for fn in (*first, *FUNCTIONS):
        rows = (of_table(fn, table_node(table), ground, wanted) for table in ground.scope.tables)
        made = [one for one in rows if one is not None]
        if made:
            return next((about for one in made if (about := _about_row(one, ground)) is not None), made[0])
    return None


def _about_row(made: OfTable, ground: Ground) -> OfTable | None:
    """Return the same of only the rows that are about the row at hand; `None` if they are about none, or several."""
    if made.where is not None or ground.inner is not None:
        return None
    at_hand = {offer.kind: offer.node for offer in offers(ground.scope) if offer.node["op"] == "bound"}
    own = [node for node in columns(ground.scope, inner_of(made)) if node["op"] == "column" and node["type"] in at_hand]
    if len(own) != 1:
        return None
    return replace(made, where=Sentence("all", (Row(Plain(own[0]), "==", Plain(at_hand[own[0]["type"]])),)))


def sum_of(sign: str, left: Side, right: Side) -> Sum | None:
    """Return two values with a sign between them; `None` if they do not go together."""
    kind = arithmetic(sign, {"type": left.kind}, {"type": right.kind})
    is_typed = isinstance(right, Plain) and is_literal(right.node)
    if kind is None or (sign in DIVIDING and isinstance(right, Plain) and is_zero(right.node)):
        return None
    return Sum(sign, left, right, kind, Plain(EMPTY) if sign in DIVIDING and not is_typed else None)


def new_sum(operand: Operand | None, wanted: Wanted) -> Sum | None:
    """Return a calculation that begins with what stands here if it can, of the type that is wanted."""
    left = operand if isinstance(operand, Plain) and operand.kind in COUNTED else None
    if wanted.kind == "date" and (left is None or is_literal(left.node)):
        # A typed date is read as a text beside a sign.
        left = Plain({"op": "clock", "type": "date", "part": "date"})
    elif left is None and wanted.kind in AMOUNTS:
        left = Plain(literal(wanted.kind or ""))
    if left is None or (left.kind == "date" and is_literal(left.node)):
        return None
    second = "integer" if left.kind == "date" else left.kind
    made = sum_of("+", left, Plain(literal(second)))
    return made if made is not None and wanted.fits(made.kind) else None


def beside(sign: str, other: Side, wanted: Wanted, *, is_left: bool) -> frozenset[str]:
    """Return the types that something may have at one side of a sign so that the whole is what is wanted."""
    found = set()
    for kind in COUNTED:
        pair = ({"type": kind}, {"type": other.kind}) if is_left else ({"type": other.kind}, {"type": kind})
        made = arithmetic(sign, *pair)
        if made is not None and wanted.fits(made):
            found.add(kind)
    return frozenset(found)


def _first_condition(made: OfTable, ground: Ground) -> Sentence | None:
    """Return a condition to start from: "all" without one would say nothing."""
    inner = Ground(ground.scope, ground.titles, inner_of(made))
    own = next((node for node in columns(ground.scope, inner_of(made)) if is_scalar(node["type"])), None)
    row = first_row(inner) if own is None else fitted(Row(Plain(own), YES), inner)
    return None if row is None else Sentence("all", (row,))


def _can_work_on(value: Plain | Called | None, made: OfTable) -> bool:
    """Say whether a value is one for each row; what is called is taken as it is, and some functions give whole rows."""
    if value is None:
        return made.fn in ("first", "last")
    return isinstance(value, Called) or is_column_of(value.node, made)


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
    if isinstance(right, Items) and right.kind == f"list:{row.left.kind}":
        return right
    is_kept = isinstance(right, Plain) and right.node["op"] == "value" and right.node["value"] is not None
    first = right if is_kept and isinstance(right, Plain) else Plain(literal(row.left.kind, wanted.choices))
    return Items((first,), f"list:{row.left.kind}")


def _single(right: Operand | None, wanted: Wanted) -> Operand:
    """Return a right side of which there is one: what stood there if it suits, else a literal."""
    if right is None or isinstance(right, Items) or not _suits(right, wanted):
        return Plain(wanted.literal())
    return right


def _suits(operand: Operand, wanted: Wanted) -> bool:
    """Say whether an operand can stand where a type is wanted."""
    if operand.kind == "none":
        return "empty" in wanted.takes
    if isinstance(operand, Plain) and operand.node["op"] == "value" and wanted.kind is not None:
        is_number = {operand.kind, wanted.kind} <= AMOUNTS
        is_same = operand.kind == wanted.kind and not (wanted.choices and _is_other_choice(operand.node, wanted))
        return is_number or is_same
    return wanted.fits(operand.kind)


def _is_other_choice(node: Node, wanted: Wanted) -> bool:
    return bool(node["op"] == "value" and node["value"] is not None and node["value"] not in wanted.choices)
