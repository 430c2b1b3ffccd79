"""What the rest of a program demands of a field's value, wherever it goes, and whether that tells all that matters.

A field's value is compared on its page, is written somewhere by a formula, is written on from there, and is compared
or judged in the end. Each such way is a demand: read backwards (`undoing`) it gives the values on which something
hangs. Plain comparisons with literals and columns are left to `comparisons`, which need no state.

A search tries these values and one that stands for all others. Where that is not so (a remainder of a division, two
fields in one sum) the field is open: a search that found nothing without trying all its values has shown nothing.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.behaviour import Task
from flow_models.runtime.machine.base.nodes import (
    Aggregate,
    AnswerText,
    Both,
    Call,
    Choice,
    ClockPart,
    ColumnValue,
    Comparison,
    Constant,
    Either,
    FieldValue,
    Items,
    Node,
    Not,
    nodes_in,
)

from .items import Item, conduct_of, items_of
from .outline import Outline, Source
from .undoing import has_hole, is_hole, is_straight

_HOPS: Final = 3
"""Effects through which a value is followed: from a field to a draft, from there to a table, and once more."""

_SEARCHES: Final = frozenset({"contains", "starts_with", "ends_with"})


class Hop(NamedTuple):
    """A formula through which a value goes, and what stands for the value there."""

    hole: Item
    tree: Node


class Demand(NamedTuple):
    """One thing that a value is asked for in the end.

    Attributes:
        hops: The formulas through which it goes, the field's own first.
        other: What it is compared with in the end.
        change: The number of the expected change that wants it, whose rows `other` reads as `row`; -1 for none.
    """

    hops: tuple[Hop, ...]
    other: Node
    change: int = -1


class Demands:
    """What a program demands of its fields, for one task.

    Args:
        outline: The program.
        task: The task, empty for a visit without one.
    """

    def __init__(self, outline: Outline, task: str) -> None:
        self._outline = outline
        self._task = outline.program.tasks[task] if task else Task()
        self._known: dict[tuple[str, str], tuple[Demand, ...]] = {}
        self._open: dict[tuple[str, str], bool] = {}
        self._open_later: dict[tuple[str, str], bool] = {}

    def of(self, page: str, name: str) -> tuple[Demand, ...]:
        """Return what is demanded of a field beyond plain comparisons."""
        known = self._known.get((page, name))
        if known is None:
            found = [*self._asked_here(page, ("field", name)), *self._asked_later(page, ("field", name))]
            known = self._known[page, name] = tuple(one for one in dict.fromkeys(found) if not _is_plain(one))
        return known

    def is_open(self, page: str, name: str) -> bool:
        """Say whether what happens on a field's page depends on its value in a way that borders do not tell."""
        known = self._open.get((page, name))
        if known is None:
            hole = ("field", name)
            known = self._open[page, name] = not all(_is_bordered(tree, hole) for tree in self._conditions(page))
        return known

    def is_open_later(self, page: str, name: str) -> bool:
        """Say whether what is written with a field's value may decide something in a way that borders do not tell."""
        known = self._open_later.get((page, name))
        if known is None:
            sources = self._sources(page, ("field", name))
            known = any(not self._is_settled(source, ("field", name), _HOPS) for source in sources)
            self._open_later[page, name] = known
        return known

    def _is_settled(self, source: Source, hole: Item, hops: int) -> bool:
        """Say whether a value that is written somewhere is asked there for nothing but known values."""
        if source.tree is None:
            return True
        readers = self._readers(source.item)
        onward = self._onward(source.item)
        if not readers and not onward:
            return True
        if not is_hole(source.tree, hole) or not hops:
            return False
        return all(_is_bordered(tree, source.item, self._outline) for tree in readers) and all(
            self._is_settled(other, source.item, hops - 1) for other in onward
        )

    def _readers(self, item: Item) -> list[Node]:
        """Return the conditions that read a value."""
        return [tree for tree in self._all_conditions if has_hole(tree, item)]

    def _onward(self, item: Item) -> list[Source]:
        """Return what is made of a value by the effects that read it."""
        return [other for write in self._outline.writes for other in write.sources if item in other.reads]

    def _asked_here(self, page: str, hole: Item) -> Iterator[Demand]:
        """Yield what a value is compared with on its page."""
        for side, other in _compared(self._conditions(page), hole):
            yield Demand((Hop(hole, side),), other)

    def _asked_later(self, page: str, hole: Item) -> Iterator[Demand]:
        """Yield what is asked of a value where it has been written."""
        for source in self._sources(page, hole):
            yield from self._asked_of(source, (), hole)

    def _wanted_in(self, item: Item) -> Iterator[tuple[int, Node]]:
        """Yield what expected changes want of a column, with the number of each change."""
        for number, change in enumerate(self._task.success.changes):
            for name, wanted in change.values.items():
                if wanted is not None and item == ("column", change.table, name):
                    yield number, wanted

    def _asked_of(self, source: Source, before: tuple[Hop, ...], hole: Item) -> Iterator[Demand]:
        """Yield what is asked of a value that an effect writes, and of what others make of it."""
        if source.tree is None or len(before) >= _HOPS:
            return
        hops = (*before, Hop(hole, source.tree))
        for number, wanted in self._wanted_in(source.item):
            yield Demand(hops, wanted, number)
        for side, other in _compared(self._all_conditions, source.item):
            yield Demand((*hops, Hop(source.item, side)), other)
        for write in self._outline.writes:
            for onward in write.sources:
                if source.item in onward.reads and onward.item != source.item:
                    yield from self._asked_of(onward, hops, source.item)

    def _sources(self, page: str, hole: Item) -> list[Source]:
        """Return what effects of a page's transitions write with the help of a field."""
        return [
            source
            for position in self._outline.program.pages[page].transitions
            for write in self._outline.by_transition[position]
            for source in write.sources
            if hole in source.reads
        ]

    def _conditions(self, page: str) -> list[Node]:
        """Return the formulas that decide something on a page: conduct, conditions, and rows that effects pick."""
        trees: list[object] = [conduct_of(block) for block in self._outline.blocks(page)]
        for position in self._outline.program.pages[page].transitions:
            transition = self._outline.transitions[position]
            trees += [transition.when, transition.record]
            trees += [getattr(effect, "where", None) for effect in transition.do]
        return _whole(trees)

    @cached_property
    def _all_conditions(self) -> list[Node]:
        """The formulas that decide something anywhere, and those by which the task is judged."""
        success = self._task.success
        judged: list[object] = [success.also, [failure.when for failure in self._task.failures]]
        judged += [change.where for change in success.changes]
        pages = [tree for page in self._outline.program.pages for tree in self._conditions(page)]
        return [*dict.fromkeys([*pages, *_whole(judged)])]


