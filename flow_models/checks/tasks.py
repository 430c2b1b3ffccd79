"""Does every task say what to do, when it is done, and how it pays?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.targets import effect_problems
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import FormulaSource, Milestone, Task
from flow_models.formulas import Node

MILESTONE_LIMIT = 0.5
"""Milestones pay at most half of the reward."""

DATA_OPS = frozenset({"table", "changes", "aggregate", "variable", "field", "answer"})
"""Operations of a formula whose value an agent's actions can change."""


def problems(context: Context, task: Task) -> Iterator[Problem]:
    """Yield what is wrong with one task."""
    yield from _wordings(context, task)
    yield from _start(context.flow, task)
    yield from _success(context, task)
    yield from _rewards(task)
    label = task.title or task.name
    for index, effect in enumerate(task.setup):
        yield from effect_problems(context.flow, effect, Element("task", task.id, f"setup.{index}"), label)


def _wordings(context: Context, task: Task) -> Iterator[Problem]:
    """Yield missing and empty wordings, and those that do not name a parameter which an agent has to know."""
    label = task.title or task.name
    if not any(wording.strip() for wording in task.wordings):
        yield problem("task.no_wording", "error", Element("task", task.id, "wordings"), task=label)
        return
    uses = context.facts[Element("task", task.id)].uses
    drawn = [part for part in task.parameters if not isinstance(part.source, FormulaSource)]
    for index, wording in enumerate(task.wordings):
        element = Element("task", task.id, f"wordings.{index}")
        if not wording.strip():
            yield problem("task.empty_wording", "warning", element, task=label)
            continue
        named = {name for space, name, _ in uses.get(element, ()) if space == "task"}
        for parameter in drawn:
            if parameter.name not in named and not _is_told(task, parameter.name, named, context):
                yield problem(
                    "task.unnamed_parameter",
                    "warning",
                    element,
                    Element("parameter", parameter.id),
                    fix=fix(
                        "name_parameter",
                        partial(with_value, element=element, value=f"{wording} {{task.{parameter.name}}}"),
                        parameter=parameter.title or parameter.name,
                    ),
                    task=label,
                    parameter=parameter.title or parameter.name,
                )


def _is_told(task: Task, name: str, named: set[str], context: Context) -> bool:
    """Say whether a parameter is told through another one that is named and computed from it, or restricted by it."""
    uses = context.facts[Element("task", task.id)].uses
    for parameter in task.parameters:
        if parameter.name in named:
            for element, names in uses.items():
                if element.kind == "parameter" and element.id == parameter.id and ("task", name, None) in names:
                    return True
    return False


def _start(flow: Flow, task: Task) -> Iterator[Problem]:
    """Yield a start page that is not there, is a dialog, or needs a record that nothing names."""
    label, place = task.title or task.name, Element("task", task.id, "start")
    if task.start is None:
        return
    page = flow.pages_by_id.get(task.start)
    usual = fix("usual_start", partial(with_value, element=place, value=None))
    if page is None:
        yield problem("task.no_start", "error", place, fix=usual, task=label)
    elif page.kind == "dialog":
        yield problem("task.start_dialog", "error", place, fix=usual, task=label)
    elif page.record is not None and not task.start_record.strip():
        yield problem("task.no_start_record", "error", Element("task", task.id, "start_record"), task=label)


def _success(context: Context, task: Task) -> Iterator[Problem]:
    """Yield missing and empty rules of success, and those that hold before anything was done."""
    flow, success, label = context.flow, task.success, task.title or task.name
    element = Element("task", task.id, "success")
    has_rule = bool(success.changes or success.also.strip())
    if not has_rule and not task.answer.strip():
        yield problem("task.no_success", "error", element, task=label)
    if has_rule and task.answer.strip():
        yield problem("task.success_and_answer", "warning", element, task=label)
    if success.also.strip() and not success.changes and not task.answer.strip():
        tree = context.facts[Element("task", task.id)].trees.get(element._replace(field="success.also"))
        if tree is not None and not _depends_on_data(tree):
            yield problem("task.success_at_start", "error", element._replace(field="success.also"), task=label)
    for index, change in enumerate(success.changes):
        place = element._replace(field=f"success.changes.{index}")
        table = flow.tables_by_id.get(change.table)
        if table is None:
            yield problem("task.change_no_table", "error", place, task=label)
            continue
        if not table.durable:
            yield problem("task.change_passing", "error", place, task=label, table=table.title or table.name)
        if change.kind == "changed" and not change.values:
            yield problem("task.change_no_values", "error", place, task=label)
        known: set[str] = {column.id for column in table.columns}
        if any(column not in known for column in change.values):
            yield problem("task.change_no_column", "error", place, task=label, table=table.title or table.name)


def _rewards(task: Task) -> Iterator[Problem]:
    """Yield milestones that pay too much, and milestones and failures without a condition."""
    label = task.title or task.name
    total = sum(milestone.reward for milestone in task.milestones)
    if total > MILESTONE_LIMIT + 1e-9:
        place = Element("task", task.id, "milestones")
        scaling = fix("scale_milestones", partial(with_value, element=place, value=_scaled(task.milestones, total)))
        yield problem("task.milestones", "error", place, fix=scaling, task=label, total=f"{total:.2f}")
    for index, milestone in enumerate(task.milestones):
        if not milestone.when.strip():
            place = Element("task", task.id, f"milestones.{index}.when")
            yield problem("task.milestone_empty", "error", place, task=label)
    for index, failure in enumerate(task.failures):
        if not failure.when.strip():
            place = Element("task", task.id, f"failures.{index}.when")
            yield problem("task.failure_empty", "error", place, task=label)


def _scaled(milestones: tuple[Milestone, ...], total: float) -> tuple[Milestone, ...]:
    """Return milestones that pay in the same proportions, but half of the reward together."""
    return tuple(
        milestone.rebuilt(reward=max(0.001, int(milestone.reward / total * MILESTONE_LIMIT * 1000) / 1000))
        for milestone in milestones
    )


def _depends_on_data(tree: Node) -> bool:
    """Say whether a formula reads anything that actions can change."""
    stack: list[object] = [tree]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if value.get("op") in DATA_OPS or (value.get("op") == "column"):
                return True
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return False
