"""Tracing what a task needs back from its expected changes: which effects write them, and from which fields.

A bit is only given to what must be so in every solution; in doubt there is none, and the distances stay too low rather
than too high.
"""

from typing import NamedTuple

from flow_models.runtime.machine.base.behaviour import (
    AddRow,
    ChangeRows,
    Clear,
    ExpectedChange,
    RemoveRows,
    SetVariable,
    Success,
)
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    BoundRow,
    ColumnValue,
    Constant,
    FieldValue,
    Node,
    VariableValue,
    table_of,
)

from .grouping import grouped
from .items import Item
from .lacks import Lack, lacks_of
from .needs import Aim, Beginning, Gift, Need, Needs, differ, is_fixed, is_other_row, is_record
from .outline import Outline, Write


def needs_of(outline: Outline, task: str) -> Needs:
    """Return what a task needs; nothing for a task without expected changes."""
    return grouped(_Tracing(outline, outline.program.tasks[task].success).trace())


class _Wanted(NamedTuple):
    """An expected change by its number, with the bit of one of its columns; the name is empty for its rows."""

    bit: int
    number: int
    change: ExpectedChange
    name: str


class _Way(NamedTuple):
    """An effect that can bring about an expected change."""

    write: Write
    change: ExpectedChange


class _Copy(NamedTuple):
    """A formula whose value an effect gives to data."""

    tree: Node | None
    item: Item
    write: Write


