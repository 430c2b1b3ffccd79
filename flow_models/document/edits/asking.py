"""What a task asks for, guessed: values like those of a row of a table, where they come from, and how it is said."""

from collections.abc import Mapping
from types import MappingProxyType

import resources
from flow_models.document.base import ValueType
from flow_models.document.data import Table
from flow_models.document.edits.guesses import said_of
from flow_models.document.edits.ids import first_wording, name_from, new_id
from flow_models.document.edits.retyping import source_of
from flow_models.document.edits.tasks import get_task, replace_task
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter, PoolSource, Source, Task

_POOLS: Mapping[str, str] = MappingProxyType(
    {"name": "person", "full_name": "person", "customer": "person", "guest": "person", "address": "street"}
)
"""Ready lists of values by what they are called besides their own names."""


def source_called(name: str, kind: ValueType) -> Source:
    """Return where the values of something with a name and type likely come from: a ready list called so, if any."""
    pool = _POOLS.get(name, name)
    if kind.kind == "text" and resources.path("pools").joinpath(f"{pool}.json").is_file():
        return PoolSource(pool=pool)
    return source_of(kind)


def asked_like_row(flow: Flow, task_id: str, table_id: str) -> Flow:
    """Return the flow with a task that asks for what a row of a table holds; a wording nobody wrote says it.

    Raises:
        UnknownElementError: The flow has no such task or table.
    """
    task, table = get_task(flow, task_id), flow.tables_by_id.get(table_id)
    if table is None:
        raise UnknownElementError("table", table_id)
    made = task.rebuilt(parameters=(*task.parameters, *_parameters(task, table)))
    if task.wordings == (first_wording(task.title),):
        made = made.rebuilt(wordings=(_wording(flow, made),))
    return replace_task(flow, made)


def _parameters(task: Task, table: Table) -> list[Parameter]:
    """Return a parameter for each column that a task has none for."""
    taken = {parameter.name for parameter in task.parameters}
    return [
        Parameter(
            id=new_id("param"),
            name=name_from(column.title or column.name, taken, "value"),
            title=column.title,
            type=column.type,
            source=source_called(column.name, column.type),
        )
        for column in table.columns
        if column.name not in taken and not column.derived
    ]


def _wording(flow: Flow, task: Task) -> str:
    """Return a task's title with its values behind it."""
    values = [said_of(flow, f"task.{parameter.name}", parameter.type) for parameter in task.parameters]
    listed = ", ".join(value for value in values if value)
    title = first_wording(task.title).removesuffix(".")
    return resources.text("document.new.wording_with", title=title, values=listed) if listed else f"{title}."
