"""What the arrows of a flow write into which column or variable, and whether a visitor says what."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from flow_models.checks.context import Context
from flow_models.document.behaviour import AddEffect, ChangeEffect, SetEffect, Transition
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.data import target_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Task
from flow_models.formulas import Node

Written = tuple[str, str]
"""The ids of a table and its column; an empty text and a variable's id."""


class Writer(NamedTuple):
    """One place where an arrow gives something a value.

    Attributes:
        arrow: The arrow.
        kind: `add`, `change` or `set`.
        place: Where the formula stands.
    """

    arrow: Transition
    kind: str
    place: Element


class Writers:
    """Who writes what in one flow, gathered when first asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, table: str, column: str) -> tuple[Writer, ...]:
        """Return who writes a column, by its id and that of its table."""
        return tuple(self._by_target.get((table, column), ()))

    def tree(self, writer: Writer) -> Node | None:
        """Return the formula of what is written; None if it is blank or broken."""
        facts = self._context.facts.get(writer.place._replace(field=""))
        return None if facts is None else facts.trees.get(writer.place)

    def is_draft(self, variable: Variable) -> bool:
        """Say whether a variable keeps what was put into a field, as it is."""
        trees = (self.tree(writer) for writer in self.of("", variable.id))
        return any(tree is not None and tree["op"] == "field" for tree in trees)

    def is_copied(self, writer: Writer) -> bool:
        """Say whether what is written is what a visitor put into a field, as it is, here or on a page before."""
        tree = self.tree(writer)
        if tree is None or tree["op"] != "variable":
            return tree is not None and tree["op"] == "field"
        return any(one.name == tree["name"] and self.is_draft(one) for one in self._context.flow.variables)

    def is_typed(self, writer: Writer) -> bool:
        """Say whether what is written is what a visitor put into a field, here or on a page before."""
        return self._is_typed(writer, frozenset())

    def _is_typed(self, writer: Writer, asked: frozenset[str]) -> bool:
        """Say the same, without going round in circles of variables."""
        facts = self._context.facts.get(writer.place._replace(field=""))
        names = frozenset() if facts is None else facts.uses.get(writer.place, frozenset())
        if any(space == "field" for space, _, _ in names):
            return True
        drafts = {name for space, name, _ in names if space == "variable"} - asked
        return any(
            self._is_typed(other, asked | drafts)
            for variable in self._context.flow.variables
            if variable.name in drafts
            for other in self.of("", variable.id)
        )

    @cached_property
    def _by_target(self) -> dict[Written, list[Writer]]:
        """Who writes what, in the order of the file."""
        arrows = self._context.flow.transitions
        return self._context.kept("writers", arrows, lambda: _gathered(arrows))


def _gathered(arrows: Iterable[Transition]) -> dict[Written, list[Writer]]:
    """Return who writes what among some arrows."""
    found: dict[Written, list[Writer]] = {}
    for arrow in arrows:
        for target, writer in _writers(arrow):
            found.setdefault(target, []).append(writer)
    return found


def expected_values(context: Context, task: Task) -> Iterator[tuple[ExpectedChange, Table, Column, Element]]:
    """Yield the columns of which a task's expected changes say what they shall hold, with the place of the formula."""
    for index, change in enumerate(task.success.changes):
        table = context.flow.tables_by_id.get(change.table)
        if table is not None:
            for column in table.columns:
                if column.id in change.values:
                    yield change, table, column, Element("task", task.id, f"success.changes.{index}.values.{column.id}")


def _writers(arrow: Transition) -> Iterator[tuple[Written, Writer]]:
    """Yield what an arrow gives a value."""
    for index, effect in enumerate(arrow.do):
        match effect:
            case SetEffect():
                at = Element("transition", arrow.id, f"do.{index}.value")
                yield ("", effect.variable), Writer(arrow, "set", at)
            case AddEffect() | ChangeEffect():
                for column in effect.values:
                    at = Element("transition", arrow.id, f"do.{index}.values.{column}")
                    yield (effect.table, column), Writer(arrow, effect.kind, at)
            case _:
                pass


def changes_durable(flow: Flow, arrow: Transition) -> bool:
    """Say whether a transition changes a durable table."""
    tables = (flow.tables_by_id.get(target_of(one)) for one in arrow.do if not isinstance(one, SetEffect))
    return any(table is not None and table.durable for table in tables)
