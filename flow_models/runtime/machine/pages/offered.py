"""What a field offers over the rows of a table: options, suggestions, and the places of a plan.

Each is computed anew only when something that it reads has changed.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from ..base.field_blocks import ChoiceField, ChoiceGrid, SuggestField
from ..base.nodes import all_rows
from ..base.schema import Schema
from ..base.tables import Row
from ..base.texts import taken
from ..base.values import Value
from ..formulas import selections
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.limits import total
from ..formulas.memo import kept
from ..formulas.reads import Reads, reads_of
from ..formulas.work import OPTION, weight
from .view import Button, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

Options = tuple[tuple[str, str], ...]
"""(key, label) of what can be chosen."""

Lines = tuple[tuple[str, tuple[Place, ...]], ...]
"""The lines of a plan, each with its title and places."""

OfferingBlock = ChoiceField | ChoiceGrid | SuggestField
"""Fields that may offer the rows of a table."""

PICK: Final = "pick:"
"""How the part of a button begins that chooses a suggestion or a file."""


class Offered:
    """The rows that one field offers, ready to be computed.

    Attributes:
        reads: What they depend on.
        options: (key, label) of each row, in their order; none where conditions or order leave the range of values.
        lines: The same as the lines of a plan.
    """

    def __init__(self, formulas: Formulas, block: OfferingBlock, table: str) -> None:
        schema = formulas.schema
        self._index = schema.table(table).index
        self._label = formulas.text(block.label) if block.label else _default_label(schema, table)
        sort = None if isinstance(block, ChoiceGrid) else block.sort
        self._order = None if sort is None else formulas.value(sort)
        self._put = None if sort is None else selections.in_order(sort, descending=False)
        line, free_if = (block.line, block.free_if) if isinstance(block, ChoiceGrid) else (None, None)
        self._units = OPTION + weight(block.label, line, free_if)
        found = selections.selection(formulas, all_rows(table), "row", block.where)
        self._find = selections.counted(found, self._units)
        self._line = None if line is None else formulas.shown(line)
        self._free = formulas.judged(free_if)
        self.reads = _option_reads(block, table)
        labels = Reads(frozenset({table})) | reads_of(block.label)
        self.options = kept(schema, self.reads, total(self._options, lambda _fault: (), block))
        self.lines = kept(schema, self.reads, total(self._lines, lambda _fault: (), block))
        self._keys = kept(schema, labels, self._by_label)

    def meant(self, text: str, context: Context) -> str | None:
        """Return the key of the row whose label a text is, if only but for its capitals; None if it is none."""
        keys = context.once(self._keys)
        return keys.get(taken(text)) or keys.get(sought(text))

    def has(self, key: str, context: Context) -> bool:
        """Say whether a key is that of a row of the table, offered now or not."""
        return context.tables[self._index].get(key) is not None

    def label(self, key: str, context: Context) -> str:
        """Return the label of a row, empty if there is no such row."""
        row = context.tables[self._index].get(key)
        return "" if row is None else str(_bound_to(context, self._label, row))

    def _options(self, context: Context) -> Options:
        outer = context.bound.get("row")
        rows: Sequence[Row] = self._find(context)
        put, order = self._put, self._order
        if put is not None and order is not None:
            rows = put(context, rows, lambda row: _bound_to(context, order, row))
        offered = tuple([(row[0], str(_bound_to(context, self._label, row))) for row in rows])
        context.bound["row"] = outer
        return offered

    def _by_label(self, context: Context) -> dict[str, str]:
        """Return the key of the first row with each label, whatever is offered: that may depend on other fields.

        A label stands there as it is, and in small letters unless that is another one.
        """
        outer = context.bound.get("row")
        found: dict[str, str] = {}
        small: dict[str, str] = {}
        rows = context.tables[self._index].rows
        context.charge(len(rows) * self._units)
        for row in rows:
            label = taken(str(_bound_to(context, self._label, row)))
            found.setdefault(label, row[0])
            small.setdefault(label.casefold(), row[0])
        context.bound["row"] = outer
        return small | found

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
        typed = sought(posted)
        labels = [(key, label, sought(label)) for key, label in self.offered]
        if not typed or any(known == typed for _, _, known in labels):
            return ()
        fitting = [(key, label) for key, label, known in labels if typed in known]
        return tuple(picking(self.block, key, label) for key, label in fitting[: self.limit])


def sought(text: str) -> str:
    """Return what of a text, or of a label, is compared where one looks for the other."""
    return taken(text).casefold()


def picking(block: str, key: str, text: str) -> Button:
    """Return a button that chooses a suggestion or a file."""
    return Button(block, f"{PICK}{key}", text, "quiet", enabled=True, submit=False, form="")


def _option_reads(block: OfferingBlock, table: str) -> Reads:
    """Return what the rows offered by a field depend on."""
    own = Reads(frozenset({table})) | reads_of(block.where, block.label)
    return own | (reads_of(block.line, block.free_if) if isinstance(block, ChoiceGrid) else reads_of(block.sort))


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
