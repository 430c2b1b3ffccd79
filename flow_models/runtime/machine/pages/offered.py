"""What a field offers over the rows of a table: options, suggestions, and the places of a plan.

Each is computed anew only when something that it reads has changed.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from ..base.program import Json, Schema, table_node
from ..base.tables import Row, sorted_rows
from ..base.values import Value
from ..formulas import selections
from ..formulas.context import Closure, Context
from ..formulas.memo import kept
from ..formulas.reads import NOTHING, Reads, reads_of
from .view import Button, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..formulas.closures import Formulas

Options = tuple[tuple[str, str], ...]
"""(key, label) of what can be chosen."""

Lines = tuple[tuple[str, tuple[Place, ...]], ...]
"""The lines of a plan, each with its title and places."""

OVER_ROWS: Final = frozenset({"choice_field", "suggest_field", "choice_grid"})
"""Fields that may offer the rows of a table."""

PICK: Final = "pick:"
"""How the part of a button begins that chooses a suggestion or a file."""


class Offered:
    """The rows that one field offers, ready to be computed.

    Attributes:
        reads: What they depend on.
        options: (key, label) of each row, in their order.
    """

    def __init__(self, formulas: "Formulas", block: Json, table: str) -> None:
        schema = formulas.schema
        self._index = schema.table(table).index
        self._label = formulas.text(block["label"]) if block.get("label") else _default_label(schema, table)
        self._find = selections.selection(formulas, table_node(table), "row", block.get("where"))
        self._order = None if block.get("sort") is None else formulas.value(block["sort"])
        self._line = None if block.get("line") is None else formulas.shown(block["line"])
        self._free = formulas.condition(block.get("free_if"))
        self.reads = option_reads(block)
        labels = Reads(frozenset({table})) | reads_of(block.get("label"))
        self.options = kept(schema, self.reads, self._options)
        self.lines = kept(schema, self.reads, self._lines)
        self._keys = kept(schema, labels, self._by_label)

    def meant(self, text: str, context: Context) -> str | None:
        """Return the key of the row whose label a text is, in capitals or not; None if it is none."""
        return self._keys(context).get(text.strip().casefold())

    def label(self, key: str, context: Context) -> str:
        """Return the label of a row, empty if there is no such row."""
        row = context.tables[self._index].get(key)
        return "" if row is None else str(_bound_to(context, self._label, row))

    def _options(self, context: Context) -> Options:
        outer = context.bound.get("row")
        rows: Sequence[Row] = self._find(context)
        order = self._order
        if order is not None:
            rows = sorted_rows(rows, lambda row: _bound_to(context, order, row), descending=False)
        offered = tuple([(row[0], str(_bound_to(context, self._label, row))) for row in rows])
        context.bound["row"] = outer
        return offered

    def _by_label(self, context: Context) -> dict[str, str]:
        """Return the key of the first row with each label, whatever is offered: that may depend on other fields."""
        outer = context.bound.get("row")
        found: dict[str, str] = {}
        for row in context.tables[self._index].rows:
            found.setdefault(str(_bound_to(context, self._label, row)).strip().casefold(), row[0])
        context.bound["row"] = outer
        return found

    def _lines(self, context: Context) -> Lines:
        """Return the places line by line; lines stand in the order of their first rows."""
        outer = context.bound.get("row")
        found: dict[str, list[Place]] = {}
        for row in self._find(context):
            context.bound["row"] = row
            title = "" if self._line is None else str(self._line(context))
            found.setdefault(title, []).append(Place(row[0], str(self._label(context)), bool(self._free(context))))
        context.bound["row"] = outer
        return tuple((title, tuple(places)) for title, places in found.items())


class Suggesting(NamedTuple):
    """What a field with suggestions shows: the rows that it offers, and at most how many at a time."""

    block: str
    offered: Options
    limit: int

    def buttons(self, posted: str) -> tuple[Button, ...]:
        """Return a button for each suggestion: rows whose label contains the text, none once it is a label."""
        sought = posted.strip().casefold()
        labels = [(key, label, label.casefold()) for key, label in self.offered]
        if not sought or any(known.strip() == sought for _, _, known in labels):
            return ()
        fitting = [(key, label) for key, label, known in labels if sought in known]
        return tuple(picking(self.block, key, label) for key, label in fitting[: self.limit])


def picking(block: str, key: str, text: str) -> Button:
    """Return a button that chooses a suggestion or a file."""
    return Button(block, f"{PICK}{key}", text, "quiet", enabled=True, submit=False, form="")


def option_reads(block: Json) -> Reads:
    """Return what the rows offered by a field depend on."""
    own = NOTHING if block.get("table") is None else Reads(frozenset({block["table"]}))
    return own | reads_of(*(block.get(name) for name in ("where", "sort", "label", "line", "free_if")))


def _bound_to(context: Context, closure: Closure, row: Row) -> Value:
    """Return what a formula gives with `row` bound to a row."""
    context.bound["row"] = row
    result: Value = closure(context)
    return result


def _default_label(schema: Schema, table: str) -> Closure:
    """Return what labels a row without a label of its own: its first text column, else its key."""
    places = [place for place, kind in enumerate(schema.tables[table].types, 1) if kind.kind == "text"]
    place = places[0] if places else 0

    def label(context: Context) -> str:
        row = context.bound.get("row")
        return "" if row is None else str(row[place] or "")

    return label
