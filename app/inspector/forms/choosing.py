"""Which form an element has, and the way to it from the flow."""

from app.inspector.forms.blocks import block_form
from app.inspector.forms.data import table_form, variable_form
from app.inspector.forms.overview import flow_form, site_form
from app.inspector.forms.pages import page_form, section_form
from app.inspector.forms.tasks import task_form
from app.inspector.forms.transitions import transition_form
from app.inspector.nodes import Node
from app.inspector.shared import Shared
from flow_models.document.edits.blocks import slots
from flow_models.document.edits.parts import INNER, owner_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def formed(flow: Flow, element: Element | None) -> Element:
    """Return the element whose form shows an element: itself, or the table or task that it belongs to."""
    whole = Element("flow", flow.id)
    if element is None:
        return whole
    owner = owner_of(flow, element)
    if owner is None:
        return whole
    return owner if element.kind in INNER else element._replace(field="")


def form_of(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of an element that has one of its own."""
    forms = {
        "flow": flow_form,
        "site": site_form,
        "table": table_form,
        "variable": variable_form,
        "section": section_form,
        "page": page_form,
        "block": block_form,
        "transition": transition_form,
        "task": task_form,
    }
    return forms[element.kind](shared, element)


def way_to(flow: Flow, element: Element) -> tuple[Element, ...]:
    """Return what lies around an element, from the flow inwards, without itself."""
    whole = Element("flow", flow.id)
    match element.kind:
        case "flow":
            return ()
        case "page":
            section = flow.section_of.get(element.id)
            return (whole,) if section is None else (whole, Element("section", section.id))
        case "transition":
            source = flow.transitions_by_id[element.id].source
            owner = Element("page" if source in flow.pages_by_id else "section", source)
            return (*way_to(flow, owner), owner)
        case "block":
            found = flow.owners_by_block[element.id]
            owner = Element("page" if found.id in flow.pages_by_id else "section", found.id)
            return (*way_to(flow, owner), owner, *_around_block(flow, element.id))
        case _:
            return (whole,)


def _around_block(flow: Flow, block_id: str) -> tuple[Element, ...]:
    """Return the blocks around a block, outer ones first."""
    around: list[Element] = []
    holders: dict[str, str] = {
        block.id: slot.id
        for slot, blocks in slots(flow.owners_by_block[block_id])
        if slot.kind == "block"
        for block in blocks
    }
    while block_id in holders:
        block_id = holders[block_id]
        around.insert(0, Element("block", block_id))
    return tuple(around)
