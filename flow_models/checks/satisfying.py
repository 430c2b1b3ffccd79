"""Can the rules of a task hold at all, and does doing it pay more than giving up at once?"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.guards import Cases
from flow_models.checks.problem import Problem, Severity, fix, problem
from flow_models.checks.trees import nodes
from flow_models.checks.writers import Writer, Writers, expected_values
from flow_models.document.data import ChoiceGenerator, Column, Table
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.tasks import ExpectedChange, Task
from flow_models.formulas import Node

SHARE: Final = 0.5
"""What a fix leaves at least of the reward to somebody who succeeds in the very last step."""

_PASSING: Final = frozenset({"variable", "clock", "answer", "field"})
"""Operations of a formula whose value changes although all data that counts stays as it is."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the rules of tasks that nothing can satisfy, and rewards that pay for giving up."""
    writers = Writers(context)
    for task in context.flow.tasks:
        yield from _never(context, task)
        yield from _only_as_it_was(context, task)
        yield from _unwritten(context, writers, task)
        yield from _pay(task)


# Conditions


def _never(context: Context, task: Task) -> Iterator[Problem]:
    """Yield the conditions of success, rewards on the way and failures that contradict themselves."""
    for element, tree in context.facts[Element("task", task.id)].trees.items():
        code = _code(element)
        if code and tree["type"] == "boolean" and _cannot_hold(tree):
            is_sure = code == "task.rule_never" and not _denies(tree)
            yield problem(code, "error" if is_sure else "warning", element, task=task.title or task.name)


def _code(element: Element) -> str:
    """Return what to say of a condition that never holds; nothing of other formulas."""
    match element.field.split("."):
        case ["success", "also"] | ["success", "changes", _, "where"]:
            return "task.rule_never"
        case ["milestones", *_]:
            return "task.milestone_never"
        case ["failures", *_]:
            return "task.failure_never"
        case _:
            return ""


def _cannot_hold(tree: Node) -> bool:
    """Say whether a condition holds in no case."""
    rows = set(Cases([tree]).rows())
    return bool(rows) and not any(held for (held,) in rows)


def _denies(tree: object) -> bool:
    """Say whether a condition holds where something does not: then empty values, left out here, may satisfy it."""
    if isinstance(tree, dict):
        if tree.get("op") == "not" or tree.get("test") in ("!=", "not in"):
            return True
        return any(map(_denies, tree.values()))
    return isinstance(tree, list) and any(map(_denies, tree))


# Nothing else


def _only_as_it_was(context: Context, task: Task) -> Iterator[Problem]:
    """Yield that a rule asks for other data and allows none: it holds from the start or never."""
    success = task.success
    if success.changes or not success.nothing_else or not success.also.strip() or task.answer.strip():
        return
    element = Element("task", task.id, "success.also")
    tree = context.facts[Element("task", task.id)].trees.get(element)
    if tree is not None and _reads_lasting(context, tree):
        opening = partial(with_value, element=element._replace(field="success.nothing_else"), value=False)
        yield problem(
            "task.nothing_may_change",
            "error",
            element,
            fix=fix("something_else", opening),
            task=task.title or task.name,
        )


def _reads_lasting(context: Context, tree: Node) -> bool:
    """Say whether a formula reads data, and only such as may not change where nothing else may."""
    durable = {table.name: table for table in context.flow.tables if table.durable}
    found = list(nodes(tree))
    tables = {str(node["table"] if node["op"] == "changes" else node["name"]) for node in found if _is_rows(node)}
    if not tables or any(node["op"] in _PASSING for node in found) or not durable.keys() >= tables:
        return False
    return not _reads_derived(durable, found)


def _reads_derived(durable: Mapping[str, Table], found: list[Node]) -> bool:
    """Say whether nodes read derived columns of durable tables, or count changes of tables that have some."""
    free = {name: {column.name for column in table.columns if column.derived} for name, table in durable.items()}
    columns = {str(node["name"]) for node in found if node["op"] == "column"}
    counted = {str(node["table"]) for node in found if node["op"] == "changes"}
    return not columns.isdisjoint(set().union(*free.values())) or any(free[name] for name in counted)


def _is_rows(node: Node) -> bool:
    return node["op"] in ("table", "changes")


# Values that nothing writes


def _unwritten(context: Context, writers: Writers, task: Task) -> Iterator[Problem]:
    """Yield the expected values that no arrow ever writes."""
    trees = context.facts[Element("task", task.id)].trees
    for change, table, column, at in expected_values(context, task):
        tree = trees.get(at)
        if tree is not None and _is_unwritten(writers, task, table, change, column, tree):
            severity: Severity = "error" if change.kind == "added" else "warning"
            title, label = column.title or column.name, task.title or task.name
            yield problem("task.value_never", severity, at, task=label, column=title, table=table.title or table.name)


def _is_unwritten(
    writers: Writers, task: Task, table: Table, change: ExpectedChange, column: Column, tree: Node
) -> bool:
    """Say whether a fixed value is one that no arrow writes into a column, nor stands in a row from the start."""
    if tree["op"] != "value" or tree["value"] is None:
        return False
    known = writers.of(change.table, column.id)
    if any(_may_write(writers, writer, tree) for writer in known):
        return False
    return change.kind == "added" or not (task.setup or _may_begin_with(table, column, tree))


def _may_write(writers: Writers, writer: Writer, wanted: Node) -> bool:
    """Say whether a place where something is written can write a value: by a formula of its own, or as it stands."""
    tree = writers.tree(writer)
    return tree is None or tree["op"] != "value" or _is_equal(tree["value"], wanted["value"])


def _is_equal(one: object, other: object) -> bool:
    """Say whether two stored values are the same, numbers by their size."""
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return one == other


def _may_begin_with(table: Table, column: Column, wanted: Node) -> bool:
    """Say whether some row may hold a value from the start."""
    if any(_is_equal(row.values.get(column.id), wanted["value"]) for row in table.rows):
        return True
    generator = None if table.generate is None else table.generate.columns.get(column.id)
    if isinstance(generator, ChoiceGenerator):
        return any(_is_equal(value, wanted["value"]) for value in generator.values)
    return generator is not None


# Rewards


def _pay(task: Task) -> Iterator[Problem]:
    """Yield that steps cost so much that giving up at once pays as much as success after all allowed steps."""
    if task.step_cost * (task.max_steps - 1) < 1:
        return
    element = Element("task", task.id, "step_cost")
    # Rounded down, so that what is left is no less.
    lower = int(SHARE / task.max_steps * 10_000) / 10_000
    yield problem(
        "task.pays_giving_up",
        "error",
        element,
        fix=fix("lower_cost", partial(with_value, element=element, value=lower), cost=f"{lower:g}"),
        task=task.title or task.name,
        cost=f"{task.step_cost:g}",
        limit=task.max_steps,
    )
