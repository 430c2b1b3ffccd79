"""New tables, variables, tasks and sections from the Insert menu; pages and arrows are the canvas's."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.words.elements import title_of
from flow_models.document.edits import data, sections, starts, tasks
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow

Made = tuple[Flow, Element]


def _table(flow: Flow) -> Made:
    table = starts.new_table(flow)
    return data.add_table(flow, table), Element("table", table.id)


def _variable(flow: Flow) -> Made:
    variable = starts.new_variable(flow)
    return data.add_variable(flow, variable), Element("variable", variable.id)


def _task(flow: Flow) -> Made:
    task = starts.new_task(flow)
    return tasks.add_task(flow, task), Element("task", task.id)


def _section(flow: Flow) -> Made:
    section = starts.new_section(flow)
    return sections.add_section(flow, section), Element("section", section.id)


MAKERS: Mapping[ElementKind, Callable[[Flow], Made]] = MappingProxyType(
    {"table": _table, "variable": _variable, "task": _task, "section": _section}
)


def insert(session: DocumentSession, selection: Selection, kind: ElementKind) -> None:
    """Add a new element of a kind as one step, and lead to its title.

    Raises:
        KeyError: The kind is not one of `MAKERS`.
    """
    flow, element = MAKERS[kind](session.flow)
    session.edit(flow, resources.text("shell.insert.label", what=title_of(flow, element)))
    selection.reveal(element._replace(field="title"))
