"""The part of a large flow that shows one page: as much as it needs, and no more."""

from app.preview.play import Origin, begun
from app.preview.trimming import passed_on, trimmed
from app.preview.ways import Ways
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine


def test_a_page_looks_in_its_part_as_in_the_whole_flow(bank: Flow) -> None:
    part = trimmed(bank, "p_send", ("p_accounts",), "pay-payee")
    views = []
    for flow in (bank, part):
        machine = Machine(compile_flow(flow, partial=True).program)
        start, state = begun(machine, Origin("pay-payee", 0, page="p_send"))
        views.append(machine.view(start, state))
    assert views[0] == views[1]
    assert len(part.pages) < len(bank.pages)


def test_the_way_to_the_page_is_in_the_part(library: Flow) -> None:
    whole = Machine(compile_flow(library).program)
    origin = Ways(whole.program, lambda: False).to("p_done", 5.0)
    assert origin is not None
    assert passed_on(whole, origin) == ("p_books", "p_book", "p_done")
    part = trimmed(library, "p_done", passed_on(whole, origin), origin.task)
    start, state = begun(Machine(compile_flow(part).program), origin)
    assert (state.page, start.goal) == ("p_done", "")


def test_pages_that_are_far_away_are_left_out(bank: Flow) -> None:
    part = trimmed(bank, "p_help", (), "")
    assert "p_limit" not in part.pages_by_id
    assert len(part.tasks) == 1
