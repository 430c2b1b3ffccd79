"""Removing whatever is selected in the outline, of any kind."""

from collections.abc import Collection

from flow_models.document.edits import blocks, data, pages, sections, tasks, transitions
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def without(flow: Flow, elements: Collection[Element]) -> Flow:
    """Return the flow without some elements; the flow and the site themselves stay.

    What is inside an element that goes first, such as a block of a page, needs no removal of its own.
    """
    for element in elements:
        if part_of(flow, element) is not None:
            flow = _without(flow, element)
    return flow


def can_go(element: Element) -> bool:
    """Return whether an element can be removed at all."""
    return element.kind not in {"flow", "site"}


def _without(flow: Flow, element: Element) -> Flow:
    match element.kind:
        case "block":
            return blocks.remove_blocks(flow, [element.id])
        case "page":
            return pages.remove_pages(flow, [element.id])
        case "transition":
            return transitions.remove_transitions(flow, [element.id])
        case "section":
            return sections.remove_section(flow, element.id)
        case "table":
            return data.remove_table(flow, element.id)
        case "variable":
            return data.remove_variable(flow, element.id)
        case "task":
            return tasks.remove_task(flow, element.id)
        case "column" | "row":
            return _without_part_of_table(flow, element)
        case "parameter":
            owner = next(task for task in flow.tasks for part in task.parameters if part.id == element.id)
            return tasks.remove_parameter(flow, owner.id, element.id)
        case _:
            return flow


def _without_part_of_table(flow: Flow, element: Element) -> Flow:
    for table in flow.tables:
        if any(column.id == element.id for column in table.columns):
            return data.remove_column(flow, table.id, element.id)
        if any(row.id == element.id for row in table.rows):
            return data.remove_rows(flow, table.id, [element.id])
    return flow
