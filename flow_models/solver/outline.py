"""What the solver asks of a program again and again, found out once: blocks by page, effects, what they write and read.

Nothing here knows a task or an instance, so one outline serves every task and search of a machine. Without it each
task would go through the trees of the whole program again, which costs more than most searches.
"""

from collections.abc import Mapping, Set
from functools import cached_property
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import (
    AddRow,
    ChangeRows,
    Clear,
    Effect,
    RemoveRows,
    SetVariable,
    Transition,
)
from flow_models.runtime.machine.base.blocks import RowList
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.traits import Block

from .items import Item, conduct_of, data_of, fields_of, items_of

BY_ITSELF: Final = frozenset({"enter", "open"})
"""Triggers of transitions that follow an arrival without a step."""


class Source(NamedTuple):
    """What an effect gives a value, the formula of that value, and what this reads."""

    item: Item
    tree: Node | None
    reads: frozenset[Item]


class Write(NamedTuple):
    """An effect where it stands, with what it writes and what it reads to do so.

    Attributes:
        position: Its transition, by position in the program.
        effect: The effect.
        items: What it can write; a row more has a value in every column.
        changes: What it changes; a row more does not change what the other rows hold.
        picked_by: What decides which rows it writes.
        sources: What it gives a value.
        number: Its place among the effects of its transition.
    """

    position: int
    effect: Effect
    items: frozenset[Item]
    changes: frozenset[Item]
    picked_by: frozenset[Item]
    sources: tuple[Source, ...]
    number: int = 0

    def feeding(self, wanted: Set[Item]) -> frozenset[Item]:
        """Return what the effect reads in order to write any of some items, nothing if it writes none of them."""
        if self.items.isdisjoint(wanted):
            return frozenset()
        return self.picked_by.union(*(source.reads for source in self.sources if source.item in wanted))


