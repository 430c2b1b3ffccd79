"""Removing any kind of element."""

import pytest

import resources
from app.outline.removal import can_go, without
from flow_models.document import storage
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

FLOW = storage.load(resources.path("examples", "north_bank.flow.json"))


def one_of_each(flow: Flow) -> list[Element]:
    page = next(page for page in flow.pages if page.blocks)
    table = next(table for table in flow.tables if table.rows)
    task = next(task for task in flow.tasks if task.parameters)
    return [
        Element("page", page.id),
        Element("block", page.blocks[0].id),
        Element("transition", flow.transitions[0].id),
        Element("section", flow.sections[0].id),
        Element("table", table.id),
        Element("column", table.columns[-1].id),
        Element("row", table.rows[0].id),
        Element("variable", flow.variables[0].id),
        Element("task", task.id),
        Element("parameter", task.parameters[0].id),
    ]


@pytest.mark.parametrize("element", one_of_each(FLOW), ids=lambda element: element.kind)
def test_an_element_of_any_kind_can_go(element: Element) -> None:
    assert can_go(element)
    assert part_of(FLOW, element) is not None
    assert part_of(without(FLOW, [element]), element) is None


def test_all_at_once_passes_over_what_went_with_another() -> None:
    elements = one_of_each(FLOW)
    assert [element for element in elements if part_of(without(FLOW, elements), element)] == []


def test_the_flow_and_the_site_stay() -> None:
    assert not can_go(Element("flow", FLOW.id))
    assert without(FLOW, [Element("site", "site")]) == FLOW
