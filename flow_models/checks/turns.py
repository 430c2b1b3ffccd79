"""Can pages that send a visitor on to each other do so for ever, by the conditions on which they do?

The ring is gone around twice: what its transitions set on the way is put into the conditions that come after, so that
a counter that is set back, or a sign-in that is noted, ends it. What is known of no condition can hold.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.guards import Cases
from flow_models.checks.possible import decided
from flow_models.document.behaviour import ClearEffect, Effect, SetEffect, Transition
from flow_models.document.edits.data import target_of
from flow_models.formulas import Node

ROUNDS: Final = 2
"""Times around the ring: in the second one everything holds that the first one has set."""

_OF_PAGE: Final = frozenset({"record", "field", "bound"})
"""What means something else on another page."""


class Arrival(NamedTuple):
    """A page and a transition that is taken on entering it."""

    page: str
    arrow: Transition

    def __hash__(self) -> int:
        return hash((self.page, self.arrow.id))


class _Place(NamedTuple):
    """Where a formula stands on the way around: on which page, in which round, and if its row is the one before."""

    page: str
    number: int
    is_carried: bool


class Turns:
    """What must hold for a ring of arrivals to be gone around again and again."""

    def __init__(self, context: Context, ring: Sequence[Arrival]) -> None:
        self._context, self._ring = context, ring

    @property
    def can_last(self) -> bool:
        """Whether all conditions can hold together."""
        trees = self._conditions
        if any(decided(tree) is False for tree in trees) or not self._context.live.can_hold(trees):
            return False
        together: Node | None = {"op": "and", "type": "boolean", "args": trees} if trees else None
        cases = Cases([together])
        return not cases.is_decided or any(held for (held,) in cases.rows())

    @property
    def is_sure(self) -> bool:
        """Whether it is known of every condition when it holds: it reads nothing but variables."""
        return all(decided(tree) or _reads_variables_only(tree) for tree in self._conditions)

    @cached_property
    def _conditions(self) -> list[Node]:
        """The conditions around the ring, as they read after what has been set before."""
        known: dict[str, Node] = {}
        found: list[Node] = []
        for number in range(ROUNDS):
            for page, arrow in self._ring:
                place = _Place(page, number, self._is_carried)
                found += [_put(tree, known, place) for tree in self._asked(page, arrow)]
                self._set(arrow, known, place)
        return found

    @cached_property
    def _is_carried(self) -> bool:
        """Whether all pages are about one and the same row: each transition takes along the one of its page."""
        pages = (self._context.flow.pages_by_id.get(page) for page, _ in self._ring)
        tables = {None if page is None else page.record for page in pages}
        return len(tables) == 1 and not any(arrow.record.strip() for _, arrow in self._ring)

    def _asked(self, page: str, arrow: Transition) -> Iterator[Node]:
        """Yield the condition of a transition, and that no earlier one on entering its page is taken."""
        section = self._context.flow.section_of.get(page)
        arrows = self._context.arrows_from
        for other in (*arrows.get(page, ()), *(arrows.get(section.id, ()) if section else ())):
            if other.on.kind != "enter":
                continue
            when = self._when(other)
            if other.id == arrow.id:
                yield when
                return
            yield {"op": "not", "type": "boolean", "arg": when}

    def _when(self, arrow: Transition) -> Node:
        """Return the condition of a transition, one of which nothing is known if it cannot be read."""
        if not arrow.when.strip():
            return {"op": "value", "type": "boolean", "value": True}
        return self._context.formula(arrow, "when") or {"op": "unreadable", "type": "boolean", "id": arrow.id}

    def _set(self, arrow: Transition, known: dict[str, Node], place: _Place) -> None:
        """Note what the effects of a transition make of variables and tables."""
        for index, effect in enumerate(arrow.do):
            name, tree = self._made(arrow, index, effect)
            known[name] = _put(tree, known, place)

    def _made(self, arrow: Transition, index: int, effect: Effect) -> tuple[str, Node]:
        """Return the name of what an effect changes and what it is afterwards, which nobody knows of a table."""
        flow = self._context.flow
        unknown: Node = {"op": "unreadable", "type": "any", "id": f"{arrow.id}.{index}"}
        if isinstance(effect, SetEffect):
            variable = flow.variables_by_id.get(effect.variable)
            value = self._context.formula(arrow, f"do.{index}.value")
            return "" if variable is None else variable.name, value or unknown
        variable = flow.variables_by_id.get(effect.target) if isinstance(effect, ClearEffect) else None
        if variable is not None:
            return variable.name, {"op": "value", "type": variable.type.kind, "value": variable.initial}
        table = flow.tables_by_id.get(target_of(effect))
        return "" if table is None else f"table {table.name}", unknown


def _put(tree: Any, known: dict[str, Node], place: _Place) -> Any:
    """Return a formula with what is known put in place of variables; what means something else there is told apart."""
    if isinstance(tree, list):
        return [_put(inner, known, place) for inner in tree]
    if not isinstance(tree, dict):
        return tree
    op = tree.get("op")
    if op == "variable" and tree["name"] in known:
        return known[tree["name"]]
    inner = {name: _put(value, known, place) for name, value in tree.items()}
    if op in _OF_PAGE and not (place.is_carried and tree.get("name") == "record"):
        return {**inner, "at": place.page}
    table = _table_read(tree)
    changed = known.get(f"table {table}") if table else None
    return inner if changed is None else {**inner, "at": [changed["id"], place.page, place.number]}


def _table_read(tree: dict[str, Any]) -> str:
    """Return the name of the table that a node itself reads, empty if it reads none."""
    if tree.get("op") == "table":
        return str(tree["name"])
    return str(tree["of"]["type"]).removeprefix("row:") if tree.get("op") == "column" else ""


def _reads_variables_only(tree: Any) -> bool:
    """Say whether a formula reads variables and nothing else."""
    if isinstance(tree, list):
        return all(map(_reads_variables_only, tree))
    if not isinstance(tree, dict):
        return True
    return tree["op"] in _PLAIN and all(map(_reads_variables_only, tree.values()))


_PLAIN: Final = frozenset({"variable", "value", "and", "or", "not", "compare", "list", "neg"})