def _whole(trees: Sequence[object]) -> list[Node]:
    """Return formulas out of whatever holds them."""
    found: list[Node] = []
    for one in trees:
        if isinstance(one, Node):
            found.append(one)
        elif isinstance(one, tuple | list):
            found += _whole(one)
        elif one is not None and not isinstance(one, str):
            found += list(nodes_in(one))
    return found


def _items(tree: Node) -> Sequence[Node]:
    """Return the formulas of a list of them, or the one formula that there is."""
    return tree.items if isinstance(tree, Items) else (tree,)


def _compared(trees: Sequence[Node], hole: Item) -> Iterator[tuple[Node, Node]]:
    """Yield the side of each comparison or search that reads a thing, with the other side where that does not."""
    for node in nodes_in(trees):
        match node:
            case Comparison(left=left, right=right) | Call(args=(left, right)):
                sides = (left, right)
            case _:
                continue
        if isinstance(node, Call) and node.fn not in _SEARCHES:
            continue
        for side, other in (sides, sides[::-1]):
            if has_hole(side, hole) and not has_hole(other, hole):
                yield from ((side, item) for item in _items(other))


def _is_plain(demand: Demand) -> bool:
    """Say whether `comparisons` know what is demanded: a literal, or a column, of the field's value as it is."""
    is_known = isinstance(demand.other, Constant | ColumnValue) and demand.change < 0
    return is_known and len(demand.hops) <= 2 and all(is_hole(hop.tree, hop.hole) for hop in demand.hops)


def _is_bordered(tree: Node, hole: Item, later: Outline | None = None) -> bool:
    """Say whether a condition only changes on borders of a value that are known.

    Args:
        tree: The condition.
        hole: What stands for the value.
        later: The program, where the condition is asked later than now: what it compares with must not change then.
    """
    if not has_hole(tree, hole) or is_hole(tree, hole):
        return True
    match tree:
        case Comparison(left=left, right=right):
            return _is_border(tree, left, right, hole, later) or _is_border(tree, right, left, hole, later)
        case Call(fn=fn, args=(text, part)) if fn in _SEARCHES:
            return all(_is_hole_or_apart(one, hole) for one in (text, part))
        case _:
            parts = _judged_apart(tree)
            return parts is not None and all(_is_bordered(one, hole, later) for one in parts)


def _is_hole_or_apart(tree: Node, hole: Item) -> bool:
    """Say whether a formula is the value itself, or does not read it."""
    return is_hole(tree, hole) or not has_hole(tree, hole)


def _judged_apart(tree: Node) -> Sequence[Node] | None:
    """Return the parts of a condition that tell its borders together, None if no parts do."""
    match tree:
        case Both(args=args) | Either(args=args):
            return args
        case Not(arg=arg):
            return (arg,)
        case Choice(test=test, then=then, other=other):
            return test, then, other
        case Aggregate(value=value, where=where, default=default):
            return [one for one in (where, value, default) if one is not None]
        case _:
            return None


def _makes_of_field(tree: Node) -> bool:
    """Say whether a formula makes something else of a field."""
    return not isinstance(tree, FieldValue) and any(isinstance(node, FieldValue) for node in nodes_in(tree))


def _is_border(tree: Comparison, side: Node, other: Node, hole: Item, later: Outline | None) -> bool:
    """Say whether one side of a comparison rises with a value while the other stands still."""
    if has_hole(other, hole):
        return False
    if isinstance(side, Aggregate):
        return _is_bordered(side, hole, later)
    if not is_straight(side, hole) or (side.type == "text" and tree.test in ("<", "<=", ">", ">=")):
        return False
    if _makes_of_field(other):
        return False
    return later is None or _stands_still(other, later)


def _stands_still(tree: Node, outline: Outline) -> bool:
    """Say whether a formula has the same value, or values, all the time; another field counts with what it is given."""
    items = items_of(tree)
    if isinstance(tree, FieldValue):
        return True
    if any(isinstance(node, ClockPart | AnswerText) for node in nodes_in(tree)):
        return False
    grown = {item[1] for write in outline.writes for item in write.changes if item[0] == "table"}
    return not any(item in outline.changeable or item[0] == "field" or item[1] in grown for item in items)
