"""Ways to pages: shortest ones are found, kept ones are tried again, and without one a page is shown by hand."""

from app.preview.play import Origin
from app.preview.ways import Ways, default_origin, leads_to
from flow_models.compiler import compile_flow
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.base.program import Program


def never() -> bool:
    return False


def program_of(flow: Flow) -> Program:
    return compile_flow(flow, partial=True).program


def test_the_shortest_way_to_a_page_is_found(library: Flow) -> None:
    ways = Ways(program_of(library), never)
    start, book, done = (ways.to(page, 5.0) for page in ("p_books", "p_book", "p_done"))
    assert start is not None
    assert book is not None
    assert done is not None
    assert [len(origin.way) for origin in (start, book, done)] == [0, 1, 4]
    assert leads_to(Machine(program_of(library)), done, "p_done")


def test_a_page_that_nothing_leads_to_has_no_way(library: Flow) -> None:
    lonely = library.rebuilt(transitions=())
    assert Ways(program_of(lonely), never).to("p_done", 1.0) is None
    assert default_origin(Machine(program_of(lonely)), "p_done") == Origin("borrow-book", 0, page="p_done")


def test_a_flow_without_tasks_is_walked_by_its_links(library: Flow) -> None:
    idle = library.rebuilt(tasks=())
    found = Ways(program_of(idle), never).to("p_book")
    assert found is not None
    assert [event.kind for event in found.way] == ["use"]
    assert found.task == ""


def test_a_search_ends_when_something_else_is_wanted(library: Flow) -> None:
    assert Ways(program_of(library), lambda: True).to("p_done", 5.0) is None


def test_a_kept_way_that_leads_elsewhere_is_noticed(library: Flow) -> None:
    ways = Ways(program_of(library), never)
    origin = ways.to("p_book", 5.0)
    assert origin is not None
    turned = with_value(library, Element("transition", "x_open", "to"), "p_done")
    assert not leads_to(Machine(program_of(turned)), origin, "p_book")
    gone = Origin("borrow-book", 0, way=(Event("use", "b_nowhere"),))
    assert not leads_to(Machine(program_of(library)), gone, "p_book")
