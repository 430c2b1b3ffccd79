"""The outline's nodes: what is built anew after an edit, and what is not."""

import resources
from app.outline.nodes import Node, TreeBuilder
from flow_models.document import storage
from flow_models.document.edits.pages import move_pages, rename_page
from flow_models.document.edits.sections import put_pages
from flow_models.document.elements import Element

FLOW = storage.load(resources.path("examples", "north_bank.flow.json"))


def found(node: Node, element: Element) -> Node:
    """Return the node of an element below a node."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.element == element:
            return here
        waiting.extend(here.children)
    raise AssertionError(element)


def test_only_the_page_that_changed_and_those_that_lead_there_are_built_anew() -> None:
    builder = TreeBuilder()
    before = builder.tree_of(FLOW)
    page = FLOW.pages[3]
    after = builder.tree_of(rename_page(FLOW, page.id, "Another"))
    leading = {arrow.source for arrow in FLOW.transitions if arrow.to == page.id} | {page.id}
    anew = {
        other.id
        for other in FLOW.pages
        if found(before, Element("page", other.id)) is not found(after, Element("page", other.id))
    }
    assert anew == leading & FLOW.pages_by_id.keys()


def test_moving_pages_builds_no_line_anew() -> None:
    builder = TreeBuilder()
    before = builder.tree_of(FLOW)
    after = builder.tree_of(move_pages(FLOW, {page.id: (page.x + 1, page.y) for page in FLOW.pages}))
    lines = [Element("page", page.id) for page in FLOW.pages]
    assert all(found(before, line) is found(after, line) for line in lines)


def test_a_page_in_another_section_is_another_node() -> None:
    builder = TreeBuilder()
    before = builder.tree_of(FLOW)
    page = Element("page", FLOW.sections[0].pages[0])
    after = builder.tree_of(put_pages(FLOW, [page.id], FLOW.sections[1].id))
    assert found(before, page) is not found(after, page)
