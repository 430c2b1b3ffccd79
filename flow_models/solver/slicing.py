"""The slice of a task: the data that its expected changes depend on, and the transitions that write it.

It holds the data that the writing transitions read (guards, earlier guards of their trigger, what shows their control,
what they copy), taken together until nothing new is read. What for is in `slice_proof`. Where the reasoning there does
not hold (a clock or luck decides, something relevant happens by itself, what shows a control is typed), the slice says
so.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import AddRow, ChangeRows
from flow_models.runtime.machine.base.blocks import Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.formulas.reads import reads_of

from .hidden import is_hidden
from .items import Item, conduct_of, data_of, fields_of
from .needs import is_other_row, is_record
from .outline import Outline, Write

_UNSTEADY: Final = frozenset({"time", "step", "chance"})
"""What decides otherwise in another step, with all data the same."""


class Slice(NamedTuple):
    """What of a program the expected changes of a task depend on.

    Attributes:
        items: The data.
        positions: The transitions that write it.
        pages: The pages on which those stand.
        local: The table whose rows do not influence each other, so that only the wanted rows matter; or None.
        is_sound: Whether a proof on the slice holds for the whole.
    """

    items: frozenset[Item]
    positions: frozenset[int]
    pages: tuple[str, ...]
    local: str | None
    is_sound: bool


def slice_of(outline: Outline, task: str) -> Slice:
    """Return the slice of a task.

    Where only rows of one table are to be changed, a slice without the rows of pages is tried first: if each row of
    the table stands for itself, the proof looks at the wanted ones alone, and not at hundreds.
    """
    success = outline.program.tasks[task].success
    tables = {change.table for change in success.changes}
    if len(tables) == 1 and all(change.kind == "changed" for change in success.changes):
        [table] = tables
        narrow = _Slicing(outline, task, records=False).made()
        if narrow.is_sound and success.also is None and _is_local(outline, narrow, table):
            return narrow._replace(local=table)
    return _Slicing(outline, task, records=True).made()


class _Slicing:
    """Gathers a slice until nothing new is read; `records`: which rows a page can show counts as read there."""

    def __init__(self, outline: Outline, task: str, *, records: bool) -> None:
        self._outline = outline
        self._records = records
        self._success = outline.program.tasks[task].success
        self._is_sound = True

    def made(self) -> Slice:
        """Return the slice."""
        items = self._wanted()
        while True:
            positions = frozenset(
                place for place in range(len(self._outline.transitions)) if self._writes(place, items)
            )
            more = {item for place in positions for item in self._reads(place, items) if item[0] != "field"} - items
            if not more:
                break
            items |= more
        pages = self._outline.program.pages.items()
        standing = tuple(page for page, one in pages if positions.intersection(one.transitions))
        return Slice(items, positions, standing, None, self._is_sound)

    def _wanted(self) -> frozenset[Item]:
        """Return the data that the expected changes name."""
        items = set(data_of(self._success.also))
        for change in self._success.changes:
            if change.kind != "changed":
                items.add(("table", change.table))
            items |= {("column", change.table, name) for name in change.values}
            items |= data_of(change.values)
        return frozenset(items)

    def _writes(self, place: int, items: frozenset[Item]) -> bool:
        """Say whether a transition writes data of the slice, and does not end all hope by a row that nobody expects."""
        writes = self._outline.by_transition[place]
        return not any(self._is_hopeless(write) for write in writes) and any(write.changes & items for write in writes)

    def _is_hopeless(self, write: Write) -> bool:
        """Say whether an effect adds a row that can never become an expected one, to a table that keeps its rows."""
        effect = write.effect
        if not isinstance(effect, AddRow) or not self._success.nothing_else:
            return False
        if not self._outline.program.tables[effect.table].durable or effect.table in self._outline.shrinking:
            return False
        wanted = [one for one in self._success.changes if (one.kind, one.table) == ("added", effect.table)]
        return all(is_other_row(write, change, self._outline) for change in wanted)

    def _reads(self, place: int, items: frozenset[Item]) -> frozenset[Item]:
        """Return what decides whether a transition is taken, and what it writes."""
        transition = self._outline.transitions[place]
        found: set[Item] = set()
        for write in self._outline.by_transition[place]:
            if write.changes & items:
                found |= write.feeding(items)
        trees: list[object] = []
        for page in self._outline.pages_with[place]:
            trees += self._conditions(page, place)
            record = self._outline.program.pages[page].record
            if self._records and record is not None:
                found.add(("table", record))
        if transition.on.kind not in ("use", "change") or reads_of(trees, transition.do).flags & _UNSTEADY:
            self._is_sound = False
        return data_of(trees) | found

    def _conditions(self, page: str, place: int) -> list[object]:
        """Return the guards of a transition and of those before it, and what shows and checks its control."""
        outline = self._outline
        trigger = outline.transitions[place].on
        guards = [outline.transitions[other].when for other in self._until(page, place)]
        shown = list(_around(outline.blocks(page), trigger.block))
        names = fields_of(guards, outline.transitions[place].do)
        if fields_of(shown) or is_hidden(outline.blocks(page), trigger.block, names):
            self._is_sound = False
        fields = [block for block in outline.blocks(page) if isinstance(block, FieldBlock) and block.name in names]
        return [guards, shown, [conduct_of(block) for block in fields]]

    def _until(self, page: str, place: int) -> Iterator[int]:
        """Yield the transitions of a page with the trigger of one of them, up to that one."""
        trigger = self._outline.transitions[place].on
        for other in self._outline.program.pages[page].transitions:
            if self._outline.transitions[other].on == trigger:
                yield other
            if other == place:
                return


def _around(blocks: tuple[Block, ...], target: str) -> Iterator[object]:
    """Yield what shows a block: its own conditions, those of what it stands in, and of the fields checked with it."""
    for block in blocks:
        inside = walk([block])
        if any(one.id == target for one in inside):
            yield conduct_of(block)
            if isinstance(block, Form):
                yield [conduct_of(one) for one in inside]


def _is_local(outline: Outline, narrow: Slice, table: str) -> bool:
    """Say whether each row of a table stands for itself: it is read and written only where it is the page's row.

    Data that no effect ever writes may be read besides.
    """
    written = frozenset[Item]().union(*(write.changes for write in outline.writes))
    if any(_reaches_other_rows(item, table, written) for item in narrow.items):
        return False
    if any(outline.program.pages[page].record != table for page in narrow.pages):
        return False
    writes = (write for place in narrow.positions for write in outline.by_transition[place])
    return all(_changes_record(write) for write in writes if write.changes & narrow.items)


def _reaches_other_rows(item: Item, table: str, written: frozenset[Item]) -> bool:
    """Say whether data may carry something from one row of a table to another: variables, which rows it has, others."""
    return item[0] == "variable" or item == ("table", table) or (item[1] != table and item in written)


def _changes_record(write: Write) -> bool:
    """Say whether an effect changes the page's row and no other."""
    return isinstance(write.effect, ChangeRows) and is_record(write.effect.where)
