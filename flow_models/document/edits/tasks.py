"""Edits of tasks and their parameters; renaming a parameter is in `renames`, because formulas follow it."""

from collections.abc import Collection

from flow_models.document.edits.parts import inserted, moved, swapped
from flow_models.document.edits.removal import removed
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.tasks import VERSION_LIMIT, Parameter, Task


def add_task(flow: Flow, task: Task, index: int | None = None) -> Flow:
    """Return the flow with a task more.

    Raises:
        EditError: The id is taken.
    """
    if task.id in flow.tasks_by_id:
        raise EditError("edit.id_taken", kind="task", id=task.id)
    return flow.rebuilt(tasks=inserted(flow.tasks, task, index))


def remove_task(flow: Flow, task_id: str) -> Flow:
    """Return the flow without a task.

    Raises:
        UnknownElementError: The flow has no such task.
    """
    return removed(flow, (get_task(flow, task_id),))


def replace_task(flow: Flow, task: Task) -> Flow:
    """Return the flow with the task of this id replaced.

    Raises:
        UnknownElementError: The flow has no task of this id.
    """
    get_task(flow, task.id)
    return flow.rebuilt(tasks=swapped(flow.tasks, task))


def move_task(flow: Flow, task_id: str, index: int) -> Flow:
    """Return the flow with a task at another place in their order.

    Raises:
        UnknownElementError: The flow has no such task.
    """
    return flow.rebuilt(tasks=moved(flow.tasks, task_id, index, "task"))


def add_parameter(flow: Flow, task_id: str, parameter: Parameter, index: int | None = None) -> Flow:
    """Return the flow with a parameter more in a task.

    Raises:
        UnknownElementError: The flow has no such task.
    """
    task = get_task(flow, task_id)
    return replace_task(flow, task.rebuilt(parameters=inserted(task.parameters, parameter, index)))


def remove_parameter(flow: Flow, task_id: str, parameter_id: str) -> Flow:
    """Return the flow without a parameter of a task; formulas that use it stay, the checks point at them.

    Raises:
        UnknownElementError: The flow has no such task.
    """
    parameters = get_task(flow, task_id).parameters
    return removed(flow, [parameter for parameter in parameters if parameter.id == parameter_id])


def move_parameter(flow: Flow, task_id: str, parameter_id: str, index: int) -> Flow:
    """Return the flow with a parameter at another place in its task; later ones may use earlier ones.

    Raises:
        UnknownElementError: The flow has no such task or parameter.
    """
    task = get_task(flow, task_id)
    return replace_task(flow, task.rebuilt(parameters=moved(task.parameters, parameter_id, index, "parameter")))


def get_task(flow: Flow, task_id: str) -> Task:
    """Return a task by id.

    Raises:
        UnknownElementError: The flow has no such task.
    """
    task = flow.tasks_by_id.get(task_id)
    if task is None:
        raise UnknownElementError("task", task_id)
    return task


def raise_versions(flow: Flow, names: Collection[str]) -> Flow:
    """Return the flow with the versions of some tasks, by name, one higher.

    Raises:
        EditError: One has the highest already.
    """
    full = next((task for task in flow.tasks if task.name in names and task.version >= VERSION_LIMIT), None)
    if full is not None:
        raise EditError("edit.version_limit", task=full.name, limit=f"{VERSION_LIMIT:,}")
    tasks = (task.rebuilt(version=task.version + 1) if task.name in names else task for task in flow.tasks)
    return flow.rebuilt(tasks=tuple(tasks))
