"""Do rewards on the way and failures look at what the goal asks for, and not at what passes?

A reward for any value that is chosen pays whoever chooses anything. A failure for what stands in a draft ends the
attempt of whoever mistypes and would have corrected it.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import nodes
from flow_models.checks.writers import Writers
from flow_models.document.elements import Element
from flow_models.document.tasks import Task
from flow_models.formulas import Node


def problems(context: Context) -> Iterator[Problem]:
    """Yield rewards on the way for any value, and failures for what is typed or chosen in between."""
    asked = [task for task in context.flow.tasks if task.milestones or task.failures]
    typed = _typed(context) if asked else {}
    for task in asked:
        facts = context.facts[Element("task", task.id)]
        for number, title in enumerate(one.title for one in task.milestones):
            place = Element("task", task.id, f"milestones.{number}.when")
            yield from _of_milestone(task, place, title, facts.trees.get(place), typed)
        for number, title in enumerate(one.title for one in task.failures):
            place = Element("task", task.id, f"failures.{number}.when")
            yield from _of_failure(task, place, title, facts.trees.get(place), typed)


def _typed(context: Context) -> dict[str, str]:
    """Return the titles of the variables that get what is typed or chosen in fields, by name."""
    writers = Writers(context)
    return {
        one.name: one.title or one.name
        for one in context.flow.variables
        if any(node["op"] == "field" for writer in writers.of("", one.id) for node in nodes(writers.tree(writer)))
    }


def _of_milestone(
    task: Task, place: Element, title: str, tree: Node | None, typed: dict[str, str]
) -> Iterator[Problem]:
    """Yield that a reward on the way asks only whether something was chosen."""
    name = _chosen(tree) if tree is not None else None
    if name in typed and task.parameters and not any(node["op"] == "task" for node in nodes(tree)):
        yield problem(
            "task.milestone_any", "hint", place, task=task.title or task.name, milestone=title, data=typed[name]
        )


def _chosen(tree: Node) -> str | None:
    """Return the variable of which a condition asks that it is not empty, among others perhaps."""
    if tree["op"] == "and":
        return next((name for one in tree["args"] if (name := _chosen(one)) is not None), None)
    match tree:
        case {"op": "compare", "test": "!=", "left": {"op": "variable", "name": name}, "right": {"value": None}}:
            return str(name)
    return None


def _of_failure(task: Task, place: Element, title: str, tree: Node | None, typed: dict[str, str]) -> Iterator[Problem]:
    """Yield that a failure looks at what is typed or chosen in between, and at nothing that lasts."""
    found = list(nodes(tree))
    name = next((str(node["name"]) for node in found if node["op"] == "variable" and node["name"] in typed), None)
    if name is not None and not any(node["op"] in ("table", "added", "changed", "removed") for node in found):
        yield problem(
            "task.failure_passing", "hint", place, task=task.title or task.name, failure=title, data=typed[name]
        )
