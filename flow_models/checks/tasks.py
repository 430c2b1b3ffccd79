"""Does every task say what to do, when it is done, and how it pays?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.facts import Name
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.targets import effect_problems
from flow_models.document.edits.guesses import said_of
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, FormulaSource, Milestone, Parameter, Task
from flow_models.formulas import Node
from flow_models.runtime.machine.episodes.drawing import held_out_wordings
from flow_models.runtime.machine.episodes.variation import NEW_WORDINGS

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
    for index, change in enumerate(task.success.changes):
        yield from _change(context.flow, change, Element("task", task.id, f"success.changes.{index}"), label)
    for index, effect in enumerate(task.setup):
        yield from effect_problems(context.flow, effect, Element("task", task.id, f"setup.{index}"), label)


def _wordings(context: Context, task: Task) -> Iterator[Problem]:
    """Yield missing and empty wordings, and those that do not name a parameter which an agent has to know."""
    label = task.title or task.name
    if not any(wording.strip() for wording in task.wordings):
        yield problem("task.no_wording", "error", Element("task", task.id, "wordings"), task=label)
        return
    uses = context.facts[Element("task", task.id)].uses
    for index, wording in enumerate(task.wordings):
        element = Element("task", task.id, f"wordings.{index}")
        if not wording.strip():
            yield problem("task.empty_wording", "warning", element, task=label)
            continue
        named = {name for space, name, _ in uses.get(element, ()) if space == "task"}
        yield from (
            _unnamed(context.flow, task, parameter, element, wording) for parameter in _untold(context, task, named)
        )
    yield from _held_out_wordings(context.flow, task)


def _held_out_wordings(flow: Flow, task: Task) -> Iterator[Problem]:
    """Yield that a task has too few wordings to hold one out, where the flow holds out words of tasks."""
    count = len({wording.strip() for wording in task.wordings if wording.strip()})
    if held_out_wordings(count) or not _holds_out_wordings(flow):
        return
    yield problem(
        "task.few_wordings",
        "hint",
        Element("task", task.id, "wordings"),
        task=task.title or task.name,
        count=str(count),
    )


def _holds_out_wordings(flow: Flow) -> bool:
    """Say whether a flow holds out words of tasks, by the shipped rule or by its own."""
    axis, value = flow.variation.wording, f"goal.{NEW_WORDINGS}"
    return axis.is_on and value not in axis.left_out and (axis.held_out is None or value in axis.held_out)


def _untold(context: Context, task: Task, named: set[str]) -> list[Parameter]:
    """Return the drawn parameters that are neither named nor told through a named one that depends on them."""
    told = named | _told(context, task, named)
    drawn = (parameter for parameter in task.parameters if not isinstance(parameter.source, FormulaSource))
    return [parameter for parameter in drawn if parameter.name not in told]


def _told(context: Context, task: Task, named: set[str]) -> set[str]:
    """Return the parameters that named ones are computed from or restricted by."""
    telling = {("parameter", parameter.id) for parameter in task.parameters if parameter.name in named}
    uses = context.facts[Element("task", task.id)].uses.items()
    read = frozenset[Name]().union(*(names for element, names in uses if (element.kind, element.id) in telling))
    return {name for space, name, _ in read if space == "task"}


def _unnamed(flow: Flow, task: Task, parameter: Parameter, element: Element, wording: str) -> Problem:
    """Return that a wording does not say a parameter."""
    title = parameter.title or parameter.name
    said = said_of(flow, f"task.{parameter.name}", parameter.type)
    edit = partial(with_value, element=element, value=f"{wording} {said}")
    return problem(
        "task.unnamed_parameter",
        "warning",
        element,
        Element("parameter", parameter.id),
        fix=fix("name_parameter", edit, parameter=title) if said else None,
        task=task.title or task.name,
        parameter=title,
    )


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
    success, label = task.success, task.title or task.name
    element = Element("task", task.id, "success")
    has_rule = bool(success.changes or success.also.strip())
    has_answer = bool(task.answer.strip())
    if not has_rule and not has_answer:
        yield problem("task.no_success", "error", element, task=label)
    if has_rule and has_answer:
        yield problem("task.success_and_answer", "warning", element, task=label)
    also = element._replace(field="success.also")
    if not has_answer and not success.changes and _holds_always(context, also):
        yield problem("task.success_at_start", "error", also, task=label)


def _holds_always(context: Context, rule: Element) -> bool:
    """Say whether nothing that an agent does changes whether a rule holds."""
    tree = context.facts[Element("task", rule.id)].trees.get(rule)
    return tree is not None and not _depends_on_data(tree)


def _change(flow: Flow, change: ExpectedChange, place: Element, label: str) -> Iterator[Problem]:
    """Yield what is wrong with one expected change."""
    table = flow.tables_by_id.get(change.table)
    if table is None:
        yield problem("task.change_no_table", "error", place, task=label)
        return
    title = table.title or table.name
    if not table.durable:
        yield problem("task.change_passing", "error", place, task=label, table=title)
    if change.kind == "changed" and not change.values:
        yield problem("task.change_no_values", "error", place, task=label)
    if change.values.keys() - {column.id for column in table.columns}:
        yield problem("task.change_no_column", "error", place, task=label, table=title)


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
