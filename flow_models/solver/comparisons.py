"""What the fields of a program are compared with, so that values on both sides of each comparison can be tried.

A guard such as `field.amount <= card.limit` makes the limits of the cards worth typing into that field. Without this
only wanted values would be typed, and a way that leads through another value would not be found.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.runtime.machine.base.nodes import Call, Comparison, Constant, Node, nodes_in
from flow_models.runtime.machine.base.values import Value

from .items import Item, conduct_of, items_of
from .outline import Outline


class Partners(NamedTuple):
    """What a field's value is compared with anywhere: literals, and columns of tables."""

    literals: tuple[tuple[Value, str], ...]
    columns: tuple[tuple[str, str], ...]


class Comparisons:
    """Every comparison in a program, by what it reads.

    A comparison that reads a field itself counts on the page of that field only, as names of fields are those of a
    page; one that reads a variable or column counts wherever a field is copied there.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._by_page: dict[str, dict[Item, list[Node]]] = {}
        everywhere: list[object] = [one.when for one in outline.transitions]
        trees = [self._trees(position) for position in range(len(outline.transitions))]
        for page_id, page in outline.program.pages.items():
            own: list[object] = [conduct_of(block) for block in outline.blocks(page_id)]
            own += [trees[position] for position in page.transitions]
            self._by_page[page_id] = _indexed(own)
            everywhere += own
        self._by_item = _indexed(everywhere)
        self._known: dict[tuple[str, str], Partners] = {}

    def _trees(self, position: int) -> list[object]:
        """Return the formulas of a transition that may compare something."""
        transition = self._outline.transitions[position]
        return [transition.when, transition.record, transition.do]

    def partners(self, page: str, name: str) -> Partners:
        """Return what a field is compared with, itself or through the variable or column into which it is copied."""
        known = self._known.get((page, name))
        if known is None:
            known = self._known[page, name] = self._partners(page, name)
        return known

    def _partners(self, page: str, name: str) -> Partners:
        """Return what a field is compared with, found out anew."""
        nodes = list(self._by_page[page].get(("field", name), ()))
        for position in self._outline.program.pages[page].transitions:
            for write in self._outline.by_transition[position]:
                for source in write.sources:
                    if ("field", name) in source.reads:
                        nodes += self._by_item.get(source.item, ())
        literals: dict[tuple[Value, str], None] = {}
        columns: dict[tuple[str, str], None] = {}
        for node in nodes:
            literals.update(dict.fromkeys(_literals(node)))
            columns.update(dict.fromkeys((item[1], item[2]) for item in sorted(items_of(node)) if item[0] == "column"))
        return Partners(tuple(literals), tuple(columns))


def _indexed(trees: object) -> dict[Item, list[Node]]:
    """Return the comparisons in formulas by each thing that they read; a function may compare what it is given."""
    found: dict[Item, list[Node]] = {}
    for node in nodes_in(trees):
        if isinstance(node, Comparison | Call):
            for item in items_of(node):
                found.setdefault(item, []).append(node)
    return found


def _literals(tree: Node) -> Iterator[tuple[Value, str]]:
    """Yield the literals in a formula with their types, from left to right."""
    for node in reversed(tuple(nodes_in(tree))):
        if isinstance(node, Constant) and node.value is not None:
            yield node.value, node.type
