"""Which fields are only ever copied: what is typed there decides nothing but whether a wanted value comes about.

Of such a field two texts are worth trying, the wanted one and any other; and as all fields of a group of needs are
right together or of no use, a form of forty of them has two fillings. A field that a guard, a list, a computed value or
the task's further condition reads, itself or by way of what it is copied to, is not such.
"""

from collections.abc import Iterator

from flow_models.runtime.machine.base.behaviour import ChangeRows, ExpectedChange
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.nodes import BoundRow, ColumnValue, FieldValue, Node, VariableValue
from flow_models.runtime.machine.base.traits import Block

from .items import Item, conduct_of, fields_of, items_of
from .needs import Needs, is_fixed, is_record
from .outline import Outline, Source, Write

_Field = tuple[str, str]
"""A field by page and name."""


class Copies:
    """The fields of a program that are only copied, as far as one task is concerned."""

    def __init__(self, outline: Outline, task: str, needs: Needs) -> None:
        self._outline = outline
        self._task = task
        self._needs = needs
        self._initial = tuple(self._beginnings())
        self._items = self._judged()
        self._fields = self._deciding_fields()
        self._spread()

    def is_only_copied(self, page: str, name: str) -> bool:
        """Say whether nothing but a wanted value depends on what is typed into a field."""
        return (page, name) not in self._fields

    def _beginnings(self) -> Iterator[tuple[_Field, Node]]:
        """Yield the fields that begin with something, and with what."""
        for page in self._outline.program.pages:
            for block in self._outline.blocks(page):
                if isinstance(block, FieldBlock) and block.initial is not None:
                    yield (page, block.name), block.initial

    def _unsettled(self, change: ExpectedChange) -> set[str]:
        """Return the columns of which an expected change wants what is not known beforehand."""
        return {name for name, tree in change.values.items() if not is_fixed(tree, self._outline)}

    def _judged(self) -> set[Item]:
        """Return the data that is read otherwise than to be copied."""
        outline = self._outline
        rules = outline.program.tasks[self._task]
        trees: list[object] = [rules.success.also, rules.answer, [failure.when for failure in rules.failures]]
        trees += [(one.when, one.record) for one in outline.transitions]
        trees += [page.open_by_url for page in outline.program.pages.values()]
        trees += [self._conduct(page) for page in outline.program.pages]
        found: set[Item] = set()
        for change in rules.success.changes:
            unsettled = self._unsettled(change)
            trees += [change.where, [change.values[name] for name in unsettled]]
            found |= {("column", change.table, name) for name in unsettled}
        for write in outline.writes:
            found |= write.picked_by
            found |= self._to_stay(write)
        return found | outline.expanded(items_of(trees))

    def _conduct(self, page: str) -> list[object]:
        """Return what decides what can be done on a page, without what its fields begin with."""
        return [tree for block in self._outline.blocks(page) for tree in _without_beginning(block)]

    def _to_stay(self, write: Write) -> set[Item]:
        """Return the columns that an effect changes and that must be as they were in the end.

        A field that begins with what stands there keeps it, so nothing is to be tried there.
        """
        effect, task = write.effect, self._outline.program.tasks[self._task]
        if not isinstance(effect, ChangeRows) or not self._outline.program.tables[effect.table].durable:
            return set()
        named = {name for one in task.success.changes if one.table == effect.table for name in one.values}
        kept = {name for name in effect.values if name not in named and not self._is_kept(write, name)}
        return {("column", effect.table, name) for name in kept}

    def _is_kept(self, write: Write, name: str) -> bool:
        """Say whether an effect gives a column what a field holds that began with it."""
        effect = write.effect
        tree = effect.values[name] if isinstance(effect, ChangeRows) else None
        if not isinstance(effect, ChangeRows) or not isinstance(tree, FieldValue) or not is_record(effect.where):
            return False
        pages = self._outline.pages_with[write.position]
        begun = [one for field, one in self._initial if field in {(page, tree.name) for page in pages}]
        return len(begun) == len(pages) and all(_is_own(one, name) for one in begun)

    def _deciding_fields(self) -> set[_Field]:
        """Return the fields that are read otherwise than to be copied to data that is traced."""
        found: set[_Field] = set()
        for page, one in self._outline.program.pages.items():
            names = set(self._outline.content_fields(page))
            for position in one.transitions:
                transition = self._outline.transitions[position]
                names |= fields_of(transition.when, transition.record)
                if transition.on.kind == "change":
                    names |= self._changed(page, transition.on.block)
                for write in self._outline.by_transition[position]:
                    names |= {item[1] for item in write.picked_by if item[0] == "field"}
            found |= {(page, name) for name in names}
        return found

    def _changed(self, page: str, block: str) -> set[str]:
        """Return the name of a field to whose change something listens."""
        blocks = self._outline.blocks(page)
        return {one.name for one in blocks if isinstance(one, FieldBlock) and one.id == block}

    def _spread(self) -> None:
        """Take in all from which something that decides is made, until nothing new is found."""
        size = -1
        while size != len(self._items) + len(self._fields):
            size = len(self._items) + len(self._fields)
            for write in self._outline.writes:
                for source in write.sources:
                    self._take_in(write, source)
            for field, tree in self._initial:
                if field in self._fields or not isinstance(tree, VariableValue | ColumnValue):
                    self._items |= items_of(tree)

    def _take_in(self, write: Write, source: Source) -> None:
        """Take in what a value is made of, if it decides or is made of several things."""
        is_copy = isinstance(source.tree, FieldValue | VariableValue | ColumnValue) and source.item not in self._items
        for item in source.reads:
            if item[0] == "field":
                pages = self._outline.pages_with[write.position]
                self._fields |= {
                    (page, item[1]) for page in pages if not is_copy or self._is_lost(page, item[1], source.item)
                }
            elif not is_copy or not _is_read_last(item, source.tree):
                self._items.add(item)

    def _is_lost(self, page: str, name: str, item: Item) -> bool:
        """Say whether data is wanted, but not known to come from a field."""
        return item in self._needs.wanted and (page, name, item) not in self._needs.followed


def _without_beginning(block: Block) -> list[object]:
    """Return the trees of a block that decide what can be done, but for what it begins with."""
    trees = conduct_of(block)
    return [tree for tree in trees if tree is not block.initial] if isinstance(block, FieldBlock) else trees


def _is_read_last(item: Item, tree: Node | None) -> bool:
    """Say whether data is what a formula gives, not what picks the row of which it gives something."""
    return isinstance(tree, VariableValue) or (isinstance(tree, ColumnValue) and item not in items_of(tree.of))


def _is_own(tree: Node, name: str) -> bool:
    """Say whether a formula is a column of the page's row."""
    return isinstance(tree, ColumnValue) and tree.name == name and tree.of == BoundRow(tree.of.type, "record")
