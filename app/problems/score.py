"""How far a flow is, from its problems: counts by severity, and which tasks are ready."""

from collections import Counter
from collections.abc import Sequence

from flow_models.checks.problem import Problem
from flow_models.document.flow import Flow


def by_severity(problems: Sequence[Problem]) -> Counter[str]:
    """Return how many problems there are of each severity."""
    return Counter(problem.severity for problem in problems)


def ready_tasks(flow: Flow, problems: Sequence[Problem]) -> frozenset[str]:
    """Return the ids of the tasks that nothing stands in the way of.

    An error about a task blocks that task; an error about anything else blocks the export, and so all of them.
    """
    owners: dict[str, str] = {part.id: task.id for task in flow.tasks for part in task.parameters}
    blocked: set[str] = set()
    for problem in problems:
        if problem.severity != "error":
            continue
        tasks = {element.id if element.kind == "task" else owners.get(element.id, "") for element in problem.elements}
        tasks &= flow.tasks_by_id.keys()
        if not tasks:
            return frozenset()
        blocked |= tasks
    return frozenset(flow.tasks_by_id.keys() - blocked)
