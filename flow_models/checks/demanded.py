"""Which fixed values the success of a task demands in the data: in its expected changes and in its further condition.

What stands beside an `or` or behind a `not` in a condition may differ, so it is not demanded.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.writers import Writers, Written, expected_values
from flow_models.document.elements import Element
from flow_models.document.tasks import Task

_SHAPING: Final = frozenset({"lower", "upper", "trim", "text"})
"""Functions that give a text in another shape."""

_PARTS: Final = frozenset({"starts_with", "ends_with", "contains"})
"""Functions that ask for a part of a text."""


class Demand(NamedTuple):
    """A fixed value that has to stand in the data.

    Attributes:
        columns: Where it stands, and which columns lead to the row in which it stands, by id; a visitor puts it there
            who fills in any of these.
        title: What the column is called in which it stands.
        value: The literal of the formula.
        element: Where the formula stands.
    """

    columns: tuple[Written, ...]
    title: str
    value: object
    element: Element


def demands(context: Context, writers: Writers, task: Task) -> Iterator[Demand]:
    """Yield the fixed values that a task demands and that come about by what a visitor puts into a field."""
    for demand in (*_expected(context, task), *_in_condition(context, task)):
        if any(writers.is_typed(writer) for column in demand.columns for writer in writers.of(*column)):
            yield demand


def _expected(context: Context, task: Task) -> Iterator[Demand]:
    """Yield the fixed values of expected changes, be it by a row that is looked up by them."""
    trees = context.facts[Element("task", task.id)].trees
    for change, _, column, element in expected_values(context, task):
        tree = trees.get(element)
        for value in () if tree is None else _literals(tree):
            yield Demand(((change.table, column.id),), column.title or column.name, value, element)


def _literals(tree: Any) -> Iterator[object]:
    """Yield the value that a formula is, or those by which it looks a row up."""
    if tree["op"] == "value":
        yield tree["value"]
    elif tree["op"] == "aggregate" and tree["fn"] in ("first", "last") and tree.get("where"):
        yield from (value for _, value in _compared(tree["where"]))


def _in_condition(context: Context, task: Task) -> Iterator[Demand]:
    """Yield the fixed values that the further condition compares columns with."""
    element = Element("task", task.id, "success.also")
    tree = context.facts[Element("task", task.id)].trees.get(element)
    for column, value in () if tree is None else _compared(tree):
        ids = [_written(context, one) for one in _chain(column)]
        written = tuple((table, of) for table, of, _ in filter(None, ids))
        title = next((title for one in ids[:1] if one for title in one[2:]), "")
        if written and title:
            yield Demand(written, title, value, element)


def _compared(tree: Any) -> Iterator[tuple[Any, object]]:
    """Yield the columns, with the values, whose comparison has to hold for a condition to hold."""
    match tree["op"]:
        case "and":
            for part in tree["args"]:
                yield from _compared(part)
        case "aggregate" if tree["fn"] in ("any", "all") and tree.get("where"):
            yield from _compared(tree["where"])
        case "compare" if tree["test"] == "==":
            yield from _equal(tree["left"], tree["right"])
            yield from _equal(tree["right"], tree["left"])
        case "call" if tree["fn"] in _PARTS:
            yield from _equal(*tree["args"])


def _equal(one: Any, other: Any) -> Iterator[tuple[Any, object]]:
    """Yield the column and the value of a comparison; of a count of rows what these rows have to hold."""
    column = _unshaped(one)
    if other["op"] == "value" and column["op"] == "column":
        yield column, other["value"]
    elif other["op"] == "value" and other["value"] and one["op"] == "aggregate" and one.get("where"):
        yield from _compared(one["where"])


def _unshaped(tree: Any) -> Any:
    """Return what a formula is made of that only gives a text another shape."""
    while tree["op"] == "call" and tree["fn"] in _SHAPING:
        [tree] = tree["args"][:1]
    return tree


def _chain(tree: Any) -> Iterator[Any]:
    """Yield a column, and the columns of rows that lead to its row."""
    while tree["op"] == "column":
        yield tree
        tree = tree["of"]


def _written(context: Context, tree: Any) -> tuple[str, str, str] | None:
    """Return the ids of a column and its table, and what it is called; None if there is none like it."""
    name = tree["of"]["type"].removeprefix("row:")
    for table in context.flow.tables:
        for column in table.columns if table.name == name else ():
            if column.name == tree["name"]:
                return table.id, column.id, column.title or column.name
    return None