class Outline:
    """What one program does where.

    Attributes:
        program: The program.
        transitions: Its transitions.
        writes: Its effects, in the order of their transitions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.transitions: tuple[Transition, ...] = tuple(program.transitions)
        self.writes = tuple(
            self._write(position, effect)._replace(number=number)
            for position, one in enumerate(self.transitions)
            for number, effect in enumerate(one.do)
        )
        self._blocks: dict[str, tuple[Block, ...]] = {}
        self._lists: dict[str, Mapping[str, str]] = {}
        self._content: dict[str, frozenset[str]] = {}
        self._items: dict[str, frozenset[Item]] = {}

    def blocks(self, page: str) -> tuple[Block, ...]:
        """Return the blocks of a page with those of its section, containers before what stands in them."""
        found = self._blocks.get(page)
        if found is None:
            one = self.program.pages[page]
            section = self.program.section_of(one)
            header, footer = ((), ()) if section is None else (section.header, section.footer)
            found = self._blocks[page] = tuple(walk((*header, *one.blocks, *footer)))
        return found

    def lists(self, page: str) -> Mapping[str, str]:
        """Return the table of each list on a page, empty for none; there are no lists on the built-in pages."""
        found = self._lists.get(page)
        if found is None:
            blocks = self.blocks(page) if page in self.program.pages else ()
            found = self._lists[page] = {block.id: block.table or "" for block in blocks if isinstance(block, RowList)}
        return found

    def content_fields(self, page: str) -> frozenset[str]:
        """Return the fields that decide what a page offers once the site has answered."""
        found = self._content.get(page)
        if found is None:
            found = self._content[page] = fields_of([conduct_of(block) for block in self.blocks(page)])
        return found

    def items_on(self, page: str) -> frozenset[Item]:
        """Return the data and fields that anything on a page reads."""
        found = self._items.get(page)
        if found is None:
            found = self._items[page] = items_of(self.blocks(page))
        return found

    @cached_property
    def content_pages(self) -> frozenset[str]:
        """The pages on which what has been typed decides what is offered."""
        return frozenset(page for page in self.program.pages if self.content_fields(page))

    @cached_property
    def addressed(self) -> tuple[tuple[str, str | None], ...]:
        """The pages that have addresses, each with the table of which it shows a row."""
        pages = self.program.pages.items()
        return tuple((page_id, page.record) for page_id, page in pages if page.kind != "dialog")

    @cached_property
    def conduct(self) -> frozenset[Item]:
        """The data that guards, targets, visibility and addresses read anywhere."""
        trees: list[object] = [(one.when, one.record) for one in self.transitions]
        for page_id, page in self.program.pages.items():
            trees.append(page.open_by_url)
            trees += [conduct_of(block) for block in self.blocks(page_id)]
        return data_of(trees)

    @cached_property
    def everything(self) -> frozenset[Item]:
        """All data that there is."""
        variables = {("variable", name) for name in self.program.variables}
        tables = {("table", name) for name in self.program.tables}
        return frozenset(variables | tables).union(*map(self._columns, self.program.tables))

    @cached_property
    def by_transition(self) -> tuple[tuple[Write, ...], ...]:
        """The effects of each transition."""
        found: list[list[Write]] = [[] for _ in self.transitions]
        for write in self.writes:
            found[write.position].append(write)
        return tuple(map(tuple, found))

    @cached_property
    def pages_with(self) -> tuple[tuple[str, ...], ...]:
        """The pages on which each transition can be taken."""
        found: list[list[str]] = [[] for _ in self.transitions]
        for page_id, page in self.program.pages.items():
            for position in dict.fromkeys(page.transitions):
                found[position].append(page_id)
        return tuple(map(tuple, found))

    @cached_property
    def bases(self) -> Mapping[str, tuple[str, ...]]:
        """For each dialog the pages over which it can stand, also by way of other dialogs."""
        openers: dict[str, set[str]] = {page: set() for page, one in self.program.pages.items() if one.kind == "dialog"}
        for page, one in self.program.pages.items():
            for position in one.transitions:
                if self.transitions[position].to in openers:
                    openers[self.transitions[position].to].add(page)
        dialogs = openers.keys()
        for _ in dialogs:
            for pages in openers.values():
                pages.update(*[openers[dialog] for dialog in pages & dialogs])
        return {dialog: tuple(sorted(pages - dialogs)) for dialog, pages in openers.items()}

    @cached_property
    def growing(self) -> frozenset[str]:
        """The tables to which some effect adds rows."""
        return frozenset(write.effect.table for write in self.writes if isinstance(write.effect, AddRow))

    @cached_property
    def shrinking(self) -> frozenset[str]:
        """The tables that some effect can take rows from."""
        effects = [write.effect for write in self.writes]
        removed = {effect.table for effect in effects if isinstance(effect, RemoveRows)}
        return frozenset(removed | {effect.target for effect in effects if isinstance(effect, Clear)})

    @cached_property
    def changed_columns(self) -> frozenset[Item]:
        """The columns to which some effect gives another value in rows that are there."""
        return frozenset().union(*(write.items for write in self.writes if isinstance(write.effect, ChangeRows)))

    @cached_property
    def changeable(self) -> frozenset[Item]:
        """The variables and columns whose value, once there, some effect can change or take away: no added row does."""
        written = [write.items for write in self.writes if not isinstance(write.effect, AddRow)]
        found = frozenset[Item]().union(*written)
        return found.union(*(self._columns(item[1]) for item in found if item[0] == "table"))

    def expanded(self, items: Set[Item]) -> frozenset[Item]:
        """Return items in which "all columns of a table" is spelled out."""
        found = {item for item in items if item[0] != "columns"}
        return frozenset(found).union(*(self._columns(item[1]) for item in items if item[0] == "columns"))

    def _columns(self, table: str) -> frozenset[Item]:
        """Return all columns of a table."""
        return frozenset(("column", table, column.name) for column in self.program.tables[table].columns)

    def _write(self, position: int, effect: Effect) -> Write:
        """Return an effect with what it writes and reads."""
        sources = tuple(Source(item, tree, items_of(tree)) for item, tree in _assigned(effect))
        assigned = frozenset(source.item for source in sources)
        match effect:
            case AddRow():
                rows: frozenset[Item] = frozenset({("table", effect.table)})
                return Write(position, effect, rows | self._columns(effect.table), rows, frozenset(), sources)
            case ChangeRows():
                return Write(position, effect, assigned, assigned, items_of(effect.where), sources)
            case RemoveRows():
                gone: frozenset[Item] = frozenset({("table", effect.table)})
                return Write(position, effect, gone, gone, items_of(effect.where), ())
            case Clear():
                space = "variable" if effect.target in self.program.variables else "table"
                cleared: frozenset[Item] = frozenset({(space, effect.target)})
                return Write(position, effect, cleared, cleared, frozenset(), ())
            case _:
                return Write(position, effect, assigned, assigned, frozenset(), sources)


def _assigned(effect: Effect) -> list[tuple[Item, Node | None]]:
    """Return what an effect gives a value, with the formula."""
    match effect:
        case SetVariable():
            return [(("variable", effect.variable), effect.value)]
        case AddRow() | ChangeRows():
            return [(("column", effect.table, name), tree) for name, tree in effect.values.items()]
        case _:
            return []
