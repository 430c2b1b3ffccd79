"""Removing whatever is selected in the outline, of any kind."""

from collections.abc import Collection

from flow_models.document.edits import blocks, data, pages, sections, tasks, transitions
from flow_models.document.edits.parts import holder_of, part_of
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
        case "column" | "row" | "parameter":
            return _without_inner(flow, element)
        case _:
            return flow


def _without_inner(flow: Flow, element: Element) -> Flow:
    """Return the flow without a column, a row or a parameter."""
    holder = holder_of(flow, element)
    match element.kind:
        case "column" if holder is not None:
            return data.remove_column(flow, holder.id, element.id)
        case "row" if holder is not None:
            return data.remove_rows(flow, holder.id, [element.id])
        case "parameter" if holder is not None:
            return tasks.remove_parameter(flow, holder.id, element.id)
        case _:
            return flow
