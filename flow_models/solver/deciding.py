"""Which columns decide what is right in a task: which text is typed, which row is chosen, what is answered.

They are the columns by which the task judges, picks or names its rows, and those with which the site compares what is
typed, for equality. What only decides whether the site accepts something (how much an account holds, say) is not among
them: nobody has to know it beforehand.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, product
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.data import FormulaSource, Source
from flow_models.runtime.machine.base.nodes import (
    BoundRow,
    Call,
    ColumnValue,
    Comparison,
    FieldValue,
    Node,
    VariableValue,
    nodes_in,
    table_of,
)

from .items import Item, conduct_of, items_of
from .outline import Outline

_EQUALS: Final = frozenset({"==", "!=", "in", "not in"})


class Column(NamedTuple):
    """A column of a table."""

    table: str
    name: str


class Deciding:
    """Knows the columns that decide in the tasks of a program."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._by_page: dict[str, frozenset[Column]] = {}
        self._known: dict[tuple[str, frozenset[str]], tuple[Column, ...]] = {}

    def columns(self, task: str, typing: frozenset[str]) -> tuple[Column, ...]:
        """Return the columns that decide in a task, where one follows from others of its row those.

        Args:
            task: The task.
            typing: The pages on which it decides too with what something typed is compared.
        """
        found = self._known.get((task, typing))
        if found is None:
            read = self._judging(task).union(*map(self._compared, typing & self._outline.program.pages.keys()))
            drawn = frozenset(chain.from_iterable(map(self._drawn, read)))
            found = self._known[task, typing] = tuple(sorted(drawn))
        return found

    def source(self, column: Column) -> Source | None:
        """Return where the drawn values of a column come from, None where none are drawn."""
        generate = self._outline.program.tables[column.table].generate
        return None if generate is None else generate.columns.get(column.name)

    def rivals(self, column: Column) -> frozenset[Column]:
        """Return the columns with which one is compared anywhere: what stands there could stand in it too."""
        return self._rivals.get(column, frozenset())

    @cached_property
    def _rivals(self) -> Mapping[Column, frozenset[Column]]:
        """The columns with which each column is compared."""
        found = defaultdict[Column, frozenset[Column]](frozenset)
        program = self._outline.program
        for node in nodes_in(program.pages, program.tasks, program.sections, self._outline.transitions):
            if isinstance(node, Comparison) and node.test in _EQUALS:
                for one, other in product(_columns(node.left), _columns(node.right)):
                    found[one] |= {other}
                    found[other] |= {one}
        return found

    def _judging(self, task: str) -> frozenset[Column]:
        """Return the columns by which a task judges, answers or picks its rows, and by which its goal names them."""
        rules = self._outline.program.tasks[task]
        trees: list[object] = [rules.wordings, rules.answer, rules.require, rules.success.also]
        trees += [(change.where, change.values) for change in rules.success.changes]
        trees += [parameter.source for parameter in rules.parameters]
        return frozenset(_columns(trees))

    def _compared(self, page: str) -> frozenset[Column]:
        """Return the columns with which a page compares what is typed."""
        found = self._by_page.get(page)
        if found is None:
            outline = self._outline
            taken = (outline.transitions[place] for place in outline.program.pages[page].transitions)
            trees: list[object] = [(one.when, one.record, one.do) for one in taken]
            trees += [conduct_of(block) for block in outline.blocks(page)]
            atoms = [node for node in nodes_in(trees) if _is_equating(node) and _is_typed(items_of(node), self._typed)]
            found = self._by_page[page] = frozenset(_columns(atoms))
        return found

    @cached_property
    def _typed(self) -> frozenset[Item]:
        """The variables and columns into which what is typed is copied."""
        return _copies(self._outline)

    def _drawn(self, column: Column) -> frozenset[Column]:
        """Return a column, or where it is computed those of its row from which it is."""
        met, found, waiting = set[Column](), set[Column](), [column]
        while waiting:
            one = waiting.pop()
            source = self.source(one)
            if not isinstance(source, FormulaSource):
                found.add(one)
            elif one not in met:
                met.add(one)
                waiting += [Column(one.table, name) for name in _of_own_row(source.formula)]
        return frozenset(found)


def _of_own_row(formula: Node) -> Iterator[str]:
    """Yield the columns of its own row that the formula of a column reads."""
    for node in nodes_in(formula):
        if isinstance(node, ColumnValue) and isinstance(node.of, BoundRow) and node.of.name == "row":
            yield node.name


def _columns(trees: object) -> Iterator[Column]:
    """Yield the columns that formulas read."""
    for node in nodes_in(trees):
        if isinstance(node, ColumnValue):
            table = table_of(node.of.type)
            if table is not None:
                yield Column(table, node.name)


def _is_equating(node: Node) -> bool:
    """Say whether a formula says that texts are equal, or that one is in another."""
    return (isinstance(node, Comparison) and node.test in _EQUALS) or (
        isinstance(node, Call) and node.type == "boolean"
    )


def _is_typed(items: frozenset[Item], typed: frozenset[Item]) -> bool:
    """Say whether any of some items holds what was typed."""
    return any(item[0] == "field" or item in typed for item in items)


def _copies(outline: Outline) -> frozenset[Item]:
    """Return the variables and columns into which effects copy what was typed."""
    found: frozenset[Item] = frozenset()
    while True:
        sources = chain.from_iterable(write.sources for write in outline.writes)
        more = found | {one.item for one in sources if one.tree is not None and _is_copy(one.tree, found)}
        if more == found:
            return found
        found = more


def _is_copy(tree: Node, copies: frozenset[Item]) -> bool:
    """Say whether a formula gives what was typed, perhaps in other capitals and the like."""
    match tree:
        case FieldValue():
            return True
        case Call():
            return any(_is_copy(one, copies) for one in tree.args)
        case VariableValue() | ColumnValue():
            return not items_of(tree).isdisjoint(copies)
        case _:
            return False