class _Tracing:
    """Traces the values of expected changes back to fields."""

    def __init__(self, outline: Outline, success: Success) -> None:
        self._outline = outline
        self._changes = success.changes
        self._also = success.also
        self._needs = Needs()
        self._masks: dict[Need, int] = {}

    def trace(self) -> Needs:
        """Return the needs, each with a bit of its own."""
        traced = []
        for number, change in enumerate(self._changes):
            names = [""] if change.kind != "changed" else self._fixed_columns(change)
            for name in names:
                bit = self._bit(Need("change", name, "", (number, name)))
                self._needs.goal |= bit
                traced.append(_Wanted(bit, number, change, name))
            self._needs.wanted |= {("column", change.table, name) for name in change.values}
        for wanted in traced:
            self._trace_back(wanted)
        for number, lack in enumerate(lacks_of(self._also), 1):
            self._trace_lack(-number, lack)
        return self._needs

    def _trace_lack(self, number: int, lack: Lack) -> None:
        """Note which transitions can bring about rows that the further condition asks for."""
        bit = self._bit(Need("change", "", "", (number, "")))
        self._needs.goal |= bit
        reads = lack.reads(self._outline)
        for write in self._outline.writes:
            if write.items & reads:
                gift = Gift(bit, 0, write.number, lack.is_single(write))
                self._needs.gives.setdefault(write.position, []).append(gift)

    def _trace_back(self, wanted: _Wanted) -> None:
        """Note which transitions bring about an expected change, and what must be so before."""
        change = wanted.change
        writes = self._writes(wanted)
        if change.kind == "added" and any(isinstance(write.effect, ChangeRows) for write in writes):
            self._add_row(wanted.number, writes)
        for write in writes:
            if isinstance(write.effect, AddRow) and _is_unlike(write.effect, change):
                continue
            self._give(write, wanted.bit, self._before(wanted, write))

    def _give(self, write: Write, bit: int, before: int) -> None:
        """Note that an effect sets a bit where others are set."""
        gift = Gift(bit, before, write.number, _is_single(write))
        self._needs.gives.setdefault(write.position, []).append(gift)

    def _add_row(self, number: int, writes: list[Write]) -> None:
        """Note that changes can only make an expected row of one that was added before."""
        bit = self._bit(Need("row", "", "", (number, "")))
        for write in writes:
            if isinstance(write.effect, AddRow):
                self._give(write, bit, 0)

    def _fixed_columns(self, change: ExpectedChange) -> list[str]:
        """Return the columns of an expected change whose wanted value stays the same all the time."""
        return [name for name, tree in change.values.items() if is_fixed(tree, self._outline)]

    def _writes(self, wanted: _Wanted) -> list[Write]:
        """Return every effect that can bring about an expected change."""
        return [write for write in self._outline.writes if self._brings_about(write, wanted)]

    def _brings_about(self, write: Write, wanted: _Wanted) -> bool:
        """Say whether an effect can bring about an expected change, or help to."""
        change, effect = wanted.change, write.effect
        match change.kind, effect:
            case "added", AddRow(table=change.table):
                return not is_other_row(write, change, self._outline)
            case "added", ChangeRows(table=change.table, values=values):
                return not change.values.keys().isdisjoint(values)
            case "removed", RemoveRows(table=table) | Clear(target=table):
                return table == change.table
            case "changed", ChangeRows(table=change.table, values=values):
                return wanted.name in values
            case _:
                return False

    def _before(self, wanted: _Wanted, write: Write) -> int:
        """Return the bits that must be set for an effect to write the wanted values."""
        change, effect = wanted.change, write.effect
        way = _Way(write, change)
        match change.kind, effect:
            case "changed", ChangeRows(values=values):
                item = ("column", change.table, wanted.name)
                return self._source(_Copy(values[wanted.name], item, write), (wanted.number, wanted.name), way)
            case _, ChangeRows():
                return self._masks.get(Need("row", "", "", (wanted.number, "")), 0)
            case _, AddRow(values=values):
                mask = 0
                for column in self._fixed_columns(change):
                    if column in values:
                        copy = _Copy(values[column], ("column", change.table, column), write)
                        mask |= self._source(copy, (wanted.number, column), way)
                return mask
            case _:
                return 0

    def _source(self, copy: _Copy, aim: Aim, way: _Way) -> int:
        """Return the bits that must be set for an effect to give a wanted value; 0 where that is not known."""
        match copy.tree:
            case FieldValue(name=name):
                pages = self._outline.pages_with[copy.write.position]
                return self._field(pages[0], name, copy.item, aim, way) if len(pages) == 1 else 0
            case VariableValue(name=name):
                return self._variable(name, aim, way)
            case ColumnValue(of=of, name=name, before=False):
                table = table_of(of.type)
                return self._cell(table, name, aim, way) if table is not None else 0
            case _:
                return 0

    def _cell(self, table: str, name: str, aim: Aim, way: _Way) -> int:
        """Return the bit of a column that must hold a wanted value in some row; 0 where nothing is ever put there."""
        need = Need("cell", name, table, aim)
        known = self._masks.get(need)
        if known is not None:
            return known
        item = ("column", table, name)
        self._needs.wanted.add(item)
        if not any(source.item == item for write in self._outline.writes for source in write.sources):
            return 0
        bit = self._bit(need)
        wanted = way.change.values[aim[1]]
        for write in self._outline.writes:
            for source in write.sources:
                if source.item == item and not differ(source.tree, wanted):
                    self._give(write, bit, self._source(_Copy(source.tree, item, write), aim, way))
        return bit

    def _variable(self, name: str, aim: Aim, way: _Way) -> int:
        """Return the bit of a variable that must hold a wanted value."""
        need = Need("variable", name, "", aim)
        known = self._masks.get(need)
        if known is not None:
            return known
        bit = self._bit(need)
        item = ("variable", name)
        self._needs.wanted.add(item)
        wanted = way.change.values[aim[1]]
        for write in self._outline.writes:
            match write.effect:
                case SetVariable(variable=variable, value=value) if variable == name and not differ(value, wanted):
                    self._give(write, bit, self._source(_Copy(value, item, write), aim, way))
                case _:
                    pass
        return bit

    def _field(self, page: str, name: str, item: Item, aim: Aim, way: _Way) -> int:
        """Return the bit of a field that must hold a wanted value."""
        need = Need("field", name, page, aim)
        known = self._masks.get(need)
        block = self._field_block(page, name)
        if block is None:
            return 0
        self._needs.followed.add((page, name, item))
        if known is not None:
            return known
        bit = self._bit(need)
        self._needs.fills.setdefault(page, []).append(bit)
        if self._can_be_told(block, way):
            self._note_beginning(block.initial, need, bit, way)
        else:
            self._needs.loose.add(need)
        return bit

    def _field_block(self, page: str, name: str) -> FieldBlock | None:
        """Return the field of a page by name."""
        fields = (block for block in self._outline.blocks(page) if isinstance(block, FieldBlock))
        return next((block for block in fields if block.name == name), None)

    def _can_be_told(self, block: FieldBlock, way: _Way) -> bool:
        """Say whether it can be told if a field holds the wanted value on arrival.

        A slider or drop-down stands at something.
        """
        if block.begins_filled:
            return False
        return block.initial is None or self._is_followed(block.initial, block.name, way)

    def _note_beginning(self, initial: Node | None, need: Need, bit: int, way: _Way) -> None:
        """Note when a field holds the wanted value on arrival."""
        match initial:
            case VariableValue(name=name):
                before = self._variable(name, need.aim, way)
                self._needs.arrivals.setdefault(need.page, []).append((bit, before))
            case ColumnValue(of=of, name=name):
                self._needs.own_values[need] = Beginning(way.change.table, name, of_any=not isinstance(of, BoundRow))
            case Constant(value=value):
                self._needs.constants[need] = value
            case _:
                pass

    def _is_followed(self, initial: Node, name: str, way: _Way) -> bool:
        """Say whether it can be told when a field begins with the wanted value.

        So it is for a variable, which has a bit of its own, for a literal, and for a column of the table that is to be
        changed, if nothing but this field is ever written there; of the page's row, if that is the one to be changed.
        """
        match way.change.kind, way.write.effect, initial:
            case _, _, VariableValue() | Constant():
                return True
            case "changed", ChangeRows(where=where), ColumnValue(of=BoundRow(name="record"), name=column):
                return is_record(where) and self._is_only_written_from(name, ("column", way.change.table, column))
            case "changed", _, ColumnValue(of=Aggregate() as of, name=column):
                table = way.change.table
                is_of_it = table_of(of.type) == table and table not in self._outline.growing
                return is_of_it and self._is_only_written_from(name, ("column", table, column))
            case _:
                return False

    def _is_only_written_from(self, name: str, item: tuple[str, ...]) -> bool:
        """Say whether rows that are there get nothing in a column but what a field holds."""
        sources = (
            source.tree
            for write in self._outline.writes
            if isinstance(write.effect, ChangeRows)
            for source in write.sources
            if source.item == item
        )
        return all(tree is None or (isinstance(tree, FieldValue) and tree.name == name) for tree in sources)

    def _bit(self, need: Need) -> int:
        """Return the bit of a new need."""
        mask = 1 << len(self._needs.groups)
        self._needs.groups.append((need,))
        self._masks[need] = mask
        return mask


def _is_unlike(effect: AddRow, change: ExpectedChange) -> bool:
    """Say whether a row more has another value somewhere than an expected one."""
    return any(differ(effect.values.get(column), wanted) for column, wanted in change.values.items())


def _is_single(write: Write) -> bool:
    """Say whether an effect can bring about one row of an expected change only."""
    match write.effect:
        case AddRow():
            return True
        case ChangeRows(where=where) | RemoveRows(where=where):
            return is_record(where)
        case _:
            return False
